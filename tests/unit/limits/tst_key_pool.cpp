// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/limits/key_pool.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::limits;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
constexpr SteadyTime kLater = kStart + Seconds{60};

} // namespace

class TestKeyPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rotatesOverAllKeys()
    {
        KeyPool pool(3);
        for (const int expected : {0, 1, 2, 0, 1}) {
            QCOMPARE(pool.pick(kStart), std::optional(expected));
        }
    }

    void passesOverCoolingKeysUntilTheyAreBack()
    {
        KeyPool pool(3);
        pool.cool(1, kLater, "rate_limited");
        for (const int expected : {0, 2, 0, 2}) {
            QCOMPARE(pool.pick(kStart), std::optional(expected));
        }
        QCOMPARE(pool.status(kStart)[1], (KeyStatus{false, kLater, "rate_limited"}));
        QCOMPARE(pool.pick(kLater), std::optional(0));
        QCOMPARE(pool.pick(kLater), std::optional(1));
        QCOMPARE(pool.status(kLater)[1], KeyStatus{});
    }

    void neverShortensARest()
    {
        KeyPool pool(1);
        pool.cool(0, kLater, "billing_refused");
        pool.cool(0, kStart + Seconds{1}, "rate_limited");
        QCOMPARE(pool.earliest(kStart), std::optional(kLater));
        QCOMPARE(pool.status(kStart)[0].reason, "billing_refused");
    }

    void keepsADisabledKeyOutUntilEnabled()
    {
        KeyPool pool(2);
        pool.disable(0, "auth_failed");
        pool.cool(0, kLater, "rate_limited");
        QCOMPARE(pool.pick(kStart), std::optional(1));
        QCOMPARE(pool.pick(kStart + std::chrono::hours(100)), std::optional(1));
        QCOMPARE(pool.status(kStart)[0].reason, "auth_failed");
        pool.enable(0);
        QCOMPARE(pool.pick(kStart), std::optional(0));
    }

    void saysWhenTheNextKeyIsBack()
    {
        KeyPool pool(3);
        QCOMPARE(pool.earliest(kStart), std::optional(kStart));
        pool.cool(0, kLater + Seconds{5}, {});
        pool.cool(1, kLater, {});
        pool.disable(2, {});
        QVERIFY(!pool.hasUsable(kStart));
        QVERIFY(!pool.pick(kStart));
        QCOMPARE(pool.earliest(kStart), std::optional(kLater));
        pool.disable(0, {});
        pool.disable(1, {});
        QVERIFY(!pool.earliest(kStart));
        pool.enableAll();
        QVERIFY(pool.hasUsable(kStart));
    }

    void servesAProviderWithoutKeys()
    {
        KeyPool pool(0);
        QCOMPARE(pool.pick(kStart), std::optional(KeyPool::kNoKey));
        pool.cool(KeyPool::kNoKey, kLater, "rate_limited");
        QVERIFY(!pool.pick(kStart));
        QCOMPARE(pool.pick(kLater), std::optional(KeyPool::kNoKey));
        QCOMPARE(pool.status(kLater).size(), 1U);
    }

    void neverGivesAKeyThatIsOut()
    {
        Random random(5);
        KeyPool pool(4);
        SteadyTime now = kStart;
        int given = 0;
        int refused = 0;
        for (int i = 0; i < 20'000; ++i) {
            now += Seconds{static_cast<Seconds::rep>(random.below(10))};
            const int index = static_cast<int>(random.below(4));
            const auto act = random.below(6);
            if (act == 0) {
                pool.disable(index, "x");
            } else if (act == 1) {
                pool.enable(index);
            } else if (act == 2) {
                pool.cool(index, now + Seconds{static_cast<Seconds::rep>(random.below(90))}, "x");
            }
            const auto status = pool.status(now);
            const bool promised = pool.hasUsable(now);
            const auto picked = pool.pick(now);
            QCOMPARE(picked.has_value(), promised);
            if (picked) {
                QCOMPARE(status[static_cast<std::size_t>(*picked)], KeyStatus{});
                QCOMPARE(pool.earliest(now), std::optional(now));
            }
            ++(picked ? given : refused);
        }
        QCOMPARE_GT(given, 1000);
        QCOMPARE_GT(refused, 1000);
    }
};

QTEST_APPLESS_MAIN(TestKeyPool)
#include "tst_key_pool.moc"
