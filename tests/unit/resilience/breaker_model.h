// SPDX-License-Identifier: Apache-2.0
// What a circuit breaker must do, told slowly: every attempt in the air is remembered itself.
#pragma once

#include "core/resilience/circuit_breaker.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

namespace signalbox::test {

using resilience::BreakerState;
using resilience::ForcedState;

/// An attempt in the air, as the model knows it.
struct ModelAttempt
{
    resilience::Ticket ticket; ///< the breaker's own, never looked into by the model
    bool probe = false;
    bool unheard = false; ///< begun before an opening or reset, or only because of a hold
};

/// The reference: no eras, no counters; all is worked out from the attempts and the failures.
class BreakerModel
{
public:
    explicit BreakerModel(const BreakerSettings &settings)
        : m_settings(settings)
    {}

    [[nodiscard]] const std::deque<ModelAttempt> &inAir() const { return m_inAir; }
    [[nodiscard]] int openings() const { return m_openings; }

    [[nodiscard]] BreakerState state(SteadyTime now) const
    {
        if (!m_openedAt) {
            return BreakerState::Closed;
        }
        return now - *m_openedAt >= m_settings.open ? BreakerState::HalfOpen : BreakerState::Open;
    }

    [[nodiscard]] int probesOut() const
    {
        const auto holdsSlot = [](const ModelAttempt &a) { return a.probe && !a.unheard; };
        return m_openedAt ? static_cast<int>(std::ranges::count_if(m_inAir, holdsSlot)) : 0;
    }

    [[nodiscard]] ForcedState forced(SteadyTime now) const
    {
        return m_forcedUntil && now >= *m_forcedUntil ? ForcedState::None : m_forced;
    }

    [[nodiscard]] bool isAvailable(SteadyTime now) const
    {
        if (m_drained || forced(now) == ForcedState::Open) {
            return false;
        }
        if (forced(now) == ForcedState::Closed || state(now) == BreakerState::Closed) {
            return true;
        }
        return state(now) == BreakerState::HalfOpen && probesOut() < m_settings.probes;
    }

    /// Failures since the last success that lie within the window of the newest.
    [[nodiscard]] int failuresThatMatter() const
    {
        const auto near = [this](SteadyTime at) {
            return m_failures.back() - at <= m_settings.window;
        };
        return static_cast<int>(std::ranges::count_if(m_failures, near));
    }

    void admitted(resilience::Ticket ticket, SteadyTime now)
    {
        const bool slotFree = probesOut() < m_settings.probes;
        const bool probe = state(now) == BreakerState::HalfOpen && slotFree;
        const bool bystander = state(now) != BreakerState::Closed && !probe;
        m_inAir.push_back({ticket, probe, bystander});
    }

    void succeeded(std::size_t index)
    {
        const ModelAttempt attempt = take(index);
        if (!attempt.unheard) {
            m_openedAt.reset();
            m_failures.clear();
        }
    }

    void failed(std::size_t index, SteadyTime now)
    {
        const ModelAttempt attempt = take(index);
        if (attempt.unheard) {
            return;
        }
        m_failures.push_back(now);
        if (m_openedAt || failuresThatMatter() >= m_settings.failures) {
            m_openedAt = now;
            m_failures.clear();
            ++m_openings;
            forgetAttempts();
        }
    }

    void released(std::size_t index) { take(index); }

    void force(ForcedState forced, std::optional<SteadyTime> until)
    {
        m_forced = forced;
        m_forcedUntil = until;
    }

    void reset()
    {
        force(ForcedState::None, std::nullopt);
        m_openedAt.reset();
        m_failures.clear();
        forgetAttempts();
    }

    void setDrained(bool drained) { m_drained = drained; }

    void apply(const BreakerSettings &settings)
    {
        m_settings = settings;
        forgetAttempts();
    }

private:
    ModelAttempt take(std::size_t index)
    {
        const ModelAttempt attempt = m_inAir[index];
        m_inAir.erase(m_inAir.begin() + static_cast<std::ptrdiff_t>(index));
        return attempt;
    }
    void forgetAttempts()
    {
        for (ModelAttempt &attempt : m_inAir) {
            attempt.unheard = true;
        }
    }

    BreakerSettings m_settings;
    std::optional<SteadyTime> m_openedAt; ///< set while not closed
    std::vector<SteadyTime> m_failures;
    std::deque<ModelAttempt> m_inAir;
    ForcedState m_forced = ForcedState::None;
    std::optional<SteadyTime> m_forcedUntil;
    bool m_drained = false;
    int m_openings = 0;
};

} // namespace signalbox::test
