// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/foresight_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct Foreseen
{
    Q_DECLARE_TR_FUNCTIONS(Foreseen)
};

bool isUnknown(const Effect &effect)
{
    return effect.requests > 0 && effect.unknown == effect.requests;
}

QString noData()
{
    return Foreseen::tr("no data");
}

QString signedPercent(double change)
{
    if (!std::isfinite(change)) {
        return {};
    }
    if (std::abs(change) < 0.0005) {
        return Foreseen::tr("0 %");
    }
    return (change < 0 ? u"\u2212"_s : u"+"_s) + percent(std::abs(change));
}

QString changeOf(double before, double after)
{
    return before > 0 ? signedPercent(after / before - 1) : QString();
}

QString rangeOf(const QString &low, const QString &high)
{
    return low == high ? low : Foreseen::tr("%1 to %2").arg(low, high);
}

double share(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

QString moneyOf(const Effect &effect)
{
    const QString known = (effect.estimated ? u"~"_s : QString()) + money(effect.cost);
    return effect.unknownPriceCalls > 0 ? Foreseen::tr("%1 + unknown").arg(known) : known;
}

QString timeOf(const std::optional<Micros> &time)
{
    return time ? latency(*time) : dash();
}

EffectLine costLine(const EffectRow &row)
{
    EffectLine line{Foreseen::tr("Cost"), moneyOf(row.now), moneyOf(row.after), {}, {}};
    const auto before = static_cast<double>(row.now.cost.nanos()) * 1e-9;
    if (isUnknown(row.after)) {
        line.after = noData();
        return line;
    }
    line.change = changeOf(before, static_cast<double>(row.after.cost.nanos()) * 1e-9);
    if (row.bands) {
        line.band = rangeOf(money(row.bands->costUsd.low), money(row.bands->costUsd.high));
        line.worse = std::llround(row.bands->costUsd.low * 1e9) > row.now.cost.nanos();
    }
    return line;
}

EffectLine timeLine(const QString &figure,
                    const EffectRow &row,
                    std::optional<Micros> EffectTimes::*rank,
                    EffectTimes Effect::*which,
                    const std::optional<EffectBand> &band = {})
{
    const std::optional<Micros> now = row.now.*which.*rank;
    const std::optional<Micros> after = row.after.*which.*rank;
    EffectLine line{figure, timeOf(now), timeOf(after), {}, {}};
    if (isUnknown(row.after)) {
        line.after = noData();
        return line;
    }
    if (now && after) {
        line.change = changeOf(static_cast<double>(now->count()),
                               static_cast<double>(after->count()));
    }
    if (band) {
        const auto inMicros = [](double seconds) { return Micros(std::llround(seconds * 1e6)); };
        line.band = rangeOf(latency(inMicros(band->low)), latency(inMicros(band->high)));
        line.worse = now && inMicros(band->low) > *now;
    }
    return line;
}

EffectLine countLine(const QString &figure, std::int64_t now, std::int64_t after)
{
    return {figure,
            count(now),
            count(after),
            changeOf(static_cast<double>(now), static_cast<double>(after)),
            {}};
}

} // namespace

std::vector<EffectLine> effectLines(const EffectRow &row, std::int64_t all)
{
    const EffectBands none;
    const EffectBands &bands = row.bands ? *row.bands : none;
    std::vector<EffectLine> lines;
    lines.push_back(countLine(Foreseen::tr("Requests"), row.now.requests, row.after.requests));
    if (!row.name.empty()) {
        lines.push_back({Foreseen::tr("Share"),
                         percent(share(row.now.requests, all)),
                         percent(share(row.after.requests, all)),
                         {},
                         {}});
    }
    lines.push_back(costLine(row));
    lines.push_back(timeLine(Foreseen::tr("p50"), row, &EffectTimes::p50, &Effect::total));
    lines.push_back(
        timeLine(Foreseen::tr("p95"), row, &EffectTimes::p95, &Effect::total, bands.p95Seconds));
    lines.push_back(timeLine(Foreseen::tr("p99"), row, &EffectTimes::p99, &Effect::total));
    lines.push_back(timeLine(Foreseen::tr("First token, p95"),
                             row,
                             &EffectTimes::p95,
                             &Effect::firstToken,
                             bands.firstTokenP95Seconds));
    lines.push_back(countLine(Foreseen::tr("Failed"), row.now.failed, row.after.failed));
    lines.push_back(
        countLine(Foreseen::tr("Refused by limits"), row.now.refused, row.after.refused));
    lines.push_back(countLine(Foreseen::tr("Abandoned"), row.now.abandoned, row.after.abandoned));
    lines.push_back(countLine(Foreseen::tr("Breaker trips"), row.now.trips, row.after.trips));
    return lines;
}

QString effectSummary(const EffectRow &row, std::int64_t all)
{
    const QString shares = u"%1 → %2"_s.arg(percent(share(row.now.requests, all)),
                                            percent(share(row.after.requests, all)));
    return isUnknown(row.after) ? shares + u" · "_s + noData() : shares;
}

QString effectHour(const std::string &name)
{
    constexpr int kToTheMinute = 16; // of a time in ISO 8601
    const auto hour = fromIso8601(name);
    return hour ? fullTime(*hour).left(kToTheMinute).replace(u'T', u' ') : fromUtf8(name);
}

EffectLine effectCost(const EffectRow &row)
{
    return costLine(row);
}

QString foresightScope(const Foresight &foresight)
{
    if (foresight.recorded == 0) {
        return Foreseen::tr("Nothing is on record in this period.");
    }
    return foresight.isSample() ? Foreseen::tr("A first look, by %1 of %2 requests")
                                      .arg(count(foresight.replayed), count(foresight.recorded))
                                : Foreseen::tr("%1 requests replayed; nothing was sent")
                                      .arg(count(foresight.replayed));
}

QStringList foresightNotes(const Foresight &foresight)
{
    QStringList notes;
    for (const NoDataFor &row : foresight.noData) {
        notes << Foreseen::tr(
                     "No data for %1 in task class %2: what would have come of %3 requests "
                     "is not known.")
                     .arg(fromUtf8(row.target.name()), fromUtf8(row.task), count(row.requests));
    }
    for (const RuleCatch &rule : foresight.rules) {
        notes << Foreseen::tr("Rule “%1” of %2 decides %3 requests, now %4.")
                     .arg(fromUtf8(rule.rule),
                          fromUtf8(rule.route),
                          count(rule.after),
                          count(rule.now));
        if (rule.blind > 0) {
            notes << Foreseen::tr("What rule “%1” asks for is not on record of %2 requests.")
                         .arg(fromUtf8(rule.rule), count(rule.blind));
        }
    }
    for (const HedgeEffect &hedge : foresight.hedges) {
        notes << Foreseen::tr("A hedge after %1 in %2 would change p99 by %3 and cost by %4.")
                     .arg(latency(hedge.after),
                          fromUtf8(hedge.route),
                          signedPercent(hedge.p99Change),
                          signedPercent(hedge.costChange));
    }
    for (const ShadowEffect &shadow : foresight.shadows) {
        notes << Foreseen::tr("Shadows of %1 at %2 would have cost %3.")
                     .arg(fromUtf8(shadow.route),
                          fromUtf8(shadow.target.name()),
                          shadow.cost ? money(*shadow.cost) : noData());
    }
    return notes;
}

} // namespace signalbox::ui::text
