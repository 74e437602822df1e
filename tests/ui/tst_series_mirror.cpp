// SPDX-License-Identifier: GPL-3.0-or-later
// Another machine's past, put together from pages: what is not known is a gap, and nothing grows.
#include "app/console/remote/series_mirror.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace signalbox;
using namespace signalbox::app;
using signalbox::runtime::SeriesPage;
using signalbox::telemetry::SeriesPoint;

namespace {

constexpr std::size_t kKeeps = 20;
const SystemTime kStart = *fromIso8601("2026-11-22T14:00:00Z");

SystemTime second(std::int64_t n)
{
    return kStart + Seconds(n);
}

/// Buckets from second \p first on, with these attempts; provider `b` has ten times as many.
SeriesPage page(std::int64_t first, const std::vector<int> &attempts, bool withB = true)
{
    SeriesPage page{Seconds(1), kKeeps, second(first), {}, {}};
    std::vector<SeriesPoint> more;
    for (const int count : attempts) {
        SeriesPoint point;
        point.attempts = count;
        page.total.push_back(point);
        point.attempts = 10 * count;
        more.push_back(point);
    }
    page.providers.emplace_back("a", page.total);
    if (withB) {
        page.providers.emplace_back("b", more);
    }
    return page;
}

/// `1 2 - 4`: attempts, and gaps.
std::string written(const telemetry::Series &series)
{
    std::string text;
    for (const SeriesPoint &point : series.points) {
        text += (text.empty() ? "" : " ") + (point.known ? std::to_string(point.attempts) : "-");
    }
    return text;
}

} // namespace

class TestSeriesMirror : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOn();
    void leavesAGapWhereNobodyLooked();
    void fillsAGapThatIsTold();
    void beginsAnewWhenTheClockWasSet();
    void followsTheProviders();
    void keepsNoMoreThanTheGateway();
    void changesOnlyWithNews();
};

void TestSeriesMirror::goesOn()
{
    SeriesMirror mirror(Seconds(1));
    QVERIFY(!mirror.knownUntil());
    QVERIFY(mirror.set({"a"}) == nullptr);
    QVERIFY(mirror.take(page(5, {1, 2})));
    QCOMPARE(*mirror.knownUntil(), second(7));
    QVERIFY(mirror.take(page(7, {3})));
    QVERIFY(mirror.take(page(8, {})));
    QVERIFY(mirror.take(page(7, {3, 4}))); // told twice
    const auto set = mirror.set({"b", "a"});
    QCOMPARE(written(set->total), std::string("1 2 3 4"));
    QCOMPARE(written(set->byProvider[0]), std::string("10 20 30 40"));
    QCOMPARE(written(set->byProvider[1]), std::string("1 2 3 4"));
    QCOMPARE(set->total.firstBucket, second(5));
    QCOMPARE(set->total.bucket, Seconds(1));
}

/// A gateway that started anew knows nothing of before.
void TestSeriesMirror::leavesAGapWhereNobodyLooked()
{
    SeriesMirror mirror(Seconds(1));
    QVERIFY(!mirror.extend(second(3))); // it does not know yet where to begin
    QVERIFY(mirror.take(page(0, {1, 2})));
    QVERIFY(!mirror.extend(second(2)));
    QVERIFY(mirror.extend(second(4) + Millis(900)));
    QCOMPARE(written(mirror.set({"a"})->total), std::string("1 2 - -"));
    QCOMPARE(*mirror.knownUntil(), second(2));
    QVERIFY(mirror.take(page(6, {7})));
    const auto set = mirror.set({"a", "never heard of"});
    QCOMPARE(written(set->total), std::string("1 2 - - - - 7"));
    QCOMPARE(written(set->byProvider[0]), std::string("1 2 - - - - 7"));
    QCOMPARE(written(set->byProvider[1]), std::string("- - - - - - -"));
}

/// One that only could not be reached tells what was.
void TestSeriesMirror::fillsAGapThatIsTold()
{
    SeriesMirror mirror(Seconds(1));
    QVERIFY(mirror.take(page(0, {1, 2})));
    QVERIFY(mirror.extend(second(5)));
    QVERIFY(mirror.take(page(2, {3, 4})));
    QCOMPARE(written(mirror.set({"a"})->total), std::string("1 2 3 4"));
    QCOMPARE(*mirror.knownUntil(), second(4));
}

void TestSeriesMirror::beginsAnewWhenTheClockWasSet()
{
    SeriesMirror mirror(Seconds(1));
    QVERIFY(mirror.take(page(10, {1})));
    QVERIFY(!mirror.take(page(9, {5}))); // back
    QVERIFY(!mirror.knownUntil());
    QVERIFY(mirror.take(page(9, {5})));
    SeriesPage half = page(11, {6});
    half.first += Millis(500);
    QVERIFY(!mirror.take(half));
    QVERIFY(mirror.take(page(0, {1})));
    SeriesPage wide = page(1, {6});
    wide.bucket = Seconds(10);
    QVERIFY(!mirror.take(wide));
}

void TestSeriesMirror::followsTheProviders()
{
    SeriesMirror mirror(Seconds(1));
    QVERIFY(mirror.take(page(0, {1}, false)));
    QVERIFY(mirror.take(page(1, {2}, true))); // b is new
    QCOMPARE(written(mirror.set({"b"})->byProvider[0]), std::string("- 20"));
    QVERIFY(mirror.take(page(2, {3}, false))); // and gone
    QCOMPARE(written(mirror.set({"b"})->byProvider[0]), std::string("- - -"));
    QVERIFY(mirror.take(page(3, {4}, true)));
    QCOMPARE(written(mirror.set({"b"})->byProvider[0]), std::string("- - - 40"));
}

void TestSeriesMirror::keepsNoMoreThanTheGateway()
{
    SeriesMirror mirror(Seconds(1));
    for (int i = 0; i < 50; ++i) {
        QVERIFY(mirror.take(page(i, {i})));
        QVERIFY(mirror.set({"a"})->total.points.size() <= kKeeps);
    }
    QCOMPARE(mirror.set({"a"})->total.firstBucket, second(30));
    QCOMPARE(mirror.set({"a"})->byProvider[0].points.front().attempts, std::int64_t(30));
    QVERIFY(mirror.extend(second(55)));
    QCOMPARE(mirror.set({"a"})->total.points.size(), kKeeps);
    QVERIFY(mirror.extend(second(1'000'000'000))); // a laptop that slept
    const auto slept = mirror.set({"a"});
    QCOMPARE(slept->total.points.size(), kKeeps);
    QCOMPARE(slept->byProvider[0].points.size(), kKeeps);
    QCOMPARE(slept->total.firstBucket + Seconds(kKeeps), second(1'000'000'000));
    QVERIFY(std::ranges::none_of(slept->total.points, &SeriesPoint::known));
    // What it knew is older than what is kept: all is asked for.
    QVERIFY(!mirror.take(page(50, {1})));
    QVERIFY(mirror.take(page(0, {1})));
    QVERIFY(mirror.take(page(2'000'000'000, {1})));
    QCOMPARE(written(mirror.set({"a"})->total), std::string("1"));
}

/// Charts are drawn anew when the object is another one.
void TestSeriesMirror::changesOnlyWithNews()
{
    SeriesMirror mirror(Seconds(1));
    QVERIFY(mirror.take(page(0, {1})));
    const auto before = mirror.set({"a", "b"});
    QVERIFY(mirror.take(page(1, {})));
    QVERIFY(!mirror.extend(second(1)));
    QCOMPARE(mirror.set({"a", "b"}), before);
    QVERIFY(mirror.set({"b", "a"}) != before);
}

QTEST_APPLESS_MAIN(TestSeriesMirror)
#include "tst_series_mirror.moc"
