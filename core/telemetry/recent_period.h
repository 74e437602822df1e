// SPDX-License-Identifier: Apache-2.0
// A sliding window of time, kept as a ring of epochs: what the last minute adds up to.
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace signalbox::telemetry {

/// Adds up values of type T over the newest `epochs` epochs, the running one included: the window
/// is up to one epoch shorter than their sum, and covered() tells how long it is.
/// T starts at T{} and has += and -=.
template <typename T>
class RecentPeriod
{
public:
    struct Shape
    {
        Nanos epoch{};
        std::size_t epochs = 1;
    };

    RecentPeriod(Shape shape, SteadyTime start)
        : m_epoch(shape.epoch)
        , m_start(start)
        , m_ring(shape.epochs)
    {}

    /// How much time the window spans at \p now: never more than has passed since the start.
    [[nodiscard]] Nanos covered(SteadyTime now) const
    {
        const auto oldest = indexAt(now) - static_cast<std::int64_t>(m_ring.size()) + 1;
        const SteadyTime begin = m_start + m_epoch * std::max<std::int64_t>(oldest, 0);
        return std::max(now - begin, Nanos(0));
    }

    /// What was recorded in the window that ends at \p now.
    [[nodiscard]] T total(SteadyTime now) const
    {
        T sum = m_total;
        forEachExpired(now, [&](std::size_t slot) { sum -= m_ring[slot]; });
        return sum;
    }

    /// \p change is applied to the running epoch; it may add only.
    template <typename Change>
    void record(SteadyTime now, const Change &change)
    {
        advance(now);
        change(m_ring[slotOf(m_newest)]);
        change(m_total);
    }

private:
    [[nodiscard]] std::int64_t indexAt(SteadyTime now) const
    {
        return std::max<std::int64_t>((now - m_start) / m_epoch, m_newest);
    }
    [[nodiscard]] std::size_t slotOf(std::int64_t index) const
    {
        return static_cast<std::size_t>(index) % m_ring.size();
    }

    template <typename Visit>
    void forEachExpired(SteadyTime now, const Visit &visit) const
    {
        const auto size = static_cast<std::int64_t>(m_ring.size());
        const std::int64_t passed = std::min(indexAt(now) - m_newest, size);
        for (std::int64_t step = 1; step <= passed; ++step) {
            visit(slotOf(m_newest + step));
        }
    }

    void advance(SteadyTime now)
    {
        forEachExpired(now, [this](std::size_t slot) {
            m_total -= m_ring[slot];
            m_ring[slot] = T{};
        });
        m_newest = indexAt(now);
    }

    Nanos m_epoch;
    SteadyTime m_start;
    std::vector<T> m_ring;
    std::int64_t m_newest = 0; ///< index of the running epoch, counted from the start
    T m_total{};
};

} // namespace signalbox::telemetry
