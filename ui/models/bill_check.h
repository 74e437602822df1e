// SPDX-License-Identifier: GPL-3.0-or-later
// A provider's bill beside what was booked here: the gap, day by day and model by model, and its parts.
#pragma once

#include "ui/models/bill.h"

#include "core/domain/ledger_query.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

/// A day and a model of either side.
struct BillRow
{
    QDate day;
    QString model; ///< ours where we have it, else theirs; empty: the bill is by days alone
    std::optional<Money> theirs; ///< nothing: the bill does not name it
    std::optional<Money> ours; ///< known amounts; nothing: nothing was booked
    Money estimated; ///< that part of ours
    Money ownCalls; ///< health checks and shadows, in none of these
    std::int64_t unknown = 0; ///< requests with an attempt whose price is not known

    [[nodiscard]] Money gap() const { return theirs.value_or(Money()) - ours.value_or(Money()); }
    friend bool operator==(const BillRow &, const BillRow &) = default;
};

/// Why a bill and the books may differ. The gap is parted among these: each model's to one of them.
enum class GapCause : std::uint8_t {
    OwnCalls, ///< health checks and shadows, which are paid for and told apart
    NotCalled, ///< models that were never called from here: somebody else uses the key
    NotBilled, ///< models that the bill does not name: other names, or free
    UnknownPrices, ///< requests whose price is not known
    Price, ///< the same share on every day: a price differs, or what cached tokens cost
    Estimates, ///< no more than what was estimated
    Rest, ///< calls that failed and were billed, others' calls of the same models, days cut otherwise
};

struct GapPart
{
    GapCause cause = GapCause::Rest;
    Money amount; ///< of the gap
    QStringList models; ///< whose gap it is
    double share = 0; ///< Price: theirs / ours

    friend bool operator==(const GapPart &, const GapPart &) = default;
};

struct BillCheck
{
    std::vector<BillRow> rows; ///< by day, then model; all there is on either side
    Money theirs;
    Money ours;
    std::vector<GapPart> parts; ///< largest first; their sum is the gap, to the nano-dollar
    /// The bill fits far better if its days are those of a zone so many hours ahead of UTC.
    std::optional<int> daysAhead;

    [[nodiscard]] Money gap() const { return theirs - ours; }
};

/// What was booked for one provider: \p hours are CostRows by provider, then model, per hour of UTC, from
/// bookedSince() to bookedUntil() at least. Rows of other providers are passed over.
[[nodiscard]] BillCheck checkBill(const Bill &bill,
                                  const QString &provider,
                                  const std::vector<CostRow> &hours,
                                  int hoursAhead = 0);

/// The hours that have to be known, so that other zones' days can be tried.
[[nodiscard]] SystemTime bookedSince(const Bill &bill);
[[nodiscard]] SystemTime bookedUntil(const Bill &bill);

/// Sums over the days or over the models: rows without the other.
[[nodiscard]] std::vector<BillRow> byDay(const BillCheck &check);
[[nodiscard]] std::vector<BillRow> byModel(const BillCheck &check);

} // namespace signalbox::ui
