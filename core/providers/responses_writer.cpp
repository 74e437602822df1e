// SPDX-License-Identifier: Apache-2.0
#include "core/providers/responses_writer.h"

#include "core/http/sse_writer.h"
#include "core/providers/call_ids.h"
#include "core/providers/chat_writer.h"
#include "core/providers/responses_items.h"

#include <utility>

namespace signalbox::providers {
namespace {

void addItem(std::string &items, const std::string &item)
{
    items.append(items.empty() ? "" : ",").append(item);
}

} // namespace

ResponsesWriter::ResponsesWriter(std::vector<RawField> echoed)
    : m_echoed(std::move(echoed))
{}

void ResponsesWriter::restart(AnswerDefaults defaults)
{
    SB_CHECK(!m_begun);
    m_defaults = std::move(defaults);
}

std::string ResponsesWriter::itemId(Open kind, int place) const
{
    const std::string_view prefix = kind == Open::Reasoning ? "rs_"
                                    : kind == Open::Call    ? "fc_"
                                                            : "msg_";
    return std::string(prefix) + m_defaults.id + "_" + std::to_string(place);
}

std::string ResponsesWriter::whole(const ChatChunk &whole, const std::optional<Usage> &usage) const
{
    const ChoiceDelta none;
    const ChoiceDelta &choice = whole.choices.empty() ? none : whole.choices.front();
    std::string items;
    int place = 0;
    if ((choice.reasoning && !choice.reasoning->empty()) || !choice.reasoningDetailsJson.empty()) {
        addItem(items,
                reasoningItem(itemId(Open::Reasoning, place++),
                              choice.reasoning.value_or(""),
                              choice.reasoningDetailsJson));
    }
    for (const bool refusal : {false, true}) {
        const auto &text = refusal ? choice.refusal : choice.content;
        if (text && !text->empty()) {
            addItem(items, messageItem(itemId(Open::Text, place++), *text, refusal, "completed"));
        }
    }
    for (const ToolCallDelta &call : choice.toolCalls) {
        addItem(items,
                callItem(itemId(Open::Call, place++),
                         uniqueCallId(call.id, "call_", m_defaults.id, call.index),
                         call.name,
                         call.arguments.empty() ? "{}" : call.arguments,
                         "completed"));
    }
    ResponsesAnswer answer{m_defaults, &m_echoed, items, true, choice.finish, usage};
    answer.defaults.model = whole.model.empty() ? m_defaults.model : whole.model;
    answer.usage = whole.usage ? whole.usage : usage;
    std::string out;
    JsonWriter json(out);
    writeResponsesAnswer(json, answer);
    return out;
}

void ResponsesWriter::addChunk(const ChatChunk &chunk, std::string &out)
{
    for (const ChoiceDelta &delta : chunk.choices) {
        if (delta.index == 0) { // no other was asked for
            begin(chunk, out);
            addDelta(delta, out);
        }
    }
}

/// What is known with the first piece holds for the whole stream.
void ResponsesWriter::begin(const ChatChunk &chunk, std::string &out)
{
    if (std::exchange(m_begun, true)) {
        return;
    }
    if (!chunk.model.empty()) {
        m_defaults.model = chunk.model;
    }
    for (const char *type : {"response.created", "response.in_progress"}) {
        event(type, out, [this](JsonWriter &json) {
            json.key("response");
            writeResponsesAnswer(json, {m_defaults, &m_echoed, {}, false, {}, {}});
        });
    }
}

void ResponsesWriter::addDelta(const ChoiceDelta &delta, std::string &out)
{
    if (delta.reasoning && !delta.reasoning->empty()) {
        addText(Open::Reasoning, *delta.reasoning, out);
    }
    if (delta.content && !delta.content->empty()) {
        addText(Open::Text, *delta.content, out);
    }
    if (delta.refusal && !delta.refusal->empty()) {
        addText(Open::Refusal, *delta.refusal, out);
    }
    for (const ToolCallDelta &call : delta.toolCalls) {
        m_calls.add(call);
    }
    sendCalls(false, out);
    if (!delta.reasoningDetailsJson.empty()) {
        m_details = delta.reasoningDetailsJson;
    }
    if (delta.finish && !m_finish) {
        m_finish = delta.finish;
    }
}

void ResponsesWriter::addText(Open kind, const std::string &text, std::string &out)
{
    if (m_open != kind) {
        sendCalls(true, out);
        openItem(kind, out);
    }
    m_text += text;
    const std::string_view type = kind == Open::Reasoning ? "response.reasoning_summary_text.delta"
                                  : kind == Open::Text    ? "response.output_text.delta"
                                                          : "response.refusal.delta";
    placedEvent(type, out, [&](JsonWriter &json) {
        json.key("delta").string(text);
        if (kind == Open::Text) {
            json.key("logprobs").beginArray().endArray();
        }
    });
}

std::string ResponsesWriter::openItemJson(std::string_view status) const
{
    const std::string id = itemId(m_open, m_place);
    return m_open == Open::Reasoning ? reasoningItem(id, m_text, {})
                                     : messageItem(id, m_text, m_open == Open::Refusal, status);
}

/// Opens an item of reasoning or words and its part.
void ResponsesWriter::openItem(Open kind, std::string &out)
{
    closeItem(out);
    m_open = kind;
    ++m_place;
    m_text.clear();
    event("response.output_item.added", out, [this](JsonWriter &json) {
        json.key("output_index").integer(m_place).key("item").raw(openItemJson("in_progress"));
    });
    const bool reasoning = kind == Open::Reasoning;
    placedEvent(reasoning ? "response.reasoning_summary_part.added" : "response.content_part.added",
                out,
                [&](JsonWriter &json) {
                    json.key("part");
                    if (reasoning) {
                        json.beginObject().key("type").string("summary_text");
                        json.key("text").string("").endObject();
                    } else {
                        writeResponsesPart(json, {}, kind == Open::Refusal);
                    }
                });
}

void ResponsesWriter::closeItem(std::string &out)
{
    if (m_open == Open::None || m_open == Open::Call) {
        return;
    }
    const bool reasoning = m_open == Open::Reasoning;
    const bool refusal = m_open == Open::Refusal;
    placedEvent(reasoning ? "response.reasoning_summary_text.done"
                : refusal ? "response.refusal.done"
                          : "response.output_text.done",
                out,
                [&](JsonWriter &json) {
                    if (refusal) {
                        json.key("refusal").string(m_text);
                        return;
                    }
                    json.key("text").string(m_text);
                    if (!reasoning) {
                        json.key("logprobs").beginArray().endArray();
                    }
                });
    placedEvent(reasoning ? "response.reasoning_summary_part.done" : "response.content_part.done",
                out,
                [&](JsonWriter &json) {
                    json.key("part");
                    if (reasoning) {
                        json.beginObject().key("type").string("summary_text");
                        json.key("text").string(m_text).endObject();
                    } else {
                        writeResponsesPart(json, m_text, refusal);
                    }
                });
    itemDone(openItemJson("completed"), out);
}

void ResponsesWriter::itemDone(const std::string &item, std::string &out)
{
    event("response.output_item.done", out, [&](JsonWriter &json) {
        json.key("output_index").integer(m_place).key("item").raw(item);
    });
    addItem(m_items, item);
    m_open = Open::None;
}

void ResponsesWriter::sendCalls(bool all, std::string &out)
{
    m_calls.send(
        all,
        [&](const StreamedCall &call, std::string_view more) { sendCall(call, more, out); },
        [&](const StreamedCall &call) { closeCall(call, out); });
}

void ResponsesWriter::sendCall(const StreamedCall &call, std::string_view more, std::string &out)
{
    if (m_open != Open::Call) {
        closeItem(out);
        m_open = Open::Call;
        ++m_place;
        event("response.output_item.added", out, [&](JsonWriter &json) {
            json.key("output_index").integer(m_place).key("item");
            json.raw(callItem(itemId(Open::Call, m_place),
                              uniqueCallId(call.id, "call_", m_defaults.id, call.index),
                              call.name,
                              {},
                              "in_progress"));
        });
    }
    if (!more.empty()) {
        placedEvent("response.function_call_arguments.delta", out, [more](JsonWriter &json) {
            json.key("delta").string(more);
        });
    }
}

void ResponsesWriter::closeCall(const StreamedCall &call, std::string &out)
{
    const std::string arguments = call.arguments.empty() ? "{}" : call.arguments;
    placedEvent("response.function_call_arguments.done", out, [&](JsonWriter &json) {
        json.key("name").string(call.name).key("arguments").string(arguments);
    });
    itemDone(callItem(itemId(Open::Call, m_place),
                      uniqueCallId(call.id, "call_", m_defaults.id, call.index),
                      call.name,
                      arguments,
                      "completed"),
             out);
}

/// What was signed is known at the end only, and comes as an item of reasoning without words.
void ResponsesWriter::addEncrypted(std::string &out)
{
    if (m_details.empty()) {
        return;
    }
    ++m_place;
    const std::string item = reasoningItem(itemId(Open::Reasoning, m_place), {}, m_details);
    event("response.output_item.added", out, [&](JsonWriter &json) {
        json.key("output_index").integer(m_place).key("item").raw(item);
    });
    itemDone(item, out);
}

/// A comment: the format's clients are strict about events, and their numbers.
void ResponsesWriter::addSeam(const Seam &seam, std::string &out)
{
    std::string text;
    JsonWriter json(text);
    json.beginObject();
    writeSeam(json, seam);
    json.endObject();
    http::appendComment(out, text);
}

void ResponsesWriter::addEnd(const std::optional<Usage> &usage, std::string &out)
{
    begin({}, out);
    sendCalls(true, out);
    closeItem(out);
    addEncrypted(out);
    const bool whole = m_finish != FinishReason::Length && m_finish != FinishReason::ContentFilter;
    event(whole ? "response.completed" : "response.incomplete", out, [&](JsonWriter &json) {
        json.key("response");
        writeResponsesAnswer(json, {m_defaults, &m_echoed, m_items, true, m_finish, usage});
    });
}

void ResponsesWriter::addError(const ApiError &error, std::string &out)
{
    event("error", out, [&error](JsonWriter &json) {
        json.key("code").stringOrNull(error.code).key("message").string(error.message);
        json.key("param").stringOrNull(error.param).key("error");
        writeError(json, error, error.type);
    });
}

/// Writes one event under its name, with its number.
void ResponsesWriter::event(std::string_view type, std::string &out, const WriteBody &writeBody)
{
    out.append("event: ").append(type).append("\ndata: ");
    JsonWriter json(out);
    json.beginObject().key("type").string(type).key("sequence_number").integer(m_number++);
    writeBody(json);
    json.endObject();
    out += "\n\n";
}

/// An event of the item that is open, and of its part, if it has parts.
void ResponsesWriter::placedEvent(std::string_view type,
                                  std::string &out,
                                  const WriteBody &writeBody)
{
    event(type, out, [&](JsonWriter &json) {
        json.key("item_id").string(itemId(m_open, m_place)).key("output_index").integer(m_place);
        if (m_open == Open::Reasoning) {
            json.key("summary_index").integer(0);
        } else if (m_open != Open::Call) {
            json.key("content_index").integer(0);
        }
        writeBody(json);
    });
}

} // namespace signalbox::providers
