// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"
#include "tests/unit/gateway/reply_texts.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kAlone = R"([{ target = "a/x" }])";

/// With ID in place of ours.
QString bodyOf(const Reply &reply)
{
    QString body = QString::fromStdString(reply.bytes);
    return body.replace(QString::fromStdString(reply.header("x-signalbox-id")),
                        QStringLiteral("ID"));
}

QString headersOf(const Reply &reply)
{
    QString text;
    for (const http::Header header : reply.headers) {
        const QString name = QString::fromUtf8(header.name.data(),
                                               static_cast<qsizetype>(header.name.size()));
        const QString value = QString::fromUtf8(header.value.data(),
                                                static_cast<qsizetype>(header.value.size()));
        const bool random = value.size() == 26
                            && (name == QLatin1String("x-signalbox-id")
                                || name == QLatin1String("x-request-id"));
        text += name + QStringLiteral(": ") + (random ? QStringLiteral("ULID") : value)
                + QStringLiteral(" · ");
    }
    text.chop(3);
    return text;
}

QJsonObject errorOf(const std::string &body)
{
    const QJsonDocument answer = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    return answer.object()[QLatin1String("error")].toObject();
}

qsizetype countOf(const Reply &reply, const char *text)
{
    return QByteArray::fromStdString(reply.bytes).count(text);
}

/// One request against a script.
struct Played
{
    VirtualGateway world;
    gateway::ExchangeId id;

    explicit Played(const House &house, const char *script, const Ask &ask = {})
        : world(house.toml())
        , id(0)
    {
        if (*script != 0) {
            world.script(script);
        }
        id = world.ask(ask);
        world.run();
    }
    [[nodiscard]] const Reply &reply() const { return world.reply(id); }
};

const char *const kClients = R"(
[[client]]
id = "bot"
key = "env:BOT"
routes = ["chat"]
[[client]]
id = "boss"
key = "env:BOSS"
requests_per_minute = 2
[[route]]
name = "other"
targets = [{ target = "c/z" }]
)";

#define COMPARE_TEXT(actual, expected) \
    do { \
        const QString actualText = (actual); \
        const QString expectedText = (expected); \
        QVERIFY2(actualText == expectedText, \
                 qPrintable(QStringLiteral("\nis:     ") + actualText \
                            + QStringLiteral("\nshould: ") + expectedText)); \
    } while (false)

} // namespace

/// Goal: what a client sees, to the byte.
class TestReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentBeforeTheFirstContent();
    void aStreamIsWrittenAnew();
    void aFailedAttemptLeavesNoTrace();
    void cutsOfTheUpstreamChangeNothing_data();
    void cutsOfTheUpstreamChangeNothing();
    void aBrokenStreamEndsWithOneErrorEvent();
    void usageIsSentOnlyIfAskedFor();
    void anAnswerInOnePieceIsWhole();
    void headersTellHowItCameAbout_data();
    void headersTellHowItCameAbout();
    void aCostThatIsUnknownIsToldSo();
    void requestIdsAreEchoedOrReplaced_data();
    void requestIdsAreEchoedOrReplaced();
    void everyAnswerCarriesOurId_data();
    void everyAnswerCarriesOurId();
    void errorsTellOriginProviderAndAttempts();
    void wordsAboutOurKeyAreNeverPassedOn_data();
    void wordsAboutOurKeyAreNeverPassedOn();
    void aTimeoutNamesItsTimer_data();
    void aTimeoutNamesItsTimer();
    void modelsAreFoundByEveryName_data();
    void modelsAreFoundByEveryName();
    void requestsAreRefusedWithStatusAndCode_data();
    void requestsAreRefusedWithStatusAndCode();
    void clientsMayUseTheirRoutesOnly_data();
    void clientsMayUseTheirRoutesOnly();
    void aClientsLimitIsToldWithRetryAfter();
    void missingFeaturesAreNamed();
    void theCatalogueSaysWhatIsMissing_data();
    void theCatalogueSaysWhatIsMissing();
    void modelsAreListed();
    void oneModelIsFoundWithARawOrEscapedSlash_data();
    void oneModelIsFoundWithARawOrEscapedSlash();
    void readinessFollowsTheBreakers();
};

void TestReply::nothingIsSentBeforeTheFirstContent()
{
    VirtualGateway world(House{}.toml());
    const auto id = world.ask({.stream = true});
    world.runUntil(Millis(199)); // the head and a chunk with only a role came at 100 ms
    QCOMPARE(world.reply(id).status, 0);
    QCOMPARE(world.reply(id).bytes, std::string());
    world.runUntil(Millis(200));
    QCOMPARE(world.reply(id).status, 200);
    QVERIFY(world.reply(id).streamed);
    QCOMPARE(countOf(world.reply(id), "data: "), qsizetype(2));
    QCOMPARE(streamedText(world.reply(id).bytes), std::string("hel"));
    world.run();
    QVERIFY(world.reply(id).ended);
}

void TestReply::aStreamIsWrittenAnew()
{
    const Played played({.targets = kAlone}, "a/x: 200", {.stream = true});
    COMPARE_TEXT(bodyOf(played.reply()), QString::fromUtf8(kStream));
}

void TestReply::aFailedAttemptLeavesNoTrace()
{
    const House anthropicFirst{.targets = R"([{ target = "c/z" }, { target = "a/x" }])"};
    const Played direct({.targets = kAlone}, "a/x: 200", {.stream = true});
    for (const char *script : {"c/z: cut before content",
                               "c/z: garbage before content",
                               "c/z: stall before content",
                               "c/z: error before content"}) {
        const Played second(anthropicFirst, script, {.stream = true});
        COMPARE_TEXT(bodyOf(second.reply()), bodyOf(direct.reply()));
    }
}

void TestReply::cutsOfTheUpstreamChangeNothing_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    for (const char *script : {"a/x: 200",
                               "a/x: error after content",
                               "a/x: error before content",
                               "a/x: 503",
                               "a/x: 200 html",
                               "c/z: 200"}) {
        QTest::addRow("%s", script) << QString::fromUtf8(script) << false;
        QTest::addRow("%s, streamed", script) << QString::fromUtf8(script) << true;
    }
}

/// Goal: how the network cut the upstream's bytes is nothing the client can see.
/// Method: the same bytes whole and one by one; all that was sent, joined.
void TestReply::cutsOfTheUpstreamChangeNothing()
{
    QFETCH(QString, script);
    QFETCH(bool, stream);
    const bool anthropic = script.startsWith(QLatin1String("c/z"));
    const Ask ask{.model = anthropic ? "c/z" : "chat", .stream = stream};
    const Played whole({}, script.toUtf8().constData(), ask);
    VirtualGateway cut(House{}.toml());
    cut.cutEverywhere();
    cut.script(script.toStdString());
    const auto id = cut.ask(ask);
    cut.run();
    COMPARE_TEXT(bodyOf(cut.reply(id)), bodyOf(whole.reply()));
    QCOMPARE(cut.reply(id).status, whole.reply().status);
}

void TestReply::aBrokenStreamEndsWithOneErrorEvent()
{
    const Played played({}, "a/x: cut after content", {.stream = true, .includeUsage = true});
    const QString body = bodyOf(played.reply());
    QVERIFY(!body.contains(QLatin1String("[DONE]")));
    QCOMPARE(countOf(played.reply(), "\"error\""), qsizetype(1));
    COMPARE_TEXT(body.mid(body.lastIndexOf(QLatin1String("data: "))),
                 QString::fromUtf8(kErrorEvent));
}

void TestReply::usageIsSentOnlyIfAskedFor()
{
    const Played silent({}, "", {.stream = true});
    QCOMPARE(countOf(silent.reply(), "usage"), qsizetype(0));
    const Played asked({}, "", {.stream = true, .includeUsage = true});
    QCOMPARE(
        countOf(
            asked.reply(),
            R"("choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12})"),
        qsizetype(1));
    const Played anthropic({}, "", {.model = "c/z", .stream = true, .includeUsage = true});
    QCOMPARE(countOf(anthropic.reply(),
                     R"("prompt_tokens":10,"completion_tokens":2,"total_tokens":12)"),
             qsizetype(1));
}

void TestReply::anAnswerInOnePieceIsWhole()
{
    const Played played({}, "a/x: 200");
    QVERIFY(!played.reply().streamed);
    COMPARE_TEXT(bodyOf(played.reply()), QString::fromUtf8(kAnswer));
}

void TestReply::headersTellHowItCameAbout_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("headers");
    QTest::newRow("an answer")
        << QString::fromUtf8("a/x: 503") << false
        << QString::fromUtf8(
               "x-request-id: ULID · x-signalbox-id: ULID · x-signalbox-target: b/y · "
               "x-signalbox-route: chat · x-signalbox-rule: short · x-signalbox-attempts: 2 · "
               "x-signalbox-cache: off · x-signalbox-cost-usd: 0.000036 · "
               "content-type: application/json");
    QTest::newRow("a stream")
        << QString::fromUtf8("a/x: 200") << true
        << QString::fromUtf8(
               "x-request-id: ULID · x-signalbox-id: ULID · x-signalbox-target: a/x · "
               "x-signalbox-route: chat · x-signalbox-rule: short · x-signalbox-attempts: 1 · "
               "x-signalbox-cache: off · content-type: text/event-stream; charset=utf-8 · "
               "cache-control: no-cache");
    QTest::newRow("an error")
        << QString::fromUtf8("a/x: 503; b/y: 503") << false
        << QString::fromUtf8(
               "x-request-id: ULID · x-signalbox-id: ULID · x-signalbox-target: b/y · "
               "x-signalbox-route: chat · x-signalbox-rule: short · x-signalbox-attempts: 2 · "
               "x-signalbox-cache: off · x-signalbox-cost-usd: 0.00 · "
               "content-type: application/json · retry-after: 1");
    QTest::newRow("a refusal passed on")
        << QString::fromUtf8("a/x: 400") << true
        << QString::fromUtf8(
               "x-request-id: ULID · x-signalbox-id: ULID · x-signalbox-target: a/x · "
               "x-signalbox-route: chat · x-signalbox-rule: short · x-signalbox-attempts: 1 · "
               "x-signalbox-cache: off · content-type: application/json");
}

void TestReply::headersTellHowItCameAbout()
{
    QFETCH(QString, script);
    QFETCH(bool, stream);
    QFETCH(QString, headers);
    const House house{
        .more = "[[route.rule]]\nname = \"short\"\nwhen = { prompt_tokens = \"< 100\" }\n"
                "targets = [{ target = \"a/x\" }]\n"};
    const Played played(house, script.toUtf8().constData(), {.stream = stream});
    COMPARE_TEXT(headersOf(played.reply()), headers);
}

void TestReply::aCostThatIsUnknownIsToldSo()
{
    const Played played({.priceOfX = ""}, "a/x: 200");
    QCOMPARE(played.reply().header("x-signalbox-cost-usd"), std::string("unknown"));
    const Played rule({}, "a/x: 200");
    QVERIFY(!rule.reply().headers.has("x-signalbox-rule"));
}

void TestReply::requestIdsAreEchoedOrReplaced_data()
{
    QTest::addColumn<QString>("own");
    QTest::addColumn<bool>("echoed");
    QTest::newRow("plain") << QStringLiteral("req-1_A.b:c") << true;
    QTest::newRow("128 long") << QString(128, QLatin1Char('a')) << true;
    QTest::newRow("129 long") << QString(129, QLatin1Char('a')) << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("a blank inside") << QStringLiteral("a b") << false;
    QTest::newRow("a slash") << QStringLiteral("a/b") << false;
    QTest::newRow("not ASCII") << QString::fromUtf8("ä") << false;
}

void TestReply::requestIdsAreEchoedOrReplaced()
{
    QFETCH(QString, own);
    QFETCH(bool, echoed);
    for (const char *model : {"chat", "no such model"}) {
        const Played played({},
                            "",
                            {.model = model, .headers = {{"x-request-id", own.toStdString()}}});
        const RequestRecord &record = played.world.record(played.id);
        QCOMPARE(played.reply().header("x-signalbox-id"), record.id);
        QCOMPARE(played.reply().header("x-request-id"), echoed ? own.toStdString() : record.id);
        QCOMPARE(record.clientRequestId, echoed ? own.toStdString() : std::string());
    }
}

void TestReply::everyAnswerCarriesOurId_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    for (const char *path : {"/healthz",
                             "/readyz",
                             "/v1/models",
                             "/v1/models/nothing",
                             "/nothing",
                             "/%zz",
                             "/v1/chat/completions"}) {
        QTest::addRow("%s", path) << QStringLiteral("GET") << QString::fromUtf8(path);
    }
}

void TestReply::everyAnswerCarriesOurId()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    const Played played({},
                        "",
                        {.headers = {{"x-request-id", "mine"}},
                         .method = method.toStdString(),
                         .path = path.toStdString()});
    QCOMPARE(played.reply().header("x-request-id"), std::string("mine"));
    QCOMPARE(played.reply().header("x-signalbox-id").size(), std::size_t(26));
    QVERIFY(played.reply().record == nullptr);
}

void TestReply::errorsTellOriginProviderAndAttempts()
{
    const Played played({}, "a/x: refused; b/y: 500");
    COMPARE_TEXT(bodyOf(played.reply()), QString::fromUtf8(kError));
}

void TestReply::wordsAboutOurKeyAreNeverPassedOn_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("401") << QString::fromUtf8("a/x: 401; b/y: 401");
    QTest::newRow("401 and others") << QString::fromUtf8("a/x: 401; b/y: 503");
    QTest::newRow("others and 401") << QString::fromUtf8("a/x: 503; b/y: 400 key");
    QTest::newRow("in the stream")
        << QString::fromUtf8("a/x: key before content; b/y: key before content");
    QTest::newRow("after content") << QString::fromUtf8("a/x: key after content");
}

void TestReply::wordsAboutOurKeyAreNeverPassedOn()
{
    QFETCH(QString, script);
    const Played played({}, script.toUtf8().constData(), {.stream = true});
    QVERIFY(!errorCode(played.reply().bytes).empty());
    const QString body = bodyOf(played.reply());
    QVERIFY2(!body.contains(QLatin1String("Incorrect")) && !body.contains(QLatin1String("sk-")),
             qPrintable(body));
    for (const AttemptRecord &attempt : played.world.record(played.id).attempts) {
        QVERIFY(attempt.reason.find("Incorrect") == std::string::npos);
    }
}

void TestReply::aTimeoutNamesItsTimer_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("timer");
    QTest::newRow("connect") << QString::fromUtf8("a/x: connect-hang") << QString()
                             << QString::fromUtf8("connect_s");
    QTest::newRow("first token") << QString::fromUtf8("a/x: hang") << QString()
                                 << QString::fromUtf8("first_token_s");
    QTest::newRow("idle") << QString::fromUtf8("a/x: head-hang")
                          << QString::fromUtf8("timeouts = { idle_s = 10 }")
                          << QString::fromUtf8("idle_s");
    QTest::newRow("idle after content") << QString::fromUtf8("a/x: stall after content")
                                        << QString() << QString::fromUtf8("idle_s");
    QTest::newRow("total") << QString::fromUtf8("a/x: hang")
                           << QString::fromUtf8("timeouts = { total_s = 10 }")
                           << QString::fromUtf8("total_s");
    QTest::newRow("deadline") << QString::fromUtf8("a/x: drip") << QString()
                              << QString::fromUtf8("deadline_s");
}

void TestReply::aTimeoutNamesItsTimer()
{
    QFETCH(QString, script);
    QFETCH(QString, provider);
    QFETCH(QString, timer);
    const Played played({.targets = kAlone,
                         .route = "deadline_s = 50",
                         .provider = provider.toStdString()},
                        script.toUtf8().constData(),
                        {.stream = true});
    QCOMPARE(errorCode(played.reply().bytes), std::string("upstream_timeout"));
    QVERIFY2(bodyOf(played.reply()).contains(timer), played.reply().bytes.c_str());
}

void TestReply::modelsAreFoundByEveryName_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("told");
    QTest::newRow("route") << QString::fromUtf8("chat") << 200 << QString::fromUtf8("a/x");
    QTest::newRow("target") << QString::fromUtf8("b/y") << 200 << QString::fromUtf8("b/y");
    QTest::newRow("bare name") << QString::fromUtf8("z") << 200 << QString::fromUtf8("c/z");
    QTest::newRow("alias") << QString::fromUtf8("yes") << 200 << QString::fromUtf8("b/y");
    QTest::newRow("two have it") << QString::fromUtf8("x") << 404
                                 << QString::fromUtf8(R"(\"a/x\", \"b/x\")");
    QTest::newRow("nearly") << QString::fromUtf8("chaat") << 404
                            << QString::fromUtf8(R"(\"chat\")");
    QTest::newRow("unknown provider")
        << QString::fromUtf8("d/x") << 404 << QString::fromUtf8(R"(\"d/x\")");
}

void TestReply::modelsAreFoundByEveryName()
{
    QFETCH(QString, model);
    QFETCH(int, status);
    QFETCH(QString, told);
    House house;
    house.modelsOfB += "[[provider.model]]\nname = \"x\"\n";
    const Played played(house, "", {.model = model.toStdString()});
    QCOMPARE(played.reply().status, status);
    if (status == 200) {
        QCOMPARE(played.reply().header("x-signalbox-target"), told.toStdString());
        QVERIFY(played.reply().headers.has("x-signalbox-route")
                == (model == QLatin1String("chat")));
    } else {
        QCOMPARE(errorCode(played.reply().bytes), std::string("model_not_found"));
        QVERIFY2(bodyOf(played.reply()).contains(told), played.reply().bytes.c_str());
    }
}

void TestReply::requestsAreRefusedWithStatusAndCode_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name,
                        const char *method,
                        const char *path,
                        const char *body,
                        const char *header,
                        const char *host,
                        const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(method) << QString::fromUtf8(path)
                            << QString::fromUtf8(body) << QString::fromUtf8(header)
                            << QString::fromUtf8(host) << QString::fromUtf8(expected);
    };
    const char *const chat = "/v1/chat/completions";
    const char *const own = "127.0.0.1:8787";
    add("without the version", "POST", "/chat/completions", "", "", own, "200");
    add("no JSON", "POST", chat, "nonsense", "", own, "400 invalid_request client");
    add("no messages",
        "POST",
        chat,
        R"({"model":"chat"})",
        "",
        own,
        "400 invalid_request client messages");
    add("no model",
        "POST",
        chat,
        R"({"messages":[{"role":"user","content":"hi"}]})",
        "",
        own,
        "400 invalid_request client model");
    add("a wrong role",
        "POST",
        chat,
        R"({"model":"chat","messages":[{"role":"king","content":"hi"}]})",
        "",
        own,
        "400 invalid_request client messages[0].role");
    add("an origin", "POST", chat, "", "origin", own, "403 origin_refused client");
    add("a foreign host", "POST", chat, "", "", "evil.example", "403 origin_refused client");
    add("localhost", "POST", chat, "", "", "localhost:1234", "200");
    add("IPv6 loopback", "POST", chat, "", "", "[::1]:8787", "200");
    add("no host", "POST", chat, "", "", "", "403 origin_refused client");
    add("an origin asks for models",
        "GET",
        "/v1/models",
        "",
        "origin",
        own,
        "403 origin_refused client");
    add("an origin asks for health", "GET", "/healthz", "", "origin", "evil.example", "200");
    add("unknown path", "GET", "/v2/models", "", "", own, "404 not_found client");
    add("the version twice", "GET", "/v1/v1/models", "", "", own, "404 not_found client");
    add("malformed path", "GET", "/%zz", "", "", own, "400 invalid_request client");
    add("GET of chat", "GET", chat, "", "", own, "405 method_not_allowed client allow POST");
    add("POST of models",
        "POST",
        "/v1/models",
        "",
        "",
        own,
        "405 method_not_allowed client allow GET, HEAD");
    add("DELETE of health",
        "DELETE",
        "/healthz",
        "",
        "",
        own,
        "405 method_not_allowed client allow GET, HEAD");
    add("HEAD of health", "HEAD", "/healthz", "", "", own, "200");
    add("a pin to nothing",
        "POST",
        chat,
        "",
        "x-signalbox-target",
        own,
        "404 model_not_found client model");
}

void TestReply::requestsAreRefusedWithStatusAndCode()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, body);
    QFETCH(QString, header);
    QFETCH(QString, host);
    QFETCH(QString, expected);
    Ask ask{.body = body.toStdString(),
            .method = method.toStdString(),
            .path = path.toStdString(),
            .host = host.toStdString()};
    if (!header.isEmpty()) {
        ask.headers.emplace_back(header.toStdString(), "https://evil.example");
    }
    const Played played({}, "", ask);
    const Reply &reply = played.reply();
    QString is = QString::number(reply.status);
    if (reply.status >= 400) {
        const QJsonObject error = errorOf(reply.bytes);
        is += QLatin1Char(' ') + error[QLatin1String("code")].toString() + QLatin1Char(' ')
              + error[QLatin1String("origin")].toString();
        const QString param = error[QLatin1String("param")].toString();
        is += param.isEmpty() ? QString() : QLatin1Char(' ') + param;
        const QString allow = QString::fromStdString(reply.header("allow"));
        is += allow.isEmpty() ? QString() : QStringLiteral(" allow ") + allow;
        QVERIFY(!error[QLatin1String("message")].toString().isEmpty());
        QVERIFY(error[QLatin1String("provider")].isNull());
        QVERIFY(error[QLatin1String("attempts")].isArray());
    }
    COMPARE_TEXT(is, expected);
}

void TestReply::clientsMayUseTheirRoutesOnly_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("pin");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name,
                        const char *header,
                        const char *value,
                        const char *model,
                        const char *pin,
                        const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(header) << QString::fromUtf8(value)
                            << QString::fromUtf8(model) << QString::fromUtf8(pin)
                            << QString::fromUtf8(expected);
    };
    const char *const bearer = "authorization";
    const char *const bot = "Bearer BOT-secret";
    add("by bearer", bearer, bot, "chat", "", "200");
    add("bearer in small letters", bearer, "bearer BOT-secret", "chat", "", "200");
    add("by x-api-key", "x-api-key", "BOT-secret", "chat", "", "200");
    add("no key", "x-other", "1", "chat", "", "401 invalid_api_key");
    add("a wrong key", bearer, "Bearer BOT-secre", "chat", "", "401 invalid_api_key");
    add("another scheme", bearer, "Basic BOT-secret", "chat", "", "401 invalid_api_key");
    add("an origin is fine with a key",
        "origin",
        "https://app.example",
        "chat",
        "",
        "401 invalid_api_key");
    add("another route", bearer, bot, "other", "", "403 route_not_allowed");
    add("all routes", bearer, "Bearer BOSS-secret", "other", "", "200");
    add("a target of its route", bearer, bot, "b/y", "", "200");
    add("a target of another route", bearer, bot, "c/z", "", "403 route_not_allowed");
    add("a pin within its route", bearer, bot, "chat", "b/y", "200");
    add("a pin beyond its route", bearer, bot, "chat", "c/z", "403 route_not_allowed");
    add("a pin from another route", bearer, bot, "other", "a/x", "403 route_not_allowed");
}

void TestReply::clientsMayUseTheirRoutesOnly()
{
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(QString, model);
    QFETCH(QString, pin);
    QFETCH(QString, expected);
    Ask ask{.model = model.toStdString(),
            .headers = {{header.toStdString(), value.toStdString()}},
            .host = "gateway.example"};
    if (!pin.isEmpty()) {
        ask.headers.emplace_back("x-signalbox-target", pin.toStdString());
    }
    const Played played({.more = kClients}, "", ask);
    QString is = QString::number(played.reply().status);
    if (played.reply().status != 200) {
        is += QLatin1Char(' ') + QString::fromStdString(errorCode(played.reply().bytes));
    }
    COMPARE_TEXT(is, expected);
}

void TestReply::aClientsLimitIsToldWithRetryAfter()
{
    VirtualGateway world(House{.more = kClients}.toml());
    const Ask ask{.headers = {{"authorization", "Bearer BOSS-secret"}}};
    world.ask(ask);
    world.ask(ask);
    const auto refused = world.ask(ask);
    world.at(Seconds(31), [&] { world.ask(ask); });
    world.run();
    const Reply &reply = world.reply(refused);
    QCOMPARE(reply.status, 429);
    QCOMPARE(errorCode(reply.bytes), std::string("rate_limited"));
    QCOMPARE(reply.header("retry-after"), std::string("30"));
    QVERIFY(errorOf(reply.bytes)[QLatin1String("origin")].toString() == QLatin1String("gateway"));
    QCOMPARE(world.reply(4).status, 200);
}

void TestReply::missingFeaturesAreNamed()
{
    House house{.targets = R"([{ target = "b/y" }])"};
    house.modelsOfB = "[[provider.model]]\nname = \"y\"\nfeatures = []\n";
    const Played played(
        house,
        "",
        {.body =
             R"({"model":"chat","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f"}}]})"});
    QCOMPARE(played.reply().status, 422);
    QCOMPARE(errorCode(played.reply().bytes), std::string("no_capable_target"));
    QVERIFY2(bodyOf(played.reply()).contains(QLatin1String("tools")), played.reply().bytes.c_str());
    QVERIFY(played.world.calls().empty());
}

void TestReply::theCatalogueSaysWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("said");
    const QByteArray image =
        R"([{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}])";
    const QByteArray novel = '"' + QByteArray("once upon a time ").repeated(4000) + '"';
    QTest::newRow("images") << QByteArray("name = \"deepseek-chat\"") << image << 422
                            << QByteArray("b/deepseek-chat: images");
    QTest::newRow("images, says the configuration")
        << QByteArray("name = \"deepseek-chat\"\nfeatures = [\"images\"]") << image << 200
        << QByteArray("");
    QTest::newRow("images, unknown model")
        << QByteArray("name = \"m\"") << image << 200 << QByteArray("");
    QTest::newRow("context") << QByteArray("name = \"deepseek-chat\"\ncontext = 8000") << novel
                             << 422 << QByteArray("does not fit into its context of 8000");
    QTest::newRow("context enough")
        << QByteArray("name = \"deepseek-chat\"") << novel << 200 << QByteArray("");
}

void TestReply::theCatalogueSaysWhatIsMissing()
{
    QFETCH(const QByteArray, model);
    QFETCH(const QByteArray, content);
    QFETCH(const int, status);
    QFETCH(const QByteArray, said);
    const std::string toml = "[[provider]]\nid = \"b\"\nkind = \"deepseek\"\n[[provider.model]]\n"
                             + model.toStdString() + "\n";
    VirtualGateway world(toml);
    const std::string name = model.contains("deepseek-chat") ? "b/deepseek-chat" : "b/m";
    const auto id = world.ask({.body = R"({"model":")" + name
                                       + R"(","messages":[{"role":"user","content":)"
                                       + content.toStdString() + "}]}"});
    world.run();
    QCOMPARE(world.reply(id).status, status);
    QVERIFY2(bodyOf(world.reply(id)).contains(QString::fromLatin1(said)),
             world.reply(id).bytes.c_str());
    QCOMPARE(world.calls().size(), std::size_t(status == 200 ? 1 : 0));
}

void TestReply::modelsAreListed()
{
    const Played all({}, "", {.method = "GET", .path = "/v1/models"});
    COMPARE_TEXT(bodyOf(all.reply()), QString::fromUtf8(kModels));
    const Played without({.more = kClients}, "", {.method = "GET", .path = "/models"});
    QCOMPARE(without.reply().status, 401);
    const Played bot({.more = kClients},
                     "",
                     {.headers = {{"x-api-key", "BOT-secret"}},
                      .method = "GET",
                      .path = "/models"});
    QCOMPARE(bot.reply().status, 200);
    QCOMPARE(countOf(bot.reply(), R"("id":"chat")"), qsizetype(1));
    QCOMPARE(countOf(bot.reply(), R"("id":"other")"), qsizetype(0));
    QCOMPARE(countOf(bot.reply(), R"("id":"a/x")"), qsizetype(1));
    QCOMPARE(countOf(bot.reply(), R"("id":"c/z")"), qsizetype(0));
}

void TestReply::oneModelIsFoundWithARawOrEscapedSlash_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const QString found = QString::fromUtf8(
        R"({"id":"a/x","object":"model","created":0,"owned_by":"a"})");
    QTest::newRow("raw") << QStringLiteral("/v1/models/a/x") << found;
    QTest::newRow("escaped") << QStringLiteral("/v1/models/a%2Fx") << found;
    QTest::newRow("escaped in small letters") << QStringLiteral("/models/a%2fx") << found;
    QTest::newRow("a route")
        << QStringLiteral("/v1/models/chat")
        << QString::fromUtf8(
               R"({"id":"chat","object":"model","created":0,"owned_by":"signalbox"})");
}

void TestReply::oneModelIsFoundWithARawOrEscapedSlash()
{
    QFETCH(QString, path);
    QFETCH(QString, expected);
    const Played played({}, "", {.method = "GET", .path = path.toStdString()});
    QCOMPARE(played.reply().status, 200);
    COMPARE_TEXT(bodyOf(played.reply()), expected);
    const Played none({}, "", {.method = "GET", .path = path.toStdString() + "y"});
    QCOMPARE(none.reply().status, 404);
    QCOMPARE(errorCode(none.reply().bytes), std::string("model_not_found"));
}

void TestReply::readinessFollowsTheBreakers()
{
    VirtualGateway world(House{}.toml());
    const auto statusOf = [&](const char *path) {
        const auto id = world.ask({.method = "GET", .path = path, .host = "10.0.0.1"});
        world.run();
        return world.reply(id).status;
    };
    QCOMPARE(statusOf("/readyz"), 200);
    world.operate(gateway::Act::Trip, "a/x");
    QCOMPARE(statusOf("/readyz"), 200);
    world.operate(gateway::Act::Trip, "b/y");
    QCOMPARE(statusOf("/readyz"), 503);
    QCOMPARE(statusOf("/healthz"), 200);
    world.operate(gateway::Act::Reset, "b/y");
    QCOMPARE(statusOf("/readyz"), 200);
}

QTEST_APPLESS_MAIN(TestReply)

#include "tst_reply.moc"
