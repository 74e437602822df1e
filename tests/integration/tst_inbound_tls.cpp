// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"
#include "tests/support/tls_client.h"
#include "tests/support/tls_upstream.h"

#include <QTest>

#include <csignal>
#include <openssl/ssl.h>
#include <sys/stat.h>

using namespace signalbox::tests;

/// *Goal*: clients are served over TLS as they are without it. *Method*: certificates of an
/// authority of our own; Asio's TLS and curl as strangers to the gateway's.
class TestInboundTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void bothVersionsAreServed_data();
    void bothVersionsAreServed();
    void oldVersionsAreRefused();
    void aKnownProgramIsServed();
    void largeBodiesAndStreamsPass();
    void pipelinedRequestsAreServedInOrder();
    void plainHttpIsNotServed();
    void aSlowHandshakeIsEnded();
    void aSlowReaderStopsItsUpstream();
    void aClientThatLeavesIsNoticed();
    void aRenewedCertificateIsTakenAtReload();
    void aBrokenRenewalChangesNothing();
    void faultyFilesAreNamedAtTheirKey_data();
    void faultyFilesAreNamedAtTheirKey();

private:
    [[nodiscard]] std::string configuration(const TestAuthority &authority) const;
    [[nodiscard]] std::unique_ptr<RunningDaemon> daemonWith(const std::string &text) const;
    [[nodiscard]] std::string path(const std::string &name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }

    QTemporaryDir m_folder;
    TestAuthority m_authority;
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<RunningDaemon> m_daemon;
};

namespace {

constexpr const char *kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
                                "Connection: close\r\n\r\n";

/// Copies one PEM file over another, as a renewal does.
void replaceFile(const std::string &from, const std::string &to)
{
    writeFile(to + ".new", readFile(from));
    ::chmod((to + ".new").c_str(), 0600);
    QCOMPARE(std::rename((to + ".new").c_str(), to.c_str()), 0);
}

} // namespace

std::string TestInboundTls::configuration(const TestAuthority &authority) const
{
    return "[server]\nheader_s = 1\ntls_certificate = \"" + authority.serverChain
           + "\"\ntls_key = \"" + authority.serverKey
           + "\"\n[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \""
           + m_upstream->baseUrl() + "\"\n[[provider.model]]\nname = \"m\"\n";
}

std::unique_ptr<RunningDaemon> TestInboundTls::daemonWith(const std::string &text) const
{
    return std::make_unique<RunningDaemon>(text);
}

void TestInboundTls::initTestCase()
{
    m_authority = makeAuthority(m_folder.path().toStdString(), "first", "DNS:localhost");
    QVERIFY(!m_authority.serverKey.empty());
    m_upstream = std::make_unique<FakeUpstream>(
        std::vector<Script>{{ReadRequest{}, SendBytes{chatAnswer("hello")}}});
    m_daemon = daemonWith(configuration(m_authority));
    QVERIFY2(m_daemon->port() > 0, m_daemon->stderrText().c_str());
}

void TestInboundTls::bothVersionsAreServed_data()
{
    QTest::addColumn<int>("versionMax");
    QTest::addColumn<QByteArray>("version");
    QTest::newRow("1.2") << TLS1_2_VERSION << QByteArray("TLSv1.2");
    QTest::newRow("1.3") << TLS1_3_VERSION << QByteArray("TLSv1.3");
}

void TestInboundTls::bothVersionsAreServed()
{
    QFETCH(int, versionMax);
    QFETCH(QByteArray, version);
    TlsClient client(m_daemon->port(), {m_authority.certificate, versionMax});
    QCOMPARE(client.problem(), std::string());
    QCOMPARE(client.version(), version.toStdString());
    QVERIFY(client.send(kHealth));
    const std::string answer = client.receiveAll();
    QVERIFY2(answer.starts_with("HTTP/1.1 200 "), answer.c_str());
    QVERIFY(client.endedInOrder());
}

void TestInboundTls::oldVersionsAreRefused()
{
    const TlsClient client(m_daemon->port(), {m_authority.certificate, TLS1_1_VERSION});
    QVERIFY(!client.problem().empty());
}

void TestInboundTls::aKnownProgramIsServed()
{
    const std::string url = "https://localhost:" + std::to_string(m_daemon->port());
    const Finished curl = runToEnd({"curl",
                                    {"--silent",
                                     "--show-error",
                                     "--cacert",
                                     m_authority.certificate,
                                     "--header",
                                     "content-type: application/json",
                                     "--data",
                                     chatRequest("p/m").body,
                                     url + "/v1/chat/completions"},
                                    {},
                                    {},
                                    {}});
    QVERIFY2(curl.exitCode == 0, curl.errors.c_str());
    QVERIFY2(curl.output.find("hello") != std::string::npos, curl.output.c_str());
}

void TestInboundTls::largeBodiesAndStreamsPass()
{
    const std::string text(3U * 1024 * 1024, 'y');
    const FakeUpstream upstream(
        {{ReadRequest{},
          SendBytes{streamHead()},
          Flood{streamPiece(deltaEvent(std::string(60'000, 'x'))), 8U * 1024 * 1024},
          SendBytes{streamPiece(deltaEvent("", "stop") + "data: [DONE]\n\n") + streamEnd()}}});
    std::string file = configuration(m_authority);
    file.replace(file.find(m_upstream->baseUrl()),
                 m_upstream->baseUrl().size(),
                 upstream.baseUrl());
    const auto daemon = daemonWith(file);
    HttpRequest request = chatRequest("p/m", true, {{"connection", "close"}});
    request.body.replace(request.body.find("order"), 5, text);
    TlsClient client(daemon->port(), {m_authority.certificate, 0});
    QVERIFY(client.send(request.bytes()));
    const std::string answer = client.receiveAll();
    QVERIFY(client.endedInOrder());
    QVERIFY(answer.size() > 8U * 1024 * 1024);
    QVERIFY(answer.find("data: [DONE]") != std::string::npos);
    QVERIFY(upstream.requests().front().find(text) != std::string::npos);
}

void TestInboundTls::pipelinedRequestsAreServedInOrder()
{
    TlsClient client(m_daemon->port(), {m_authority.certificate, 0});
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all +=
            HttpRequest{"GET", "/healthz", {}, {{"x-request-id", "n" + std::to_string(i)}}}.bytes();
    }
    QVERIFY(client.send(all + kHealth));
    const std::string answers = client.receiveAll();
    std::size_t at = 0;
    for (int i = 0; i < 200; ++i) {
        at = answers.find("x-request-id: n" + std::to_string(i) + "\r\n", at);
        QVERIFY(at != std::string::npos);
    }
}

void TestInboundTls::plainHttpIsNotServed()
{
    TcpClient client(m_daemon->port());
    QVERIFY(client.send(kHealth));
    const std::string answer = client.receiveAll();
    QVERIFY2(answer.find("HTTP/") == std::string::npos, answer.c_str());
    QVERIFY(client.ended() || client.wasReset());
}

/// Neither silence nor half a hello holds a connection longer than a head may take.
void TestInboundTls::aSlowHandshakeIsEnded()
{
    const auto start = Clock::now();
    TcpClient silent(m_daemon->port());
    TcpClient half(m_daemon->port());
    QVERIFY(half.send("\x16\x03\x01\x02"));
    QVERIFY(silent.receiveAll(milliseconds(5000)).empty() && silent.ended());
    QVERIFY(half.receiveAll(milliseconds(5000)).empty() && half.ended());
    QVERIFY(since(start) >= milliseconds(900));
}

void TestInboundTls::aSlowReaderStopsItsUpstream()
{
    constexpr std::size_t total = 200U * 1024 * 1024;
    const FakeUpstream upstream({{ReadRequest{},
                                  SendBytes{streamHead()},
                                  Flood{streamPiece(deltaEvent(std::string(60'000, 'x'))), total},
                                  AwaitEnd{}}});
    std::string file = configuration(m_authority);
    file.replace(file.find(m_upstream->baseUrl()),
                 m_upstream->baseUrl().size(),
                 upstream.baseUrl());
    const auto daemon = daemonWith(file);
    TlsClient client(daemon->port(), {m_authority.certificate, 0});
    QVERIFY(client.send(chatRequest("p/m", true).bytes()));
    QVERIFY(client.receiveUntil("xxxx").find("HTTP/1.1 200") == 0);
    std::size_t seen = 0;
    int still = 0;
    QVERIFY(eventually([&] {
        const std::size_t now = upstream.flooded();
        still = now == seen ? still + 1 : 0;
        seen = now;
        return still > 100;
    }));
    QVERIFY(seen < total / 4);
    const std::size_t halted = upstream.flooded();
    std::size_t read = 0;
    while (read < 16U * 1024 * 1024) {
        read += client.receiveUntil("x").size();
    }
    QVERIFY(eventually([&] { return upstream.flooded() > halted; }));
}

void TestInboundTls::aClientThatLeavesIsNoticed()
{
    const FakeUpstream upstream({{ReadRequest{}, AwaitEnd{}}});
    std::string file = configuration(m_authority);
    file.replace(file.find(m_upstream->baseUrl()),
                 m_upstream->baseUrl().size(),
                 upstream.baseUrl());
    const auto daemon = daemonWith(file);
    {
        TlsClient client(daemon->port(), {m_authority.certificate, 0});
        QVERIFY(client.send(chatRequest("p/m", true).bytes()));
        QVERIFY(eventually([&] { return !upstream.requests().empty(); }));
    }
    QVERIFY(eventually([&] { return upstream.leftAt(0).has_value(); }));
}

void TestInboundTls::aRenewedCertificateIsTakenAtReload()
{
    const TestAuthority old = makeAuthority(m_folder.path().toStdString(), "old", "DNS:localhost");
    const TestAuthority renewed = makeAuthority(m_folder.path().toStdString(),
                                                "renewed",
                                                "DNS:localhost");
    const auto daemon = daemonWith(configuration(old));
    TlsClient before(daemon->port(), {old.certificate, 0});
    QCOMPARE(before.problem(), std::string());
    replaceFile(renewed.serverChain, old.serverChain);
    replaceFile(renewed.serverKey, old.serverKey);
    daemon->process().signal(SIGHUP);
    QVERIFY(eventually([&] {
        return TlsClient(daemon->port(), {renewed.certificate, 0}).problem().empty();
    }));
    QVERIFY(!TlsClient(daemon->port(), {old.certificate, 0}).problem().empty());
    // Who was connected stays so.
    QVERIFY(before.send(kHealth));
    QVERIFY(before.receiveAll().starts_with("HTTP/1.1 200 "));
}

void TestInboundTls::aBrokenRenewalChangesNothing()
{
    const TestAuthority own = makeAuthority(m_folder.path().toStdString(), "own", "DNS:localhost");
    const auto daemon = daemonWith(configuration(own));
    const std::string serial = TlsClient(daemon->port(), {own.certificate, 0}).peerSerial();
    QVERIFY(!serial.empty());
    replaceFile(m_authority.serverKey, own.serverKey);
    daemon->process().signal(SIGHUP);
    QVERIFY(
        eventually([&] { return daemon->logText().find("reload_refused") != std::string::npos; }));
    QVERIFY2(daemon->logText().find(":4:11: server.tls_key: " + own.serverKey
                                    + " is not the key of the certificate")
                 != std::string::npos,
             daemon->logText().c_str());
    QCOMPARE(TlsClient(daemon->port(), {own.certificate, 0}).peerSerial(), serial);
}

void TestInboundTls::faultyFilesAreNamedAtTheirKey_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name,
                        const std::string &certificate,
                        const std::string &key,
                        const std::string &said) {
        QTest::newRow(name) << QByteArray::fromStdString(certificate)
                            << QByteArray::fromStdString(key) << QByteArray::fromStdString(said);
    };
    const auto copy = [&](const std::string &name, const std::string &text, mode_t mode) {
        writeFile(path(name), text);
        ::chmod(path(name).c_str(), mode);
        return path(name);
    };
    const std::string key = readFile(m_authority.serverKey);
    const std::string open = copy("open.key", key, 0644);
    const std::string group = copy("group.key", key, 0640);
    const std::string text = copy("text", "nothing\n", 0600);
    const std::string locked = path("locked.key");
    QCOMPARE(runToEnd({"openssl",
                       {"ec",
                        "-in",
                        m_authority.serverKey,
                        "-aes256",
                        "-passout",
                        "pass:secret",
                        "-out",
                        locked},
                       {},
                       {},
                       {}})
                 .exitCode,
             std::optional(0));
    ::chmod(locked.c_str(), 0600);
    const TestAuthority other = makeAuthority(m_folder.path().toStdString(), "x", "DNS:localhost");
    const std::string chain = m_authority.serverChain;
    row("none there",
        path("no.pem"),
        group,
        ":2:19: server.tls_certificate: cannot open " + path("no.pem")
            + ": No such file or directory");
    row("no certificate",
        text,
        group,
        ":2:19: server.tls_certificate: " + text + " holds no usable certificate in PEM form");
    row("a folder", "/tmp", group, ":2:19: server.tls_certificate: /tmp is not a regular file");
    row("no key there",
        chain,
        path("no.key"),
        ":3:11: server.tls_key: cannot open " + path("no.key"));
    row("no key",
        chain,
        text,
        ":3:11: server.tls_key: " + text + " holds no private key in PEM form");
    row("of another",
        chain,
        other.serverKey,
        ":3:11: server.tls_key: " + other.serverKey + " is not the key of the certificate");
    row("open to all",
        chain,
        open,
        ":3:11: server.tls_key: " + open + " can be accessed by everybody");
    row("encrypted",
        chain,
        locked,
        ":3:11: server.tls_key: " + locked + " is encrypted with a passphrase");
    row("sound", chain, group, "ok");
}

void TestInboundTls::faultyFilesAreNamedAtTheirKey()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, said);
    const std::string file = path("checked.toml");
    writeFile(file,
              "[server]\ntls_certificate = \"" + certificate.toStdString() + "\"\ntls_key = \""
                  + key.toStdString() + "\"\n");
    const bool sound = said == "ok";
    const Finished check = runToEnd({daemonProgram(), {"--config", file, "--check"}, {}, {}, {}});
    QCOMPARE(check.exitCode, std::optional(sound ? 0 : 1));
    const std::string expected = sound ? "ok" : file + said.toStdString();
    QVERIFY2(check.output.starts_with(expected), check.output.c_str());
    if (!sound) {
        const Finished start = runToEnd(
            {daemonProgram(), {"--config", file, "--state", path("state")}, {}, {}, {}});
        QCOMPARE(start.exitCode, std::optional(1));
        QVERIFY2(start.errors.find(expected) != std::string::npos, start.errors.c_str());
    }
}

QTEST_GUILESS_MAIN(TestInboundTls)
#include "tst_inbound_tls.moc"
