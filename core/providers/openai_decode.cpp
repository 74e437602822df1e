// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_decode.h"

#include "core/base/text.h"
#include "core/providers/classifier.h"
#include "core/providers/error_body.h"
#include "core/providers/openai_delta.h"
#include "core/providers/usage_reader.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

FinishReason finishFromString(std::string_view reason)
{
    if (reason == "length" || reason == "model_length" || reason == "max_tokens") {
        return FinishReason::Length;
    }
    if (reason == "tool_calls" || reason == "function_call" || reason == "tool_use") {
        return FinishReason::ToolCalls;
    }
    return reason == "content_filter" ? FinishReason::ContentFilter : FinishReason::Stop;
}

} // namespace

struct OpenAiDecoder::Reading
{
    ChatChunk chunk;
    std::optional<ErrorBody> error;
    bool hasChoices = false;
    bool looksLikeError = false; ///< an error told without an `error` member
    std::optional<ChatFailure> finishedByError;
};

void OpenAiDecoder::onEvent(const http::SseEvent &event)
{
    if (trimmed(event.data) == "[DONE]") {
        if (m_choices.empty()) {
            fail({OutcomeClass::EmptyAnswer, "the stream has no choices", {}});
        }
        end();
        return;
    }
    Reading reading;
    if (!read(event.data, reading)) {
        failUnparseable("not valid JSON in an event");
        return;
    }
    reading.looksLikeError = reading.looksLikeError || event.event == "error";
    if (!reading.chunk.choices.empty() || reading.chunk.usage) {
        emit(std::move(reading.chunk));
    }
    failTold(event.data, reading, OutcomeClass::StreamBroken);
}

void OpenAiDecoder::onDocument(std::string_view body)
{
    m_isWhole = true;
    Reading reading;
    if (!read(body, reading)) {
        failUnparseable("not valid JSON");
        return;
    }
    if (!reading.chunk.choices.empty()) {
        emit(std::move(reading.chunk));
    }
    failTold(body, reading, OutcomeClass::ServerError);
    if (m_choices.empty()) {
        fail({OutcomeClass::EmptyAnswer, "the answer has no choices", {}});
    }
    end();
}

void OpenAiDecoder::onStreamOver()
{
    const bool complete = !m_choices.empty()
                          && std::ranges::all_of(m_choices, [](const Choice &choice) {
                                 return choice.finished;
                             });
    if (complete) {
        end(); // llama.cpp's relatives send no [DONE]
        return;
    }
    fail({OutcomeClass::StreamBroken, "the stream ended before its end", {}});
}

void OpenAiDecoder::failTold(std::string_view json, Reading &reading, OutcomeClass otherwise)
{
    if (!reading.error && reading.looksLikeError && !reading.hasChoices) {
        reading.error = readErrorBody(json);
    }
    if (reading.error) {
        fail(classifyToldError(m_kind, *reading.error, otherwise));
    } else if (reading.finishedByError) {
        fail(*reading.finishedByError);
    }
}

bool OpenAiDecoder::read(std::string_view json, Reading &reading)
{
    thread_local JsonReader reader;
    auto root = reader.open(json);
    if (!root) {
        return false;
    }
    if (typeOf(*root) == JsonType::array) {
        reading.looksLikeError = true; // Google's way to wrap an error
        return true;
    }
    forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        readMember(name, value, reading);
    });
    keepIdentities(reading.chunk);
    return true;
}

void OpenAiDecoder::readMember(std::string_view name, JsonValue &value, Reading &reading)
{
    ChatChunk &chunk = reading.chunk;
    if (name == "choices") {
        forEachElement(value, [&](JsonValue &choice) { readChoice(choice, reading); });
        reading.hasChoices = !chunk.choices.empty();
    } else if (name == "id") {
        chunk.id = stringOrEmpty(value);
    } else if (name == "model") {
        chunk.model = stringOrEmpty(value);
    } else if (name == "created") {
        chunk.created = asInteger(value).value_or(0);
    } else if (name == "usage" && !isNull(value)) {
        const std::string_view raw = rawJson(value);
        chunk.usage = readOpenAiUsage(value);
        chunk.usageJson = chunk.usage ? raw : std::string_view();
    } else if (name == "system_fingerprint") {
        chunk.systemFingerprintJson = rawJson(value);
    } else if (name == "service_tier") {
        chunk.serviceTierJson = rawJson(value);
    } else if (name == "error" && !isNull(value)) {
        reading.error = readErrorValue(value);
    } else if (name == "object") {
        reading.looksLikeError = reading.looksLikeError || asString(value) == "error";
    } else if (name == "message" || name == "detail") {
        reading.looksLikeError = true;
    }
}

void OpenAiDecoder::readChoice(JsonValue &value, Reading &reading)
{
    ChoiceDelta delta;
    std::string finish;
    const bool object = forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "index") {
            delta.index = readListIndex(member);
        } else if (name == "delta" || name == "message") {
            readOpenAiDelta(member, delta);
        } else if (name == "finish_reason") {
            finish = stringOrEmpty(member);
        } else if (name == "logprobs" && !isNull(member)) {
            delta.logprobsJson = rawJson(member);
        }
    });
    if (!object) {
        return;
    }
    readFinish(finish, delta, reading);
    reading.chunk.choices.push_back(std::move(delta));
}

void OpenAiDecoder::readFinish(std::string_view reason, ChoiceDelta &delta, Reading &reading)
{
    if (reason == "error") {
        reading.finishedByError = ChatFailure{OutcomeClass::ServerError,
                                              "the answer finished with an error",
                                              "error"};
    } else if (reason == "insufficient_system_resource") {
        reading.finishedByError = ChatFailure{OutcomeClass::Overloaded,
                                              "the provider ran out of resources",
                                              std::string(reason)};
    } else if (!reason.empty() && reason != "null") {
        delta.finish = finishFromString(reason);
    }
}

OpenAiDecoder::Choice &OpenAiDecoder::choice(int index)
{
    const auto found = std::ranges::find(m_choices, index, &Choice::index);
    if (found != m_choices.end()) {
        return *found;
    }
    m_choices.push_back(Choice{.index = index, .finished = false, .calls = {}, .reasoning = {}});
    return m_choices.back();
}

/// Tool calls are told apart once the choice's index is known, which may come after its delta.
void OpenAiDecoder::keepIdentities(ChatChunk &chunk)
{
    for (ChoiceDelta &delta : chunk.choices) {
        Choice &known = choice(delta.index);
        if (!m_isWhole) {
            gatherReasoning(known, delta);
        }
        known.finished = known.finished || delta.finish.has_value();
        for (ToolCallDelta &call : delta.toolCalls) {
            keepIdentity(known, call, chunk.id);
        }
    }
}

/// Clients get them once, with the finish, for nobody but OpenRouter's own puts pieces together.
void OpenAiDecoder::gatherReasoning(Choice &choice, ChoiceDelta &delta)
{
    if (!delta.reasoningDetailsJson.empty()) {
        choice.reasoning.add(delta.reasoningDetailsJson);
        delta.reasoningDetailsJson.clear();
    }
    if (delta.finish && !choice.finished) {
        delta.reasoningDetailsJson = choice.reasoning.json();
    }
}

/// Numbers the calls from 0 and tells id and name once: continuations that repeat them, or carry
/// empty ones, would spoil what a client has put together.
void OpenAiDecoder::keepIdentity(Choice &choice, ToolCallDelta &delta, const std::string &answer)
{
    if (delta.id == "null") {
        delta.id.clear(); // Mistral's word for none
    }
    auto known = choice.calls.end();
    if (delta.index >= 0) {
        known = std::ranges::find(choice.calls, delta.index, &Call::upstreamIndex);
    } else if (delta.id.empty() && !choice.calls.empty()) {
        known = std::prev(choice.calls.end());
    } else {
        known = std::ranges::find(choice.calls, delta.id, &Call::id);
    }
    if (known == choice.calls.end()) {
        const auto index = delta.index >= 0 ? std::optional<std::int64_t>(delta.index)
                                            : std::nullopt;
        choice.calls.push_back(Call{.upstreamIndex = index, .id = {}, .named = false});
        known = std::prev(choice.calls.end());
    }
    delta.index = static_cast<int>(known - choice.calls.begin());
    if (known->id.empty() && delta.id.empty() && !known->named && !delta.name.empty()) {
        delta.id = "call_" + answer + "_" + std::to_string(delta.index); // a result must name it
    }
    if (known->id.empty()) {
        known->id = delta.id;
    } else {
        delta.id.clear();
    }
    if (known->named) {
        delta.name.clear();
    }
    known->named = known->named || !delta.name.empty();
}

} // namespace signalbox::providers
