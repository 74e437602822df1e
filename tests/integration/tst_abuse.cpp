// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/gateway_under_test.h"

#include <QTest>

#include <algorithm>
#include <csignal>

using namespace signalbox::tests;
using namespace std::string_literals;

namespace {

const std::string kPath = "/v1/chat/completions";

std::string repeated(std::size_t times, const std::string &text)
{
    std::string all;
    all.reserve(times * text.size());
    for (std::size_t i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

/// A POST of \p body with further header lines, each with its CRLF.
std::string post(const std::string &headers, const std::string &body = {})
{
    return "POST " + kPath + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
           + "\r\n" + body;
}

std::string withLength(const std::string &body)
{
    return post("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

std::string chunked(const std::string &body)
{
    return post("Transfer-Encoding: chunked\r\n", body);
}

/// A GET of \p target, alone on its connection.
std::string ask(const std::string &target, const std::string &method = "GET")
{
    return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
}

/// A chat request whose one message has \p content, already escaped.
std::string saying(const std::string &content)
{
    return R"({"model":"p/m","messages":[{"role":"user","content":")" + content + R"("}]})";
}

} // namespace

/// *Goal*: whatever is sent, the answer is the stated one, nothing is served that should not be, the
/// daemon lives on and keeps no memory. *Method*: one daemon for all rows, exact bytes over real
/// sockets, an upstream that counts what reaches it.
class TestAbuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();

    void itIsRefusedOnce_data();
    void itIsRefusedOnce();
    void bodiesAreChecked_data();
    void bodiesAreChecked();
    void pathsHaveOneSpelling_data();
    void pathsHaveOneSpelling();
    void otherMethodsAreNamed_data();
    void otherMethodsAreNamed();
    void nothingBehindARefusalIsServed();
    void goodRequestsBeforeABadOneAreAnswered();
    void aHugeHeadIsAnswered();
    void aHugeBodyIsAnswered_data();
    void aHugeBodyIsAnswered();
    void aDrippingHeadIsEnded();
    void aRefusalKeepsTheClientsId_data();
    void aRefusalKeepsTheClientsId();
    void manyConnectionsThatSayNothing();

private:
    [[nodiscard]] std::string answerTo(const std::string &bytes) const;
    [[nodiscard]] HttpReply replyTo(const std::string &bytes) const;

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<RunningDaemon> m_daemon;
    std::size_t m_memoryBefore = 0;
};

void TestAbuse::initTestCase()
{
    m_upstream = std::make_unique<FakeUpstream>(
        std::vector<Script>{{ReadRequest{}, SendBytes{chatAnswer("hello")}}});
    m_daemon = std::make_unique<RunningDaemon>(
        "[server]\nheader_s = 1\n" + std::string(kAdminServer)
        + "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\nbase_url = \""
        + m_upstream->baseUrl() + "\"\n[[provider.model]]\nname = \"m\"\n");
    QVERIFY2(m_daemon->port() > 0, m_daemon->stderrText().c_str());
    QCOMPARE(m_daemon->chat("p/m").status, 200);
    m_memoryBefore = m_daemon->residentBytes();
}

void TestAbuse::cleanup()
{
    QCOMPARE(m_daemon->get("/healthz").status, 200);
    QCOMPARE(m_daemon->chat("p/m").status, 200);
}

void TestAbuse::cleanupTestCase()
{
    const std::size_t grown = std::max(m_daemon->residentBytes(), m_memoryBefore) - m_memoryBefore;
    qInfo("the daemon grew by %zu KB", grown / 1024);
    QVERIFY(!kMemoryIsMeasurable || grown < 48U * 1024 * 1024);
    QCOMPARE(m_daemon->stderrText(), std::string());
    m_daemon->process().signal(SIGTERM);
    QCOMPARE(m_daemon->process().waitForExit(), std::optional(0));
}

/// All that comes back until the connection ends, which must not be by reset: a reset may take an
/// answer with it.
std::string TestAbuse::answerTo(const std::string &bytes) const
{
    TcpClient client(m_daemon->port());
    client.send(bytes);
    std::string answer = client.receiveAll();
    return client.ended() && !client.wasReset() ? answer : "[not ended in order] " + answer;
}

HttpReply TestAbuse::replyTo(const std::string &bytes) const
{
    HttpConnection connection(m_daemon->port());
    connection.tcp().send(bytes);
    return connection.receive();
}

void TestAbuse::itIsRefusedOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const std::string &bytes, int status) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status;
    };
    const std::string ok = saying("hi");
    const std::string length = "Content-Length: " + std::to_string(ok.size()) + "\r\n";
    row("length and chunked", post(length + "Transfer-Encoding: chunked\r\n", ok), 400);
    row("chunked and length", post("Transfer-Encoding: chunked\r\n" + length, ok), 400);
    row("lengths, equal", post(length + length, ok), 400);
    row("lengths, unequal", post(length + "Content-Length: 0\r\n", ok), 400);
    row("length with a sign", post("Content-Length: +5\r\n", "hello"), 400);
    row("length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n"), 400);
    row("xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501);
    row("chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400);
    row("chunked twice", post(repeated(2, "Transfer-Encoding: chunked\r\n"), "0\r\n\r\n"), 400);
    row("no host", "GET /healthz HTTP/1.1\r\n\r\n", 400);
    row("two hosts", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400);
    row("bare LF", "GET /healthz HTTP/1.1\nHost: localhost\n\n", 400);
    row("bare LF after a header", "GET /healthz HTTP/1.1\r\nHost: localhost\n\r\n", 400);
    row("folded header", post("X-A: b\r\n c\r\n"), 400);
    row("blank before the colon", post("Content-Length : 5\r\n", "hello"), 400);
    row("NUL in a header", post("X-A: b\0c\r\n"s), 400);
    row("NUL in the target", "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n"s, 400);
    row("fragment", ask("/healthz#a"), 400);
    row("user info", ask("http://a:b@localhost/healthz"), 400);
    row("other scheme", ask("file:///etc/passwd"), 400);
    row("chunk size with a prefix", chunked("0x5\r\nhello\r\n0\r\n\r\n"), 400);
    row("negative chunk size", chunked("-5\r\nhello\r\n0\r\n\r\n"), 400);
    row("chunk size beyond 64 bits", chunked("FFFFFFFFFFFFFFFFF\r\n"), 400);
    row("empty chunk extension", chunked("5;\r\nhello\r\n0\r\n\r\n"), 400);
    row("endless chunk extension", chunked("5;a=" + std::string(2000, 'b')), 400);
    row("many chunk extensions",
        chunked(repeated(100, "1;a=" + std::string(400, 'b') + "\r\nx\r\n")),
        400);
    row("chunk longer than said", chunked("5\r\nhello!\r\n0\r\n\r\n"), 400);
    row("folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n"), 400);
    row("many trailers", chunked("0\r\n" + repeated(200, "A: b\r\n") + "\r\n"), 431);
    row("other expectation", post("Expect: 200-ok\r\n"), 417);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n\r\n"s, 400);
    row("many headers", post(repeated(200, "A: b\r\n")), 431);
    row("long start line", ask("/" + std::string(9000, 'a')), 414);
}

void TestAbuse::itIsRefusedOnce()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const std::size_t calls = m_upstream->requests().size();
    const std::string answer = answerTo(bytes.toStdString());
    const std::string start = "HTTP/1.1 " + std::to_string(status) + " ";
    QVERIFY2(answer.starts_with(start), answer.c_str());
    QCOMPARE(answer.find("}HTTP/1.1 "), std::string::npos);
    QVERIFY2(answer.find("\r\nconnection: close\r\n") != std::string::npos, answer.c_str());
    QVERIFY2(answer.find(R"("origin":"client")") != std::string::npos, answer.c_str());
    QCOMPARE(m_upstream->requests().size(), calls);
}

void TestAbuse::bodiesAreChecked_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("said"); ///< in the message
    const auto row = [](const char *name, const std::string &body, int status, const char *said) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << status << QByteArray(said);
    };
    const std::string deep(100'000, '[');
    row("100,000 brackets", deep, 400, "nested deeper than 64");
    row("100,000 braces", repeated(100'000, R"({"a":)"), 400, "nested deeper than 64");
    row("100,000 brackets in a tool",
        R"({"model":"p/m","messages":[{"role":"user","content":"a"}],"tools":)" + deep + "}",
        400,
        "nested deeper than 64");
    row("NUL byte", saying("a\0b"s), 400, "");
    row("NUL behind it", saying("a") + "\0"s, 400, "");
    row("invalid UTF-8", saying("\xC3("), 400, "UTF-8");
    row("overlong UTF-8", saying("\xC0\xAF"), 400, "UTF-8");
    row("a surrogate as UTF-8", saying("\xED\xA0\x80"), 400, "UTF-8");
    row("lone high surrogate", saying("\\ud800"), 400, "");
    row("lone low surrogate", saying("\\udc00x"), 400, "");
    row("surrogates the wrong way round", saying("\\udc00\\ud800"), 400, "");
    row("escaped NUL", saying("a\\u0000b"), 200, "");
    row("a pair of surrogates", saying("\\ud83d\\ude00"), 200, "");
    row("two documents", saying("a") + saying("b"), 400, "");
    row("a number beyond all", R"({"model":"p/m","messages":[],"max_tokens":1e999})", 400, "");
    row("a byte order mark", "\xEF\xBB\xBF" + saying("a"), 400, "");
}

void TestAbuse::bodiesAreChecked()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, said);
    const HttpReply reply = replyTo(withLength(body.toStdString()));
    QVERIFY2(reply.status == status, (std::to_string(reply.status) + " " + reply.body).c_str());
    QVERIFY(reply.complete);
    if (status == 400) {
        QCOMPARE(reply.error().value("code", ""), std::string("invalid_request"));
        const std::string message = reply.error().value("message", "");
        QVERIFY2(message.find(said.toStdString()) != std::string::npos, message.c_str());
    }
}

void TestAbuse::pathsHaveOneSpelling_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    const auto row = [](const char *target, int status) {
        QTest::newRow(target) << QByteArray(target) << status;
    };
    row("/healthz", 200);
    row("/healthz?", 200);
    row("/healthz?a=%00&b", 200);
    row("http://localhost/healthz", 200);
    row("HTTP://LOCALHOST/healthz", 200);
    row("//healthz", 404);
    row("/v1//models", 404);
    row("/./healthz", 404);
    row("/v1/../healthz", 404);
    row("/v1/%2e%2e/healthz", 404);
    row("/%2e%2e/%2e%2e/etc/passwd", 404);
    row("/..%2f..%2fetc/passwd", 404);
    row("/%2fhealthz", 404);
    row("/v1%2fmodels", 404);
    row("/healthz%00", 400);
    row("/healthz%0d%0aX: y", 400);
    row("/healthz%0d%0aX:y", 400);
    row("/healthz%", 400);
    row("/healthz%zz", 400);
    row("/%68ealthz", 404);
    row("/healthz/", 404);
    row("/HEALTHZ", 404);
    row("/healthz;a=b", 404);
    row("/v1/models/p/m", 200);
    row("/v1/models/p%2fm", 200);
    row("/v1/models/p%2Fm", 200);
    row("/v1/models/..%2fhealthz", 404);
    row("/v1/models/p/../p/m", 404);
    row("/v1/models/", 404);
    row("/admin/v1/../../healthz", 401);
    row("/", 404);
}

void TestAbuse::pathsHaveOneSpelling()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    const HttpReply reply = replyTo(ask(target.toStdString()));
    QVERIFY2(reply.status == status, (std::to_string(reply.status) + " " + reply.body).c_str());
    QVERIFY(reply.complete);
}

void TestAbuse::otherMethodsAreNamed_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("allow");
    for (const char *method :
         {"OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get", "PROPFIND"}) {
        QTest::newRow((std::string(method) + " health").c_str())
            << QByteArray(method) << QByteArray("/healthz") << QByteArray("GET, HEAD");
        QTest::newRow((std::string(method) + " chat").c_str())
            << QByteArray(method) << QByteArray("/v1/chat/completions") << QByteArray("POST");
    }
    QTest::newRow("GET chat") << QByteArray("GET") << QByteArray("/v1/chat/completions")
                              << QByteArray("POST");
}

void TestAbuse::otherMethodsAreNamed()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, allow);
    const HttpReply reply = replyTo(ask(path.toStdString(), method.toStdString()));
    QCOMPARE(reply.status, 405);
    QCOMPARE(reply.header("allow"), allow.toStdString());
    QVERIFY(reply.complete);
    QVERIFY(!reply.body.empty());
}

/// The classic: what one reader takes for a body the other takes for a request.
void TestAbuse::nothingBehindARefusalIsServed()
{
    const std::size_t calls = m_upstream->requests().size();
    const std::string inner = withLength(saying("smuggled"));
    for (const std::string &outer :
         {post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nX" + inner),
          post("Content-Length: 0\r\nContent-Length: 3\r\n", "abc" + inner),
          post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + inner),
          chunked("5\nhello\r\n0\r\n\r\n" + inner)}) {
        const std::string answer = answerTo(outer);
        QVERIFY2(answer.starts_with("HTTP/1.1 400 "), answer.c_str());
        QCOMPARE(answer.find("}HTTP/1.1 "), std::string::npos);
    }
    QCOMPARE(m_upstream->requests().size(), calls);
}

void TestAbuse::goodRequestsBeforeABadOneAreAnswered()
{
    HttpConnection connection(m_daemon->port());
    const std::string health = HttpRequest{"GET", "/healthz", {}, {}}.bytes();
    connection.tcp().send(health + chatRequest("p/m").bytes() + "GET / HTTP/1.1\r\n\r\n" + health);
    QCOMPARE(connection.receive().status, 200);
    QCOMPARE(connection.receive().status, 200);
    QCOMPARE(connection.receive().status, 400);
    QCOMPARE(connection.tcp().receiveAll(), std::string());
    QVERIFY(connection.tcp().ended() && !connection.tcp().wasReset());
}

void TestAbuse::aHugeHeadIsAnswered()
{
    const std::string answer = answerTo(post("X-A: " + std::string(64 * 1024, 'a') + "\r\n"));
    QVERIFY2(answer.starts_with("HTTP/1.1 431 "), answer.c_str());
    QVERIFY2(answer.find(R"("code":"headers_too_large")") != std::string::npos, answer.c_str());
    const std::string metrics = m_daemon->get("/metrics").body;
    QVERIFY2(metrics.find("signalbox_unread_requests_total{status=\"431\"} ") != std::string::npos,
             metrics.c_str());
}

void TestAbuse::aHugeBodyIsAnswered_data()
{
    QTest::addColumn<bool>("inChunks");
    QTest::newRow("by length") << false;
    QTest::newRow("in chunks") << true;
}

/// The client goes on sending while it is refused, as most do.
void TestAbuse::aHugeBodyIsAnswered()
{
    QFETCH(bool, inChunks);
    constexpr std::size_t size = 30U * 1024 * 1024;
    const std::string body = inChunks
                                 ? repeated(30, "100000\r\n" + std::string(1 << 20, ' ') + "\r\n")
                                 : std::string(size, ' ');
    HttpConnection connection(m_daemon->port());
    const std::string framing = inChunks ? "Transfer-Encoding: chunked\r\n"
                                         : "Content-Length: " + std::to_string(size) + "\r\n";
    std::jthread sending([&] { connection.tcp().send(post(framing, body)); });
    const HttpReply reply = connection.receive();
    QCOMPARE(reply.status, 413);
    QCOMPARE(reply.error().value("code", ""), std::string("body_too_large"));
}

/// A byte now and then must not keep a head alive.
void TestAbuse::aDrippingHeadIsEnded()
{
    TcpClient client(m_daemon->port());
    QVERIFY(client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: "));
    const auto start = Clock::now();
    std::string answer;
    while (answer.empty() && since(start) < kPatience) {
        (void)client.send("a");
        (void)client.receive(answer, milliseconds(50));
    }
    QVERIFY2(answer.starts_with("HTTP/1.1 408 "), answer.c_str());
    QVERIFY(since(start) >= milliseconds(900));
    QVERIFY(since(start) < milliseconds(5000));
    (void)client.receiveAll();
    QVERIFY(client.ended() || client.wasReset());
}

void TestAbuse::aRefusalKeepsTheClientsId_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const std::string id = "X-Request-Id: mine-1\r\n";
    QTest::newRow("body too large")
        << QByteArray::fromStdString(post(id + "Content-Length: 99999999\r\n")) << 413;
    QTest::newRow("bad chunk") << QByteArray::fromStdString(
        post(id + "Transfer-Encoding: chunked\r\n", "x\r\n"))
                               << 400;
}

void TestAbuse::aRefusalKeepsTheClientsId()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const HttpReply reply = replyTo(bytes.toStdString());
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.header("x-request-id"), std::string("mine-1"));
    QVERIFY(!reply.header("x-signalbox-id").empty());
}

/// They cost little memory, hold up nobody, and are ended when their time is up.
void TestAbuse::manyConnectionsThatSayNothing()
{
    const std::size_t before = m_daemon->residentBytes();
    std::vector<std::unique_ptr<TcpClient>> silent;
    for (int i = 0; i < 800; ++i) {
        silent.push_back(std::make_unique<TcpClient>(m_daemon->port()));
        QVERIFY(silent.back()->isConnected());
        QVERIFY(silent.back()->send("GET /healthz HTTP/1.1\r\n"));
    }
    QCOMPARE(m_daemon->get("/healthz").status, 200);
    const std::size_t grown = std::max(m_daemon->residentBytes(), before) - before;
    QVERIFY(!kMemoryIsMeasurable || grown < 16U * 1024 * 1024);
    for (const auto &client : silent) {
        QVERIFY(client->receiveAll().starts_with("HTTP/1.1 408 "));
        QVERIFY(client->ended());
    }
}

QTEST_GUILESS_MAIN(TestAbuse)
#include "tst_abuse.moc"
