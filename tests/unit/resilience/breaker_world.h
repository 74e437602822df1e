// SPDX-License-Identifier: Apache-2.0
// A breaker and its model side by side, driven by the same events and compared after each.
#pragma once

#include "tests/support/breaker_model.h"

#include <array>
#include <span>

namespace signalbox::test {

using resilience::BreakerState;
using resilience::ForcedState;

enum class BreakerEvent : std::uint8_t {
    Admit,
    SucceedOldest,
    FailOldest,
    FailNewest,
    ReleaseOldest,
    WaitShort,
    WaitLong,
    TripForAWhile,
    Hold,
    Reset,
    ToggleDrain,
    ApplyMoreProbes,
};

inline constexpr std::array kAnswerEvents = {
    BreakerEvent::Admit,
    BreakerEvent::SucceedOldest,
    BreakerEvent::FailOldest,
    BreakerEvent::FailNewest,
    BreakerEvent::ReleaseOldest,
    BreakerEvent::WaitShort,
    BreakerEvent::WaitLong,
};

inline constexpr std::array kAllEvents = {
    BreakerEvent::Admit,
    BreakerEvent::SucceedOldest,
    BreakerEvent::FailOldest,
    BreakerEvent::FailNewest,
    BreakerEvent::ReleaseOldest,
    BreakerEvent::WaitShort,
    BreakerEvent::WaitLong,
    BreakerEvent::TripForAWhile,
    BreakerEvent::Hold,
    BreakerEvent::Reset,
    BreakerEvent::ToggleDrain,
    BreakerEvent::ApplyMoreProbes,
};

/// What the histories reached, so that a test can say that it saw what it is about.
struct Reached
{
    long histories = 0;
    long openings = 0;
    long probes = 0;
    long probeRefusals = 0; ///< half-open with all probes out
    long lateAnswers = 0; ///< that taught nothing
};

template <typename Breaker>
class BreakerWorld
{
public:
    using Model = tests::BreakerModel<resilience::Ticket>;
    static constexpr std::size_t kInAirMax = 3;

    explicit BreakerWorld(const BreakerSettings &settings)
        : m_settings(settings)
        , m_breaker(settings)
        , m_model(settings)
    {}

    /// False for events that mean nothing now, or the same as another one.
    [[nodiscard]] bool isLegal(BreakerEvent event) const
    {
        switch (event) {
        case BreakerEvent::Admit:
            return m_model.inAir().size() < kInAirMax;
        case BreakerEvent::SucceedOldest:
        case BreakerEvent::FailOldest:
        case BreakerEvent::ReleaseOldest:
            return !m_model.inAir().empty();
        case BreakerEvent::FailNewest:
            return m_model.inAir().size() > 1;
        case BreakerEvent::ApplyMoreProbes:
            return m_settings.probes == 1;
        case BreakerEvent::WaitShort:
        case BreakerEvent::WaitLong:
        case BreakerEvent::TripForAWhile:
        case BreakerEvent::Hold:
        case BreakerEvent::Reset:
        case BreakerEvent::ToggleDrain:
            break;
        }
        return true;
    }

    /// Does \p event to both; false when they disagree afterwards.
    bool apply(BreakerEvent event, Reached &reached) { return perform(event, reached) && agree(); }

    [[nodiscard]] const Model &model() const { return m_model; }

private:
    bool perform(BreakerEvent event, Reached &reached)
    {
        const std::size_t newest = m_model.inAir().size() - 1;
        switch (event) {
        case BreakerEvent::Admit:
            return admit(reached);
        case BreakerEvent::SucceedOldest:
            m_breaker.succeeded(m_model.inAir().front().handle, m_now);
            m_model.succeeded(0);
            return true;
        case BreakerEvent::FailOldest:
            return fail(0, reached);
        case BreakerEvent::FailNewest:
            return fail(newest, reached);
        case BreakerEvent::ReleaseOldest:
            m_breaker.released(m_model.inAir().front().handle, m_now);
            m_model.released(0);
            return true;
        case BreakerEvent::WaitShort:
            m_now += m_settings.window; // the edge: still within the window
            return true;
        case BreakerEvent::WaitLong:
            m_now += m_settings.open;
            return true;
        case BreakerEvent::TripForAWhile:
        case BreakerEvent::Hold:
        case BreakerEvent::Reset:
        case BreakerEvent::ToggleDrain:
        case BreakerEvent::ApplyMoreProbes:
            command(event);
            return true;
        }
        return false;
    }

    void command(BreakerEvent event)
    {
        if (event == BreakerEvent::TripForAWhile) {
            m_breaker.trip(m_now, m_settings.window, {});
            m_model.force(ForcedState::Open, m_now + m_settings.window);
        } else if (event == BreakerEvent::Hold) {
            m_breaker.hold(m_now, std::nullopt, {});
            m_model.force(ForcedState::Closed, std::nullopt);
        } else if (event == BreakerEvent::Reset) {
            m_breaker.reset(m_now, {});
            m_model.reset();
        } else if (event == BreakerEvent::ToggleDrain) {
            m_drained = !m_drained;
            m_drained ? m_breaker.drain(m_now, {}) : m_breaker.undrain(m_now, {});
            m_model.setDrained(m_drained);
        } else {
            m_settings.probes = 2;
            m_breaker.apply(m_settings, m_now);
            m_model.apply(m_settings, m_now);
        }
    }

    bool admit(Reached &reached)
    {
        const bool expected = m_model.isAvailable(m_now);
        if (m_breaker.isAvailable(m_now) != expected) {
            return false;
        }
        const auto ticket = m_breaker.admit(m_now);
        if (ticket.has_value() != expected) {
            return false;
        }
        const bool halfOpen = m_model.state(m_now) == BreakerState::HalfOpen;
        reached.probeRefusals += !ticket && halfOpen && m_model.probesOut() > 0;
        if (!ticket) {
            return true;
        }
        m_model.admitted(*ticket, m_now);
        reached.probes += ticket->probe;
        return ticket->probe == m_model.inAir().back().probe;
    }

    bool fail(std::size_t index, Reached &reached)
    {
        const auto attempt = m_model.inAir()[index];
        const bool learned = m_breaker.failed(attempt.handle, m_now, OutcomeClass::ServerError);
        m_model.failed(index, m_now);
        reached.lateAnswers += attempt.unheard;
        return learned == !attempt.unheard;
    }

    [[nodiscard]] bool agree() const
    {
        const BreakerState expected = m_model.state(m_now);
        const bool closed = expected == BreakerState::Closed;
        return m_breaker.state(m_now) == expected
               && m_breaker.isAvailable(m_now) == m_model.isAvailable(m_now)
               && m_breaker.probesOut() == m_model.probesOut()
               && m_breaker.forced(m_now) == m_model.forced(m_now)
               && (!closed || m_breaker.failures() == m_model.failuresThatMatter());
    }

    BreakerSettings m_settings;
    Breaker m_breaker;
    Model m_model;
    SteadyTime m_now{};
    bool m_drained = false;
};

} // namespace signalbox::test
