// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_decode.h"

#include "core/providers/classifier.h"
#include "core/providers/error_body.h"
#include "core/providers/usage_reader.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

void append(std::optional<std::string> &text, std::string_view more)
{
    if (!text) {
        text.emplace();
    }
    text->append(more);
}

/// What of an id may stand in the ids of its calls, of which OpenAI takes 40 bytes.
std::string shortened(std::string_view id)
{
    constexpr std::size_t kBytesMax = 28;
    std::string out;
    for (const char c : id.substr(0, kBytesMax)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                           || (c >= '0' && c <= '9') || c == '-' || c == '_';
        out += plain ? c : '_';
    }
    return out;
}

/// FNV-1a: stands in where an answer has no id, for the same bytes the same.
std::string hashed(std::string_view bytes)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char byte : bytes) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
    }
    return std::to_string(hash);
}

} // namespace

struct GeminiDecoder::Reading
{
    ChatChunk chunk;
    std::vector<GeminiCandidate> candidates;
    bool blocked = false; ///< the prompt was
    std::optional<ErrorBody> error;
};

void GeminiDecoder::onEvent(const http::SseEvent &event)
{
    Reading reading;
    if (!read(event.data, reading)) {
        failUnparseable("not valid JSON in an event");
        return;
    }
    take(reading, OutcomeClass::StreamBroken);
}

void GeminiDecoder::onDocument(std::string_view body)
{
    JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        failUnparseable("not valid JSON");
        return;
    }
    m_isWhole = typeOf(*root) == JsonType::object;
    if (m_isWhole) {
        Reading reading;
        static_cast<void>(read(body, reading));
        take(reading, OutcomeClass::ServerError);
    } else {
        forEachElement(*root, [this](JsonValue &element) {
            Reading reading;
            if (read(rawJson(element), reading)) {
                take(reading, OutcomeClass::StreamBroken);
            }
        });
    }
    if (m_choices.empty()) {
        fail({OutcomeClass::EmptyAnswer, "the answer has no candidates", {}});
    }
    onStreamOver();
}

/// There is no event for the end: a stream is whole when each of its candidates is.
void GeminiDecoder::onStreamOver()
{
    if (isComplete()) {
        end();
        return;
    }
    fail({OutcomeClass::StreamBroken, "the stream ended before its finish reason", {}});
}

bool GeminiDecoder::read(std::string_view json, Reading &reading)
{
    thread_local JsonReader reader;
    auto root = reader.open(json);
    if (!root) {
        return false;
    }
    ChatChunk &chunk = reading.chunk;
    forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        if (name == "candidates") {
            forEachElement(value, [&reading](JsonValue &candidate) {
                if (typeOf(candidate) == JsonType::object) {
                    reading.candidates.push_back(readGeminiCandidate(candidate));
                }
            });
        } else if (name == "usageMetadata") {
            chunk.usage = readGeminiUsage(value);
        } else if (name == "modelVersion") {
            chunk.model = stringOrEmpty(value);
        } else if (name == "responseId") {
            chunk.id = stringOrEmpty(value);
        } else if (name == "promptFeedback") {
            forEachMember(value, [&reading](std::string_view key, JsonValue &reason) {
                reading.blocked = reading.blocked || (key == "blockReason" && !isNull(reason));
            });
        } else if (name == "error" && !isNull(value)) {
            reading.error = readErrorValue(value);
        }
    });
    if (m_id.empty()) {
        m_id = chunk.id.empty() ? hashed(json) : shortened(chunk.id);
    }
    return true;
}

void GeminiDecoder::take(Reading &reading, OutcomeClass otherwise)
{
    ChatChunk &chunk = reading.chunk;
    for (GeminiCandidate &candidate : reading.candidates) {
        chunk.choices.push_back(deltaOf(candidate));
    }
    if (reading.candidates.empty() && reading.blocked) {
        Choice &refused = choice(0);
        refused.finished = true;
        ChoiceDelta &delta = chunk.choices.emplace_back();
        delta.content = "";
        delta.finish = FinishReason::ContentFilter;
        delta.reasoningDetailsJson = refused.details.json();
    }
    if (!chunk.choices.empty() || chunk.usage) {
        emit(std::move(chunk));
    }
    if (reading.error) {
        fail(classifyToldError(ProviderKind::Gemini, *reading.error, otherwise));
    } else if (m_failure) {
        fail(*m_failure);
    }
}

ChoiceDelta GeminiDecoder::deltaOf(GeminiCandidate &candidate)
{
    Choice &known = choice(candidate.index);
    ChoiceDelta delta;
    delta.index = candidate.index;
    delta.logprobsJson = std::move(candidate.logprobsJson);
    for (GeminiPart &part : candidate.parts) {
        addPart(part, known, delta);
    }
    if (m_isWhole && !delta.content && delta.toolCalls.empty()) {
        delta.content = "";
    }
    known.hasContent = known.hasContent || delta.hasContent();
    endChoice(candidate, known, delta);
    return delta;
}

void GeminiDecoder::addPart(GeminiPart &part, Choice &choice, ChoiceDelta &delta)
{
    if (part.isCall) {
        ToolCallDelta call;
        call.index = choice.calls++;
        call.id = callId(part);
        call.name = std::move(part.name);
        call.arguments = part.args.empty() ? "{}" : std::move(part.args);
        if (!part.signature.empty()) {
            choice.details.ofCall(call.id, part.signature);
        }
        delta.toolCalls.push_back(std::move(call));
        return;
    }
    if (part.thought) {
        append(delta.reasoning, part.text.value_or(""));
        if (choice.thoughts.size() < kKeptSignatureBytesMax) {
            choice.thoughts += part.text.value_or("");
        }
        if (!part.signature.empty()) {
            choice.details.ofThought(std::exchange(choice.thoughts, {}), part.signature);
        }
        return;
    }
    if (part.text) {
        append(delta.content, *part.text);
    }
    if (!part.signature.empty()) {
        choice.details.ofText(part.signature);
    }
}

/// Older models give calls no ids, and a client needs some that no other answer repeats.
std::string GeminiDecoder::callId(const GeminiPart &part)
{
    const std::size_t number = m_callsInAll++;
    return part.id.empty() ? "call_" + m_id + "_" + std::to_string(number) : part.id;
}

void GeminiDecoder::endChoice(const GeminiCandidate &candidate, Choice &choice, ChoiceDelta &delta)
{
    GeminiEnd end = geminiEnd(candidate.finishReason);
    if (end == GeminiEnd::None && m_isWhole) {
        end = GeminiEnd::Stop;
    }
    switch (end) {
    case GeminiEnd::None:
        return;
    case GeminiEnd::Stop:
        delta.finish = choice.calls > 0 ? FinishReason::ToolCalls : FinishReason::Stop;
        break;
    case GeminiEnd::Length:
        delta.finish = FinishReason::Length;
        break;
    case GeminiEnd::Filtered:
        delta.finish = FinishReason::ContentFilter;
        break;
    case GeminiEnd::Unsaid:
        if (!choice.hasContent) {
            m_failure = ChatFailure{OutcomeClass::EmptyAnswer,
                                    "the answer is empty: " + candidate.finishReason,
                                    candidate.finishReason};
            return;
        }
        delta.finish = choice.calls > 0 ? FinishReason::ToolCalls : FinishReason::Stop;
        break;
    case GeminiEnd::Failed:
        m_failure = ChatFailure{OutcomeClass::ServerError,
                                candidate.finishMessage.empty()
                                    ? "the answer failed: " + candidate.finishReason
                                    : clippedUtf8(candidate.finishMessage,
                                                  bounds::kErrorMessageBytesMax),
                                candidate.finishReason};
        return;
    }
    choice.finished = true;
    delta.reasoningDetailsJson = choice.details.json();
}

GeminiDecoder::Choice &GeminiDecoder::choice(int index)
{
    const auto found = std::ranges::find(m_choices, index, &Choice::index);
    if (found != m_choices.end()) {
        return *found;
    }
    m_choices.push_back({.index = index});
    return m_choices.back();
}

bool GeminiDecoder::isComplete() const
{
    return !m_choices.empty() && std::ranges::all_of(m_choices, &Choice::finished);
}

} // namespace signalbox::providers
