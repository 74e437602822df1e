// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <cstring>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

std::string idOf(int index)
{
    return "r" + std::to_string(1'000'000 + index);
}

/// The child: submits without end and says after each hundred how many it has submitted.
int submitForever(const std::string &path)
{
    auto store = LedgerStore::open(path);
    if (!store) {
        return 1;
    }
    LedgerWriterSettings settings;
    settings.clock = [] { return at("2026-11-22"); };
    LedgerWriter writer(std::move(*store), 90, settings);
    for (int i = 0;; ++i) {
        while (!writer.submit(
            std::make_shared<RequestRecord>(plainRecord(idOf(i), at("2026-11-22") + Millis(i))))) {
            std::this_thread::sleep_for(Millis(1)); // the queue is full: as fast as the disk, then
        }
        if ((i + 1) % 100 == 0) {
            std::printf("%d\n", i + 1);
            std::fflush(stdout);
            std::this_thread::sleep_for(Millis(20)); // a steady stream, not a flood
        }
    }
}

/// How many the child had submitted, and when we heard of it.
struct Heard
{
    int submitted = 0;
    qint64 ms = 0;
};

/// Until \p untilMs after the first word.
std::vector<Heard> listen(QProcess &child, QElapsedTimer &timer, qint64 untilMs)
{
    std::vector<Heard> all;
    while ((all.empty() || timer.elapsed() < untilMs) && child.waitForReadyRead(20'000)) {
        if (all.empty()) {
            timer.start();
        }
        while (child.canReadLine()) {
            all.push_back({child.readLine().trimmed().toInt(), timer.elapsed()});
        }
    }
    return all;
}

} // namespace

class TestLedgerCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasDeliveredASecondBeforeTheKillIsThere();
};

void TestLedgerCrash::whatWasDeliveredASecondBeforeTheKillIsThere()
{
    // Goal: kill -9 loses at most the last second, and never half a record. Method: a child
    // submits and reports; it is killed at different moments of its batches.
    for (const qint64 lifeMs : {1500, 1740}) {
        const QTemporaryDir dir;
        const std::string path = dir.filePath("ledger.db").toStdString();
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--submit"), QString::fromStdString(path)});
        QElapsedTimer timer;
        const auto heard = listen(child, timer, lifeMs);
        child.kill();
        const qint64 killedAt = timer.elapsed();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);

        int owed = 0;
        for (const Heard &line : heard) {
            owed = line.ms < killedAt - 1000 ? line.submitted : owed;
        }
        QVERIFY(owed > 0);
        auto store = LedgerStore::open(path); // recovers the log
        QVERIFY(store.ok());
        auto reader = LedgerReader::open(path);
        const auto rows = *reader->costs({});
        QCOMPARE(rows.size(), std::size_t(1));
        const int kept = int(rows[0].requests);
        QVERIFY2(kept >= owed, qPrintable(QString::number(kept)));
        for (int i = 0; i < kept; ++i) { // all up to the last, whole, and none beyond
            const auto record = reader->request(idOf(i));
            QVERIFY(**record == plainRecord(idOf(i), at("2026-11-22") + Millis(i)));
        }
        QVERIFY(!reader->request(idOf(kept))->has_value());
        QCOMPARE(rows[0].cost.nanos(), std::int64_t(kept) * 1000);
        auto database = Database::open(path, Database::Mode::ReadOnly);
        auto check = database->prepare("PRAGMA integrity_check");
        QVERIFY(check->step() == Statement::Step::Row);
        QCOMPARE(check->text(), std::string("ok"));
    }
}

int main(int argc, char *argv[])
{
    if (argc == 3 && std::strcmp(argv[1], "--submit") == 0) {
        return submitForever(argv[2]);
    }
    QCoreApplication app(argc, argv);
    TestLedgerCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ledger_crash.moc"
