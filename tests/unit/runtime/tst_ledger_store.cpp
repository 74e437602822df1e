// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/faulty_disk.h"
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_schema.h"
#include "core/runtime/ledger/ledger_store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <sys/stat.h>
#include <unistd.h>

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

std::vector<SchemaStep> stepsAnd(SchemaStep next, SchemaStep last)
{
    const auto released = ledgerSchema();
    std::vector<SchemaStep> steps(released.begin(), released.end());
    steps.insert(steps.end(), {next, last});
    return steps;
}

/// Takes back what the steps to versions 5 and 6 did.
constexpr auto kBackToVersion4 =
    "DROP TABLE bodies;DROP TABLE prices;ALTER TABLE requests DROP COLUMN cache_saved_nanos;"
    "ALTER TABLE attempts DROP COLUMN price_id;ALTER TABLE attempts DROP COLUMN money_use;"
    "ALTER TABLE attempts DROP COLUMN prompt_saved_nanos;"
    "ALTER TABLE usage_quarters DROP COLUMN wasted_nanos;"
    "ALTER TABLE usage_quarters DROP COLUMN abandoned_nanos;"
    "ALTER TABLE usage_quarters DROP COLUMN abandoned_requests;"
    "ALTER TABLE usage_quarters DROP COLUMN prompt_saved_nanos;"
    "ALTER TABLE usage_quarters DROP COLUMN cache_saved_nanos;";

/// Takes back what the steps to versions 3 and 4 did.
constexpr auto kBackToVersion2 =
    "DROP INDEX requests_by_rule;DROP INDEX requests_by_cache;DROP INDEX requests_in_trouble;"
    "ALTER TABLE requests DROP COLUMN error_text;DROP TABLE usage_hours;DROP TABLE own_calls;"
    "CREATE INDEX requests_failed ON requests(arrived_us, id) WHERE error_code <> '';";

std::vector<std::string> textsOf(const std::string &path, const char *sql)
{
    auto database = Database::open(path, Database::Mode::ReadOnly);
    auto statement = database->prepare(sql);
    std::vector<std::string> texts;
    while (statement->step() == Statement::Step::Row) {
        texts.push_back(statement->text());
    }
    return texts;
}

/// Root may write anywhere; these rights are those of nobody while one lives.
class AsNobody
{
public:
    AsNobody()
    {
        if (geteuid() == 0) {
            m_switched = seteuid(65534) == 0;
        }
    }
    ~AsNobody()
    {
        if (m_switched && seteuid(0) != 0) {
            std::abort();
        }
    }
    AsNobody(const AsNobody &) = delete;
    AsNobody &operator=(const AsNobody &) = delete;

private:
    bool m_switched = false;
};

} // namespace

class TestLedgerStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesAllOrNothing();
    void namesTheEntryItRefuses();
    void makesTheSchemaThatWasReleased();
    void readsAFileOfTheFirstVersion();
    void migratesAnOldFileStepByStep();
    void aFailedStepLeavesTheFileAsItWas();
    void refusesANewerSchema();
    void refusesAForeignDatabase();
    void refusesAFileThatIsNoDatabase();
    void noticesADamagedFile();
    void aReaderRefusesAMissingFile();
    void aReaderRefusesAFileWithoutSchema();
    void everyFilterUsesAnIndex();
    void refusesAMissingFolder();
    void refusesAReadOnlyFolder();
    void refusesAReadOnlyFile();

private:
    [[nodiscard]] std::string path() const { return m_dir->filePath("ledger.db").toStdString(); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestLedgerStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestLedgerStore::writesAllOrNothing()
{
    FaultyDisk disk;
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok());
    disk.failFull();
    const auto refused = store->write(entriesOf(randomRecords(3, 50, at("2026-11-22"))));
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().error.fault == LedgerFault::DiskFull);
    QVERIFY(!refused.error().refused);
    disk.repair();
    auto reader = LedgerReader::open(path());
    QVERIFY(reader.ok());
    QVERIFY(reader->requests({})->requests.empty());
    QVERIFY(reader->costs({})->empty());
    QVERIFY(store->write(entriesOf(randomRecords(3, 50, at("2026-11-22")))).ok());
    QCOMPARE(reader->requests({})->requests.size(), std::size_t(50));
}

void TestLedgerStore::namesTheEntryItRefuses()
{
    // The second entry is larger than SQLite takes (1 GB): lowered here by a trigger instead.
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok());
    auto other = Database::open(path(), Database::Mode::ReadWriteCreate);
    QVERIFY(other
                ->execute("CREATE TRIGGER t BEFORE INSERT ON requests WHEN new.id='bad'"
                          " BEGIN SELECT RAISE(ABORT,'no'); END")
                .ok());
    const SystemTime time = at("2026-11-22");
    const auto refused = store->write(
        entriesOf({plainRecord("good", time), plainRecord("bad", time)}));
    QVERIFY(!refused.ok());
    QVERIFY(refused.error().error.fault == LedgerFault::RefusedValue);
    QCOMPARE(refused.error().refused, std::optional<std::size_t>(1));
}

void TestLedgerStore::makesTheSchemaThatWasReleased()
{
    // Goal: a released step is never edited. Method: its text is kept beside this test.
    QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/unit/runtime/ledger_v1.sql"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QByteArray(ledgerSchema()[0]).trimmed(), file.readAll().trimmed());
}

void TestLedgerStore::readsAFileOfTheFirstVersion()
{
    // Goal: what version 1 wrote is there after the upgrade. Method: a file of today's taken back.
    auto records = randomRecords(5, 40, at("2026-11-22"));
    for (RequestRecord &record : records) {
        record.usage.cacheWriteHourTokens = 0; // version 1 did not know of these
        record.cacheSaved.reset();
        for (AttemptRecord &attempt : record.attempts) {
            attempt.usage = attempt.usage.value_or(Usage{});
            attempt.usage->cacheWriteHourTokens = 0;
            attempt.price.reset();
            attempt.promptCacheSaved = {};
        }
    }
    {
        auto store = LedgerStore::open(path());
        QVERIFY(store.ok() && store->write(entriesOf(records)).ok());
        auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
        QVERIFY(database
                    ->execute(std::string(kBackToVersion4) + kBackToVersion2
                              + "ALTER TABLE requests DROP COLUMN cache_write_hour_tokens;"
                                "ALTER TABLE attempts DROP COLUMN cache_write_hour_tokens;"
                                "PRAGMA user_version=1")
                    .ok());
    }
    QVERIFY(LedgerReader::open(path()).error().fault == LedgerFault::OlderSchema);
    QVERIFY(LedgerStore::open(path()).ok());
    auto reader = LedgerReader::open(path());
    QVERIFY(reader.ok());
    for (const RequestRecord &record : records) {
        const auto back = reader->request(record.id);
        QVERIFY(back.ok() && back->has_value());
        QVERIFY2(**back == record, record.id.c_str());
    }
    // What later versions add is made from what was there: as if the file had been written today.
    const QString fresh = m_dir->filePath(QStringLiteral("fresh.db"));
    auto store = LedgerStore::open(fresh.toStdString());
    QVERIFY(store.ok() && store->write(entriesOf(records)).ok());
    for (const char *table : {"SELECT id||error_text FROM requests ORDER BY id",
                              "SELECT grouping||','||hour||','||name||','||requests||','"
                              "||unknown_requests||','||prompt_tokens||','||completion_tokens||','"
                              "||cost_nanos||','||estimated_nanos||','||wasted_nanos||','"
                              "||abandoned_nanos||','||abandoned_requests"
                              " FROM usage_hours ORDER BY 1",
                              "SELECT request_id||n||money_use FROM attempts ORDER BY 1",
                              "SELECT quarter||provider||model||route||client||wasted_nanos||','"
                              "||abandoned_nanos||','||abandoned_requests"
                              " FROM usage_quarters ORDER BY 1"}) {
        QCOMPARE(textsOf(path(), table), textsOf(fresh.toStdString(), table));
    }
}

void TestLedgerStore::migratesAnOldFileStepByStep()
{
    // Goal: an old file with data comes up to date. Method: a file as released, and two later steps
    // that change the table, rewrite its rows and use what the first of them made.
    const auto records = randomRecords(4, 60, at("2026-11-22"));
    {
        auto store = LedgerStore::open(path());
        QVERIFY(store.ok() && store->write(entriesOf(records)).ok());
    }
    const auto steps = stepsAnd("ALTER TABLE requests ADD COLUMN day INTEGER NOT NULL DEFAULT 0;"
                                "UPDATE requests SET day=arrived_us/86400000000;",
                                "CREATE INDEX requests_by_day ON requests(day)");
    auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
    QVERIFY(database.ok() && migrate(*database, steps).ok());
    QCOMPARE(*database->integer("PRAGMA user_version"), static_cast<std::int64_t>(steps.size()));
    QCOMPARE(*database->integer("SELECT count(*) FROM requests WHERE day=arrived_us/86400000000"),
             std::int64_t(60));
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_master WHERE name='requests_by_day'"),
             std::int64_t(1));
    QVERIFY(migrate(*database, steps).ok()); // nothing left to do
    QVERIFY(migrate(*database, ledgerSchema()).error().fault == LedgerFault::NewerSchema);
}

void TestLedgerStore::aFailedStepLeavesTheFileAsItWas()
{
    QVERIFY(LedgerStore::open(path()).ok());
    const auto steps = stepsAnd("CREATE TABLE fine(x)",
                                "CREATE TABLE half(x); INSERT INTO missing VALUES(1);");
    auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
    const auto done = migrate(*database, steps);
    QVERIFY(!done.ok());
    const std::string failed = "step to version " + std::to_string(steps.size());
    QVERIFY(done.error().detail.find(failed) != std::string::npos);
    QCOMPARE(*database->integer("PRAGMA user_version"),
             static_cast<std::int64_t>(steps.size() - 1));
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_master WHERE name='fine'"),
             std::int64_t(1));
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_master WHERE name='half'"),
             std::int64_t(0));
}

void TestLedgerStore::refusesANewerSchema()
{
    QVERIFY(LedgerStore::open(path()).ok());
    {
        auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
        QVERIFY(database->execute("PRAGMA user_version=99").ok());
    }
    const auto store = LedgerStore::open(path());
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::NewerSchema);
    QVERIFY(store.error().detail.find(path()) == 0);
    QVERIFY(store.error().detail.find("99") != std::string::npos);
    QVERIFY(LedgerReader::open(path()).error().fault == LedgerFault::NewerSchema);
}

void TestLedgerStore::refusesAForeignDatabase()
{
    {
        auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
        QVERIFY(database->execute("CREATE TABLE recipes(x)").ok());
    }
    QVERIFY(LedgerStore::open(path()).error().fault == LedgerFault::NotALedger);
    auto database = Database::open(path(), Database::Mode::ReadOnly);
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_master"), std::int64_t(1));
}

void TestLedgerStore::refusesAFileThatIsNoDatabase()
{
    QFile file(QString::fromStdString(path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto store = LedgerStore::open(path());
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::Corrupt);
    QVERIFY(store.error().detail.find(path()) == 0);
    QCOMPARE(QFileInfo(file).size(), qint64(5000));
}

void TestLedgerStore::noticesADamagedFile()
{
    {
        auto store = LedgerStore::open(path());
        QVERIFY(store->write(entriesOf(randomRecords(5, 200, at("2026-11-22")))).ok());
    }
    QFile file(QString::fromStdString(path()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(4096);
    file.write(QByteArray(int(file.size()) - 4096, '\xA5'));
    file.close();
    auto store = LedgerStore::open(path());
    const LedgerError error =
        store ? store->write(entriesOf(randomRecords(6, 5, at("2026-11-23")))).error().error
              : store.error();
    QVERIFY(error.fault == LedgerFault::Corrupt);
}

void TestLedgerStore::aReaderRefusesAMissingFile()
{
    QVERIFY(LedgerReader::open(path()).error().fault == LedgerFault::CannotOpen);
    QVERIFY(!QFile::exists(QString::fromStdString(path())));
}

void TestLedgerStore::aReaderRefusesAFileWithoutSchema()
{
    QFile file(QString::fromStdString(path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(LedgerReader::open(path()).error().fault == LedgerFault::OlderSchema);
}

void TestLedgerStore::everyFilterUsesAnIndex()
{
    QVERIFY(LedgerStore::open(path()).ok());
    auto database = Database::open(path(), Database::Mode::ReadOnly);
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"arrived_us>=1 AND (arrived_us,rowid)<(?,?)", "requests_newest"},
        {"route=?", "requests_by_route"},
        {"rule=? AND rule <> ''", "requests_by_rule"},
        {"cache=? AND cache <> 'off' AND cache <> 'miss'", "requests_by_cache"},
        {"error_text <> '' AND error_text LIKE ? ESCAPE '\\'", "requests_in_trouble"},
        {"status>=? AND status<? AND error_text <> ''", "requests_in_trouble"},
        {"last_target=?", "requests_by_target"},
        {"last_provider=?", "requests_by_provider"},
        {"client=?", "requests_by_client"},
        {"status=? AND status <> 200", "requests_by_status"},
        {"outcome=? AND outcome <> 'success'", "requests_by_outcome"},
    };
    for (const auto &[terms, index] : cases) {
        auto plan = database->prepare("EXPLAIN QUERY PLAN SELECT * FROM requests WHERE " + terms
                                      + " ORDER BY arrived_us DESC, rowid DESC LIMIT 100");
        std::string text;
        while (plan->step() == Statement::Step::Row) {
            (void)plan->integer();
            (void)plan->integer();
            (void)plan->integer();
            text += plan->text() + "; ";
        }
        QVERIFY2(text.find(index) != std::string::npos, text.c_str());
        QVERIFY2(text.find("TEMP B-TREE") == std::string::npos, text.c_str());
    }
}

void TestLedgerStore::refusesAMissingFolder()
{
    const auto store = LedgerStore::open(path() + "/no/such/ledger.db");
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::CannotOpen);
    QVERIFY(store.error().detail.find("its folder does not exist") != std::string::npos);
}

void TestLedgerStore::refusesAReadOnlyFolder()
{
    QVERIFY(chmod(m_dir->path().toLocal8Bit().constData(), 0555) == 0);
    Result<LedgerStore, LedgerError> store = [this] {
        const AsNobody rights;
        return LedgerStore::open(path());
    }();
    QVERIFY(chmod(m_dir->path().toLocal8Bit().constData(), 0755) == 0);
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::ReadOnly);
    QVERIFY2(store.error().detail.find("its folder may not be written") != std::string::npos,
             store.error().detail.c_str());
}

void TestLedgerStore::refusesAReadOnlyFile()
{
    QVERIFY(LedgerStore::open(path()).ok());
    QVERIFY(chmod(path().c_str(), 0444) == 0);
    QVERIFY(chmod(m_dir->path().toLocal8Bit().constData(), 0777) == 0);
    const AsNobody rights;
    const auto store = LedgerStore::open(path());
    QVERIFY(!store.ok());
    QVERIFY(store.error().fault == LedgerFault::ReadOnly);
}

QTEST_GUILESS_MAIN(TestLedgerStore)
#include "tst_ledger_store.moc"
