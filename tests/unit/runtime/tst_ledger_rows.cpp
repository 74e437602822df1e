// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"
#include "tests/unit/runtime/postgres_server.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

std::vector<LedgerEntry> entriesOf(const std::vector<RequestRecord> &records)
{
    std::vector<LedgerEntry> entries;
    for (const RequestRecord &record : records) {
        entries.emplace_back(std::make_shared<const RequestRecord>(record));
    }
    return entries;
}

} // namespace

class TestLedgerRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addLedgerStores(); }
    void init();
    void readsBackEveryFieldItWrote();
    void reopensWhatItWrote();
    void passesOverAnIdThatIsThere();
    void passesOverAnIdThatComesTwiceAtOnce();
    void prunesOldRequestsInSmallSteps();

private:
    [[nodiscard]] const std::string &path() const { return m_place; }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_place;
};

void TestLedgerRows::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    placeNewLedger(*m_dir, m_place);
}

void TestLedgerRows::readsBackEveryFieldItWrote()
{
    const auto records = randomRecords(1, 400, at("2026-11-22"));
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok());
    QVERIFY(store->write(entriesOf(records)).ok());
    auto reader = LedgerReader::open(path());
    QVERIFY(reader.ok());
    for (const RequestRecord &record : records) {
        const auto back = reader->request(record.id);
        QVERIFY(back.ok() && back->has_value());
        QVERIFY2(**back == record, record.id.c_str());
    }
    QVERIFY(!reader->request("nobody")->has_value());
}

void TestLedgerRows::reopensWhatItWrote()
{
    const RequestRecord record = plainRecord("r1", at("2026-11-22"));
    for (int round = 0; round < 2; ++round) {
        auto store = LedgerStore::open(path());
        QVERIFY(store.ok());
        QVERIFY(store->write(entriesOf({record})).ok());
    }
    auto reader = LedgerReader::open(path());
    QVERIFY(reader.ok());
    QVERIFY(**reader->request("r1") == record);
}

void TestLedgerRows::passesOverAnIdThatIsThere()
{
    const auto entries = entriesOf(randomRecords(2, 50, at("2026-11-22")));
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok() && store->write(entries).ok());
    auto reader = LedgerReader::open(path());
    QVERIFY(reader.ok());
    const auto before = *reader->costs({});
    QVERIFY(store->write(entries).ok());
    QVERIFY(*reader->costs({}) == before);
    QCOMPARE(reader->requests({})->requests.size(), std::size_t(50));
}

void TestLedgerRows::passesOverAnIdThatComesTwiceAtOnce()
{
    auto entries = entriesOf({plainRecord("twin", at("2026-12-24"))});
    entries.push_back(entries.front());
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok() && store->write(entries).ok());
    auto reader = LedgerReader::open(path());
    const auto rows = reader->costs({});
    QVERIFY(rows.ok());
    QCOMPARE(rows->size(), std::size_t(1));
    QCOMPARE(rows->front().requests, std::int64_t(1));
    QCOMPARE(rows->front().cost.nanos(), std::int64_t(1000));
    QCOMPARE((*reader->request("twin"))->attempts.size(), std::size_t(1));
}

void TestLedgerRows::prunesOldRequestsInSmallSteps()
{
    const auto records = randomRecords(10, 100, at("2026-11-22"));
    auto store = LedgerStore::open(path());
    QVERIFY(store->write(entriesOf(records)).ok());
    auto reader = LedgerReader::open(path());
    const auto sums = *reader->costs({});
    const SystemTime before = records[70].arrived;
    QCOMPARE(*store->prune({.requests = before}, 40), true);
    QCOMPARE(*store->prune({.requests = before}, 40), false);
    QCOMPARE(*store->prune({.requests = before}, 40), false);
    const auto left = reader->requests({});
    QCOMPARE(left->requests.size(), std::size_t(30));
    QVERIFY(left->requests.back().arrived == before);
    QVERIFY(*reader->costs({}) == sums); // the sums are for good
    auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
    QCOMPARE(*database->integer("SELECT count(*) FROM attempts WHERE request_id NOT IN"
                                " (SELECT id FROM requests)"),
             std::int64_t(0));
}

QTEST_GUILESS_MAIN(TestLedgerRows)
#include "tst_ledger_rows.moc"
