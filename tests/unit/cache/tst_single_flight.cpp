// SPDX-License-Identifier: Apache-2.0
#include "core/cache/single_flight.h"

#include <QTest>

using namespace signalbox::cache;

namespace {

using Role = SingleFlight::Role;
using Left = SingleFlight::Left;
using Leaving = SingleFlight::Leaving;
using Ids = std::vector<SingleFlight::Id>;

const Digest kOne = digestOf("one");
const Digest kTwo = digestOf("two");

} // namespace

class TestSingleFlight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneAsksForAThousand();
    void keysHaveFlightsOfTheirOwn();
    void afterItsEndAFlightBeginsAnew();
    void aFollowerLeaves();
    void theOthersStillGetTheAnswer();
    void nobodyWaitsAnyMore();
    void followersAreBounded();
    void strangersChangeNothing();
};

void TestSingleFlight::oneAsksForAThousand()
{
    SingleFlight flights;
    QVERIFY(flights.join(kOne, 1) == Role::Leader);
    Ids others;
    for (SingleFlight::Id id = 2; id <= 1000; ++id) {
        QVERIFY(flights.join(kOne, id) == Role::Follower);
        others.push_back(id);
    }
    QVERIFY(flights.land(1) == others);
    QCOMPARE(flights.flights(), std::size_t(0));
    QCOMPARE(flights.followers(), std::size_t(0));
}

void TestSingleFlight::keysHaveFlightsOfTheirOwn()
{
    SingleFlight flights;
    QVERIFY(flights.join(kOne, 1) == Role::Leader);
    QVERIFY(flights.join(kTwo, 2) == Role::Leader);
    QVERIFY(flights.join(kTwo, 3) == Role::Follower);
    QVERIFY(flights.land(1).empty());
    QVERIFY(flights.land(2) == Ids{3});
}

void TestSingleFlight::afterItsEndAFlightBeginsAnew()
{
    SingleFlight flights;
    static_cast<void>(flights.join(kOne, 1));
    static_cast<void>(flights.join(kOne, 2));
    QVERIFY(flights.land(1) == Ids{2});
    QVERIFY(flights.land(1).empty());
    // Where the leader failed, its followers go their own way: the first of them leads the rest.
    QVERIFY(flights.join(kOne, 2) == Role::Leader);
    QVERIFY(flights.join(kOne, 3) == Role::Follower);
}

void TestSingleFlight::aFollowerLeaves()
{
    SingleFlight flights;
    static_cast<void>(flights.join(kOne, 1));
    static_cast<void>(flights.join(kOne, 2));
    static_cast<void>(flights.join(kOne, 3));
    QVERIFY((flights.leave(2) == Leaving{Left::Follower, 1}));
    QCOMPARE(flights.followers(), std::size_t(1));
    QVERIFY(flights.land(1) == Ids{3});
}

void TestSingleFlight::theOthersStillGetTheAnswer()
{
    SingleFlight flights;
    static_cast<void>(flights.join(kOne, 1));
    static_cast<void>(flights.join(kOne, 2));
    QVERIFY((flights.leave(1) == Leaving{Left::LeaderAwaited, 1}));
    // Who comes now is in time for the answer, too.
    QVERIFY(flights.join(kOne, 3) == Role::Follower);
    QVERIFY((flights.land(1) == Ids{2, 3}));
}

void TestSingleFlight::nobodyWaitsAnyMore()
{
    SingleFlight flights;
    static_cast<void>(flights.join(kOne, 1));
    QVERIFY((flights.leave(1) == Leaving{Left::Abandoned, 1}));
    static_cast<void>(flights.join(kOne, 2));
    static_cast<void>(flights.join(kOne, 3));
    QVERIFY((flights.leave(2) == Leaving{Left::LeaderAwaited, 2}));
    QVERIFY((flights.leave(3) == Leaving{Left::Abandoned, 2}));
    QCOMPARE(flights.flights(), std::size_t(0));
    QVERIFY(flights.join(kOne, 4) == Role::Leader);
}

void TestSingleFlight::followersAreBounded()
{
    SingleFlight flights(2);
    static_cast<void>(flights.join(kOne, 1));
    QVERIFY(flights.join(kOne, 2) == Role::Follower);
    QVERIFY(flights.join(kOne, 3) == Role::Follower);
    QVERIFY(flights.join(kOne, 4) == Role::Alone);
    QVERIFY((flights.leave(4) == Leaving{Left::Unknown, 0}));
    static_cast<void>(flights.leave(2));
    QVERIFY(flights.join(kOne, 5) == Role::Follower);
    QVERIFY((flights.land(1) == Ids{3, 5}));
}

void TestSingleFlight::strangersChangeNothing()
{
    SingleFlight flights;
    static_cast<void>(flights.join(kOne, 1));
    static_cast<void>(flights.join(kOne, 2));
    QVERIFY(flights.land(2).empty()); // a follower lands nothing
    QVERIFY(flights.land(9).empty());
    QVERIFY((flights.leave(9) == Leaving{Left::Unknown, 0}));
    QVERIFY(flights.land(1) == Ids{2});
}

QTEST_APPLESS_MAIN(TestSingleFlight)
#include "tst_single_flight.moc"
