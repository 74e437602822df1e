// SPDX-License-Identifier: Apache-2.0
// Every target's breaker told independently, and held against what the gateway shows.
#pragma once

#include "tests/sim/watched_breaker.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::sim {

/// All of them, as the configuration has them come and go.
class BreakerWatch
{
public:
    explicit BreakerWatch(Now start)
        : m_start(start)
    {}

    /// Another gateway: of none anything is known.
    void begin();
    /// Targets that stay where they are keep their breaker.
    void configure(const Configuration &configuration, SteadyTime now);
    /// Nothing when it is not configured (any more).
    [[nodiscard]] std::shared_ptr<WatchedBreaker> find(const TargetId &target) const;
    /// Of a call that \p teaches nothing nobody learns.
    WatchedBreaker::Verdict end(WatchedBreaker &breaker,
                                gateway::AttemptId attempt,
                                OutcomeClass outcome,
                                bool teaches,
                                SteadyTime now);
    /// The first difference between \p snapshot and what must be. To be called before more than 64
    /// changes of one target or 200 of all have come together.
    [[nodiscard]] std::optional<std::string> differenceTo(const telemetry::Snapshot &snapshot);
    /// How many changes wait to be compared.
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::int64_t compared() const { return m_compared; }
    [[nodiscard]] const std::vector<std::shared_ptr<WatchedBreaker>> &all() const
    {
        return m_breakers;
    }

private:
    [[nodiscard]] std::optional<std::string> differenceOf(
        const telemetry::BreakerTransition &shown);

    Now m_start;
    std::vector<std::shared_ptr<WatchedBreaker>> m_breakers; ///< in the configuration's order
    std::optional<telemetry::BreakerTransition> m_last; ///< the newest that was compared
    std::int64_t m_compared = 0;
};

} // namespace signalbox::sim
