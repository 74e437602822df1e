// SPDX-License-Identifier: Apache-2.0
// What a client may try: each message is refused with its reason, wherever it is cut.
#include "tests/unit/http/attack_rows.h"

#include <QTest>

#include <string>

using namespace signalbox;
using namespace signalbox::http;
using namespace signalbox::tests;
using namespace std::string_literals;

class TestRequestAttacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesBadStartLines_data();
    void refusesBadStartLines() { tests::expectRefusal(); }
    void refusesBadHeaders_data();
    void refusesBadHeaders() { tests::expectRefusal(); }
    void refusesDoubtfulHosts_data();
    void refusesDoubtfulHosts() { tests::expectRefusal(); }
    void refusesDoubtfulFraming_data();
    void refusesDoubtfulFraming() { tests::expectRefusal(); }
    void refusesBadChunks_data();
    void refusesBadChunks() { tests::expectRefusal(); }
};

void TestRequestAttacks::refusesBadStartLines_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("error");
    startRow("HTTP/0.9", "GET /", Error::BadStartLine);
    startRow("one word", "GET", Error::BadStartLine);
    startRow("two blanks", "GET  / HTTP/1.1", Error::BadStartLine);
    startRow("blank at the end", "GET / HTTP/1.1 ", Error::BadStartLine);
    startRow("blank in the target", "GET /a b HTTP/1.1", Error::BadStartLine);
    startRow("tab", "GET\t/\tHTTP/1.1", Error::BadStartLine);
    startRow("lower-case version", "GET / http/1.1", Error::BadStartLine);
    startRow("long version", "GET / HTTP/1.10", Error::BadStartLine);
    startRow("TLS hello", "\x16\x03\x01\x02", Error::BadStartLine);
    startRow("blank before", " GET / HTTP/1.1", Error::BadMethod);
    startRow("no token", "GE(T / HTTP/1.1", Error::BadMethod);
    startRow("NUL in the method", "G\0ET / HTTP/1.1"s, Error::BadMethod);
    startRow("long method", std::string(33, 'A') + " / HTTP/1.1", Error::BadMethod);
    startRow("relative", "GET a HTTP/1.1", Error::BadTarget);
    startRow("asterisk", "GET * HTTP/1.1", Error::BadTarget);
    startRow("fragment", "GET /a#b HTTP/1.1", Error::BadTarget);
    startRow("NUL in the target", "GET /\0 HTTP/1.1"s, Error::BadTarget);
    startRow("raw UTF-8", "GET /\xC3\xA9 HTTP/1.1", Error::BadTarget);
    startRow("user info", "GET http://a:b@h/ HTTP/1.1", Error::BadTarget);
    startRow("other scheme", "GET file:///etc/passwd HTTP/1.1", Error::BadTarget);
    startRow("no authority", "GET http:///x HTTP/1.1", Error::BadTarget);
    startRow("CONNECT without port", "CONNECT h HTTP/1.1", Error::BadTarget);
    startRow("CONNECT with path", "CONNECT / HTTP/1.1", Error::BadTarget);
    startRow("HTTP/2 preface", "PRI * HTTP/2.0", Error::UnsupportedVersion);
    startRow("HTTP/1.2", "GET / HTTP/1.2", Error::UnsupportedVersion);
}

void TestRequestAttacks::refusesBadHeaders_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("error");
    row("bare LF after the start line", "GET / HTTP/1.1\nHost: h\r\n\r\n", Error::BareLineBreak);
    row("bare LF after a header", "GET / HTTP/1.1\r\nHost: h\n\r\n", Error::BareLineBreak);
    row("bare LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\n", Error::BareLineBreak);
    headerRow("bare CR in a value", "A: b\rC: d", Error::BareLineBreak);
    headerRow("CR CR LF", "A: b\r", Error::BareLineBreak);
    headerRow("folded by a blank", "A: b\r\n c", Error::FoldedHeader);
    headerRow("folded by a tab", "A: b\r\n\tc", Error::FoldedHeader);
    row("folded at once", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", Error::FoldedHeader);
    headerRow("no colon", "A", Error::BadHeaderName);
    headerRow("no name", ": b", Error::BadHeaderName);
    headerRow("blank before the colon", "Content-Length : 5", Error::BadHeaderName);
    headerRow("tab before the colon", "A\t: b", Error::BadHeaderName);
    headerRow("NUL in a name", "A\0: b"s, Error::BadHeaderName);
    headerRow("byte beyond ASCII in a name", "\xC3\xA9: b", Error::BadHeaderName);
    headerRow("NUL in a value", "A: b\0c"s, Error::BadHeaderValue);
    headerRow("escape in a value", "A: \x1B[2J", Error::BadHeaderValue);
    headerRow("DEL in a value", "A: \x7F", Error::BadHeaderValue);
    headerRow("other expectation", "Expect: 200-ok", Error::UnsupportedExpectation);
    headerRow("two expectations",
              "Expect: 100-continue\r\nExpect: 100-continue",
              Error::UnsupportedExpectation);
}

void TestRequestAttacks::refusesDoubtfulHosts_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("error");
    row("missing", "GET / HTTP/1.1\r\n\r\n", Error::HostMissing);
    row("missing, absolute", "GET http://h/ HTTP/1.1\r\n\r\n", Error::HostMissing);
    headerRow("twice, equal", "Host: h", Error::HostRepeated);
    headerRow("twice, other case", "HOST: x", Error::HostRepeated);
    row("twice in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", Error::HostRepeated);
    row("empty", "GET / HTTP/1.1\r\nHost:\r\n\r\n", Error::BadHost);
    row("list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", Error::BadHost);
    row("user info", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", Error::BadHost);
    row("path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", Error::BadHost);
    row("bad port", "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", Error::BadHost);
}

void TestRequestAttacks::refusesDoubtfulFraming_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("error");
    headerRow("length then chunked",
              "Content-Length: 5\r\nTransfer-Encoding: chunked",
              Error::LengthWithTransferCoding);
    headerRow("chunked then length",
              "Transfer-Encoding: chunked\r\nContent-Length: 5",
              Error::LengthWithTransferCoding);
    headerRow("lengths, equal", "Content-Length: 5\r\nContent-Length: 5", Error::LengthRepeated);
    headerRow("lengths, unequal", "Content-Length: 5\r\ncontent-length: 6", Error::LengthRepeated);
    for (const char *value : {"",
                              "+5",
                              "-5",
                              "0x5",
                              "5 5",
                              "5, 5",
                              "5,",
                              "5.0",
                              "five",
                              "\"5\"",
                              "9999999999999999999",
                              "99999999999999999999999999"}) {
        const std::string name = std::string("length ") + value;
        headerRow(name.c_str(), std::string("Content-Length: ") + value, Error::BadLength);
    }
    for (const char *value : {"xchunked", "identity", "gzip", "gzip, deflate", "chunked;q=1"}) {
        headerRow(value,
                  std::string("Transfer-Encoding: ") + value,
                  Error::UnsupportedTransferCoding);
    }
    for (const char *value : {"",
                              "chunked, identity",
                              "gzip, chunked",
                              "chunked, chunked",
                              "chunked,",
                              ", chunked",
                              "chunked\r\nTransfer-Encoding: chunked",
                              "identity\r\nTransfer-Encoding: chunked"}) {
        const std::string name = std::string("coding ") + value;
        headerRow(name.c_str(),
                  std::string("Transfer-Encoding: ") + value,
                  Error::BadTransferCoding);
    }
    headerRow("vertical tab before chunked",
              "Transfer-Encoding: \x0B"
              "chunked",
              Error::BadHeaderValue);
    row("coding in 1.0",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        Error::TransferCodingInHttp10);
}

void TestRequestAttacks::refusesBadChunks_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("error");
    for (const char *size : {"",
                             "g",
                             "0x5",
                             "-1",
                             "+1",
                             " 5",
                             "5 ",
                             "5\t;a",
                             "5 ;a",
                             "1_0",
                             "00000000000000005",
                             "FFFFFFFFFFFFFFFFF"}) {
        const std::string name = std::string("size '") + size + "'";
        chunkRow(name.c_str(), std::string(size) + "\r\nhello\r\n", Error::BadChunkSize);
    }
    for (const char *extension : {";",
                                  ";;a",
                                  ";a b",
                                  ";a=",
                                  ";a=b=c",
                                  ";a=\"b",
                                  ";a=\"b\"c",
                                  ";=b",
                                  "; a",
                                  ";a =b",
                                  ";a=\"\\"}) {
        const std::string name = std::string("extension '") + extension + "'";
        chunkRow(name.c_str(),
                 std::string("5") + extension + "\r\nhello\r\n",
                 Error::BadChunkExtension);
    }
    chunkRow("NUL in an extension", "5;a\0\r\nhello\r\n"s, Error::BadChunkExtension);
    chunkRow("bare LF after the size", "5\nhello\r\n", Error::BareLineBreak);
    chunkRow("bare LF in an extension", "5;a\nx\r\nhello\r\n", Error::BareLineBreak);
    chunkRow("no line end after the data", "5\r\nhelloXY", Error::BadChunkEnd);
    chunkRow("more data than said", "5\r\nhello!\r\n", Error::BadChunkEnd);
    chunkRow("bare LF after the data", "5\r\nhello\n0\r\n\r\n", Error::BadChunkEnd);
    chunkRow("bare CR after the data", "5\r\nhello\rX", Error::BadChunkEnd);
    chunkRow("bad trailer", "0\r\nbad trailer\r\n\r\n", Error::BadHeaderName);
    chunkRow("folded trailer", "0\r\nA: b\r\n c\r\n\r\n", Error::FoldedHeader);
    chunkRow("NUL in a trailer", "0\r\nA: \0\r\n\r\n"s, Error::BadHeaderValue);
    chunkRow("bare LF in the trailers", "0\r\nA: b\n\r\n", Error::BareLineBreak);
}

QTEST_APPLESS_MAIN(TestRequestAttacks)
#include "tst_request_attacks.moc"
