// SPDX-License-Identifier: Apache-2.0
// Which target served a conversation last, and so has its beginning in its prompt cache.
#pragma once

#include "core/base/time.h"
#include "core/domain/chat_request.h"
#include "core/domain/decision.h"

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox::routing {

/// One number for each message: of it, of all before it, of the tools and of \p client. Requests
/// that share the n-th begin alike up to there. Not kept beyond this process.
[[nodiscard]] std::vector<std::uint64_t> prefixesOf(const ChatRequest &request,
                                                    std::string_view client);

/// What was served lately, by the number of a request's last message: the next request of the same
/// conversation has it among its own. Holds kConversationsMax; the one unused for longest goes.
///
/// Only whole requests are remembered, not the prompts that begin many conversations: those are warm
/// wherever a share of the traffic goes.
class PromptAffinity
{
public:
    /// How long providers keep a prompt that nobody asks for (Anthropic: 5 minutes, anew with each
    /// use; OpenAI: 5 to 10 minutes of inactivity).
    static constexpr Nanos kTtl = std::chrono::minutes(5);
    static constexpr std::size_t kConversationsMax = 20'000;
    /// Shorter prompts are not cached (OpenAI, Anthropic: 1024 tokens, by model).
    static constexpr std::int64_t kPromptTokensMin = 1024;
    /// How many of a request's last messages are looked at: more than one answer adds with its tools.
    static constexpr std::size_t kMessagesBack = 64;

    /// \p target has answered a request of these \p prefixes and so many tokens.
    void served(std::uint64_t lastPrefix,
                const TargetId &target,
                std::int64_t promptTokens,
                SteadyTime now);
    /// Where the longest known beginning of a request of these \p prefixes is cached, and how much
    /// of it, by what that target's cache had of what was expected before.
    [[nodiscard]] std::optional<WarmPrompt> warm(std::span<const std::uint64_t> prefixes,
                                                 SteadyTime now) const;
    /// What came of it: where warm() said \p expected tokens the cache had \p cached.
    void learn(const TargetId &target, std::int64_t expected, std::int64_t cached);
    [[nodiscard]] std::size_t size() const { return m_conversations.size(); }
    /// Forgets what was learned of those for whom \p stays says no.
    template <typename Stays>
    void keepOnly(Stays stays)
    {
        std::erase_if(m_kept, [&](const auto &entry) { return !stays(entry.first); });
    }

private:
    struct Conversation
    {
        TargetId target;
        std::int64_t tokens = 0;
        SteadyTime until{};
        std::list<std::uint64_t>::iterator age;
    };

    std::unordered_map<std::uint64_t, Conversation> m_conversations;
    std::list<std::uint64_t> m_byAge; ///< the longest unused first
    std::map<TargetId, double> m_kept; ///< share of the expected tokens that were cached, 0..1
};

} // namespace signalbox::routing
