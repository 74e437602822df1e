// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/answer.h"

namespace signalbox::sim {
namespace {

/// How a seam is told where events have no place for it.
constexpr std::string_view kSeamComment = R"(: {"signalbox":{"seam")";

bool tellsSeam(std::string_view data)
{
    return data.find(R"("signalbox":{"seam")") != std::string_view::npos;
}

void readChatPiece(std::string_view data, std::string_view mark, Stream &stream)
{
    if (data == "[DONE]") {
        stream.done = true;
    } else if (isError(Form::Chat, data)) {
        stream.error = true;
    } else if (!member(data, "id").ends_with(mark)) {
        stream.fault = "a piece of another answer: " + std::string(data);
    } else {
        stream.text += member(data, "content");
        stream.seams += tellsSeam(data) ? 1 : 0;
        stream.usage |= data.find(R"("usage":{)") != std::string_view::npos;
    }
}

/// Anthropic's events name themselves twice: before their data and in it.
void readMessagesEvent(std::string_view data, std::string_view mark, Stream &stream)
{
    const std::string_view type = member(data, "type");
    if (type == "message_start" && !member(data, "id").ends_with(mark)) {
        stream.fault = "the beginning of another answer: " + std::string(data);
    } else if (type == "content_block_delta") {
        stream.text += member(data, "text");
    } else if (type == "message_delta") {
        stream.usage = data.find(R"("usage":{)") != std::string_view::npos;
    } else {
        stream.seams += tellsSeam(data) ? 1 : 0;
        stream.done = type == "message_stop";
        stream.error = type == "error";
    }
}

/// Ids are the gateway's own here; the words alone tell whose answer it is.
void readResponsesEvent(std::string_view data, Stream &stream)
{
    const std::string_view type = member(data, "type");
    if (type == "response.output_text.delta") {
        stream.text += member(data, "delta");
    } else if (type == "response.completed") {
        stream.done = true;
        stream.usage = data.find(R"("usage":{)") != std::string_view::npos;
        if (member(data, "text") != stream.text) {
            stream.fault = "the whole answer at the end is not what was streamed";
        }
    } else if (type == "error") {
        stream.error = true;
    }
}

/// The data of one event; a fault when the form wants a name before it and there is another.
std::string_view dataOf(Form form, std::string_view event, Stream &stream)
{
    constexpr std::string_view lead = "data: ";
    std::string_view name;
    if (form != Form::Chat) {
        const auto line = event.find('\n');
        if (!event.starts_with("event: ") || line == std::string_view::npos) {
            stream.fault = "an event without a name: " + std::string(event);
            return {};
        }
        name = event.substr(7, line - 7);
        event.remove_prefix(line + 1);
    }
    if (!event.starts_with(lead) || event.find('\n') != std::string_view::npos) {
        stream.fault = "not an event: " + std::string(event);
        return {};
    }
    event.remove_prefix(lead.size());
    if (form != Form::Chat && name != member(event, "type")) {
        stream.fault = "an event under the name of another: " + std::string(event);
    }
    return event;
}

void readEvent(Form form, std::string_view event, std::string_view mark, Stream &stream)
{
    const std::string_view data = dataOf(form, event, stream);
    if (!stream.fault.empty()) {
        return;
    }
    switch (form) {
    case Form::Chat:
        readChatPiece(data, mark, stream);
        break;
    case Form::Messages:
        readMessagesEvent(data, mark, stream);
        break;
    case Form::Responses:
        readResponsesEvent(data, stream);
        break;
    case Form::Embeddings:
        stream.fault = "a stream of embeddings";
        break;
    }
}

} // namespace

std::string_view member(std::string_view json, std::string_view name)
{
    const std::string lead = "\"" + std::string(name) + "\":\"";
    const auto found = json.find(lead);
    if (found == std::string_view::npos) {
        return {};
    }
    const auto from = found + lead.size();
    return json.substr(from, json.find('"', from) - from);
}

Stream readStream(Form form, std::string_view bytes, std::string_view mark)
{
    Stream stream;
    while (!bytes.empty() && stream.fault.empty()) {
        const auto end = bytes.find("\n\n");
        if (end == std::string_view::npos) {
            stream.fault = "not a whole event: " + std::string(bytes);
        } else if (stream.done || stream.error) {
            stream.fault = "bytes after the end of the stream";
        } else if (bytes.starts_with(kComment)) {
            stream.waited |= !stream.text.empty();
            bytes.remove_prefix(kComment.size());
        } else if (form == Form::Responses && bytes.starts_with(kSeamComment)) {
            ++stream.seams;
            bytes.remove_prefix(end + 2);
        } else {
            readEvent(form, bytes.substr(0, end), mark, stream);
            bytes.remove_prefix(end + 2);
        }
    }
    return stream;
}

std::string_view textOfDocument(Form form, std::string_view body)
{
    return member(body,
                  form == Form::Embeddings ? "embedding"
                  : form == Form::Chat     ? "content"
                                           : "text");
}

std::string faultInDocument(Form form,
                            std::string_view body,
                            std::string_view text,
                            std::string_view mark)
{
    const char *id = form == Form::Embeddings ? "model" : "id";
    const bool marked = form == Form::Responses || member(body, id).ends_with(mark);
    return marked && textOfDocument(form, body) == text
               ? std::string()
               : "the answer is not the upstream's: " + std::string(body);
}

bool isError(Form form, std::string_view body)
{
    return body.starts_with(form == Form::Messages ? R"({"type":"error","error":{)"
                                                   : R"({"error":{)");
}

} // namespace signalbox::sim
