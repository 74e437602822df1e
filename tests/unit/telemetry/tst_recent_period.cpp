// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/telemetry/counters.h"
#include "core/telemetry/recent_period.h"
#include "core/telemetry/views.h"

#include <QTest>

#include <utility>
#include <vector>

using namespace signalbox;
using namespace signalbox::telemetry;

namespace {

const SteadyTime kStart = SteadyTime(Seconds(1000));

SteadyTime at(Nanos sinceStart)
{
    return kStart + sinceStart;
}

void addOne(std::int64_t &count)
{
    ++count;
}

} // namespace

class TestRecentPeriod : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coversNoMoreThanHasPassed();
    void coversTheWindowLessTheRestOfAnEpochLater();
    void forgetsWhatLeavesTheWindow();
    void isEmptyAfterALongSilence();
    void askingDoesNotDisturb();
    void ignoresATimeThatGoesBack();
    void agreesWithAListOfEverything();
    void givesNoQuantilesBelowTwentySamples();
};

void TestRecentPeriod::coversNoMoreThanHasPassed()
{
    const RecentCount count(kLastMinuteCount, kStart);
    QCOMPARE(count.covered(kStart), Nanos(0));
    QCOMPARE(count.covered(at(Millis(300))), Nanos(Millis(300)));
    QCOMPARE(count.covered(at(Seconds(59))), Nanos(Seconds(59)));
}

void TestRecentPeriod::coversTheWindowLessTheRestOfAnEpochLater()
{
    const RecentCount count(kLastMinuteCount, kStart);
    QCOMPARE(count.covered(at(Seconds(60))), Nanos(Seconds(55)));
    QCOMPARE(count.covered(at(Seconds(64))), Nanos(Seconds(59)));
    QCOMPARE(count.covered(at(Seconds(1003))), Nanos(Seconds(58)));
}

void TestRecentPeriod::forgetsWhatLeavesTheWindow()
{
    RecentCount count(kLastMinuteCount, kStart);
    count.record(at(Seconds(4)), addOne);
    count.record(at(Seconds(6)), addOne);
    QCOMPARE(count.total(at(Seconds(59))), 2);
    QCOMPARE(count.total(at(Seconds(60))), 1);
    QCOMPARE(count.total(at(Seconds(64))), 1);
    QCOMPARE(count.total(at(Seconds(65))), 0);
}

void TestRecentPeriod::isEmptyAfterALongSilence()
{
    RecentCount count(kLastMinuteCount, kStart);
    for (int second = 0; second < 60; ++second) {
        count.record(at(Seconds(second)), addOne);
    }
    const auto later = at(std::chrono::hours(9));
    QCOMPARE(count.total(later), 0);
    count.record(later, addOne);
    QCOMPARE(count.total(later), 1);
}

void TestRecentPeriod::askingDoesNotDisturb()
{
    RecentCount count(kLastMinuteCount, kStart);
    count.record(at(Seconds(1)), addOne);
    QCOMPARE(count.total(at(Seconds(100))), 0);
    QCOMPARE(count.total(at(Seconds(2))), 1);
}

void TestRecentPeriod::ignoresATimeThatGoesBack()
{
    RecentCount count(kLastMinuteCount, kStart);
    count.record(at(Seconds(30)), addOne);
    count.record(at(Seconds(2)), addOne);
    QCOMPARE(count.total(at(Seconds(89))), 2);
    QCOMPARE(count.total(at(Seconds(90))), 0);
}

/// Goal: the ring never differs from the plain sum over the epochs in the window.
/// Method: random steps of up to 20 s, now and then of minutes; a list of everything as the model.
void TestRecentPeriod::agreesWithAListOfEverything()
{
    Random random(42);
    RecentCount count(kLastMinuteCount, kStart);
    std::vector<std::pair<std::int64_t, std::int64_t>> all; // epoch, value
    Nanos now{0};
    bool emptied = false;
    for (int step = 0; step < 5000; ++step) {
        const std::uint64_t longest = random.below(50) == 0 ? 300'000 : 2'000;
        now += Millis(static_cast<std::int64_t>(random.below(longest)));
        const auto value = static_cast<std::int64_t>(random.below(100));
        const std::int64_t epoch = now / Nanos(Seconds(5));
        std::int64_t expected = 0;
        for (const auto &[index, old] : all) {
            expected += index > epoch - 12 ? old : 0;
        }
        QCOMPARE(count.total(at(now)), expected);
        emptied = emptied || (expected == 0 && step > 0);
        count.record(at(now), [value](std::int64_t &sum) { sum += value; });
        all.emplace_back(epoch, value);
    }
    QVERIFY(emptied);
}

void TestRecentPeriod::givesNoQuantilesBelowTwentySamples()
{
    Histogram histogram;
    for (int i = 0; i < 19; ++i) {
        histogram.add(Millis(10));
    }
    QCOMPARE(quantilesOf(histogram).samples, 19);
    QVERIFY(!quantilesOf(histogram).p50Ms);
    histogram.add(Millis(10));
    QCOMPARE(quantilesOf(histogram).samples, 20);
    QVERIFY(quantilesOf(histogram).p50Ms);
    QVERIFY(quantilesOf(histogram).p99Ms);
}

QTEST_APPLESS_MAIN(TestRecentPeriod)
#include "tst_recent_period.moc"
