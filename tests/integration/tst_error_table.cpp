// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "a", .models = R"(["model-1", "model-2"])"}, {.id = "b", .models = R"(["model-3"])"}});

std::string providerText(const std::string &id,
                         const std::string &baseUrl,
                         const std::string &model,
                         const std::string &settings = {})
{
    return "[[provider]]\nid = \"" + id + "\"\nkind = \"openai-compatible\"\nbase_url = \""
           + baseUrl + "\"\n" + settings + "\n[[provider.model]]\nname = \"" + model + "\"\n";
}

std::string routeText(const std::string &name, const std::vector<std::string> &targets)
{
    std::string list;
    for (const std::string &target : targets) {
        list += "{ target = \"" + target + "\" }, ";
    }
    return "[[route]]\nname = \"" + name + "\"\ntargets = [ " + list + "]\n";
}

/// A listener whose queue is full: connections to it are neither accepted nor refused.
class FullListener
{
public:
    FullListener()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        socklen_t length = sizeof address;
        m_sockets.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        (void)::bind(m_sockets[0], plain, length);
        (void)::listen(m_sockets[0], 0);
        (void)::getsockname(m_sockets[0], plain, &length);
        m_port = ntohs(address.sin_port);
        for (int i = 0; i < 4; ++i) {
            const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            (void)::connect(filler, plain, length);
            m_sockets.push_back(filler);
        }
    }
    ~FullListener()
    {
        for (const int socket : m_sockets) {
            ::close(socket);
        }
    }
    FullListener(const FullListener &) = delete;
    FullListener &operator=(const FullListener &) = delete;
    [[nodiscard]] int port() const { return m_port; }

private:
    std::vector<int> m_sockets;
    int m_port = 0;
};

std::string messageOf(const HttpReply &reply)
{
    return reply.error().value("message", std::string());
}

} // namespace

/// *Goal*: every row of the contract's error table, as a client sees it. *Method*: one daemon
/// without clients and one with, both before a simulator whose faults each test chooses; breakers
/// and keys begin anew for each test.
class TestErrorTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aFaultyRequestIsNamed_data();
    void aFaultyRequestIsNamed();
    void aBodyOverTheLimitIsRefusedBeforeItIsSent();
    void headersOver32KiBAreRefused();
    void aSlowHeadIsAnsweredAndClosed();
    void aKeyIsAskedForInEitherForm();
    void aRouteOfOthersIsNotAllowed();
    void foreignPagesAreRefused_data();
    void foreignPagesAreRefused();
    void unknownPathsAndMethodsAreNamed();
    void anUnknownModelNamesItsNeighbours();
    void aBareModelOfTwoProvidersNamesBoth();
    void aClientsLimitSaysWhenToComeBack();
    void anOpenTargetIsUnavailableUntilItsProbe();
    void failedTargetsAreAllListed();
    void aProvidersLimitIsPassedOnWithItsHint();
    void refusedKeysAreOursToMend();
    void refusedBillsAreOursToMend();
    void aRefusedRequestIsPassedOn_data();
    void aRefusedRequestIsPassedOn();
    void aModelNobodyKnowsIsNotFound();
    void aTimeoutNamesItsTimer_data();
    void aTimeoutNamesItsTimer();
    void aMixtureIsUnavailable();

private:
    [[nodiscard]] std::string openConfiguration() const;
    [[nodiscard]] std::string keyedConfiguration() const;
    void verifyError(const HttpReply &reply,
                     int status,
                     const std::string &code,
                     const std::string &origin) const;

    FullListener m_blackHole;
    std::unique_ptr<RunningSimulator> m_simulator;
    std::unique_ptr<RunningDaemon> m_open;
    std::unique_ptr<RunningDaemon> m_keyed;
};

std::string TestErrorTable::openConfiguration() const
{
    const std::string a = m_simulator->baseUrl("a");
    const std::string b = m_simulator->baseUrl("b");
    return "[server]\nmax_body_mb = 1\nheader_s = 0.3\n" + std::string(kAdminServer)
           + providerText("a", a, "model-1", "breaker = { failures = 3, open_s = 60 }")
           + "[[provider.model]]\nname = \"model-2\"\n" + providerText("b", b, "model-3")
           + providerText("twin", b, "model-3")
           + providerText("connect",
                          "http://127.0.0.1:" + std::to_string(m_blackHole.port()) + "/v1",
                          "model-1",
                          "timeouts = { connect_s = 0.2 }")
           + providerText("first", a, "model-1", "timeouts = { first_token_s = 0.2 }")
           + providerText("idle", a, "model-1", "timeouts = { idle_s = 0.2 }")
           + providerText("total", a, "model-1", "timeouts = { total_s = 0.2 }")
           + routeText("chat", {"a/model-1", "b/model-3"}) + routeText("only-a", {"a/model-1"})
           + routeText("hurried", {"a/model-1"}) + "deadline_s = 0.2\n";
}

std::string TestErrorTable::keyedConfiguration() const
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[client]]\nid = \"bot\"\nkey = \"env:BOT_KEY\"\nroutes = [\"chat\"]\n"
             "[[client]]\nid = \"slow\"\nkey = \"env:SLOW_KEY\"\nrequests_per_minute = 1\n"
           + providerText("a", m_simulator->baseUrl("a"), "model-1")
           + routeText("chat", {"a/model-1"}) + routeText("secret", {"a/model-1"});
}

void TestErrorTable::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(kScenario);
    m_open = std::make_unique<RunningDaemon>(openConfiguration());
    m_keyed = std::make_unique<RunningDaemon>(
        keyedConfiguration(),
        DaemonOptions{{{"BOT_KEY", "bot-key"}, {"SLOW_KEY", "slow-key"}}, {}, {}, "127.0.0.1:0"});
    QVERIFY2(m_open->port() > 0, m_open->stderrText().c_str());
    QVERIFY2(m_keyed->port() > 0, m_keyed->stderrText().c_str());
}

void TestErrorTable::init()
{
    m_simulator->reset();
    for (const char *provider : {"a", "b", "twin", "connect", "first", "idle", "total"}) {
        QCOMPARE(m_open->act("providers/" + std::string(provider) + "/reset").status, 200);
    }
}

void TestErrorTable::verifyError(const HttpReply &reply,
                                 int status,
                                 const std::string &code,
                                 const std::string &origin) const
{
    const Json error = reply.error();
    QVERIFY2(reply.status == status && error.value("code", "") == code
                 && error.value("origin", "") == origin && reply.complete,
             (std::to_string(reply.status) + " " + reply.body).c_str());
    QVERIFY(!error.value("message", "").empty());
    QVERIFY(error.contains("type") && error.contains("param"));
    QCOMPARE(reply.header("content-type"), std::string("application/json"));
    QVERIFY2(!reply.header("x-request-id").empty(), reply.body.c_str());
    QVERIFY2(!reply.header("x-signalbox-id").empty(), reply.body.c_str());
}

void TestErrorTable::aFaultyRequestIsNamed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    QTest::newRow("no JSON") << QByteArray("{\"model\": ") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("no object") << QByteArray("[1]") << QByteArray();
    QTest::newRow("no model") << QByteArray(R"({"messages":[{"role":"user","content":"a"}]})")
                              << QByteArray("model");
    QTest::newRow("no messages") << QByteArray(R"({"model":"chat"})") << QByteArray("messages");
    QTest::newRow("stream of a wrong type") << QByteArray(
        R"({"model":"chat","messages":[{"role":"user","content":"a"}],"stream":"yes"})")
                                            << QByteArray("stream");
    QTest::newRow("deep inside") << QByteArray(
        R"({"model":"chat","messages":[{"role":"user","content":7}]})")
                                 << QByteArray("messages[0].content");
}

void TestErrorTable::aFaultyRequestIsNamed()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, param);
    const HttpReply reply = m_open->fetch({"POST", "/v1/chat/completions", body.toStdString(), {}});
    verifyError(reply, 400, "invalid_request", "client");
    const Json named = reply.error()["param"];
    QCOMPARE(named.is_string() ? named.get<std::string>() : std::string(), param.toStdString());
    QCOMPARE(m_simulator->requests("a"), 0);
}

void TestErrorTable::aBodyOverTheLimitIsRefusedBeforeItIsSent()
{
    HttpConnection connection(m_open->port());
    QVERIFY(connection.tcp().send("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                                  "content-length: 1048577\r\nexpect: 100-continue\r\n\r\n"));
    verifyError(connection.receive(), 413, "body_too_large", "client");
    QCOMPARE(connection.tcp().receiveAll(), std::string());
    QVERIFY(connection.tcp().ended());
    HttpConnection messages(m_open->port());
    QVERIFY(messages.tcp().send("POST /v1/messages HTTP/1.1\r\nhost: localhost\r\n"
                                "content-length: 1048577\r\n\r\n"));
    const HttpReply refused = messages.receive();
    verifyError(refused, 413, "body_too_large", "client");
    QCOMPARE(refused.error().value("type", std::string()), std::string("request_too_large"));
}

void TestErrorTable::headersOver32KiBAreRefused()
{
    HttpRequest large = chatRequest("chat", false, {{"x-large", std::string(33 * 1024, 'x')}});
    verifyError(m_open->fetch(large), 431, "headers_too_large", "client");
    HttpRequest fits = chatRequest("chat", false, {{"x-large", std::string(30 * 1024, 'x')}});
    QCOMPARE(m_open->fetch(fits).status, 200);
}

void TestErrorTable::aSlowHeadIsAnsweredAndClosed()
{
    HttpConnection connection(m_open->port());
    QVERIFY(connection.tcp().send("POST /v1/chat/completions HTTP/1.1\r\nhost: loc"));
    const auto start = Clock::now();
    verifyError(connection.receive(), 408, "request_timeout", "client");
    QVERIFY(since(start) >= milliseconds(250));
    QVERIFY(since(start) < milliseconds(3000));
    QCOMPARE(connection.tcp().receiveAll(), std::string());
    QVERIFY(connection.tcp().ended());
}

void TestErrorTable::aKeyIsAskedForInEitherForm()
{
    verifyError(m_keyed->chat("chat"), 401, "invalid_api_key", "client");
    verifyError(m_keyed->chat("chat", false, bearer("wrong")), 401, "invalid_api_key", "client");
    verifyError(m_keyed->chat("chat", false, {{"x-api-key", "bot-ke"}}),
                401,
                "invalid_api_key",
                "client");
    QCOMPARE(m_keyed->get("/v1/models").status, 401);
    QCOMPARE(m_keyed->chat("chat", false, bearer("bot-key")).status, 200);
    QCOMPARE(m_keyed->chat("chat", false, {{"x-api-key", "bot-key"}}).status, 200);
    QCOMPARE(m_keyed->get("/v1/models", bearer("bot-key")).status, 200);
    QCOMPARE(m_keyed->get("/healthz").status, 200);
    QCOMPARE(m_keyed->get("/readyz").status, 200);
}

void TestErrorTable::aRouteOfOthersIsNotAllowed()
{
    verifyError(m_keyed->chat("secret", false, bearer("bot-key")),
                403,
                "route_not_allowed",
                "client");
    const Json list = m_keyed->get("/v1/models", bearer("bot-key")).json();
    for (const Json &model : list["data"]) {
        QVERIFY(model["id"] != "secret");
    }
}

void TestErrorTable::foreignPagesAreRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::newRow("foreign host") << QByteArray("host") << QByteArray("evil.example") << 403;
    QTest::newRow("foreign host, our port")
        << QByteArray("host") << QByteArray("evil.example:8787") << 403;
    QTest::newRow("address that begins like ours")
        << QByteArray("host") << QByteArray("127.0.0.1.evil.example") << 403;
    QTest::newRow("any origin") << QByteArray("origin") << QByteArray("http://localhost") << 403;
    QTest::newRow("null origin") << QByteArray("origin") << QByteArray("null") << 403;
    QTest::newRow("localhost") << QByteArray("host") << QByteArray("localhost:8787") << 200;
    QTest::newRow("LOCALHOST") << QByteArray("host") << QByteArray("LOCALHOST") << 200;
    QTest::newRow("127.0.0.1") << QByteArray("host") << QByteArray("127.0.0.1:1") << 200;
    QTest::newRow("::1") << QByteArray("host") << QByteArray("[::1]:8787") << 200;
}

void TestErrorTable::foreignPagesAreRefused()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const int, status);
    const HeaderList headers = {{name.toStdString(), value.toStdString()}};
    const HttpReply reply = m_open->chat("chat", false, headers);
    QCOMPARE(reply.status, status);
    if (status == 403) {
        verifyError(reply, 403, "origin_refused", "client");
        QCOMPARE(m_open->get("/v1/models", headers).status, 403);
        QCOMPARE(m_simulator->requests("a"), 0);
    }
}

void TestErrorTable::unknownPathsAndMethodsAreNamed()
{
    verifyError(m_open->get("/v1/nothing"), 404, "not_found", "client");
    verifyError(m_open->get("/"), 404, "not_found", "client");
    const HttpReply chat = m_open->get("/v1/chat/completions");
    verifyError(chat, 405, "method_not_allowed", "client");
    QCOMPARE(chat.header("allow"), std::string("POST"));
    const HttpReply models = m_open->fetch({"DELETE", "/v1/models", {}, {}});
    verifyError(models, 405, "method_not_allowed", "client");
    QCOMPARE(models.header("allow"), std::string("GET, HEAD"));
}

void TestErrorTable::anUnknownModelNamesItsNeighbours()
{
    const HttpReply reply = m_open->chat("chatt");
    verifyError(reply, 404, "model_not_found", "client");
    QVERIFY2(messageOf(reply).find("\"chat\"") != std::string::npos, reply.body.c_str());
    QCOMPARE(reply.error()["param"].get<std::string>(), std::string("model"));
    verifyError(m_open->get("/v1/models/chatt"), 404, "model_not_found", "client");
}

void TestErrorTable::aBareModelOfTwoProvidersNamesBoth()
{
    const HttpReply reply = m_open->chat("model-3");
    verifyError(reply, 404, "model_not_found", "client");
    QVERIFY(messageOf(reply).find("\"b/model-3\"") != std::string::npos);
    QVERIFY(messageOf(reply).find("\"twin/model-3\"") != std::string::npos);
    QCOMPARE(m_open->chat("model-2").header("x-signalbox-target"), std::string("a/model-2"));
}

void TestErrorTable::aClientsLimitSaysWhenToComeBack()
{
    QCOMPARE(m_keyed->chat("chat", false, bearer("slow-key")).status, 200);
    const HttpReply reply = m_keyed->chat("chat", false, bearer("slow-key"));
    verifyError(reply, 429, "rate_limited", "gateway");
    const int wait = std::stoi(reply.header("retry-after"));
    QVERIFY2(wait >= 50 && wait <= 60, reply.header("retry-after").c_str());
}

void TestErrorTable::anOpenTargetIsUnavailableUntilItsProbe()
{
    m_simulator->addFault({{"provider", "a"}, {"kind", "status"}, {"status", 500}});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_open->chat("only-a").status, 503);
    }
    const int before = m_simulator->requests("a");
    const HttpReply reply = m_open->chat("only-a");
    verifyError(reply, 503, "no_target_available", "gateway");
    QVERIFY(reply.error()["attempts"].empty());
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("0"));
    const int wait = std::stoi(reply.header("retry-after"));
    QVERIFY2(wait >= 50 && wait <= 60, reply.header("retry-after").c_str());
    QCOMPARE(m_simulator->requests("a"), before);
}

void TestErrorTable::failedTargetsAreAllListed()
{
    m_simulator->addFault({{"kind", "status"}, {"status", 500}});
    const HttpReply reply = m_open->chat("chat");
    verifyError(reply, 503, "no_target_available", "upstream");
    QVERIFY(std::stoi(reply.header("retry-after")) >= 1);
    const Json attempts = reply.error()["attempts"];
    QCOMPARE(attempts.size(), std::size_t(2));
    QCOMPARE(attempts[0]["target"].get<std::string>(), std::string("a/model-1"));
    QCOMPARE(attempts[1]["target"].get<std::string>(), std::string("b/model-3"));
    for (const Json &attempt : attempts) {
        QCOMPARE(attempt["status"].get<int>(), 500);
        QVERIFY(!attempt["reason"].get<std::string>().empty());
        QVERIFY(attempt["ms"].is_number_integer());
    }
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("2"));
}

void TestErrorTable::aProvidersLimitIsPassedOnWithItsHint()
{
    m_simulator->addFault({{"kind", "rate_limit"}, {"hint", "retry_after_s"}, {"hint_value", 90}});
    const HttpReply reply = m_open->chat("chat");
    verifyError(reply, 429, "rate_limited", "upstream");
    const int wait = std::stoi(reply.header("retry-after"));
    QVERIFY2(wait >= 85 && wait <= 90, reply.header("retry-after").c_str());
    QCOMPARE(m_open->breakerState("a/model-1"), std::string("closed"));
    // The keys cool now: the next answer is the same without asking again.
    const int before = m_simulator->requests("a");
    verifyError(m_open->chat("chat"), 429, "rate_limited", "upstream");
    QCOMPARE(m_simulator->requests("a"), before);
}

void TestErrorTable::refusedKeysAreOursToMend()
{
    const std::string words = "Incorrect API key provided: sk-1234";
    const Json body = {{"error", {{"message", words}, {"code", "invalid_api_key"}}}};
    m_simulator->addFault({{"kind", "status"}, {"status", 401}, {"body", body.dump()}});
    const HttpReply reply = m_open->chat("chat");
    verifyError(reply, 502, "upstream_auth", "upstream");
    QVERIFY2(reply.body.find("sk-1234") == std::string::npos, reply.body.c_str());
    QVERIFY(reply.body.find("Incorrect") == std::string::npos);
    QVERIFY(m_open->admin("requests?limit=1").dump().find("sk-1234") == std::string::npos);
    QCOMPARE(m_open->breakerState("a/model-1"), std::string("closed"));
}

void TestErrorTable::refusedBillsAreOursToMend()
{
    m_simulator->addFault({{"kind", "quota"}});
    verifyError(m_open->chat("chat"), 502, "upstream_billing", "upstream");
}

void TestErrorTable::aRefusedRequestIsPassedOn_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("400") << 400;
    QTest::newRow("413") << 413;
    QTest::newRow("422") << 422;
}

void TestErrorTable::aRefusedRequestIsPassedOn()
{
    QFETCH(const int, status);
    const Json body = {{"error",
                        {{"message", "temperature must not be red"},
                         {"type", "invalid_request_error"},
                         {"param", "temperature"},
                         {"code", "bad_colour"}}}};
    m_simulator->addFault({{"kind", "status"}, {"status", status}, {"body", body.dump()}});
    for (int i = 0; i < 4; ++i) {
        const HttpReply reply = m_open->chat("chat", i % 2 == 1);
        verifyError(reply, status, "bad_colour", "upstream");
        QCOMPARE(messageOf(reply), std::string("temperature must not be red"));
        QCOMPARE(reply.error()["param"].get<std::string>(), std::string("temperature"));
        QCOMPARE(reply.error()["provider"].get<std::string>(), std::string("a"));
    }
    QCOMPARE(m_simulator->requests("b"), 0);
    QCOMPARE(m_open->target("a/model-1")["breaker"]["failures"].get<int>(), 0);
}

void TestErrorTable::aModelNobodyKnowsIsNotFound()
{
    const Json body = {
        {"error", {{"message", "The model does not exist"}, {"code", "model_not_found"}}}};
    m_simulator->addFault({{"kind", "status"}, {"status", 404}, {"body", body.dump()}});
    verifyError(m_open->chat("chat"), 404, "model_not_found", "upstream");
    QVERIFY(m_open->target("a/model-1")["misconfigured"].get<bool>());
    QCOMPARE(m_open->target("a/model-1")["breaker"]["failures"].get<int>(), 0);
}

void TestErrorTable::aTimeoutNamesItsTimer_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QByteArray>("timer");
    QTest::newRow("connect") << QByteArray("connect/model-1") << false << QByteArray()
                             << QByteArray("connect_s");
    QTest::newRow("first token") << QByteArray("first/model-1") << true << QByteArray("hang")
                                 << QByteArray("first_token_s");
    QTest::newRow("idle") << QByteArray("idle/model-1") << true << QByteArray("stall")
                          << QByteArray("idle_s");
    QTest::newRow("total, plain") << QByteArray("total/model-1") << false << QByteArray("hang")
                                  << QByteArray("total_s");
    QTest::newRow("total, streamed")
        << QByteArray("total/model-1") << true << QByteArray("hang") << QByteArray("total_s");
    QTest::newRow("deadline") << QByteArray("hurried") << false << QByteArray("hang")
                              << QByteArray("deadline_s");
}

void TestErrorTable::aTimeoutNamesItsTimer()
{
    QFETCH(const QByteArray, model);
    QFETCH(const bool, stream);
    QFETCH(const QByteArray, fault);
    QFETCH(const QByteArray, timer);
    if (!fault.isEmpty()) {
        Json what = {{"kind", fault.toStdString()}};
        if (fault == "stall") {
            what["after_tokens"] = 0;
        }
        m_simulator->addFault(what);
    }
    const auto start = Clock::now();
    const HttpReply reply = m_open->chat(model.toStdString(), stream);
    verifyError(reply, 504, "upstream_timeout", "upstream");
    QVERIFY2(messageOf(reply).find(timer.toStdString()) != std::string::npos, reply.body.c_str());
    QVERIFY(since(start) >= milliseconds(190));
    QVERIFY(since(start) < milliseconds(3000));
    // What we gave up is let go upstream too.
    QVERIFY(eventually([&] { return m_simulator->provider("a")["in_flight"] == 0; }));
}

void TestErrorTable::aMixtureIsUnavailable()
{
    m_simulator->addFault({{"provider", "a"}, {"kind", "rate_limit"}});
    m_simulator->addFault({{"provider", "b"}, {"kind", "status"}, {"status", 500}});
    const HttpReply reply = m_open->chat("chat");
    verifyError(reply, 503, "no_target_available", "upstream");
    QCOMPARE(reply.error()["attempts"].size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestErrorTable)
#include "tst_error_table.moc"
