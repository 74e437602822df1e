// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bill_check.h"

#include "ui/text/names.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace signalbox::ui {

namespace {

constexpr int kZoneBehindMax = 12; ///< hours; UTC-12
constexpr int kZoneAheadMax = 14; ///< UTC+14

using Key = std::pair<QDate, QString>; ///< a day and a model's key

std::int64_t size(Money money)
{
    return std::abs(money.nanos());
}

QDate dayOf(SystemTime start, int hoursAhead)
{
    const auto days = std::chrono::floor<std::chrono::days>(start + std::chrono::hours(hoursAhead));
    return QDate(1970, 1, 1).addDays(days.time_since_epoch().count());
}

bool isIn(const Bill &bill, QDate day)
{
    return day >= bill.first && day <= bill.last;
}

/// A bill that tells no models is compared by days alone.
QString keyOf(const Bill &bill, const QString &model)
{
    return bill.byModel ? modelKey(model) : QString();
}

void add(std::optional<Money> &sum, Money amount)
{
    sum = sum.value_or(Money()) + amount;
}

void addInto(BillRow &sum, const BillRow &row)
{
    if (row.theirs) {
        add(sum.theirs, *row.theirs);
    }
    if (row.ours) {
        add(sum.ours, *row.ours);
    }
    sum.estimated += row.estimated;
    sum.ownCalls += row.ownCalls;
    sum.unknown += row.unknown;
}

std::map<Key, BillRow> aligned(const Bill &bill,
                               const QString &provider,
                               const std::vector<CostRow> &hours,
                               int hoursAhead)
{
    std::map<Key, BillRow> rows;
    for (const CostRow &booked : hours) {
        const QDate day = dayOf(booked.start, hoursAhead);
        if (text::fromUtf8(booked.name) != provider || !isIn(bill, day)) {
            continue;
        }
        const QString model = text::fromUtf8(booked.part.value_or(std::string()));
        BillRow &row = rows[{day, keyOf(bill, model)}];
        row.model = bill.byModel ? model : QString();
        add(row.ours, booked.cost);
        row.estimated += booked.estimatedCost;
        row.ownCalls += booked.shadowCost + booked.healthCheckCost + booked.embedderCost;
        row.unknown += booked.unknownPriceRequests;
    }
    for (const BilledLine &line : bill.lines) {
        BillRow &row = rows[{line.day, keyOf(bill, line.model)}];
        row.model = row.ours ? row.model : line.model;
        add(row.theirs, line.cost);
    }
    for (auto &[key, row] : rows) {
        row.day = key.first;
    }
    return rows;
}

/// One model over all days.
struct ModelSum
{
    BillRow sum;
    std::vector<double> shares; ///< theirs / ours, of the days that have both
};

/// Whether a model's gap is the same share on each of at least three days.
std::optional<double> steadyShare(const ModelSum &model)
{
    constexpr std::size_t daysMin = 3;
    constexpr double differs = 0.01; // of one
    constexpr double steady = 0.02; // of the mean
    if (model.shares.size() < daysMin) {
        return std::nullopt;
    }
    const auto [least, most] = std::ranges::minmax_element(model.shares);
    const double share = double(model.sum.theirs->nanos()) / double(model.sum.ours->nanos());
    const bool isSteady = *most - *least <= steady * share;
    return isSteady && std::abs(share - 1) > differs ? std::optional(share) : std::nullopt;
}

/// What a model's gap comes of, its own calls apart.
GapCause causeOf(const ModelSum &model, Money gap, double &share)
{
    const BillRow &sum = model.sum;
    if (!sum.ours) {
        return GapCause::NotCalled;
    }
    if (!sum.theirs) {
        return GapCause::NotBilled;
    }
    if (sum.unknown > 0 && gap.nanos() > 0) {
        return GapCause::UnknownPrices;
    }
    if (const auto steady = steadyShare(model)) {
        share = *steady;
        return GapCause::Price;
    }
    return size(gap) <= size(sum.estimated) ? GapCause::Estimates : GapCause::Rest;
}

class Parts
{
public:
    void add(GapCause cause, Money amount, const QString &model, double share = 0)
    {
        if (amount == Money()) {
            return;
        }
        // Each price has a share of its own; all other causes are one part each.
        const auto same = std::ranges::find_if(m_parts, [&](const GapPart &part) {
            return part.cause == cause && cause != GapCause::Price;
        });
        GapPart &part = same != m_parts.end() ? *same : m_parts.emplace_back();
        part.cause = cause;
        part.amount += amount;
        part.share = share;
        if (!model.isEmpty()) {
            part.models << model;
        }
    }
    std::vector<GapPart> take()
    {
        std::ranges::stable_sort(m_parts, std::ranges::greater(), [](const GapPart &part) {
            return size(part.amount);
        });
        return std::move(m_parts);
    }

private:
    std::vector<GapPart> m_parts;
};

std::vector<GapPart> partsOf(const std::map<Key, BillRow> &rows)
{
    std::map<QString, ModelSum> models;
    for (const auto &[key, row] : rows) {
        ModelSum &model = models[key.second];
        model.sum.model = row.ours || model.sum.model.isEmpty() ? row.model : model.sum.model;
        addInto(model.sum, row);
        if (row.theirs && row.ours && row.ours->nanos() > 0 && row.theirs->nanos() > 0) {
            model.shares.push_back(double(row.theirs->nanos()) / double(row.ours->nanos()));
        }
    }
    Parts parts;
    for (const auto &[key, model] : models) {
        // What was paid for and is told apart explains as much of the gap as there is.
        const Money gap = model.sum.gap();
        const Money own = model.sum.theirs
                              ? std::clamp(model.sum.ownCalls, Money(), std::max(gap, Money()))
                              : Money();
        double share = 0;
        const GapCause cause = causeOf(model, gap - own, share);
        parts.add(GapCause::OwnCalls, own, model.sum.model);
        parts.add(cause, gap - own, model.sum.model, share);
    }
    return parts.take();
}

/// How far the days are apart, whatever their sums: only of models that both sides have.
std::int64_t distance(const std::map<Key, BillRow> &rows)
{
    std::int64_t sum = 0;
    for (const auto &[key, row] : rows) {
        sum += size(row.gap()) / 1000; // of days and models there may be many
    }
    return sum;
}

std::optional<int> likelyZone(const Bill &bill,
                              const QString &provider,
                              const std::vector<CostRow> &hours,
                              int hoursAhead,
                              Money theirs)
{
    constexpr std::int64_t noise = 200; // of the bill: half a percent
    const std::int64_t present = distance(aligned(bill, provider, hours, hoursAhead));
    if (bill.first == bill.last || present <= size(theirs) / 1000 / noise) {
        return std::nullopt;
    }
    std::pair best{present, hoursAhead};
    for (int zone = -kZoneBehindMax; zone <= kZoneAheadMax; ++zone) {
        best = std::min(best, {distance(aligned(bill, provider, hours, zone)), zone});
    }
    return best.first < present / 2 ? std::optional(best.second) : std::nullopt;
}

SystemTime startOf(QDate day)
{
    return SystemTime(std::chrono::days(QDate(1970, 1, 1).daysTo(day)));
}

std::vector<BillRow> summed(const BillCheck &check, bool days)
{
    std::map<Key, BillRow> sums;
    for (const BillRow &row : check.rows) {
        BillRow &sum = sums[days ? Key{row.day, {}} : Key{{}, modelKey(row.model)}];
        sum.day = days ? row.day : QDate();
        sum.model = days ? QString() : row.ours || sum.model.isEmpty() ? row.model : sum.model;
        addInto(sum, row);
    }
    std::vector<BillRow> rows;
    for (auto &[key, row] : sums) {
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

BillCheck checkBill(const Bill &bill,
                    const QString &provider,
                    const std::vector<CostRow> &hours,
                    int hoursAhead)
{
    const auto rows = aligned(bill, provider, hours, hoursAhead);
    BillCheck check;
    for (const auto &[key, row] : rows) {
        check.theirs += row.theirs.value_or(Money());
        check.ours += row.ours.value_or(Money());
        check.rows.push_back(row);
    }
    check.parts = partsOf(rows);
    check.daysAhead = likelyZone(bill, provider, hours, hoursAhead, check.theirs);
    return check;
}

SystemTime bookedSince(const Bill &bill)
{
    return startOf(bill.first) - std::chrono::hours(kZoneAheadMax);
}

SystemTime bookedUntil(const Bill &bill)
{
    return startOf(bill.last.addDays(1)) + std::chrono::hours(kZoneBehindMax);
}

std::vector<BillRow> byDay(const BillCheck &check)
{
    return summed(check, true);
}

std::vector<BillRow> byModel(const BillCheck &check)
{
    return summed(check, false);
}

} // namespace signalbox::ui
