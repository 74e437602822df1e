// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/telemetry/time_series.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace signalbox;
using namespace signalbox::telemetry;
using Width = TimeSeries::Width;

namespace {

/// 2026-11-22 14:00:00.25, a quarter of a second into an hour.
Now startTime()
{
    return {SteadyTime(Seconds(777)), *fromIso8601("2026-11-22T14:00:00.25Z")};
}

Now later(Nanos by)
{
    return startTime() + by;
}

CallSample success(Micros latency)
{
    CallSample sample;
    sample.latency = latency;
    sample.firstToken = latency / 4;
    sample.promptTokens = 100;
    sample.completionTokens = 7;
    sample.cost = Money::fromNanos(123'457);
    return sample;
}

CallSample failure()
{
    CallSample sample;
    sample.failed = true;
    return sample;
}

std::string beginOf(const SeriesSetPtr &set)
{
    return toIso8601(set->total.firstBucket);
}

} // namespace

class TestTimeSeries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishesABucketOnlyWhenItHasEnded();
    void aBucketWithoutRequestsIsAGap();
    void failuresHaveNoLatency();
    void bucketsBeginOnWholeUnitsOfSystemTime();
    void foldingKeepsCountsAndMoneyExact();
    void foldedPercentilesComeFromMergedHistograms();
    void keepsNoMoreThanItsCapacity();
    void aLongSilenceLeavesGapsOnly();
    void publishesTheSameObjectUntilABucketEnds();
    void aSetClockRenamesThePastAndKeepsTheCounts();
    void rearrangedProvidersKeepTheirPast();
};

void TestTimeSeries::publishesABucketOnlyWhenItHasEnded()
{
    TimeSeries series(1, startTime());
    series.add(0, success(Millis(100)), later(Millis(10)));
    QVERIFY(series.published(Width::Second)->total.points.empty());
    series.advance(later(Millis(749)));
    QVERIFY(series.published(Width::Second)->total.points.empty());
    series.advance(later(Millis(750)));
    const auto set = series.published(Width::Second);
    QCOMPARE(set->total.points.size(), 1U);
    QCOMPARE(set->total.points.front().attempts, 1);
    QCOMPARE(set->byProvider.at(0).points.front().promptTokens, 100);
    QVERIFY(series.published(Width::TenSeconds)->total.points.empty());
}

void TestTimeSeries::aBucketWithoutRequestsIsAGap()
{
    TimeSeries series(2, startTime());
    series.add(0, success(Millis(100)), startTime());
    series.add(0, success(Millis(100)), later(Seconds(2)));
    series.advance(later(Seconds(3)));
    const auto set = series.published(Width::Second);
    QCOMPARE(set->total.points.size(), 3U);
    const SeriesPoint &gap = set->total.points[1];
    QCOMPARE(gap.attempts, 0);
    QVERIFY(std::isnan(gap.p50Ms) && std::isnan(gap.p95Ms));
    QVERIFY(std::isnan(gap.firstTokenP50Ms) && std::isnan(gap.firstTokenP95Ms));
    QVERIFY(!std::isnan(set->total.points[2].p50Ms));
    QCOMPARE(set->byProvider.at(1).points.size(), 3U);
    QVERIFY(std::isnan(set->byProvider.at(1).points[2].p50Ms));
}

void TestTimeSeries::failuresHaveNoLatency()
{
    TimeSeries series(1, startTime());
    series.add(0, failure(), startTime());
    series.add(std::nullopt, failure(), startTime());
    series.advance(later(Seconds(1)));
    const auto set = series.published(Width::Second);
    QCOMPARE(set->total.points.front().failures, 2);
    QCOMPARE(set->byProvider.at(0).points.front().failures, 1);
    QVERIFY(std::isnan(set->total.points.front().p50Ms));
}

void TestTimeSeries::bucketsBeginOnWholeUnitsOfSystemTime()
{
    const Now start{SteadyTime(Seconds(5)), *fromIso8601("2026-11-22T14:58:13.6Z")};
    TimeSeries series(0, start);
    series.advance(start + std::chrono::hours(2));
    QCOMPARE(beginOf(series.published(Width::TenSeconds)), "2026-11-22T14:58:10.000Z");
    QCOMPARE(beginOf(series.published(Width::Minute)), "2026-11-22T14:58:00.000Z");
    QCOMPARE(beginOf(series.published(Width::Hour)), "2026-11-22T14:00:00.000Z");
    QCOMPARE(series.published(Width::Hour)->total.points.size(), 2U);
    QCOMPARE(beginOf(series.published(Width::Second)), "2026-11-22T16:43:13.000Z");
}

/// Goal: nothing is lost or counted twice on the way from seconds to hours.
/// Method: random traffic of three hours with silences; each width must add up to what was added.
void TestTimeSeries::foldingKeepsCountsAndMoneyExact()
{
    Random random(3);
    TimeSeries series(1, startTime());
    SeriesPoint expected;
    Nanos now{0};
    const Nanos end = std::chrono::hours(3) - Millis(250);
    while (now < end) {
        CallSample sample = success(Micros(static_cast<std::int64_t>(random.below(5'000'000))));
        sample.cost = Money::fromNanos(static_cast<std::int64_t>(random.below(1'000'000'000)));
        sample.unknownPrice = random.below(9) == 0;
        sample.failed = random.below(5) == 0;
        series.add(0, sample, later(now));
        ++expected.attempts;
        expected.failures += sample.failed ? 1 : 0;
        expected.cost += sample.cost;
        expected.unknownPriceAttempts += sample.unknownPrice ? 1 : 0;
        const bool silence = random.below(100) == 0;
        now += Millis(static_cast<std::int64_t>(random.below(silence ? 200'000 : 3'000)));
    }
    series.advance(later(end));
    for (const Width width : {Width::Minute, Width::Hour}) {
        SeriesPoint sum;
        for (const SeriesPoint &point : series.published(width)->byProvider.at(0).points) {
            sum.attempts += point.attempts;
            sum.failures += point.failures;
            sum.completionTokens += point.completionTokens;
            sum.cost += point.cost;
            sum.unknownPriceAttempts += point.unknownPriceAttempts;
        }
        QCOMPARE(sum.attempts, expected.attempts);
        QCOMPARE(sum.failures, expected.failures);
        QCOMPARE(sum.completionTokens, expected.attempts * 7);
        QCOMPARE(sum.cost.nanos(), expected.cost.nanos());
        QCOMPARE(sum.unknownPriceAttempts, expected.unknownPriceAttempts);
    }
    QCOMPARE(series.published(Width::Hour)->total.points.size(), 3U);
}

/// Nine seconds with one request of 10 ms each and one with 91 of 1 s: the mean of the medians
/// would be near 100 ms, the median is 1 s.
void TestTimeSeries::foldedPercentilesComeFromMergedHistograms()
{
    TimeSeries series(0, startTime());
    for (int second = 0; second < 9; ++second) {
        series.add(std::nullopt, success(Millis(10)), later(Seconds(second)));
    }
    for (int i = 0; i < 91; ++i) {
        series.add(std::nullopt, success(Seconds(1)), later(Seconds(9)));
    }
    series.advance(later(Seconds(10)));
    const auto set = series.published(Width::TenSeconds);
    QCOMPARE(set->total.points.size(), 1U);
    const SeriesPoint &point = set->total.points.front();
    QCOMPARE(point.attempts, 100);
    QVERIFY(std::abs(point.p50Ms - 1000) < 16);
    QVERIFY(std::abs(point.firstTokenP50Ms - 250) < 4);
}

void TestTimeSeries::keepsNoMoreThanItsCapacity()
{
    TimeSeries series(1, startTime());
    for (int i = 0; i < 31 * 24; ++i) {
        series.add(0, success(Millis(5)), later(std::chrono::hours(i)));
    }
    QCOMPARE(series.published(Width::Second)->total.points.size(), 900U);
    QCOMPARE(series.published(Width::TenSeconds)->total.points.size(), 720U);
    QCOMPARE(series.published(Width::Minute)->total.points.size(), 1440U);
    const auto hours = series.published(Width::Hour);
    QCOMPARE(hours->total.points.size(), 720U);
    QVERIFY(std::all_of(hours->total.points.begin(),
                        hours->total.points.end(),
                        [](const SeriesPoint &point) { return point.attempts == 1; }));
}

void TestTimeSeries::aLongSilenceLeavesGapsOnly()
{
    TimeSeries series(0, startTime());
    series.add(std::nullopt, success(Millis(5)), startTime());
    series.advance(later(std::chrono::hours(24 * 365)));
    for (const Width width : {Width::Second, Width::TenSeconds, Width::Minute, Width::Hour}) {
        for (const SeriesPoint &point : series.published(width)->total.points) {
            QCOMPARE(point.attempts, 0);
            QVERIFY(std::isnan(point.p50Ms));
        }
    }
}

void TestTimeSeries::publishesTheSameObjectUntilABucketEnds()
{
    TimeSeries series(1, startTime());
    series.advance(later(Seconds(1)));
    const auto second = series.published(Width::Second);
    const auto tens = series.published(Width::TenSeconds);
    series.add(0, success(Millis(5)), later(Millis(1500)));
    QCOMPARE(series.published(Width::Second), second);
    series.advance(later(Seconds(2)));
    QVERIFY(series.published(Width::Second) != second);
    QCOMPARE(second->total.points.size(), 1U);
    QCOMPARE(series.published(Width::TenSeconds), tens);
}

void TestTimeSeries::aSetClockRenamesThePastAndKeepsTheCounts()
{
    TimeSeries series(0, startTime());
    series.add(std::nullopt, success(Millis(5)), startTime());
    series.advance(later(Seconds(3)));
    QCOMPARE(beginOf(series.published(Width::Second)), "2026-11-22T14:00:00.000Z");
    Now set = later(Seconds(4));
    set.system -= std::chrono::hours(5);
    series.advance(set);
    const auto renamed = series.published(Width::Second);
    QCOMPARE(beginOf(renamed), "2026-11-22T09:00:00.000Z");
    QCOMPARE(renamed->total.points.size(), 4U);
    QCOMPARE(renamed->total.points.front().attempts, 1);
    Now drifted = set + Seconds(1);
    drifted.system += Millis(400);
    series.advance(drifted);
    QCOMPARE(beginOf(series.published(Width::Second)), "2026-11-22T09:00:00.000Z");
}

void TestTimeSeries::rearrangedProvidersKeepTheirPast()
{
    TimeSeries series(2, startTime());
    series.add(0, success(Millis(5)), startTime());
    series.add(1, failure(), startTime());
    series.advance(later(Seconds(2)));
    series.rearrange({std::nullopt, 1});
    const auto set = series.published(Width::Second);
    QCOMPARE(set->total.points.front().attempts, 2);
    QCOMPARE(set->byProvider.size(), 2U);
    QCOMPARE(set->byProvider[0].points.size(), 2U);
    QCOMPARE(set->byProvider[0].points.front().attempts, 0);
    QCOMPARE(set->byProvider[1].points.front().failures, 1);
    QCOMPARE(set->byProvider[0].firstBucket, set->byProvider[1].firstBucket);
}

QTEST_APPLESS_MAIN(TestTimeSeries)
#include "tst_time_series.moc"
