// SPDX-License-Identifier: GPL-3.0-or-later
// What the console writes of a cost, against what the ledger has.
#include "app/console/attempt_bill.h"
#include "tests/unit/runtime/ledger_samples.h"
#include "ui/models/explanation_cost.h"

#include "core/base/random.h"
#include "core/pricing/cost.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_store.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>

using namespace signalbox;
using namespace signalbox::app;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

TokenPrice priceBelow(Random &random, std::uint64_t picos)
{
    return TokenPrice::fromPicosPerToken(static_cast<std::int64_t>(random.below(picos)));
}

/// Prices of all kinds: in tiers, with hours and thinking, free, of a fraction of a nanodollar.
PriceTable randomTable(Random &random)
{
    PriceTable table;
    for (std::int64_t from = 0; from < 300'000; from += 100'000) {
        PriceRow row{from,
                     priceBelow(random, 4'000'000),
                     priceBelow(random, 400'000),
                     priceBelow(random, 5'000'000),
                     priceBelow(random, 20'000'000)};
        if (random.below(2) == 0) {
            row.cacheWriteHour = priceBelow(random, 8'000'000);
            row.thinkingOutput = priceBelow(random, 60'000'000);
        }
        table.rows.push_back(row);
        if (random.below(2) == 0) {
            break;
        }
    }
    return table;
}

/// An attempt as the gateway settles it: cached, reasoning, estimated, stated, unknown, or not billed.
AttemptRecord settledAttempt(Random &random)
{
    constexpr std::array outcomes{OutcomeClass::Success,
                                  OutcomeClass::ServerError,
                                  OutcomeClass::Outrun,
                                  OutcomeClass::IdleTimeout};
    AttemptRecord attempt;
    attempt.target = TargetId("p/m");
    attempt.outcome = outcomes[random.below(outcomes.size())];
    attempt.cost.amount = Money();
    if (attempt.outcome == OutcomeClass::ServerError) {
        return attempt;
    }
    const auto tokens = [&random](std::uint64_t below) {
        return static_cast<std::int64_t>(random.below(below));
    };
    Usage usage;
    usage.promptTokens = tokens(300'000);
    usage.cachedTokens = tokens(50'000);
    usage.cacheWriteTokens = tokens(9000);
    usage.cacheWriteHourTokens = tokens(4000);
    usage.completionTokens = tokens(20'000);
    usage.reasoningTokens = random.below(2) == 0 ? tokens(3000) : 0;
    usage.estimated = random.below(4) == 0;
    const auto kind = random.below(6);
    if (kind == 0) {
        usage.statedCost = Money::fromNanos(tokens(1'000'000'000));
    }
    const PriceTable table = kind == 1 ? PriceTable{} : randomTable(random);
    attempt.usage = usage;
    attempt.cost = pricing::costOf(usage, table);
    const PriceRow *row = pricing::priceRow(table, usage.promptTokens);
    if (row != nullptr && !usage.statedCost) {
        attempt.price = AppliedPrice{"m", random.below(2) == 0, std::nullopt, *row};
        attempt.promptCacheSaved = pricing::promptCacheSaving(usage, *row);
    }
    return attempt;
}

/// The picodollars behind the last `$` of a displayed line.
std::int64_t picosIn(const QString &line)
{
    const QString amount = line.section(u'$', -1);
    const QString fraction = amount.section(u'.', 1).leftJustified(12, u'0');
    return amount.section(u'.', 0, 0).toLongLong() * 1'000'000'000'000 + fraction.toLongLong();
}

std::vector<RequestRecord> mixedDay()
{
    Random random(61);
    std::vector<RequestRecord> records;
    for (int i = 0; i < 2000; ++i) {
        RequestRecord record = plainRecord("r" + std::to_string(10'000 + i),
                                           at("2026-11-22") + Seconds(i * 43));
        record.attempts.clear();
        record.cost = {Money(), false};
        for (auto left = random.below(4); left > 0; --left) {
            record.attempts.push_back(settledAttempt(random));
            const Cost &cost = record.attempts.back().cost;
            record.cost.amount = cost.amount && record.cost.amount
                                     ? std::optional(*record.cost.amount + *cost.amount)
                                     : std::nullopt;
        }
        records.push_back(std::move(record));
    }
    return records;
}

} // namespace

class TestBills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void costsLineByLineAreTheLedgers();
};

/// Goal: what is displayed line by line comes to what the ledger has, to the nano-dollar, whatever the
/// configuration says by now. Method: two thousand requests of every kind through the file, and the
/// words themselves are added up.
void TestBills::costsLineByLineAreTheLedgers()
{
    const auto records = mixedDay();
    const QTemporaryDir dir;
    const std::string path = dir.filePath(u"ledger.sqlite"_s).toStdString();
    {
        auto store = runtime::LedgerStore::open(path);
        std::vector<runtime::LedgerEntry> entries;
        for (const RequestRecord &record : records) {
            entries.emplace_back(std::make_shared<const RequestRecord>(record));
        }
        QVERIFY(store.ok() && store->write(entries).ok());
    }
    auto reader = runtime::LedgerReader::open(path);
    QVERIFY(reader.ok());
    int lines = 0;
    for (const RequestRecord &written : records) {
        const auto record = *reader->request(written.id);
        QVERIFY(record && *record == written);
        ui::ExplainedBy by;
        by.bill = [](const AttemptRecord &attempt, SystemTime) { return keptBill(attempt); };
        std::int64_t attempts = 0;
        const ui::ExplanationLine cost = ui::costLine(*record, by);
        auto part = cost.parts.begin();
        for (const AttemptRecord &attempt : record->attempts) {
            if (!attempt.usage && !attempt.cost.amount) {
                continue; // billed nothing, and has no line
            }
            std::int64_t picos = 0;
            for (const ui::ExplanationLine &line : part->parts) {
                QVERIFY2(!line.text.contains(u"fault"), qPrintable(line.text));
                picos += line.text.contains(u'=') ? picosIn(line.text) : 0;
                ++lines;
            }
            if (attempt.price) {
                QCOMPARE((picos + 500) / 1000, attempt.cost.amount->nanos());
            }
            attempts += attempt.cost.amount.value_or(Money()).nanos();
            ++part;
        }
        if (record->cost.amount) {
            QCOMPARE(attempts, record->cost.amount->nanos());
            const bool hasSum = std::any_of(part, cost.parts.end(), [](const auto &line) {
                return line.text.startsWith(u"Sum: $");
            });
            QVERIFY2(attempts == 0 || hasSum, written.id.c_str());
        }
    }
    QVERIFY(lines > 5000);
}

QTEST_GUILESS_MAIN(TestBills)
#include "tst_bills.moc"
