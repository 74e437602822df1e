// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kEverybody = R"([{ target = "a/x" }, { target = "c/z" }, { target = "b/y" }])";

/// A Messages request; \p more are members before the messages, each with its comma.
Ask messages(bool stream = false, const std::string &model = "chat", const std::string &more = "")
{
    const std::string body = R"({"model":")" + model + R"(","max_tokens":100,)" + more
                             + (stream ? R"("stream":true,)" : "")
                             + R"("messages":[{"role":"user","content":"hi"}]})";
    return {.stream = stream, .body = body, .path = "/v1/messages"};
}

Ask responses(bool stream = false, const std::string &model = "chat")
{
    const std::string body = R"({"model":")" + model + R"(",)" + (stream ? R"("stream":true,)" : "")
                             + R"("input":"hi"})";
    return {.stream = stream, .body = body, .path = "/v1/responses"};
}

QByteArray bodyOf(const Reply &reply)
{
    return QByteArray::fromStdString(reply.bytes)
        .replace(QByteArray::fromStdString(reply.header("x-signalbox-id")), "ID");
}

QJsonObject jsonOf(const Reply &reply)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(reply.bytes)).object();
}

QJsonObject errorOf(const Reply &reply)
{
    return jsonOf(reply)[QLatin1String("error")].toObject();
}

/// The names of the events, in order.
QByteArray eventsOf(const Reply &reply)
{
    QByteArrayList names;
    for (const QByteArray &line : QByteArray::fromStdString(reply.bytes).split('\n')) {
        if (line.startsWith("event: ")) {
            names.append(line.mid(7));
        }
    }
    return names.join(' ');
}

struct Played
{
    VirtualGateway world;
    gateway::ExchangeId id;

    Played(const House &house, const char *script, const Ask &ask, bool cut = false)
        : world(house.toml())
        , id(0)
    {
        if (cut) {
            world.cutEverywhere();
        }
        if (*script != 0) {
            world.script(script);
        }
        id = world.ask(ask);
        world.run();
    }
    [[nodiscard]] const Reply &reply() const { return world.reply(id); }
};

} // namespace

/// Goal: a client of another dialect meets the same gateway: held streams, failover unseen, honest
/// breaks, errors in its own shape.
class TestDialects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsAnsweredByAnybody_data();
    void aMessageIsAnsweredByAnybody();
    void nothingIsSentBeforeTheFirstContent();
    void aFailedAttemptLeavesNoTrace_data();
    void aFailedAttemptLeavesNoTrace();
    void cutsOfTheUpstreamChangeNothing_data();
    void cutsOfTheUpstreamChangeNothing();
    void aBrokenStreamEndsWithAnError_data();
    void aBrokenStreamEndsWithAnError();
    void usageThatNobodyCountedIsEstimated();
    void theRecordNamesTheDialect();
    void errorsHaveTheDialectsShape_data();
    void errorsHaveTheDialectsShape();
    void aThreadIsDeclinedAsClientsUnderstand();
    void theRequestsIdIsWhereTheClientLooks_data();
    void theRequestsIdIsWhereTheClientLooks();
    void strictRefusesWhatWouldBeDropped();
    void betasReachAnthropicAlone();
    void aResponseIsAnsweredByAnybody_data();
    void aResponseIsAnsweredByAnybody();
    void aBrokenResponseEndsWithAnError();
    void tokensAreCounted_data();
    void tokensAreCounted();
};

void TestDialects::aMessageIsAnsweredByAnybody_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QByteArray>("body");
    const QByteArray head = R"("type":"message","role":"assistant","model":"upstream-model",)";
    QTest::newRow("OpenAI's")
        << QByteArray("a/x") << false
        << R"({"id":"msg_ID",)" + head
               + R"("content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}})";
    QTest::newRow("Anthropic's, as it came")
        << QByteArray("c/z") << false
        << R"({"id":"msg_1",)" + head
               + R"("content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":2}})";
    QTest::newRow("OpenAI's, streamed")
        << QByteArray("a/x") << true
        << QByteArray("event: message_start\n"
                      R"(data: {"type":"message_start","message":{"id":"msg_ID",)")
               + head
               + R"("content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}})"
                 "\n\nevent: content_block_start\n"
                 R"(data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})"
                 "\n\nevent: content_block_delta\n"
                 R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hel"}})"
                 "\n\nevent: content_block_delta\n"
                 R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}})"
                 "\n\nevent: content_block_stop\n"
                 R"(data: {"type":"content_block_stop","index":0})"
                 "\n\nevent: message_delta\n"
                 R"(data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}})"
                 "\n\nevent: message_stop\n"
                 R"(data: {"type":"message_stop"})"
                 "\n\n";
    QTest::newRow("Anthropic's, streamed")
        << QByteArray("c/z") << true
        << QByteArray("event: message_start\n"
                      R"(data: {"type":"message_start","message":{"id":"msg_1",)")
               + head
               + R"("content":[],"usage":{"input_tokens":10,"output_tokens":1}}})"
                 "\n\nevent: content_block_start\n"
                 R"(data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})"
                 "\n\nevent: content_block_delta\n"
                 R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hel"}})"
                 "\n\nevent: content_block_delta\n"
                 R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}})"
                 "\n\nevent: content_block_stop\n"
                 R"(data: {"type":"content_block_stop","index":0})"
                 "\n\nevent: message_delta\n"
                 R"(data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}})"
                 "\n\nevent: message_stop\n"
                 R"(data: {"type":"message_stop"})"
                 "\n\n";
}

void TestDialects::aMessageIsAnsweredByAnybody()
{
    QFETCH(QByteArray, model);
    QFETCH(bool, stream);
    QFETCH(QByteArray, body);
    for (const char *path : {"/v1/messages", "/messages"}) {
        Ask ask = messages(stream, model.toStdString());
        ask.path = path;
        const Played played({}, "", ask);
        QCOMPARE(played.reply().status, 200);
        QVERIFY(played.reply().ended);
        QCOMPARE(bodyOf(played.reply()), body);
    }
}

void TestDialects::nothingIsSentBeforeTheFirstContent()
{
    for (const char *model : {"a/x", "c/z"}) {
        VirtualGateway world(House{}.toml());
        const auto id = world.ask(messages(true, model));
        world.runUntil(Millis(199)); // the opening came at 100 ms
        QCOMPARE(world.reply(id).status, 0);
        QCOMPARE(world.reply(id).bytes, std::string());
        world.runUntil(Millis(200));
        QCOMPARE(eventsOf(world.reply(id)),
                 QByteArray("message_start content_block_start content_block_delta"));
        world.run();
        QVERIFY(world.reply(id).ended);
    }
}

void TestDialects::aFailedAttemptLeavesNoTrace_data()
{
    QTest::addColumn<QByteArray>("targets");
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("OpenAI's, then Anthropic's")
        << QByteArray(R"([{ target = "a/x" }, { target = "c/z" }])") << QByteArray("a/x");
    QTest::newRow("Anthropic's, then OpenAI's")
        << QByteArray(R"([{ target = "c/z" }, { target = "a/x" }])") << QByteArray("c/z");
}

void TestDialects::aFailedAttemptLeavesNoTrace()
{
    QFETCH(QByteArray, targets);
    QFETCH(QByteArray, first);
    const House house{.targets = targets.toStdString()};
    const std::string second = first == "a/x" ? "c/z" : "a/x";
    for (const bool stream : {true, false}) {
        const Played direct({}, "", messages(stream, second));
        for (const char *fate : {": cut before content",
                                 ": garbage before content",
                                 ": error before content",
                                 ": 503"}) {
            const Played played(house, (first + fate).constData(), messages(stream));
            QCOMPARE(bodyOf(played.reply()), bodyOf(direct.reply()));
            QCOMPARE(played.reply().header("x-signalbox-attempts"), std::string("2"));
        }
    }
}

void TestDialects::cutsOfTheUpstreamChangeNothing_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("script");
    for (const char *target : {"a/x", "c/z"}) {
        for (const char *fate :
             {"200", "error after content", "cut after content", "503", "200 unmetered"}) {
            const QByteArray script = QByteArray(target) + ": " + fate;
            QTest::newRow(script.constData()) << QByteArray(target) << script;
        }
    }
}

void TestDialects::cutsOfTheUpstreamChangeNothing()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, script);
    for (const bool stream : {true, false}) {
        const Ask ask = messages(stream, model.toStdString());
        const Played whole({}, script.constData(), ask);
        const Played cut({}, script.constData(), ask, true);
        QCOMPARE(bodyOf(cut.reply()), bodyOf(whole.reply()));
        QCOMPARE(cut.reply().status, whole.reply().status);
        QVERIFY(!whole.reply().bytes.empty());
    }
}

void TestDialects::aBrokenStreamEndsWithAnError_data()
{
    QTest::addColumn<QByteArray>("script");
    for (const char *script : {"a/x: cut after content",
                               "a/x: error after content",
                               "c/z: cut after content",
                               "c/z: error after content",
                               "c/z: garbage after content"}) {
        QTest::newRow(script) << QByteArray(script);
    }
}

void TestDialects::aBrokenStreamEndsWithAnError()
{
    QFETCH(QByteArray, script);
    const std::string model = script.left(3).toStdString();
    const Played played({}, script.constData(), messages(true, model));
    const Reply &reply = played.reply();
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.ended);
    QVERIFY(eventsOf(reply).endsWith(" content_block_delta error"));
    const QByteArray last = QByteArray::fromStdString(reply.bytes).trimmed().split('\n').last();
    const QJsonObject error =
        QJsonDocument::fromJson(last.mid(6)).object()[QLatin1String("error")].toObject();
    QCOMPARE(error[QLatin1String("type")].toString(), QStringLiteral("api_error"));
    QCOMPARE(error[QLatin1String("code")].toString(), QStringLiteral("upstream_stream_broken"));
    QCOMPARE(error[QLatin1String("origin")].toString(), QStringLiteral("upstream"));
    QCOMPARE(error[QLatin1String("attempts")].toArray().size(), 1);
}

void TestDialects::usageThatNobodyCountedIsEstimated()
{
    const Played whole({}, "a/x: 200 unmetered", messages());
    const QJsonObject usage = jsonOf(whole.reply())[QLatin1String("usage")].toObject();
    QCOMPARE(usage[QLatin1String("estimated")].toBool(), true);
    QVERIFY(usage[QLatin1String("output_tokens")].toInt() > 0);
    const Played streamed({}, "a/x: 200 unmetered", messages(true));
    QVERIFY(streamed.reply().bytes.find(R"("estimated":true)") != std::string::npos);
}

void TestDialects::theRecordNamesTheDialect()
{
    const Played anthropic({}, "", messages());
    QCOMPARE(anthropic.reply().record->dialect, std::string("anthropic"));
    QCOMPARE(anthropic.reply().record->operation, std::string("chat"));
    const Played refused({}, "", messages(false, "nonsense"));
    QCOMPARE(refused.reply().record->dialect, std::string("anthropic"));
    const Played response({}, "", responses());
    QCOMPARE(response.reply().record->dialect, std::string("openai-responses"));
    const Played openAi({}, "", {});
    QCOMPARE(openAi.reply().record->dialect, std::string("openai"));
}

void TestDialects::errorsHaveTheDialectsShape_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // STATUS TYPE CODE PARAM
    const QByteArray good = QByteArray::fromStdString(messages().body);
    const auto row = [&](const char *name,
                         const char *script,
                         const QByteArray &body,
                         const char *expected,
                         const char *path = "/v1/messages",
                         const char *method = "POST") {
        QTest::newRow(name) << QByteArray(script) << QByteArray(path) << QByteArray(method) << body
                            << QByteArray(expected);
    };
    row("no JSON", "", "{", "400 invalid_request_error invalid_request ");
    row("no limit",
        "",
        R"({"model":"chat","messages":[{"role":"user","content":"hi"}]})",
        "400 invalid_request_error invalid_request max_tokens");
    row("unknown model",
        "",
        QByteArray(good).replace("chat", "nonsense"),
        "404 not_found_error model_not_found model");
    row("method", "", good, "405 invalid_request_error method_not_allowed ", "/v1/messages", "GET");
    row("method of counting",
        "",
        good,
        "405 invalid_request_error method_not_allowed ",
        "/v1/messages/count_tokens",
        "PUT");
    row("counting nonsense",
        "",
        "[]",
        "400 invalid_request_error invalid_request ",
        "/v1/messages/count_tokens");
    row("all failed",
        "a/x: 500; c/z: 503; b/y: reset",
        good,
        "503 overloaded_error no_target_available ");
    row("all limited", "a/x: 429; c/z: 429; b/y: 429", good, "429 rate_limit_error rate_limited ");
    row("all keys refused", "a/x: 401; c/z: 401; b/y: 401", good, "502 api_error upstream_auth ");
    row("refused by the upstream", "a/x: 400", good, "400 invalid_request_error wrong_value ");
    row("all silent",
        "a/x: head-hang; c/z: head-hang; b/y: head-hang",
        good,
        "504 timeout_error upstream_timeout ");
}

void TestDialects::errorsHaveTheDialectsShape()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const Played played({.targets = kEverybody},
                        script.constData(),
                        {.body = body.toStdString(),
                         .method = method.toStdString(),
                         .path = path.toStdString()});
    const QJsonObject error = errorOf(played.reply());
    const auto text = [&error](const char *name) {
        return error[QLatin1String(name)].toString().toUtf8();
    };
    QCOMPARE(jsonOf(played.reply())[QLatin1String("type")].toString(), QStringLiteral("error"));
    QCOMPARE(QByteArray::number(played.reply().status) + ' ' + text("type") + ' ' + text("code")
                 + ' ' + text("param"),
             expected);
    QVERIFY(!text("message").isEmpty());
    QCOMPARE(played.reply().header("request-id"), played.reply().header("x-request-id"));
}

void TestDialects::aThreadIsDeclinedAsClientsUnderstand()
{
    const Played played({}, "", messages(false, "c/z", R"("thread":{"type":"create"},)"));
    QCOMPARE(played.reply().status, 400);
    const QJsonObject error = errorOf(played.reply());
    QCOMPARE(error[QLatin1String("param")].toString(), QStringLiteral("thread"));
    QCOMPARE(error[QLatin1String("details")][QLatin1String("error_code")].toString(),
             QStringLiteral("thread_unsupported_request"));
    QVERIFY(played.world.calls().empty());
    // Of other faults there are no details.
    const Played other({}, "", messages(false, "nonsense"));
    QVERIFY(!errorOf(other.reply()).contains(QLatin1String("details")));
    const Played none({}, "", messages(false, "c/z", R"("thread":null,)"));
    QCOMPARE(none.reply().status, 200);
}

void TestDialects::theRequestsIdIsWhereTheClientLooks_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    const QByteArray message = QByteArray::fromStdString(messages().body);
    QTest::newRow("a message") << QByteArray("/v1/messages") << message << true;
    QTest::newRow("a stream") << QByteArray("/v1/messages")
                              << QByteArray::fromStdString(messages(true).body) << true;
    QTest::newRow("counting") << QByteArray("/v1/messages/count_tokens") << message << true;
    QTest::newRow("a chat") << QByteArray("/v1/chat/completions") << message << false;
    QTest::newRow("a response") << QByteArray("/v1/responses")
                                << QByteArray::fromStdString(responses().body) << false;
}

void TestDialects::theRequestsIdIsWhereTheClientLooks()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(bool, expected);
    Ask ask{.body = body.toStdString(), .path = path.toStdString()};
    const Played played({}, "", ask);
    const Reply &reply = played.reply();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("request-id"), expected ? reply.header("x-signalbox-id") : std::string());
    ask.headers.emplace_back("x-request-id", "mine");
    const Played named({}, "", ask);
    QCOMPARE(named.reply().header("request-id"), std::string(expected ? "mine" : ""));
}

void TestDialects::strictRefusesWhatWouldBeDropped()
{
    Ask ask = messages(false, "chat", R"("context_management":{"edits":[]},)");
    ask.headers = {{"x-signalbox-strict", "1"}};
    const Played elsewhere({.targets = R"([{ target = "a/x" }])"}, "", ask);
    QCOMPARE(elsewhere.reply().status, 422);
    QVERIFY(errorOf(elsewhere.reply())[QLatin1String("message")].toString().contains(
        QLatin1String("context_management")));
    const Played anthropic({.targets = kEverybody}, "", ask);
    QCOMPARE(anthropic.reply().header("x-signalbox-target"), std::string("c/z"));
}

void TestDialects::betasReachAnthropicAlone()
{
    Ask ask = messages();
    ask.headers = {{"anthropic-beta", "a-1,b-2"}, {"anthropic-version", "2099-01-01"}};
    for (const char *target : {"c/z", "a/x"}) {
        ask.body = messages(false, target).body;
        const Played played({}, "", ask);
        const auto &headers = played.world.calls().at(0).call.headers;
        const std::pair<std::string, std::string> beta("anthropic-beta", "a-1,b-2");
        QCOMPARE(std::ranges::find(headers, beta) != headers.end(), std::string(target) == "c/z");
        QVERIFY(std::ranges::none_of(headers, [](const auto &header) {
            return header.second == "2099-01-01";
        }));
    }
}

void TestDialects::aResponseIsAnsweredByAnybody_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("OpenAI's") << QByteArray("a/x") << QByteArray("/v1/responses");
    QTest::newRow("Anthropic's") << QByteArray("c/z") << QByteArray("/responses");
}

void TestDialects::aResponseIsAnsweredByAnybody()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, path);
    for (const bool stream : {true, false}) {
        Ask ask = responses(stream, model.toStdString());
        ask.path = path.toStdString();
        const Played whole({}, "", ask);
        const Played cut({}, "", ask, true);
        QCOMPARE(bodyOf(cut.reply()), bodyOf(whole.reply()));
        QCOMPARE(whole.reply().status, 200);
        QVERIFY(whole.reply().ended);
        QVERIFY(bodyOf(whole.reply()).contains(R"("id":"resp_ID")"));
        QVERIFY(bodyOf(whole.reply()).contains(R"("text":"hello")"));
        QVERIFY(bodyOf(whole.reply()).contains(R"("total_tokens":12)"));
    }
    VirtualGateway world(House{}.toml());
    const auto id = world.ask(responses(true, model.toStdString()));
    world.runUntil(Millis(199)); // the opening came at 100 ms
    QCOMPARE(world.reply(id).bytes, std::string());
    world.runUntil(Millis(200));
    QVERIFY(eventsOf(world.reply(id)).endsWith("response.output_text.delta"));
}

void TestDialects::aBrokenResponseEndsWithAnError()
{
    for (const char *model : {"a/x", "c/z"}) {
        const std::string script = std::string(model) + ": cut after content";
        const Played broken({}, script.c_str(), responses(true, model));
        QVERIFY(eventsOf(broken.reply()).endsWith("response.output_text.delta error"));
        QVERIFY(broken.reply().ended);
    }
    const Played refused({}, "", responses(false, "nonsense"));
    QCOMPARE(refused.reply().status, 404);
    QCOMPARE(errorOf(refused.reply())[QLatin1String("code")].toString(),
             QStringLiteral("model_not_found"));
}

void TestDialects::tokensAreCounted_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("with the version") << QByteArray("/v1/messages/count_tokens");
    QTest::newRow("without") << QByteArray("/messages/count_tokens");
}

void TestDialects::tokensAreCounted()
{
    QFETCH(QByteArray, path);
    const auto count = [&](const char *model, const std::string &words) {
        const Played played({},
                            "",
                            {.body = R"({"model":")" + std::string(model)
                                     + R"(","messages":[{"role":"user","content":")" + words
                                     + R"("}]})",
                             .path = path.toStdString()});
        // Nobody is asked, nothing is recorded.
        if (!played.world.calls().empty() || played.reply().record || !played.reply().ended) {
            return -1;
        }
        return jsonOf(played.reply())[QLatin1String("input_tokens")].toInt(-1);
    };
    const int few = count("chat", "Where is my order?");
    QVERIFY2(few >= 8 && few <= 20, std::to_string(few).c_str());
    const int claude = count("c/z", "Where is my order?"); // as its maker's tokenizer has it
    QVERIFY2(claude >= few, std::to_string(claude).c_str());
    QVERIFY(count("chat", std::string(4000, 'x')) > few);
}

QTEST_GUILESS_MAIN(TestDialects)
#include "tst_dialects.moc"
