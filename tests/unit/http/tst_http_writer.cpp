// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/http/message_log.h"

#include "core/http/writer.h"

#include <QTest>

#include <string>

using namespace signalbox;
using namespace signalbox::http;
using namespace std::string_literals;

class TestHttpWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesARequestThatReadsBack();
    void writesAnAnswerThatReadsBack();
    void refusesInjection_data();
    void refusesInjection();
    void refusesBadStarts();
    void writesChunks();
    void namesStatuses();
};

void TestHttpWriter::writesARequestThatReadsBack()
{
    const Headers headers{{"Host", "h"}, {"Authorization", "Bearer x"}, {"Content-Length", "2"}};
    std::string out;
    QVERIFY(appendRequestHead(out, "POST", "/v1/x?y=%20", headers).ok());
    QCOMPARE(out,
             std::string("POST /v1/x?y=%20 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer x\r\n"
                         "Content-Length: 2\r\n\r\n"));
    RequestParser parser;
    parser.feed(out);
    parser.feed("{}");
    QVERIFY(parser.stage() == Stage::Complete);
    QVERIFY(parser.head().headers == headers);
    QCOMPARE(parser.head().target, std::string("/v1/x?y=%20"));
}

void TestHttpWriter::writesAnAnswerThatReadsBack()
{
    std::string out;
    appendContinue(out);
    const Headers headers{{"Content-Type", "text/event-stream"}, {"Transfer-Encoding", "chunked"}};
    QVERIFY(appendResponseHead(out, 200, headers).ok());
    appendChunk(out, "data: 1\n\n");
    appendChunk(out, "");
    appendChunk(out, std::string(300, 'x'));
    appendLastChunk(out);
    QCOMPARE(tests::readAnswer({out}),
             "200 OK Content-Type=text/event-stream|Transfer-Encoding=chunked| reusable "
             "body:data: 1\n\n"
                 + std::string(300, 'x'));
}

void TestHttpWriter::refusesInjection_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("error");
    const auto row =
        [](const char *title, const std::string &name, const std::string &value, Error error) {
            QTest::newRow(title) << QByteArray::fromStdString(name)
                                 << QByteArray::fromStdString(value) << static_cast<int>(error);
        };
    row("CR LF in a value", "X", "a\r\nSet-Cookie: b", Error::BadHeaderValue);
    row("LF in a value", "X", "a\nb", Error::BadHeaderValue);
    row("CR in a value", "X", "a\rb", Error::BadHeaderValue);
    row("NUL in a value", "X", "a\0b"s, Error::BadHeaderValue);
    row("LF in a name", "X\nY", "a", Error::BadHeaderName);
    row("colon in a name", "X: a\r\nY", "a", Error::BadHeaderName);
    row("blank in a name", "X Y", "a", Error::BadHeaderName);
    row("empty name", "", "a", Error::BadHeaderName);
}

void TestHttpWriter::refusesInjection()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, error);
    const Headers headers{{"A", "1"}, {name.toStdString(), value.toStdString()}};
    std::string out = "before";
    const auto response = appendResponseHead(out, 200, headers);
    const auto request = appendRequestHead(out, "GET", "/", headers);
    QVERIFY(!response.ok() && !request.ok());
    QCOMPARE(static_cast<int>(response.error()), error);
    QCOMPARE(static_cast<int>(request.error()), error);
    QCOMPARE(out, std::string("before"));
}

void TestHttpWriter::refusesBadStarts()
{
    std::string out;
    QVERIFY(appendRequestHead(out, "GE T", "/", {}).error() == Error::BadMethod);
    QVERIFY(appendRequestHead(out, "", "/", {}).error() == Error::BadMethod);
    for (const char *target : {"", "v1", "/a b", "/a\r\nX: y", "/\xC3\xA9"}) {
        QVERIFY(appendRequestHead(out, "GET", target, {}).error() == Error::BadTarget);
    }
    QVERIFY(out.empty());
}

void TestHttpWriter::writesChunks()
{
    std::string out;
    appendChunk(out, std::string(26, 'z'));
    appendLastChunk(out);
    QCOMPARE(out, "1a\r\n" + std::string(26, 'z') + "\r\n0\r\n\r\n");
}

void TestHttpWriter::namesStatuses()
{
    QVERIFY(reasonPhrase(200) == "OK");
    QVERIFY(reasonPhrase(431) == "Request Header Fields Too Large");
    QVERIFY(reasonPhrase(599).empty());
    std::string out;
    QVERIFY(appendResponseHead(out, 599, {}).ok());
    QCOMPARE(out, std::string("HTTP/1.1 599 \r\n\r\n"));
}

QTEST_APPLESS_MAIN(TestHttpWriter)
#include "tst_http_writer.moc"
