// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/doors.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace signalbox::runtime;

class TestDoors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void latestKeepsTheNewest();
    void inboxHandsOutInOrderOnce();
    void aFullInboxRefusesTheNewestAndCounts();
    void nothingIsLostOrRepeatedBetweenThreads();
};

void TestDoors::latestKeepsTheNewest()
{
    Latest<int> latest;
    QVERIFY(latest.read() == nullptr);
    latest.publish(std::make_shared<const int>(1));
    latest.publish(std::make_shared<const int>(2));
    QCOMPARE(*latest.read(), 2);
    QCOMPARE(*latest.read(), 2);
}

void TestDoors::inboxHandsOutInOrderOnce()
{
    Inbox<int> inbox(10);
    QVERIFY(inbox.put(1)); // the first of a batch is worth a ring
    QVERIFY(!inbox.put(2));
    QCOMPARE(inbox.take().items, (std::vector<int>{1, 2}));
    QVERIFY(inbox.take().items.empty());
    QVERIFY(inbox.put(3));
}

void TestDoors::aFullInboxRefusesTheNewestAndCounts()
{
    Inbox<int> inbox(2);
    for (int i = 0; i < 5; ++i) {
        inbox.put(i);
    }
    const auto batch = inbox.take();
    QCOMPARE(batch.items, (std::vector<int>{0, 1}));
    QCOMPARE(batch.refused, std::uint64_t(3));
    QCOMPARE(inbox.take().refused, std::uint64_t(0));
}

void TestDoors::nothingIsLostOrRepeatedBetweenThreads()
{
    constexpr int count = 100'000;
    Inbox<int> inbox(1'000);
    std::atomic<bool> done = false;
    std::thread producer([&] {
        for (int i = 0; i < count; ++i) {
            inbox.put(i);
        }
        done = true;
    });
    std::uint64_t seen = 0;
    std::uint64_t refused = 0;
    int last = -1;
    bool ordered = true;
    for (bool finished = false; !finished;) {
        finished = done; // read before the take, so that the last one finds everything
        const auto batch = inbox.take();
        for (const int item : batch.items) {
            ordered = ordered && item > last;
            last = item;
        }
        seen += batch.items.size();
        refused += batch.refused;
    }
    producer.join();
    QVERIFY(ordered);
    QCOMPARE(seen + refused, std::uint64_t(count));
    QVERIFY(seen > 0);
}

QTEST_APPLESS_MAIN(TestDoors)
#include "tst_doors.moc"
