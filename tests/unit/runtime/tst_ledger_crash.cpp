// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

std::string idOf(int index)
{
    return "r" + std::to_string(1'000'000 + index);
}

/// The child: submits without end and says after each hundred how many it has submitted.
[[noreturn]] void submitForever(const std::string &path, int pipe)
{
    auto store = LedgerStore::open(path);
    if (!store) {
        _exit(1);
    }
    LedgerWriterSettings settings;
    settings.clock = [] { return at("2026-11-22"); };
    LedgerWriter writer(std::move(*store), 90, settings);
    for (int i = 0;; ++i) {
        while (!writer.submit(
            std::make_shared<RequestRecord>(plainRecord(idOf(i), at("2026-11-22") + Millis(i))))) {
            usleep(1000); // the queue is full: as fast as the disk, then
        }
        const int submitted = i + 1;
        if (submitted % 100 == 0) {
            (void)!write(pipe, &submitted, sizeof(submitted));
            usleep(20'000);
        }
    }
}

/// How many the child had submitted, and when we heard of it.
struct Heard
{
    int submitted = 0;
    qint64 ms = 0;
};

std::vector<Heard> listen(int pipe, const QElapsedTimer &timer, qint64 untilMs)
{
    std::vector<Heard> all;
    int submitted = 0;
    while (timer.elapsed() < untilMs && read(pipe, &submitted, sizeof(submitted)) > 0) {
        all.push_back({submitted, timer.elapsed()});
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
        std::array<int, 2> ends{};
        QVERIFY(pipe(ends.data()) == 0);
        const pid_t child = fork();
        if (child == 0) {
            submitForever(path, ends[1]);
        }
        close(ends[1]);
        QElapsedTimer timer;
        timer.start();
        const auto heard = listen(ends[0], timer, lifeMs);
        kill(child, SIGKILL);
        const qint64 killedAt = timer.elapsed();
        int status = 0;
        waitpid(child, &status, 0);
        close(ends[0]);
        QVERIFY(WIFSIGNALED(status));

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

QTEST_GUILESS_MAIN(TestLedgerCrash)
#include "tst_ledger_crash.moc"
