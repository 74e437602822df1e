// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include <QTest>

#include <set>
#include <thread>

using namespace signalbox::tests;

namespace {

const std::string kScenario =
    scenarioOf({{.id = "a", .models = R"(["model-1", "vendor/model-2"])"}}, "keep_bodies = true\n");

constexpr const char *kRoutes = R"(
[[provider.model]]
name = "model-1"
aliases = ["one"]
price = { input = 1, output = 2 }
[[provider.model]]
name = "vendor/model-2"
[[route]]
name = "chat"
targets = [ { target = "a/model-1" } ]
[[route.rule]]
name = "research"
when = { metadata.team = "research" }
targets = [ { target = "a/vendor/model-2" } ]
[[route.rule]]
name = "by-header"
when = { "header.X-Team" = "data" }
targets = [ { target = "a/vendor/model-2" } ]
[[route]]
name = "对话"
targets = [ { target = "a/model-1" } ]
)";

} // namespace

/// What an application sees of the door when nothing is wrong: headers, ids, paths, models, health,
/// and HTTP's own rules on one connection.
class TestHttpDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void answersTellTheirWay();
    void aStreamTellsItsWayWithoutACost();
    void anUnknownPriceIsSaid();
    void aRuleIsNamedOnlyWhenItHit();
    void aPinGoesToItsTargetOnly();
    void theClientsIdIsEchoedIfItIsPlain_data();
    void theClientsIdIsEchoedIfItIsPlain();
    void ourIdIsUniqueAndEverywhere();
    void theIdIsWhereClientsOfMessagesLook();
    void aNameInAnyScriptTravelsInHeaders();
    void theVersionInThePathIsOptional();
    void modelsAreListedAndFound();
    void usageReachesAStreamOnlyOnDemand();
    void unknownFieldsPass();
    void headIsGetWithoutABody();
    void readyFollowsTheRoutes();
    void requestsOnOneConnectionAreAnsweredInOrder();
    void aLongQueueOfRequestsKeepsItsOrder();
    void aRequestAfterAStreamIsServedOnTheSameConnection();
    void anExpectingClientIsToldToContinue();
    void http10GetsNoChunks();
    void aChunkedRequestIsRead();
    void unheardAnswersStopTheReadingOfRequests();

private:
    std::unique_ptr<RunningSimulator> m_simulator;
    std::unique_ptr<RunningDaemon> m_daemon;
};

void TestHttpDoor::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(kScenario);
    m_daemon = std::make_unique<RunningDaemon>(
        "[server]\n" + std::string(kAdminServer)
        + "[[provider]]\nid = \"a\"\nkind = \"openai-compatible\"\nbase_url = \""
        + m_simulator->baseUrl("a") + "\"\n" + kRoutes);
    QVERIFY2(m_daemon->port() > 0, m_daemon->stderrText().c_str());
}

void TestHttpDoor::init()
{
    m_simulator->reset();
    QCOMPARE(m_daemon->act("providers/a/reset").status, 200);
}

void TestHttpDoor::answersTellTheirWay()
{
    const HttpReply reply = m_daemon->chat("chat");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("x-signalbox-target"), std::string("a/model-1"));
    QCOMPARE(reply.header("x-signalbox-route"), std::string("chat"));
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("1"));
    QCOMPARE(reply.header("x-signalbox-cache"), std::string("off"));
    QVERIFY(!reply.has("x-signalbox-rule"));
    const Json usage = reply.json()["usage"];
    const int nanos = usage["prompt_tokens"].get<int>() * 1000
                      + usage["completion_tokens"].get<int>() * 2000;
    QCOMPARE(std::stod(reply.header("x-signalbox-cost-usd")), nanos / 1e9);
    QCOMPARE(reply.json()["model"].get<std::string>(), std::string("model-1"));
    QVERIFY(!reply.json()["choices"][0]["message"]["content"].get<std::string>().empty());
}

void TestHttpDoor::aStreamTellsItsWayWithoutACost()
{
    const HttpReply reply = m_daemon->chat("chat", true);
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.complete);
    QVERIFY(reply.header("content-type").starts_with("text/event-stream"));
    QCOMPARE(reply.header("x-signalbox-target"), std::string("a/model-1"));
    QVERIFY(!reply.has("x-signalbox-cost-usd"));
    QVERIFY(!reply.streamedText().empty());
    QCOMPARE(reply.events().back(), std::string("[DONE]"));
}

void TestHttpDoor::anUnknownPriceIsSaid()
{
    const HttpReply reply = m_daemon->chat("a/vendor/model-2");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("x-signalbox-cost-usd"), std::string("unknown"));
}

void TestHttpDoor::aRuleIsNamedOnlyWhenItHit()
{
    const HttpReply byMetadata = m_daemon->chat("chat",
                                                false,
                                                {{"x-signalbox-metadata-team", "research"}});
    QCOMPARE(byMetadata.header("x-signalbox-rule"), std::string("research"));
    QCOMPARE(byMetadata.header("x-signalbox-target"), std::string("a/vendor/model-2"));
    const HttpReply byHeader = m_daemon->chat("chat", false, {{"x-team", "data"}});
    QCOMPARE(byHeader.header("x-signalbox-rule"), std::string("by-header"));
    QVERIFY(!m_daemon->chat("chat", false, {{"x-team", "sales"}}).has("x-signalbox-rule"));
}

void TestHttpDoor::aPinGoesToItsTargetOnly()
{
    const HeaderList pin = {{"x-signalbox-target", "a/vendor/model-2"}};
    QCOMPARE(m_daemon->chat("chat", false, pin).header("x-signalbox-target"),
             std::string("a/vendor/model-2"));
    m_simulator->addFault({{"model", "vendor/model-2"}, {"kind", "status"}, {"status", 500}});
    const HttpReply failed = m_daemon->chat("chat", false, pin);
    QCOMPARE(failed.status, 503);
    QCOMPARE(failed.header("x-signalbox-attempts"), std::string("1"));
    QCOMPARE(m_daemon->chat("chat", false, {{"x-signalbox-target", "a/none"}}).status, 404);
}

void TestHttpDoor::theClientsIdIsEchoedIfItIsPlain_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("echoed");
    QTest::newRow("plain") << QByteArray("Req_1.a:b-C") << true;
    QTest::newRow("128 bytes") << QByteArray(128, 'x') << true;
    QTest::newRow("129 bytes") << QByteArray(129, 'x') << false;
    QTest::newRow("blank inside") << QByteArray("a b") << false;
    QTest::newRow("slash") << QByteArray("a/b") << false;
    QTest::newRow("not ASCII") << QByteArray("gr\xc3\xbc\xc3\x9f") << false;
}

void TestHttpDoor::theClientsIdIsEchoedIfItIsPlain()
{
    QFETCH(const QByteArray, id);
    QFETCH(const bool, echoed);
    const HttpReply reply = m_daemon->chat("chat", false, {{"x-request-id", id.toStdString()}});
    QCOMPARE(reply.status, 200);
    const std::string ours = reply.header("x-signalbox-id");
    QCOMPARE(reply.header("x-request-id"), echoed ? id.toStdString() : ours);
    QVERIFY(ours != id.toStdString());
    QVERIFY(eventually([&] { return m_daemon->admin("requests/" + ours).contains("id"); }));
    const Json record = m_daemon->admin("requests/" + ours);
    QCOMPARE(record["id"].get<std::string>(), ours);
    QCOMPARE(record["client_request_id"].is_null(), !echoed);
    QVERIFY(record.contains("decision"));
}

void TestHttpDoor::ourIdIsUniqueAndEverywhere()
{
    std::set<std::string> ids;
    const std::vector<HttpReply> replies = {m_daemon->chat("chat"),
                                            m_daemon->chat("chat", true),
                                            m_daemon->chat("nothing"),
                                            m_daemon->get("/v1/models"),
                                            m_daemon->get("/v1/models/nothing"),
                                            m_daemon->get("/nothing"),
                                            m_daemon->get("/v1/chat/completions")};
    for (const HttpReply &reply : replies) {
        QVERIFY2(!reply.header("x-signalbox-id").empty(), reply.body.c_str());
        QCOMPARE(reply.header("x-request-id"), reply.header("x-signalbox-id"));
        ids.insert(reply.header("x-signalbox-id"));
    }
    QCOMPARE(ids.size(), replies.size());
    QCOMPARE(m_daemon->get("/nothing", {{"x-request-id", "mine"}}).header("x-request-id"),
             std::string("mine"));
}

void TestHttpDoor::theIdIsWhereClientsOfMessagesLook()
{
    const auto tooLarge = [](const std::string &path) {
        return HttpRequest{"POST", path, {}, {{"content-length", "99999999999"}}};
    };
    const HttpReply message = m_daemon->fetch(tooLarge("/v1/messages"));
    QCOMPARE(message.status, 413);
    QCOMPARE(message.header("request-id"), message.header("x-signalbox-id"));
    QVERIFY(!m_daemon->fetch(tooLarge("/v1/chat/completions")).has("request-id"));
    QVERIFY(m_daemon->get("/v1/messages").has("request-id"));
    QVERIFY(!m_daemon->get("/v1/models").has("request-id"));
}

void TestHttpDoor::aNameInAnyScriptTravelsInHeaders()
{
    const HttpReply reply = m_daemon->chat("对话");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("x-signalbox-route"), std::string("对话"));
    QCOMPARE(m_daemon->get("/v1/models/%E5%AF%B9%E8%AF%9D").status, 200);
}

void TestHttpDoor::theVersionInThePathIsOptional()
{
    HttpRequest request = chatRequest("chat");
    request.path = "/chat/completions";
    QCOMPARE(m_daemon->fetch(request).status, 200);
    QCOMPARE(m_daemon->get("/models").body, m_daemon->get("/v1/models").body);
    QCOMPARE(m_daemon->get("/v1/chat/completions?api-version=2").status, 405);
}

void TestHttpDoor::modelsAreListedAndFound()
{
    const Json list = m_daemon->get("/v1/models").json();
    QCOMPARE(list["object"].get<std::string>(), std::string("list"));
    std::set<std::string> ids;
    for (const Json &model : list["data"]) {
        QCOMPARE(model["object"].get<std::string>(), std::string("model"));
        ids.insert(model["id"].get<std::string>());
    }
    QVERIFY(ids.contains("chat") && ids.contains("a/model-1") && ids.contains("a/vendor/model-2"));
    for (const char *path : {"/v1/models/a/vendor/model-2",
                             "/v1/models/a%2Fvendor%2fmodel-2",
                             "/models/a/model-1",
                             "/v1/models/chat"}) {
        QCOMPARE(m_daemon->get(path).status, 200);
    }
    QCOMPARE(m_daemon->get("/v1/models/a%2Fvendor%2Fmodel-2").json()["id"].get<std::string>(),
             std::string("a/vendor/model-2"));
    QCOMPARE(m_daemon->get("/v1/models/a%2").status, 400);
}

void TestHttpDoor::usageReachesAStreamOnlyOnDemand()
{
    const auto hasUsage = [](const HttpReply &reply) {
        return reply.body.find("\"usage\":{") != std::string::npos;
    };
    QVERIFY(!hasUsage(m_daemon->chat("chat", true)));
    HttpRequest asking = chatRequest("chat", true);
    Json body = Json::parse(asking.body);
    body["stream_options"] = {{"include_usage", true}};
    asking.body = body.dump();
    const HttpReply reply = m_daemon->fetch(asking);
    QVERIFY2(hasUsage(reply), reply.body.c_str());
    // In both cases the gateway itself knows what was used.
    const std::string id = reply.header("x-signalbox-id");
    QVERIFY(eventually([&] { return m_daemon->admin("requests/" + id).contains("usage"); }));
    QVERIFY(!m_daemon->admin("requests/" + id)["usage"]["estimated"].get<bool>());
}

void TestHttpDoor::unknownFieldsPass()
{
    HttpRequest request = chatRequest("chat");
    Json body = Json::parse(request.body);
    body["vendor_flag"] = {{"deep", Json::array({1, 2.50, "x"})}};
    body["user"] = "u";
    request.body = body.dump();
    QCOMPARE(m_daemon->fetch(request).status, 200);
    const Json seen =
        get(m_simulator->port(), "/_sim/state?requests=1").json()["requests"].back()["body"];
    QCOMPARE(seen["model"].get<std::string>(), std::string("model-1"));
    QVERIFY2(seen["vendor_flag"] == body["vendor_flag"], seen.dump().c_str());
}

void TestHttpDoor::headIsGetWithoutABody()
{
    HttpConnection connection(m_daemon->port());
    const HttpReply head = connection.exchange({"HEAD", "/v1/models", {}, {}});
    QCOMPARE(head.status, 200);
    QCOMPARE(head.header("content-length"),
             std::to_string(m_daemon->get("/v1/models").body.size()));
    // The connection goes on right behind the head.
    QCOMPARE(connection.exchange({"GET", "/healthz", {}, {}}).status, 200);
    QCOMPARE(connection.exchange({"HEAD", "/healthz", {}, {}}).status, 200);
    QCOMPARE(connection.exchange({"HEAD", "/nothing", {}, {}}).status, 404);
    QCOMPARE(connection.exchange({"GET", "/readyz", {}, {}}).status, 200);
}

void TestHttpDoor::readyFollowsTheRoutes()
{
    QCOMPARE(m_daemon->get("/readyz").status, 200);
    m_simulator->addFault({{"model", "model-1"}, {"kind", "status"}, {"status", 500}});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_daemon->chat("a/model-1").status, 503);
    }
    QCOMPARE(m_daemon->breakerState("a/model-1"), std::string("open"));
    QCOMPARE(m_daemon->get("/readyz").status, 503);
    QCOMPARE(m_daemon->get("/healthz").status, 200);
    QCOMPARE(m_daemon->act("targets/a/model-1/hold").status, 200);
    QCOMPARE(m_daemon->get("/readyz").status, 200);
}

void TestHttpDoor::requestsOnOneConnectionAreAnsweredInOrder()
{
    // The first is the slowest by far.
    m_simulator->addFault({{"kind", "slow"}, {"factor", 200}, {"count", 1}});
    HttpConnection connection(m_daemon->port());
    const std::string all =
        chatRequest("chat", false, {{"x-request-id", "first"}}).bytes()
        + HttpRequest{"GET", "/v1/models", {}, {{"x-request-id", "second"}}}.bytes()
        + chatRequest("chat", true, {{"x-request-id", "third"}}).bytes()
        + HttpRequest{"GET", "/healthz", {}, {{"x-request-id", "fourth"}}}.bytes();
    QVERIFY(connection.tcp().send(all));
    for (const char *id : {"first", "second", "third", "fourth"}) {
        const HttpReply reply = connection.receive();
        QVERIFY(reply.complete);
        QCOMPARE(reply.header("x-request-id"), std::string(id));
    }
}

/// More than one read brings, so that some requests wait in the gateway and some in the kernel.
void TestHttpDoor::aLongQueueOfRequestsKeepsItsOrder()
{
    constexpr int many = 3000;
    HttpConnection connection(m_daemon->port());
    std::string all;
    for (int i = 0; i < many; ++i) {
        const std::string id = std::to_string(i);
        all += HttpRequest{"GET", "/healthz", {}, {{"x-request-id", id}}}.bytes();
    }
    std::jthread sending([&] { connection.tcp().send(all); });
    for (int i = 0; i < many; ++i) {
        const HttpReply reply = connection.receive();
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("x-request-id"), std::to_string(i));
    }
}

void TestHttpDoor::aRequestAfterAStreamIsServedOnTheSameConnection()
{
    HttpConnection connection(m_daemon->port());
    for (int i = 0; i < 20; ++i) {
        const HttpReply reply = connection.exchange(chatRequest("chat", i % 2 == 0));
        QVERIFY(reply.complete);
        QCOMPARE(reply.status, 200);
    }
    QVERIFY(m_simulator->provider("a")["requests"] == 20);
    const HttpReply last = connection.exchange(
        chatRequest("chat", false, {{"connection", "close"}}));
    QCOMPARE(last.header("connection"), std::string("close"));
    QCOMPARE(connection.tcp().receiveAll(), std::string());
    QVERIFY(connection.tcp().ended() && !connection.tcp().wasReset());
}

void TestHttpDoor::anExpectingClientIsToldToContinue()
{
    HttpRequest request = chatRequest("chat", false, {{"expect", "100-continue"}});
    const std::string bytes = request.bytes();
    const std::size_t bodyAt = bytes.find("\r\n\r\n") + 4;
    TcpClient client(m_daemon->port());
    QVERIFY(client.send(bytes.substr(0, bodyAt)));
    std::string interim;
    while (interim.find("\r\n\r\n") == std::string::npos) {
        QVERIFY(client.receive(interim));
    }
    QCOMPARE(interim, std::string("HTTP/1.1 100 Continue\r\n\r\n"));
    QVERIFY(client.send(bytes.substr(bodyAt)));
    std::string answer;
    QVERIFY(client.receive(answer));
    QVERIFY2(answer.starts_with("HTTP/1.1 200 "), answer.c_str());
}

void TestHttpDoor::http10GetsNoChunks()
{
    for (const bool stream : {false, true}) {
        std::string bytes = chatRequest("chat", stream).bytes();
        bytes.replace(bytes.find("HTTP/1.1"), 8, "HTTP/1.0");
        TcpClient client(m_daemon->port());
        QVERIFY(client.send(bytes));
        const std::string answer = client.receiveAll();
        QVERIFY(client.ended() && !client.wasReset());
        QVERIFY2(answer.find("transfer-encoding") == std::string::npos, answer.c_str());
        QVERIFY2(answer.ends_with(stream ? "data: [DONE]\n\n" : "}"), answer.c_str());
    }
}

void TestHttpDoor::aChunkedRequestIsRead()
{
    const std::string body = chatRequest("chat").body;
    TcpClient client(m_daemon->port());
    QVERIFY(client.send("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                        "transfer-encoding: chunked\r\nconnection: close\r\n\r\n1\r\n"
                        + body.substr(0, 1) + "\r\n"));
    QVERIFY(client.send("3E8;x=1\r\n" + body.substr(1) + std::string(1000 - body.size() + 1, ' ')
                        + "\r\n0\r\n\r\n"));
    const std::string answer = client.receiveAll();
    QVERIFY2(answer.starts_with("HTTP/1.1 200 "), answer.c_str());
}

/// *Goal*: a client that asks and asks and never listens costs a bounded amount of memory.
/// *Method*: pipelined requests for the longest plain answer until the gateway stops reading.
void TestHttpDoor::unheardAnswersStopTheReadingOfRequests()
{
    if (!kMemoryIsMeasurable) {
        QSKIP("a sanitizer keeps freed memory back");
    }
    const std::size_t answerBytes = m_daemon->get("/metrics").body.size();
    QVERIFY(answerBytes > 2000);
    const std::size_t before = m_daemon->residentBytes();
    TcpClient client(m_daemon->port(), {4096});
    const std::string request = HttpRequest{"GET", "/metrics", {}, {}}.bytes();
    std::string batch;
    for (int i = 0; i < 200; ++i) {
        batch += request;
    }
    for (int batches = 0; batches < 500 && client.send(batch, milliseconds(500)); ++batches) {}
    // Unbounded, it would take a third of this time.
    const auto growsBeyondReason = [&] {
        return m_daemon->residentBytes() > before + 16U * 1024 * 1024;
    };
    QVERIFY(!eventually(growsBeyondReason, milliseconds(2000)));
    QCOMPARE(m_daemon->get("/healthz").status, 200);
}

QTEST_GUILESS_MAIN(TestHttpDoor)
#include "tst_http_door.moc"
