// SPDX-License-Identifier: Apache-2.0
// The content blocks of an Anthropic Messages request, read and checked.
#pragma once

#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// Marks the `data` of a redacted thinking block of ours: behind it stand `reasoning_details` of
/// another format, for which Anthropic's has no place.
inline constexpr std::string_view kForeignThinking = "signalbox:";

/// Texts live as long as the reader's document.
struct MessagesBlock
{
    enum class Kind : std::uint8_t {
        Text,
        Image,
        Thinking,
        RedactedThinking,
        ToolUse,
        ToolResult,
    };
    Kind kind = Kind::Text;
    std::string_view raw; ///< the whole block; empty where the content was a string
    std::string_view text; ///< of a text or of thinking
    std::string_view signature; ///< of thinking; empty when nobody signed it
    std::string_view data; ///< of redacted thinking
    std::string imageUrl; ///< an address or a data URL
    std::string_view id; ///< of a tool use, or the one a result answers
    std::string_view name; ///< of the tool used
    std::string_view input; ///< of a tool use: a raw object
    std::vector<MessagesBlock> content; ///< of a result: texts and images

    /// Thinking that Anthropic did not sign: its API would refuse it.
    [[nodiscard]] bool isForeign() const
    {
        return (kind == Kind::Thinking && signature.empty())
               || (kind == Kind::RedactedThinking && data.starts_with(kForeignThinking));
    }
};

/// Reads `content` at \p path, a string or a list of blocks. Faults go to \p faults; the names of
/// members that only Anthropic understands to \p untold.
[[nodiscard]] std::vector<MessagesBlock> readMessagesContent(JsonValue &value,
                                                             const std::string &path,
                                                             FaultKeeper &faults,
                                                             std::set<std::string> &untold);

} // namespace signalbox::providers
