// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

constexpr const char *kAsked = "How do I reset my Gmail password?";
constexpr const char *kAlike = "how can i reset my Gmail password";

std::string toml(const std::string &embedder = "e/small")
{
    return House{
        .more = "[[provider]]\nid = \"e\"\nkind = \"openai\"\nkeys = [\"env:E1\"]\n"
                "[[provider.model]]\nname = \"small\"\nprice = { input = 0.02, output = 0 }\n"
                "[[provider.model]]\nname = \"large\"\n"
                "[cache]\nmode = \"semantic\"\nembedder = \""
                + embedder + "\"\n"}
        .toml();
}

Ask asking(const std::string &question, const std::string &system = {})
{
    std::string body = R"({"model":"chat","messages":[)";
    if (!system.empty()) {
        body += R"({"role":"system","content":")" + system + R"("},)";
    }
    return {.body = body + R"({"role":"user","content":")" + question + R"("}]})"};
}

/// Calls of the embedder so far, the newest behind.
std::vector<gateway::CallUpstream> embeddingCalls(const VirtualGateway &world)
{
    std::vector<gateway::CallUpstream> calls;
    for (const gateway::CallUpstream &call : world.calls()) {
        if (call.provider->id == "e") {
            calls.push_back(call);
        }
    }
    return calls;
}

/// The newest of them gets \p vectors, each a list of numbers, and 7 tokens.
void answerEmbedder(VirtualGateway &world, const std::vector<std::string> &vectors)
{
    std::string data;
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        data += std::string(data.empty() ? "" : ",") + R"({"object":"embedding","index":)"
                + std::to_string(i) + R"(,"embedding":[)" + vectors[i] + "]}";
    }
    const std::string body = R"({"object":"list","data":[)" + data
                             + R"(],"model":"small","usage":{"prompt_tokens":7,"total_tokens":7}})";
    const auto id = embeddingCalls(world).back().attempt;
    world.tell(id, gateway::UpstreamConnected{});
    world.tell(id, gateway::UpstreamHead{200, http::Headers{{"content-type", "application/json"}}});
    world.tell(id, gateway::UpstreamBytes{body});
    world.tell(id, gateway::UpstreamEnd{});
}

/// A request whose question is \p vector to the embedder.
const Reply &answered(VirtualGateway &world, const Ask &ask, const std::string &vector)
{
    world.script("e/small: connect-hang");
    const auto id = world.ask(ask);
    answerEmbedder(world, {vector});
    world.run();
    return world.reply(id);
}

std::string cacheOf(const Reply &reply)
{
    const auto &note = *reply.record->decision.cache;
    return reply.header("x-signalbox-cache") + (note.reason.empty() ? "" : " " + note.reason);
}

} // namespace

/// Goal: a target may say what questions are like; where it does not, or says another thing than before, only
/// what is exactly the same is given again, and the record says why. What it costs is booked.
class TestCacheEmbedder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTargetSaysWhatIsAlike();
    void vetoesHoldAllTheSame();
    void oneThatFailsIsLeftInPeaceForAWhile();
    void oneThatIsSlowIsNotWaitedFor();
    void oneThatIsOutOfServiceIsNotAsked();
    void answersThatAreNoneAreFailures_data();
    void answersThatAreNoneAreFailures();
    void manyQuestionsAreOneCall();
    void theSameQuestionIsAskedOnce();
    void whoHasLeftIsNotWaitedFor();
    void anotherSizeForgetsWhatWasBefore();
    void anotherEmbedderIsAnotherIndex();
    void theGatewayStops();
};

void TestCacheEmbedder::aTargetSaysWhatIsAlike()
{
    VirtualGateway world(toml());
    const Reply first = answered(world, asking(kAsked), "1,0,0");
    QCOMPARE(cacheOf(first), std::string("miss"));
    QCOMPARE(first.record->target.name(), std::string("a/x"));
    const Reply second = answered(world, asking(kAlike), "0.9,0.05,0");
    QCOMPARE(cacheOf(second), std::string("semantic"));
    QVERIFY(*second.record->decision.cache->likeness > 0.99);
    QVERIFY(second.record->decision.candidates.empty());
    // The other way round it is no hit: the words are as alike as before.
    const Reply third = answered(world, asking("how can one reset my Gmail password"), "0,1,0");
    QCOMPARE(cacheOf(third), std::string("miss"));

    QCOMPARE(world.ownRecords().size(), std::size_t(3));
    const RequestRecord &own = *world.ownRecords().front();
    QCOMPARE(own.operation, std::string(kEmbedderOperation));
    QVERIFY(own.isOwn());
    QCOMPARE(own.usage.promptTokens, std::int64_t(7));
    QCOMPARE(own.cost.amount->nanos(), 140);
    QCOMPARE(first.record->cost.amount->nanos(), 18'000); // its own alone
    const std::string metrics = world.gateway().metrics(world.now());
    QVERIFY(metrics.find("signalbox_cache_embeddings_total{provider=\"e\",target=\"e/small\","
                         "outcome=\"success\"} 3")
            != std::string::npos);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestCacheEmbedder::vetoesHoldAllTheSame()
{
    VirtualGateway world(toml());
    answered(world, asking("How long does it take to boil 3 eggs?"), "1,0");
    const Reply &other = answered(world, asking("How long does it take to boil 5 eggs?"), "1,0");
    QCOMPARE(cacheOf(other), std::string("miss"));
    QCOMPARE(other.record->decision.cache->vetoes.at(0), std::string("numbers"));
}

void TestCacheEmbedder::oneThatFailsIsLeftInPeaceForAWhile()
{
    VirtualGateway world(toml());
    world.script("e/small: 503");
    const auto failed = world.ask(asking(kAsked));
    world.run();
    QCOMPARE(cacheOf(world.reply(failed)), std::string("miss embedder_failed"));
    QCOMPARE(world.reply(failed).status, 200);
    const auto rested = world.ask(asking(kAlike));
    world.run();
    QCOMPARE(cacheOf(world.reply(rested)), std::string("miss embedder_failed"));
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
    QCOMPARE(world.gateway().cache().leftOut(), std::size_t(0)); // they were never to be compared
    // What is exactly the same is found all the while.
    const auto exact = world.ask(asking(kAsked));
    world.run();
    QCOMPARE(cacheOf(world.reply(exact)), std::string("exact"));
    world.runUntil(world.elapsed() + Seconds(11));
    QCOMPARE(cacheOf(answered(world, asking("how does one reset my Gmail password"), "1,0")),
             std::string("miss"));
    QCOMPARE(embeddingCalls(world).size(), std::size_t(2));
}

void TestCacheEmbedder::oneThatIsSlowIsNotWaitedFor()
{
    VirtualGateway world(toml());
    world.script("e/small: hang");
    const auto id = world.ask(asking(kAsked));
    world.runUntil(Millis(1700));
    QCOMPARE(cacheOf(world.reply(id)), std::string("miss embedder_slow"));
    QCOMPARE(world.reply(id).status, 200);
    world.run();
    QVERIFY(world.ownRecords().at(0)->outcome == OutcomeClass::TotalTimeout);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestCacheEmbedder::oneThatIsOutOfServiceIsNotAsked()
{
    VirtualGateway world(toml());
    world.operate(gateway::Act::Trip, "e/small");
    const auto id = world.ask(asking(kAsked));
    world.run();
    QCOMPARE(cacheOf(world.reply(id)), std::string("miss embedder_failed"));
    QVERIFY(embeddingCalls(world).empty());
}

void TestCacheEmbedder::answersThatAreNoneAreFailures_data()
{
    QTest::addColumn<QString>("vectors");
    QTest::newRow("one too many") << QStringLiteral("1,0|0,1");
    QTest::newRow("none") << QString();
    QTest::newRow("without a direction") << QStringLiteral("0,0,0");
    QTest::newRow("no numbers") << QStringLiteral("\"a\",1");
    QTest::newRow("too large") << QStringLiteral("1e999,1");
    QTest::newRow("empty") << QStringLiteral(" ");
}

void TestCacheEmbedder::answersThatAreNoneAreFailures()
{
    QFETCH(const QString, vectors);
    VirtualGateway world(toml());
    world.script("e/small: connect-hang");
    const auto id = world.ask(asking(kAsked));
    std::vector<std::string> all;
    for (const QString &vector : vectors.split(u'|', Qt::SkipEmptyParts)) {
        all.push_back(vector.toStdString());
    }
    answerEmbedder(world, all);
    world.run();
    QCOMPARE(cacheOf(world.reply(id)), std::string("miss embedder_failed"));
    QCOMPARE(world.ownRecords().at(0)->cost.amount->nanos(), 140); // it is billed all the same
}

void TestCacheEmbedder::manyQuestionsAreOneCall()
{
    VirtualGateway world(toml());
    world.script("e/small: connect-hang, connect-hang");
    const auto first = world.ask(asking("How do I bake bread?"));
    const auto second = world.ask(asking(kAsked));
    const auto third = world.ask(asking("How do I boil rice?"));
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1)); // one at a time
    answerEmbedder(world, {"1,0,0"});
    QCOMPARE(embeddingCalls(world).size(), std::size_t(2));
    const std::string body = embeddingCalls(world).back().call.body;
    QVERIFY2(body.find("[\"How do I reset my Gmail password?\",\"How do I boil rice?\"]")
                 != std::string::npos,
             body.c_str());
    answerEmbedder(world, {"0,1,0", "0,0,1"});
    world.run();
    for (const auto id : {first, second, third}) {
        QCOMPARE(cacheOf(world.reply(id)), std::string("miss"));
    }
    QCOMPARE(cacheOf(answered(world, asking(kAlike), "0,1,0")), std::string("semantic"));
}

void TestCacheEmbedder::theSameQuestionIsAskedOnce()
{
    VirtualGateway world(toml());
    world.script("e/small: connect-hang");
    const auto one = world.ask(asking(kAsked, "You are a pirate."));
    const auto two = world.ask(asking(kAsked, "You are a lawyer."));
    answerEmbedder(world, {"1,0"});
    world.run();
    const auto three = world.ask(asking(kAsked, "You are a cook."));
    world.run();
    for (const auto id : {one, two, three}) {
        QCOMPARE(cacheOf(world.reply(id)), std::string("miss")); // in scopes of their own
    }
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
}

void TestCacheEmbedder::whoHasLeftIsNotWaitedFor()
{
    VirtualGateway world(toml());
    world.script("e/small: connect-hang");
    const auto id = world.ask(asking(kAsked));
    world.leave(id);
    answerEmbedder(world, {"1,0"});
    world.run();
    QVERIFY(world.record(id).abandoned);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
    QCOMPARE(world.calls().size(), std::size_t(1));
}

void TestCacheEmbedder::anotherSizeForgetsWhatWasBefore()
{
    VirtualGateway world(toml());
    answered(world, asking(kAsked), "1,0");
    QCOMPARE(cacheOf(answered(world, asking(kAlike), "1,0,0")), std::string("miss"));
    QCOMPARE(world.gateway().cache().leftOut(), std::size_t(1));
    QCOMPARE(cacheOf(answered(world, asking("how can i reset my Gmail password?"), "1,0,0")),
             std::string("semantic")); // by the one of the new size
    const auto exact = world.ask(asking(kAsked));
    world.run();
    QCOMPARE(cacheOf(world.reply(exact)), std::string("exact"));
}

void TestCacheEmbedder::anotherEmbedderIsAnotherIndex()
{
    VirtualGateway world(toml());
    answered(world, asking(kAsked), "1,0");
    world.reload(toml("e/large"));
    QCOMPARE(world.gateway().cache().leftOut(), std::size_t(1));
    world.script("e/large: connect-hang");
    const auto large = world.ask(asking(kAlike));
    answerEmbedder(world, {"1,0"}); // the same point, of another embedder
    world.run();
    QCOMPARE(cacheOf(world.reply(large)), std::string("miss"));
    // The built-in one makes points of all of them.
    world.reload(toml("local"));
    QCOMPARE(world.gateway().cache().leftOut(), std::size_t(0));
    const auto local = world.ask(asking("how do i reset my Gmail password"));
    world.run();
    QCOMPARE(cacheOf(world.reply(local)), std::string("semantic"));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestCacheEmbedder::theGatewayStops()
{
    VirtualGateway world(toml());
    world.script("e/small: connect-hang");
    const auto id = world.ask(asking(kAsked));
    world.shutDown();
    world.run();
    QCOMPARE(world.reply(id).status, 503);
    QVERIFY(world.ownRecords().at(0)->outcome == OutcomeClass::ShutDown);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestCacheEmbedder)
#include "tst_cache_embedder.moc"
