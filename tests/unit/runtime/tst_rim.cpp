// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/http_client.h"

#include "core/runtime/clock.h"
#include "core/runtime/config_file.h"
#include "core/runtime/net/rim.h"

#include <QTest>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

/// A gateway behind its rim on a thread of its own, with bounds that a test can reach.
class RunningRim
{
public:
    RunningRim(const std::string &toml, const RimOptions &options)
    {
        auto ready = readConfigurationText(toml, "test.toml", m_secrets);
        SB_CHECK(ready.ok());
        gateway::GatewayOptions gatewayOptions;
        gatewayOptions.stopwatch = steadyNow;
        gatewayOptions.hourIn = hourInZone;
        gatewayOptions.dayEndIn = dayEndInZone;
        m_gateway = std::make_unique<gateway::Gateway>(std::move(gatewayOptions),
                                                       ready->configuration,
                                                       ready->credentials,
                                                       readClock());
        m_rim = std::make_unique<Rim>(
            m_loop,
            *m_gateway,
            [this](std::shared_ptr<const RequestRecord> record) { m_record = std::move(record); },
            options);
        SB_CHECK(m_rim->listen("127.0.0.1:0").ok());
        m_thread = std::jthread([this] {
            const auto work = boost::asio::make_work_guard(m_loop);
            m_loop.run();
        });
    }
    ~RunningRim()
    {
        m_loop.stop();
        m_thread.join();
        m_rim.reset();
    }
    RunningRim(const RunningRim &) = delete;
    RunningRim &operator=(const RunningRim &) = delete;

    [[nodiscard]] int port() const { return m_rim->listener().port(); }
    /// What \p question says on the loop's thread.
    template <typename Question>
    auto asked(Question question)
    {
        std::promise<decltype(question())> answer;
        boost::asio::post(m_loop, [&] { answer.set_value(question()); });
        return answer.get_future().get();
    }
    std::size_t inFlight()
    {
        return asked([this] { return m_gateway->inFlight(); });
    }
    std::shared_ptr<const RequestRecord> lastRecord()
    {
        return asked([this] { return m_record; });
    }

private:
    SystemSecretStore m_secrets;
    boost::asio::io_context m_loop{1};
    std::unique_ptr<gateway::Gateway> m_gateway;
    std::unique_ptr<Rim> m_rim;
    std::shared_ptr<const RequestRecord> m_record;
    std::jthread m_thread;
};

std::string providerAt(const std::string &baseUrl, const std::string &more = {})
{
    return "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \"" + baseUrl
           + "\"\n" + more + "[[provider.model]]\nname = \"m\"\n";
}

HttpRequest seeing(const FakeUpstream &pictures)
{
    return {
        "POST",
        "/v1/chat/completions",
        R"({"model":"p/m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":")"
            + pictures.baseUrl() + R"(/cat.gif"}}]}]})",
        {}};
}

const HttpRequest kHealth{"GET", "/healthz", {}, {}};

HttpRequest chat(bool stream, const std::string &text = "hi")
{
    return {"POST",
            "/v1/chat/completions",
            R"({"model":"p/m","messages":[{"role":"user","content":")" + text + R"("}])"
                + (stream ? R"(,"stream":true})" : "}"),
            {}};
}

} // namespace

/// *Goal*: the bounds of clients' connections hold where a test can reach them. *Method*: real
/// sockets, a real gateway, and patience of tenths of a second instead of minutes.
class TestRim : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anIdleConnectionIsEnded();
    void workRestartsTheIdleTime();
    void aClientThatStopsReadingIsEnded();
    void aClientThatReadsSlowlyIsNot();
    void connectionsBeyondTheBoundAreClosed();
    void bodiesBeyondTheBudgetAreRefused();
    void theBudgetComesBack();
    void oneBodyAlwaysFits();
    void aPictureIsFetchedBeforeTheCall();
    void aPrivatePictureIsNot();
    void whoLeavesStopsItsPicture();
};

void TestRim::anIdleConnectionIsEnded()
{
    RimOptions options;
    options.patience.idle = Millis(400);
    const RunningRim rim("", options);
    HttpConnection silent(rim.port());
    HttpConnection used(rim.port());
    QCOMPARE(used.exchange(kHealth).status, 200);
    const auto start = tests::Clock::now();
    QCOMPARE(silent.tcp().receiveAll(milliseconds(5000)), std::string());
    QCOMPARE(used.tcp().receiveAll(milliseconds(5000)), std::string());
    QVERIFY(silent.tcp().ended() && used.tcp().ended() && !used.tcp().wasReset());
    QVERIFY(since(start) >= milliseconds(300));
}

void TestRim::workRestartsTheIdleTime()
{
    RimOptions options;
    options.patience.idle = Millis(1000);
    const RunningRim rim("", options);
    HttpConnection connection(rim.port());
    const auto start = tests::Clock::now();
    while (since(start) < milliseconds(2500)) {
        const auto step = tests::Clock::now();
        QCOMPARE(connection.exchange(kHealth).status, 200);
        QVERIFY(eventually([&] { return since(step) > milliseconds(200); }));
    }
}

void TestRim::aClientThatStopsReadingIsEnded()
{
    const FakeUpstream upstream(
        {{ReadRequest{},
          SendBytes{streamHead()},
          Flood{streamPiece(deltaEvent(std::string(60'000, 'x'))), 64U * 1024 * 1024},
          AwaitEnd{}}});
    RimOptions options;
    options.patience.writeStall = Millis(600);
    RunningRim rim(providerAt(upstream.baseUrl()), options);
    HttpConnection client(rim.port(), {4096});
    QVERIFY(client.send(chat(true)));
    QVERIFY(client.receiveUntil("xxxx"));
    QVERIFY(eventually([&] { return rim.inFlight() == 0; }));
    QVERIFY(eventually([&] { return upstream.leftAt(0).has_value(); }));
    QVERIFY(rim.lastRecord()->abandoned);
}

void TestRim::aClientThatReadsSlowlyIsNot()
{
    const FakeUpstream upstream(
        {{ReadRequest{},
          SendBytes{streamHead()},
          Flood{streamPiece(deltaEvent(std::string(60'000, 'x'))), 64U * 1024 * 1024},
          AwaitEnd{}}});
    RimOptions options;
    options.patience.writeStall = Millis(600);
    RunningRim rim(providerAt(upstream.baseUrl()), options);
    HttpConnection client(rim.port(), {4096});
    QVERIFY(client.send(chat(true)));
    const auto start = tests::Clock::now();
    std::string bytes;
    while (since(start) < milliseconds(2500)) {
        const auto step = tests::Clock::now();
        QVERIFY(client.tcp().receive(bytes));
        QVERIFY(eventually([&] { return since(step) > milliseconds(20); }));
    }
    QCOMPARE(rim.inFlight(), std::size_t(1));
}

void TestRim::connectionsBeyondTheBoundAreClosed()
{
    RimOptions options;
    options.clientsMax = 3;
    const RunningRim rim("", options);
    std::vector<std::unique_ptr<HttpConnection>> allowed;
    for (int i = 0; i < 3; ++i) {
        allowed.push_back(std::make_unique<HttpConnection>(rim.port()));
        QCOMPARE(allowed.back()->exchange(kHealth).status, 200);
    }
    HttpConnection refused(rim.port());
    QCOMPARE(refused.tcp().receiveAll(), std::string());
    QVERIFY(refused.tcp().ended());
    QCOMPARE(allowed.front()->exchange(kHealth).status, 200);
    const std::string metrics =
        allowed.front()->exchange(HttpRequest{"GET", "/metrics", {}, {}}).body;
    QVERIFY(metrics.find("\nsignalbox_turned_away_connections_total 1\n") != std::string::npos);
    allowed.pop_back();
    QVERIFY(eventually([&] { return fetch(rim.port(), kHealth).status == 200; }));
}

/// Counted is what has come, of all connections, until the answer is handed over.
void TestRim::bodiesBeyondTheBudgetAreRefused()
{
    const FakeUpstream upstream({{ReadRequest{}, AwaitEnd{}}});
    RimOptions options;
    options.bodyBytesInAllMax = 1'200'000;
    RunningRim rim("[server]\nmax_body_mb = 1\n" + providerAt(upstream.baseUrl()), options);
    HttpConnection served(rim.port());
    QVERIFY(served.send(chat(false, std::string(700'000, 'a'))));
    QVERIFY(eventually([&] { return rim.inFlight() == 1; }));
    HttpConnection refused(rim.port());
    QVERIFY(refused.send(chat(false, std::string(700'000, 'b'))));
    const HttpReply reply = refused.receive();
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.error().value("code", ""), std::string("overloaded"));
    QCOMPARE(reply.error().value("origin", ""), std::string("gateway"));
    QCOMPARE(reply.header("retry-after"), std::string("1"));
    QCOMPARE(reply.header("connection"), std::string("close"));
    // What fits is served.
    QCOMPARE(fetch(rim.port(), kHealth).status, 200);
    QVERIFY(eventually([&] { return !upstream.requests().empty(); }));
}

void TestRim::theBudgetComesBack()
{
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{chatAnswer("hello")}}});
    RimOptions options;
    options.bodyBytesInAllMax = 1'100'000;
    const RunningRim rim("[server]\nmax_body_mb = 1\n" + providerAt(upstream.baseUrl()), options);
    const HttpRequest large = chat(false, std::string(700'000, 'a'));
    const std::string head = large.bytes().substr(0, 400'000);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(fetch(rim.port(), large).status, 200);
        TcpClient leaves(rim.port());
        QVERIFY(leaves.send(head));
        leaves.reset();
        // Refused after most of it came: chunks that are none.
        HttpConnection broken(rim.port());
        QVERIFY(broken.tcp().send("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                                  "transfer-encoding: chunked\r\n\r\n61A80\r\n"
                                  + std::string(400'000, ' ') + "\r\nnonsense\r\n"));
        QCOMPARE(broken.receive().status, 400);
    }
    QVERIFY(eventually([&] { return fetch(rim.port(), large).status == 200; }));
}

void TestRim::oneBodyAlwaysFits()
{
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{chatAnswer("hello")}}});
    RimOptions options;
    options.bodyBytesInAllMax = 1000;
    const RunningRim rim("[server]\nmax_body_mb = 1\n" + providerAt(upstream.baseUrl()), options);
    QCOMPARE(fetch(rim.port(), chat(false, std::string(900'000, 'a'))).status, 200);
}

void TestRim::aPictureIsFetchedBeforeTheCall()
{
    const FakeUpstream pictures({{ReadRequest{}, SendBytes{jsonAnswer("GIF89a and more")}}});
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{chatAnswer("a cat")}}});
    RunningRim rim(providerAt(upstream.baseUrl(), "allow_private_images = true\n"), {});
    QCOMPARE(fetch(rim.port(), seeing(pictures)).status, 200);
    QCOMPARE(pictures.requests().size(), std::size_t{1});
    const std::string sent = upstream.requests().at(0);
    QVERIFY(sent.find(R"("url":"data:image/gif;base64,R0lGODlhIGFuZCBtb3Jl")")
            != std::string::npos);
}

void TestRim::aPrivatePictureIsNot()
{
    const FakeUpstream pictures({{ReadRequest{}, SendBytes{jsonAnswer("GIF89a and more")}}});
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{chatAnswer("a cat")}}});
    RunningRim rim(providerAt(upstream.baseUrl()), {});
    const HttpReply reply = fetch(rim.port(), seeing(pictures));
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.error().value("code", ""), std::string("invalid_image_url"));
    QCOMPARE(reply.error().value("param", ""), std::string("messages[0].content[0]"));
    QCOMPARE(pictures.connections() + upstream.connections(), std::size_t{0});
}

void TestRim::whoLeavesStopsItsPicture()
{
    const FakeUpstream pictures({{ReadRequest{}, AwaitEnd{}}});
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{chatAnswer("a cat")}}});
    RunningRim rim(providerAt(upstream.baseUrl(), "allow_private_images = true\n"), {});
    HttpConnection client(rim.port());
    QVERIFY(client.send(seeing(pictures)));
    QVERIFY(eventually([&] { return pictures.requests().size() == 1; }));
    client.tcp().reset();
    QVERIFY(eventually([&] { return pictures.leftAt(0).has_value(); }));
    QVERIFY(eventually([&] { return rim.inFlight() == 0; }));
    QVERIFY(rim.lastRecord()->abandoned);
    QCOMPARE(upstream.connections(), std::size_t{0});
}

QTEST_GUILESS_MAIN(TestRim)
#include "tst_rim.moc"
