// SPDX-License-Identifier: Apache-2.0
// A target's circuit breaker: when it may be asked, what its answers teach, what operators force.
#pragma once

#include "core/base/time.h"
#include "core/domain/outcome.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::resilience {

enum class BreakerState : std::uint8_t {
    Closed,
    HalfOpen,
    Open
};
/// What an operator forces on top of the calculated state.
enum class ForcedState : std::uint8_t {
    None,
    Open,
    Closed
};

/// Leave for one attempt; given back exactly once by succeeded(), failed() or released().
struct Ticket
{
    std::uint64_t era = 0; ///< 0: admitted only because the breaker is held; teaches nothing
    bool probe = false; ///< holds one of the half-open breaker's slots

    friend bool operator==(const Ticket &, const Ticket &) = default;
};

/// The failures that opened the breaker.
struct BreakerCause
{
    std::vector<OutcomeClass> outcomes; ///< oldest first; empty when nothing failed
    Nanos span{0}; ///< newest minus oldest
    bool probe = false; ///< a half-open breaker's probe failed

    friend bool operator==(const BreakerCause &, const BreakerCause &) = default;
};

/// One change of what the breaker calculates or of what is forced on it.
struct Transition
{
    enum class Why : std::uint8_t {
        FailureRun,
        ProbeFailed,
        ProbeSucceeded,
        TimeToProbe,
        Tripped,
        Held,
        ForceExpired,
        Reset,
        Drained,
        Undrained,
    };

    SteadyTime at{};
    Why why = Why::FailureRun;
    BreakerState from = BreakerState::Closed; ///< calculated
    BreakerState to = BreakerState::Closed; ///< calculated; equal to `from` when only forced
    ForcedState forced = ForcedState::None; ///< in force after the change
    BreakerCause cause; ///< of FailureRun and ProbeFailed
    std::string reason; ///< the operator's words, or what asked where no client did

    friend bool operator==(const Transition &, const Transition &) = default;
};

/// Opens after a run of failures, probes after a while, closes on the first success.
///
/// Two facts are kept apart: the state it calculates from answers, and the state an operator
/// forces. Calculating goes on beneath a force, so that its end finds the truth. A ticket carries
/// the era in which it was given; every opening, reset and change of settings begins a new era, and
/// a ticket of an older one teaches nothing and frees no slot. Time must not go backwards.
class CircuitBreaker
{
public:
    /// \pre failures and probes are at least 1
    explicit CircuitBreaker(const BreakerSettings &settings);

    /// The calculated state. Half-open stays half-open while its probes are out.
    [[nodiscard]] BreakerState state(SteadyTime now) const;
    /// What a caller meets: forced before calculated; half-open with all probes out counts as open.
    [[nodiscard]] BreakerState effectiveState(SteadyTime now) const;
    [[nodiscard]] ForcedState forced(SteadyTime now) const;
    /// True when admit() would give a ticket.
    [[nodiscard]] bool isAvailable(SteadyTime now) const;
    /// The earliest time at which time alone lets a request pass; nothing when it passes now, or
    /// when it takes a probe's answer or an operator.
    [[nodiscard]] std::optional<SteadyTime> retryAt(SteadyTime now) const;

    [[nodiscard]] std::optional<SteadyTime> forcedUntil() const { return m_forcedUntil; }
    /// The operator's words for the force; empty when nothing is forced.
    [[nodiscard]] const std::string &forcedReason() const { return m_forcedReason; }
    [[nodiscard]] bool isDrained() const { return m_drained; }
    /// Consecutive countable failures that still matter: while closed those within the window.
    [[nodiscard]] int failures() const { return m_failures; }
    /// What opened it; empty while closed.
    [[nodiscard]] const BreakerCause &cause() const { return m_cause; }
    /// The last change; nothing before the first.
    [[nodiscard]] std::optional<SteadyTime> changedAt() const { return m_changedAt; }
    [[nodiscard]] int probesOut() const { return m_probesOut; }
    [[nodiscard]] const BreakerSettings &settings() const { return m_settings; }

    /// A ticket when an attempt may start at \p now.
    [[nodiscard]] std::optional<Ticket> admit(SteadyTime now);
    /// The target answered well. True when the breaker learned from it. \p source: what asked, if no
    /// client did; the reason of a transition that comes of it.
    bool succeeded(Ticket ticket, SteadyTime now, std::string source = {});
    /// A countable failure. True when the breaker learned from it. \p source as above.
    bool failed(Ticket ticket, SteadyTime now, OutcomeClass cause, std::string source = {});
    /// A countable failure whose scope is the provider, met at another of its targets.
    void failedElsewhere(SteadyTime now, OutcomeClass cause);
    /// The attempt ended in a way that says nothing about the target: gives the probe slot back.
    void released(Ticket ticket, SteadyTime now);

    /// Forces it open until reset() or for \p duration.
    void trip(SteadyTime now, std::optional<Millis> duration, std::string reason);
    /// Forces it closed, whatever happens, until reset() or for \p duration.
    void hold(SteadyTime now, std::optional<Millis> duration, std::string reason);
    /// Forgets failures and force and closes it; drained stays drained.
    void reset(SteadyTime now, std::string reason);
    /// Takes no new attempts; those in the air finish and count.
    void drain(SteadyTime now, std::string reason);
    void undrain(SteadyTime now, std::string reason);
    /// New settings, the old state: a changed `open` moves the time of the next probe.
    void apply(const BreakerSettings &settings, SteadyTime now);

    /// Makes the changes that time alone brings; every command above does so first.
    void advance(SteadyTime now);
    /// The changes since the last call, oldest first; at most the newest 64 are kept.
    [[nodiscard]] std::vector<Transition> takeTransitions();

private:
    struct CountedFailure
    {
        SteadyTime at{};
        OutcomeClass cause = OutcomeClass::ServerError;
    };

    [[nodiscard]] SteadyTime probingAt() const { return m_openedAt + m_settings.open; }
    [[nodiscard]] bool learnsFrom(Ticket ticket) const { return ticket.era == m_era; }
    [[nodiscard]] Ticket newTicket();
    void beginProbing(SteadyTime now);
    void endForce(SteadyTime now);
    void learnFailure(SteadyTime now, OutcomeClass cause, std::string source = {});
    void countFailure(SteadyTime now, OutcomeClass cause, std::string source);
    void open(SteadyTime now, BreakerCause cause, std::string source);
    void close();
    void force(SteadyTime now, ForcedState forced, std::optional<Millis> duration);
    void record(SteadyTime at, Transition::Why why, BreakerState from, std::string reason = {});
    void beginEra();

    BreakerSettings m_settings;
    BreakerState m_state = BreakerState::Closed;
    std::uint64_t m_era = 1;
    int m_probesOut = 0;
    int m_failures = 0;
    SteadyTime m_openedAt{};
    std::deque<CountedFailure> m_run; ///< while closed: consecutive, within the window
    BreakerCause m_cause;
    ForcedState m_forced = ForcedState::None;
    std::optional<SteadyTime> m_forcedUntil;
    std::string m_forcedReason;
    bool m_drained = false;
    std::optional<SteadyTime> m_changedAt;
    std::vector<Transition> m_transitions;
};

} // namespace signalbox::resilience
