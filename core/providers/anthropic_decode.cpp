// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_decode.h"

#include "core/providers/anthropic_piece.h"
#include "core/providers/classifier.h"
#include "core/providers/error_body.h"

#include <algorithm>
#include <utility>

namespace signalbox::providers {
namespace {

void append(std::optional<std::string> &text, std::string_view more)
{
    if (!text) {
        text.emplace();
    }
    text->append(more);
}

} // namespace

struct AnthropicDecoder::Reading
{
    std::string type;
    std::int64_t index = 0;
    AnthropicPiece piece; ///< of `delta` or `content_block`
    std::string id;
    std::string model;
    std::string stopReason;
    ChoiceDelta content; ///< of a whole message
    bool hasContent = false;
    std::optional<ErrorBody> error;
};

void AnthropicDecoder::onEvent(const http::SseEvent &event)
{
    thread_local JsonReader reader;
    auto root = reader.open(event.data);
    if (!root) {
        failUnparseable("not valid JSON in an event");
        return;
    }
    Reading reading;
    reading.type = event.event;
    forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        readMember(name, value, reading);
    });
    const bool again = m_started && reading.type == "message_start";
    if (m_passesEvents && reading.type != "ping" && !again) {
        m_source = event.data;
    }
    onRead(reading, event.data);
    passOnWhatIsLeft();
}

/// An event that says nothing to others is a chunk of its own.
void AnthropicDecoder::passOnWhatIsLeft()
{
    if (!m_source.empty()) {
        emit(chunk());
    }
}

void AnthropicDecoder::onDocument(std::string_view body)
{
    thread_local JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        failUnparseable("not valid JSON");
        return;
    }
    Reading reading;
    readMessage(*root, reading);
    if (reading.error || reading.type == "error") {
        const ErrorBody error = reading.error ? *reading.error : readErrorBody(body);
        fail(classifyToldError(ProviderKind::Anthropic, error, OutcomeClass::ServerError));
        return;
    }
    // A refusal may come without any text.
    if (!reading.hasContent && reading.stopReason.empty()) {
        fail({OutcomeClass::EmptyAnswer, "the answer has no content", {}});
        return;
    }
    m_id = reading.id;
    m_model = reading.model;
    reading.content.content = reading.content.content.value_or(std::string());
    if (reading.content.content->empty() && !reading.content.toolCalls.empty()) {
        reading.content.content.reset();
    }
    reading.content.finish = anthropicFinish(reading.stopReason).value_or(FinishReason::Stop);
    reading.content.reasoningDetailsJson = m_details.json();
    ChatChunk whole = chunk();
    whole.choices.push_back(std::move(reading.content));
    whole.wholeJson = m_passesDocument ? body : std::string_view();
    whole.usage = m_usage.any() ? std::optional(m_usage.usage()) : std::nullopt;
    emit(std::move(whole));
    end();
}

void AnthropicDecoder::onStreamOver()
{
    fail({OutcomeClass::StreamBroken, "the stream ended before message_stop", {}});
}

void AnthropicDecoder::readMember(std::string_view name, JsonValue &value, Reading &reading)
{
    if (name == "type") {
        reading.type = stringOrEmpty(value);
    } else if (name == "index") {
        reading.index = asInteger(value).value_or(0);
    } else if (name == "delta" || name == "content_block") {
        reading.piece = readAnthropicPiece(value);
    } else if (name == "usage") {
        m_usage.read(value);
    } else if (name == "message" && typeOf(value) == JsonType::object) {
        const std::string type = reading.type;
        readMessage(value, reading);
        reading.type = type;
    } else if (name == "error" && !isNull(value)) {
        reading.error = readErrorValue(value);
    }
}

/// A whole answer, or what message_start tells of the one that begins.
void AnthropicDecoder::readMessage(JsonValue &value, Reading &reading)
{
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "id") {
            reading.id = stringOrEmpty(member);
        } else if (name == "model") {
            reading.model = stringOrEmpty(member);
        } else if (name == "stop_reason") {
            reading.stopReason = stringOrEmpty(member);
        } else if (name == "content") {
            readContent(member, reading);
        } else if (name == "usage") {
            m_usage.read(member);
        } else if (name == "type") {
            reading.type = stringOrEmpty(member);
        } else if (name == "error" && !isNull(member)) {
            reading.error = readErrorValue(member);
        }
    });
}

void AnthropicDecoder::readContent(JsonValue &value, Reading &reading)
{
    std::int64_t index = 0;
    forEachElement(value, [&](JsonValue &element) {
        AnthropicPiece piece = readAnthropicPiece(element);
        reading.hasContent = true;
        keepThinking(index++, piece);
        if (piece.type == "text") {
            append(reading.content.content, piece.text);
        } else if (piece.type == "thinking") {
            append(reading.content.reasoning, piece.text);
        } else if (piece.type == "tool_use") {
            reading.content.toolCalls.push_back(
                {m_calls++, std::move(piece.id), std::move(piece.name), std::move(piece.json)});
        }
    });
}

void AnthropicDecoder::onRead(Reading &reading, std::string_view json)
{
    if (reading.error || reading.type == "error") {
        const ErrorBody error = reading.error ? *reading.error : readErrorBody(json);
        fail(classifyToldError(ProviderKind::Anthropic, error, OutcomeClass::StreamBroken));
    } else if (reading.type == "message_start") {
        onMessageStart(reading);
    } else if (reading.type == "content_block_start") {
        onBlockStart(reading);
    } else if (reading.type == "content_block_delta") {
        onBlockDelta(reading);
    } else if (reading.type == "content_block_stop") {
        onBlockStop(reading);
    } else if (reading.type == "message_delta") {
        onMessageDelta(reading);
    } else if (reading.type == "message_stop") {
        if (!m_started) {
            fail({OutcomeClass::EmptyAnswer, "the stream has no message", {}});
        }
        passOnWhatIsLeft();
        end();
    }
}

void AnthropicDecoder::onMessageStart(Reading &reading)
{
    if (m_started) {
        return; // some aggregators send it twice
    }
    m_started = true;
    m_id = std::move(reading.id);
    m_model = std::move(reading.model);
    ChatChunk first = chunk();
    first.choices.emplace_back().content = "";
    first.usage = m_usage.any() ? std::optional(m_usage.usage()) : std::nullopt;
    emit(std::move(first));
}

void AnthropicDecoder::onBlockStart(Reading &reading)
{
    AnthropicPiece &piece = reading.piece;
    if (block(reading.index) != nullptr) {
        return;
    }
    keepThinking(reading.index, piece);
    const bool isCall = piece.type == "tool_use";
    m_blocks.push_back({reading.index, isCall ? m_calls++ : -1, false});
    if (isCall) {
        m_blocks.back().input = std::move(piece.json);
    }
    ChoiceDelta delta;
    if (isCall) {
        delta.toolCalls.push_back(
            {m_blocks.back().call, std::move(piece.id), std::move(piece.name), {}});
        emitDelta(std::move(delta));
    } else if (!piece.text.empty()) {
        (piece.type == "thinking" ? delta.reasoning : delta.content) = std::move(piece.text);
        emitDelta(std::move(delta));
    }
}

void AnthropicDecoder::onBlockDelta(Reading &reading)
{
    AnthropicPiece &piece = reading.piece;
    keepThinking(reading.index, piece);
    ChoiceDelta delta;
    if (piece.type == "text_delta" && !piece.text.empty()) {
        delta.content = std::move(piece.text);
    } else if (piece.type == "thinking_delta" && !piece.text.empty()) {
        delta.reasoning = std::move(piece.text);
    } else if (piece.type == "input_json_delta" && !piece.json.empty()) {
        Block *call = block(reading.index);
        if (call == nullptr || call->call < 0) {
            return;
        }
        call->hasArguments = true;
        delta.toolCalls.push_back({call->call, {}, {}, std::move(piece.json)});
    }
    if (delta.hasContent()) {
        emitDelta(std::move(delta));
    }
}

void AnthropicDecoder::onBlockStop(const Reading &reading)
{
    Block *call = block(reading.index);
    if (call == nullptr || call->call < 0 || call->hasArguments) {
        return;
    }
    call->hasArguments = true;
    ChoiceDelta delta;
    delta.toolCalls.push_back({call->call, {}, {}, call->input.empty() ? "{}" : call->input});
    emitDelta(std::move(delta));
}

void AnthropicDecoder::keepThinking(std::int64_t block, const AnthropicPiece &piece)
{
    if (piece.type == "thinking" || piece.type == "thinking_delta") {
        m_details.addText(block, piece.text);
    }
    if (!piece.signature.empty()) {
        m_details.addSignature(block, piece.signature);
    }
    if (piece.type == "redacted_thinking") {
        m_details.addRedacted(block, piece.data);
    }
}

void AnthropicDecoder::onMessageDelta(const Reading &reading)
{
    ChatChunk last = chunk();
    ChoiceDelta &delta = last.choices.emplace_back();
    delta.finish = anthropicFinish(reading.piece.stopReason);
    if (delta.finish) {
        delta.reasoningDetailsJson = m_details.json();
    }
    last.usage = m_usage.any() ? std::optional(m_usage.usage()) : std::nullopt;
    emit(std::move(last));
}

void AnthropicDecoder::emitDelta(ChoiceDelta delta)
{
    ChatChunk piece = chunk();
    piece.choices.push_back(std::move(delta));
    emit(std::move(piece));
}

AnthropicDecoder::Block *AnthropicDecoder::block(std::int64_t index)
{
    const auto found = std::ranges::find(m_blocks, index, &Block::index);
    return found == m_blocks.end() ? nullptr : &*found;
}

ChatChunk AnthropicDecoder::chunk()
{
    ChatChunk piece;
    piece.wholeJson = std::exchange(m_source, {});
    piece.id = m_id;
    piece.model = m_model;
    return piece;
}

} // namespace signalbox::providers
