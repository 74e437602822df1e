// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_piece.h"

namespace signalbox::providers {

AnthropicPiece readAnthropicPiece(JsonValue &value)
{
    AnthropicPiece piece;
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        if (name == "type") {
            piece.type = stringOrEmpty(member);
        } else if (name == "text" || name == "thinking") {
            piece.text = stringOrEmpty(member);
        } else if (name == "id") {
            piece.id = stringOrEmpty(member);
        } else if (name == "name") {
            piece.name = stringOrEmpty(member);
        } else if (name == "input") {
            piece.json = rawJson(member);
        } else if (name == "partial_json") {
            piece.json = stringOrEmpty(member);
        } else if (name == "stop_reason") {
            piece.stopReason = stringOrEmpty(member);
        } else if (name == "signature") {
            piece.signature = stringOrEmpty(member);
        } else if (name == "data") {
            piece.data = stringOrEmpty(member);
        }
    });
    return piece;
}

std::optional<FinishReason> anthropicFinish(std::string_view reason)
{
    if (reason.empty()) {
        return std::nullopt;
    }
    if (reason == "max_tokens" || reason == "model_context_window_exceeded") {
        return FinishReason::Length;
    }
    if (reason == "tool_use") {
        return FinishReason::ToolCalls;
    }
    return reason == "refusal" ? FinishReason::ContentFilter : FinishReason::Stop;
}

} // namespace signalbox::providers
