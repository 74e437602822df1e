// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kHouse = R"(
[[provider]]
id = "a"
kind = "openai"
keys = ["env:A1"]
[[provider.model]]
name = "e"
features = ["embeddings"]
price = { input = 2.0, output = 0 }
[[provider.model]]
name = "chat-only"

[[provider]]
id = "b"
kind = "mistral"
keys = ["env:B1"]
[[provider.model]]
name = "e2"
features = ["embeddings"]

[[provider]]
id = "c"
kind = "anthropic"
keys = ["env:C1"]
[[provider.model]]
name = "e3"
features = ["embeddings"]

[[route]]
name = "vectors"
strategy = "priority"
targets = [ { target = "c/e3" }, { target = "a/chat-only" }, { target = "a/e" }, { target = "b/e2" } ]
[[route]]
name = "none"
targets = [ { target = "c/e3" }, { target = "a/chat-only" } ]
)";

Ask ask(const char *body)
{
    return {.body = body, .path = "/v1/embeddings"};
}

const char *const kTexts =
    R"({"model":"vectors","input":["one","two words"],"encoding_format":"base64"})";

} // namespace

/// Goal: /v1/embeddings goes the way of every request (rules, failover, accounting) and its answer
/// reaches the client as the provider wrote it.
class TestEmbeddings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAnswerIsPassedOnAsItCame();
    void itIsBookedAsWhatItIs();
    void aFailureGoesToTheNextTarget();
    void whatIsNoEmbeddingIsAFailure();
    void anAnswerWithoutUsageIsEstimated();
    void noCapableTargetIsTold();
    void badRequestsAreRefused_data();
    void badRequestsAreRefused();
    void onlyPostIsTaken();
};

void TestEmbeddings::theAnswerIsPassedOnAsItCame()
{
    VirtualGateway world(kHouse);
    world.script("a/e: 200 embeddings");
    const auto id = world.ask(ask(kTexts));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.reply(id).bytes, std::string(kEmbeddingsAnswer));
    QCOMPARE(world.reply(id).header("content-type"), std::string("application/json"));
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("a/e"));
    const auto &call = world.calls().at(0).call;
    QCOMPARE(call.path, std::string("/embeddings"));
    QCOMPARE(call.body,
             std::string(
                 R"({"model":"e","input":["one","two words"],"encoding_format":"base64"})"));
}

void TestEmbeddings::itIsBookedAsWhatItIs()
{
    VirtualGateway world(kHouse);
    world.script("a/e: 200 embeddings");
    const auto id = world.ask(ask(kTexts));
    world.run();
    const RequestRecord &record = world.record(id);
    QCOMPARE(record.operation, std::string("embeddings"));
    QCOMPARE(record.usage.promptTokens, 7);
    QCOMPARE(record.usage.completionTokens, 0);
    QVERIFY(!record.usage.estimated);
    QCOMPARE(record.cost.amount, Money::fromNanos(14'000));
    QCOMPARE(record.attempts.at(0).upstreamModel, std::string("e-up"));
    QVERIFY(record.needs.contains(Feature::Embeddings));
    QVERIFY(record.facts.promptTokens >= 3);
}

void TestEmbeddings::aFailureGoesToTheNextTarget()
{
    VirtualGateway world(kHouse);
    world.script("a/e: 503; b/e2: 200 embeddings");
    const auto id = world.ask(ask(kTexts));
    world.run();
    QCOMPARE(world.reply(id).bytes, std::string(kEmbeddingsAnswer));
    QCOMPARE(world.record(id).attempts.size(), std::size_t(2));
}

void TestEmbeddings::whatIsNoEmbeddingIsAFailure()
{
    VirtualGateway world(kHouse);
    world.script("a/e: 200 html; b/e2: 200"); // a chat's answer has no `data`
    const auto id = world.ask(ask(kTexts));
    world.run();
    QCOMPARE(world.reply(id).status, 503);
    QVERIFY(world.record(id).attempts.at(0).outcome == OutcomeClass::Unparseable);
    QVERIFY(world.record(id).attempts.at(1).outcome == OutcomeClass::EmptyAnswer);
}

void TestEmbeddings::anAnswerWithoutUsageIsEstimated()
{
    VirtualGateway world(kHouse);
    world.script("a/e: 200 embeddings unmetered");
    const auto id = world.ask(ask(R"({"model":"vectors","input":[[1,2,3],[4,5]]})"));
    world.run();
    const RequestRecord &record = world.record(id);
    QCOMPARE(record.status, 200);
    QVERIFY(record.usage.estimated);
    QCOMPARE(record.usage.promptTokens, record.facts.promptTokens);
    QVERIFY(record.usage.promptTokens >= 5); // five token ids
    QCOMPARE(record.usage.completionTokens, 0);
}

void TestEmbeddings::noCapableTargetIsTold()
{
    VirtualGateway world(kHouse);
    const auto id = world.ask(ask(R"({"model":"none","input":"x"})"));
    world.run();
    QCOMPARE(world.reply(id).status, 422);
    QCOMPARE(errorCode(world.reply(id).bytes), std::string("no_capable_target"));
    QVERIFY(world.calls().empty());
}

void TestEmbeddings::badRequestsAreRefused_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *body, const char *message) {
        QTest::newRow(name) << QString::fromUtf8(body) << QString::fromUtf8(message);
    };
    row("no input", R"({"model":"vectors"})", "`input` is missing");
    row("no model", R"({"input":"x"})", "`model` must be");
    row("an empty list", R"({"model":"vectors","input":[]})", "`input` must not be empty");
    row("a number", R"({"model":"vectors","input":3})", "`input` must be a string or an array");
    row("an object in the list", R"({"model":"vectors","input":["a",{}]})", "`input` must be");
    row("a text in a list of ids", R"({"model":"vectors","input":[[1,"a"]]})", "`input` must be");
    row("twice", R"({"model":"vectors","input":"a","input":"b"})", "`input` appears twice");
    row("no JSON", R"({"model":)", "JSON");
    row("a list", R"(["vectors"])", "JSON");
}

void TestEmbeddings::badRequestsAreRefused()
{
    QFETCH(QString, body);
    QFETCH(QString, message);
    VirtualGateway world(kHouse);
    const auto id = world.ask(ask(body.toUtf8().constData()));
    world.run();
    QCOMPARE(world.reply(id).status, 400);
    const QString bytes = QString::fromStdString(world.reply(id).bytes);
    QVERIFY2(bytes.contains(message), qPrintable(bytes));
}

void TestEmbeddings::onlyPostIsTaken()
{
    VirtualGateway world(kHouse);
    const auto id = world.ask({.method = "GET", .path = "/v1/embeddings"});
    world.run();
    QCOMPARE(world.reply(id).status, 405);
    QCOMPARE(world.reply(id).header("allow"), std::string("POST"));
}

QTEST_APPLESS_MAIN(TestEmbeddings)
#include "tst_embeddings.moc"
