// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/limits/token_bucket.h"

#include <QTest>

#include <deque>
#include <utility>

using namespace signalbox;
using namespace signalbox::limits;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

} // namespace

class TestTokenBucket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsOneMinutesWorth()
    {
        TokenBucket bucket(60);
        QCOMPARE(bucket.available(kStart), 60);
        for (int i = 0; i < 60; ++i) {
            QVERIFY(bucket.tryTake(1, kStart));
        }
        QVERIFY(!bucket.tryTake(1, kStart));
        QCOMPARE(bucket.available(kStart), 0);
        QCOMPARE(bucket.available(kStart + std::chrono::hours(5)), 60);
    }

    void refillsEvenly()
    {
        TokenBucket bucket(60);
        QVERIFY(bucket.tryTake(60, kStart));
        QVERIFY(!bucket.tryTake(1, kStart + Millis{999}));
        QVERIFY(bucket.tryTake(1, kStart + Millis{1000}));
        QCOMPARE(bucket.available(kStart + Seconds{31}), 30);
    }

    void saysWhenThereIsRoom()
    {
        TokenBucket bucket(60);
        QCOMPARE(bucket.availableAt(60, kStart), kStart);
        QVERIFY(bucket.tryTake(50, kStart));
        QCOMPARE(bucket.availableAt(30, kStart), kStart + Seconds{20});
        QCOMPARE(bucket.availableAt(30, kStart + Seconds{90}), kStart + Seconds{90});
    }

    void givesMoreThanItHoldsOnlyWhenFullAndOnDebt()
    {
        TokenBucket bucket(100);
        QVERIFY(bucket.tryTake(1, kStart));
        QVERIFY(!bucket.tryTake(300, kStart));
        QCOMPARE(bucket.availableAt(300, kStart), kStart + Millis{600});
        QVERIFY(bucket.tryTake(300, kStart + Millis{600}));
        QCOMPARE(bucket.available(kStart + Millis{600}), -200);
        QCOMPARE(bucket.availableAt(100, kStart), kStart + Millis{600} + std::chrono::minutes(3));
    }

    void settlesInBothDirections()
    {
        TokenBucket bucket(100);
        QVERIFY(bucket.tryTake(80, kStart));
        bucket.settle(-50, kStart);
        QCOMPARE(bucket.available(kStart), 70);
        bucket.settle(90, kStart);
        QCOMPARE(bucket.available(kStart), -20);
        bucket.settle(-1'000'000, kStart);
        QCOMPARE(bucket.available(kStart), 100);
    }

    void keepsADebtWithinAnHourWhateverIsBooked()
    {
        TokenBucket bucket(1);
        bucket.settle(std::numeric_limits<std::int64_t>::max(), kStart);
        bucket.settle(std::numeric_limits<std::int64_t>::max(), kStart);
        QCOMPARE(bucket.availableAt(1, kStart), kStart + std::chrono::hours(1));
    }

    void keepsItsShareAtAnotherRate()
    {
        TokenBucket bucket(100);
        QVERIFY(bucket.tryTake(50, kStart));
        bucket.setPerMinute(1000);
        QCOMPARE(bucket.available(kStart), 500);
    }

    /// Goal: never more than two minutes' worth in any minute, never less than the rate when
    /// asked without pause. Method: random callers against a list of what was given.
    void givesTheRateAndNoMoreWhateverTheOrder()
    {
        Random random(11);
        TokenBucket bucket(600);
        SteadyTime now = kStart;
        std::deque<std::pair<SteadyTime, std::int64_t>> given;
        std::int64_t lastMinute = 0;
        std::int64_t total = 0;
        int refused = 0;
        for (int i = 0; i < 20'000; ++i) {
            now += Millis{static_cast<Millis::rep>(random.below(500))};
            const auto count = static_cast<std::int64_t>(random.below(20));
            const SteadyTime promised = bucket.availableAt(count, now);
            const bool taken = bucket.tryTake(count, now);
            QCOMPARE(taken, promised <= now);
            refused += taken ? 0 : 1;
            if (taken) {
                given.push_back({now, count});
                lastMinute += count;
                total += count;
            }
            while (given.front().first <= now - std::chrono::minutes(1)) {
                lastMinute -= given.front().second;
                given.pop_front();
            }
            QCOMPARE_LE(lastMinute, 1200);
        }
        const auto seconds = std::chrono::duration_cast<Seconds>(now - kStart).count();
        QCOMPARE_GT(total, seconds * 10 * 95 / 100);
        QCOMPARE_LE(total, seconds * 10 + 610);
        QCOMPARE_GT(refused, 1000);
    }
};

QTEST_APPLESS_MAIN(TestTokenBucket)
#include "tst_token_bucket.moc"
