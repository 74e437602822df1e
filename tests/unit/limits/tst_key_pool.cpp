// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/limits/key_pool.h"

#include <QTest>

#include <vector>

using namespace signalbox;
using namespace signalbox::limits;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
constexpr SteadyTime kLater = kStart + Seconds{60};

/// The key that is given for a call that is over at once.
std::optional<int> given(KeyPool &pool, SteadyTime now)
{
    const auto use = pool.take(0, now, now);
    return use ? std::optional(use->index) : std::nullopt;
}

} // namespace

class TestKeyPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rotatesOverAllKeys()
    {
        KeyPool pool(3);
        for (const int expected : {0, 1, 2, 0, 1}) {
            QCOMPARE(given(pool, kStart), std::optional(expected));
        }
    }

    void passesOverCoolingKeysUntilTheyAreBack()
    {
        KeyPool pool(3);
        pool.cool(1, kLater, "rate_limited");
        for (const int expected : {0, 2, 0, 2}) {
            QCOMPARE(given(pool, kStart), std::optional(expected));
        }
        QCOMPARE(pool.status(kStart)[1], (KeyStatus{false, kLater, "rate_limited"}));
        QCOMPARE(given(pool, kLater), std::optional(0));
        QCOMPARE(given(pool, kLater), std::optional(1));
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
        QCOMPARE(given(pool, kStart), std::optional(1));
        QCOMPARE(given(pool, kStart + std::chrono::hours(100)), std::optional(1));
        QCOMPARE(pool.status(kStart)[0].reason, "auth_failed");
        pool.enable(0);
        QCOMPARE(given(pool, kStart), std::optional(0));
    }

    void saysWhenTheNextKeyIsBack()
    {
        KeyPool pool(3);
        QCOMPARE(pool.earliest(kStart), std::optional(kStart));
        pool.cool(0, kLater + Seconds{5}, {});
        pool.cool(1, kLater, {});
        pool.disable(2, {});
        QVERIFY(!pool.hasUsable(kStart));
        QVERIFY(!given(pool, kStart));
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
        QCOMPARE(given(pool, kStart), std::optional(KeyPool::kNoKey));
        pool.cool(KeyPool::kNoKey, kLater, "rate_limited");
        QVERIFY(!given(pool, kStart));
        QCOMPARE(given(pool, kLater), std::optional(KeyPool::kNoKey));
        QCOMPARE(pool.status(kLater).size(), 1U);
    }

    void givesTheKeyWithTheFewestRequestsInTheAir()
    {
        KeyPool pool(3);
        std::vector<KeyUse> uses;
        for (int i = 0; i < 6; ++i) {
            uses.push_back(*pool.take(0, kStart, kStart));
        }
        QCOMPARE(pool.status(kStart)[2].inUse, std::int64_t(2));
        std::erase_if(uses, [](const KeyUse &use) { return use.index == 1; });
        for (int i = 0; i < 2; ++i) {
            uses.push_back(*pool.take(0, kStart, kStart));
            QCOMPARE(uses.back().index, 1);
        }
    }

    void eachKeyBearsItsOwnLimits()
    {
        KeyPool pool(2, {.requestsPerMinute = 3, .tokensPerMinute = {}, .concurrent = 2});
        std::vector<KeyUse> uses;
        for (int i = 0; i < 4; ++i) {
            uses.push_back(*pool.take(0, kStart, kStart));
        }
        QVERIFY(!pool.take(0, kStart, kLater)); // nobody knows when one ends
        QVERIFY(pool.lacksPlace(kStart));
        QVERIFY(!pool.roomAt(0, kStart));
        uses.clear();
        QVERIFY(!pool.lacksPlace(kStart));
        for (int i = 0; i < 2; ++i) {
            QVERIFY(pool.take(0, kStart, kStart).has_value());
        }
        QVERIFY(!pool.take(0, kStart, kStart)); // three a minute each
        QCOMPARE(pool.roomAt(0, kStart), std::optional(kStart + Seconds(20)));
        QVERIFY(pool.take(0, kStart, kStart + Seconds(20)).has_value());
        pool.applyLimits({});
        QVERIFY(pool.take(0, kStart, kStart).has_value());
    }

    void whatIsGivenBackWasNeverTaken()
    {
        KeyPool pool(1, {.requestsPerMinute = 1, .tokensPerMinute = 100, .concurrent = {}});
        auto use = pool.take(80, kStart, kStart);
        QVERIFY(!pool.take(10, kStart, kStart));
        pool.giveBack(std::move(*use), kStart);
        use = pool.take(80, kStart, kStart);
        pool.settle(*use, 100, kStart);
        QCOMPARE(pool.roomAt(10, kStart), std::optional(kStart + Seconds(60)));
    }

    void keepsToWhatTheProviderToldOfAKey()
    {
        KeyPool pool(2);
        std::vector<ToldRooms> told(2);
        told[0].requests.tell({.limit = 60, .remaining = 0, .resetIn = Millis(60'000)}, kStart);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(pool.take(0, kStart, kStart, told)->index, 1);
        }
        told[1].tokens.tell({.limit = 1000, .remaining = 100, .resetIn = Millis(9'000)}, kStart);
        QVERIFY(pool.take(100, kStart, kStart, told).has_value());
        // 300 are there when a third of the missing 900 has come back, a request at 0 in a second.
        QVERIFY(!pool.take(400, kStart, kStart, told));
        QCOMPARE(pool.roomAt(400, kStart, told), std::optional(kStart + Seconds(1)));
        QCOMPARE(pool.roomAt(400, kStart + Seconds(1), told), std::optional(kStart + Seconds(1)));
    }

    void aProvidersWordHoldsUntilItsReset()
    {
        ToldRoom room;
        QCOMPARE(room.roomAt(1'000'000, kStart), kStart); // nothing is known
        room.tell({.limit = {}, .remaining = 2, .resetIn = Millis(5'000)}, kStart);
        room.take(2);
        QCOMPARE(room.roomAt(1, kStart), kStart + Seconds(5)); // all at once, by what was told
        QCOMPARE(room.roomAt(1, kStart + Seconds(5)), kStart + Seconds(5));
        room.tell({.limit = 10, .remaining = {}, .resetIn = Millis(5'000)}, kStart + Seconds(6));
        QCOMPARE(room.roomAt(99, kStart + Seconds(6)), kStart + Seconds(6)); // no figure
        room.tell({.limit = 10, .remaining = 5, .resetIn = Millis(10'000)}, kStart);
        QCOMPARE(room.roomAt(10, kStart), kStart + Seconds(10));
        QCOMPARE(room.roomAt(1000, kStart), kStart + Seconds(10)); // more than it holds: when full
    }

    void neverGivesAKeyThatIsOut()
    {
        Random random(5);
        KeyPool pool(4);
        SteadyTime now = kStart;
        int picks = 0;
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
            const auto picked = given(pool, now);
            QCOMPARE(picked.has_value(), promised);
            if (picked) {
                QCOMPARE(status[static_cast<std::size_t>(*picked)], KeyStatus{});
                QCOMPARE(pool.earliest(now), std::optional(now));
            }
            ++(picked ? picks : refused);
        }
        QCOMPARE_GT(picks, 1000);
        QCOMPARE_GT(refused, 1000);
    }
};

QTEST_APPLESS_MAIN(TestKeyPool)
#include "tst_key_pool.moc"
