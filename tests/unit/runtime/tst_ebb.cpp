// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ebb.h"

#include <QTest>

using namespace signalbox;
using runtime::Ebb;

/// Goal: memory is given back after a burst of connections, and not again and again.
/// Method: numbers of open connections at times of our own.
class TestEbb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesOnceAfterABurst();
    void isNotASmallChange();
    void isNotAWave();
    void comesAfterEachBurst();
};

namespace {

SteadyTime at(int seconds)
{
    return SteadyTime(Seconds(1000 + seconds));
}

} // namespace

void TestEbb::comesOnceAfterABurst()
{
    Ebb ebb(32);
    QVERIFY(!ebb.reached(10, at(0)));
    QVERIFY(!ebb.reached(200, at(1)));
    QVERIFY(!ebb.reached(101, at(2)));
    QVERIFY(ebb.reached(100, at(3)));
    QVERIFY(!ebb.reached(100, at(200)));
    QVERIFY(!ebb.reached(70, at(201)));
    QVERIFY(ebb.reached(50, at(202)));
}

void TestEbb::isNotASmallChange()
{
    Ebb ebb(32);
    QVERIFY(!ebb.reached(31, at(0)));
    QVERIFY(!ebb.reached(0, at(100)));
    QVERIFY(!ebb.reached(32, at(101)));
    QVERIFY(ebb.reached(0, at(200)));
}

void TestEbb::isNotAWave()
{
    Ebb ebb(32);
    int times = 0;
    for (int second = 0; second < 120; ++second) {
        times += ebb.reached(second % 2 == 0 ? 500 : 20, at(second)) ? 1 : 0;
    }
    QCOMPARE(times, 2);
}

void TestEbb::comesAfterEachBurst()
{
    Ebb ebb(32);
    for (int hour = 0; hour < 5; ++hour) {
        QVERIFY(!ebb.reached(1000, at(3600 * hour)));
        QVERIFY(ebb.reached(20, at(3600 * hour + 100)));
    }
}

QTEST_GUILESS_MAIN(TestEbb)

#include "tst_ebb.moc"
