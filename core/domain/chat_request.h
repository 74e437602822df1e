// SPDX-License-Identifier: Apache-2.0
// One chat request, understood as far as routing and translation need it; the rest kept as written.
#pragma once

#include "core/domain/features.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// One member of a JSON object, its value as the exact text the client sent: numbers, unknown
/// fields and schemas pass unaltered.
struct RawField
{
    std::string name;
    std::string json;

    friend bool operator==(const RawField &, const RawField &) = default;
};

enum class Role : std::uint8_t {
    System,
    Developer,
    User,
    Assistant,
    Tool,
};

std::string_view toString(Role role);

/// One call of an assistant message, as the client wrote it.
struct ToolCall
{
    std::string id; ///< empty when absent
    std::string name; ///< of the function; empty when absent
    std::string arguments; ///< JSON as a text, by the format; models write other things too
    bool isFunction = true; ///< no other type was named

    friend bool operator==(const ToolCall &, const ToolCall &) = default;
};

struct ChatMessage
{
    enum class PartKind : std::uint8_t {
        Text,
        Image,
        Other
    };
    struct Part
    {
        PartKind kind = PartKind::Text;
        std::string text; ///< of a text part; else the part's raw JSON
        std::string cacheControlJson = {}; ///< of a text part; raw, empty when absent

        friend bool operator==(const Part &, const Part &) = default;
    };

    Role role = Role::User;
    std::vector<Part> parts; ///< empty when content was null or absent
    std::string toolCallsJson; ///< of an assistant message; raw, empty when absent
    std::vector<ToolCall> toolCalls; ///< what was understood of toolCallsJson
    std::string toolCallId; ///< of a tool message
    std::string name; ///< of who speaks; empty when absent
    std::string reasoningDetailsJson; ///< `reasoning_details` of an earlier answer; raw array

    /// All text parts joined by newlines.
    [[nodiscard]] std::string text() const;
    friend bool operator==(const ChatMessage &, const ChatMessage &) = default;
};

/// A request that came in Anthropic's format, as targets that speak it too shall get it.
struct NativeRequest
{
    std::vector<RawField> fields; ///< top-level members in the client's order
    std::string betas; ///< value of `anthropic-beta`; empty when absent

    friend bool operator==(const NativeRequest &, const NativeRequest &) = default;
};

/// A Chat Completions request. `fields` are all top-level members in the client's order, of another
/// dialect as they were translated; the members beside it are what was understood of them.
struct ChatRequest
{
    std::string model;
    bool stream = false;
    bool includeUsage = false; ///< stream_options.include_usage
    std::vector<ChatMessage> messages;
    std::optional<std::int64_t> maxOutputTokens; ///< max_completion_tokens, else max_tokens
    std::optional<std::string> temperature; ///< the number's lexeme
    std::optional<std::string> topP; ///< the number's lexeme
    std::vector<std::string> stop;
    std::string user;
    int choices = 1; ///< n
    FeatureSet needs; ///< tools, images, json_schema, reasoning
    bool wantsJson = false; ///< response_format is json_object or json_schema
    std::vector<RawField> fields;
    std::vector<std::string> untold; ///< names of what another dialect said beyond them
    std::optional<NativeRequest> native; ///< of a request in Anthropic's format
    std::vector<RawField> echoed; ///< members that the answer repeats, in a dialect that does so
    /// The last message, the assistant's, is the beginning of the answer: the rest of it is wanted.
    bool begun = false;

    [[nodiscard]] const RawField *field(std::string_view name) const;
    /// The last message in one of these roles, or null.
    [[nodiscard]] const ChatMessage *last(std::initializer_list<Role> roles) const;
    friend bool operator==(const ChatRequest &, const ChatRequest &) = default;
};

} // namespace signalbox
