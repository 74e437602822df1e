// SPDX-License-Identifier: GPL-3.0-or-later
// What was spent, day by day and group by group, as sums that can be checked.
#pragma once

#include "core/domain/ledger_query.h"

#include <QDate>
#include <QString>
#include <QTimeZone>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// A day of a zone: of 23, 24 or 25 hours, and rarely of others.
struct CostDay
{
    QDate date;
    SystemTime start{};
    SystemTime end{}; ///< where the next one starts

    friend bool operator==(const CostDay &, const CostDay &) = default;
};

/// Every day of \p zone from \p first to \p last, both included; none where \p last is before.
[[nodiscard]] std::vector<CostDay> daysOf(QDate first, QDate last, const QTimeZone &zone);

/// What a sheet's days are of.
enum class CostMeasure {
    Cost,
    Wasted, ///< the part of cost that no answer came of
    Abandoned, ///< the part of cost for answers that clients did not wait for
    Saved, ///< by both caches
    OwnCalls ///< shadows and health checks, beside the cost
};

struct CostSums
{
    std::int64_t requests = 0;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< known amounts only
    std::int64_t unknown = 0; ///< requests with an attempt whose price is not known
    Money estimated; ///< that part of cost
    Money wasted; ///< a part of cost, as is the next
    Money abandoned;
    std::int64_t abandonedRequests = 0;
    Money promptCacheSaved; ///< below zero where writing into it cost more than reading saved
    Money responseCacheSaved;
    Money shadows;
    Money healthChecks;
    Money embeddings; ///< of the cache's embedder

    [[nodiscard]] Money of(CostMeasure measure) const;
    [[nodiscard]] Money saved() const { return promptCacheSaved + responseCacheSaved; }
    [[nodiscard]] Money ownCalls() const { return shadows + healthChecks + embeddings; }
    void add(const CostRow &row);
    void add(const CostSums &other);
    friend bool operator==(const CostSums &, const CostSums &) = default;
};

struct CostGroup
{
    QString name; ///< empty: what reached no provider, or has no such name
    bool isRest = false; ///< all that are not among the top
    CostSums sums = {};
    std::vector<Money> days = {}; ///< as the sheet's days, of its measure
    std::vector<CostGroup> parts = {}; ///< where there is a second grouping; without days
};

struct CostSheet
{
    CostMeasure measure = CostMeasure::Cost;
    std::vector<CostDay> days;
    std::vector<CostGroup> groups; ///< most of the measure first, the rest last
    std::vector<Money> dayTotals;
    CostSums total;
    std::int64_t strays =
        0; ///< rows of days that the sheet does not have; none, or there is a fault

    /// The sums of days, of groups and of all rows are the same to the nano-dollar, and each part's
    /// are its group's.
    [[nodiscard]] bool adds() const;
};

/// \p top groups by \p measure, all others in one; at least one.
[[nodiscard]] CostSheet sheetOf(const std::vector<CostRow> &rows,
                                std::vector<CostDay> days,
                                int top,
                                CostMeasure measure = CostMeasure::Cost);

/// What \p days more will cost, by the complete days so far: the mean, and how far off the sum of so
/// many days is in 80 of 100 cases, if days differ as they did.
struct CostForecast
{
    double usd = 0;
    double offUsd = 0;
    int from = 0; ///< complete days that it was made from
};

/// From the days before \p today, the first one with a cost on; nothing from less than seven of them.
[[nodiscard]] std::optional<CostForecast> forecastOf(const CostSheet &sheet, QDate today, int days);

/// RFC 4180: a row for each that the ledger gave, so that they sum up to the sheet's total.
[[nodiscard]] QByteArray costsAsCsv(const std::vector<CostRow> &rows, const CostQuery &query);

} // namespace signalbox::ui
