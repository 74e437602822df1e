// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/simulation.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace signalbox::sim;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::uint64_t kExchanges = 16'000;

struct Run
{
    bool failed = false;
    QByteArray output;
};

/// The program whose gateway has \p fault in it.
Run runPlanted(const QString &fault, int seed, int exchanges)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(SIGNALBOX_TESTS_DIR "/simulate_") + fault,
                  {QStringLiteral("--seed"),
                   QString::number(seed),
                   QStringLiteral("--exchanges"),
                   QString::number(exchanges)});
    const bool ended = process.waitForFinished(60'000);
    const bool failed = process.exitStatus() == QProcess::CrashExit || process.exitCode() == 1;
    return {ended && failed, process.readAll()};
}

} // namespace

/// Goal: whatever clients, upstreams, operators and configurations do together, the gateway keeps
/// its promises (docs/ARCHITECTURE.md, "The simulation").
/// Method: one seed here, many by `./dev sim`. Then the same with faults planted in the gateway's
/// own code, to see that a run would find them.
class TestSim : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPromiseIsKept();
    void aRunCanBeRepeated();
    void aPlantedFaultIsFound_data();
    void aPlantedFaultIsFound();
};

void TestSim::everyPromiseIsKept()
{
    const Report report = Simulation(kSeed, kExchanges).run();
    const std::string seed = "seed " + std::to_string(kSeed) + ": ";
    QVERIFY2(!report.fault, (seed + report.fault.value_or("")).c_str());
    QCOMPARE(unreached(report), "");
}

void TestSim::aRunCanBeRepeated()
{
    const auto digest = [](std::uint64_t seed) { return Simulation(seed, 500).run().digest; };
    QCOMPARE(digest(7), digest(7));
    QVERIFY(digest(7) != digest(8));
}

void TestSim::aPlantedFaultIsFound_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("exchanges");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("lost permit") << "lost_permit" << 300
                                 << "p\\d has room for \\d+ requests and took";
    QTest::newRow("late ticket") << "late_ticket" << 8000 << "p\\d/m\\d+: .*must be";
    QTest::newRow("double settle") << "double_settle" << 8000 << "failures is 2, must be 1";
    QTest::newRow("double booking")
        << "double_booking" << 2000 << "telemetry has .* the records have";
    QTest::newRow("lost reservation")
        << "lost_reservation" << 8000 << "c1 still has .* USD reserved";
    QTest::newRow("another's scope")
        << "other_scope" << 2000 << "the answer to another question or to another client";
    QTest::newRow("lost follower")
        << "lost_follower" << 2000 << "the answer that it waited for is there, and it has not got";
    QTest::newRow("mixed answers") << "mixed_answers" << 8000 << "the answer is not the upstream's";
}

/// Every run must fail, and some of them by the check that is meant for the fault: another may be
/// first, or an invariant of the gateway's own (a permit is also missed when its provider goes).
void TestSim::aPlantedFaultIsFound()
{
    QFETCH(const QString, fault);
    QFETCH(const int, exchanges);
    QFETCH(const QString, complaint);
    int found = 0;
    for (int seed = 1; seed <= 4; ++seed) {
        const Run run = runPlanted(fault, seed, exchanges);
        QVERIFY2(run.failed, run.output.constData());
        const QString story = QString::fromUtf8(run.output);
        const QRegularExpression wanted(QStringLiteral("^FAULT at .*(%1)").arg(complaint),
                                        QRegularExpression::MultilineOption);
        const bool stopped = story.contains("broken invariant"_L1);
        QVERIFY2(stopped || story.contains("FAULT at "_L1), run.output.constData());
        found += wanted.match(story).hasMatch() ? 1 : 0;
    }
    QVERIFY(found > 0);
}

QTEST_GUILESS_MAIN(TestSim)

#include "tst_sim.moc"
