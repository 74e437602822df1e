// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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

Ask ask(const std::string &body)
{
    return {.body = body, .path = "/v1/embeddings"};
}

const char *const kTexts =
    R"({"model":"vectors","input":["one","two words"],"encoding_format":"base64"})";

/// `q` takes ten texts at once.
const char *const kBatches = R"(
[[provider]]
id = "q"
kind = "qwen"
keys = ["env:A1"]
LIMITS
[[provider.model]]
name = "text-embedding-v4"
features = ["embeddings"]
price = { input = 2.0, output = 0 }

[[provider]]
id = "o"
kind = "openai"
keys = ["env:B1"]
[[provider.model]]
name = "large"
features = ["embeddings"]

[[route]]
name = "vectors"
strategy = "priority"
retry = { attempts = 2, same_target = 1, backoff_ms = 1 }
targets = [ { target = "q/text-embedding-v4" }, { target = "o/large" } ]
)";

std::string batchesWith(const std::string &limits)
{
    QString text = QString::fromLatin1(kBatches);
    text.replace(QLatin1String("LIMITS"), QString::fromStdString(limits));
    return text.toStdString();
}

std::string texts(int count)
{
    std::string list;
    for (int i = 0; i < count; ++i) {
        list += (list.empty() ? "\"t" : ",\"t") + std::to_string(i) + "\"";
    }
    return R"({"model":"vectors","input":[)" + list + R"(],"dimensions":1})";
}

/// `0:0 1:1 ...`: each number with its vector.
QString numbered(const std::string &answer)
{
    const auto data =
        QJsonDocument::fromJson(QByteArray::fromStdString(answer))[QLatin1String("data")].toArray();
    QStringList all;
    for (const auto &element : data) {
        const auto object = element.toObject();
        all += QString::number(object[QLatin1String("index")].toInt()) + ":"
               + QString::number(object[QLatin1String("embedding")].toArray().first().toInt());
    }
    return all.join(' ');
}

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
    void moreThanABatchTakesSeveralCalls();
    void aBatchThatFailsIsRepeatedAlone();
    void anotherTargetBeginsAnew();
    void aBatchOfAnotherSizeIsAFailure();
    void batchesWaitForRoom();
    void theWholeHasABound();
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
    const auto id = world.ask(ask(body.toStdString()));
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

void TestEmbeddings::moreThanABatchTakesSeveralCalls()
{
    VirtualGateway world(batchesWith(""));
    world.script("q/text-embedding-v4: 200 vectors 10, 200 vectors 10, 200 vectors 3");
    const auto id = world.ask(ask(texts(23)));
    world.run();
    const Reply &reply = world.reply(id);
    QCOMPARE(reply.status, 200);
    QCOMPARE(
        numbered(reply.bytes),
        QString(
            "0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:0 11:1 12:2 13:3 14:4 15:5 16:6 17:7 18:8 "
            "19:9 20:0 21:1 22:2"));
    QVERIFY(
        reply.bytes.ends_with(R"("model":"v-up","usage":{"prompt_tokens":23,"total_tokens":23}})"));
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("3"));
    QCOMPARE(reply.header("x-signalbox-cost-usd"), std::string("0.000046"));
    const RequestRecord &record = world.record(id);
    QCOMPARE(record.attempts.size(), std::size_t{3});
    QCOMPARE(record.attempts[2].usage->promptTokens, 3);
    QCOMPARE(record.usage.promptTokens, 23);
    QCOMPARE(record.cost.amount, Money::fromNanos(46'000));
    QCOMPARE(world.calls()[1].call.body,
             std::string(R"({"model":"text-embedding-v4","input":["t10","t11","t12","t13","t14",)"
                         R"("t15","t16","t17","t18","t19"],"dimensions":1})"));
}

void TestEmbeddings::aBatchThatFailsIsRepeatedAlone()
{
    VirtualGateway world(batchesWith(""));
    world.script("q/text-embedding-v4: 200 vectors 10, 503, 200 vectors 10, 200 vectors 1");
    const auto id = world.ask(ask(texts(21)));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.calls().size(), std::size_t{4});
    QCOMPARE(world.calls()[1].call.body, world.calls()[2].call.body);
    QCOMPARE(world.record(id).usage.promptTokens, 21);
}

/// Vectors of two models have nothing to do with each other.
void TestEmbeddings::anotherTargetBeginsAnew()
{
    VirtualGateway world(batchesWith(""));
    world.script("q/text-embedding-v4: 200 vectors 10, 400 key; o/large: 200 vectors 12");
    const auto id = world.ask(ask(texts(12)));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("o/large"));
    QCOMPARE(world.calls().back().call.body,
             QString::fromStdString(texts(12))
                 .replace(QLatin1String("vectors"), QLatin1String("large"))
                 .toStdString());
    const RequestRecord &record = world.record(id);
    // What the first target did is paid all the same.
    QCOMPARE(record.attempts.front().cost.amount, Money::fromNanos(20'000));
    QCOMPARE(record.usage.promptTokens, 12);
}

void TestEmbeddings::aBatchOfAnotherSizeIsAFailure()
{
    VirtualGateway world(batchesWith(""));
    world.script("q/text-embedding-v4: 200 vectors 10, 200 vectors 1, 200 vectors 1");
    const auto id = world.ask(ask(texts(12)));
    world.run();
    QVERIFY(world.record(id).attempts.at(1).outcome == OutcomeClass::Unparseable);
}

void TestEmbeddings::batchesWaitForRoom()
{
    VirtualGateway world(batchesWith("limits = { requests_per_minute = 60 }"));
    std::string script = "q/text-embedding-v4: 200 vectors 1";
    for (int i = 0; i < 58; ++i) { // one call is left, the next one comes a second later
        script += ", 200 vectors 1";
    }
    world.script(script + ", 200 vectors 10, 200 vectors 2");
    for (int i = 0; i < 59; ++i) {
        world.ask(ask(texts(1)));
    }
    const auto id = world.ask(
        ask(R"({"model":"q/text-embedding-v4","input":)" + texts(12).substr(texts(12).find('['))));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.record(id).attempts.size(), std::size_t{2});
    QVERIFY(world.record(id).attempts[1].backoffBefore > Micros(0));
}

void TestEmbeddings::theWholeHasABound()
{
    VirtualGateway world(batchesWith(""));
    const auto id = world.ask(ask(texts(2049)));
    world.run();
    QCOMPARE(world.reply(id).status, 400);
    QVERIFY(world.reply(id).bytes.find("`input` must have at most 2048 texts")
            != std::string::npos);
}

QTEST_APPLESS_MAIN(TestEmbeddings)
#include "tst_embeddings.moc"
