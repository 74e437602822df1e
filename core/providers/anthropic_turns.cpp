// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_turns.h"

#include "core/providers/anthropic_image.h"
#include "core/providers/anthropic_thinking.h"
#include "core/providers/call_ids.h"
#include "core/providers/json_check.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox::providers {
namespace {

using Kind = AnthropicBlock::Kind;

/// Said for the user where a conversation begins with the assistant's words.
constexpr std::string_view kOpening = "Hello.";

std::string_view withoutTrailingSpace(std::string_view text)
{
    const auto last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

bool isSystem(Role role)
{
    return role == Role::System || role == Role::Developer;
}

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

class Arranger
{
public:
    Arranger(const ChatRequest &request, EncodedBody &notes)
        : m_request(request)
        , m_notes(notes)
    {}

    Result<AnthropicConversation, Refusal> arrange()
    {
        for (const ChatMessage &message : m_request.messages) {
            if (auto refusal = add(message)) {
                return Failure{std::move(*refusal)};
            }
        }
        trimPrefill();
        beginWithTheUser();
        if (m_conversation.turns.empty()) {
            return refused("Anthropic takes no conversation without content");
        }
        if (auto refusal = unanswered()) {
            return Failure{std::move(*refusal)};
        }
        if (m_named) {
            m_notes.drop("messages[].name");
        }
        return std::move(m_conversation);
    }

private:
    std::optional<Refusal> add(const ChatMessage &message)
    {
        std::vector<AnthropicBlock> blocks;
        for (const ChatMessage::Part &part : message.parts) {
            if (auto refusal = addPart(part, blocks)) {
                return refusal;
            }
        }
        m_named = m_named || (!message.name.empty() && message.role != Role::Tool);
        if (isSystem(message.role)) {
            return addSystem(std::move(blocks));
        }
        if (message.role == Role::Tool) {
            addResult(message, std::move(blocks));
            return std::nullopt;
        }
        for (const ToolCall &call : message.toolCalls) {
            if (auto refusal = addCall(call, blocks)) {
                return refusal;
            }
        }
        if (blocks.empty()) {
            return std::nullopt;
        }
        auto &into = turnOf(message.role).blocks;
        for (std::string &json : replayedThinking(message.reasoningDetailsJson)) {
            into.push_back({.kind = Kind::Thinking, .text = {}, .json = std::move(json)});
        }
        std::ranges::move(blocks, std::back_inserter(into));
        return std::nullopt;
    }

    std::optional<Refusal> addPart(const ChatMessage::Part &part,
                                   std::vector<AnthropicBlock> &blocks)
    {
        if (part.kind == ChatMessage::PartKind::Other) {
            return Refusal{std::nullopt,
                           "content parts other than text and images cannot be sent to Anthropic"};
        }
        if (part.kind == ChatMessage::PartKind::Text) {
            if (!withoutTrailingSpace(part.text).empty()) { // an empty block would be refused
                blocks.push_back(
                    {.kind = Kind::Text, .text = part.text, .cacheControl = part.cacheControlJson});
            }
            return std::nullopt;
        }
        auto image = anthropicImage(part.text, m_notes);
        if (!image) {
            return image.error();
        }
        blocks.push_back({.kind = Kind::Image, .text = {}, .json = *std::move(image)});
        return std::nullopt;
    }

    std::optional<Refusal> addSystem(std::vector<AnthropicBlock> blocks)
    {
        const auto isImage = [](const AnthropicBlock &block) { return block.kind != Kind::Text; };
        if (std::ranges::any_of(blocks, isImage)) {
            return Refusal{Feature::Images, "Anthropic takes no images in system messages"};
        }
        std::ranges::move(blocks, std::back_inserter(m_conversation.system));
        return std::nullopt;
    }

    void addResult(const ChatMessage &message, std::vector<AnthropicBlock> blocks)
    {
        AnthropicBlock result{.kind = Kind::ToolResult, .text = {}};
        result.id = m_ids.ofResult(message.toolCallId);
        result.content = std::move(blocks);
        turnOf(Role::User).results.push_back(std::move(result));
    }

    std::optional<Refusal> addCall(const ToolCall &call, std::vector<AnthropicBlock> &blocks)
    {
        const std::string which = "tool call \"" + call.id + "\"";
        if (!call.isFunction || call.id.empty()) {
            return Refusal{std::nullopt, which + " is no call of a function with an id"};
        }
        if (!isToolName(call.name)) {
            return Refusal{std::nullopt,
                           "the name of " + which + " must be 1 to 64 letters, digits, _ or -"};
        }
        const std::string_view input = withoutTrailingSpace(call.arguments).empty()
                                           ? std::string_view("{}")
                                           : std::string_view(call.arguments);
        if (!isJsonObject(input)) {
            return Refusal{std::nullopt,
                           "the arguments of " + which
                               + " are no JSON object, and Anthropic takes no other"};
        }
        AnthropicBlock use{.kind = Kind::ToolUse, .text = input};
        use.id = m_ids.ofCall(call.id);
        use.name = call.name;
        blocks.push_back(std::move(use));
        return std::nullopt;
    }

    AnthropicTurn &turnOf(Role role)
    {
        auto &turns = m_conversation.turns;
        if (turns.empty() || turns.back().role != role) {
            turns.push_back({role, {}, {}});
        }
        return turns.back();
    }

    /// White space at the end of a final assistant text would be refused.
    void trimPrefill()
    {
        if (m_conversation.endsWithAssistant()) {
            AnthropicBlock &last = m_conversation.turns.back().blocks.back();
            if (last.kind == Kind::Text) {
                last.text = withoutTrailingSpace(last.text);
            }
        }
    }

    void beginWithTheUser()
    {
        auto &turns = m_conversation.turns;
        auto &system = m_conversation.system;
        if (turns.empty() && !system.empty()) {
            m_notes.note("sent the last system text as the user's: there was no other message");
            turns.push_back({Role::User, {}, {system.back()}});
            system.pop_back();
        } else if (!turns.empty() && turns.front().role == Role::Assistant) {
            m_notes.note("added a user's greeting: the conversation began with the assistant");
            turns.insert(turns.begin(),
                         AnthropicTurn{Role::User, {}, {{.kind = Kind::Text, .text = kOpening}}});
        }
    }

    /// What a tool use without its result, or a result without its tool use, makes of the request.
    [[nodiscard]] std::optional<Refusal> unanswered() const
    {
        std::unordered_set<std::string_view> open;
        for (const AnthropicTurn &turn : m_conversation.turns) {
            for (const AnthropicBlock &result : turn.results) {
                if (open.erase(result.id) == 0) {
                    return Refusal{std::nullopt,
                                   "the result of tool call \"" + result.id
                                       + "\" does not follow its call, or is given twice"};
                }
            }
            if (!open.empty()) {
                break;
            }
            for (const AnthropicBlock &block : turn.blocks) {
                if (block.kind == Kind::ToolUse) {
                    open.insert(block.id);
                }
            }
        }
        if (open.empty()) {
            return std::nullopt;
        }
        return Refusal{std::nullopt,
                       "tool call \"" + std::string(*open.begin())
                           + "\" has no result right after it, and Anthropic demands one"};
    }

    const ChatRequest &m_request;
    EncodedBody &m_notes;
    AnthropicConversation m_conversation;
    CallIds m_ids;
    bool m_named = false;
};

} // namespace

Result<AnthropicConversation, Refusal> arrangeTurns(const ChatRequest &request, EncodedBody &notes)
{
    return Arranger(request, notes).arrange();
}

} // namespace signalbox::providers
