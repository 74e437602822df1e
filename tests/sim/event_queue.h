// SPDX-License-Identifier: Apache-2.0
// What is going to happen in a simulated world, in the order of time.
#pragma once

#include "core/base/time.h"

#include <queue>

#include <cstdint>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

namespace signalbox::sim {

enum class Happening : std::uint8_t {
    Arrival,
    Upstream, ///< the next step of a call
    Leaving,
    ReadingSlowly,
    ReadingAgain,
    Mood,
    Reload,
    Operator,
    Look,
    ShutDown,
};

struct Event
{
    SteadyTime at{};
    std::uint64_t order = 0; ///< of planning; what was planned first happens first
    Happening what{};
    std::uint64_t id = 0; ///< the exchange or the attempt

    friend bool operator>(const Event &a, const Event &b)
    {
        return std::tie(a.at, a.order) > std::tie(b.at, b.order);
    }
};

class EventQueue
{
public:
    void plan(SteadyTime at, Happening what, std::uint64_t id = 0)
    {
        m_events.push({at, ++m_planned, what, id});
    }
    /// \pre some are planned
    [[nodiscard]] SteadyTime nextAt() const { return m_events.top().at; }
    Event take()
    {
        const Event event = m_events.top();
        m_events.pop();
        return event;
    }
    /// What was planned to be \p what does not happen.
    void drop(Happening what)
    {
        auto all = std::exchange(m_events, {});
        for (; !all.empty(); all.pop()) {
            if (all.top().what != what) {
                m_events.push(all.top());
            }
        }
    }
    [[nodiscard]] std::size_t size() const { return m_events.size(); }

private:
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    std::uint64_t m_planned = 0;
};

} // namespace signalbox::sim
