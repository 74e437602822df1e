// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/telemetry/bucket_counts.h"
#include "core/telemetry/histogram.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace signalbox;
using namespace signalbox::telemetry;

namespace {

constexpr std::int64_t kHour = 3'600'000'000;

/// Spread evenly over the orders of magnitude from 1 us to one hour.
std::vector<std::int64_t> randomDurations(std::uint64_t seed, std::size_t count)
{
    Random random(seed);
    std::vector<std::int64_t> durations(count);
    for (std::int64_t &duration : durations) {
        duration = std::llround(std::exp(random.unit() * std::log(double(kHour))));
    }
    return durations;
}

Histogram histogramOf(const std::vector<std::int64_t> &durations)
{
    Histogram histogram;
    for (const std::int64_t duration : durations) {
        histogram.add(Micros(duration));
    }
    return histogram;
}

constexpr std::array kQuantiles = {0.0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0};

} // namespace

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quantilesAreWithinThreePercentOfTheExactOnes();
    void shortDurationsAreExact();
    void everyDurationIsWithinThreePercentOfItself();
    void countAndSumAreExact();
    void mergingEqualsAddingAll();
    void subtractingUndoesMerging();
    void isEmptyAfterClearing();
    void countsWhatIsOutOfRangeAtTheEnds();
    void boundsOfBucketCountsAreInclusive();
};

void TestHistogram::quantilesAreWithinThreePercentOfTheExactOnes()
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        auto durations = randomDurations(seed, 1 + seed * 500);
        const Histogram histogram = histogramOf(durations);
        std::sort(durations.begin(), durations.end());
        for (const double q : kQuantiles) {
            const auto rank = std::max(std::ceil(q * double(durations.size())), 1.0);
            const auto exact = double(durations[static_cast<std::size_t>(rank) - 1]);
            const auto found = double(histogram.quantile(q)->count());
            QVERIFY2(std::abs(found - exact) <= 0.016 * exact,
                     qPrintable(QStringLiteral("%1 for %2").arg(found).arg(exact)));
        }
    }
}

void TestHistogram::shortDurationsAreExact()
{
    for (std::int64_t micros = 0; micros < 64; ++micros) {
        QCOMPARE(histogramOf({micros}).quantile(0.5), Micros(micros));
    }
}

void TestHistogram::everyDurationIsWithinThreePercentOfItself()
{
    for (std::int64_t micros = 1; micros <= kHour; micros += 1 + micros / 1000) {
        const auto found = histogramOf({micros}).quantile(1)->count();
        QVERIFY(std::abs(found - micros) * 1000 <= 16 * micros);
    }
}

void TestHistogram::countAndSumAreExact()
{
    const auto durations = randomDurations(7, 10'000);
    const Histogram histogram = histogramOf(durations);
    std::int64_t sum = 0;
    for (const std::int64_t duration : durations) {
        sum += duration;
    }
    QCOMPARE(histogram.count(), 10'000);
    QCOMPARE(histogram.sum(), Micros(sum));
}

void TestHistogram::mergingEqualsAddingAll()
{
    const auto first = randomDurations(1, 3000);
    const auto second = randomDurations(2, 500);
    auto all = first;
    all.insert(all.end(), second.begin(), second.end());
    Histogram merged = histogramOf(first);
    merged += histogramOf(second);
    const Histogram direct = histogramOf(all);
    QCOMPARE(merged.count(), direct.count());
    QCOMPARE(merged.sum(), direct.sum());
    for (const double q : kQuantiles) {
        QCOMPARE(merged.quantile(q), direct.quantile(q));
    }
}

void TestHistogram::subtractingUndoesMerging()
{
    const Histogram first = histogramOf(randomDurations(1, 3000));
    const Histogram second = histogramOf(randomDurations(2, 500));
    Histogram both = first;
    both += second;
    both -= second;
    QCOMPARE(both.count(), first.count());
    QCOMPARE(both.sum(), first.sum());
    for (const double q : kQuantiles) {
        QCOMPARE(both.quantile(q), first.quantile(q));
    }
    both -= first;
    QVERIFY(both.isEmpty());
    QVERIFY(!both.quantile(0.5));
}

void TestHistogram::isEmptyAfterClearing()
{
    Histogram histogram = histogramOf({1, 2, 3});
    histogram.clear();
    QVERIFY(histogram.isEmpty());
    QCOMPARE(histogram.sum(), Micros(0));
    QVERIFY(!histogram.quantile(1));
    histogram.add(Micros(5));
    QCOMPARE(histogram.quantile(1), Micros(5));
}

void TestHistogram::countsWhatIsOutOfRangeAtTheEnds()
{
    Histogram histogram;
    histogram.add(Micros(-5));
    histogram.add(Micros(kHour * 10));
    QCOMPARE(histogram.count(), 2);
    QCOMPARE(histogram.sum(), Micros(kHour));
    QCOMPARE(histogram.quantile(0), Micros(0));
    QVERIFY(*histogram.quantile(1) <= Micros(kHour));
    QVERIFY(*histogram.quantile(1) >= Micros(kHour / 100 * 98));
}

void TestHistogram::boundsOfBucketCountsAreInclusive()
{
    static constexpr std::array<std::int64_t, 3> kBounds = {10, 20, 40};
    BucketCounts counts(kBounds);
    for (const std::int64_t value : {-1, 0, 10, 11, 20, 40, 41, 1000}) {
        counts.add(value);
    }
    QCOMPARE(counts.cumulative(), (std::vector<std::int64_t>{3, 5, 6}));
    QCOMPARE(counts.count(), 8);
    QCOMPARE(counts.sum(), 1122);
}

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
