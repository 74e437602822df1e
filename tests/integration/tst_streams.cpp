// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"

#include <QTest>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "a", .models = R"(["model-1"])", .outputTokens = 30},
     {.id = "b", .models = R"(["model-1"])", .outputTokens = 30}});

std::string providerText(const std::string &id, const std::string &baseUrl)
{
    return "[[provider]]\nid = \"" + id + "\"\nkind = \"openai-compatible\"\nbase_url = \""
           + baseUrl
           + "\"\ntimeouts = { first_token_s = 0.4, idle_s = 0.4 }\n"
             "[[provider.model]]\nname = \"model-1\"\n";
}

int countOf(const std::string &text, const std::string &what)
{
    int count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++count;
    }
    return count;
}

/// The promised time for letting an upstream go, and some for a busy machine's scheduler.
constexpr milliseconds kGoneMax{100};

} // namespace

/// *Goal*: a stream that breaks is never taken for a whole one, a break before content is not seen
/// at all, and a client that leaves is noticed at once. *Method*: the simulator's faults for what
/// providers do, a scripted upstream where the moment matters.
class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aBreakAfterContentIsTold_data();
    void aBreakAfterContentIsTold();
    void aBreakBeforeContentIsNotSeen_data();
    void aBreakBeforeContentIsNotSeen();
    void aRouteMayRefuseToBeginAgain();
    void anotherTargetGoesOnWithWhatBrokeOff();
    void anAnswerIsAskedForAgainUnseen();
    void anIdleTargetIsAskedForItsModels();
    void anAnswerWithoutAStreamThatBreaksGoesElsewhere();
    void whatCameBeforeTheBreakIsBooked();
    void aLeavingClientFreesItsUpstream_data();
    void aLeavingClientFreesItsUpstream();
    void aLeavingClientCountsAsAbandoned();
    void piecesArriveAsTheyCome();

private:
    std::unique_ptr<RunningSimulator> m_simulator;
    std::unique_ptr<FakeUpstream> m_talking;
    std::unique_ptr<FakeUpstream> m_silent;
    std::unique_ptr<FakeUpstream> m_breaking;
    std::unique_ptr<FakeUpstream> m_resuming;
    std::unique_ptr<FakeUpstream> m_watched;
    std::unique_ptr<RunningDaemon> m_daemon;
};

void TestStreams::initTestCase()
{
    m_simulator = std::make_unique<RunningSimulator>(kScenario);
    m_silent = std::make_unique<FakeUpstream>(std::vector<Script>{{ReadRequest{}, AwaitEnd{}}});
    m_talking = std::make_unique<FakeUpstream>(
        std::vector<Script>{{ReadRequest{},
                             SendBytes{streamHead() + streamPiece(deltaEvent("one "))},
                             Pause{milliseconds(100)},
                             SendBytes{streamPiece(deltaEvent("two "))},
                             AwaitEnd{}}});
    m_breaking = std::make_unique<FakeUpstream>(
        std::vector<Script>{{ReadRequest{},
                             SendBytes{streamHead() + streamPiece(deltaEvent("one "))
                                       + streamPiece(deltaEvent("two "))},
                             Pause{milliseconds(50)},
                             Reset{}}});
    m_resuming = std::make_unique<FakeUpstream>(std::vector<Script>{
        {ReadRequest{},
         SendBytes{streamHead() + streamPiece(deltaEvent(" three"))
                   + streamPiece(deltaEvent("", "stop") + "data: [DONE]\n\n") + streamEnd()}}});
    m_watched = std::make_unique<FakeUpstream>(
        std::vector<Script>{{ReadRequest{}, SendBytes{jsonAnswer(R"({"data":[]})")}}});
    const std::string two =
        "targets = [ { target = \"a/model-1\" }, { target = \"b/model-1\" } ]\n";
    m_daemon = std::make_unique<RunningDaemon>(
        "[server]\n" + std::string(kAdminServer) + providerText("a", m_simulator->baseUrl("a"))
        + providerText("b", m_simulator->baseUrl("b"))
        + "[[provider]]\nid = \"talking\"\n"
          "kind = \"openai-compatible\"\nbase_url = \""
        + m_talking->baseUrl()
        + "\"\n[[provider.model]]\nname = \"m\"\nprice = { input = 1, output = 1 }\n"
          "[[provider]]\nid = \"silent\"\nkind = \"openai-compatible\"\nbase_url = \""
        + m_silent->baseUrl()
        + "\"\n[[provider.model]]\nname = \"m\"\n"
          "[[provider]]\nid = \"breaking\"\nkind = \"openai-compatible\"\nbase_url = \""
        + m_breaking->baseUrl()
        + "\"\n[[provider.model]]\nname = \"m\"\nprice = { input = 1, output = 1 }\n"
          "[[provider]]\nid = \"resuming\"\nkind = \"mistral\"\nbase_url = \""
        + m_resuming->baseUrl()
        + "\"\n[[provider.model]]\nname = \"m\"\nprice = { input = 1, output = 1 }\n"
          "[[provider]]\nid = \"watched\"\nkind = \"openai-compatible\"\nbase_url = \""
        + m_watched->baseUrl()
        + "\"\nhealth_check = { every_s = 1, timeout_s = 1 }\n"
          "[[provider.model]]\nname = \"m\"\n"
          "[[route]]\nname = \"shadowed\"\ntargets = [ { target = \"b/model-1\" } ]\n"
          "shadow = { target = \"resuming/m\", share = 1 }\n"
          "[[route]]\nname = \"whole\"\non_stream_break = \"continue\"\n"
          "targets = [ { target = \"breaking/m\" }, { target = \"resuming/m\" } ]\n"
          "[[route]]\nname = \"chat\"\n"
        + two + "[[route]]\nname = \"strict\"\non_stream_break = \"fail\"\n" + two);
    QVERIFY2(m_daemon->port() > 0, m_daemon->stderrText().c_str());
}

void TestStreams::init()
{
    m_simulator->reset();
    for (const char *provider : {"a", "b", "talking", "silent", "breaking", "resuming"}) {
        QCOMPARE(m_daemon->act("providers/" + std::string(provider) + "/reset").status, 200);
    }
}

void TestStreams::aBreakAfterContentIsTold_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QByteArray>("code");
    const QByteArray broken("upstream_stream_broken");
    QTest::newRow("cut") << QByteArray(R"({"kind":"cut"})") << broken;
    QTest::newRow("framed cut") << QByteArray(R"({"kind":"cut","framed":true})") << broken;
    QTest::newRow("reset") << QByteArray(R"({"kind":"reset"})") << broken;
    QTest::newRow("garbage") << QByteArray(R"({"kind":"garbage"})") << broken;
    QTest::newRow("error event") << QByteArray(R"({"kind":"error_event"})") << broken;
    QTest::newRow("stall") << QByteArray(R"({"kind":"stall"})") << QByteArray("upstream_timeout");
}

void TestStreams::aBreakAfterContentIsTold()
{
    QFETCH(const QByteArray, fault);
    QFETCH(const QByteArray, code);
    Json what = Json::parse(fault.toStdString());
    what["provider"] = "a";
    what["after_tokens"] = 8;
    m_simulator->addFault(what);
    HttpConnection connection(m_daemon->port());
    const HttpReply reply = connection.exchange(chatRequest("chat", true));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.complete); // the last chunk came: HTTP itself is whole
    QVERIFY(!reply.streamedText().empty());
    QCOMPARE(countOf(reply.body, "\"error\":"), 1);
    QCOMPARE(countOf(reply.body, "[DONE]"), 0);
    QCOMPARE(countOf(reply.body, "\"finish_reason\":\"stop\""), 0);
    const Json error = Json::parse(reply.events().back())["error"];
    QCOMPARE(error["code"].get<std::string>(), code.toStdString());
    QCOMPARE(error["origin"].get<std::string>(), std::string("upstream"));
    QCOMPARE(error["provider"].get<std::string>(), std::string("a"));
    QCOMPARE(m_simulator->requests("b"), 0);
    QCOMPARE(m_daemon->target("a/model-1")["breaker"]["failures"].get<int>(), 1);
    // The client's connection has nothing to do with the upstream's trouble.
    m_simulator->clearFaults();
    QCOMPARE(connection.exchange(chatRequest("chat")).status, 200);
}

void TestStreams::aBreakBeforeContentIsNotSeen_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("status") << QByteArray(R"({"kind":"status","status":500})");
    QTest::newRow("reset before the head") << QByteArray(R"({"kind":"reset_before_head"})");
    QTest::newRow("reset") << QByteArray(R"({"kind":"reset","after_tokens":0})");
    QTest::newRow("cut") << QByteArray(R"({"kind":"cut","after_tokens":0})");
    QTest::newRow("framed cut") << QByteArray(R"({"kind":"cut","after_tokens":0,"framed":true})");
    QTest::newRow("garbage") << QByteArray(R"({"kind":"garbage","after_tokens":0})");
    QTest::newRow("error event") << QByteArray(R"({"kind":"error_event","after_tokens":0})");
    QTest::newRow("stall") << QByteArray(R"({"kind":"stall","after_tokens":0})");
    QTest::newRow("hang") << QByteArray(R"({"kind":"hang"})");
    QTest::newRow("empty") << QByteArray(R"({"kind":"empty"})");
    QTest::newRow("a page of HTML") << QByteArray(R"({"kind":"html"})");
}

void TestStreams::aBreakBeforeContentIsNotSeen()
{
    QFETCH(const QByteArray, fault);
    const HttpReply whole = m_daemon->chat("b/model-1", true);
    Json what = Json::parse(fault.toStdString());
    what["provider"] = "a";
    m_simulator->addFault(what);
    const HttpReply reply = m_daemon->chat("chat", true);
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.complete);
    QCOMPARE(reply.header("x-signalbox-target"), std::string("b/model-1"));
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("2"));
    QCOMPARE(countOf(reply.body, "\"error\""), 0);
    QCOMPARE(reply.events().back(), std::string("[DONE]"));
    QCOMPARE(reply.events().size(), whole.events().size());
    QCOMPARE(countOf(reply.body, "\"role\":\"assistant\""),
             countOf(whole.body, "\"role\":\"assistant\""));
    QCOMPARE(m_daemon->target("a/model-1")["breaker"]["failures"].get<int>(), 1);
}

void TestStreams::aRouteMayRefuseToBeginAgain()
{
    m_simulator->addFault({{"provider", "a"}, {"kind", "cut"}, {"after_tokens", 0}});
    const HttpReply reply = m_daemon->chat("strict", true);
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("1"));
    QCOMPARE(m_simulator->requests("b"), 0);
}

void TestStreams::anotherTargetGoesOnWithWhatBrokeOff()
{
    HttpConnection connection(m_daemon->port());
    const HttpReply reply = connection.exchange(chatRequest("whole", true));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.complete);
    QCOMPARE(reply.streamedText(), std::string("one two three"));
    QCOMPARE(countOf(reply.body, "\"error\":"), 0);
    QCOMPARE(countOf(reply.body, "[DONE]"), 1);
    QCOMPARE(countOf(reply.body, "\"role\":"), 1);
    QCOMPARE(countOf(reply.body,
                     R"("seam":{"from":"breaking/m","to":"resuming/m","after_bytes":8})"),
             1);
    const std::string asked = m_resuming->requests().back();
    QVERIFY(asked.find(R"({"role":"assistant","content":"one two","prefix":true}])")
            != std::string::npos);
    const std::string id(reply.header("x-signalbox-id"));
    QVERIFY(eventually([&] { return m_daemon->admin("requests/" + id).contains("id"); }));
    const Json record = m_daemon->admin("requests/" + id);
    QCOMPARE(record["target"].get<std::string>(), std::string("resuming/m"));
    QCOMPARE(record["attempts"].size(), 2U);
    QCOMPARE(record["attempts"][0]["outcome"].get<std::string>(), std::string("stream_broken"));
    QVERIFY(record["usage"]["estimated"].get<bool>());
    QVERIFY(m_daemon->target("breaking/m")["breaker"]["failures"].get<int>() == 1);
}

void TestStreams::anAnswerIsAskedForAgainUnseen()
{
    const std::size_t before = m_resuming->requests().size();
    HttpConnection connection(m_daemon->port());
    const HttpReply reply = connection.exchange(chatRequest("shadowed", true));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.complete);
    QCOMPARE(reply.header("x-signalbox-target"), std::string("b/model-1"));
    const auto costs = [this] {
        const Json sums = m_daemon->admin("costs?by=route");
        for (const Json &row : sums["rows"]) {
            if (row["route"] == "shadowed") {
                return row;
            }
        }
        return Json();
    };
    const bool booked = eventually([&] {
        const Json row = costs();
        return row.contains("shadow_cost_usd") && row["shadow_cost_usd"] != "0.00";
    });
    QVERIFY2(booked, costs().dump().c_str());
    QCOMPARE(m_resuming->requests().size(), before + 1);
    QCOMPARE(costs()["requests"].get<int>(), 1); // the client's alone
    QCOMPARE(m_daemon->admin("requests?route=shadowed")["requests"].size(), 1U);
}

void TestStreams::anIdleTargetIsAskedForItsModels()
{
    QVERIFY(eventually([&] { return m_watched->requests().size() >= 2; }));
    const std::string asked = m_watched->requests().front();
    QVERIFY2(asked.starts_with("GET ") && asked.find("/models HTTP/1.1\r\n") != std::string::npos,
             asked.c_str());
    QCOMPARE(m_daemon->target("watched/m")["breaker"]["failures"].get<int>(), 0);
}

void TestStreams::anAnswerWithoutAStreamThatBreaksGoesElsewhere()
{
    for (const char *kind : {"cut", "reset", "garbage", "error_event", "empty"}) {
        m_simulator->clearFaults();
        m_simulator->addFault({{"provider", "a"}, {"kind", kind}});
        QCOMPARE(m_daemon->act("providers/a/reset").status, 200);
        const HttpReply reply = m_daemon->chat("chat");
        QVERIFY2(reply.status == 200, kind);
        QCOMPARE(reply.header("x-signalbox-target"), std::string("b/model-1"));
    }
}

void TestStreams::whatCameBeforeTheBreakIsBooked()
{
    m_simulator->addFault({{"provider", "a"}, {"kind", "cut"}, {"after_tokens", 8}});
    const std::string id = m_daemon->chat("chat", true).header("x-signalbox-id");
    QVERIFY(eventually([&] { return m_daemon->admin("requests/" + id).contains("id"); }));
    const Json record = m_daemon->admin("requests/" + id);
    QCOMPARE(record["status"].get<int>(), 200);
    QCOMPARE(record["error_code"].get<std::string>(), std::string("upstream_stream_broken"));
    QVERIFY(record["usage"]["estimated"].get<bool>());
    QVERIFY(record["usage"]["completion_tokens"].get<int>() > 0);
    QVERIFY(record["attempts"][0]["content_sent"].get<bool>());
    QVERIFY(!record["abandoned"].get<bool>());
}

void TestStreams::aLeavingClientFreesItsUpstream_data()
{
    QTest::addColumn<bool>("talking");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<bool>("abruptly");
    QTest::newRow("in a silent stream") << true << true << false;
    QTest::newRow("in a silent stream, by reset") << true << true << true;
    QTest::newRow("before any answer") << false << true << false;
    QTest::newRow("without a stream") << false << false << false;
    QTest::newRow("without a stream, by reset") << false << false << true;
}

void TestStreams::aLeavingClientFreesItsUpstream()
{
    QFETCH(const bool, talking);
    QFETCH(const bool, stream);
    QFETCH(const bool, abruptly);
    const FakeUpstream &upstream = talking ? *m_talking : *m_silent;
    const std::size_t number = upstream.connections();
    const std::size_t requests = upstream.requests().size();
    HttpConnection client(m_daemon->port());
    QVERIFY(client.send(chatRequest(talking ? "talking/m" : "silent/m", stream)));
    QVERIFY(eventually([&] { return upstream.requests().size() == requests + 1; }));
    if (talking) {
        QVERIFY(client.receiveUntil("two "));
    }
    const auto left = Clock::now();
    abruptly ? client.tcp().reset() : client.tcp().close();
    QVERIFY(eventually([&] { return upstream.leftAt(number).has_value(); }));
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(*upstream.leftAt(number)
                                                                            - left);
    qInfo("the upstream was let go after %.2f ms", static_cast<double>(took.count()) / 1000);
    QVERIFY(took < kGoneMax);
}

void TestStreams::aLeavingClientCountsAsAbandoned()
{
    HttpConnection client(m_daemon->port());
    QVERIFY(client.send(chatRequest("talking/m", true)));
    QVERIFY(client.receiveUntil("two "));
    const std::string id = client.partial().header("x-signalbox-id");
    client.tcp().close();
    QVERIFY(eventually([&] { return m_daemon->admin("requests/" + id).contains("id"); }));
    const Json record = m_daemon->admin("requests/" + id);
    QVERIFY(record["abandoned"].get<bool>());
    QCOMPARE(record["outcome"].get<std::string>(), std::string("client_gone"));
    QVERIFY(record["usage"]["estimated"].get<bool>());
    QVERIFY(record["cost_usd"].is_string());
    QVERIFY(record["cost_estimated"].get<bool>());
    QCOMPARE(m_daemon->target("talking/m")["breaker"]["failures"].get<int>(), 0);
    QCOMPARE(m_daemon->target("talking/m")["in_flight"].get<int>(), 0);
}

void TestStreams::piecesArriveAsTheyCome()
{
    HttpConnection client(m_daemon->port());
    QVERIFY(client.send(chatRequest("talking/m", true)));
    QVERIFY(client.receiveUntil("one "));
    QVERIFY(client.partial().body.find("two ") == std::string::npos);
    QVERIFY(client.receiveUntil("two "));
}

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_streams.moc"
