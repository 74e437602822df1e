// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

House caching(const std::string &mode, const std::string &more = {})
{
    return House{.more = "[cache]\nmode = \"" + mode + "\"\n" + more};
}

Ask asking(const std::string &question, const std::string &system = {})
{
    std::string body = R"({"model":"chat","messages":[)";
    if (!system.empty()) {
        body += R"({"role":"system","content":")" + system + R"("},)";
    }
    return {.body = body + R"({"role":"user","content":")" + question + R"("}]})"};
}

const Reply &answered(VirtualGateway &world, const Ask &ask)
{
    const auto id = world.ask(ask);
    world.run();
    return world.reply(id);
}

const CacheNote &noteOf(const Reply &reply)
{
    return *reply.record->decision.cache;
}

CacheView viewOf(VirtualGateway &world, const CacheQuery &query = {})
{
    return world.gateway().cacheView(query, world.now());
}

CacheFilter filterOf(const std::string &text)
{
    CacheFilter filter;
    filter.text = text;
    return filter;
}

constexpr const char *kAsked = "How do I reset my Gmail password?";
constexpr const char *kAlike = "how can i reset my Gmail password";

} // namespace

/// Goal: a question that means the same gets the same answer, one that does not is kept apart and named
/// with what spoke against it; answers past their lifetime serve where that is wanted, and are marked;
/// operators see all of it.
class TestSemanticAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameQuestionInOtherWords();
    void whatIsVetoedIsAMissAndNamed();
    void allElseMustBeEqual();
    void longTextsAreLookedUpExactlyAlone();
    void anEvictedAnswerIsNotFoundByItsMeaning();
    void anOldAnswerStandsInForAnError();
    void aQuestionNearlyTheSameStandsInForAnError();
    void aFaultOfTheRequestIsNotCoveredUp();
    void anOldAnswerStandsInForALongWait();
    void operatorsSeeAndFilter();
    void operatorsLookAPartAtATime();
    void operatorsEvictAndPin();
    void whatChangedIsToldOnce();
    void aLargeScopeIsComparedElsewhere();
    void aComparisonThatTakesTooLongIsAMiss();
    void whatHappensWhileItIsCompared();
};

void TestSemanticAnswers::theSameQuestionInOtherWords()
{
    VirtualGateway world(caching("semantic").toml());
    const Reply first = answered(world, asking(kAsked));
    QCOMPARE(first.header("x-signalbox-cache"), std::string("miss"));
    const Reply &second = answered(world, asking(kAlike));
    QCOMPARE(second.header("x-signalbox-cache"), std::string("semantic"));
    QCOMPARE(second.record->cache, std::string("semantic"));
    QCOMPARE(noteOf(second).from, first.record->id);
    QVERIFY(*noteOf(second).likeness >= 0.92 && *noteOf(second).likeness <= 1.01);
    QVERIFY(noteOf(second).saved == first.record->cost);
    QCOMPARE(world.calls().size(), std::size_t(1));
    // Where likeness is not looked at, it is another question.
    VirtualGateway exact(caching("exact").toml());
    answered(exact, asking(kAsked));
    QCOMPARE(answered(exact, asking(kAlike)).header("x-signalbox-cache"), std::string("miss"));
}

void TestSemanticAnswers::whatIsVetoedIsAMissAndNamed()
{
    VirtualGateway world(caching("semantic", "threshold = 0.5\n").toml());
    const Reply first = answered(world, asking("How long does it take to boil 3 eggs in water?"));
    const Reply &other = answered(world, asking("How long does it take to boil 5 eggs in water?"));
    QCOMPARE(other.header("x-signalbox-cache"), std::string("miss"));
    QVERIFY(std::ranges::find(noteOf(other).vetoes, "numbers") != noteOf(other).vetoes.end());
    QCOMPARE(noteOf(other).from, first.record->id);
    QVERIFY(!noteOf(other).saved);
    QCOMPARE(other.record->cost.amount->nanos(), 18'000);
    const CacheView view = viewOf(world);
    QCOMPARE(view.totals.vetoed, std::uint64_t(1));
    QCOMPARE(view.nearMisses.size(), std::size_t(1));
    QCOMPARE(view.nearMisses[0].asked,
             std::string("How long does it take to boil 5 eggs in water?"));
    QCOMPARE(view.nearMisses[0].kept,
             std::string("How long does it take to boil 3 eggs in water?"));
    QCOMPARE(view.nearMisses[0].vetoes, noteOf(other).vetoes);
    QCOMPARE(view.nearMisses[0].requestId, other.record->id);
}

void TestSemanticAnswers::allElseMustBeEqual()
{
    VirtualGateway world(caching("semantic").toml());
    answered(world, asking(kAsked, "You are a pirate."));
    QCOMPARE(answered(world, asking(kAlike, "You are a lawyer.")).header("x-signalbox-cache"),
             std::string("miss"));
    QCOMPARE(answered(world, asking(kAlike)).header("x-signalbox-cache"), std::string("miss"));
    QVERIFY(viewOf(world).nearMisses.empty());
}

void TestSemanticAnswers::longTextsAreLookedUpExactlyAlone()
{
    VirtualGateway world(caching("semantic").toml());
    const std::string text(2500, 'x');
    const Reply first = answered(world, asking(text));
    QCOMPARE(noteOf(first).reason, std::string("too_long"));
    QCOMPARE(answered(world, asking(text)).header("x-signalbox-cache"), std::string("exact"));
}

void TestSemanticAnswers::anEvictedAnswerIsNotFoundByItsMeaning()
{
    VirtualGateway world(caching("semantic").toml());
    answered(world, asking(kAsked));
    QVERIFY(world.gateway().cache().evict(viewOf(world).entries.at(0).id));
    QCOMPARE(answered(world, asking(kAlike)).header("x-signalbox-cache"), std::string("miss"));
}

void TestSemanticAnswers::anOldAnswerStandsInForAnError()
{
    VirtualGateway world(caching("exact", "ttl_s = 10\nstale_if_error_s = 100\n").toml());
    const Reply first = answered(world, {});
    world.runUntil(Seconds(20));
    world.script("a/x: 503; b/y: 503");
    const Reply &stale = answered(world, {.stream = true});
    QCOMPARE(stale.status, 200);
    QCOMPARE(stale.header("x-signalbox-cache"), std::string("exact"));
    QCOMPARE(stale.header("x-signalbox-cache-stale"), std::string("error"));
    QCOMPARE(stale.header("x-signalbox-target"), std::string("a/x"));
    QCOMPARE(streamedText(stale.bytes), std::string("hello"));
    QCOMPARE(noteOf(stale).stale, std::string("error"));
    QCOMPARE(stale.record->attempts.size(), std::size_t(2)); // they were tried, and are on record
    QCOMPARE(stale.record->errorCode, std::string());
    QCOMPARE(viewOf(world).totals.staleHits, std::uint64_t(1));
    world.operate(gateway::Act::Trip, "a/x");
    world.operate(gateway::Act::Trip, "b/y");
    QCOMPARE(answered(world, {}).header("x-signalbox-cache-stale"), std::string("error"));
    world.runUntil(Seconds(200));
    QCOMPARE(answered(world, {}).status, 503);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestSemanticAnswers::aQuestionNearlyTheSameStandsInForAnError()
{
    const char *asked = "please summarise the minutes of the board meeting in 3 bullet points";
    const char *alike = "In 3 bullet points, summarize the minutes of the board meeting.";
    VirtualGateway lax(caching("semantic", "threshold = 0.1\n").toml());
    answered(lax, asking(asked));
    const Reply hit = answered(lax, asking(alike));
    QCOMPARE(hit.header("x-signalbox-cache"), std::string("semantic"));
    const double likeness = *noteOf(hit).likeness;
    QVERIFY2(likeness < 0.99, qPrintable(QString::number(likeness)));
    for (const bool wanted : {false, true}) {
        VirtualGateway world(caching("semantic",
                                     "threshold = " + std::to_string(likeness + 0.02)
                                         + (wanted ? "\nstale_if_error_s = 60\n" : "\n"))
                                 .toml());
        answered(world, asking(asked));
        QCOMPARE(answered(world, asking(alike)).header("x-signalbox-cache"), std::string("miss"));
        const CacheView view = viewOf(world);
        QVERIFY(view.nearMisses.at(0).vetoes.empty()); // likeness alone
        QCOMPARE(view.totals.vetoed, std::uint64_t(0));
        world.gateway().cache().evict(filterOf("in 3 bullet points, sum"), world.now());
        world.operate(gateway::Act::Trip, "a/x");
        world.operate(gateway::Act::Trip, "b/y");
        const Reply &reply = answered(world, asking(alike));
        QCOMPARE(reply.status, wanted ? 200 : 503);
        QCOMPARE(reply.header("x-signalbox-cache"), std::string(wanted ? "semantic" : "miss"));
        QCOMPARE(reply.header("x-signalbox-cache-stale"), std::string(wanted ? "error" : ""));
    }
}

void TestSemanticAnswers::aFaultOfTheRequestIsNotCoveredUp()
{
    VirtualGateway world(caching("exact", "ttl_s = 10\nstale_if_error_s = 100\n").toml());
    answered(world, {});
    world.runUntil(Seconds(20));
    world.script("a/x: 400 context");
    QCOMPARE(answered(world, {}).status, 400);
    // Once content is out, nothing else can take its place.
    world.script("a/x: cut after content");
    const Reply &broken = answered(world, {.stream = true});
    QVERIFY(broken.bytes.find("upstream_stream_broken") != std::string::npos);
}

void TestSemanticAnswers::anOldAnswerStandsInForALongWait()
{
    VirtualGateway world(
        caching("exact", "ttl_s = 10\nstale_if_error_s = 10_000\nslow_s = 5\n").toml());
    answered(world, {});
    world.runUntil(Seconds(20));
    world.script("a/x: 200 slow, 200 slow, 200 slow, 200 slow, 200 slow, 200 slow, 200 slow, 200 "
                 "slow, 200 slow, 200 slow, 200 slow, 200 slow");
    for (int i = 0; i < 12; ++i) {
        answered(world, asking("question " + std::to_string(i)));
    }
    const std::size_t before = world.calls().size();
    const Reply &stale = answered(world, {});
    QCOMPARE(world.calls().size(), before);
    QCOMPARE(stale.header("x-signalbox-cache-stale"), std::string("slow"));
    QCOMPARE(noteOf(stale).stale, std::string("slow"));
    QVERIFY(stale.record->attempts.empty());
}

void TestSemanticAnswers::operatorsSeeAndFilter()
{
    VirtualGateway world(caching("exact").toml());
    for (int i = 0; i < 5; ++i) {
        answered(world, asking("question " + std::to_string(i)));
        world.runUntil(Seconds(10 * (i + 1)));
    }
    answered(world, asking("question 3"));
    const CacheView all = viewOf(world);
    QCOMPARE(all.mode, std::string("exact"));
    QCOMPARE(all.entryCount, std::size_t(5));
    QCOMPARE(all.matching, std::size_t(5));
    QCOMPARE(all.totals.lookups, std::uint64_t(6));
    QCOMPARE(all.totals.exactHits, std::uint64_t(1));
    QCOMPARE(all.totals.saved.nanos(), 18'000);
    QCOMPARE(all.entries.at(0).question, std::string("question 4"));
    QVERIFY(all.entries[0].expires == all.entries[0].made + std::chrono::hours(24));
    QCOMPARE(all.promptCaches.at(0).provider, std::string("a"));
    QCOMPARE(all.promptCaches.at(0).promptTokens, std::uint64_t(50));

    CacheQuery query;
    query.order = CacheOrder::MostHits;
    query.limit = 1;
    QCOMPARE(viewOf(world, query).entries.at(0).question, std::string("question 3"));
    query.offset = 1;
    query.order = CacheOrder::Oldest;
    QCOMPARE(viewOf(world, query).entries.at(0).question, std::string("question 1"));
    query.offset = 99;
    QVERIFY(viewOf(world, query).entries.empty());
    const auto count = [&](const std::function<void(CacheFilter &)> &set) {
        CacheQuery filtered;
        set(filtered.filter);
        return viewOf(world, filtered).matching;
    };
    QCOMPARE(count([](CacheFilter &f) { f.text = "STION 2"; }), std::size_t(1));
    QCOMPARE(count([](CacheFilter &f) { f.model = "x"; }), std::size_t(5));
    QCOMPARE(count([](CacheFilter &f) { f.model = "y"; }), std::size_t(0));
    QCOMPARE(count([](CacheFilter &f) { f.route = "chat"; }), std::size_t(5));
    QCOMPARE(count([](CacheFilter &f) { f.client = "nobody"; }), std::size_t(0));
    QCOMPARE(count([](CacheFilter &f) { f.olderThan = Seconds(25); }), std::size_t(3));
    QCOMPARE(count([](CacheFilter &f) { f.hitsAtMost = 0; }), std::size_t(4));
}

/// Goal: who looks at all of it, or clears it out, a part at a time, misses nothing that was there all along.
void TestSemanticAnswers::operatorsLookAPartAtATime()
{
    VirtualGateway world(caching("exact").toml());
    gateway::AnswerCache &cache = world.gateway().cache();
    for (int i = 0; i < 60; ++i) {
        answered(world, asking("question " + std::to_string(i)));
    }
    CacheQuery query;
    query.limit = 7;
    query.offset = 3;
    query.filter.text = "QUESTION 1";
    gateway::CacheWalk walk(query);
    for (int parts = 0; !walk.over; ++parts) {
        QVERIFY(parts < 1000);
        cache.look(walk, 3, world.now());
    }
    QCOMPARE(walk.matching, std::size_t(11)); // 1, and 10 to 19
    QVERIFY(cache.view(walk, world.now()).entries == viewOf(world, query).entries);
    QCOMPARE(viewOf(world, query).entries.size(), std::size_t(7));

    gateway::CacheWalk grown((CacheQuery()));
    cache.look(grown, 3, world.now());
    for (int i = 60; i < 600; ++i) {
        answered(world, asking("question " + std::to_string(i)));
    }
    while (!grown.over) {
        cache.look(grown, 50, world.now());
    }
    QCOMPARE(grown.matching, std::size_t(600)); // though all have moved meanwhile

    gateway::CacheWalk clearing(query);
    std::size_t evicted = 0;
    while (!clearing.over) {
        evicted += cache.evictSome(clearing, 5, world.now());
    }
    QCOMPARE(evicted, std::size_t(111)); // 1, 10 to 19, 100 to 199
    QCOMPARE(viewOf(world).entryCount, std::size_t(489));
}

void TestSemanticAnswers::operatorsEvictAndPin()
{
    VirtualGateway world(caching("exact", "ttl_s = 100\nmax_entries = 2\n").toml());
    gateway::AnswerCache &cache = world.gateway().cache();
    answered(world, asking("one"));
    const std::string one = viewOf(world).entries.at(0).id;
    QVERIFY(cache.pin(one, true));
    QVERIFY(!cache.pin("nothing", true));
    answered(world, asking("two"));
    answered(world, asking("three"));
    QCOMPARE(viewOf(world).totals.evicted, std::uint64_t(1));
    world.runUntil(Seconds(500));
    QCOMPARE(answered(world, asking("one")).header("x-signalbox-cache"), std::string("exact"));
    QVERIFY(cache.evict(one));
    QVERIFY(!cache.evict(one));
    answered(world, asking("four"));
    QCOMPARE(cache.evict(filterOf("fou"), world.now()), std::size_t(1));
    QCOMPARE(answered(world, asking("four")).header("x-signalbox-cache"), std::string("miss"));
}

void TestSemanticAnswers::whatChangedIsToldOnce()
{
    VirtualGateway world(caching("semantic").toml());
    gateway::AnswerCache &cache = world.gateway().cache();
    answered(world, asking(kAsked));
    QVERIFY(cache.takeChanges().empty()); // nobody has asked for them
    cache.beginToTellChanges();
    cache.tellAll();
    const auto all = cache.takeChanges();
    QCOMPARE(all.size(), std::size_t(1));
    QVERIFY(all[0].whole && all[0].kept);
    answered(world, asking(kAlike));
    const auto hit = cache.takeChanges();
    QCOMPARE(hit.size(), std::size_t(1));
    QVERIFY(!hit[0].whole);
    QCOMPARE(hit[0].kept->standing.hits, std::uint64_t(1));
    cache.evict(CacheFilter(), world.now());
    const auto gone = cache.takeChanges();
    QCOMPARE(gone.size(), std::size_t(1));
    QVERIFY(!gone[0].kept);
    QVERIFY(cache.takeChanges().empty());
    // And back, as after a restart.
    QVERIFY(cache.restore(*hit[0].kept, world.now()));
    QCOMPARE(answered(world, asking(kAlike)).header("x-signalbox-cache"), std::string("semantic"));
}

namespace {

std::string engine(int number)
{
    return "How do I repair engine " + std::to_string(number) + " of the fleet?";
}

std::string engineAgain(int number)
{
    return "how can i fix engine " + std::to_string(number) + " of the fleet";
}

/// So many questions of one scope that it is not kept on the gateway's thread any more.
constexpr int kMany = 520;

void askMany(VirtualGateway &world)
{
    for (int i = 0; i < kMany; ++i) {
        answered(world, asking(engine(i)));
    }
    world.clearLog();
}

} // namespace

/// Goal: nothing but the time differs for a request whose scope is kept elsewhere: a hit is a hit and is
/// decided by nobody, a miss is decided when that is known.
void TestSemanticAnswers::aLargeScopeIsComparedElsewhere()
{
    VirtualGateway world(caching("semantic").toml());
    askMany(world);
    const Reply &hit = answered(world, asking(engineAgain(17)));
    QCOMPARE(hit.header("x-signalbox-cache"), std::string("semantic"));
    QVERIFY(world.log().find("compare") != std::string::npos);
    QVERIFY(hit.record->attempts.empty());
    QVERIFY(hit.record->decision.candidates.empty());
    QCOMPARE(world.calls().size(), std::size_t(kMany));

    const Reply &miss = answered(world, asking(engineAgain(9000)));
    QCOMPARE(miss.header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(noteOf(miss).vetoes.at(0), std::string("numbers"));
    QCOMPARE(miss.record->decision.candidates.size(), std::size_t(2));
    QCOMPARE(miss.record->target.name(), std::string("a/x"));
    QCOMPARE(miss.header("x-signalbox-target"), std::string("a/x"));
    // What it brought is found from now on; what is evicted is not.
    QCOMPARE(answered(world, asking("how can i repair engine 9000 of the fleet"))
                 .header("x-signalbox-cache"),
             std::string("semantic"));
    QCOMPARE(world.gateway().cache().evict(filterOf("engine 17 "), world.now()), std::size_t(1));
    QCOMPARE(answered(world, asking("how can one fix engine 17 of the fleet"))
                 .header("x-signalbox-cache"),
             std::string("miss"));
    // A scope that was emptied begins anew, here.
    world.gateway().cache().evict(CacheFilter(), world.now());
    answered(world, asking(engine(1)));
    world.clearLog();
    QCOMPARE(answered(world, asking(engineAgain(1))).header("x-signalbox-cache"),
             std::string("semantic"));
    QVERIFY(world.log().find("compare") == std::string::npos);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestSemanticAnswers::aComparisonThatTakesTooLongIsAMiss()
{
    VirtualGateway world(caching("semantic").toml());
    askMany(world);
    world.compareAfter({});
    const Reply &reply = answered(world, asking(engineAgain(17)));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(noteOf(reply).reason, std::string("index_busy"));
    QCOMPARE(world.calls().size(), std::size_t(kMany + 1));
    const Micros took = reply.record->total; // a call takes 100 ms
    QVERIFY2(took >= Millis(200) && took < Millis(250), std::to_string(took.count()).c_str());
    // And one that comes too late changes nothing.
    world.compareAfter(Millis(150));
    QCOMPARE(answered(world, asking("how can one fix engine 18 of the fleet"))
                 .header("x-signalbox-cache"),
             std::string("miss"));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestSemanticAnswers::whatHappensWhileItIsCompared()
{
    VirtualGateway world(caching("semantic").toml());
    askMany(world);
    world.compareAfter(Millis(50));
    // The client leaves.
    const auto gone = world.ask(asking(engineAgain(1)));
    world.leave(gone);
    world.run();
    QVERIFY(world.record(gone).abandoned);
    QCOMPARE(world.calls().size(), std::size_t(kMany));
    // The same is answered meanwhile; what means the same is evicted meanwhile.
    const auto asked = world.ask(asking(engineAgain(7000)));
    world.run();
    const auto same = world.ask(asking(engineAgain(7001)));
    const auto equal = world.ask(asking(engineAgain(7001)));
    const auto evicted = world.ask(asking(engineAgain(2)));
    world.gateway().cache().evict(filterOf("engine 2 "), world.now());
    world.run();
    QCOMPARE(world.reply(asked).header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(world.reply(same).header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(world.reply(equal).header("x-signalbox-cache"), std::string("miss"));
    QVERIFY(noteOf(world.reply(equal)).shared); // one flight
    QCOMPARE(world.reply(evicted).header("x-signalbox-cache"), std::string("miss"));
    QCOMPARE(world.calls().size(), std::size_t(kMany + 3));
    // A reload takes its target away: it goes where it would have gone, if that is still there.
    const auto reloaded = world.ask(asking(engineAgain(7002)));
    world.reload(
        House{.targets = R"([ { target = "b/y" } ])", .more = "[cache]\nmode = \"semantic\"\n"}
            .toml());
    world.run();
    QCOMPARE(world.reply(reloaded).status, 200);
    // The gateway stops.
    const auto late = world.ask(asking(engineAgain(7003)));
    world.shutDown();
    world.run();
    QCOMPARE(world.reply(late).status, 503);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestSemanticAnswers)
#include "tst_semantic_answers.moc"
