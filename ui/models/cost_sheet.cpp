// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cost_sheet.h"

#include "ui/text/names.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace signalbox::ui {

namespace {

constexpr int kForecastFrom = 7; ///< complete days
constexpr double kEightyOfHundred = 1.2816; ///< standard deviations, of a normal distribution

SystemTime startOf(QDate date, const QTimeZone &zone)
{
    return SystemTime(Millis(date.startOfDay(zone).toMSecsSinceEpoch()));
}

double usdOf(Money amount)
{
    return static_cast<double>(amount.nanos()) / 1e9;
}

std::optional<std::size_t> dayAt(const std::vector<CostDay> &days, SystemTime time)
{
    const auto after = std::ranges::upper_bound(days, time, {}, &CostDay::start);
    if (after == days.begin() || time >= std::prev(after)->end) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(std::distance(days.begin(), after)) - 1;
}

void sortBy(CostMeasure measure, std::vector<CostGroup> &groups)
{
    std::ranges::sort(groups, [measure](const CostGroup &a, const CostGroup &b) {
        if (a.sums.of(measure) != b.sums.of(measure)) {
            return a.sums.of(measure) > b.sums.of(measure);
        }
        if (a.sums.cost != b.sums.cost) {
            return a.sums.cost > b.sums.cost;
        }
        return a.sums.requests != b.sums.requests ? a.sums.requests > b.sums.requests
                                                  : a.name < b.name;
    });
}

void foldIn(CostGroup &rest, const CostGroup &group)
{
    rest.sums.add(group.sums);
    for (std::size_t i = 0; i < rest.days.size(); ++i) {
        rest.days[i] += group.days[i];
    }
}

/// All beyond \p top become one.
void gather(std::vector<CostGroup> &groups, std::size_t top, std::size_t days)
{
    if (groups.size() <= top + 1) { // one alone need not lose its name
        return;
    }
    CostGroup rest{.name = {}, .isRest = true};
    rest.days.resize(days);
    for (std::size_t i = top; i < groups.size(); ++i) {
        foldIn(rest, groups[i]);
    }
    groups.resize(top);
    groups.push_back(std::move(rest));
}

Money sumOf(const std::vector<Money> &amounts)
{
    Money sum;
    for (const Money amount : amounts) {
        sum += amount;
    }
    return sum;
}

} // namespace

std::vector<CostDay> daysOf(QDate first, QDate last, const QTimeZone &zone)
{
    std::vector<CostDay> days;
    for (QDate date = first; date <= last; date = date.addDays(1)) {
        days.push_back({date, startOf(date, zone), startOf(date.addDays(1), zone)});
    }
    return days;
}

namespace {

CostSums sumsOf(const CostRow &row)
{
    CostSums sums;
    sums.requests = row.requests;
    sums.promptTokens = row.promptTokens;
    sums.completionTokens = row.completionTokens;
    sums.cost = row.cost;
    sums.unknown = row.unknownPriceRequests;
    sums.estimated = row.estimatedCost;
    sums.wasted = row.wastedCost;
    sums.abandoned = row.abandonedCost;
    sums.abandonedRequests = row.abandonedRequests;
    sums.promptCacheSaved = row.promptCacheSaved;
    sums.responseCacheSaved = row.responseCacheSaved;
    sums.shadows = row.shadowCost;
    sums.healthChecks = row.healthCheckCost;
    sums.embeddings = row.embedderCost;
    return sums;
}

} // namespace

Money CostSums::of(CostMeasure measure) const
{
    switch (measure) {
    case CostMeasure::Cost:
        break;
    case CostMeasure::Wasted:
        return wasted;
    case CostMeasure::Abandoned:
        return abandoned;
    case CostMeasure::Saved:
        return saved();
    case CostMeasure::OwnCalls:
        return ownCalls();
    }
    return cost;
}

void CostSums::add(const CostRow &row)
{
    add(sumsOf(row));
}

void CostSums::add(const CostSums &other)
{
    requests += other.requests;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    cost += other.cost;
    unknown += other.unknown;
    estimated += other.estimated;
    wasted += other.wasted;
    abandoned += other.abandoned;
    abandonedRequests += other.abandonedRequests;
    promptCacheSaved += other.promptCacheSaved;
    responseCacheSaved += other.responseCacheSaved;
    shadows += other.shadows;
    healthChecks += other.healthChecks;
    embeddings += other.embeddings;
}

bool CostSheet::adds() const
{
    Money groupsSum;
    for (const CostGroup &group : groups) {
        groupsSum += group.sums.of(measure);
        Money parts;
        for (const CostGroup &part : group.parts) {
            parts += part.sums.of(measure);
        }
        if (sumOf(group.days) != group.sums.of(measure)
            || (!group.parts.empty() && parts != group.sums.of(measure))) {
            return false;
        }
    }
    return strays == 0 && groupsSum == total.of(measure) && sumOf(dayTotals) == total.of(measure);
}

CostSheet sheetOf(const std::vector<CostRow> &rows,
                  std::vector<CostDay> days,
                  int top,
                  CostMeasure measure)
{
    CostSheet sheet;
    sheet.measure = measure;
    sheet.days = std::move(days);
    sheet.dayTotals.resize(sheet.days.size());
    std::map<std::string, CostGroup> groups;
    std::map<std::pair<std::string, std::string>, CostGroup> parts;
    for (const CostRow &row : rows) {
        sheet.total.add(row);
        const auto day = dayAt(sheet.days, row.start);
        if (!day) {
            ++sheet.strays;
            continue;
        }
        CostGroup &group = groups[row.name];
        group.days.resize(sheet.days.size());
        group.name = text::fromUtf8(row.name);
        group.sums.add(row);
        const Money amount = sumsOf(row).of(measure);
        group.days[*day] += amount;
        sheet.dayTotals[*day] += amount;
        if (row.part) {
            CostGroup &part = parts[{row.name, *row.part}];
            part.name = text::fromUtf8(*row.part);
            part.sums.add(row);
        }
    }
    for (auto &[key, part] : parts) {
        groups[key.first].parts.push_back(std::move(part));
    }
    for (auto &[name, group] : groups) {
        sortBy(measure, group.parts);
        sheet.groups.push_back(std::move(group));
    }
    sortBy(measure, sheet.groups);
    gather(sheet.groups, static_cast<std::size_t>(std::max(1, top)), sheet.days.size());
    return sheet;
}

std::optional<CostForecast> forecastOf(const CostSheet &sheet, QDate today, int days)
{
    std::vector<double> complete;
    for (std::size_t i = 0; i < sheet.days.size() && sheet.days[i].date < today; ++i) {
        if (!complete.empty() || sheet.dayTotals[i] > Money()) {
            complete.push_back(usdOf(sheet.dayTotals[i]));
        }
    }
    const auto count = static_cast<double>(complete.size());
    if (complete.size() < kForecastFrom) {
        return std::nullopt;
    }
    double mean = 0;
    for (const double usd : complete) {
        mean += usd / count;
    }
    double variance = 0;
    for (const double usd : complete) {
        variance += (usd - mean) * (usd - mean) / (count - 1);
    }
    // Days to come vary, and the mean itself is only known from so many.
    const double ahead = days;
    const double spread = std::sqrt(variance * (ahead + ahead * ahead / count));
    return CostForecast{mean * ahead, kEightyOfHundred * spread, static_cast<int>(complete.size())};
}

} // namespace signalbox::ui
