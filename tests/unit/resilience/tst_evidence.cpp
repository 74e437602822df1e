// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/resilience/evidence.h"

#include <QTest>

#include <cmath>

using namespace signalbox;
using namespace signalbox::resilience;

namespace {

const double kHundred = std::log(100);

/// Whether the claim "at most \p claimed" is refuted a hundredfold within \p count tosses.
bool refutes(std::uint64_t seed, double truth, double claimed, int count)
{
    Random random(seed);
    Evidence evidence;
    for (int i = 0; i < count; ++i) {
        evidence.add(gainOverMean(random.unit() < truth ? 1 : 0, claimed));
    }
    return evidence.most() >= kHundred;
}

} // namespace

/// Goal: what is true is seldom refuted, however long one looks; what is false soon is.
class TestEvidence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithNothing();
    void whatIsTrueIsSeldomRefuted();
    void whatIsFalseIsRefuted();
    void drawnOnesAreComparedWithTheOthers();
    void gainsAreFairWhereTheClaimHolds();
    void whatWasOnceProvedStaysProved();
};

void TestEvidence::beginsWithNothing()
{
    const Evidence evidence;
    QCOMPARE(evidence.most(), 0.0);
}

void TestEvidence::whatIsTrueIsSeldomRefuted()
{
    int wrong = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        wrong += refutes(seed, 0.05, 0.05, 5000) ? 1 : 0;
    }
    // A hundredth at most is promised, 10 of 1000; chance may add three of its deviations.
    QVERIFY2(wrong <= 20, qPrintable(QString::number(wrong)));
}

void TestEvidence::whatIsFalseIsRefuted()
{
    int right = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        right += refutes(seed, 0.10, 0.05, 1500) ? 1 : 0;
    }
    QVERIFY2(right >= 95, qPrintable(QString::number(right)));
}

void TestEvidence::drawnOnesAreComparedWithTheOthers()
{
    const auto refuted = [](std::uint64_t seed, double drawnFails) {
        Random random(seed);
        Evidence evidence;
        for (int i = 0; i < 6000; ++i) {
            const bool drawn = random.unit() < 0.2;
            const double value = random.unit() < (drawn ? drawnFails : 0.3) ? 1 : 0;
            evidence.add(gainOverOthers(value, drawn, 0.2));
        }
        return evidence.most() >= kHundred;
    };
    int wrong = 0;
    int right = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        wrong += refuted(seed, 0.3) ? 1 : 0;
        right += refuted(seed, 0.45) ? 1 : 0;
    }
    QVERIFY2(wrong <= 6, qPrintable(QString::number(wrong)));
    QVERIFY2(right >= 190, qPrintable(QString::number(right)));
}

void TestEvidence::gainsAreFairWhereTheClaimHolds()
{
    // A mean of exactly the bar: 1 of 20 gains what 19 of 20 lose.
    QVERIFY(std::abs(0.05 * gainOverMean(1, 0.05) + 0.95 * gainOverMean(0, 0.05)) < 1e-12);
    QVERIFY(std::abs(0.2 * gainOverOthers(1, true, 0.2) + 0.8 * gainOverOthers(1, false, 0.2))
            < 1e-12);
    QCOMPARE(gainOverOthers(0, true, 0.2), 0.0);
}

void TestEvidence::whatWasOnceProvedStaysProved()
{
    Evidence evidence;
    for (int i = 0; i < 20; ++i) {
        evidence.add(gainOverMean(1, 0.05));
    }
    const double most = evidence.most();
    QVERIFY(most > kHundred);
    for (int i = 0; i < 1000; ++i) {
        evidence.add(gainOverMean(0, 0.05));
    }
    QCOMPARE(evidence.most(), most);
}

QTEST_GUILESS_MAIN(TestEvidence)
#include "tst_evidence.moc"
