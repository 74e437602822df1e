// SPDX-License-Identifier: GPL-3.0-or-later
// Axes as arithmetic: round moments, round values, and no jumping.
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace signalbox::ui {

/// A time range with its ticks on round moments of the day.
struct TimeTicks
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 stepMs = 1000;
    QList<qint64> ticks;

    friend bool operator==(const TimeTicks &, const TimeTicks &) = default;
};

/// The range snapped outwards to a fifth of its tick step, so that it moves now and then rather
/// than always. \p utcOffsetMs puts ticks of an hour and more on the local day.
TimeTicks timeTicks(qint64 fromMs, qint64 toMs, int ticksMax, qint64 utcOffsetMs = 0);
/// How a tick reads at its step: `14:03:20`, `14:05`, `12 Mar`.
QString tickLabel(qint64 atMs, qint64 stepMs);

/// The distance of round values that covers \p maximum in at most \p ticksMax steps.
double valueStep(double maximum, int ticksMax);

/// The top of a value axis from 0: grows at once, shrinks after the maximum was under half of it
/// for ten seconds.
class ValueScale
{
public:
    /// The top after a maximum seen at \p nowMs. \p ticksMax is at least 1.
    double update(double maximum, qint64 nowMs, int ticksMax);

    [[nodiscard]] double top() const { return m_top; }
    [[nodiscard]] double step() const { return m_step; }
    void reset();

private:
    double m_top = 0;
    double m_step = 1;
    std::optional<qint64> m_lowSinceMs;
};

} // namespace signalbox::ui
