// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/faulty_disk.h"
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <numeric>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

constexpr Millis kPatience{20'000};
/// For a second connection: the writer prunes as soon as it starts.
constexpr auto kWaitForWriter = "PRAGMA busy_timeout=20000";

using Shared = std::shared_ptr<const RequestRecord>;

std::vector<Shared> shared(std::vector<RequestRecord> records)
{
    std::vector<Shared> list;
    for (RequestRecord &record : records) {
        list.push_back(std::make_shared<const RequestRecord>(std::move(record)));
    }
    return list;
}

/// Quick to fail and to try again, so that tests need not wait.
LedgerWriterSettings impatient()
{
    LedgerWriterSettings settings;
    settings.commitEvery = Millis(10);
    settings.retryFirst = Millis(10);
    settings.retryMax = Millis(50);
    settings.clock = [] { return at("2026-11-23"); };
    return settings;
}

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

} // namespace

class TestLedgerWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesWhatWasSubmitted();
    void commitsWithinTheInterval();
    void stopWritesWhatIsLeft();
    void takesNothingAfterStop();
    void keepsAuditAcrossAFullQueue();
    void fullQueueDropsCountsAndNeverBlocks();
    void isBehindWhenManyWaitOrSomeWaitLong();
    void survivesAFullDisk();
    void survivesInputOutputErrors();
    void givesUpAtStopWhenTheDiskStaysFull();
    void oneEntryThatIsRefusedDoesNotHoldUpTheOthers();
    void sumsEqualTheRecordsToTheNano();
    void prunesByAge();
    void keepsForGoodWithZeroDays();
    void submitsFromManyThreads();
    void twoOnOneFileLoseNothing();
    void reportsTheCostOfARecord();

private:
    [[nodiscard]] std::string path() const { return m_dir->filePath("ledger.db").toStdString(); }
    [[nodiscard]] std::unique_ptr<LedgerWriter> writer(LedgerWriterSettings settings = impatient(),
                                                       int days = 90) const;
    [[nodiscard]] std::int64_t count(const std::string &table) const;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestLedgerWriter::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<LedgerWriter> TestLedgerWriter::writer(LedgerWriterSettings settings,
                                                       int days) const
{
    auto store = LedgerStore::open(path());
    return store ? std::make_unique<LedgerWriter>(std::move(*store), days, std::move(settings))
                 : nullptr;
}

std::int64_t TestLedgerWriter::count(const std::string &table) const
{
    auto database = Database::open(path(), Database::Mode::ReadOnly);
    return *database->integer("SELECT count(*) FROM " + table);
}

void TestLedgerWriter::writesWhatWasSubmitted()
{
    const auto records = randomRecords(1, 1500, at("2026-11-22"));
    const auto ledger = writer();
    for (const Shared &record : shared(records)) {
        QVERIFY(ledger->submit(record));
    }
    QVERIFY(ledger->flush(kPatience));
    auto reader = LedgerReader::open(path());
    for (const RequestRecord &record : records) {
        QVERIFY(**reader->request(record.id) == record);
    }
    const auto health = ledger->health();
    QVERIFY(health.healthy && health.problem.empty());
    QCOMPARE(health.written, std::int64_t(1500));
    QCOMPARE(health.queued, std::int64_t(0));
    QCOMPARE(health.dropped, std::int64_t(0));
}

void TestLedgerWriter::commitsWithinTheInterval()
{
    // Nobody flushes: one lone record must arrive by itself, well within a second.
    const auto ledger = writer(LedgerWriterSettings{});
    QElapsedTimer timer;
    timer.start();
    QVERIFY(ledger->submit(std::make_shared<RequestRecord>(plainRecord("r", at("2026-11-22")))));
    QTRY_VERIFY_WITH_TIMEOUT(ledger->health().written == 1, 5000);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(count("requests"), std::int64_t(1));
}

void TestLedgerWriter::stopWritesWhatIsLeft()
{
    LedgerWriterSettings slow = impatient();
    slow.commitEvery = Millis(60'000);
    const auto ledger = writer(slow);
    for (const Shared &record : shared(randomRecords(2, 700, at("2026-11-22")))) {
        ledger->submit(record);
    }
    QVERIFY(ledger->stop(kPatience));
    QVERIFY(ledger->stop(kPatience)); // again: nothing happens
    QCOMPARE(count("requests"), std::int64_t(700));
}

void TestLedgerWriter::takesNothingAfterStop()
{
    const auto ledger = writer();
    QVERIFY(ledger->stop(kPatience));
    QVERIFY(!ledger->submit(std::make_shared<RequestRecord>()));
    QCOMPARE(ledger->health().dropped, std::int64_t(1));
}

void TestLedgerWriter::keepsAuditAcrossAFullQueue()
{
    LedgerWriterSettings settings = impatient();
    settings.queueMax = 5;
    settings.auditReserve = 2;
    FaultyDisk disk;
    const auto ledger = writer(settings);
    disk.failFull();
    for (int i = 0; i < 5; ++i) {
        QVERIFY(ledger->submit(std::make_shared<RequestRecord>(
            plainRecord("r" + std::to_string(i), at("2026-11-22")))));
    }
    QVERIFY(!ledger->submit(std::make_shared<RequestRecord>(plainRecord("x", at("2026-11-22")))));
    const AuditEntry act{0, at("2026-11-22"), "night-shift", "trip", "qwen/qwen-plus", "slow", ""};
    QVERIFY(ledger->submitAudit(act));
    QVERIFY(ledger->submitAudit(act));
    QVERIFY(!ledger->submitAudit(act));
    disk.repair();
    QVERIFY(ledger->flush(kPatience));
    QCOMPARE(count("audit"), std::int64_t(2));
    QCOMPARE(ledger->health().written, std::int64_t(5)); // requests
    QCOMPARE(ledger->health().dropped, std::int64_t(2));
}

void TestLedgerWriter::fullQueueDropsCountsAndNeverBlocks()
{
    // Goal: the gateway never waits for the disk. Method: another connection holds the write lock,
    // so that the writer is stuck for as long as we like, and far more comes than the queue takes.
    LedgerWriterSettings settings = impatient();
    settings.queueMax = 1000;
    const auto ledger = writer(settings);
    auto lock = Database::open(path(), Database::Mode::ReadWriteCreate);
    QVERIFY(lock->execute(kWaitForWriter).ok() && lock->execute("BEGIN IMMEDIATE").ok());
    const auto records = shared(randomRecords(3, 5000, at("2026-11-22")));
    std::vector<qint64> nanos;
    std::int64_t taken = 0;
    for (const Shared &record : records) {
        QElapsedTimer timer;
        timer.start();
        taken += ledger->submit(record) ? 1 : 0;
        nanos.push_back(timer.nsecsElapsed());
    }
    std::sort(nanos.begin(), nanos.end());
    QVERIFY2(nanos[nanos.size() / 2] < 50'000, qPrintable(QString::number(nanos[2500])));
    QVERIFY2(std::accumulate(nanos.begin(), nanos.end(), qint64(0)) < 1'000'000'000, "blocked");
    QCOMPARE(taken, std::int64_t(1000));
    QCOMPARE(ledger->health().dropped, std::int64_t(4000));
    QCOMPARE(ledger->health().queued, std::int64_t(1000));
    QTRY_VERIFY_WITH_TIMEOUT(ledger->health().problem.find("busy") == 0, 5000);
    QVERIFY(!ledger->health().healthy);
    QVERIFY(lock->execute("COMMIT").ok());
    QVERIFY(ledger->flush(kPatience));
    QVERIFY(ledger->health().healthy);
    QCOMPARE(ledger->health().written, std::int64_t(1000));
    QCOMPARE(count("requests"), std::int64_t(1000));
}

void TestLedgerWriter::isBehindWhenManyWaitOrSomeWaitLong()
{
    LedgerWriterSettings settings = impatient();
    settings.behindAt = 10;
    settings.behindAfter = Millis(3'600'000);
    LedgerWriterSettings hasty = settings;
    hasty.behindAfter = Millis(0);
    FaultyDisk disk;
    const auto records = shared(randomRecords(5, 20, at("2026-11-22")));
    const auto submit = [&](LedgerWriter &ledger, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            QVERIFY(ledger.submit(records[i]));
        }
    };
    const auto ledger = writer(settings);
    disk.failFull();
    submit(*ledger, 0, 10);
    QVERIFY(!ledger->isBehind());
    submit(*ledger, 10, 11);
    QVERIFY(ledger->isBehind());
    ledger->keepPace(); // to no effect on what is written
    disk.repair();
    QVERIFY(ledger->flush(kPatience));
    QVERIFY(!ledger->isBehind());
    ledger->keepPace();
    submit(*ledger, 11, 15);
    QVERIFY(ledger->flush(kPatience));
    QCOMPARE(ledger->health().written, std::int64_t(15));

    const auto second = writer(hasty);
    QVERIFY(!second->isBehind());
    disk.failFull();
    submit(*second, 15, 16);
    QTRY_VERIFY_WITH_TIMEOUT(disk.refusals() > 0, 10'000);
    submit(*second, 16, 17); // waits behind the one that is refused
    QTRY_VERIFY(second->isBehind());
    disk.repair();
    QVERIFY(second->flush(kPatience));
    QVERIFY(!second->isBehind());
}

void TestLedgerWriter::survivesAFullDisk()
{
    FaultyDisk disk;
    const auto ledger = writer();
    const auto records = shared(randomRecords(4, 600, at("2026-11-22")));
    for (std::size_t i = 0; i < 300; ++i) {
        QVERIFY(ledger->submit(records[i]));
    }
    QVERIFY(ledger->flush(kPatience));
    disk.failFull();
    for (std::size_t i = 300; i < 600; ++i) {
        QVERIFY(ledger->submit(records[i])); // serving goes on
    }
    QTRY_VERIFY_WITH_TIMEOUT(disk.refusals() > 3, 10'000);
    auto health = ledger->health();
    QVERIFY(!health.healthy);
    QVERIFY2(health.problem.find("disk_full") == 0, health.problem.c_str());
    QCOMPARE(health.queued, std::int64_t(300));
    QVERIFY(LedgerReader::open(path())->requests({}).ok()); // and can be read
    disk.repair();
    QTRY_VERIFY_WITH_TIMEOUT(ledger->health().written == 600, 10'000);
    health = ledger->health();
    QVERIFY(health.healthy && health.problem.empty());
    QCOMPARE(health.dropped, std::int64_t(0));
    QCOMPARE(count("requests"), std::int64_t(600));
}

void TestLedgerWriter::survivesInputOutputErrors()
{
    FaultyDisk disk;
    const auto ledger = writer();
    disk.failInputOutput();
    const auto records = shared(randomRecords(5, 50, at("2026-11-22")));
    for (const Shared &record : records) {
        QVERIFY(ledger->submit(record));
    }
    QTRY_VERIFY_WITH_TIMEOUT(ledger->health().problem.find("input_output") == 0, 10'000);
    disk.repair();
    QVERIFY(ledger->flush(kPatience));
    QVERIFY(ledger->health().healthy);
    QCOMPARE(count("requests"), std::int64_t(50));
}

void TestLedgerWriter::givesUpAtStopWhenTheDiskStaysFull()
{
    FaultyDisk disk;
    const auto ledger = writer();
    disk.failFull();
    for (const Shared &record : shared(randomRecords(6, 1200, at("2026-11-22")))) {
        QVERIFY(ledger->submit(record));
    }
    QVERIFY(!ledger->flush(Millis(30)));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!ledger->stop(Millis(100)));
    QVERIFY(timer.elapsed() < 5000);
    QCOMPARE(ledger->health().dropped, std::int64_t(1200));
    QCOMPARE(ledger->health().queued, std::int64_t(0));
    QVERIFY(!ledger->health().healthy);
}

void TestLedgerWriter::oneEntryThatIsRefusedDoesNotHoldUpTheOthers()
{
    auto other = Database::open(path(), Database::Mode::ReadWriteCreate);
    QVERIFY(other->execute(kWaitForWriter).ok()); // which begins with a look at what to delete
    const auto ledger = writer();
    QVERIFY(other
                ->execute("CREATE TRIGGER t BEFORE INSERT ON requests WHEN new.id='bad'"
                          " BEGIN SELECT RAISE(ABORT,'no'); END")
                .ok());
    for (const char *id : {"a", "bad", "b"}) {
        QVERIFY(ledger->submit(std::make_shared<RequestRecord>(plainRecord(id, at("2026-11-22")))));
    }
    QVERIFY(ledger->flush(kPatience));
    QCOMPARE(ledger->health().written, std::int64_t(2));
    QCOMPARE(ledger->health().dropped, std::int64_t(1));
    QCOMPARE(count("requests"), std::int64_t(2));
}

void TestLedgerWriter::sumsEqualTheRecordsToTheNano()
{
    const auto records = randomRecords(7, 2000, at("2026-10-01"));
    Money cost;
    Money estimated;
    std::int64_t prompt = 0;
    for (const RequestRecord &record : records) {
        if (record.attempts.empty()) {
            cost += record.cost.amount.value_or(Money());
            estimated += record.cost.estimated ? record.cost.amount.value_or(Money()) : Money();
        }
        for (const AttemptRecord &attempt : record.attempts) {
            const Money amount = attempt.cost.amount.value_or(Money());
            cost += amount;
            estimated += attempt.cost.estimated ? amount : Money();
            prompt += attempt.usage ? attempt.usage->promptTokens : 0;
        }
    }
    const auto ledger = writer();
    for (const Shared &record : shared(records)) {
        QVERIFY(ledger->submit(record));
    }
    QVERIFY(ledger->flush(kPatience));
    auto reader = LedgerReader::open(path());
    for (const auto by : {CostDimension::Provider,
                          CostDimension::Model,
                          CostDimension::Route,
                          CostDimension::Client}) {
        CostQuery query;
        query.by = by;
        CostRow sum;
        const auto rows = reader->costs(query);
        for (const CostRow &row : *rows) {
            sum.cost += row.cost;
            sum.estimatedCost += row.estimatedCost;
            sum.promptTokens += row.promptTokens;
            sum.requests += row.requests;
        }
        QCOMPARE(sum.cost.nanos(), cost.nanos());
        QCOMPARE(sum.estimatedCost.nanos(), estimated.nanos());
        QCOMPARE(sum.promptTokens, prompt);
        const bool once = by == CostDimension::Route || by == CostDimension::Client;
        QVERIFY(once ? sum.requests == 2000 : sum.requests > 2000);
    }
}

void TestLedgerWriter::prunesByAge()
{
    LedgerWriterSettings settings = impatient();
    settings.pruneBatch = 10;
    settings.pruneEvery = Millis(20);
    settings.clock = [] { return at("2026-11-22T12:00:00Z"); };
    const auto ledger = writer(settings, 7);
    for (int hour = 0; hour < 24 * 14; ++hour) {
        ledger->submit(std::make_shared<RequestRecord>(
            plainRecord("r" + std::to_string(1000 + hour),
                        at("2026-11-08T12:00:00Z") + std::chrono::hours(hour))));
    }
    QVERIFY(ledger->flush(kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(count("requests"), std::int64_t(24 * 7), 10'000);
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    filter.limit = 1000;
    QVERIFY(reader->requests(filter)->requests.back().arrived == at("2026-11-15T12:00:00Z"));
    LedgerSettings kept;
    kept.keepRequestsDays = 1;
    ledger->setKept(kept);
    QTRY_COMPARE_WITH_TIMEOUT(count("requests"), std::int64_t(24), 10'000);
}

void TestLedgerWriter::keepsForGoodWithZeroDays()
{
    LedgerWriterSettings settings = impatient();
    settings.pruneEvery = Millis(1);
    const auto ledger = writer(settings, 0);
    ledger->submit(std::make_shared<RequestRecord>(plainRecord("old", at("1999-01-01"))));
    QVERIFY(ledger->flush(kPatience));
    for (int round = 0; round < 20; ++round) {
        ledger->submit(std::make_shared<RequestRecord>(
            plainRecord("r" + std::to_string(round), at("2026-11-22"))));
        QVERIFY(ledger->flush(kPatience));
    }
    QVERIFY(LedgerReader::open(path())->request("old")->has_value());
}

void TestLedgerWriter::submitsFromManyThreads()
{
    const auto ledger = writer();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&ledger, t] {
            for (int i = 0; i < 300; ++i) {
                ledger->submit(std::make_shared<RequestRecord>(
                    plainRecord(std::to_string(t) + "-" + std::to_string(i), at("2026-11-22"))));
                (void)ledger->health();
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    QVERIFY(ledger->flush(kPatience));
    QCOMPARE(count("requests"), std::int64_t(1200));
    const auto rows = *LedgerReader::open(path())->costs({});
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].cost.nanos(), std::int64_t(1'200'000));
}

/// Goal: two programs on one file lose nothing and count nothing twice. Method: two writers, each with a
/// connection of its own, at once.
void TestLedgerWriter::twoOnOneFileLoseNothing()
{
    const auto first = writer();
    const auto second = writer();
    const auto records = randomRecords(77, 600, at("2026-11-22"));
    const auto list = shared(records);
    for (std::size_t i = 0; i < list.size(); ++i) {
        QVERIFY((i % 2 == 0 ? first : second)->submit(list[i]));
        if (i % 50 == 0) { // one of them is told of it twice
            QVERIFY(second->submit(list[i]));
        }
    }
    QVERIFY(first->flush(kPatience) && second->flush(kPatience));
    QCOMPARE(count("requests"), std::int64_t(600));
    QVERIFY(first->health().healthy && second->health().healthy);
    Rollup rollup;
    for (const RequestRecord &record : records) {
        addTo(rollup, record);
    }
    Money cost;
    for (const auto &[key, sums] : rollup) {
        cost += sums.cost;
    }
    Money booked;
    const auto rows = *LedgerReader::open(path())->costs({});
    for (const CostRow &row : rows) {
        booked += row.cost;
    }
    QCOMPARE(booked.nanos(), cost.nanos());
}

void TestLedgerWriter::reportsTheCostOfARecord()
{
    constexpr int kCount = 10'000;
    std::vector<RequestRecord> plain;
    for (int i = 0; i < kCount; ++i) {
        plain.push_back(plainRecord("01HF" + std::to_string(10'000'000 + i),
                                    at("2026-11-22") + Millis(i * 10)));
    }
    const auto records = shared(std::move(plain));
    const auto ledger = writer(LedgerWriterSettings{});
    QElapsedTimer wall;
    wall.start();
    const double cpu = cpuSeconds();
    for (const Shared &record : records) {
        QVERIFY(ledger->submit(record));
    }
    const double submitted = double(wall.nsecsElapsed()) / 1000 / kCount;
    QVERIFY(ledger->flush(Millis(100'000)));
    qInfo("10,000 records: %.1f us wall, %.1f us cpu each; %.2f us in submit()",
          double(wall.nsecsElapsed()) / 1000 / kCount,
          (cpuSeconds() - cpu) * 1e6 / kCount,
          submitted);
}

QTEST_GUILESS_MAIN(TestLedgerWriter)
#include "tst_ledger_writer.moc"
