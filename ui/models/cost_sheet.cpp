// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cost_sheet.h"

#include "ui/text/csv.h"
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

bool isDearer(const CostGroup &a, const CostGroup &b)
{
    if (a.sums.cost != b.sums.cost) {
        return a.sums.cost > b.sums.cost;
    }
    return a.sums.requests != b.sums.requests ? a.sums.requests > b.sums.requests : a.name < b.name;
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

void CostSums::add(const CostRow &row)
{
    requests += row.requests;
    promptTokens += row.promptTokens;
    completionTokens += row.completionTokens;
    cost += row.cost;
    unknown += row.unknownPriceRequests;
    estimated += row.estimatedCost;
}

void CostSums::add(const CostSums &other)
{
    requests += other.requests;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    cost += other.cost;
    unknown += other.unknown;
    estimated += other.estimated;
}

bool CostSheet::adds() const
{
    Money groupsSum;
    for (const CostGroup &group : groups) {
        groupsSum += group.sums.cost;
        Money parts;
        for (const CostGroup &part : group.parts) {
            parts += part.sums.cost;
        }
        if (sumOf(group.days) != group.sums.cost
            || (!group.parts.empty() && parts != group.sums.cost)) {
            return false;
        }
    }
    return strays == 0 && groupsSum == total.cost && sumOf(dayTotals) == total.cost;
}

CostSheet sheetOf(const std::vector<CostRow> &rows, std::vector<CostDay> days, int top)
{
    CostSheet sheet;
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
        group.days[*day] += row.cost;
        sheet.dayTotals[*day] += row.cost;
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
        std::ranges::sort(group.parts, isDearer);
        sheet.groups.push_back(std::move(group));
    }
    std::ranges::sort(sheet.groups, isDearer);
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

QByteArray costsAsCsv(const std::vector<CostRow> &rows, const CostQuery &query)
{
    const auto title = [](CostDimension by) { return text::fromUtf8(toString(by)); };
    QStringList head{QStringLiteral("day"), title(query.by)};
    if (query.then) {
        head << title(*query.then);
    }
    head << QStringLiteral("requests") << QStringLiteral("prompt_tokens")
         << QStringLiteral("completion_tokens") << QStringLiteral("cost_usd")
         << QStringLiteral("estimated_cost_usd") << QStringLiteral("unknown_price_requests");
    QByteArray csv = text::csvLine(head);
    for (const CostRow &row : rows) {
        QStringList cells{text::fromUtf8(row.bucket), text::fromUtf8(row.name)};
        if (query.then) {
            cells << text::fromUtf8(row.part.value_or(std::string()));
        }
        cells << QString::number(row.requests) << QString::number(row.promptTokens)
              << QString::number(row.completionTokens) << text::fromUtf8(row.cost.toDecimal())
              << text::fromUtf8(row.estimatedCost.toDecimal())
              << QString::number(row.unknownPriceRequests);
        csv += text::csvLine(cells);
    }
    return csv;
}

} // namespace signalbox::ui
