// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/routing/outliers.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

RouteSettings routeOf(int targets, const EjectSettings &eject = {})
{
    RouteSettings route;
    route.name = "chat";
    for (int i = 0; i < targets; ++i) {
        route.targets.push_back({.target = TargetId("p/m" + std::to_string(i))});
    }
    route.ejectSlow = eject;
    return route;
}

TargetId target(int i)
{
    return TargetId("p/m" + std::to_string(i));
}

void answer(Experience &experience, int who, Millis time, SteadyTime now, int times = 10)
{
    Observation seen;
    seen.total = time;
    seen.outputTokens = 50;
    for (int i = 0; i < times; ++i) {
        experience.observe(target(who), "chat", seen, now);
    }
}

} // namespace

/// Goal: who is much slower than its peers stands aside, not too many at a time, and not for good.
class TestOutliers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSlowOneStandsAsideForItsTime()
    {
        Experience experience;
        Outliers outliers;
        const RouteSettings route = routeOf(3);
        answer(experience, 0, Millis(500), kStart);
        answer(experience, 1, Millis(700), kStart);
        answer(experience, 2, Millis(2000), kStart);
        outliers.look(route, experience, kStart);
        const auto out = outliers.ejected("chat", target(2), kStart);
        QVERIFY(out.has_value());
        QCOMPARE(out->timesSlower, 2.0 / 0.6);
        QCOMPARE(out->until, kStart + Seconds(30));
        QVERIFY(!outliers.ejected("chat", target(1), kStart));
        QVERIFY(!outliers.ejected("other", target(2), kStart));
        QCOMPARE(outliers.all(kStart).size(), std::size_t(1));
        QVERIFY(!outliers.ejected("chat", target(2), kStart + Seconds(30)));
        QVERIFY(outliers.all(kStart + Seconds(30)).empty());
    }

    /// What it did before it stood aside is not held against it again.
    void itIsJudgedAnewWhenItIsBack()
    {
        Experience experience;
        Outliers outliers;
        const RouteSettings route = routeOf(3);
        for (const int who : {0, 1}) {
            answer(experience, who, Millis(500), kStart);
        }
        answer(experience, 2, Millis(5000), kStart);
        outliers.look(route, experience, kStart);
        const SteadyTime back = kStart + Seconds(31);
        outliers.look(route, experience, back);
        QVERIFY(!outliers.ejected("chat", target(2), back));
        answer(experience, 2, Millis(5000), back, 9);
        outliers.look(route, experience, back + Seconds(1));
        QVERIFY(!outliers.ejected("chat", target(2), back + Seconds(1)));
        answer(experience, 2, Millis(5000), back, 1); // the tenth
        outliers.look(route, experience, back + Seconds(2));
        QVERIFY(outliers.ejected("chat", target(2), back + Seconds(2)).has_value());
    }

    void smallDifferencesAndFewAnswersDoNotCount()
    {
        Experience experience;
        Outliers outliers;
        const RouteSettings route = routeOf(2);
        answer(experience, 0, Millis(50), kStart);
        answer(experience, 1, Millis(290), kStart); // nearly six times, yet nobody minds
        outliers.look(route, experience, kStart);
        QVERIFY(outliers.all(kStart).empty());
        Experience few;
        answer(few, 0, Millis(500), kStart);
        answer(few, 1, Millis(9000), kStart, 9);
        outliers.look(route, few, kStart + Seconds(1));
        QVERIFY(outliers.all(kStart + Seconds(1)).empty());
    }

    void aRouteThatDoesNotAskIsLeftAlone()
    {
        Experience experience;
        Outliers outliers;
        RouteSettings route = routeOf(2);
        route.ejectSlow.reset();
        answer(experience, 0, Millis(100), kStart);
        answer(experience, 1, Millis(9000), kStart);
        outliers.look(route, experience, kStart);
        QVERIFY(outliers.all(kStart).empty());
    }

    void aReloadForgetsWhatItChanges()
    {
        Experience experience;
        Outliers outliers;
        RouteSettings route = routeOf(3);
        for (const int who : {0, 1}) {
            answer(experience, who, Millis(500), kStart);
        }
        answer(experience, 2, Millis(5000), kStart);
        outliers.look(route, experience, kStart);
        outliers.configure({route});
        QCOMPARE(outliers.all(kStart).size(), std::size_t(1));
        outliers.configure({routeOf(2)});
        QVERIFY(outliers.all(kStart).empty());
        outliers.look(route, experience, kStart + Seconds(1));
        QCOMPARE(outliers.all(kStart + Seconds(1)).size(), std::size_t(1));
        route.ejectSlow->factor = 20;
        outliers.configure({route});
        QVERIFY(outliers.all(kStart + Seconds(1)).empty());
    }

    /// Random speeds for an hour: never more than the share or one, never all, nobody for good.
    void neverTooManyAndNeverForGood()
    {
        Random random(3);
        int most = 0;
        int returned = 0;
        for (const int count : {2, 3, 6, 12}) {
            const RouteSettings route = routeOf(count, {.factor = 1.5, .shareMax = 0.34});
            const auto allowed = std::max<std::size_t>(1,
                                                       static_cast<std::size_t>(
                                                           0.34 * static_cast<double>(count)));
            Experience experience;
            Outliers outliers;
            std::vector<SteadyTime> since(static_cast<std::size_t>(count), SteadyTime::max());
            SteadyTime now = kStart;
            for (int second = 0; second < 3600; ++second, now += Seconds(1)) {
                for (int who = 0; who < count; ++who) {
                    const bool out = outliers.ejected("chat", target(who), now).has_value();
                    SteadyTime &began = since[static_cast<std::size_t>(who)];
                    if (!out && began != SteadyTime::max()) {
                        ++returned;
                    }
                    began = out ? std::min(began, now) : SteadyTime::max();
                    if (!out) {
                        answer(experience, who, Millis(100 + random.below(9000)), now, 2);
                    } else {
                        QVERIFY(now - began <= Seconds(30));
                    }
                }
                outliers.look(route, experience, now);
                const std::size_t out = outliers.all(now).size();
                QVERIFY(out <= allowed && out < static_cast<std::size_t>(count));
                most = std::max(most, static_cast<int>(out));
            }
        }
        QCOMPARE(most, 4); // of twelve
        QVERIFY(returned > 100);
    }
};

QTEST_APPLESS_MAIN(TestOutliers)
#include "tst_outliers.moc"
