// SPDX-License-Identifier: GPL-3.0-or-later
// Bills: tables are read strictly, and whatever the difference, its parts add up to it.
#include "ui/models/bill_check.h"

#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr auto kOpenAi =
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,"
    "project_id\n"
    "1790467200,1790553600,2026-09-27T00:00:00+00:00,2026-09-28T00:00:00+00:00,,,,\n"
    "1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,"
    "0.003835980000000000000000000000,usd,,\n"
    "1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,0.5,usd,"
    "\"gpt-5-nano, input_tokens\",proj_a\n";

constexpr auto kAnthropic =
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,"
    "cost_type\n"
    "2026-08-04,Claude Haiku 4.5,Default,demo,message,\xE2\x89\xA4 200k,input_no_cache,0.05,token\n"
    "2026-08-04,Claude Haiku 4.5,Default,demo,message,\xE2\x89\xA4 200k,output,0.02,token\n"
    "2026-08-05,Claude Sonnet 4.5,Default,demo,message,\xE2\x89\xA4 200k,output,0.10,token\n";

Bill billOf(const char *text)
{
    const auto table = readCsv(text);
    const auto bill = readBill(*table, *knownMapping(table->header));
    return bill ? *bill : Bill();
}

SystemTime hourOf(QDate day, int hour)
{
    return SystemTime(std::chrono::days(QDate(1970, 1, 1).daysTo(day)) + std::chrono::hours(hour));
}

CostRow booked(QDate day, int hour, const char *model, std::int64_t nanos)
{
    CostRow row;
    row.start = hourOf(day, hour);
    row.name = "openai";
    row.part = model;
    row.requests = 1;
    row.cost = Money::fromNanos(nanos);
    return row;
}

/// A month of calls by chance: some models that only one side knows, unknown prices, own calls.
std::vector<CostRow> hoursByChance(Random &random, QDate first, int days)
{
    constexpr std::array models{"gpt-4.1", "gpt-4.1-mini", "gpt-5-nano-2025-08-07", "private"};
    std::vector<CostRow> hours;
    for (int day = -1; day <= days; ++day) {
        for (int hour = 0; hour < 24; ++hour) {
            for (const char *model : models) {
                if (random.below(3) == 0) {
                    continue;
                }
                CostRow row = booked(first.addDays(day),
                                     hour,
                                     model,
                                     static_cast<std::int64_t>(random.below(3'000'000'000)));
                row.estimatedCost = random.below(4) == 0 ? row.cost : Money();
                row.unknownPriceRequests = random.below(20) == 0 ? 1 : 0;
                row.shadowCost = Money::fromNanos(static_cast<std::int64_t>(random.below(1000)));
                hours.push_back(row);
            }
        }
    }
    return hours;
}

/// What a provider whose days are \p ahead of UTC would bill for \p hours, exactly.
Bill exactBill(const std::vector<CostRow> &hours, QDate first, int days, int ahead)
{
    Bill bill;
    bill.first = first;
    bill.last = first.addDays(days - 1);
    bill.byModel = true;
    for (const CostRow &row : hours) {
        const auto start = std::chrono::floor<std::chrono::days>(row.start
                                                                 + std::chrono::hours(ahead));
        const QDate day = QDate(1970, 1, 1).addDays(start.time_since_epoch().count());
        if (day >= bill.first && day <= bill.last) {
            bill.lines.push_back({day, QString::fromStdString(*row.part), row.cost});
            bill.total += row.cost;
        }
    }
    return bill;
}

Money sumOf(const std::vector<GapPart> &parts)
{
    Money sum;
    for (const GapPart &part : parts) {
        sum += part.amount;
    }
    return sum;
}

/// Rows, sums by day, sums by model and parts tell the same.
bool addsUp(const BillCheck &check)
{
    const auto gapOf = [](const std::vector<BillRow> &rows) {
        Money gap;
        for (const BillRow &row : rows) {
            gap += row.gap();
        }
        return gap;
    };
    return gapOf(check.rows) == check.gap() && gapOf(byDay(check)) == check.gap()
           && gapOf(byModel(check)) == check.gap() && sumOf(check.parts) == check.gap();
}

const QDate kFirst(2026, 10, 1);

} // namespace

class TestBillCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tablesAreRead_data();
    void tablesAreRead();
    void faultyTablesAreRefusedWithTheirPlace_data();
    void faultyTablesAreRefusedWithTheirPlace();
    void whatIsTooLargeIsRefused();
    void whatWasWrittenIsReadBack();
    void openAisExportIsKnown();
    void anthropicsExportIsKnown();
    void anyTableCanBeMapped();
    void faultyBillsAreRefusedWithTheirPlace_data();
    void faultyBillsAreRefusedWithTheirPlace();
    void namesOfModelsAreComparable_data();
    void namesOfModelsAreComparable();
    void theSameIsNoGap();
    void whateverDiffersAddsUp();
    void eachCauseIsTold_data();
    void eachCauseIsTold();
    void anotherZonesDaysAreFound();
    void aBillWithoutModelsIsComparedByDays();
    void otherProvidersAndDaysArePassedOver();
};

void TestBillCheck::tablesAreRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("cells"); // header and rows, one after another
    const auto row = [](const char *name, const QByteArray &bytes, const QStringList &cells) {
        QTest::newRow(name) << bytes << cells;
    };
    row("plain", "a,b\n1,2\n", {u"a"_s, u"b"_s, u"1"_s, u"2"_s});
    row("no last end", "a,b\n1,2", {u"a"_s, u"b"_s, u"1"_s, u"2"_s});
    row("CRLF and blank lines at the end",
        "a,b\r\n1,2\r\n\r\n\r\n",
        {u"a"_s, u"b"_s, u"1"_s, u"2"_s});
    row("BOM",
        "\xEF\xBB\xBF"
        "a,b\n1,2\n",
        {u"a"_s, u"b"_s, u"1"_s, u"2"_s});
    row("semicolons", "a;b\n1,5;2\n", {u"a"_s, u"b"_s, u"1,5"_s, u"2"_s});
    row("tabulators", "a\tb\n1\t\n", {u"a"_s, u"b"_s, u"1"_s, u""_s});
    row("separators in quotes do not count",
        "\"a;;;;\",b\n1,2\n",
        {u"a;;;;"_s, u"b"_s, u"1"_s, u"2"_s});
    row("quotes", "a,b\n\"x, \"\"y\"\"\nz\",\"\"\n", {u"a"_s, u"b"_s, u"x, \"y\"\nz"_s, u""_s});
    row("blanks of the header", " a , b\n 1,2 \n", {u"a"_s, u"b"_s, u" 1"_s, u"2 "_s});
    row("header alone", "a,b\n", {u"a"_s, u"b"_s});
    row("letters of all kinds", "模型,b\né,2\n", {u"模型"_s, u"b"_s, u"é"_s, u"2"_s});
}

void TestBillCheck::tablesAreRead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, cells);
    const auto table = readCsv(bytes);
    QVERIFY2(table.ok(), qPrintable(table.ok() ? QString() : textOf(table.error())));
    QStringList found = table->header;
    for (const CsvRow &row : table->rows) {
        found += row.fields;
    }
    QCOMPARE(found, cells);
}

void TestBillCheck::faultyTablesAreRefusedWithTheirPlace_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("empty") << QByteArray() << 0 << 0;
    QTest::newRow("only blank") << QByteArray("\n\n") << 0 << 0;
    QTest::newRow("no columns") << QByteArray("hello\nworld\n") << 1 << 0;
    QTest::newRow("a field too few") << QByteArray("a,b\n1,2\n3\n") << 3 << 0;
    QTest::newRow("a field too many") << QByteArray("a,b\n1,2,3\n") << 2 << 0;
    QTest::newRow("a blank line inside") << QByteArray("a,b\n\n1,2\n") << 2 << 0;
    QTest::newRow("a quote that never ends") << QByteArray("a,b\n1,\"2\n3,4\n") << 2 << 2;
    QTest::newRow("a quote inside") << QByteArray("a,b\n1,2\"3\n") << 2 << 2;
    QTest::newRow("text behind a quote") << QByteArray("a,b\n\"1\"2,3\n") << 2 << 1;
    QTest::newRow("a lone carriage return") << QByteArray("a,b\n1,2\r3,4\n") << 2 << 2;
    QTest::newRow("two alike") << QByteArray("a,b,a\n1,2,3\n") << 1 << 3;
    QTest::newRow("after lines in quotes") << QByteArray("a,b\n\"1\n\n\",2\n3\n") << 5 << 0;
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                          "a\0,\0b\0",
                                          8)
                            << 0 << 0;
    QTest::newRow("Latin-1") << QByteArray("a,b\n\xE9,2\n") << 0 << 0;
    QTest::newRow("a zero byte") << QByteArray("a,b\n1,\0\n", 8) << 0 << 0;
}

void TestBillCheck::faultyTablesAreRefusedWithTheirPlace()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto table = readCsv(bytes);
    QVERIFY(!table.ok());
    QCOMPARE(table.error().line, line);
    QCOMPARE(table.error().column, column);
    QVERIFY(table.error().message.endsWith(u'.') || table.error().message.endsWith(u'?'));
}

void TestBillCheck::whatIsTooLargeIsRefused()
{
    QVERIFY(!readCsv(QByteArray(kCsvBytesMax + 1, 'a')).ok());
    QVERIFY(!readCsv("a" + QByteArray(kCsvColumnsMax, ',') + "\n").ok());
    QByteArray rows("a,b\n");
    rows.reserve(static_cast<qsizetype>(kCsvRowsMax + 10) * 4);
    for (std::size_t i = 0; i < kCsvRowsMax; ++i) {
        rows += "1,2\n";
    }
    QVERIFY(readCsv(rows).ok());
    QVERIFY(!readCsv(rows + "1,2\n").ok());
}

/// Any fields, written as RFC 4180 says, come back.
void TestBillCheck::whatWasWrittenIsReadBack()
{
    Random random(11);
    constexpr std::array<char, 8> letters{'a', ',', '"', '\n', ';', ' ', '1', '\t'};
    for (int round = 0; round < 300; ++round) {
        const auto columns = static_cast<int>(2 + random.below(5));
        QByteArray bytes;
        QStringList wanted;
        for (int row = 0; row < 1 + static_cast<int>(random.below(5)); ++row) {
            for (int column = 0; column < columns; ++column) {
                QByteArray field = row == 0 ? QByteArray("h") + QByteArray::number(column)
                                            : QByteArray();
                for (auto i = random.below(6); row > 0 && i > 0; --i) {
                    field += letters[static_cast<std::size_t>(random.below(letters.size()))];
                }
                wanted << QString::fromUtf8(field);
                bytes += (column > 0 ? "," : "");
                bytes += row == 0 ? field : '"' + QByteArray(field).replace("\"", "\"\"") + '"';
            }
            bytes += random.below(2) == 0 ? "\n" : "\r\n";
        }
        const auto table = readCsv(bytes);
        QVERIFY2(table.ok(), bytes.constData());
        QStringList found = table->header;
        for (const CsvRow &row : table->rows) {
            found += row.fields;
        }
        QCOMPARE(found, wanted);
    }
}

void TestBillCheck::openAisExportIsKnown()
{
    const Bill bill = billOf(kOpenAi);
    QCOMPARE(bill.lines.size(), std::size_t(2)); // a day without an amount says nothing
    QCOMPARE(bill.lines[0], (BilledLine{QDate(2026, 9, 28), {}, Money::fromNanos(3'835'980)}));
    QCOMPARE(bill.lines[1],
             (BilledLine{QDate(2026, 9, 28), u"gpt-5-nano"_s, Money::fromNanos(500'000'000)}));
    QVERIFY(bill.byModel);
    QCOMPARE(bill.total, Money::fromNanos(503'835'980));
}

void TestBillCheck::anthropicsExportIsKnown()
{
    const Bill bill = billOf(kAnthropic);
    QCOMPARE(bill.lines.size(), std::size_t(3));
    QCOMPARE(bill.first, QDate(2026, 8, 4));
    QCOMPARE(bill.last, QDate(2026, 8, 5));
    QCOMPARE(bill.total, Money::fromNanos(170'000'000));
    QCOMPARE(modelKey(bill.lines[0].model), u"claude-haiku-4-5"_s);
}

void TestBillCheck::anyTableCanBeMapped()
{
    const auto table = readCsv(
        "When;What;Spent\n2026-11-01;qwen-plus;$1.5\n1793577600;qwen-max;-0.25\n");
    QVERIFY(table.ok());
    QVERIFY(!knownMapping(table->header));
    QVERIFY(!guessedMapping(table->header).isUsable());
    const BillMapping mapping{.day = u"When"_s, .model = u"What"_s, .cost = u"Spent"_s};
    QCOMPARE(mappingFromText(toText(mapping)), std::optional(mapping));
    QCOMPARE(mappingFromText(u"nonsense"_s), std::nullopt);
    QCOMPARE(mappingFromText(u"\t\t\t"_s), std::nullopt);
    const auto bill = readBill(*table, mapping);
    QVERIFY(bill.ok());
    QCOMPARE(bill->total, Money::fromNanos(1'250'000'000));
    QCOMPARE(bill->last, QDate(2026, 11, 2));
    const BillMapping guessed = guessedMapping({u"Date"_s, u"Model"_s, u"Cost"_s, u"x"_s});
    QCOMPARE(guessed.day, u"Date"_s);
    QCOMPARE(guessed.cost, u"Cost"_s);
}

void TestBillCheck::faultyBillsAreRefusedWithTheirPlace_data()
{
    QTest::addColumn<QByteArray>("rows"); // of day, model, cost, currency
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("words");
    QTest::newRow("decimal comma") << QByteArray("2026-11-01,m,\"1,25\",") << 2 << 3 << u"comma"_s;
    QTest::newRow("thousands") << QByteArray("2026-11-01,m,\"1,250.00\",") << 2 << 3 << u"comma"_s;
    QTest::newRow("no amount") << QByteArray("2026-11-01,m,1,\n2026-11-02,m,free,") << 3 << 3
                               << u"no amount"_s;
    QTest::newRow("two signs") << QByteArray("2026-11-01,m,--1,") << 2 << 3 << u"no amount"_s;
    QTest::newRow("too much") << QByteArray("2026-11-01,m,1000000001,") << 2 << 3 << u"no amount"_s;
    QTest::newRow("too much together")
        << QByteArray("2026-11-01,m,999999999,\n2026-11-01,m,999999999,") << 3 << 3 << u"sum"_s;
    QTest::newRow("euros") << QByteArray("2026-11-01,m,1,EUR") << 2 << 4 << u"EUR"_s;
    QTest::newRow("a day in another form")
        << QByteArray("03/04/2026,m,1,") << 2 << 1 << u"no day"_s;
    QTest::newRow("a day that is none") << QByteArray("2026-02-30,m,1,") << 2 << 1 << u"no day"_s;
    QTest::newRow("no day") << QByteArray(",m,1,") << 2 << 1 << u"no day"_s;
    QTest::newRow("nothing in it") << QByteArray("2026-11-01,m,,") << 0 << 0 << u"No row"_s;
}

void TestBillCheck::faultyBillsAreRefusedWithTheirPlace()
{
    QFETCH(QByteArray, rows);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, words);
    const auto table = readCsv("day,model,cost,currency\n" + rows + "\n");
    QVERIFY(table.ok());
    const BillMapping mapping{.day = u"day"_s,
                              .model = u"model"_s,
                              .cost = u"cost"_s,
                              .currency = u"currency"_s};
    const auto bill = readBill(*table, mapping);
    QVERIFY(!bill.ok());
    QCOMPARE(bill.error().line, line);
    QCOMPARE(bill.error().column, column);
    QVERIFY2(bill.error().message.contains(words), qPrintable(bill.error().message));
    // Columns that are not there are named.
    const auto other = readBill(*table, {.day = u"day"_s, .cost = u"price"_s});
    QVERIFY(!other.ok() && other.error().message.contains(u"price"_s));
    QVERIFY(!readBill(*table, {}).ok());
}

void TestBillCheck::namesOfModelsAreComparable_data()
{
    QTest::addColumn<QString>("ours");
    QTest::addColumn<QString>("theirs");
    QTest::newRow("display name") << u"claude-haiku-4-5-20251001"_s << u"Claude Haiku 4.5"_s;
    QTest::newRow("version") << u"gpt-4o-mini"_s << u"gpt-4o-mini-2024-07-18"_s;
    QTest::newRow("dots") << u"gpt-4.1"_s << u"GPT-4.1"_s;
    QTest::newRow("latest") << u"mistral-large-latest"_s << u"mistral-large"_s;
}

void TestBillCheck::namesOfModelsAreComparable()
{
    QFETCH(QString, ours);
    QFETCH(QString, theirs);
    QCOMPARE(modelKey(ours), modelKey(theirs));
    QVERIFY(modelKey(u"gpt-4.1"_s) != modelKey(u"gpt-4.1-mini"_s));
}

void TestBillCheck::theSameIsNoGap()
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        const auto hours = hoursByChance(random, kFirst, 12);
        const BillCheck check = checkBill(exactBill(hours, kFirst, 12, 0), u"openai"_s, hours);
        QCOMPARE(check.gap(), Money());
        QVERIFY(check.parts.empty());
        QVERIFY(!check.daysAhead);
        QVERIFY(addsUp(check));
    }
}

/// Bills by chance, their lines in any order: rows, sums and parts agree to the nano-dollar.
void TestBillCheck::whateverDiffersAddsUp()
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        const auto hours = hoursByChance(random, kFirst, 8);
        Bill bill = exactBill(hours, kFirst, 8, static_cast<int>(random.below(27)) - 12);
        std::erase_if(bill.lines, [&](const BilledLine &) { return random.below(9) == 0; });
        std::erase_if(bill.lines, [&](const BilledLine &line) {
            return seed % 3 == 0 && line.model == u"private"_s;
        });
        for (BilledLine &line : bill.lines) {
            if (random.below(5) == 0) {
                line.cost += Money::fromNanos(static_cast<std::int64_t>(random.below(900'000'000))
                                              - 450'000'000);
            }
            if (random.below(40) == 0) {
                line.model = u"Somebody Else's"_s;
            }
        }
        const BillCheck check = checkBill(bill, u"openai"_s, hours);
        QVERIFY2(addsUp(check), std::to_string(seed).c_str());
        Money theirs;
        for (const BilledLine &line : bill.lines) {
            theirs += line.cost;
        }
        QCOMPARE(check.theirs, theirs);
        std::ranges::reverse(bill.lines);
        const BillCheck again = checkBill(bill, u"openai"_s, hours);
        QCOMPARE(again.rows.size(), check.rows.size());
        QCOMPARE(again.parts, check.parts);
    }
}

void TestBillCheck::eachCauseIsTold_data()
{
    QTest::addColumn<GapCause>("cause");
    for (const auto &[name, cause] : {std::pair{"own calls", GapCause::OwnCalls},
                                      std::pair{"not called", GapCause::NotCalled},
                                      std::pair{"not billed", GapCause::NotBilled},
                                      std::pair{"unknown prices", GapCause::UnknownPrices},
                                      std::pair{"price", GapCause::Price},
                                      std::pair{"estimates", GapCause::Estimates},
                                      std::pair{"rest", GapCause::Rest}}) {
        QTest::newRow(name) << cause;
    }
}

void TestBillCheck::eachCauseIsTold()
{
    QFETCH(GapCause, cause);
    std::vector<CostRow> hours;
    Bill bill{.lines = {},
              .first = kFirst,
              .last = kFirst.addDays(3),
              .total = {},
              .byModel = true};
    for (int day = 0; day < 4; ++day) {
        CostRow row = booked(kFirst.addDays(day), 12, "gpt-4.1", 1'000'000'000 + day);
        BilledLine line{kFirst.addDays(day), u"gpt-4.1"_s, row.cost};
        switch (cause) {
        case GapCause::OwnCalls:
            row.shadowCost = Money::fromNanos(3'000);
            row.healthCheckCost = Money::fromNanos(4'000);
            line.cost += Money::fromNanos(7'000);
            break;
        case GapCause::NotCalled:
            bill.lines.push_back({line.day, u"o3"_s, Money::fromNanos(5)});
            break;
        case GapCause::NotBilled:
            hours.push_back(booked(line.day, 12, "text-embedding-3-small", 5));
            break;
        case GapCause::UnknownPrices:
            row.unknownPriceRequests = 2;
            line.cost += Money::fromNanos(90'000'000);
            break;
        case GapCause::Price:
            line.cost = Money::fromNanos(row.cost.nanos() / 2);
            break;
        case GapCause::Estimates:
            row.estimatedCost = Money::fromNanos(400'000);
            line.cost += Money::fromNanos(day % 2 == 0 ? 300'000 : 100'000);
            break;
        case GapCause::Rest:
            line.cost += Money::fromNanos(day == 0 ? 250'000'000 : 0);
            break;
        }
        hours.push_back(row);
        bill.lines.push_back(line);
    }
    const BillCheck check = checkBill(bill, u"openai"_s, hours);
    QCOMPARE(check.parts.size(), std::size_t(1));
    QCOMPARE(check.parts.front().cause, cause);
    QVERIFY(!check.parts.front().models.isEmpty());
    QVERIFY(addsUp(check));
    if (cause == GapCause::Price) {
        QVERIFY(std::abs(check.parts.front().share - 0.5) < 1e-6);
    }
}

void TestBillCheck::anotherZonesDaysAreFound()
{
    for (const int ahead : {-8, -5, 2, 8}) {
        Random random(static_cast<std::uint64_t>(ahead + 100));
        const auto hours = hoursByChance(random, kFirst, 14);
        const Bill bill = exactBill(hours, kFirst, 14, ahead);
        const BillCheck check = checkBill(bill, u"openai"_s, hours);
        QCOMPARE(check.daysAhead, std::optional(ahead));
        // By those days there is no gap, and nothing more to be found.
        const BillCheck shifted = checkBill(bill, u"openai"_s, hours, ahead);
        QCOMPARE(shifted.gap(), Money());
        QVERIFY(!shifted.daysAhead);
        // What was asked of the ledger reaches as far as any zone.
        QVERIFY(bookedSince(bill) <= hourOf(kFirst, -14));
        QVERIFY(bookedUntil(bill) >= hourOf(kFirst.addDays(14), 12));
    }
}

void TestBillCheck::aBillWithoutModelsIsComparedByDays()
{
    const std::vector<CostRow> hours{booked(kFirst, 1, "a", 5), booked(kFirst, 2, "b", 7)};
    const Bill bill{.lines = {{kFirst, {}, Money::fromNanos(20)}},
                    .first = kFirst,
                    .last = kFirst,
                    .total = Money::fromNanos(20),
                    .byModel = false};
    const BillCheck check = checkBill(bill, u"openai"_s, hours);
    QCOMPARE(check.rows.size(), std::size_t(1));
    QCOMPARE(check.rows.front().ours, std::optional(Money::fromNanos(12)));
    QCOMPARE(check.gap(), Money::fromNanos(8));
    QVERIFY(addsUp(check));
}

void TestBillCheck::otherProvidersAndDaysArePassedOver()
{
    CostRow other = booked(kFirst, 1, "a", 5);
    other.name = "qwen";
    const std::vector<CostRow> hours{other,
                                     booked(kFirst.addDays(-1), 23, "a", 5),
                                     booked(kFirst.addDays(1), 0, "a", 5),
                                     booked(kFirst, 0, "a", 7)};
    const Bill bill{.lines = {{kFirst, u"a"_s, Money::fromNanos(7)}},
                    .first = kFirst,
                    .last = kFirst,
                    .total = Money::fromNanos(7),
                    .byModel = true};
    QCOMPARE(checkBill(bill, u"openai"_s, hours).gap(), Money());
}

QTEST_APPLESS_MAIN(TestBillCheck)
#include "tst_bill_check.moc"
