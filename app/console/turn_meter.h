// SPDX-License-Identifier: GPL-3.0-or-later
// How long the console's thread works without a break.
#pragma once

#include <QObject>

#include <chrono>
#include <cstdint>

namespace signalbox::app {

/// Watches the event loop of the thread it is made on. A turn is what runs between two moments at
/// which the dispatcher waits or wakes, told in CPU time of this thread: waiting costs none, and
/// neither does another process that has the core. The first seconds, in which the window is
/// built, do not count.
class TurnMeter : public QObject
{
    Q_OBJECT

public:
    /// What the thread does within \p quietFor does not count: a program's start.
    explicit TurnMeter(std::chrono::milliseconds quietFor = std::chrono::seconds(5),
                       QObject *parent = nullptr);

    [[nodiscard]] std::chrono::nanoseconds longest() const { return m_longest; }
    [[nodiscard]] std::int64_t turns() const { return m_turns; }
    /// Turns over 16 ms, in which a frame is missed, and over 50 ms, which is felt.
    [[nodiscard]] std::int64_t slow() const { return m_slow; }
    [[nodiscard]] std::int64_t verySlow() const { return m_verySlow; }
    /// How much of a core the thread took, since it counts.
    [[nodiscard]] double coreShare() const;

private:
    void turnEnded();

    std::chrono::steady_clock::time_point m_countsFrom;
    std::chrono::nanoseconds m_spent{}; ///< of the thread, at the end of the last turn
    std::chrono::nanoseconds m_longest{};
    std::chrono::nanoseconds m_counted{}; ///< of the thread, in turns that count
    std::int64_t m_turns = 0;
    std::int64_t m_slow = 0;
    std::int64_t m_verySlow = 0;
};

} // namespace signalbox::app
