// SPDX-License-Identifier: Apache-2.0
#include "app/replay_command.h"

#include <array>
#include <iomanip>
#include <sstream>

namespace signalbox::app {
namespace {

std::string fixed(double value, int decimals)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(decimals) << value;
    return text.str();
}

std::string changeText(double change)
{
    return (change < 0 ? "" : "+") + fixed(100 * change, 1) + " %";
}

std::string secondsText(const std::optional<Micros> &time)
{
    return time ? fixed(static_cast<double>(time->count()) * 1e-6, 2) + " s" : std::string("-");
}

std::string shareText(std::int64_t part, std::int64_t whole)
{
    return whole == 0
               ? std::string("-")
               : fixed(100 * static_cast<double>(part) / static_cast<double>(whole), 1) + " %";
}

bool isUnknown(const Effect &effect)
{
    return effect.requests > 0 && effect.unknown == effect.requests;
}

std::string costText(const Effect &effect)
{
    if (isUnknown(effect)) {
        return "no data";
    }
    const std::string text = (effect.estimated ? "~" : "") + effect.cost.toDecimal();
    return effect.unknownPriceCalls > 0 ? text + " + unknown" : text;
}

std::string bandText(const std::optional<EffectBand> &band, int decimals)
{
    return band ? fixed(band->low, decimals) + " .. " + fixed(band->high, decimals) : std::string();
}

struct Line
{
    const char *name;
    std::string now;
    std::string after;
    std::string band = {};
};

std::string tableOf(const EffectRow &row, std::int64_t all)
{
    const Effect &now = row.now;
    const Effect &after = row.after;
    const EffectBands none;
    const EffectBands &bands = row.bands ? *row.bands : none;
    const auto timeOf = [&after](const std::optional<Micros> &time) {
        return isUnknown(after) ? std::string("no data") : secondsText(time);
    };
    const auto counts = [](const char *name, std::int64_t before, std::int64_t then) {
        return Line{name, std::to_string(before), std::to_string(then)};
    };
    const std::array lines = {
        counts("requests", now.requests, after.requests),
        Line{"share", shareText(now.requests, all), shareText(after.requests, all)},
        Line{"cost USD",
             costText(now),
             costText(after),
             row.bands ? bandText(bands.costUsd, 6) : std::string()},
        Line{"p50", secondsText(now.total.p50), timeOf(after.total.p50)},
        Line{"p95",
             secondsText(now.total.p95),
             timeOf(after.total.p95),
             bandText(bands.p95Seconds, 2)},
        Line{"p99", secondsText(now.total.p99), timeOf(after.total.p99)},
        Line{"first token p95",
             secondsText(now.firstToken.p95),
             timeOf(after.firstToken.p95),
             bandText(bands.firstTokenP95Seconds, 2)},
        counts("failed", now.failed, after.failed),
        counts("refused", now.refused, after.refused),
        counts("abandoned", now.abandoned, after.abandoned),
        counts("breaker trips", now.trips, after.trips),
        counts("no data for", now.unknown, after.unknown),
    };
    std::ostringstream text;
    text << (row.name.empty() ? "all" : row.name) << "\n";
    for (const Line &line : lines) {
        text << "  " << std::left << std::setw(16) << line.name << std::right << std::setw(18)
             << line.now << " -> " << std::setw(18) << line.after << "  " << line.band << "\n";
    }
    return text.str();
}

std::string ruleText(const RuleCatch &rule)
{
    const std::string text = "rule " + rule.route + "/" + rule.rule + ": "
                             + std::to_string(rule.now) + " -> " + std::to_string(rule.after)
                             + " requests";
    return rule.blind > 0
               ? text + ", of " + std::to_string(rule.blind) + " what it asks is not on record\n"
               : text + "\n";
}

std::string hedgeText(const HedgeEffect &hedge)
{
    return "route " + hedge.route + ": a hedge after "
           + fixed(static_cast<double>(hedge.after.count()) / 1000, 1) + " s would change p99 by "
           + changeText(hedge.p99Change) + " and cost by " + changeText(hedge.costChange) + " ("
           + std::to_string(hedge.hedged) + " requests)\n";
}

std::string shadowText(const ShadowEffect &shadow)
{
    return "route " + shadow.route + ": shadows at " + shadow.target.name() + " would cost "
           + (shadow.cost ? shadow.cost->toDecimal() + " USD" : std::string("no data")) + "\n";
}

} // namespace

std::string toText(const Foresight &foresight)
{
    if (foresight.recorded == 0) {
        return "Nothing is on record.\n";
    }
    std::string text = std::to_string(foresight.replayed) + " of "
                       + std::to_string(foresight.recorded) + " requests, "
                       + toIso8601(foresight.since) + " to " + toIso8601(foresight.until) + "\n"
                       + std::to_string(foresight.drawn)
                       + " calls have another request's outcome; the last column is where 9 of 10 "
                         "repetitions lie\n";
    text += tableOf(foresight.all, foresight.replayed);
    for (const EffectRow &row : foresight.targets) {
        text += tableOf(row, foresight.replayed);
    }
    for (const RuleCatch &rule : foresight.rules) {
        text += ruleText(rule);
    }
    for (const NoDataFor &row : foresight.noData) {
        text += "no data for " + row.target.name() + " in task class " + row.task + ": "
                + std::to_string(row.requests) + " requests\n";
    }
    for (const HedgeEffect &hedge : foresight.hedges) {
        text += hedgeText(hedge);
    }
    for (const ShadowEffect &shadow : foresight.shadows) {
        text += shadowText(shadow);
    }
    return text;
}

} // namespace signalbox::app
