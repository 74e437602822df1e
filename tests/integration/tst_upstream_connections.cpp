// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"
#include "tests/support/tls_upstream.h"

#include <QTest>

#include <csignal>
#include <cstdio>

using namespace signalbox::tests;

namespace {

std::string configuration(const std::string &baseUrl, const std::string &settings = {})
{
    return "[server]\n" + std::string(kAdminServer)
           + "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \"" + baseUrl
           + "\"\n" + settings + "\n[[provider.model]]\nname = \"m\"\n";
}

const Script kOneAnswer = {ReadRequest{}, SendBytes{chatAnswer("one")}};
const Script kServes = {ReadRequest{},
                        SendBytes{chatAnswer("first")},
                        ReadRequest{},
                        SendBytes{chatAnswer("second")},
                        ReadRequest{},
                        SendBytes{chatAnswer("third")},
                        AwaitEnd{}};

} // namespace

/// Connections to upstreams: kept, replaced when stale, verified when secure, and slowed down by
/// slow clients.
class TestUpstreamConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsShareAConnection();
    void aConnectionIsKeptBehindAStream();
    void aConnectionThatEndedWhileIdleIsReplaced();
    void aConnectionThatEndsUnderACallIsReplaced();
    void aCallThatMayHaveBeenWorkedOnIsNotSentTwice();
    void aFreshConnectionThatEndsIsAFailure();
    void moreBytesThanPromisedEndTheConnection();
    void plainAnswersAreAskedFor_data();
    void plainAnswersAreAskedFor();
    void anAnswerInACodingIsAFailure_data();
    void anAnswerInACodingIsAFailure();
    void aNameWithoutAnAddressIsADnsFailure();
    void tlsIsVerified_data();
    void tlsIsVerified();
    void replacedAuthoritiesHoldAfterAReload();
    void aPlainUpstreamIsNoTlsUpstream();
    void aClientThatDoesNotReadStopsItsUpstream();
    void aSlowClientGetsAllBeforeTheConnectionEnds();

private:
    QTemporaryDir m_folder;
};

void TestUpstreamConnections::callsShareAConnection()
{
    const FakeUpstream upstream({kServes});
    const RunningDaemon daemon(configuration(upstream.baseUrl(), "keys = [\"env:ADMIN_TOKEN\"]"));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(daemon.chat("p/m").status, 200);
    }
    QCOMPARE(upstream.connections(), std::size_t(1));
    const std::string request = upstream.requests().front();
    QVERIFY2(request.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), request.c_str());
    QVERIFY(request.find("host: 127.0.0.1:" + std::to_string(upstream.port()) + "\r\n")
            != std::string::npos);
    QVERIFY(request.find("authorization: Bearer " + std::string(kAdminToken) + "\r\n")
            != std::string::npos);
}

void TestUpstreamConnections::aConnectionIsKeptBehindAStream()
{
    const std::string stream = streamHead() + streamPiece(deltaEvent("text"))
                               + streamPiece(deltaEvent({}, "stop")) + streamEnd();
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{stream}, ReadRequest{}, SendBytes{stream}, AwaitEnd{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    for (int i = 0; i < 2; ++i) {
        const HttpReply reply = daemon.chat("p/m", true);
        QCOMPARE(reply.streamedText(), std::string("text"));
        QCOMPARE(reply.events().back(), std::string("[DONE]"));
    }
    QCOMPARE(upstream.connections(), std::size_t(1));
}

void TestUpstreamConnections::aConnectionThatEndedWhileIdleIsReplaced()
{
    const FakeUpstream upstream({kOneAnswer, kServes});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    QCOMPARE(daemon.chat("p/m").status, 200);
    const HttpReply reply = daemon.chat("p/m");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("1"));
    QCOMPARE(upstream.connections(), std::size_t(2));
    QCOMPARE(daemon.target("p/m")["breaker"]["failures"].get<int>(), 0);
}

void TestUpstreamConnections::aConnectionThatEndsUnderACallIsReplaced()
{
    // Ends when the second request is in: as if its end and our request had crossed on the way.
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{chatAnswer("first")}, ReadRequest{}}, kServes});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    QCOMPARE(daemon.chat("p/m").status, 200);
    const HttpReply reply = daemon.chat("p/m");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("1"));
    QCOMPARE(upstream.connections(), std::size_t(2));
    QCOMPARE(upstream.requests()[1], upstream.requests()[2]);
    QCOMPARE(daemon.target("p/m")["breaker"]["failures"].get<int>(), 0);
}

void TestUpstreamConnections::aCallThatMayHaveBeenWorkedOnIsNotSentTwice()
{
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{chatAnswer("first")}, ReadRequest{}, Pause{milliseconds(500)}},
         kServes});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    QCOMPARE(daemon.chat("p/m").status, 200);
    QCOMPARE(daemon.chat("p/m").status, 503);
    QCOMPARE(upstream.requests().size(), std::size_t(2));
    QCOMPARE(daemon.target("p/m")["outcomes"].value("connection_reset", 0), 1);
}

void TestUpstreamConnections::aFreshConnectionThatEndsIsAFailure()
{
    const FakeUpstream upstream({{ReadRequest{}, Reset{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    const HttpReply reply = daemon.chat("p/m");
    QCOMPARE(reply.status, 503);
    QCOMPARE(upstream.connections(), std::size_t(1));
    QCOMPARE(daemon.target("p/m")["outcomes"].value("connection_reset", 0), 1);
}

void TestUpstreamConnections::moreBytesThanPromisedEndTheConnection()
{
    // A second answer nobody asked for must not be taken for that of the next call.
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{chatAnswer("mine") + chatAnswer("smuggled")}, AwaitEnd{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    for (int i = 0; i < 2; ++i) {
        const Json answer = daemon.chat("p/m").json();
        QCOMPARE(answer["choices"][0]["message"]["content"].get<std::string>(),
                 std::string("mine"));
    }
    QCOMPARE(upstream.connections(), std::size_t(2));
}

void TestUpstreamConnections::plainAnswersAreAskedFor_data()
{
    QTest::addColumn<bool>("stream");
    QTest::newRow("whole") << false;
    QTest::newRow("streamed") << true;
}

void TestUpstreamConnections::plainAnswersAreAskedFor()
{
    QFETCH(bool, stream);
    const std::string streamed = streamHead() + streamPiece(deltaEvent("one"))
                                 + streamPiece(deltaEvent({}, "stop")) + streamEnd();
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{stream ? streamed : chatAnswer("one")}, AwaitEnd{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    // Whatever the client can unpack: its own wish is for its own connection.
    const HttpReply reply = daemon.chat("p/m", stream, {{"accept-encoding", "gzip, br"}});
    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.has("content-encoding"));
    const std::string request = upstream.requests().front();
    QVERIFY2(request.find("\r\naccept-encoding: identity\r\n") != std::string::npos,
             request.c_str());
    QVERIFY2(request.find("gzip") == std::string::npos, request.c_str());
}

void TestUpstreamConnections::anAnswerInACodingIsAFailure_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("expected");
    QTest::newRow("gzip") << QByteArray("gzip") << 200 << 503;
    QTest::newRow("identity") << QByteArray("identity") << 200 << 200;
    QTest::newRow("a refusal in gzip") << QByteArray("gzip") << 429 << 429;
}

void TestUpstreamConnections::anAnswerInACodingIsAFailure()
{
    QFETCH(QByteArray, coding);
    QFETCH(int, status);
    QFETCH(int, expected);
    const std::string header = "content-encoding: " + coding.toStdString() + "\r\n";
    const std::string plain = chatAnswer("one");
    const std::string body = coding == "identity" ? plain.substr(plain.find("\r\n\r\n") + 4)
                                                  : std::string("\x1f\x8b\x08\x00packed");
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{jsonAnswer(body, status, header)}, AwaitEnd{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    const HttpReply reply = daemon.chat("p/m");
    QCOMPARE(reply.status, expected);
    if (expected == 503) {
        QVERIFY2(reply.body.find("content-encoding") != std::string::npos, reply.body.c_str());
        QCOMPARE(daemon.target("p/m")["breaker"]["failures"].get<int>(), 1);
    }
}

void TestUpstreamConnections::aNameWithoutAnAddressIsADnsFailure()
{
    const RunningDaemon daemon(configuration("http://nowhere.invalid/v1"));
    QCOMPARE(daemon.chat("p/m").status, 503);
    QCOMPARE(daemon.target("p/m")["outcomes"].value("dns_failure", 0), 1);
}

void TestUpstreamConnections::tlsIsVerified_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("certified");
    QTest::addColumn<QByteArray>("trusted");
    QTest::addColumn<QByteArray>("reason"); // empty: it works
    const QByteArray unknown("local issuer");
    const QByteArray otherName("for another name");
    const auto row = [](const char *name,
                        const char *host,
                        const char *certified,
                        const char *trusted,
                        const QByteArray &reason) {
        QTest::newRow(name) << QByteArray(host) << QByteArray(certified) << QByteArray(trusted)
                            << reason;
    };
    row("right authority, right name", "localhost", "DNS:localhost", "ours", {});
    row("right authority, right address", "127.0.0.1", "IP:127.0.0.1", "ours", {});
    row("wrong authority", "localhost", "DNS:localhost", "others", unknown);
    row("the system's authorities", "localhost", "DNS:localhost", "", unknown);
    row("wrong name", "localhost", "DNS:example.com", "ours", otherName);
    row("a name is no address", "127.0.0.1", "DNS:localhost", "ours", otherName);
}

void TestUpstreamConnections::tlsIsVerified()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, certified);
    QFETCH(const QByteArray, trusted);
    QFETCH(const QByteArray, reason);
    const bool fine = reason.isEmpty();
    const std::string folder = m_folder.path().toStdString();
    const TestAuthority ours = makeAuthority(folder, "ours", certified.toStdString());
    const TestAuthority others = makeAuthority(folder, "others", "DNS:localhost");
    if (ours.certificate.empty()) {
        QSKIP("the openssl program is missing");
    }
    const TlsUpstream upstream(ours, chatAnswer("secret"));
    const std::string authority = (trusted == "ours" ? ours : others).certificate;
    const RunningDaemon daemon(
        configuration("https://" + host.toStdString() + ":" + std::to_string(upstream.port())
                          + "/v1",
                      trusted.isEmpty() ? "" : "ca_file = \"" + authority + "\""));
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    const HttpReply reply = daemon.chat("p/m");
    QVERIFY2(reply.status == (fine ? 200 : 503), reply.body.c_str());
    QCOMPARE(upstream.answered(), fine ? 1 : 0);
    QCOMPARE(daemon.target("p/m")["outcomes"].value("tls_failure", 0), fine ? 0 : 1);
    QVERIFY2(fine || reply.body.find(reason.toStdString()) != std::string::npos,
             reply.body.c_str());
}

/// Both ways: who is not trusted any more must not be talked to over a kept connection either.
void TestUpstreamConnections::replacedAuthoritiesHoldAfterAReload()
{
    const std::string folder = m_folder.path().toStdString();
    const TestAuthority ours = makeAuthority(folder, "ours", "DNS:localhost");
    const TestAuthority others = makeAuthority(folder, "others", "DNS:localhost");
    if (ours.certificate.empty()) {
        QSKIP("the openssl program is missing");
    }
    const std::string trusted = folder + "/trusted.pem";
    const auto trust = [&](const TestAuthority &authority) {
        writeFile(trusted + ".new", readFile(authority.certificate));
        QCOMPARE(std::rename((trusted + ".new").c_str(), trusted.c_str()), 0);
    };
    trust(others);
    const TlsUpstream upstream(ours, chatAnswer("secret"));
    RunningDaemon daemon(
        configuration("https://localhost:" + std::to_string(upstream.port()) + "/v1",
                      "ca_file = \"" + trusted + "\"\nbreaker = { failures = 1000 }"));
    QCOMPARE(daemon.chat("p/m").status, 503);
    trust(ours);
    daemon.process().signal(SIGHUP);
    QVERIFY(eventually([&] { return daemon.chat("p/m").status == 200; }));
    trust(others);
    daemon.process().signal(SIGHUP);
    QVERIFY(eventually([&] { return daemon.chat("p/m").status == 503; }));
    const int answered = upstream.answered();
    QCOMPARE(daemon.chat("p/m").status, 503);
    QCOMPARE(upstream.answered(), answered);
}

void TestUpstreamConnections::aPlainUpstreamIsNoTlsUpstream()
{
    const FakeUpstream upstream(
        {{SendBytes{"HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n"}, AwaitEnd{}}});
    const RunningDaemon daemon(
        configuration("https://127.0.0.1:" + std::to_string(upstream.port()) + "/v1"));
    QCOMPARE(daemon.chat("p/m").status, 503);
    QCOMPARE(daemon.target("p/m")["outcomes"].value("tls_failure", 0), 1);
}

/// *Goal*: a stream costs bounded memory however little its client reads. *Method*: an upstream
/// that has 400 MB to say, and a client that reads the head only; then it reads on.
void TestUpstreamConnections::aClientThatDoesNotReadStopsItsUpstream()
{
    constexpr std::size_t total = 400U * 1024 * 1024;
    const std::string piece = streamPiece(deltaEvent(std::string(60'000, 'x')));
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{streamHead()}, Flood{piece, total}, AwaitEnd{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    QVERIFY(daemon.get("/healthz").status == 200);
    const std::size_t before = daemon.residentBytes();
    HttpConnection client(daemon.port(), {16 * 1024});
    QVERIFY(client.send(chatRequest("p/m", true)));
    QVERIFY(client.receiveUntil("xxxx"));
    // The upstream has come to a halt when it gets nothing away any more.
    std::size_t seen = 0;
    int still = 0;
    QVERIFY(eventually([&] {
        const std::size_t now = upstream.flooded();
        still = now == seen ? still + 1 : 0;
        seen = now;
        return still > 100;
    }));
    const std::size_t grown = daemon.residentBytes() - std::min(before, daemon.residentBytes());
    qInfo("upstream wrote %zu KB, the daemon grew by %zu KB", seen / 1024, grown / 1024);
    QVERIFY(seen < total / 4);
    QVERIFY(!kMemoryIsMeasurable || grown < 24U * 1024 * 1024);
    QVERIFY(client.tcp().isConnected());
    const std::size_t halted = upstream.flooded();
    std::string bytes;
    while (bytes.size() < 16U * 1024 * 1024 && client.tcp().receive(bytes)) {}
    QVERIFY(eventually([&] { return upstream.flooded() > halted; }));
}

void TestUpstreamConnections::aSlowClientGetsAllBeforeTheConnectionEnds()
{
    const std::string text(12U * 1024 * 1024, 'y');
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{chatAnswer(text)}, AwaitEnd{}}});
    const RunningDaemon daemon(configuration(upstream.baseUrl()));
    HttpConnection client(daemon.port(), {16 * 1024});
    QVERIFY(client.send(chatRequest("p/m", false, {{"connection", "close"}})));
    QVERIFY(client.receiveUntil("yyyy"));
    // Longer than the gateway lingers for a client whose answer is out.
    const auto start = Clock::now();
    QVERIFY(eventually([&] { return since(start) > milliseconds(2600); }));
    const HttpReply reply = client.receive();
    QVERIFY(reply.complete);
    QCOMPARE(reply.json()["choices"][0]["message"]["content"].get<std::string>().size(),
             text.size());
}

QTEST_GUILESS_MAIN(TestUpstreamConnections)
#include "tst_upstream_connections.moc"
