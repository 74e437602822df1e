// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/scales.h"

#include "ui/text/zone.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kShrinkAfterMs = 10 * kSecond;

constexpr std::array<qint64, 20> kSteps{kSecond,      2 * kSecond,  5 * kSecond,  10 * kSecond,
                                        15 * kSecond, 30 * kSecond, kMinute,      2 * kMinute,
                                        5 * kMinute,  10 * kMinute, 15 * kMinute, 30 * kMinute,
                                        kHour,        2 * kHour,    3 * kHour,    6 * kHour,
                                        12 * kHour,   kDay,         2 * kDay,     7 * kDay};

qint64 floorTo(qint64 value, qint64 unit)
{
    const qint64 rest = ((value % unit) + unit) % unit;
    return value - rest;
}

qint64 ceilTo(qint64 value, qint64 unit)
{
    return floorTo(value + unit - 1, unit);
}

} // namespace

TimeTicks timeTicks(qint64 fromMs, qint64 toMs, int ticksMax, qint64 utcOffsetMs)
{
    const qint64 span = std::max<qint64>(toMs - fromMs, kSecond);
    const auto *found = std::find_if(kSteps.begin(), kSteps.end(), [span, ticksMax](qint64 step) {
        return span / step <= ticksMax;
    });
    TimeTicks result;
    result.stepMs = found == kSteps.end() ? kSteps.back() : *found;
    const qint64 page = std::max<qint64>(result.stepMs / 5, kSecond);
    result.fromMs = floorTo(fromMs, page);
    result.toMs = ceilTo(toMs, page);
    const qint64 first = ceilTo(result.fromMs + utcOffsetMs, result.stepMs) - utcOffsetMs;
    for (qint64 at = first; at <= result.toMs; at += result.stepMs) {
        result.ticks << at;
    }
    return result;
}

QString tickLabel(qint64 atMs, qint64 stepMs)
{
    const QDateTime at = text::inZone(atMs);
    if (stepMs < kMinute) {
        return at.toString(u"HH:mm:ss"_s);
    }
    return stepMs < kDay ? at.toString(u"HH:mm"_s) : QLocale().toString(at, u"d MMM"_s);
}

double valueStep(double maximum, int ticksMax)
{
    if (maximum <= 0 || !std::isfinite(maximum)) {
        return 1;
    }
    const double rough = maximum / ticksMax;
    const double unit = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (factor * unit * ticksMax >= maximum * (1 - 1e-9)) {
            return factor * unit;
        }
    }
    return 10 * unit;
}

double ValueScale::update(double maximum, qint64 nowMs, int ticksMax)
{
    const bool low = maximum < m_top / 2;
    if (!low) {
        m_lowSinceMs.reset();
    } else if (!m_lowSinceMs) {
        m_lowSinceMs = nowMs;
    }
    const bool grow = maximum > m_top || m_top <= 0;
    const bool shrink = low && nowMs - *m_lowSinceMs >= kShrinkAfterMs;
    if (grow || shrink) {
        m_step = valueStep(maximum, ticksMax);
        m_top = std::max(m_step, std::ceil(maximum / m_step - 1e-9) * m_step);
        m_lowSinceMs.reset();
    }
    return m_top;
}

void ValueScale::reset()
{
    *this = ValueScale();
}

} // namespace signalbox::ui
