// SPDX-License-Identifier: Apache-2.0
// Bodies that are kept: without keys, bounded, compressed, and gone in time.
#include "tests/unit/runtime/ledger_samples.h"

#include "core/base/random.h"
#include "core/runtime/ledger/body_rows.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

constexpr Millis kPatience{20'000};
/// Of no one.
constexpr const char *kKey = "sk-proj-4f9QhZ2mVbR7xK1pLw8YcT6nA3dGe5Js";

RequestBodies bodiesOf(const std::string &id, SystemTime arrived, std::size_t bytes = 10)
{
    RequestBodies bodies;
    bodies.id = id;
    bodies.arrived = arrived;
    Random random(static_cast<std::uint64_t>(arrived.time_since_epoch().count()));
    while (bodies.request.text.size() < bytes) { // what cannot be made much smaller
        bodies.request.text += std::to_string(random.next()) + " ";
    }
    bodies.request.bytes = static_cast<std::int64_t>(bodies.request.text.size());
    bodies.answer.text = "{\"content\":\"ok\"}";
    bodies.answer.bytes = 16;
    return bodies;
}

LedgerEntry entryOf(RequestBodies bodies)
{
    return std::make_shared<const RequestBodies>(std::move(bodies));
}

} // namespace

class TestLedgerBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void keepsWhatWasSaidWithoutKeys();
    void cutsWhatIsTooLong();
    void deletesByKindAndAge();
    void staysBelowItsCap();
    void givesPagesBackWhileItIsUsed();
    void theWriterDeletesWhatIsNotAskedFor();
    void aFloodOfBodiesIsBounded();

private:
    [[nodiscard]] std::string path() const
    {
        return m_dir->filePath(QStringLiteral("ledger.sqlite")).toStdString();
    }
    [[nodiscard]] std::int64_t count(const std::string &table) const
    {
        auto database = Database::open(path(), Database::Mode::ReadOnly);
        return database ? database->integer("SELECT count(*) FROM " + table).valueOr(-1) : -1;
    }
    /// All that the ledger's files hold.
    [[nodiscard]] QByteArray files() const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

QByteArray TestLedgerBodies::files() const
{
    QByteArray bytes;
    for (const QString &name : QDir(m_dir->path()).entryList(QDir::Files)) {
        QFile file(m_dir->filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            bytes += file.readAll();
        }
    }
    return bytes;
}

/// Statement 64.
void TestLedgerBodies::keepsWhatWasSaidWithoutKeys()
{
    RequestBodies bodies = bodiesOf("r1", at("2026-11-22"));
    bodies.request.text = std::string(R"({"messages":[{"content":"my key is )") + kKey + "\"}]}";
    bodies.answer.text = "{\"content\":\"中文 \xff\"}";
    bodies.answer.cut = true;
    {
        auto store = LedgerStore::open(path());
        const std::vector<LedgerEntry> entries{entryOf(bodies), entryOf(bodies)};
        QVERIFY(store.ok() && store->write(entries).ok()); // the same twice is once
    }
    auto reader = LedgerReader::open(path());
    const auto kept = reader->bodies("r1");
    QVERIFY(kept.ok() && kept->has_value());
    QCOMPARE((*kept)->request.text,
             std::string(R"({"messages":[{"content":"my key is [redacted]"}]})"));
    QCOMPARE((*kept)->request.bytes, bodies.request.bytes);
    QVERIFY(!(*kept)->request.cut && (*kept)->answer.cut);
    QVERIFY((*kept)->arrived == bodies.arrived);
    QVERIFY(!reader->bodies("none")->has_value());
    QVERIFY(!files().contains("4f9QhZ2mVbR7xK1p"));
}

void TestLedgerBodies::cutsWhatIsTooLong()
{
    RequestBodies bodies = bodiesOf("r", at("2026-11-22"));
    bodies.most = 1000;
    bodies.request.text = std::string(990, ' ') + kKey;
    const RequestBodies kept = readyToKeep(bodies);
    QCOMPARE(kept.request.text, std::string(990, ' '));
    QVERIFY(kept.request.cut);
    QVERIFY(!kept.answer.cut);
}

void TestLedgerBodies::deletesByKindAndAge()
{
    auto store = LedgerStore::open(path());
    std::vector<LedgerEntry> entries;
    for (int i = 0; i < 60; ++i) { // one a day
        const SystemTime time = at("2026-09-01T12:00:00Z") + std::chrono::days(i);
        const std::string id = "r" + std::to_string(100 + i);
        entries.emplace_back(std::make_shared<const RequestRecord>(plainRecord(id, time)));
        entries.push_back(entryOf(bodiesOf(id, time)));
    }
    QVERIFY(store->write(entries).ok());
    const SystemTime start = at("2026-09-01");
    const LedgerCutoffs before{.bodies = start + std::chrono::days(50),
                               .requests = start + std::chrono::days(40),
                               .sums = start + std::chrono::days(10)};
    int steps = 0;
    while (*store->prune(before, 10)) {
        QVERIFY(++steps < 100);
    }
    QVERIFY(steps >= 4); // in small ones
    QCOMPARE(count("bodies"), std::int64_t(10));
    QCOMPARE(count("requests"), std::int64_t(20));
    QCOMPARE(count("attempts"), std::int64_t(20));
    auto reader = LedgerReader::open(path());
    CostQuery query;
    for (const auto by : {CostDimension::Provider, CostDimension::Route}) {
        query.by = by;
        const auto rows = *reader->costs(query);
        QCOMPARE(rows.size(), std::size_t(50)); // a day each
        QVERIFY(rows.front().start == start + std::chrono::days(10));
    }
    // A request that goes takes its bodies along, whatever these have left.
    while (*store->prune({.requests = start + std::chrono::days(55)}, 10)) {}
    QCOMPARE(count("bodies"), std::int64_t(5));
}

void TestLedgerBodies::staysBelowItsCap()
{
    auto store = LedgerStore::open(path());
    std::vector<LedgerEntry> entries;
    for (int i = 0; i < 300; ++i) {
        const SystemTime time = at("2026-09-01") + std::chrono::hours(i);
        const std::string id = "r" + std::to_string(1000 + i);
        entries.emplace_back(std::make_shared<const RequestRecord>(plainRecord(id, time)));
        entries.push_back(entryOf(bodiesOf(id, time, 8000)));
    }
    QVERIFY(store->write(entries).ok());
    auto reader = LedgerReader::open(path());
    const auto sums = *reader->costs({});
    const std::int64_t full = store->size()->used;
    while (*store->shrinkTo(full / 2, 20)) {}
    QVERIFY(store->size()->used <= full / 2);
    QCOMPARE(count("requests"), std::int64_t(300)); // bodies go first
    QVERIFY(count("bodies") > 20 && count("bodies") < 300);
    QVERIFY(reader->bodies("r1299")->has_value()); // the newest last
    QVERIFY(!reader->bodies("r1000")->has_value());
    while (*store->shrinkTo(1, 20)) {}
    QCOMPARE(count("bodies"), std::int64_t(0));
    QCOMPARE(count("requests"), std::int64_t(0));
    QVERIFY(*reader->costs({}) == sums); // of which nothing goes
}

/// Goal: the file becomes smaller while it is read and written.
void TestLedgerBodies::givesPagesBackWhileItIsUsed()
{
    auto store = LedgerStore::open(path());
    std::vector<LedgerEntry> entries;
    for (int i = 0; i < 200; ++i) {
        entries.push_back(entryOf(
            bodiesOf("r" + std::to_string(1000 + i), at("2026-09-01") + Seconds(i), 20'000)));
    }
    QVERIFY(store->write(entries).ok());
    auto reader = LedgerReader::open(path());
    while (*store->prune({.bodies = at("2026-09-02")}, 100)) {}
    const auto before = *store->size();
    QVERIFY(before.free > before.used);
    int steps = 0;
    bool more = true;
    while (more) {
        more = *store->giveBack(50);
        ++steps;
        const std::vector<LedgerEntry> one{std::make_shared<const RequestRecord>(
            plainRecord("n" + std::to_string(steps), at("2026-11-22")))};
        QVERIFY(store->write(one).ok()); // a writer waits for one step at most
        QVERIFY(reader->requests({})->requests.size() == std::size_t(steps));
    }
    QVERIFY(steps > 5);
    QVERIFY(store->size()->free < before.free / 10);
    auto database = Database::open(path(), Database::Mode::ReadWriteCreate);
    QCOMPARE(*database->integer("PRAGMA auto_vacuum"), std::int64_t(2));
    QVERIFY(database->execute("PRAGMA wal_checkpoint(TRUNCATE)").ok());
    QVERIFY(QFileInfo(QString::fromStdString(path())).size() < before.free);
}

void TestLedgerBodies::theWriterDeletesWhatIsNotAskedFor()
{
    LedgerWriterSettings settings;
    settings.commitEvery = Millis(1);
    settings.pruneEvery = Millis(20);
    settings.clock = [] { return at("2026-11-22T12:00:00Z"); };
    LedgerWriter writer(path(), 90, settings);
    LedgerSettings kept;
    kept.keepBodiesDays = 3;
    writer.setKept(kept);
    for (int hour = 1; hour <= 24 * 5; ++hour) {
        QVERIFY(writer.submitBodies(std::make_shared<const RequestBodies>(
            bodiesOf("r" + std::to_string(1000 + hour),
                     at("2026-11-22T12:00:00Z") - std::chrono::hours(hour)))));
    }
    QVERIFY(writer.flush(kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(count("bodies"), std::int64_t(72), 20'000);
    QVERIFY(writer.health().healthy);
    kept.keepBodiesDays = 0; // not asked for any more
    writer.setKept(kept);
    QTRY_COMPARE_WITH_TIMEOUT(count("bodies"), std::int64_t(0), 20'000);
}

void TestLedgerBodies::aFloodOfBodiesIsBounded()
{
    LedgerWriterSettings settings;
    settings.commitEvery = Millis(60'000);
    settings.bodyBytesMax = 100'000;
    LedgerWriter writer(path(), 0, settings);
    int taken = 0;
    for (int i = 0; i < 30; ++i) {
        taken += writer.submitBodies(std::make_shared<const RequestBodies>(
                     bodiesOf("r" + std::to_string(i), at("2026-11-22"), 10'000)))
                     ? 1
                     : 0;
    }
    QVERIFY2(taken == 9, qPrintable(QString::number(taken)));
    QCOMPARE(writer.health().dropped, std::int64_t(21));
    QVERIFY(writer.submit(std::make_shared<RequestRecord>(plainRecord("r", at("2026-11-22")))));
    QVERIFY(writer.flush(kPatience)); // and there is room again
    QVERIFY(writer.submitBodies(
        std::make_shared<const RequestBodies>(bodiesOf("late", at("2026-11-22"), 10'000))));
}

QTEST_GUILESS_MAIN(TestLedgerBodies)
#include "tst_ledger_bodies.moc"
