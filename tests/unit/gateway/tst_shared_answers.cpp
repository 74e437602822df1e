// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

House caching(const std::string &more = {})
{
    return House{.targets = R"([{ target = "a/x" }])",
                 .more = "[cache]\nmode = \"exact\"\n" + more};
}

std::vector<gateway::ExchangeId> crowd(VirtualGateway &world, int count, bool stream = false)
{
    std::vector<gateway::ExchangeId> ids;
    for (int i = 0; i < count; ++i) {
        ids.push_back(world.ask({.stream = stream && i % 2 == 0}));
    }
    return ids;
}

bool isFaultless(const VirtualGateway &world)
{
    return world.log().find("FAULT") == std::string::npos;
}

CacheTotals totalsOf(VirtualGateway &world)
{
    return world.gateway().cacheView({}, world.now()).totals;
}

} // namespace

/// Goal: equal requests at the same time cost one call, and none of them depends on another's luck.
class TestSharedAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aThousandAtOnceAreOneCall();
    void whereTheFirstFailsEachGoesItsOwnWay();
    void theFirstMayLeave();
    void theFirstLeftWithWhatItHadGot();
    void theFirstWhoLeftIsGivenNothingInPlaceOfAnError();
    void aTargetThatLeftTheRouteMeanwhileAnswersTheFirstAlone();
    void whenAllHaveLeftTheCallIsCutOff();
    void whoFollowsMayLeave();
    void anAnswerThatIsNotKeptIsNotShared();
    void theStopEndsAll();
    void aDeadlineEndsTheWait();
};

void TestSharedAnswers::aThousandAtOnceAreOneCall()
{
    VirtualGateway world(caching().toml());
    const auto ids = crowd(world, 1000, true);
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
    Money cost;
    int shared = 0;
    for (const auto id : ids) {
        const Reply &reply = world.reply(id);
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("x-signalbox-cache"), std::string("miss"));
        QVERIFY(reply.bytes.find("hel") != std::string::npos);
        cost += *reply.record->cost.amount;
        shared += reply.record->decision.cache->shared ? 1 : 0;
    }
    QCOMPARE(cost.nanos(), 18'000);
    QCOMPARE(shared, 999);
    QCOMPARE(totalsOf(world).lookups, std::uint64_t(1000));
    QCOMPARE(totalsOf(world).shared, std::uint64_t(999));
    QCOMPARE(totalsOf(world).hits(), std::uint64_t(0));
    QCOMPARE(totalsOf(world).saved.nanos(), 999 * 18'000);
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::whereTheFirstFailsEachGoesItsOwnWay()
{
    VirtualGateway world(caching().toml());
    world.script("a/x: 400 context");
    const auto ids = crowd(world, 5);
    world.run();
    QCOMPARE(world.reply(ids[0]).status, 400);
    for (std::size_t i = 1; i < ids.size(); ++i) {
        QCOMPARE(world.reply(ids[i]).status, 200);
        QVERIFY(!world.record(ids[i]).decision.cache->shared);
        QCOMPARE(world.record(ids[i]).attempts.size(), std::size_t(1));
    }
    QCOMPARE(world.calls().size(), std::size_t(5));
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::theFirstMayLeave()
{
    VirtualGateway world(caching().toml());
    const auto ids = crowd(world, 3);
    world.at(Millis(50), [&] { world.leave(ids[0]); });
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
    QCOMPARE(world.reply(ids[0]).status, 0);
    QCOMPARE(world.record(ids[0]).status, 499);
    QVERIFY(world.record(ids[0]).abandoned);
    QCOMPARE(world.record(ids[0]).errorCode, std::string("client_gone"));
    QCOMPARE(world.record(ids[0]).cost.amount->nanos(), 18'000); // it was its call
    for (const std::size_t i : {1U, 2U}) {
        QCOMPARE(world.reply(ids[i]).status, 200);
        QCOMPARE(world.record(ids[i]).cost.amount->nanos(), 0);
        QCOMPARE(world.record(ids[i]).decision.cache->from, world.record(ids[0]).id);
    }
    const auto later = world.ask();
    world.run();
    QCOMPARE(world.reply(later).header("x-signalbox-cache"), std::string("exact"));
    QVERIFY(isFaultless(world));
}

/// What the call brings later, for the others, the first has not got.
void TestSharedAnswers::theFirstLeftWithWhatItHadGot()
{
    for (const bool begun : {false, true}) {
        VirtualGateway world(caching().toml());
        const auto first = world.ask({.stream = true});
        const auto second = world.ask();
        world.at(Millis(begun ? 250 : 50), [&] { world.leave(first); }); // content comes at 200 ms
        world.run();
        QCOMPARE(world.reply(first).status, begun ? 200 : 0);
        QCOMPARE(world.record(first).status, begun ? 200 : 499);
        QVERIFY(world.record(first).abandoned);
        QCOMPARE(world.reply(second).status, 200);
        QVERIFY(isFaultless(world));
    }
}

/// Nobody would get it: it saves nothing.
void TestSharedAnswers::theFirstWhoLeftIsGivenNothingInPlaceOfAnError()
{
    VirtualGateway world(caching("ttl_s = 10\nstale_if_error_s = 1000\n").toml());
    world.ask();
    world.runUntil(Seconds(20));
    world.script("a/x: 500, 500, 500, 500, 500, 500");
    const auto first = world.ask();
    const auto second = world.ask();
    world.at(Millis(20'050), [&] { world.leave(first); });
    world.run();
    const RequestRecord &left = world.record(first);
    QCOMPARE(left.errorCode, std::string("client_gone"));
    QCOMPARE(left.cache, std::string("miss"));
    QVERIFY(!left.cacheSaved);
    QCOMPARE(world.reply(second).header("x-signalbox-cache-stale"), std::string("error"));
    QCOMPARE(totalsOf(world).staleHits, std::uint64_t(1));
    QCOMPARE(totalsOf(world).saved.nanos(), 18'000);
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::aTargetThatLeftTheRouteMeanwhileAnswersTheFirstAlone()
{
    VirtualGateway world(caching().toml());
    world.script("a/x: 200 slow");
    const auto first = world.ask();
    House later = caching();
    later.targets = R"([{ target = "b/y" }])";
    world.runUntil(Seconds(1));
    world.reload(later.toml());
    const auto second = world.ask();
    world.run();
    QCOMPARE(world.reply(first).header("x-signalbox-target"), std::string("a/x"));
    QCOMPARE(world.reply(second).status, 200);
    QCOMPARE(world.reply(second).header("x-signalbox-target"), std::string("b/y"));
    QVERIFY(!world.record(second).decision.cache->shared);
    QCOMPARE(totalsOf(world).shared, std::uint64_t(0));
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::whenAllHaveLeftTheCallIsCutOff()
{
    VirtualGateway world(caching().toml());
    const auto ids = crowd(world, 3, true);
    world.at(Millis(20), [&] { world.leave(ids[1]); });
    world.at(Millis(30), [&] { world.leave(ids[0]); });
    world.at(Millis(40), [&] { world.leave(ids[2]); });
    world.run();
    QVERIFY2(world.log().find("a/x: cut off") != std::string::npos, world.log().c_str());
    for (const auto id : ids) {
        QCOMPARE(world.record(id).errorCode, std::string("client_gone"));
    }
    QCOMPARE(world.gateway().inFlight(), std::size_t(0));
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::whoFollowsMayLeave()
{
    VirtualGateway world(caching().toml());
    const auto ids = crowd(world, 3);
    world.at(Millis(50), [&] { world.leave(ids[1]); });
    world.run();
    QCOMPARE(world.record(ids[1]).status, 499);
    QCOMPARE(world.reply(ids[0]).status, 200);
    QCOMPARE(world.reply(ids[2]).status, 200);
    QCOMPARE(world.calls().size(), std::size_t(1));
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::anAnswerThatIsNotKeptIsNotShared()
{
    VirtualGateway world(caching("max_answer_kb = 1\n").toml());
    world.answerBy([](const gateway::CallUpstream &) {
        ScriptedAnswer answer;
        answer.pieces = {std::string(2000, 'x')};
        return answer;
    });
    const auto ids = crowd(world, 3);
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(3));
    for (const auto id : ids) {
        QCOMPARE(world.reply(id).status, 200);
    }
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::theStopEndsAll()
{
    VirtualGateway world(caching().toml());
    const auto ids = crowd(world, 4);
    world.runUntil(Millis(50));
    world.leave(ids[0]);
    world.shutDown();
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
    for (std::size_t i = 1; i < ids.size(); ++i) {
        QCOMPARE(world.reply(ids[i]).status, 503);
    }
    QCOMPARE(world.gateway().inFlight(), std::size_t(0));
    QVERIFY(isFaultless(world));
}

void TestSharedAnswers::aDeadlineEndsTheWait()
{
    House house = caching();
    house.route = "deadline_s = 5\n";
    VirtualGateway world(house.toml());
    world.script("a/x: 200 slow");
    const auto ids = crowd(world, 2);
    world.run();
    QCOMPARE(world.reply(ids[0]).status, 504);
    QVERIFY2(world.reply(ids[1]).status >= 500, world.reply(ids[1]).bytes.c_str());
    QVERIFY(isFaultless(world));
}

QTEST_GUILESS_MAIN(TestSharedAnswers)
#include "tst_shared_answers.moc"
