// SPDX-License-Identifier: Apache-2.0
#include "core/limits/fair_line.h"

#include <QTest>

using namespace signalbox::limits;

namespace {

/// Lets in whoever is next until nobody waits.
std::vector<std::uint64_t> drain(FairLine &line)
{
    std::vector<std::uint64_t> order;
    while (const auto next = line.next()) {
        line.letIn(*next);
        order.push_back(*next);
    }
    return order;
}

} // namespace

class TestFairLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClientsOwnRequestsGoInTheirOrder()
    {
        FairLine line;
        for (const std::uint64_t request : {7U, 3U, 5U}) {
            line.join("a", request);
        }
        QCOMPARE(drain(line), (std::vector<std::uint64_t>{3, 5, 7}));
        QVERIFY(line.isEmpty());
    }

    void clientsTakeTurns()
    {
        FairLine line;
        for (std::uint64_t request = 1; request <= 4; ++request) {
            line.join("many", request);
        }
        line.join("few", 5);
        line.join("other", 6);
        line.join("other", 7);
        QCOMPARE(drain(line), (std::vector<std::uint64_t>{1, 5, 6, 2, 7, 3, 4}));
    }

    void whoComesLateIsNotBehindThoseWhoWereServed()
    {
        FairLine line;
        line.join("many", 1);
        line.join("many", 2);
        line.join("many", 3);
        line.letIn(1);
        line.join("few", 9);
        QCOMPARE(drain(line), (std::vector<std::uint64_t>{9, 2, 3}));
    }

    void whoLeavesIsNotNext()
    {
        FairLine line;
        line.join("a", 1);
        line.join("a", 2);
        line.join("b", 3);
        line.leave(1);
        line.leave(1);
        line.leave(99);
        line.leave(3);
        QCOMPARE(drain(line), (std::vector<std::uint64_t>{2}));
        QVERIFY(!line.next());
    }
};

QTEST_APPLESS_MAIN(TestFairLine)
#include "tst_fair_line.moc"
