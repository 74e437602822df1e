// SPDX-License-Identifier: Apache-2.0
#include "core/routing/prompt_affinity.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

namespace signalbox::routing {
namespace {

/// Eight bytes at a time, multiplied and folded; the length at the end tells "a", "b" from "ab".
std::uint64_t mixed(std::uint64_t hash, std::string_view text)
{
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
    const auto fold = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * kFactor;
        hash ^= hash >> 32U;
    };
    const std::uint64_t length = text.size();
    std::uint64_t word = 0;
    for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
        std::memcpy(&word, text.data(), sizeof word);
        fold(word);
    }
    word = 0;
    if (!text.empty()) {
        std::memcpy(&word, text.data(), text.size());
    }
    fold(word);
    fold(length);
    return hash;
}

std::uint64_t mixed(std::uint64_t hash, const ChatMessage &message)
{
    hash = mixed(hash, toString(message.role));
    for (const ChatMessage::Part &part : message.parts) {
        hash = mixed(hash, part.text);
    }
    hash = mixed(hash, message.toolCallsJson);
    return mixed(hash, message.toolCallId);
}

} // namespace

std::vector<std::uint64_t> prefixesOf(const ChatRequest &request, std::string_view client)
{
    std::uint64_t hash = mixed(0, client);
    if (const RawField *tools = request.field("tools")) {
        hash = mixed(hash, tools->json);
    }
    std::vector<std::uint64_t> prefixes;
    prefixes.reserve(request.messages.size());
    for (const ChatMessage &message : request.messages) {
        hash = mixed(hash, message);
        prefixes.push_back(hash);
    }
    return prefixes;
}

void PromptAffinity::served(std::uint64_t lastPrefix,
                            const TargetId &target,
                            std::int64_t promptTokens,
                            SteadyTime now)
{
    if (promptTokens < kPromptTokensMin) {
        return;
    }
    const auto known = m_conversations.find(lastPrefix);
    if (known != m_conversations.end()) {
        m_byAge.erase(known->second.age);
        m_conversations.erase(known);
    }
    while (!m_byAge.empty()
           && (m_byAge.size() >= kConversationsMax
               || m_conversations.at(m_byAge.front()).until <= now)) {
        m_conversations.erase(m_byAge.front());
        m_byAge.pop_front();
    }
    const auto age = m_byAge.insert(m_byAge.end(), lastPrefix);
    m_conversations.emplace(lastPrefix, Conversation{target, promptTokens, now + kTtl, age});
}

std::optional<WarmPrompt> PromptAffinity::warm(std::span<const std::uint64_t> prefixes,
                                               SteadyTime now) const
{
    const auto back = prefixes.last(std::min(prefixes.size(), kMessagesBack));
    for (auto prefix = back.rbegin(); prefix != back.rend(); ++prefix) {
        const auto found = m_conversations.find(*prefix);
        if (found == m_conversations.end() || found->second.until <= now) {
            continue;
        }
        const auto kept = m_kept.find(found->second.target);
        const double share = kept == m_kept.end() ? 1 : kept->second;
        const auto tokens = std::llround(static_cast<double>(found->second.tokens) * share);
        return WarmPrompt{found->second.target, tokens};
    }
    return std::nullopt;
}

void PromptAffinity::learn(const TargetId &target, std::int64_t expected, std::int64_t cached)
{
    if (expected <= 0) {
        return;
    }
    // The newest weighs a quarter: a handful of answers tells whether a target caches at all.
    constexpr double kNewest = 0.25;
    constexpr double kLeast = 0.05; // so that something is expected, and more can be learned
    double &kept = m_kept.try_emplace(target, 1.0).first->second;
    const double whole = static_cast<double>(expected) / kept;
    const double share = std::clamp(static_cast<double>(cached) / whole, kLeast, 1.0);
    kept += (share - kept) * kNewest;
}

} // namespace signalbox::routing
