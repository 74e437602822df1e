// SPDX-License-Identifier: Apache-2.0
// The smallest parts of an answer in Anthropic's format.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/json_reader.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// A content block, or one delta of it.
struct AnthropicPiece
{
    std::string type;
    std::string text;
    std::string id;
    std::string name;
    std::string json; ///< a call's input, whole or in part
    std::string stopReason;
    std::string signature; ///< of thinking
    std::string data; ///< of redacted thinking
};

[[nodiscard]] AnthropicPiece readAnthropicPiece(JsonValue &value);

/// What a `stop_reason` means; nothing while it is empty.
[[nodiscard]] std::optional<FinishReason> anthropicFinish(std::string_view reason);

} // namespace signalbox::providers
