// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/continuation.h"

#include "core/base/bounds.h"
#include "core/base/check.h"
#include "core/base/json_writer.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool isGiven(const ChatRequest &request, std::string_view name, std::string_view neutral)
{
    const RawField *field = request.field(name);
    return field != nullptr && field->json != "null" && field->json != neutral;
}

/// What a request asks for beside plain text.
std::string obstacleIn(const ChatRequest &request)
{
    if (!request.stream) {
        return "it is not streamed";
    }
    if (request.choices > 1) {
        return "it has several answers";
    }
    if (request.needs.contains(Feature::Tools)) {
        return "it may call tools";
    }
    if (request.wantsJson || request.needs.contains(Feature::JsonSchema)) {
        return "it is structured output";
    }
    if (request.needs.contains(Feature::Reasoning)
        || isGiven(request, "reasoning_effort", R"("none")")
        || isGiven(request, "enable_thinking", "false") || isGiven(request, "thinking", "")) {
        return "it is to be reasoned about";
    }
    if (isGiven(request, "logprobs", "false")) {
        return "probabilities are wanted with it";
    }
    if (request.messages.empty() || request.messages.back().role == Role::Assistant) {
        return "the request has its beginning already";
    }
    return {};
}

bool hasMore(const ChoiceDelta &delta)
{
    return delta.index != 0 || (delta.reasoning && !delta.reasoning->empty())
           || (delta.refusal && !delta.refusal->empty()) || !delta.toolCalls.empty();
}

std::size_t trimmedSize(std::string_view text)
{
    const auto last = text.find_last_not_of(kBlanks);
    return last == std::string_view::npos ? 0 : last + 1;
}

/// \p fields with one more message in `messages`, and with \p tokens for its limits.
void extend(std::vector<RawField> &fields,
            const std::string &message,
            std::optional<std::int64_t> tokens)
{
    for (RawField &field : fields) {
        if (field.name == "messages") {
            const auto end = field.json.rfind(']');
            SB_CHECK(end != std::string::npos);
            field.json.insert(end, "," + message);
        } else if (tokens && field.json != "null"
                   && (field.name == "max_tokens" || field.name == "max_completion_tokens"
                       || field.name == "max_output_tokens")) {
            field.json = std::to_string(*tokens);
        }
    }
}

void add(Usage &sum, const Usage &more)
{
    sum.promptTokens += more.promptTokens;
    sum.cachedTokens += more.cachedTokens;
    sum.cacheWriteTokens += more.cacheWriteTokens;
    sum.cacheWriteHourTokens += more.cacheWriteHourTokens;
    sum.completionTokens += more.completionTokens;
    sum.reasoningTokens += more.reasoningTokens;
    sum.estimated |= more.estimated;
}

} // namespace

Continuation::Continuation(const ChatRequest &request, bool wanted)
    : m_wanted(wanted)
    , m_obstacle(wanted ? obstacleIn(request) : std::string())
{}

std::string_view Continuation::obstacle() const
{
    if (!m_obstacle.empty()) {
        return m_obstacle;
    }
    return trimmedSize(m_text) == 0 ? "nothing but white space of it was sent" : "";
}

Usage Continuation::usageWith(const std::optional<Usage> &last) const
{
    if (!isBroken()) {
        return last.value_or(Usage{});
    }
    Usage sum = m_usage;
    gateway::add(sum, last.value_or(Usage{}));
    return sum;
}

void Continuation::add(const ChatChunk &chunk)
{
    for (const ChoiceDelta &delta : chunk.choices) {
        m_finished |= delta.finish.has_value();
        if (!isPossible()) {
            continue;
        }
        if (hasMore(delta)) {
            m_obstacle = "it has more than plain text";
        } else if (delta.content) {
            m_text += *delta.content;
        }
        if (m_text.size() > bounds::kBegunAnswerBytesMax) {
            m_obstacle = "it is longer than what is kept";
        }
    }
    if (!isPossible()) {
        std::string().swap(m_text);
    }
}

void Continuation::breakOff(const AttemptRecord &broken)
{
    SB_CHECK(m_wanted && obstacle().empty() && !m_finished);
    m_brokenAt = broken.target;
    m_seamTold = false;
    m_doubled = m_text.substr(trimmedSize(m_text));
    gateway::add(m_usage, broken.usage.value_or(Usage{}));
}

std::optional<std::int64_t> Continuation::tokensLeft(const ChatRequest &asked) const
{
    return asked.maxOutputTokens ? std::optional(
               std::max<std::int64_t>(1, *asked.maxOutputTokens - m_usage.completionTokens))
                                 : std::nullopt;
}

ChatRequest Continuation::rest(const ChatRequest &asked) const
{
    SB_CHECK(isBroken());
    // White space at its end is refused by some, and a bad token to go on from for all.
    std::string text = m_text.substr(0, trimmedSize(m_text));
    std::string message;
    JsonWriter json(message);
    json.beginObject().key("role").string("assistant").key("content").string(text).endObject();
    ChatRequest rest = asked;
    rest.begun = true;
    rest.maxOutputTokens = tokensLeft(asked);
    extend(rest.fields, message, rest.maxOutputTokens);
    if (rest.native) {
        extend(rest.native->fields, message, rest.maxOutputTokens);
    }
    ChatMessage begun;
    begun.role = Role::Assistant;
    begun.parts.push_back({ChatMessage::PartKind::Text, std::move(text)});
    rest.messages.push_back(std::move(begun));
    return rest;
}

void Continuation::join(ChatChunk &chunk)
{
    for (ChoiceDelta &delta : chunk.choices) {
        delta.reasoning.reset(); // of a model that thinks whatever it is told
        delta.reasoningDetailsJson.clear();
        if (!delta.content || delta.content->empty() || m_doubled.empty()) {
            continue;
        }
        const auto [ours, theirs] = std::ranges::mismatch(m_doubled, *delta.content);
        const auto same = static_cast<std::size_t>(ours - m_doubled.begin());
        delta.content->erase(0, same);
        m_doubled.erase(0, delta.content->empty() ? same : m_doubled.size());
    }
}

std::optional<providers::Seam> Continuation::seamBefore(const ChatChunk &chunk, const TargetId &to)
{
    const bool speaks = chunk.hasContent()
                        || std::ranges::any_of(chunk.choices, [](const ChoiceDelta &delta) {
                               return delta.finish.has_value();
                           });
    if (m_seamTold || !speaks) {
        return std::nullopt;
    }
    m_seamTold = true;
    return providers::Seam{m_brokenAt->name(), to.name(), m_text.size()};
}

} // namespace signalbox::gateway
