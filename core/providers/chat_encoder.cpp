// SPDX-License-Identifier: Apache-2.0
#include "core/providers/chat_encoder.h"

#include "core/http/sse_writer.h"
#include "core/providers/chat_writer.h"

#include <algorithm>
#include <utility>

namespace signalbox::providers {
namespace {

/// What an event of one token takes, or a completion around its text.
constexpr std::size_t kUsualEventBytes = 512;

std::size_t textBytes(const ChatChunk &chunk)
{
    std::size_t bytes = 0;
    for (const ChoiceDelta &choice : chunk.choices) {
        bytes += choice.content ? choice.content->size() : 0;
        bytes += choice.reasoning ? choice.reasoning->size() : 0;
    }
    return bytes;
}

void writeHead(JsonWriter &json, const AnswerDefaults &identity, std::string_view object)
{
    json.key("id").string(identity.id);
    json.key("object").string(object);
    json.key("created").integer(identity.created);
    json.key("model").string(identity.model);
}

void writeOrigin(JsonWriter &json, const ChatChunk &chunk)
{
    if (!chunk.serviceTierJson.empty()) {
        json.key("service_tier").raw(chunk.serviceTierJson);
    }
    if (!chunk.systemFingerprintJson.empty()) {
        json.key("system_fingerprint").raw(chunk.systemFingerprintJson);
    }
}

void writeReasoningDetails(JsonWriter &json, const ChoiceDelta &choice)
{
    if (!choice.reasoningDetailsJson.empty()) {
        json.key("reasoning_details").raw(choice.reasoningDetailsJson);
    }
}

void writeMessage(JsonWriter &json, const ChoiceDelta &choice)
{
    json.beginObject().key("role").string("assistant").key("content");
    const bool none = !choice.content || (choice.content->empty() && !choice.toolCalls.empty());
    if (none) {
        json.null();
    } else {
        json.string(*choice.content);
    }
    json.key("refusal");
    if (choice.refusal) {
        json.string(*choice.refusal);
    } else {
        json.null();
    }
    if (choice.reasoning) {
        json.key("reasoning_content").string(*choice.reasoning);
    }
    writeReasoningDetails(json, choice);
    if (!choice.toolCalls.empty()) {
        writeToolCalls(json, choice.toolCalls, true);
    }
    json.endObject();
}

void writeFinish(JsonWriter &json, std::optional<FinishReason> finish)
{
    json.key("finish_reason");
    if (finish) {
        json.string(toString(*finish));
    } else {
        json.null();
    }
}

void writeChoice(JsonWriter &json, const ChoiceDelta &choice)
{
    json.beginObject().key("index").integer(choice.index).key("message");
    writeMessage(json, choice);
    json.key("logprobs").raw(choice.logprobsJson.empty() ? "null" : choice.logprobsJson);
    writeFinish(json, choice.finish);
    json.endObject();
}

/// The first delta of a choice always says something about its content.
void writeFirstContent(JsonWriter &json, const ChoiceDelta &delta)
{
    json.key("role").string("assistant").key("content");
    const bool otherwise = !delta.toolCalls.empty() || delta.reasoning || delta.refusal;
    if (delta.content && (!delta.content->empty() || !otherwise)) {
        json.string(*delta.content);
    } else if (otherwise) {
        json.null();
    } else {
        json.string("");
    }
}

void writeDelta(JsonWriter &json, const ChoiceDelta &delta, bool first)
{
    json.beginObject();
    if (first) {
        writeFirstContent(json, delta);
    } else if (delta.content && !delta.content->empty()) {
        json.key("content").string(*delta.content);
    }
    if (delta.reasoning && !delta.reasoning->empty()) {
        json.key("reasoning_content").string(*delta.reasoning);
    }
    if (delta.refusal && !delta.refusal->empty()) {
        json.key("refusal").string(*delta.refusal);
    }
    writeReasoningDetails(json, delta);
    if (!delta.toolCalls.empty()) {
        writeToolCalls(json, delta.toolCalls, false);
    }
    json.endObject();
}

/// Writes one chunk as one event; \p writeBody fills in `choices` and `usage`.
template <typename WriteBody>
void writeEvent(std::string &out,
                const AnswerDefaults &identity,
                const ChatChunk &chunk,
                const WriteBody &writeBody)
{
    out.reserve(out.size() + kUsualEventBytes);
    out += "data: ";
    JsonWriter json(out);
    json.beginObject();
    writeHead(json, identity, "chat.completion.chunk");
    writeOrigin(json, chunk);
    writeBody(json);
    json.endObject();
    out += "\n\n";
}

} // namespace

std::string encodeCompletion(const ChatChunk &whole, const AnswerDefaults &defaults)
{
    const AnswerDefaults identity{answerId(whole.id, defaults.id),
                                  whole.model.empty() ? defaults.model : whole.model,
                                  whole.created == 0 ? defaults.created : whole.created};
    std::string out;
    out.reserve(kUsualEventBytes + textBytes(whole));
    JsonWriter json(out);
    json.beginObject();
    writeHead(json, identity, "chat.completion");
    json.key("choices").beginArray();
    for (const ChoiceDelta &choice : whole.choices) {
        writeChoice(json, choice);
    }
    json.endArray();
    writeUsage(json, whole.usage, whole.usageJson);
    writeOrigin(json, whole);
    json.endObject();
    return out;
}

ChatEncoder::ChatEncoder(AnswerDefaults defaults, bool includeUsage)
    : m_identity(std::move(defaults))
    , m_includeUsage(includeUsage)
{}

void ChatEncoder::encodeChunk(const ChatChunk &chunk, std::string &out)
{
    if (chunk.usage) {
        m_usage = chunk.usage;
        m_usageJson = chunk.usageJson;
    }
    takeIdentity(chunk);
    for (const ChoiceDelta &delta : chunk.choices) {
        Choice &known = choice(delta.index);
        if (known.finished) {
            continue; // OpenRouter finishes twice
        }
        if (!known.begun || delta.hasContent() || !delta.reasoningDetailsJson.empty()) {
            encodeDelta(chunk, delta, out);
            known.begun = true;
        }
        if (delta.finish) {
            encodeFinish(chunk, delta, out);
            known.finished = true;
        }
    }
}

void ChatEncoder::encodeSeam(const Seam &seam, std::string &out)
{
    writeEvent(out, m_identity, {}, [&](JsonWriter &json) {
        json.key("choices").beginArray().beginObject();
        json.key("index").integer(0).key("delta").beginObject().endObject();
        json.key("logprobs").null();
        writeFinish(json, std::nullopt);
        json.endObject().endArray();
        if (m_includeUsage) {
            json.key("usage").null();
        }
        writeSeam(json, seam);
    });
}

void ChatEncoder::encodeDone(std::string &out)
{
    if (m_includeUsage && m_usage) {
        writeEvent(out, m_identity, {}, [this](JsonWriter &json) {
            json.key("choices").beginArray().endArray();
            writeUsage(json, m_usage, m_usageJson);
        });
    }
    http::appendEvent(out, "[DONE]");
}

void ChatEncoder::encodeError(const ApiError &error, std::string &out)
{
    http::appendEvent(out, providers::encodeError(error));
}

/// What is known when the first chunk is sent holds for all.
void ChatEncoder::takeIdentity(const ChatChunk &chunk)
{
    if (m_identified || chunk.choices.empty()) {
        return;
    }
    m_identified = true;
    m_identity.id = answerId(chunk.id, m_identity.id);
    if (!chunk.model.empty()) {
        m_identity.model = chunk.model;
    }
    if (chunk.created != 0) {
        m_identity.created = chunk.created;
    }
}

ChatEncoder::Choice &ChatEncoder::choice(int index)
{
    const auto found = std::ranges::find(m_choices, index, &Choice::index);
    if (found != m_choices.end()) {
        return *found;
    }
    m_choices.push_back({.index = index, .begun = false, .finished = false});
    return m_choices.back();
}

void ChatEncoder::encodeDelta(const ChatChunk &chunk, const ChoiceDelta &delta, std::string &out)
{
    const bool first = !choice(delta.index).begun;
    writeEvent(out, m_identity, chunk, [&](JsonWriter &json) {
        json.key("choices").beginArray().beginObject();
        json.key("index").integer(delta.index).key("delta");
        writeDelta(json, delta, first);
        json.key("logprobs").raw(delta.logprobsJson.empty() ? "null" : delta.logprobsJson);
        writeFinish(json, std::nullopt);
        json.endObject().endArray();
        if (m_includeUsage) {
            json.key("usage").null();
        }
    });
}

void ChatEncoder::encodeFinish(const ChatChunk &chunk, const ChoiceDelta &delta, std::string &out)
{
    writeEvent(out, m_identity, chunk, [&](JsonWriter &json) {
        json.key("choices").beginArray().beginObject();
        json.key("index").integer(delta.index);
        json.key("delta").beginObject().endObject();
        json.key("logprobs").null();
        writeFinish(json, delta.finish);
        json.endObject().endArray();
        if (m_includeUsage) {
            json.key("usage").null();
        }
    });
}

} // namespace signalbox::providers
