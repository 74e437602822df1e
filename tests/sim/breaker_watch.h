// SPDX-License-Identifier: Apache-2.0
// Every target's breaker told independently, and held against what the gateway shows.
#pragma once

#include "tests/sim/behaviour.h"
#include "tests/support/breaker_model.h"

#include "core/gateway/gateway.h"
#include "core/telemetry/snapshot.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::sim {

/// Where a provider is. At another place it is another one, whatever its name.
struct Place
{
    std::string id;
    ProviderKind kind{};
    std::string baseUrl;

    static Place of(const ProviderSettings &settings);
    friend bool operator==(const Place &, const Place &) = default;
};

/// One target's breaker by section 4 of the contract, with the changes it must have shown.
class WatchedBreaker
{
public:
    struct Change
    {
        SteadyTime at{};
        resilience::BreakerState from{};
        resilience::BreakerState to{};
        resilience::ForcedState forced{};
    };
    /// What an attempt was to the breaker.
    struct Verdict
    {
        bool probe = false;
        bool counted = false; ///< the breaker learned from it
    };

    WatchedBreaker(TargetId id, Place place, const BreakerSettings &settings);

    [[nodiscard]] const TargetId &id() const { return m_id; }
    [[nodiscard]] const Place &place() const { return m_place; }
    [[nodiscard]] int inFlight() const { return static_cast<int>(m_model.inAir().size()); }
    [[nodiscard]] bool mayBeCalled(SteadyTime now) const { return m_model.isAvailable(now); }

    void admit(gateway::AttemptId attempt, SteadyTime now);
    Verdict end(gateway::AttemptId attempt, OutcomeClass outcome, SteadyTime now);
    void failedElsewhere(SteadyTime now);
    void operate(gateway::Act act, std::optional<Millis> duration, SteadyTime now);
    void apply(const BreakerSettings &settings, SteadyTime now);
    /// Makes the changes that time alone brings.
    void passTime(SteadyTime now);

    /// The first difference from what is shown of it.
    [[nodiscard]] std::optional<std::string> differenceTo(const telemetry::TargetView &view,
                                                          SteadyTime now) const;
    /// Changes that have not been compared yet, oldest first.
    [[nodiscard]] std::deque<Change> &changes() { return m_changes; }

private:
    void force(gateway::Act act, std::optional<Millis> duration, SteadyTime now);
    void note(SteadyTime at);
    void noteIfChanged(SteadyTime now);

    TargetId m_id;
    Place m_place;
    BreakerSettings m_settings;
    tests::BreakerModel<gateway::AttemptId> m_model;
    resilience::BreakerState m_state = resilience::BreakerState::Closed; ///< as last noted
    resilience::ForcedState m_forced = resilience::ForcedState::None;
    std::deque<Change> m_changes;
};

/// All of them, as the configuration has them come and go.
class BreakerWatch
{
public:
    explicit BreakerWatch(Now start)
        : m_start(start)
    {}

    /// Targets that stay where they are keep their breaker.
    void configure(const Configuration &configuration, SteadyTime now);
    /// Nothing when it is not configured (any more).
    [[nodiscard]] std::shared_ptr<WatchedBreaker> find(const TargetId &target) const;
    WatchedBreaker::Verdict end(WatchedBreaker &breaker,
                                gateway::AttemptId attempt,
                                OutcomeClass outcome,
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
