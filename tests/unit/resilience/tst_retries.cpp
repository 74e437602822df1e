// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/attempt_budget.h"
#include "core/resilience/backoff.h"
#include "core/resilience/retry_after.h"

#include <QTest>

#include <algorithm>

using namespace signalbox;
using namespace signalbox::resilience;

namespace {

std::optional<RetryHint> hint(Millis wait)
{
    return RetryHint{wait, RetryHintSource::RetryAfterSeconds};
}

} // namespace

class TestRetries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesTheCeilingUpToTheMaximum()
    {
        const RetrySettings settings{.backoff = Millis{250}, .backoffMax = Millis{1500}};
        QCOMPARE(backoffCeiling(settings, 1), Millis{250});
        QCOMPARE(backoffCeiling(settings, 2), Millis{500});
        QCOMPARE(backoffCeiling(settings, 3), Millis{1000});
        QCOMPARE(backoffCeiling(settings, 4), Millis{1500});
        QCOMPARE(backoffCeiling(settings, 1'000'000), Millis{1500});
        QCOMPARE(backoffCeiling({.backoff = Millis{0}}, 100), Millis{0});
    }

    void spreadsDelaysOverTheWholeCeiling()
    {
        const RetrySettings settings;
        Random random(7);
        Millis least{1'000'000};
        Millis most{0};
        for (int i = 0; i < 2000; ++i) {
            const Millis delay = backoffDelay(settings, 3, random);
            least = std::min(least, delay);
            most = std::max(most, delay);
        }
        QCOMPARE_GE(least, Millis{0});
        QCOMPARE_LT(least, Millis{50});
        QCOMPARE_GT(most, Millis{950});
        QCOMPARE_LE(most, Millis{1000});
    }

    void coolsAKeyByHintUpToAnHour()
    {
        QCOMPARE(coolingFor(KeyAction::Cool, hint(Millis{5000})), std::optional(Millis{5000}));
        QCOMPARE(coolingFor(KeyAction::Cool, hint(Millis{9'000'000})), std::optional(kCoolMax));
        QCOMPARE(coolingFor(KeyAction::Cool, {}), std::optional(Millis{60'000}));
        QCOMPARE(coolingFor(KeyAction::CoolLong, {}), std::optional(Millis{3'600'000}));
        QVERIFY(!coolingFor(KeyAction::None, hint(Millis{5000})));
        QVERIFY(!coolingFor(KeyAction::Disable, {}));
    }

    void waitsForAHintOnlyWithinCapAndDeadline()
    {
        const RetrySettings settings{.retryAfterCap = Millis{10'000}};
        const Nanos ample = Seconds{600};
        QCOMPARE(waitForHint(hint(Millis{10'000}), settings, ample), std::optional(Millis{10'000}));
        QVERIFY(!waitForHint(hint(Millis{10'001}), settings, ample));
        QVERIFY(!waitForHint(hint(Millis{5000}), settings, Millis{5000}));
        QVERIFY(waitForHint(hint(Millis{5000}), settings, Millis{5001}));
        QVERIFY(!waitForHint({}, settings, ample));
        QCOMPARE(waitForHint(hint(Millis{-5}), settings, ample), std::optional(Millis{0}));
    }

    void prefersTheHintToBackoff()
    {
        const RetrySettings settings{.backoff = Millis{1}, .backoffMax = Millis{1}};
        Random random(1);
        QCOMPARE(retryDelay(hint(Millis{700}), settings, 1, Seconds{9}, random),
                 std::optional(Millis{700}));
        QVERIFY(!retryDelay(hint(Millis{61'000}), settings, 1, Seconds{900}, random));
        QCOMPARE_LE(retryDelay({}, settings, 1, Seconds{9}, random).value(), Millis{1});
        QVERIFY(!retryDelay({}, settings, 1, Nanos{0}, random));
    }

    void spendsAttemptsOverAllTargets()
    {
        const SteadyTime start{};
        AttemptBudget budget({.attempts = 2}, Millis{1000}, start);
        QCOMPARE(budget.left(), 2);
        budget.begin(start);
        budget.begin(start + Millis{999});
        QCOMPARE(budget.begun(), 2);
        QVERIFY(!budget.mayBegin(start + Millis{999}));
    }

    void endsAtTheDeadline()
    {
        const SteadyTime start{};
        const AttemptBudget budget({}, Millis{1000}, start);
        QVERIFY(budget.mayBegin(start + Millis{999}));
        QVERIFY(!budget.mayBegin(start + Millis{1000}));
        QCOMPARE(budget.timeLeft(start + Millis{400}), Nanos(Millis{600}));
        QCOMPARE(budget.timeLeft(start + Millis{4000}), Nanos{0});
    }

    void countsRepeatsForEachTargetApart()
    {
        const SteadyTime start{};
        const TargetId a("openai/gpt");
        const TargetId b("qwen/plus");
        AttemptBudget budget({.attempts = 9, .sameTarget = 2}, Millis{1000}, start);
        QCOMPARE(budget.countRepeat(a), 1);
        QVERIFY(budget.mayRepeat(a, start));
        QCOMPARE(budget.countRepeat(a), 2);
        QVERIFY(!budget.mayRepeat(a, start));
        QVERIFY(budget.mayRepeat(b, start));
        QVERIFY(!budget.mayRepeat(b, start + Millis{1000}));
    }
};

QTEST_APPLESS_MAIN(TestRetries)
#include "tst_retries.moc"
