// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bill.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct BillWords
{
    Q_DECLARE_TR_FUNCTIONS(BillWords)
};

/// The first of \p names that is a column, whatever its case.
QString columnOf(const QStringList &header, const QStringList &names)
{
    for (const QString &name : names) {
        for (const QString &column : header) {
            if (column.compare(name, Qt::CaseInsensitive) == 0) {
                return column;
            }
        }
    }
    return {};
}

/// Where the mapping's columns stand in a row; -1: there is none.
struct Places
{
    qsizetype day = -1;
    qsizetype model = -1;
    qsizetype cost = -1;
    qsizetype currency = -1;
};

CsvFault faultAt(const CsvRow &row, qsizetype place, const QString &message)
{
    return {.line = row.line, .column = static_cast<int>(place) + 1, .message = message};
}

std::optional<QDate> dayOf(const QString &text)
{
    static const QRegularExpression iso(u"^(\\d{4}-\\d\\d-\\d\\d)([T ].*)?$"_s);
    static const QRegularExpression seconds(u"^\\d{9,10}$"_s);
    if (const auto match = iso.match(text); match.hasMatch()) {
        const QDate day = QDate::fromString(match.captured(1), Qt::ISODate);
        return day.isValid() ? std::optional(day) : std::nullopt;
    }
    if (seconds.match(text).hasMatch()) {
        return QDateTime::fromSecsSinceEpoch(text.toLongLong(), Qt::UTC).date();
    }
    return std::nullopt;
}

/// `0.0038`, `-1.25`, `$12`, `1.5e-7`; a sentence's end where it is none.
Result<Money, QString> amountOf(QString text)
{
    if (text.contains(u',')) {
        return Failure{BillWords::tr("%1 is written with a comma: export amounts with a decimal "
                                     "point and without thousands separators.")
                           .arg(text)};
    }
    const QString written = text;
    const bool negative = text.startsWith(u'-');
    text.remove(0, negative ? 1 : 0);
    text.remove(0, text.startsWith(u'$') ? 1 : 0);
    const auto amount = text.startsWith(u'-') ? std::nullopt
                                              : Money::fromDecimal(text.toStdString());
    if (!amount || amount->nanos() > kBillUsdMax * 1'000'000'000) {
        return Failure{BillWords::tr("%1 is no amount.").arg(written)};
    }
    return negative ? Money() - *amount : *amount;
}

Result<Places, CsvFault> placesOf(const CsvTable &table, const BillMapping &mapping)
{
    Places places;
    const std::pair<const QString &, qsizetype &> wanted[] = {{mapping.day, places.day},
                                                              {mapping.model, places.model},
                                                              {mapping.cost, places.cost},
                                                              {mapping.currency, places.currency}};
    for (const auto &[name, place] : wanted) {
        place = name.isEmpty() ? -1 : table.header.indexOf(name);
        if (!name.isEmpty() && place < 0) {
            return Failure{CsvFault{.line = 1,
                                    .column = 0,
                                    .message = BillWords::tr("There is no column %1.").arg(name)}};
        }
    }
    if (!mapping.isUsable()) {
        return Failure{
            CsvFault{.line = 1,
                     .column = 0,
                     .message = BillWords::tr("Say which columns have the day and the amount.")}};
    }
    return places;
}

/// Nothing for a row that says nothing.
Result<std::optional<BilledLine>, CsvFault> lineOf(const CsvRow &row, const Places &places)
{
    const auto field = [&](qsizetype place) {
        return place < 0 ? QString() : row.fields[place].trimmed();
    };
    if (field(places.cost).isEmpty()) {
        return std::optional<BilledLine>();
    }
    const QString currency = field(places.currency);
    if (!currency.isEmpty() && currency.compare(u"usd"_s, Qt::CaseInsensitive) != 0) {
        return Failure{faultAt(row,
                               places.currency,
                               BillWords::tr("The amount is in %1: only US dollars can be compared "
                                             "with what is booked here.")
                                   .arg(currency))};
    }
    const auto day = dayOf(field(places.day));
    if (!day) {
        return Failure{
            faultAt(row,
                    places.day,
                    BillWords::tr("%1 is no day such as 2026-11-23.").arg(field(places.day)))};
    }
    const auto amount = amountOf(field(places.cost));
    if (!amount) {
        return Failure{faultAt(row, places.cost, amount.error())};
    }
    return std::optional(BilledLine{.day = *day,
                                    .model = field(places.model).section(u',', 0, 0).trimmed(),
                                    .cost = *amount});
}

} // namespace

std::optional<BillMapping> knownMapping(const QStringList &header)
{
    const auto has = [&](const QString &name) { return header.contains(name); };
    if (has(u"start_time_iso"_s) && has(u"amount_value"_s) && has(u"line_item"_s)) {
        return BillMapping{.format = BillWords::tr("OpenAI, costs"),
                           .day = u"start_time_iso"_s,
                           .model = u"line_item"_s,
                           .cost = u"amount_value"_s,
                           .currency = has(u"amount_currency"_s) ? u"amount_currency"_s
                                                                 : QString()};
    }
    if (has(u"usage_date_utc"_s) && has(u"cost_usd"_s)) {
        return BillMapping{.format = BillWords::tr("Anthropic, costs"),
                           .day = u"usage_date_utc"_s,
                           .model = has(u"model"_s) ? u"model"_s : QString(),
                           .cost = u"cost_usd"_s};
    }
    return std::nullopt;
}

BillMapping guessedMapping(const QStringList &header)
{
    BillMapping mapping;
    mapping.day = columnOf(header,
                           {u"date"_s,
                            u"day"_s,
                            u"usage_date"_s,
                            u"start_time_iso"_s,
                            u"start_time"_s,
                            u"created_at"_s,
                            u"timestamp"_s,
                            u"time"_s});
    mapping.model = columnOf(header,
                             {u"model"_s,
                              u"model_name"_s,
                              u"model_permaslug"_s,
                              u"sku"_s,
                              u"line_item"_s,
                              u"product"_s});
    mapping.cost = columnOf(header,
                            {u"cost_usd"_s,
                             u"cost"_s,
                             u"cost_total"_s,
                             u"amount"_s,
                             u"amount_value"_s,
                             u"amount_usd"_s,
                             u"total_cost"_s,
                             u"total"_s,
                             u"spend"_s});
    mapping.currency = columnOf(header, {u"currency"_s, u"amount_currency"_s});
    return mapping;
}

QString toText(const BillMapping &mapping)
{
    return QStringList{mapping.day, mapping.model, mapping.cost, mapping.currency}.join(u'\t');
}

std::optional<BillMapping> mappingFromText(const QString &text)
{
    const QStringList parts = text.split(u'\t');
    if (parts.size() != 4) {
        return std::nullopt;
    }
    BillMapping mapping;
    mapping.day = parts[0];
    mapping.model = parts[1];
    mapping.cost = parts[2];
    mapping.currency = parts[3];
    return mapping.isUsable() ? std::optional(mapping) : std::nullopt;
}

Result<Bill, CsvFault> readBill(const CsvTable &table, const BillMapping &mapping)
{
    const auto places = placesOf(table, mapping);
    if (!places) {
        return Failure{places.error()};
    }
    Bill bill;
    constexpr std::int64_t nanosMax = kBillUsdMax * 1'000'000'000;
    for (const CsvRow &row : table.rows) {
        auto line = lineOf(row, *places);
        if (!line) {
            return Failure{line.error()};
        }
        if (!*line) {
            continue;
        }
        bill.total += (*line)->cost;
        if (bill.total.nanos() > nanosMax || bill.total.nanos() < -nanosMax) {
            return Failure{faultAt(row, places->cost, BillWords::tr("The sum is no bill's."))};
        }
        bill.byModel = bill.byModel || !(*line)->model.isEmpty();
        bill.first = bill.first.isValid() ? std::min(bill.first, (*line)->day) : (*line)->day;
        bill.last = bill.last.isValid() ? std::max(bill.last, (*line)->day) : (*line)->day;
        bill.lines.push_back(std::move(**line));
    }
    if (bill.lines.empty()) {
        return Failure{
            CsvFault{.line = 0, .column = 0, .message = BillWords::tr("No row has an amount.")}};
    }
    return bill;
}

QString modelKey(const QString &name)
{
    static const QRegularExpression gaps(u"[^a-z0-9]+"_s);
    static const QRegularExpression version(u"-(20\\d{6}|20\\d\\d-\\d\\d-\\d\\d|latest)$"_s);
    QString key = name.toLower();
    key.replace(gaps, u"-"_s);
    key.remove(version);
    while (key.endsWith(u'-')) {
        key.chop(1);
    }
    return key;
}

} // namespace signalbox::ui
