// SPDX-License-Identifier: Apache-2.0
// What a circuit breaker must do, told slowly: every attempt in the air is remembered itself.
#pragma once

#include "core/base/check.h"
#include "core/resilience/circuit_breaker.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

namespace signalbox::tests {

using resilience::BreakerState;
using resilience::ForcedState;

/// An attempt in the air, as the model knows it.
template <typename Handle>
struct ModelAttempt
{
    Handle handle; ///< what the test knows it by, never looked into by the model
    bool probe = false;
    bool unheard = false; ///< begun before an opening or reset, or only because of a hold
};

/// The reference: no eras, no counters; all is worked out from the attempts and the failures.
template <typename Handle>
class BreakerModel
{
public:
    using Attempt = ModelAttempt<Handle>;

    explicit BreakerModel(const BreakerSettings &settings)
        : m_settings(settings)
    {}

    [[nodiscard]] const std::deque<Attempt> &inAir() const { return m_inAir; }
    /// \pre it is in the air
    [[nodiscard]] std::size_t indexOf(const Handle &handle) const
    {
        const auto found = std::ranges::find(m_inAir, handle, &Attempt::handle);
        SB_CHECK(found != m_inAir.end());
        return static_cast<std::size_t>(found - m_inAir.begin());
    }
    [[nodiscard]] int openings() const { return m_openings; }

    [[nodiscard]] BreakerState state(SteadyTime now) const
    {
        if (!m_openedAt) {
            return BreakerState::Closed;
        }
        const bool probing = m_probing || now >= probingAt();
        return probing ? BreakerState::HalfOpen : BreakerState::Open;
    }
    /// \pre it is not closed
    [[nodiscard]] SteadyTime probingAt() const { return *m_openedAt + m_settings.open; }

    [[nodiscard]] int probesOut() const
    {
        const auto holdsSlot = [](const Attempt &a) { return a.probe && !a.unheard; };
        return m_openedAt ? static_cast<int>(std::ranges::count_if(m_inAir, holdsSlot)) : 0;
    }

    [[nodiscard]] ForcedState forced(SteadyTime now) const
    {
        return m_forcedUntil && now >= *m_forcedUntil ? ForcedState::None : m_forced;
    }

    [[nodiscard]] std::optional<SteadyTime> forcedUntil() const { return m_forcedUntil; }
    [[nodiscard]] bool isDrained() const { return m_drained; }

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

    void admitted(Handle handle, SteadyTime now)
    {
        const bool slotFree = probesOut() < m_settings.probes;
        const bool probe = state(now) == BreakerState::HalfOpen && slotFree;
        const bool bystander = state(now) != BreakerState::Closed && !probe;
        m_inAir.push_back({handle, probe, bystander});
    }

    void succeeded(std::size_t index)
    {
        const Attempt attempt = take(index);
        if (!attempt.unheard) {
            close();
        }
    }

    void failed(std::size_t index, SteadyTime now)
    {
        const Attempt attempt = take(index);
        if (!attempt.unheard) {
            learnFailure(now);
        }
    }

    /// Another target of the provider met a failure that is the provider's.
    void failedElsewhere(SteadyTime now)
    {
        if (state(now) != BreakerState::Open) {
            learnFailure(now);
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
        close();
        forgetAttempts();
    }

    void setDrained(bool drained) { m_drained = drained; }

    /// The state stays what it is, however long the new settings would have it open.
    void apply(const BreakerSettings &settings, SteadyTime now)
    {
        m_probing = state(now) == BreakerState::HalfOpen;
        m_settings = settings;
        forgetAttempts();
    }

private:
    void learnFailure(SteadyTime now)
    {
        m_failures.push_back(now);
        if (m_openedAt || failuresThatMatter() >= m_settings.failures) {
            close();
            m_openedAt = now;
            ++m_openings;
            forgetAttempts();
        }
    }
    void close()
    {
        m_openedAt.reset();
        m_probing = false;
        m_failures.clear();
    }
    Attempt take(std::size_t index)
    {
        const Attempt attempt = m_inAir[index];
        m_inAir.erase(m_inAir.begin() + static_cast<std::ptrdiff_t>(index));
        return attempt;
    }
    void forgetAttempts()
    {
        for (Attempt &attempt : m_inAir) {
            attempt.unheard = true;
        }
    }

    BreakerSettings m_settings;
    std::optional<SteadyTime> m_openedAt; ///< set while not closed
    bool m_probing = false; ///< half-open already when the settings changed
    std::vector<SteadyTime> m_failures;
    std::deque<Attempt> m_inAir;
    ForcedState m_forced = ForcedState::None;
    std::optional<SteadyTime> m_forcedUntil;
    bool m_drained = false;
    int m_openings = 0;
};

} // namespace signalbox::tests
