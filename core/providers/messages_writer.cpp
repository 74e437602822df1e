// SPDX-License-Identifier: Apache-2.0
#include "core/providers/messages_writer.h"

#include "core/http/sse_writer.h"
#include "core/providers/call_ids.h"
#include "core/providers/chat_writer.h"
#include "core/providers/json_check.h"
#include "core/providers/json_reader.h"
#include "core/providers/messages_block.h"

#include <algorithm>
#include <utility>

namespace signalbox::providers {
namespace {

/// What an event of one token takes.
constexpr std::size_t kUsualEventBytes = 160;

/// Writes one event; \p writeBody fills in what follows its type.
template <typename WriteBody>
void writeEvent(std::string &out, std::string_view type, const WriteBody &writeBody)
{
    out.reserve(out.size() + kUsualEventBytes);
    out.append("event: ").append(type).append("\ndata: ");
    JsonWriter json(out);
    json.beginObject().key("type").string(type);
    writeBody(json);
    json.endObject();
    out += "\n\n";
}

/// Anthropic counts what was read from a cache or written to it apart from the input.
void writeMessagesUsage(JsonWriter &json, const std::optional<Usage> &usage)
{
    const Usage known = usage.value_or(Usage());
    const std::int64_t cache = known.cachedTokens + known.cacheWriteTokens;
    json.key("usage").beginObject();
    json.key("input_tokens").integer(std::max<std::int64_t>(0, known.promptTokens - cache));
    json.key("cache_creation_input_tokens").integer(known.cacheWriteTokens);
    json.key("cache_read_input_tokens").integer(known.cachedTokens);
    json.key("output_tokens").integer(known.completionTokens);
    if (known.estimated) {
        json.key("estimated").boolean(true);
    }
    json.endObject();
}

void writeHead(JsonWriter &json, const std::string &id, const std::string &model)
{
    json.key("id").string(id).key("type").string("message").key("role").string("assistant");
    json.key("model").string(model);
}

/// Some hosts say `stop` though there was a call; OpenAI says it of a refusal.
std::string_view stopReason(std::optional<FinishReason> finish, bool called, bool refused)
{
    switch (finish.value_or(FinishReason::Stop)) {
    case FinishReason::Stop:
        return refused ? "refusal" : called ? "tool_use" : "end_turn";
    case FinishReason::Length:
        return "max_tokens";
    case FinishReason::ToolCalls:
        return "tool_use";
    case FinishReason::ContentFilter:
        return "refusal";
    }
    return "end_turn";
}

void writeTextBlock(JsonWriter &json, const std::string &text)
{
    json.beginObject().key("type").string("text").key("text").string(text).endObject();
}

/// Arguments that are no object stand under a name of their own (platform.claude.com, fine-grained
/// tool streaming).
void writeInput(JsonWriter &json, const std::string &arguments)
{
    if (isJsonObject(arguments)) {
        json.key("input").raw(arguments);
        return;
    }
    json.key("input").beginObject();
    if (arguments.find_first_not_of(" \t\r\n") != std::string::npos) {
        json.key("INVALID_JSON").string(arguments);
    }
    json.endObject();
}

void writeForeignThinking(JsonWriter &json, const std::string &details)
{
    json.beginObject().key("type").string("redacted_thinking").key("data");
    json.string(std::string(kForeignThinking).append(details)).endObject();
}

void writeContent(JsonWriter &json, const ChoiceDelta &choice, const std::string &answer)
{
    json.key("content").beginArray();
    if (choice.reasoning && !choice.reasoning->empty()) {
        json.beginObject().key("type").string("thinking");
        json.key("thinking").string(*choice.reasoning).key("signature").string("").endObject();
    }
    if (!choice.reasoningDetailsJson.empty()) {
        writeForeignThinking(json, choice.reasoningDetailsJson);
    }
    for (const auto &text : {choice.content, choice.refusal}) {
        if (text && !text->empty()) {
            writeTextBlock(json, *text);
        }
    }
    for (const ToolCallDelta &call : choice.toolCalls) {
        json.beginObject().key("type").string("tool_use");
        json.key("id")
            .string(uniqueCallId(call.id, "toolu_", answer, call.index))
            .key("name")
            .string(call.name);
        writeInput(json, call.arguments);
        json.endObject();
    }
    json.endArray();
}

std::string_view errorType(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 402:
        return "billing_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 413:
        return "request_too_large";
    case 429:
        return "rate_limit_error";
    case 503:
    case 529:
        return "overloaded_error";
    case 504:
        return "timeout_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

bool isName(std::string_view type)
{
    return !type.empty()
           && std::ranges::all_of(type, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string typeOfEvent(std::string_view event)
{
    std::string type;
    thread_local JsonReader reader;
    if (auto root = reader.open(event)) {
        forEachMember(*root, [&type](std::string_view name, JsonValue &value) {
            if (name == "type") {
                type = stringOrEmpty(value);
            }
        });
    }
    return type;
}

} // namespace

void MessagesWriter::restart(AnswerDefaults defaults)
{
    SB_CHECK(!m_begun);
    m_defaults = std::move(defaults);
}

std::string MessagesWriter::whole(const ChatChunk &whole, const std::optional<Usage> &usage) const
{
    const ChoiceDelta none;
    const ChoiceDelta &choice = whole.choices.empty() ? none : whole.choices.front();
    const std::string id = answerId(whole.id, m_defaults.id);
    std::string out;
    JsonWriter json(out);
    json.beginObject();
    writeHead(json, id, whole.model.empty() ? m_defaults.model : whole.model);
    writeContent(json, choice, id);
    json.key("stop_reason");
    json.string(stopReason(choice.finish,
                           !choice.toolCalls.empty(),
                           choice.refusal && !choice.refusal->empty()));
    json.key("stop_sequence").null();
    writeMessagesUsage(json, whole.usage ? whole.usage : usage);
    json.endObject();
    return out;
}

void MessagesWriter::addChunk(const ChatChunk &chunk, std::string &out)
{
    if (passOn(chunk, out)) {
        return;
    }
    for (const ChoiceDelta &delta : chunk.choices) {
        if (delta.index == 0) { // no other was asked for
            begin(chunk, out);
            addDelta(delta, out);
        }
    }
}

/// An event of Anthropic's own goes out under its name.
bool MessagesWriter::passOn(const ChatChunk &chunk, std::string &out)
{
    if (chunk.wholeJson.empty()) {
        return m_passedOn;
    }
    m_passedOn = true;
    m_begun = true;
    const std::string type = typeOfEvent(chunk.wholeJson);
    if (!isName(type)) {
        return true; // nothing that could be the name of an event
    }
    out.append("event: ").append(type).append("\ndata: ");
    JsonWriter(out).raw(chunk.wholeJson);
    out += "\n\n";
    return true;
}

/// What is known with the first piece holds for the whole stream.
void MessagesWriter::begin(const ChatChunk &chunk, std::string &out)
{
    if (std::exchange(m_begun, true)) {
        return;
    }
    m_defaults.id = answerId(chunk.id, m_defaults.id);
    writeEvent(out, "message_start", [&](JsonWriter &json) {
        json.key("message").beginObject();
        writeHead(json, m_defaults.id, chunk.model.empty() ? m_defaults.model : chunk.model);
        json.key("content").beginArray().endArray();
        json.key("stop_reason").null().key("stop_sequence").null();
        writeMessagesUsage(json, chunk.usage); // of others it comes last
        json.endObject();
    });
}

void MessagesWriter::addDelta(const ChoiceDelta &delta, std::string &out)
{
    if (delta.reasoning && !delta.reasoning->empty()) {
        addText(Open::Thinking, *delta.reasoning, out);
    }
    if (delta.content && !delta.content->empty()) {
        addText(Open::Text, *delta.content, out);
    }
    if (delta.refusal && !delta.refusal->empty()) {
        m_refused = true;
        addText(Open::Text, *delta.refusal, out);
    }
    for (const ToolCallDelta &call : delta.toolCalls) {
        m_calls.add(call);
    }
    sendCalls(false, out);
    if (!delta.reasoningDetailsJson.empty()) {
        addForeignThinking(delta.reasoningDetailsJson, out);
    }
    if (delta.finish && !m_finish) {
        m_finish = delta.finish;
    }
}

void MessagesWriter::addText(Open kind, const std::string &text, std::string &out)
{
    if (m_open != kind) {
        sendCalls(true, out);
        openBlock(kind, out);
    }
    writeEvent(out, "content_block_delta", [&](JsonWriter &json) {
        json.key("index").integer(m_block).key("delta").beginObject();
        if (kind == Open::Text) {
            json.key("type").string("text_delta").key("text").string(text);
        } else {
            json.key("type").string("thinking_delta").key("thinking").string(text);
        }
        json.endObject();
    });
}

void MessagesWriter::sendCalls(bool all, std::string &out)
{
    m_calls.send(
        all,
        [&](const StreamedCall &call, std::string_view more) { sendCall(call, more, out); },
        [&](const StreamedCall & /*call*/) { closeBlock(out); });
}

void MessagesWriter::sendCall(const StreamedCall &call, std::string_view more, std::string &out)
{
    if (m_open != Open::Call) {
        openBlock(Open::Call, out);
        writeEvent(out, "content_block_start", [&](JsonWriter &json) {
            json.key("index").integer(m_block).key("content_block").beginObject();
            json.key("type").string("tool_use");
            json.key("id").string(uniqueCallId(call.id, "toolu_", m_defaults.id, call.index));
            json.key("name").string(call.name);
            json.key("input").beginObject().endObject().endObject();
        });
    }
    if (more.empty()) {
        return;
    }
    writeEvent(out, "content_block_delta", [&](JsonWriter &json) {
        json.key("index").integer(m_block).key("delta").beginObject();
        json.key("type").string("input_json_delta").key("partial_json").string(more).endObject();
    });
}

void MessagesWriter::addForeignThinking(const std::string &details, std::string &out)
{
    sendCalls(true, out);
    closeBlock(out);
    writeEvent(out, "content_block_start", [&](JsonWriter &json) {
        json.key("index").integer(++m_block).key("content_block");
        writeForeignThinking(json, details);
    });
    writeEvent(out, "content_block_stop", [&](JsonWriter &json) {
        json.key("index").integer(m_block);
    });
}

/// Opens the next block; that of a call is announced by sendCall().
void MessagesWriter::openBlock(Open kind, std::string &out)
{
    closeBlock(out);
    m_open = kind;
    ++m_block;
    if (kind == Open::Call) {
        return;
    }
    writeEvent(out, "content_block_start", [&](JsonWriter &json) {
        json.key("index").integer(m_block).key("content_block").beginObject();
        if (kind == Open::Text) {
            json.key("type").string("text").key("text").string("");
        } else {
            json.key("type").string("thinking").key("thinking").string("");
            json.key("signature").string("");
        }
        json.endObject();
    });
}

void MessagesWriter::closeBlock(std::string &out)
{
    if (std::exchange(m_open, Open::None) == Open::None) {
        return;
    }
    writeEvent(out, "content_block_stop", [this](JsonWriter &json) {
        json.key("index").integer(m_block);
    });
}

/// A ping may come anywhere, and clients overlook what else it says.
void MessagesWriter::addSeam(const Seam &seam, std::string &out)
{
    writeEvent(out, "ping", [&](JsonWriter &json) { writeSeam(json, seam); });
}

void MessagesWriter::addEnd(const std::optional<Usage> &usage, std::string &out)
{
    if (m_passedOn) {
        return; // its message_stop went out
    }
    begin({}, out);
    sendCalls(true, out);
    closeBlock(out);
    writeEvent(out, "message_delta", [&](JsonWriter &json) {
        json.key("delta").beginObject().key("stop_reason");
        json.string(stopReason(m_finish, !m_calls.isEmpty(), m_refused));
        json.key("stop_sequence").null().endObject();
        writeMessagesUsage(json, usage);
    });
    writeEvent(out, "message_stop", [](JsonWriter & /*json*/) {});
}

void MessagesWriter::addError(const ApiError &error, std::string &out)
{
    http::appendEvent(out, encodeMessagesError(error), "error");
}

std::string encodeMessagesError(const ApiError &error)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("error").key("error");
    // By this the official clients know to send the whole conversation instead.
    const bool thread = error.status == 400 && error.param == "thread";
    writeError(json,
               error,
               errorType(error.status),
               thread ? R"({"error_code":"thread_unsupported_request","unsupported":["thread"]})"
                      : "");
    json.endObject();
    return out;
}

} // namespace signalbox::providers
