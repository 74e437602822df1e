// SPDX-License-Identifier: Apache-2.0
// The cache seen from outside: which answer may be given to whom, and who waits for whom.
#pragma once

#include "tests/sim/client.h"

#include "core/domain/cache_view.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::sim {

/// How often each thing came about.
struct CacheCounts
{
    std::int64_t exact = 0;
    std::int64_t semantic = 0;
    std::int64_t staleForError = 0;
    std::int64_t staleForSlow = 0;
    std::int64_t shared = 0; ///< waited for an equal request and got its answer
    std::int64_t otherForm = 0; ///< answers given in another form than they were asked for in
    std::int64_t wentOn = 0; ///< calls that went on for others when their client left
    std::int64_t abandoned = 0; ///< of these, those that all others left, too
    std::int64_t failedLeaders = 0; ///< whose followers went their own way
    std::int64_t bypasses = 0;
    std::int64_t survivors = 0; ///< answers given that were made before a restart
};

class CacheWatch
{
public:
    // ---- answers ---------------------------------------------------------------------------------

    /// \p client got an answer of its own that may be kept.
    void made(const Client &client, const RequestRecord &record, SteadyTime now);
    /// Whose words \p text has; null when nobody's that are known.
    [[nodiscard]] const MadeAnswer *madeOf(std::string_view text) const;
    /// What is wrong with \p client's having been given client.given; \p configuration is in force.
    [[nodiscard]] std::optional<std::string> faultInGift(const Client &client,
                                                         const RequestRecord &record,
                                                         const Configuration &configuration,
                                                         SteadyTime now) const;
    /// \p target is among those that \p client's route has.
    [[nodiscard]] static bool mayBeAnsweredBy(const Client &client, const TargetId &target);
    /// An operator has pinned what request \p requestId was answered.
    void pin(const std::string &requestId);

    // ---- who waits for whom -----------------------------------------------------------------------

    /// \p client was looked up and goes on; behind whom, if behind anybody.
    std::optional<gateway::ExchangeId> joins(const Client &client);
    /// \p client is over. Who waited for it.
    std::vector<gateway::ExchangeId> ends(const Client &client);
    /// Somebody else waits for what \p client gets.
    [[nodiscard]] bool isAwaited(const Client &client) const;

    // ---- figures ----------------------------------------------------------------------------------

    void count(const Client &client, const RequestRecord &record);
    /// Another gateway, which has what was kept and has counted nothing yet.
    void restart();
    [[nodiscard]] std::optional<std::string> differenceTo(const CacheTotals &totals) const;
    [[nodiscard]] CacheCounts &counts() { return m_counts; }

private:
    struct Flight
    {
        gateway::ExchangeId leader = 0;
        std::set<gateway::ExchangeId> followers;
    };

    void forgetOld(SteadyTime now);

    std::map<gateway::ExchangeId, MadeAnswer> m_made; ///< by whom it was made for
    std::set<std::string> m_pinned; ///< keys
    std::map<std::string, Flight> m_flights; ///< by key
    CacheTotals m_totals; ///< of this gateway
    CacheCounts m_counts; ///< of the run
};

} // namespace signalbox::sim
