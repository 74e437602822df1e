// SPDX-License-Identifier: GPL-3.0-or-later
// What a provider says it bills: amounts by day and model, from a table that it exports.
#pragma once

#include "ui/models/bill_csv.h"

#include "core/base/money.h"

#include <QDate>
#include <QString>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// Which column says what, by the columns' names; empty: none does.
struct BillMapping
{
    QString format = {}; ///< for people: `OpenAI, costs`; empty: chosen by hand
    QString day;
    QString model = {}; ///< empty: the bill is by days alone
    QString cost; ///< in US dollars
    QString currency = {};

    [[nodiscard]] bool isUsable() const { return !day.isEmpty() && !cost.isEmpty() && day != cost; }
    friend bool operator==(const BillMapping &, const BillMapping &) = default;
};

/// The mapping of an export that is known, by its header. OpenAI's costs (platform.openai.com, Usage,
/// Export) and Anthropic's (console, Cost, Export), as of 2026; nothing for others.
[[nodiscard]] std::optional<BillMapping> knownMapping(const QStringList &header);
/// The most likely one of any table, by its columns' names; what cannot be guessed is empty.
[[nodiscard]] BillMapping guessedMapping(const QStringList &header);

/// As one line, to be kept in settings, and back. Column names with a tabulator are not kept.
[[nodiscard]] QString toText(const BillMapping &mapping);
[[nodiscard]] std::optional<BillMapping> mappingFromText(const QString &text);

struct BilledLine
{
    QDate day; ///< as the provider counts days
    QString model; ///< as it writes it; empty: it is not told
    Money cost; ///< negative for a credit

    friend bool operator==(const BilledLine &, const BilledLine &) = default;
};

struct Bill
{
    std::vector<BilledLine> lines; ///< as in the file, one for each day and model at least
    QDate first;
    QDate last; ///< included
    Money total;
    bool byModel = false; ///< at least one line names a model
};

/// Amounts that no bill has, which would only let sums overflow.
inline constexpr std::int64_t kBillUsdMax = 1'000'000'000;

/// Reads \p table by \p mapping. Days are `2026-11-23`, with a time behind it or not, or seconds since
/// 1970; anything else could be read in two ways and is refused, as are amounts with a decimal comma
/// and in other currencies. A row without an amount says nothing. Models such as `gpt-5-nano,
/// input_tokens` are what stands before the comma.
[[nodiscard]] Result<Bill, CsvFault> readBill(const CsvTable &table, const BillMapping &mapping);

/// A model's name as it can be compared: `Claude Haiku 4.5` and `claude-haiku-4-5-20251001` are one.
[[nodiscard]] QString modelKey(const QString &name);

} // namespace signalbox::ui
