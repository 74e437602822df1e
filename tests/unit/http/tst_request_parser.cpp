// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/http/message_log.h"

#include "core/base/bounds.h"
#include "core/http/request_parser.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::http;
using signalbox::tests::Pieces;

namespace {

const std::string kPost = "POST /v1/chat/completions?x=1&y HTTP/1.1\r\n"
                          "Host: localhost:8787\r\n"
                          "Content-Type:application/json\r\n"
                          "X-Empty:\r\n"
                          "X-Bytes: \xC3\xA9\t end \t\r\n"
                          "Content-Length: 13\r\n"
                          "\r\n"
                          "{\"model\":\"m\"}";
const std::string kChunked = "POST /a HTTP/1.1\r\nhost: h\r\ntransfer-encoding: Chunked\r\n\r\n"
                             "5\r\nhello\r\n"
                             "00A;name=value;flag;quoted=\"a \\\" ;b\"\r\n, chunked \r\n"
                             "1\r\n!\r\n"
                             "0\r\nX-Checksum: 1\r\n\r\n";

std::string read(std::string_view bytes)
{
    return tests::readRequests(Pieces{std::string(bytes)});
}

} // namespace

class TestRequestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsARequestWithLength();
    void readsAChunkedRequestAndDropsTrailers();
    void readsPipelinedRequestsInOrder();
    void everyCutReadsTheSame_data();
    void everyCutReadsTheSame();
    void keepAliveFollowsVersionAndConnection_data();
    void keepAliveFollowsVersionAndConnection();
    void acceptsTargetForms_data();
    void acceptsTargetForms();
    void tellsWhoWaitsForContinue_data();
    void tellsWhoWaitsForContinue();
    void stopsAtTheHeadAndAtTheEnd();
    void tellsWhetherARequestHasBegun();
    void forgivesOneBlankLineBeforeARequest();
    void keepsTheHeadOfARefusedRequest();
    void takesDeeplyNestedJsonAsBytes();
    void reservesLittleForAPromisedLength();
};

void TestRequestParser::readsARequestWithLength()
{
    RequestParser parser;
    std::string_view bytes = kPost;
    while (!bytes.empty() && parser.stage() < Stage::Complete) {
        bytes.remove_prefix(parser.feed(bytes));
    }
    QVERIFY(parser.stage() == Stage::Complete);
    QCOMPARE(parser.body(), std::string("{\"model\":\"m\"}"));
    const RequestHead head = parser.takeHead();
    QCOMPARE(head.method, std::string("POST"));
    QCOMPARE(head.target, std::string("/v1/chat/completions?x=1&y"));
    QCOMPARE(head.path, std::string("/v1/chat/completions"));
    QCOMPARE(head.query, std::string("x=1&y"));
    QCOMPARE(head.authority, std::string("localhost:8787"));
    QVERIFY(head.version == Version::Http11);
    QVERIFY(head.keepAlive && !head.chunked && !head.expectContinue);
    QVERIFY(head.contentLength == 13U);
    QVERIFY(head.headers.find("content-type") == "application/json");
    QVERIFY(head.headers.find("x-empty") == "");
    QVERIFY(head.headers.find("x-bytes") == "\xC3\xA9\t end");
}

void TestRequestParser::readsAChunkedRequestAndDropsTrailers()
{
    const std::string log = read(kChunked);
    QCOMPARE(log,
             std::string("POST /a? at h 1.1 keep host=h|transfer-encoding=Chunked| "
                         "body:hello, chunked !\n"));
}

void TestRequestParser::readsPipelinedRequestsInOrder()
{
    const std::string log = read("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n" + kChunked
                                 + "HEAD /2 HTTP/1.0\r\n\r\nBREW /3 HTTP/1.1\r\nHost: h\r\n\r\nGE");
    QCOMPARE(log,
             std::string("GET /1? at h 1.1 keep Host=h| body:\n"
                         "POST /a? at h 1.1 keep host=h|transfer-encoding=Chunked| "
                         "body:hello, chunked !\n"
                         "HEAD /2? at  1.0 close  body:\n"
                         "BREW /3? at h 1.1 keep Host=h| body:\n"
                         "unfinished"));
}

void TestRequestParser::everyCutReadsTheSame_data()
{
    QTest::addColumn<QByteArray>("sample");
    const auto row = [](const char *name, const std::string &sample) {
        QTest::newRow(name) << QByteArray::fromStdString(sample);
    };
    row("length", kPost);
    row("chunked", kChunked);
    row("pipelined", kPost + kChunked + kPost + "\r\n" + kPost + "GET");
    row("refused late", kPost + "GET / HTTP/1.1\r\nHost: h\r\nbad header\r\n\r\n");
    row("refused chunk", kChunked.substr(0, 80) + "x" + kChunked.substr(80));
    row("second blank line", kPost + "\r\n\r\n" + kPost);
}

void TestRequestParser::everyCutReadsTheSame()
{
    QFETCH(QByteArray, sample);
    const auto run = [](const Pieces &pieces) { return tests::readRequests(pieces); };
    const std::string difference = tests::firstDifferingCut(sample.toStdString(), run);
    QVERIFY2(difference.empty(), difference.c_str());
}

void TestRequestParser::keepAliveFollowsVersionAndConnection_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("connection");
    QTest::addColumn<bool>("keepAlive");
    const auto row = [](const char *version, const char *connection, bool keepAlive) {
        QTest::addRow("%s %s", version, connection)
            << QByteArray(version) << QByteArray(connection) << keepAlive;
    };
    row("1.1", "", true);
    row("1.1", "Connection: keep-alive\r\n", true);
    row("1.1", "Connection: Close\r\n", false);
    row("1.1", "Connection: keep-alive, close\r\n", false);
    row("1.1", "Connection: x\r\nconnection: y, close\r\n", false);
    row("1.1", "Connection: ,keep-alive,,\r\n", true);
    row("1.1", "Connection: keep-alive; x\r\n", false);
    row("1.1", "Connection: \"close\"\r\n", false);
    row("1.0", "", false);
    row("1.0", "Connection: Keep-Alive\r\n", true);
    row("1.0", "Connection: keep-alive\r\nConnection: close\r\n", false);
}

void TestRequestParser::keepAliveFollowsVersionAndConnection()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, connection);
    QFETCH(bool, keepAlive);
    RequestParser parser;
    parser.feed("GET / HTTP/" + version.toStdString() + "\r\nHost: h\r\n" + connection.toStdString()
                + "\r\n");
    QCOMPARE(parser.head().keepAlive, keepAlive);
}

void TestRequestParser::acceptsTargetForms_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *start, const char *expected) {
        QTest::newRow(start) << QByteArray(start) << QByteArray(expected);
    };
    row("GET /", "/ ? at host");
    row("GET /a?", "/a ? at host");
    row("GET /a??b", "/a ??b at host");
    row("GET //a//b", "//a//b ? at host");
    row("GET /%2e%2e/%00", "/%2e%2e/%00 ? at host");
    row("GET http://other:81/p?q", "/p ?q at other:81");
    row("GET HTTPS://other", "/ ? at other");
    row("GET http://other?q", "/ ?q at other");
    row("GET http://[::1]:80/", "/ ? at [::1]:80");
    row("OPTIONS *", "* ? at host");
    row("OPTIONS http://other", "* ? at other");
    row("OPTIONS /v1", "/v1 ? at host");
    row("CONNECT other:443", " ? at other:443");
}

void TestRequestParser::acceptsTargetForms()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, expected);
    RequestParser parser;
    parser.feed(start.toStdString() + " HTTP/1.1\r\nHost: host\r\n\r\n");
    QVERIFY(parser.stage() == Stage::Complete);
    const RequestHead &head = parser.head();
    QCOMPARE(head.path + " ?" + head.query + " at " + head.authority, expected.toStdString());
    QCOMPARE(head.keepAlive, head.method != "CONNECT");
}

void TestRequestParser::tellsWhoWaitsForContinue_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("waits");
    QTest::newRow("with length") << QByteArray("1.1\r\nExpect: 100-Continue\r\nContent-Length: 1")
                                 << true;
    QTest::newRow("chunked") << QByteArray(
        "1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked")
                             << true;
    QTest::newRow("no body") << QByteArray("1.1\r\nExpect: 100-continue") << false;
    QTest::newRow("old") << QByteArray("1.0\r\nExpect: 100-continue\r\nContent-Length: 1") << false;
    QTest::newRow("not asked") << QByteArray("1.1\r\nContent-Length: 1") << false;
}

void TestRequestParser::tellsWhoWaitsForContinue()
{
    QFETCH(QByteArray, lines);
    QFETCH(bool, waits);
    RequestParser parser;
    parser.feed("POST / HTTP/" + lines.toStdString() + "\r\nHost: h\r\n\r\n");
    QVERIFY(parser.hasHead() && parser.stage() != Stage::Failed);
    QCOMPARE(parser.head().expectContinue, waits);
}

void TestRequestParser::stopsAtTheHeadAndAtTheEnd()
{
    const std::string two = kPost + "GET /";
    RequestParser parser;
    const std::size_t headBytes = parser.feed(two);
    QCOMPARE(headBytes, kPost.size() - 13);
    QVERIFY(parser.stage() == Stage::Body);
    const std::size_t bodyBytes = parser.feed(std::string_view(two).substr(headBytes));
    QCOMPARE(bodyBytes, std::size_t(13));
    QVERIFY(parser.stage() == Stage::Complete);
    QCOMPARE(parser.feed("GET /"), std::size_t(0));
    parser.reset();
    QVERIFY(!parser.hasHead());
    QCOMPARE(parser.feed("GET /"), std::size_t(5));
}

void TestRequestParser::tellsWhetherARequestHasBegun()
{
    RequestParser parser;
    QVERIFY(!parser.begun());
    parser.feed("\r");
    QVERIFY(!parser.begun());
    parser.feed("\n");
    QVERIFY(!parser.begun());
    parser.feed("G");
    QVERIFY(parser.begun());
    parser.feed("ET / HTTP/1.0\r\n\r\n");
    QVERIFY(parser.begun());
    parser.reset();
    QVERIFY(!parser.begun());
}

void TestRequestParser::forgivesOneBlankLineBeforeARequest()
{
    const std::string request = "GET / HTTP/1.0\r\n\r\n";
    QCOMPARE(read("\r\n" + request), read(request));
    QCOMPARE(read("\r\n\r\n" + request), std::string("refused: The request line is malformed.\n"));
}

void TestRequestParser::keepsTheHeadOfARefusedRequest()
{
    Limits limits;
    limits.bodyBytesMax = 10;
    RequestParser parser(limits);
    parser.feed("POST /v1/messages HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
    QVERIFY(parser.stage() == Stage::Failed);
    QVERIFY(parser.error() == Error::BodyTooLarge);
    QVERIFY(parser.hasHead());
    QCOMPARE(parser.head().path, std::string("/v1/messages"));
    QCOMPARE(parser.feed("more"), std::size_t(0));
}

void TestRequestParser::takesDeeplyNestedJsonAsBytes()
{
    const std::string body(100'000, '[');
    const std::string log = read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
                                 + body);
    QVERIFY(log.ends_with(body + "\n"));
}

void TestRequestParser::reservesLittleForAPromisedLength()
{
    RequestParser parser;
    parser.feed("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n");
    QVERIFY(parser.stage() == Stage::Body);
    QVERIFY(parser.body().capacity() <= bounds::kBodyBytesReservedMax * 2);
}

QTEST_APPLESS_MAIN(TestRequestParser)
#include "tst_request_parser.moc"
