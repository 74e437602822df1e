// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/cache/exact_store.h"

#include <QTest>

#include <map>
#include <string>
#include <vector>

using namespace signalbox;
using namespace signalbox::cache;
using namespace std::chrono_literals;

namespace {

Digest key(int number)
{
    return digestOf(std::to_string(number));
}

ExactStore::Answer answer(const std::string &text)
{
    auto made = std::make_shared<CachedAnswer>();
    made->whole.choices.push_back({.index = 0,
                                   .content = text,
                                   .reasoning = {},
                                   .refusal = {},
                                   .toolCalls = {},
                                   .finish = FinishReason::Stop,
                                   .logprobsJson = {},
                                   .reasoningDetailsJson = {}});
    return made;
}

std::string textOf(const std::optional<ExactStore::Found> &found)
{
    return found ? found->answer->whole.choices.at(0).content.value() : std::string();
}

StoreSettings settings(std::size_t entries)
{
    StoreSettings made;
    made.entriesMax = entries;
    made.lifetime = 10s;
    made.staleFor = 5s;
    return made;
}

const SteadyTime kStart{1h};

} // namespace

class TestExactStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasPut();
    void replaces();
    void expires();
    void dropsWhatNobodyCanHaveAnyMore();
    void theLeastRecentlyUsedMakesRoom();
    void bytesAreBounded();
    void largeAnswersAreNotKept();
    void newSettingsHoldAtOnce();
    void staysWithinItsBoundsWhateverHappens();
    void whatIsPinnedStays();
    void hitsAreCounted();
    void tellsWhatIsGone();
    void whatWasKeptBeforeComesBack();
};

void TestExactStore::givesBackWhatWasPut()
{
    ExactStore store(settings(10));
    QVERIFY(!store.find(key(1), kStart));
    QVERIFY(store.put(key(1), answer("one"), kStart));
    const auto found = store.find(key(1), kStart + 3s);
    QCOMPARE(textOf(found), std::string("one"));
    QVERIFY(found->age == 3s);
    QVERIFY(!found->stale);
    QVERIFY(!store.find(key(2), kStart));
    QVERIFY(store.erase(key(1)));
    QVERIFY(!store.erase(key(1)));
    QVERIFY(!store.find(key(1), kStart));
    QCOMPARE(store.bytes(), std::size_t(0));
}

void TestExactStore::replaces()
{
    ExactStore store(settings(10));
    store.put(key(1), answer("one"), kStart);
    const std::size_t before = store.bytes();
    store.put(key(1), answer("two"), kStart + 9s);
    QCOMPARE(store.size(), std::size_t(1));
    QCOMPARE(store.bytes(), before);
    QCOMPARE(textOf(store.find(key(1), kStart + 18s)), std::string("two"));
    store.clear();
    QCOMPARE(store.size(), std::size_t(0));
    QCOMPARE(store.bytes(), std::size_t(0));
}

void TestExactStore::expires()
{
    ExactStore store(settings(10));
    store.put(key(1), answer("one"), kStart);
    QVERIFY(store.find(key(1), kStart + 10s - 1ms));
    QVERIFY(!store.find(key(1), kStart + 10s));
    const auto stale = store.findStale(key(1), kStart + 15s - 1ms);
    QCOMPARE(textOf(stale), std::string("one"));
    QVERIFY(stale->stale);
    QVERIFY(!store.findStale(key(1), kStart + 15s));
    QCOMPARE(store.size(), std::size_t(0));
    QCOMPARE(store.counts().expired, std::uint64_t(1));
}

void TestExactStore::dropsWhatNobodyCanHaveAnyMore()
{
    ExactStore store(settings(10));
    store.put(key(1), answer("one"), kStart);
    store.put(key(2), answer("two"), kStart + 1s);
    QVERIFY(store.find(key(1), kStart + 2s)); // use does not make it younger
    store.put(key(3), answer("three"), kStart + 15s);
    QCOMPARE(store.size(), std::size_t(2));
    store.expire(kStart + 16s);
    QCOMPARE(store.size(), std::size_t(1));
    QVERIFY(store.find(key(3), kStart + 16s));
}

void TestExactStore::theLeastRecentlyUsedMakesRoom()
{
    ExactStore store(settings(3));
    for (int i = 1; i <= 3; ++i) {
        store.put(key(i), answer("x"), kStart);
    }
    QVERIFY(store.find(key(1), kStart));
    store.put(key(4), answer("x"), kStart);
    QVERIFY(store.find(key(1), kStart));
    QVERIFY(!store.find(key(2), kStart));
    QVERIFY(store.find(key(3), kStart));
    QVERIFY(store.find(key(4), kStart));
    QCOMPARE(store.counts().evicted, std::uint64_t(1));
}

void TestExactStore::bytesAreBounded()
{
    StoreSettings few = settings(1000);
    few.bytesMax = 100'000;
    ExactStore store(few);
    for (int i = 0; i < 500; ++i) {
        store.put(key(i), answer(std::string(1000, 'x')), kStart);
        QCOMPARE_LE(store.bytes(), few.bytesMax);
    }
    QCOMPARE_GT(store.size(), std::size_t(40));
    QVERIFY(store.find(key(499), kStart));
    QVERIFY(!store.find(key(0), kStart));
}

void TestExactStore::largeAnswersAreNotKept()
{
    StoreSettings few = settings(10);
    few.answerBytesMax = 2000;
    ExactStore store(few);
    store.put(key(1), answer("small"), kStart);
    QVERIFY(!store.put(key(1), answer(std::string(3000, 'x')), kStart));
    QVERIFY(!store.find(key(1), kStart)); // no longer the answer
    QCOMPARE(store.counts().refused, std::uint64_t(1));
    few.entriesMax = 0;
    store.configure(few, kStart);
    QVERIFY(!store.put(key(1), answer("small"), kStart));
}

void TestExactStore::newSettingsHoldAtOnce()
{
    ExactStore store(settings(10));
    for (int i = 0; i < 10; ++i) {
        store.put(key(i), answer("x"), kStart + i * 1s);
    }
    StoreSettings other = settings(2);
    store.configure(other, kStart + 9s);
    QCOMPARE(store.size(), std::size_t(2));
    QVERIFY(store.find(key(8), kStart + 9s));
    other.lifetime = 0ms;
    other.staleFor = 1s;
    store.configure(other, kStart + 9s);
    QVERIFY(!store.find(key(9), kStart + 9s));
    QVERIFY(store.findStale(key(9), kStart + 9s));
    QCOMPARE(store.size(), std::size_t(1));
}

void TestExactStore::whatIsPinnedStays()
{
    ExactStore store(settings(2));
    store.put(key(1), answer("one"), kStart);
    QVERIFY(store.pin(key(1), true));
    QVERIFY(store.pin(key(1), true)); // twice is once
    QVERIFY(!store.pin(key(9), true));
    store.put(key(2), answer("two"), kStart + 1s);
    store.put(key(3), answer("three"), kStart + 2s);
    QVERIFY(!store.find(key(2), kStart + 2s));
    const auto old = store.find(key(1), kStart + 100s);
    QVERIFY(old && !old->stale);
    // Another answer takes its place, and the pin.
    QVERIFY(store.put(key(1), answer("newer"), kStart + 100s));
    QVERIFY(store.look(key(1))->standing.pinned);
    // What is pinned takes all room: nothing else is kept, and it stays.
    store.put(key(4), answer("four"), kStart + 100s);
    QVERIFY(store.pin(key(4), true));
    QVERIFY(!store.put(key(5), answer("five"), kStart + 100s));
    QCOMPARE(store.size(), std::size_t(2));
    // Let go, it is as old as it is.
    QVERIFY(store.pin(key(1), false));
    QVERIFY(store.pin(key(4), false));
    store.expire(kStart + 115s);
    QCOMPARE(store.size(), std::size_t(0));
    QCOMPARE(store.bytes(), std::size_t(0));
}

void TestExactStore::hitsAreCounted()
{
    ExactStore store(settings(2));
    store.put(key(1), answer("one"), kStart);
    const SystemTime at{Micros(7)};
    store.countHit(key(1), Cost{Money::fromNanos(30), false}, at);
    store.countHit(key(1), Cost{std::nullopt, false}, at + 1us);
    store.countHit(key(9), Cost{}, at);
    const Standing &standing = store.look(key(1))->standing;
    QCOMPARE(standing.hits, std::uint64_t(2));
    QCOMPARE(standing.saved.nanos(), 30);
    QVERIFY(standing.usedLast == at + 1us);
    store.put(key(1), answer("two"), kStart);
    QCOMPARE(store.look(key(1))->standing.hits, std::uint64_t(0)); // of the other answer
}

void TestExactStore::tellsWhatIsGone()
{
    std::vector<Digest> gone;
    ExactStore store(settings(2), [&gone](const Digest &each) { gone.push_back(each); });
    store.put(key(1), answer("one"), kStart);
    store.put(key(2), answer("two"), kStart);
    store.put(key(3), answer("three"), kStart);
    QCOMPARE(gone, (std::vector<Digest>{key(1)}));
    store.put(key(2), answer("again"), kStart);
    QCOMPARE(gone, (std::vector<Digest>{key(1), key(2)}));
    store.clear();
    QCOMPARE(gone.size(), std::size_t(4));
}

void TestExactStore::whatWasKeptBeforeComesBack()
{
    ExactStore store(settings(10));
    Standing standing;
    standing.hits = 3;
    QVERIFY(store.restore(key(1), answer("old"), standing, kStart - 12s, kStart));
    QVERIFY(store.restore(key(2), answer("fresh"), {}, kStart - 2s, kStart));
    QVERIFY(!store.restore(key(3), answer("over"), {}, kStart - 15s, kStart));
    standing.pinned = true;
    QVERIFY(store.restore(key(4), answer("pinned"), standing, kStart - 90s, kStart));
    QVERIFY(!store.find(key(1), kStart));
    QVERIFY(store.findStale(key(1), kStart)->stale);
    QVERIFY(store.find(key(2), kStart)->age == 2s);
    QVERIFY(store.find(key(4), kStart));
    QCOMPARE(store.look(key(1))->standing.hits, std::uint64_t(3));
}

/// Against a plain map: what is found is always the last that was put, and never too old.
void TestExactStore::staysWithinItsBoundsWhateverHappens()
{
    Random random(7);
    StoreSettings few = settings(50);
    few.bytesMax = 60'000;
    ExactStore store(few);
    std::map<int, std::pair<std::string, SteadyTime>> last;
    SteadyTime now = kStart;
    for (int step = 0; step < 20'000; ++step) {
        const bool pause = random.next() % 200 == 0;
        now += pause ? Millis(20'000) : Millis(static_cast<int>(random.next() % 100));
        const int which = static_cast<int>(random.next() % 200);
        const auto act = random.next() % 8;
        if (act < 3) {
            const std::string text = std::to_string(step) + std::string(random.next() % 3000, 'x');
            QVERIFY(store.put(key(which), answer(text), now));
            last[which] = {text, now};
        } else if (act == 3) {
            store.erase(key(which));
            last.erase(which);
        } else if (const auto found = store.findStale(key(which), now)) {
            QCOMPARE(textOf(found), last.at(which).first);
            QCOMPARE_LT(now - last.at(which).second, Nanos(15s));
            QCOMPARE(found->stale, now - last.at(which).second >= 10s);
        }
        QCOMPARE_LE(store.size(), few.entriesMax);
        QCOMPARE_LE(store.bytes(), few.bytesMax);
    }
    QCOMPARE_GT(store.counts().evicted, std::uint64_t(100));
    QCOMPARE_GT(store.counts().expired, std::uint64_t(0));
}

QTEST_APPLESS_MAIN(TestExactStore)
#include "tst_exact_store.moc"
