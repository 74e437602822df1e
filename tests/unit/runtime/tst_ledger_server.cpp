// SPDX-License-Identifier: Apache-2.0
// What only a ledger on a server has: several gateways, and a server that goes and comes back. What it
// has in common with a file is held by tst_ledger_rows, _reader and _costs, over both.
#include "tests/unit/runtime/ledger_samples.h"
#include "tests/unit/runtime/postgres_server.h"

#include "core/runtime/ledger/ledger_at.h"
#include "core/runtime/ledger/ledger_schema.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <set>
#include <thread>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

constexpr Millis kLong{60'000};

std::vector<LedgerEntry> entriesOf(const std::vector<RequestRecord> &records)
{
    std::vector<LedgerEntry> entries;
    for (const RequestRecord &record : records) {
        entries.emplace_back(std::make_shared<const RequestRecord>(record));
    }
    return entries;
}

/// Quick to fail and to try again.
LedgerWriterSettings impatient()
{
    LedgerWriterSettings settings;
    settings.commitEvery = Millis(5);
    settings.retryFirst = Millis(10);
    settings.retryMax = Millis(100);
    return settings;
}

std::set<std::string> textsOf(Database &database, const std::string &sql)
{
    auto statement = database.prepare(sql);
    std::set<std::string> texts;
    while (statement && statement->step() == Statement::Step::Row) {
        texts.insert(statement->text());
    }
    return texts;
}

/// What a file says of the same records: the sums of days of every grouping.
std::vector<std::vector<CostRow>> sumsOf(const LedgerPlace &place)
{
    auto reader = LedgerReader::open(place);
    std::vector<std::vector<CostRow>> sums;
    for (const auto by : {CostDimension::Provider,
                          CostDimension::Model,
                          CostDimension::Route,
                          CostDimension::Client,
                          CostDimension::Task}) {
        CostQuery query;
        query.by = by;
        query.timeZone = "Asia/Kathmandu";
        sums.push_back(reader ? reader->costs(query).valueOr({}) : std::vector<CostRow>());
    }
    return sums;
}

std::vector<std::vector<CostRow>> sumsOfFile(const std::vector<RequestRecord> &records)
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    auto store = LedgerStore::open(path);
    return store && store->write(entriesOf(records)).ok() ? sumsOf(path)
                                                          : std::vector<std::vector<CostRow>>();
}

} // namespace

class TestLedgerServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesTheTablesOfAFile();
    void severalMakeTheTablesAtOnce();
    void refusesANewerSchema();
    void refusesAForeignSchema();
    void everyFilterUsesAnIndex();
    void gatewaysAddUp();
    void gatewaysAreToldApart();
    void losesNothingWhenTheServerCrashesInMidWrite();
    void beginsWhenTheServerComes();
    void countsWhatDoesNotFitWhileItIsAway();
    void namesTheEntryItRefuses();
    void takesAnyBytes();
    void onePrunesAtATime();
    void aQuestionTakenBackEndsOnTheServer();
    void statementsMayBeReadBesideEachOther();
    void asksAgainAfterARestart();
    void aReaderWritesNothing();
    void showsNoPassword_data();
    void showsNoPassword();
    void takesThePasswordThatGoesWithTheUrl();
    void reportsTheCostOfARecord();

private:
    std::string m_url;
};

void TestLedgerServer::init()
{
    PostgresServer &server = postgresServer();
    if (server.problem().empty()) {
        m_url = server.freshDatabase();
    }
    QVERIFY2(server.problem().empty(), server.problem().c_str());
}

void TestLedgerServer::makesTheTablesOfAFile()
{
    // Goal: who adds a column to the one adds it to the other. Method: both say what they have.
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    QVERIFY(LedgerStore::open(path).ok() && LedgerStore::open(m_url).ok());
    auto file = Database::open(path, Database::Mode::ReadOnly);
    auto server = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QVERIFY(file.ok() && server.ok());
    const auto ofFile = textsOf(*file,
                                "SELECT m.name||'.'||c.name||' '||CASE c.type WHEN 'TEXT' THEN "
                                "'text' ELSE 'bigint' END FROM sqlite_master m JOIN "
                                "pragma_table_info(m.name) c WHERE m.type='table'"
                                " AND m.name NOT LIKE 'sqlite%'");
    const auto ofServer = textsOf(*server,
                                  "SELECT table_name||'.'||column_name||' '||data_type FROM "
                                  "information_schema.columns WHERE table_schema='signalbox' AND"
                                  " table_name<>'ledger_version' AND column_name NOT IN"
                                  " ('rowid','gateway')");
    QVERIFY(ofFile.size() > 100);
    QCOMPARE(ofServer, ofFile);
    QCOMPARE(textsOf(*server,
                     "SELECT indexname FROM pg_indexes WHERE schemaname='signalbox' AND indexname"
                     " NOT LIKE '%key' AND indexname<>'audit_once'"),
             textsOf(*file,
                     "SELECT name FROM sqlite_master WHERE type='index' AND name NOT LIKE "
                     "'sqlite%'"));
}

void TestLedgerServer::severalMakeTheTablesAtOnce()
{
    std::atomic<int> made{0};
    std::vector<std::thread> gateways;
    for (int i = 0; i < 4; ++i) {
        gateways.emplace_back([&] { made += LedgerStore::open(m_url).ok() ? 1 : 0; });
    }
    for (std::thread &gateway : gateways) {
        gateway.join();
    }
    QCOMPARE(made.load(), 4);
    QVERIFY(LedgerReader::open(m_url).ok());
}

void TestLedgerServer::refusesANewerSchema()
{
    QVERIFY(LedgerReader::open(m_url).error().fault == LedgerFault::OlderSchema);
    QVERIFY(LedgerStore::open(m_url).ok());
    auto database = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QVERIFY(database->execute("UPDATE ledger_version SET version=99").ok());
    const auto store = LedgerStore::open(m_url);
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::NewerSchema);
    QVERIFY2(store.error().detail.find("99") != std::string::npos, store.error().detail.c_str());
    QVERIFY(LedgerReader::open(m_url).error().fault == LedgerFault::NewerSchema);
}

void TestLedgerServer::refusesAForeignSchema()
{
    auto database = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QVERIFY(
        database->execute("CREATE SCHEMA signalbox;CREATE TABLE signalbox.recipes(x int)").ok());
    const auto store = LedgerStore::open(m_url);
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::NotALedger);
    QCOMPARE(*database->integer("SELECT count(*) FROM pg_tables WHERE schemaname='signalbox'"),
             std::int64_t(1));
}

void TestLedgerServer::everyFilterUsesAnIndex()
{
    auto store = LedgerStore::open(m_url);
    QVERIFY(store.ok() && store->write(entriesOf(randomRecords(3, 500, at("2026-11-22")))).ok());
    auto database = Database::open(m_url, Database::Mode::ReadWriteCreate);
    // What a large table makes the planner do by itself.
    QVERIFY(database->execute("SET enable_seqscan=off;SET enable_sort=off;ANALYZE").ok());
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"arrived_us>=1 AND (arrived_us,rowid)<(5,5)", "requests_newest"},
        {"route='x'", "requests_by_route"},
        {"rule='x' AND rule <> ''", "requests_by_rule"},
        {"cache='x' AND cache <> 'off' AND cache <> 'miss'", "requests_by_cache"},
        {"last_target='x'", "requests_by_target"},
        {"last_provider='x'", "requests_by_provider"},
        {"client='x'", "requests_by_client"},
        {"status=500 AND status <> 200", "requests_by_status"},
        {"outcome='x' AND outcome <> 'success'", "requests_by_outcome"},
    };
    for (const auto &[terms, index] : cases) {
        const auto plan = textsOf(*database,
                                  "EXPLAIN SELECT * FROM requests WHERE " + terms
                                      + " ORDER BY arrived_us DESC, rowid DESC LIMIT 100");
        const auto uses = [&](const std::string &words) {
            return std::ranges::any_of(plan, [&](const std::string &line) {
                return line.find(words) != std::string::npos;
            });
        };
        QVERIFY2(uses("Backward using " + index), terms.c_str());
        QVERIFY2(!uses("Sort"), terms.c_str());
    }
}

void TestLedgerServer::gatewaysAddUp()
{
    // Goal: what two write at once is the sum of both, to the nano-dollar. Method: a file with all of it.
    auto records = randomRecords(31, 1200, at("2026-11-22"));
    std::array<std::vector<RequestRecord>, 2> shares;
    for (std::size_t i = 0; i < records.size(); ++i) {
        shares[i % 2].push_back(records[i]); // the same quarters for both
    }
    std::vector<std::thread> gateways;
    std::atomic<int> good{0};
    for (const auto &share : shares) {
        gateways.emplace_back([&] {
            LedgerWriterSettings settings = impatient();
            settings.batchMax = 20;
            LedgerWriter writer(LedgerPlace(m_url), 0, settings);
            for (const RequestRecord &record : share) {
                writer.submit(std::make_shared<const RequestRecord>(record));
            }
            good += writer.flush(kLong) && writer.health().dropped == 0 ? 1 : 0;
        });
    }
    for (std::thread &gateway : gateways) {
        gateway.join();
    }
    QCOMPARE(good.load(), 2);
    const auto expected = sumsOfFile(records);
    QVERIFY(!expected.empty() && !expected.front().empty());
    QVERIFY(sumsOf(m_url) == expected);
}

void TestLedgerServer::gatewaysAreToldApart()
{
    for (const char *name : {"one", "two"}) {
        auto store = LedgerStore::open(m_url + "&application_name=" + name);
        QVERIFY(store.ok());
        const AuditEntry act{0, at("2026-11-22"), "night", "trip", "a/b", "why", ""};
        const std::vector<LedgerEntry> entries = {std::make_shared<const RequestRecord>(
                                                      plainRecord(name, at("2026-11-22"))),
                                                  act};
        QVERIFY(store->write(entries).ok());
    }
    auto database = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QCOMPARE(textsOf(*database, "SELECT id||' '||gateway FROM requests"),
             (std::set<std::string>{"one one", "two two"}));
    QCOMPARE(LedgerReader::open(m_url)->audit()->entries.size(), std::size_t(2));
}

void TestLedgerServer::losesNothingWhenTheServerCrashesInMidWrite()
{
    // Goal: every entry is there once, whatever commit was in doubt. Method: crashes while batches of ten
    // are on their way, and sums that a file says of the same records.
    const auto records = randomRecords(41, 3000, at("2026-11-22"));
    LedgerWriterSettings settings = impatient();
    settings.batchMax = 10;
    settings.commitEvery = Millis(1);
    LedgerWriter writer(LedgerPlace(m_url), 0, settings);
    QVERIFY2(writer.health().healthy, writer.health().problem.c_str());
    PostgresServer &server = postgresServer();
    bool wasInTrouble = false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        QVERIFY(writer.submit(std::make_shared<const RequestRecord>(records[i])));
        if (i % 50 == 0) {
            const SystemTime time = at("2026-11-22") + Seconds(i);
            QVERIFY(writer.submitAudit({0, time, "night", "trip", "a/b", "", ""}));
        }
        if (i % 600 == 300) {
            const auto before = writer.health().written;
            QVERIFY(eventually([&] { return writer.health().written > before; }));
            server.crash();
            wasInTrouble |= eventually([&] { return !writer.health().healthy; });
            QVERIFY(server.start());
        }
    }
    QVERIFY(writer.flush(kLong));
    QVERIFY(wasInTrouble);
    QVERIFY(writer.health().healthy);
    QCOMPARE(writer.health().dropped, std::int64_t(0));
    QVERIFY(sumsOf(m_url) == sumsOfFile(records));
    auto reader = LedgerReader::open(m_url);
    QCOMPARE(reader->audit(1000)->entries.size(), std::size_t(60));
    for (std::size_t i = 0; i < records.size(); i += 100) {
        QVERIFY(**reader->request(records[i].id) == records[i]);
    }
}

void TestLedgerServer::beginsWhenTheServerComes()
{
    PostgresServer &server = postgresServer();
    server.crash();
    LedgerWriter writer(LedgerPlace(m_url), 0, impatient());
    const std::string problem = writer.health().problem;
    QVERIFY2(problem.starts_with("unreachable: postgresql://"), problem.c_str());
    QVERIFY(LedgerReader::open(m_url).error().fault == LedgerFault::Unreachable);
    QVERIFY(
        writer.submit(std::make_shared<const RequestRecord>(plainRecord("r", at("2026-11-22")))));
    QVERIFY(!writer.flush(Millis(200)));
    QVERIFY(server.start());
    QVERIFY(writer.flush(kLong));
    QVERIFY(writer.health().healthy);
    QVERIFY(LedgerReader::open(m_url)->request("r")->has_value());
}

void TestLedgerServer::countsWhatDoesNotFitWhileItIsAway()
{
    LedgerWriterSettings settings = impatient();
    settings.queueMax = 20;
    LedgerWriter writer(LedgerPlace(m_url), 0, settings);
    PostgresServer &server = postgresServer();
    server.crash();
    const auto begun = Clock::now();
    int taken = 0;
    for (int i = 0; i < 500; ++i) {
        const auto record = plainRecord("r" + std::to_string(i), at("2026-11-22"));
        taken += writer.submit(std::make_shared<const RequestRecord>(record)) ? 1 : 0;
    }
    QVERIFY(since(begun) < milliseconds(1000)); // who submits does not wait for it
    QCOMPARE(taken, 20);
    QVERIFY(eventually([&] { return !writer.health().healthy; }));
    QCOMPARE(writer.health().dropped, std::int64_t(480));
    QVERIFY(server.start());
    QVERIFY(writer.flush(kLong));
    QCOMPARE(writer.health().written, std::int64_t(20));
    QCOMPARE(LedgerReader::open(m_url)->requests({})->requests.size(), std::size_t(20));
}

void TestLedgerServer::namesTheEntryItRefuses()
{
    auto store = LedgerStore::open(m_url);
    QVERIFY(store.ok());
    auto database = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QVERIFY(database
                ->execute("ALTER TABLE requests ADD CHECK (id <> 'bad');"
                          "ALTER TABLE attempts ADD CHECK (target <> 'x/bad')")
                .ok());
    const SystemTime time = at("2026-11-22");
    for (const auto &bad : {plainRecord("bad", time), plainRecord("worse", time, "x/bad")}) {
        const auto refused = store->write(entriesOf({plainRecord("good", time), bad}));
        QVERIFY(!refused.ok());
        QVERIFY(refused.error().error.fault == LedgerFault::RefusedValue);
        QCOMPARE(refused.error().refused, std::optional<std::size_t>(1));
        QCOMPARE(*database->integer("SELECT count(*) FROM requests"), std::int64_t(0));
    }
    QVERIFY(store->write(entriesOf({plainRecord("good", time)})).ok());
}

void TestLedgerServer::takesAnyBytes()
{
    // PostgreSQL's texts hold neither zeros nor what is no UTF-8; a client may send both.
    RequestRecord record = plainRecord("r", at("2026-11-22"));
    record.clientRequestId = std::string("a\0b\xFF"
                                         "c\xC3\xA9",
                                         7);
    auto store = LedgerStore::open(m_url);
    const auto written = store->write(entriesOf({record}));
    QVERIFY2(written.ok(), written ? "" : written.error().error.detail.c_str());
    const auto back = LedgerReader::open(m_url)->request("r");
    QCOMPARE((*back)->clientRequestId,
             std::string("a\xEF\xBF\xBD"
                         "b\xEF\xBF\xBD"
                         "c\xC3\xA9"));
}

void TestLedgerServer::onePrunesAtATime()
{
    const auto records = randomRecords(10, 100, at("2026-11-22"));
    auto store = LedgerStore::open(m_url);
    auto other = LedgerStore::open(m_url);
    QVERIFY(store.ok() && other.ok() && store->write(entriesOf(records)).ok());
    std::atomic<bool> done{false};
    std::atomic<bool> failed{false};
    const auto prune = [&](LedgerStore &by) {
        for (int i = 0; i < 2000 && !done && !failed; ++i) {
            const auto more = by.prune({.requests = at("2027-11-22")}, 7);
            failed = failed || !more;
            auto counting = Database::open(m_url, Database::Mode::ReadOnly);
            done = done || *counting->integer("SELECT count(*) FROM requests") == 0;
        }
    };
    std::thread beside([&] { prune(*other); });
    prune(*store);
    beside.join();
    QVERIFY(!failed && done);
    auto database = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QCOMPARE(*database->integer("SELECT count(*) FROM requests"), std::int64_t(0));
    QCOMPARE(*database->integer("SELECT count(*) FROM attempts"), std::int64_t(0));
    QVERIFY(database->execute("BEGIN").ok() && *database->tryLock(7));
    auto second = Database::open(m_url, Database::Mode::ReadWriteCreate);
    QVERIFY(second->execute("BEGIN").ok() && !*second->tryLock(7));
}

void TestLedgerServer::aQuestionTakenBackEndsOnTheServer()
{
    auto database = Database::open(m_url, Database::Mode::ReadOnly);
    QVERIFY(database.ok());
    auto slow = database->prepare("SELECT count(*) FROM pg_sleep(25)");
    const auto begun = Clock::now();
    database->stopWhen([&] { return since(begun) > milliseconds(100); });
    QVERIFY(slow->step() == Statement::Step::Failed);
    QVERIFY(slow->error().fault == LedgerFault::Interrupted);
    QVERIFY(since(begun) < milliseconds(10'000));
    database->stopWhen({});
    slow->rewind();
    QCOMPARE(*database->integer("SELECT 7"), std::int64_t(7)); // the line is good
    QCOMPARE(*database->integer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE "
                                "'%pg_sleep%' AND state='active' AND pid<>pg_backend_pid()"),
             std::int64_t(0));
}

void TestLedgerServer::statementsMayBeReadBesideEachOther()
{
    auto database = Database::open(m_url, Database::Mode::ReadOnly);
    auto rows = database->prepare("SELECT n, 'row '||n FROM generate_series(1,?) AS n");
    rows->add(std::int64_t(500));
    std::int64_t sum = 0;
    for (int i = 1; rows->step() == Statement::Step::Row; ++i) {
        QCOMPARE(rows->integer(), std::int64_t(i));
        sum += database->integer("SELECT 2").valueOr(0);
        QCOMPARE(rows->text(), "row " + std::to_string(i));
    }
    QCOMPARE(sum, std::int64_t(1000));
    // One that is left half-way holds up nothing, however much it has still to say.
    auto endless = database->prepare("SELECT generate_series(1,100000000)");
    QVERIFY(endless->step() == Statement::Step::Row);
    endless->rewind();
    QCOMPARE(*database->integer("SELECT 3"), std::int64_t(3));
}

void TestLedgerServer::asksAgainAfterARestart()
{
    auto store = LedgerStore::open(m_url);
    QVERIFY(store.ok() && store->write(entriesOf({plainRecord("r", at("2026-11-22"))})).ok());
    LedgerAt ledger{LedgerPlace(m_url)};
    QVERIFY((*ledger.reader()->request("r")).has_value());
    PostgresServer &server = postgresServer();
    server.crash();
    QVERIFY(!ledger.reader().ok());
    QVERIFY(server.start());
    QVERIFY(ledger.reader().ok());
    QVERIFY((*ledger.reader()->request("r")).has_value());
}

void TestLedgerServer::aReaderWritesNothing()
{
    QVERIFY(LedgerStore::open(m_url).ok());
    auto database = Database::open(m_url, Database::Mode::ReadOnly);
    QVERIFY(database->execute("DELETE FROM requests").error().fault == LedgerFault::ReadOnly);
}

void TestLedgerServer::showsNoPassword_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *url, const char *shown) {
        QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(shown);
    };
    row("postgresql://u@h/db", "postgresql://u@h/db");
    row("postgresql://u:hunter2@h:5433/db", "postgresql://u:***@h:5433/db");
    row("postgres://u:hun/t:e@r2@h/db", "postgres://u:***@h/db");
    row("postgresql://h:5433/db", "postgresql://h:5433/db");
    row("postgresql:///db?host=/run&password=hunter2&sslmode=require",
        "postgresql:///db?host=/run&password=***&sslmode=require");
    row("postgresql://u@h/db?sslpassword=hunter2", "postgresql://u@h/db?sslpassword=***");
    row("/var/lib/ledger.sqlite", "/var/lib/ledger.sqlite");
}

void TestLedgerServer::showsNoPassword()
{
    QFETCH(const QString, url);
    QTEST(QString::fromStdString(LedgerPlace(url.toStdString()).shown()), "shown");
}

void TestLedgerServer::takesThePasswordThatGoesWithTheUrl()
{
    PostgresServer &server = postgresServer();
    const std::string problem = server.addRole("careful", "hunter two", server.databaseName());
    QVERIFY2(problem.empty(), problem.c_str());
    const std::string url = server.urlOf(server.databaseName(), "careful");
    const auto opened = [&](const char *password) {
        return LedgerStore::open(LedgerPlace(url, Secret(password)));
    };
    const auto refused = opened("wrong one");
    QVERIFY(!refused.ok() && refused.error().fault == LedgerFault::Unreachable);
    const std::string &words = refused.error().detail;
    QVERIFY2(words.find("password authentication failed") != std::string::npos, words.c_str());
    QVERIFY(words.find("wrong one") == std::string::npos);
    QVERIFY(opened("hunter two").ok());
}

void TestLedgerServer::reportsTheCostOfARecord()
{
    constexpr int kCount = 10'000;
    std::vector<std::shared_ptr<const RequestRecord>> records;
    for (int i = 0; i < kCount; ++i) {
        records.push_back(std::make_shared<const RequestRecord>(
            plainRecord("01HF" + std::to_string(10'000'000 + i),
                        at("2026-11-22") + Millis(i * 10))));
    }
    LedgerWriter writer(LedgerPlace(m_url), 90);
    const auto begun = std::chrono::steady_clock::now();
    for (const auto &record : records) {
        QVERIFY(writer.submit(record));
    }
    QVERIFY(writer.flush(Millis(100'000)));
    const auto taken = std::chrono::steady_clock::now() - begun;
    qInfo("10,000 records: %.1f us wall each",
          std::chrono::duration<double, std::micro>(taken).count() / kCount);
}

QTEST_GUILESS_MAIN(TestLedgerServer)
#include "tst_ledger_server.moc"
