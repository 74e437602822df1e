// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview_stats.h"

#include "ui/pages/live_series.h"
#include "ui/text/numbers.h"
#include "ui/theme/state_glyph.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Stats
{
    Q_DECLARE_TR_FUNCTIONS(Stats)
};

constexpr double kAlarmingFailures = 0.05;

/// `742 ms` as a value and its unit.
void split(const QString &text, Stat &stat)
{
    const qsizetype cut = text.indexOf(u' ');
    const bool oneUnit = cut > 0 && text.indexOf(u' ', cut + 1) < 0;
    stat.value = oneUnit ? text.left(cut) : text;
    stat.unit = oneUnit ? text.mid(cut + 1) : QString();
}

/// `▲ 12 %`: direction, then size. What rounds to the same has no direction.
void tellChange(double change, bool same, const QString &size, Stat &stat)
{
    stat.change = same ? size : u"%1 %2"_s.arg(QChar(change > 0 ? u'▲' : u'▼')).arg(size);
    stat.changeNote = same ? Stats::tr("as in the minute before")
                           : Stats::tr("%1 against the minute before").arg(stat.change);
}

/// \p growth: times the minute before, less one.
void tellGrowth(const std::optional<double> &growth, Stat &stat)
{
    if (!growth) {
        return;
    }
    const bool same = std::abs(*growth) < 0.005;
    const QString size = same ? text::percent(0)
                         : *growth >= 10
                             ? u"×%1"_s.arg(text::count(std::llround(*growth + 1)))
                             : QLocale().toString(std::abs(*growth) * 100, 'f', 0) + " %"_L1;
    tellChange(*growth, same, size, stat);
}

/// \p difference of two shares.
void tellPoints(const std::optional<double> &difference, Stat &stat)
{
    if (!difference) {
        return;
    }
    const double points = std::abs(*difference) * 100;
    const bool same = points < 0.05;
    const QString size =
        Stats::tr("%1 pt", "percentage points").arg(QLocale().toString(points, 'f', 1));
    tellChange(*difference, same, size, stat);
}

Stat quantileStat(const telemetry::Quantiles &quantiles, const std::optional<double> &value)
{
    Stat stat;
    split(text::latency(value), stat);
    stat.note = Stats::tr("%1 in the last minute").arg(text::count(quantiles.samples));
    return stat;
}

} // namespace

Stat rateStat(const telemetry::Snapshot &snapshot, const MinuteChange &change)
{
    Stat stat;
    split(text::rate(snapshot.totals.requestsPerSecond), stat);
    stat.note = Stats::tr("%1 in flight").arg(text::count(snapshot.totals.inFlight));
    stat.history = totalHistory(snapshot, Measure::Rate);
    tellGrowth(change.requests, stat);
    return stat;
}

Stat failureStat(const telemetry::Snapshot &snapshot, const MinuteChange &change)
{
    const telemetry::Totals &totals = snapshot.totals;
    Stat stat;
    stat.value = text::percent(totals.failureShare);
    if (stat.value.endsWith(" %"_L1)) {
        stat.value.chop(2);
        stat.unit = u"%"_s;
    }
    stat.note = Stats::tr("%1 clients left").arg(text::count(totals.abandoned));
    stat.history = failureHistory(snapshot);
    stat.alarming = totals.failureShare >= kAlarmingFailures;
    tellPoints(change.failures, stat);
    return stat;
}

Stat p95Stat(const telemetry::Snapshot &snapshot, const MinuteChange &change)
{
    Stat stat = quantileStat(snapshot.totals.latency, snapshot.totals.latency.p95Ms);
    stat.history = totalHistory(snapshot, Measure::P95);
    tellGrowth(change.p95, stat);
    return stat;
}

Stat firstTokenStat(const telemetry::Snapshot &snapshot, const MinuteChange &change)
{
    Stat stat = quantileStat(snapshot.totals.firstToken, snapshot.totals.firstToken.p50Ms);
    stat.history = totalHistory(snapshot, Measure::FirstToken);
    tellGrowth(change.firstToken, stat);
    return stat;
}

Stat costStat(const telemetry::Snapshot &snapshot, const MinuteChange &change)
{
    const std::int64_t unknown = snapshot.totals.unknownPriceLastMinute;
    Stat stat;
    stat.value = text::money(snapshot.totals.costPerHour);
    stat.unit = Stats::tr("per hour");
    stat.note = unknown == 0 ? Stats::tr("all prices known")
                             : Stats::tr("%1 without a price").arg(text::count(unknown));
    stat.history = totalHistory(snapshot, Measure::CostRate);
    tellGrowth(change.cost, stat);
    return stat;
}

std::vector<BreakerCountTile::Count> breakerCounts(const telemetry::Snapshot &snapshot, bool old)
{
    std::vector<BreakerCountTile::Count> counts{
        {GlyphShape::Open, 0, Stats::tr("open")},
        {GlyphShape::HalfOpen, 0, Stats::tr("half-open")},
        {GlyphShape::Drained, 0, Stats::tr("drained")},
        {GlyphShape::Closed, 0, Stats::tr("closed")},
        {GlyphShape::Unknown, 0, Stats::tr("unknown", "states of breakers")},
    };
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            const GlyphShape shape = old ? GlyphShape::Unknown : glyphOf(target.breaker).shape;
            for (BreakerCountTile::Count &count : counts) {
                count.number += count.shape == shape ? 1 : 0;
            }
        }
    }
    std::erase_if(counts, [](const auto &count) { return count.number == 0; });
    return counts;
}

QString costLabel(double usdPerHour)
{
    return std::isnan(usdPerHour) ? Stats::tr("n/a", "no price is known") : text::money(usdPerHour);
}

QString plainRate(double perSecond)
{
    if (std::isnan(perSecond)) {
        return text::dash();
    }
    const bool whole = perSecond >= 9.95 || perSecond == std::floor(perSecond);
    return QLocale().toString(perSecond, 'f', whole ? 0 : 1);
}

QList<int> requestColumnWidths()
{
    return {10, 12, 11, 0, 4, 16, 10, 7, 13, 9, 5};
}

} // namespace signalbox::ui
