// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include "core/base/bounds.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;
using Kind = gateway::StudyFault::Kind;

namespace {

std::string toml(const std::string &embedder = "e/small", const std::string &limits = {})
{
    return House{.more = "[[provider]]\nid = \"e\"\nkind = \"openai\"\nkeys = [\"env:E1\"]\n"
                         + limits
                         + "[[provider.model]]\nname = \"small\"\n"
                           "price = { input = 0.02, output = 0 }\n"
                           "[[provider.model]]\nname = \"large\"\n"
                           "[cache]\nmode = \"semantic\"\nembedder = \""
                         + embedder + "\"\n"}
        .toml();
}

Ask asking(const std::string &question)
{
    return {.body = R"({"model":"chat","messages":[{"role":"user","content":")" + question
                    + "\"}]}"};
}

std::vector<std::string> texts(std::size_t count)
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back("text number " + std::to_string(i));
    }
    return all;
}

/// Calls of the embedder so far, in their order.
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

/// Call \p number gets \p count vectors, and 7 tokens.
void answer(VirtualGateway &world, std::size_t number, std::size_t count)
{
    std::string data;
    for (std::size_t i = 0; i < count; ++i) {
        data += std::string(data.empty() ? "" : ",") + R"({"object":"embedding","index":)"
                + std::to_string(i) + R"(,"embedding":[1,)" + std::to_string(i) + "]}";
    }
    const std::string body = R"({"object":"list","data":[)" + data
                             + R"(],"model":"small","usage":{"prompt_tokens":7,"total_tokens":7}})";
    const auto id = embeddingCalls(world).at(number).attempt;
    world.tell(id, gateway::UpstreamConnected{});
    world.tell(id, gateway::UpstreamHead{200, http::Headers{{"content-type", "application/json"}}});
    world.tell(id, gateway::UpstreamBytes{body});
    world.tell(id, gateway::UpstreamEnd{});
}

/// The fault of the one study that there is news of.
Kind faultOf(VirtualGateway &world, gateway::StudyId id = 100)
{
    const auto studied = world.gateway().takeStudied();
    const bool told = studied.size() == 1 && studied[0].id == id && !studied[0].points;
    return told ? studied[0].points.error().kind : Kind::Late;
}

std::string silent(int calls)
{
    std::string script = "e/small: connect-hang";
    for (int i = 1; i < calls; ++i) {
        script += ", connect-hang";
    }
    return script;
}

} // namespace

/// Goal: an evaluation has its points from the same target as questions of requests, and no request
/// waits longer or is compared less for it; it ends in any case, and says how.
class TestQuestionStudy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStudyHasAPointForEachText();
    void questionsAreAskedBesideIt();
    void questionsThatWaitGoFirst();
    void oneThatFailsStopsNoQuestions();
    void oneThatRestsIsNotAsked();
    void oneThatIsOutOfServiceIsNotAsked();
    void oneWithoutMoneyIsNotAsked();
    void roomIsLeftToQuestions();
    void aCallThatHangsEnds();
    void anotherEmbedderEndsIt();
    void theGatewayStops();
    void whoLeavesIsNotTold();
    void thereIsOneAtATime();
    void noEmbedderIsSaid();
};

void TestQuestionStudy::aStudyHasAPointForEachText()
{
    VirtualGateway world(toml());
    world.script(silent(2));
    world.study(100, texts(70));
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
    answer(world, 0, bounds::kEmbedTextsMax);
    QVERIFY(world.gateway().takeStudied().empty());
    const std::string body = embeddingCalls(world).at(1).call.body;
    QVERIFY2(body.find(R"(["text number 64","text number 65",)") != std::string::npos,
             body.c_str());
    answer(world, 1, 6);
    world.run();
    const auto studied = world.gateway().takeStudied();
    QCOMPARE(studied.size(), std::size_t(1));
    QCOMPARE(studied[0].id, gateway::StudyId(100));
    QCOMPARE(studied[0].points->size(), std::size_t(70));
    const cache::Embedding &last = *studied[0].points->back();
    QCOMPARE(last, cache::quantized(std::vector<float>{1, 5}));
    QCOMPARE(world.ownRecords().size(), std::size_t(2));
    QCOMPARE(world.ownRecords()[0]->operation, std::string(kEmbedderOperation));
    QCOMPARE(world.ownRecords()[0]->cost.amount->nanos(), 140);
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestQuestionStudy::questionsAreAskedBesideIt()
{
    VirtualGateway world(toml());
    world.script(silent(3));
    world.study(100, texts(70));
    const auto id = world.ask(asking("How do I bake bread?"));
    QCOMPARE(embeddingCalls(world).size(), std::size_t(2)); // the study's has not ended
    answer(world, 1, 1);
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QVERIFY(world.reply(id).record->decision.cache->reason.empty());
    QVERIFY(world.elapsed() < Seconds(20));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestQuestionStudy::questionsThatWaitGoFirst()
{
    VirtualGateway world(toml());
    world.script(silent(4));
    world.study(100, texts(70));
    const auto first = world.ask(asking("How do I bake bread?"));
    const auto second = world.ask(asking("How do I boil rice?"));
    QCOMPARE(embeddingCalls(world).size(), std::size_t(2));
    answer(world, 0, bounds::kEmbedTextsMax); // of the study: a question waits, so it does too
    QCOMPARE(embeddingCalls(world).size(), std::size_t(2));
    answer(world, 1, 1);
    const auto calls = embeddingCalls(world);
    QCOMPARE(calls.size(), std::size_t(4));
    QVERIFY(calls[2].call.body.find("boil rice") != std::string::npos);
    QVERIFY(calls[3].call.body.find("text number 69") != std::string::npos);
    answer(world, 2, 1);
    answer(world, 3, 6);
    world.run();
    QCOMPARE(world.reply(first).status, 200);
    QCOMPARE(world.reply(second).status, 200);
    QVERIFY(world.gateway().takeStudied().at(0).points.ok());
}

void TestQuestionStudy::oneThatFailsStopsNoQuestions()
{
    VirtualGateway world(toml());
    world.script("e/small: 503, connect-hang, connect-hang");
    world.study(100, texts(3));
    world.run();
    const auto studied = world.gateway().takeStudied();
    QVERIFY(studied.at(0).points.error().kind == Kind::Failed);
    QVERIFY(!studied[0].points.error().detail.empty());
    const auto id = world.ask(asking("How do I bake bread?"));
    answer(world, 1, 1);
    world.run();
    QVERIFY(world.reply(id).record->decision.cache->reason.empty());
    world.study(101, texts(3));
    answer(world, 2, 2); // one is missing
    world.run();
    QVERIFY(faultOf(world, 101) == Kind::Failed);
}

void TestQuestionStudy::oneThatRestsIsNotAsked()
{
    VirtualGateway world(toml());
    world.script("e/small: 503");
    world.ask(asking("How do I bake bread?"));
    world.run();
    world.study(100, texts(3));
    QVERIFY(faultOf(world) == Kind::Resting);
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
}

void TestQuestionStudy::oneThatIsOutOfServiceIsNotAsked()
{
    VirtualGateway world(toml());
    world.operate(gateway::Act::Trip, "e/small");
    world.study(100, texts(3));
    QVERIFY(faultOf(world) == Kind::OutOfService);
    QVERIFY(embeddingCalls(world).empty());
}

void TestQuestionStudy::oneWithoutMoneyIsNotAsked()
{
    VirtualGateway world(toml("e/small", "budget_usd_per_day = 0.0000001\n"));
    world.script(silent(2));
    world.study(100, texts(70));
    answer(world, 0, bounds::kEmbedTextsMax); // costs 0.00000014
    QVERIFY(faultOf(world) == Kind::NoMoney);
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
}

void TestQuestionStudy::roomIsLeftToQuestions()
{
    VirtualGateway world(toml("e/small", "limits = { concurrent = 2 }\n"));
    world.script(silent(1));
    world.study(100, texts(3));
    QVERIFY(embeddingCalls(world).empty()); // a question must fit, and leave a place to clients
    const auto id = world.ask(asking("How do I bake bread?"));
    answer(world, 0, 1);
    world.run();
    QVERIFY(world.reply(id).record->decision.cache->reason.empty());
    QVERIFY(faultOf(world) == Kind::NoRoom);
    QVERIFY(world.elapsed() >= bounds::kStudyPatience);
    QVERIFY(world.elapsed() < bounds::kStudyPatience + Seconds(5));
}

void TestQuestionStudy::aCallThatHangsEnds()
{
    VirtualGateway world(toml());
    world.script("e/small: hang");
    world.study(100, texts(3));
    world.run();
    QVERIFY(faultOf(world) == Kind::Failed);
    QVERIFY(world.elapsed() <= bounds::kStudyCallTimeout + Seconds(1));
    QVERIFY(world.ownRecords().at(0)->outcome == OutcomeClass::TotalTimeout);
}

void TestQuestionStudy::anotherEmbedderEndsIt()
{
    VirtualGateway world(toml());
    world.script(silent(1) + "; e/large: connect-hang");
    world.study(100, texts(3));
    world.reload(toml("e/large"));
    QVERIFY(faultOf(world) == Kind::NoEmbedder);
    world.study(101, texts(2)); // waits for the call in the air
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
    answer(world, 0, 3);
    QVERIFY(world.gateway().takeStudied().empty());
    answer(world, 1, 2);
    world.run();
    const auto studied = world.gateway().takeStudied();
    QCOMPARE(studied.at(0).points->size(), std::size_t(2));
    QCOMPARE(world.ownRecords().at(1)->target.name(), std::string("e/large"));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestQuestionStudy::theGatewayStops()
{
    VirtualGateway world(toml());
    world.script(silent(1));
    world.study(100, texts(3));
    world.shutDown();
    QVERIFY(faultOf(world) == Kind::Stopped);
    QVERIFY(world.ownRecords().at(0)->outcome == OutcomeClass::ShutDown);
    world.study(101, texts(3));
    QVERIFY(faultOf(world, 101) == Kind::Stopped);
    world.run();
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1));
    QVERIFY(world.log().find("FAULT") == std::string::npos);
}

void TestQuestionStudy::whoLeavesIsNotTold()
{
    VirtualGateway world(toml());
    world.script(silent(1));
    world.study(100, texts(70));
    world.gateway().endStudy(100);
    answer(world, 0, bounds::kEmbedTextsMax);
    world.run();
    QVERIFY(world.gateway().takeStudied().empty());
    QCOMPARE(embeddingCalls(world).size(), std::size_t(1)); // the rest is not paid for
}

void TestQuestionStudy::thereIsOneAtATime()
{
    VirtualGateway world(toml());
    world.script(silent(1));
    world.study(100, texts(3));
    world.study(101, texts(3));
    QVERIFY(faultOf(world, 101) == Kind::Busy);
    answer(world, 0, 3);
    QVERIFY(world.gateway().takeStudied().at(0).points.ok());
}

void TestQuestionStudy::noEmbedderIsSaid()
{
    VirtualGateway world(toml("local"));
    world.study(100, texts(3));
    QVERIFY(faultOf(world) == Kind::NoEmbedder);
}

QTEST_GUILESS_MAIN(TestQuestionStudy)
#include "tst_question_study.moc"
