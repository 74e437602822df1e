// SPDX-License-Identifier: Apache-2.0
// An answer in pieces, the same for every provider: a JSON answer is one piece and an end.
#pragma once

#include "core/domain/outcome.h"
#include "core/domain/usage.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace signalbox {

enum class FinishReason : std::uint8_t {
    Stop,
    Length,
    ToolCalls,
    ContentFilter,
};

std::string_view toString(FinishReason reason);

struct ToolCallDelta
{
    int index = 0;
    std::string id; ///< empty in continuations
    std::string name; ///< empty in continuations
    std::string arguments;

    friend bool operator==(const ToolCallDelta &, const ToolCallDelta &) = default;
};

struct ChoiceDelta
{
    int index = 0;
    std::optional<std::string> content;
    std::optional<std::string> reasoning;
    std::optional<std::string> refusal;
    std::vector<ToolCallDelta> toolCalls;
    std::optional<FinishReason> finish;
    std::string logprobsJson; ///< raw, empty when absent
    /// The signed thinking of the whole answer, for the client to give back; raw array, or empty.
    std::string reasoningDetailsJson;

    /// Content, reasoning, a tool call or a refusal: what ends the wait for the first token.
    [[nodiscard]] bool hasContent() const
    {
        return (content && !content->empty()) || (reasoning && !reasoning->empty())
               || (refusal && !refusal->empty()) || !toolCalls.empty();
    }
    friend bool operator==(const ChoiceDelta &, const ChoiceDelta &) = default;
};

/// One chunk of a stream, or a whole JSON answer in one.
struct ChatChunk
{
    std::string id; ///< the upstream's own
    std::string model; ///< the upstream's own
    std::int64_t created = 0; ///< seconds since 1970; 0 when the upstream has none
    std::vector<ChoiceDelta> choices;
    std::optional<Usage> usage;
    std::string usageJson; ///< the upstream's usage object where it has OpenAI's shape, else empty
    std::string systemFingerprintJson; ///< raw, empty when absent
    std::string serviceTierJson; ///< raw, empty when absent
    /// An answer, or one event of it, that is passed on as it came: of embeddings, and in the format
    /// the client speaks; else empty.
    std::string wholeJson;

    [[nodiscard]] bool hasContent() const
    {
        return std::ranges::any_of(choices, &ChoiceDelta::hasContent);
    }
    friend bool operator==(const ChatChunk &, const ChatChunk &) = default;
};

/// The upstream said itself, inside a 200 answer, that it failed.
struct ChatFailure
{
    OutcomeClass outcome = OutcomeClass::ServerError;
    std::string message; ///< the upstream's words
    std::string code; ///< the upstream's code or type, may be empty

    friend bool operator==(const ChatFailure &, const ChatFailure &) = default;
};

/// The answer is complete by the provider's own rules.
struct ChatEnd
{
    friend bool operator==(const ChatEnd &, const ChatEnd &) = default;
};

using ChatEvent = std::variant<ChatChunk, ChatFailure, ChatEnd>;

} // namespace signalbox
