// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <spawn.h>
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

/// This program once more, as the child. posix_spawn() and not QProcess, whose clone()
/// ThreadSanitizer does not survive.
struct Child
{
    pid_t pid = -1;
    FILE *output = nullptr;
};

Child spawn(const std::string &path)
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) {
        return {};
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    std::string program = QCoreApplication::applicationFilePath().toStdString();
    std::string option = "--submit";
    std::string file = path;
    const std::array<char *, 4> arguments = {program.data(), option.data(), file.data(), nullptr};
    Child child;
    if (posix_spawn(&child.pid, program.c_str(), &actions, nullptr, arguments.data(), environ)
        != 0) {
        child.pid = -1;
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    child.output = fdopen(ends[0], "r");
    return child;
}

/// Until \p untilMs after the first word.
std::vector<Heard> listen(FILE *output, QElapsedTimer &timer, qint64 untilMs)
{
    std::vector<Heard> all;
    int submitted = 0;
    while ((all.empty() || timer.elapsed() < untilMs)
           && std::fscanf(output, "%d", &submitted) == 1) {
        if (all.empty()) {
            timer.start();
        }
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
        const Child child = spawn(path);
        QVERIFY(child.pid > 0);
        QElapsedTimer timer;
        const auto heard = listen(child.output, timer, lifeMs);
        kill(child.pid, SIGKILL);
        const qint64 killedAt = timer.elapsed();
        int status = 0;
        waitpid(child.pid, &status, 0);
        std::fclose(child.output);
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
