// SPDX-License-Identifier: Apache-2.0
// One simulated client: what it asked, what was done for it, and whether its answer is right.
#pragma once

#include "tests/sim/answer.h"
#include "tests/sim/behaviour.h"
#include "tests/sim/questions.h"

#include "core/gateway/ports.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::sim {

/// One upstream call made for a client, as the world outside the gateway saw it.
struct CallSeen
{
    gateway::AttemptId attempt = 0;
    TargetId target;
    const Behaviour *behaviour = nullptr;
    std::optional<OutcomeClass> told; ///< what that comes to, if it is let finish
    std::string mark; ///< in the answer's id; of this attempt only
    std::string text; ///< the answer's whole text; of this attempt only
    int promptTokens = 0;
    int completionTokens = 0;
    bool metered = false;
    bool over = false;
    SystemTime endedAt{};
    std::uint64_t endNumber = 0; ///< ends are counted over all calls
    /// How it ended; nothing when one of its timeouts ended it.
    std::optional<OutcomeClass> outcome;
    bool probe = false;
    bool counted = false;
};

/// An answer that one client got of its own, as others may be given it.
struct MadeAnswer
{
    gateway::ExchangeId by = 0;
    std::string requestId;
    Form form = Form::Chat; ///< in which it was asked for
    std::string key; ///< Client::key, as is the next
    std::string sense;
    TargetId target;
    std::string text;
    Usage usage;
    Cost cost; ///< of the call that brought it
    SteadyTime at{};
    bool survived = false; ///< it is of before a restart
};

struct Client
{
    gateway::ExchangeId id = 0;
    bool asks = true; ///< something of a provider: it is counted, and recorded unless a stranger's
    Form form = Form::Chat;
    std::string model; ///< a route or a target
    std::string pin; ///< the target that it wants of a route; empty: any
    Question question;
    bool bypass = false; ///< it wants an answer of its own
    std::string name; ///< among the configured clients; empty for all others
    bool stream = false;
    bool includeUsage = false;
    bool gone = false;
    SteadyTime deadline = SteadyTime::max();
    SteadyTime slowUntil{}; ///< reads nothing before
    std::shared_ptr<const Configuration> configuration; ///< in force when it asked
    std::vector<CallSeen> calls;
    // ---- what the cache may do for it
    bool looksUp = false; ///< it can be answered from the cache
    bool comparesMeaning = false; ///< also by what means the same
    std::string key; ///< equal for those whom one answer fits
    std::string sense; ///< the same for those who ask the same in other words
    std::optional<gateway::ExchangeId> follows; ///< whose answer it waited for
    const MadeAnswer *given = nullptr; ///< in place of an answer of its own; null: none

    int status = 0;
    http::Headers headers;
    std::string body;
    bool streamed = false;
    bool ended = false; ///< the answer is complete
    std::size_t callsAtHead = 0; ///< begun when its head came

    /// The call that its answer came of, or that told how it ends: of those that no other one
    /// outran, the last to end.
    [[nodiscard]] const CallSeen &answering() const
    {
        return *std::ranges::max_element(calls, {}, [](const CallSeen &call) {
            return std::pair(call.outcome != OutcomeClass::Outrun, call.endNumber);
        });
    }
    /// Its head came with a comment, before it was known whose answer it would be.
    [[nodiscard]] bool commented() const { return body.starts_with(kComment); }
    /// More than comments came.
    [[nodiscard]] bool hasContent() const
    {
        std::string_view rest = body;
        while (rest.starts_with(kComment)) {
            rest.remove_prefix(kComment.size());
        }
        return streamed && (!rest.empty() || !commented());
    }
    /// Another target goes on where a stream of its broke.
    [[nodiscard]] bool continues() const
    {
        const RouteSettings *route = configuration->route(model);
        return stream && route != nullptr && route->onStreamBreak == StreamBreakMode::Continue;
    }
    /// The words that came.
    [[nodiscard]] std::string text() const;
    /// The calls whose words they are, in their order; empty when they are not a part of each, one
    /// after the other.
    [[nodiscard]] std::vector<const CallSeen *> speakers() const;
    [[nodiscard]] bool embeddings() const { return form == Form::Embeddings; }
    [[nodiscard]] std::string header(std::string_view field) const
    {
        return std::string(headers.find(field).value_or(""));
    }
};

/// What is wrong with the record of one \p call.
std::optional<std::string> faultInCall(const CallSeen &call,
                                       const AttemptRecord &attempt,
                                       const Configuration &configuration);
/// What is wrong with the bytes \p client has got; it is over.
std::optional<std::string> faultInAnswer(const Client &client);
/// What is wrong with \p record, seen from outside.
std::optional<std::string> faultInRecord(const Client &client, const RequestRecord &record);

} // namespace signalbox::sim
