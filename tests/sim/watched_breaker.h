// SPDX-License-Identifier: Apache-2.0
// One target's breaker told independently, as one of a simulated world sees it.
#pragma once

#include "tests/sim/behaviour.h"
#include "tests/support/breaker_model.h"

#include "core/gateway/gateway.h"
#include "core/telemetry/snapshot.h"

#include <deque>
#include <optional>
#include <string>

namespace signalbox::sim {

/// As telemetry calls it.
[[nodiscard]] telemetry::BreakerState shown(resilience::BreakerState state);
[[nodiscard]] telemetry::ForcedState shown(resilience::ForcedState forced);

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
    /// Closed, and by nobody's act.
    [[nodiscard]] bool isUndisturbed(SteadyTime now) const
    {
        return m_model.state(now) == resilience::BreakerState::Closed
               && m_model.forced(now) == resilience::ForcedState::None && !m_model.isDrained();
    }

    void admit(gateway::AttemptId attempt, SteadyTime now);
    /// What teaches nothing only takes its place away.
    Verdict end(gateway::AttemptId attempt, OutcomeClass outcome, bool teaches, SteadyTime now);
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

} // namespace signalbox::sim
