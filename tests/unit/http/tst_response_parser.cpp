// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/http/message_log.h"

#include "core/http/response_parser.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::http;
using signalbox::tests::AnswerReading;
using signalbox::tests::Pieces;

namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\n";

void row(const char *name, const std::string &sample, const std::string &expected)
{
    QTest::newRow(name) << QByteArray::fromStdString(sample) << QByteArray::fromStdString(expected);
}

void errorRow(const char *name, const std::string &sample, Error error)
{
    row(name, sample, "refused: " + std::string(describe(error)) + " body:");
}

void addColumns()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<QByteArray>("expected");
}

/// Compares the log of reading \c sample, whole and in every cut, with \c expected.
void compare(const AnswerReading &reading)
{
    QFETCH(QByteArray, sample);
    QFETCH(QByteArray, expected);
    const auto run = [&](const Pieces &pieces) { return tests::readAnswer(pieces, reading); };
    QCOMPARE(run(Pieces{sample.toStdString()}), expected.toStdString());
    const std::string difference = tests::firstDifferingCut(sample.toStdString(), run);
    QVERIFY2(difference.empty(), difference.c_str());
}

} // namespace

class TestResponseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBodiesByTheirFraming_data();
    void readsBodiesByTheirFraming() { compare({}); }
    void answersToHeadHaveNoBody();
    void refusesBadAnswers_data();
    void refusesBadAnswers() { compare({}); }
    void noticesCuts_data();
    void noticesCuts() { compare({}); }
    void boundsBodiesUnlessStreamed_data();
    void boundsBodiesUnlessStreamed();
    void bytesAfterTheEndSpoilTheConnection();
    void aReusedConnectionReadsTheNextAnswer();
    void tellsWhetherAnAnswerHasBegun();
    void boundsInterimAnswers();
    void handsOutViewsIntoTheInput();
    void givesAHeadTwiceTheRoom();
};

void TestResponseParser::readsBodiesByTheirFraming_data()
{
    addColumns();
    row("length", kOk + "Content-Length: 2\r\n\r\n{}", "200 OK Content-Length=2| reusable body:{}");
    row("empty", kOk + "Content-Length: 0\r\n\r\n", "200 OK Content-Length=0| reusable body:");
    row("chunked",
        kOk + "Transfer-Encoding: Chunked\r\n\r\n3;x=1\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n",
        "200 OK Transfer-Encoding=Chunked| reusable body:abcde");
    row("until close", kOk + "\r\nall of it", "200 OK  spent body:all of it");
    row("nothing until close", kOk + "\r\n", "200 OK  spent body:");
    row("no content", "HTTP/1.1 204 No Content\r\n\r\n", "204 No Content  reusable body:");
    row("not modified",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
        "304 Not Modified Content-Length=9| reusable body:");
    row("chunked wins over length",
        kOk + "Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "200 OK Content-Length=99|Transfer-Encoding=chunked| spent body:a");
    row("repeated, equal",
        kOk
            + "Date: x\r\nServer: a\r\nContent-Length: 1\r\ncontent-length: 1\r\n"
              "Date: x\r\nServer: b\r\n\r\na",
        "200 OK Date=x|Server=a|Content-Length=1|content-length=1|Date=x|Server=b| reusable "
        "body:a");
    row("unreadable connection",
        kOk + "Connection: ke\xA2p-alive\r\nContent-Length: 1\r\n\r\na",
        "200 OK Connection=ke\xA2p-alive|Content-Length=1| spent body:a");
    row("close",
        kOk + "Connection: Close\r\nContent-Length: 1\r\n\r\na",
        "200 OK Connection=Close|Content-Length=1| spent body:a");
    row("1.0",
        "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na",
        "200 OK Content-Length=1| spent body:a");
    row("1.0 keep-alive",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na",
        "200 OK Connection=keep-alive|Content-Length=1| reusable body:a");
    row("no reason",
        "HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n",
        "500  Content-Length=0| reusable body:");
    row("not even its blank",
        "HTTP/1.1 529\r\nContent-Length: 0\r\n\r\n",
        "529  Content-Length=0| reusable body:");
    row("interim answers",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + kOk
            + "Content-Length: 1\r\n\r\na",
        "200 OK Content-Length=1| reusable body:a");
}

void TestResponseParser::answersToHeadHaveNoBody()
{
    AnswerReading reading;
    reading.answersHead = true;
    QCOMPARE(tests::readAnswer({kOk + "Content-Length: 5\r\n\r\n"}, reading),
             std::string("200 OK Content-Length=5| reusable body:"));
    QCOMPARE(tests::readAnswer({kOk + "Transfer-Encoding: chunked\r\n\r\n"}, reading),
             std::string("200 OK Transfer-Encoding=chunked| reusable body:"));
}

void TestResponseParser::refusesBadAnswers_data()
{
    addColumns();
    errorRow("not HTTP", "SSH-2.0-OpenSSH\r\n", Error::BadStatusLine);
    errorRow("TLS alert", "\x15\x03\x01\x02\x02\n", Error::BareLineBreak);
    errorRow("HTTP/2", "HTTP/2 200\r\n\r\n", Error::UnsupportedVersion);
    errorRow("no status", "HTTP/1.1\r\n\r\n", Error::BadStatusLine);
    errorRow("two digits", "HTTP/1.1 20 OK\r\n\r\n", Error::BadStatusLine);
    errorRow("four digits", "HTTP/1.1 2000 OK\r\n\r\n", Error::BadStatusLine);
    errorRow("status 099", "HTTP/1.1 099 X\r\n\r\n", Error::BadStatusLine);
    errorRow("status 600", "HTTP/1.1 600 X\r\n\r\n", Error::BadStatusLine);
    errorRow("control in the reason", "HTTP/1.1 200 \x01\r\n\r\n", Error::BadStatusLine);
    errorRow("switching",
             "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n",
             Error::UnexpectedUpgrade);
    errorRow("bare LF", "HTTP/1.1 200 OK\n\n", Error::BareLineBreak);
    errorRow("folded", kOk + "A: b\r\n c\r\n\r\n", Error::FoldedHeader);
    errorRow("bad name", kOk + "A b: c\r\n\r\n", Error::BadHeaderName);
    errorRow("bad length", kOk + "Content-Length: -1\r\n\r\n", Error::BadLength);
    errorRow("bad length without a body",
             "HTTP/1.1 204 No Content\r\nContent-Length: 0x\r\n\r\n",
             Error::BadLength);
    errorRow("bad length of an interim answer",
             "HTTP/1.1 103 Early Hints\r\nContent-Length: x\r\n\r\n" + kOk + "\r\n",
             Error::BadLength);
    errorRow("unequal lengths",
             kOk + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
             Error::LengthRepeated);
    errorRow("other coding",
             kOk + "Transfer-Encoding: gzip\r\n\r\n",
             Error::UnsupportedTransferCoding);
    errorRow("coded and chunked",
             kOk + "Transfer-Encoding: gzip, chunked\r\n\r\n",
             Error::BadTransferCoding);
    errorRow("chunked twice",
             kOk + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
             Error::BadTransferCoding);
    errorRow("bad chunk", kOk + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", Error::BadChunkSize);
    errorRow("blank line", "\r\n" + kOk, Error::BadStartLine);
    errorRow("blank lines", "\r\n\r\n" + kOk, Error::BadStartLine);
}

void TestResponseParser::noticesCuts_data()
{
    addColumns();
    const std::string cut = "refused: " + std::string(describe(Error::Cut)) + " body:";
    row("nothing", "H", cut);
    row("in the head", kOk + "Content-Length: 2\r\n", cut);
    row("before the body", kOk + "Content-Length: 2\r\n\r\n", cut);
    row("in the body", kOk + "Content-Length: 2\r\n\r\n{", cut + "{");
    row("in a chunk", kOk + "Transfer-Encoding: chunked\r\n\r\n3\r\nab", cut + "ab");
    row("between chunks", kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", cut + "ab");
    row("before the last line",
        kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n",
        cut + "ab");
    row("after an interim answer", "HTTP/1.1 100 Continue\r\n\r\n", cut);
}

void TestResponseParser::boundsBodiesUnlessStreamed_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<QByteArray>("bounded");
    const auto limitRow = [](const char *name, const std::string &rest, const char *bounded) {
        QTest::newRow(name) << QByteArray::fromStdString(kOk + rest) << QByteArray(bounded);
    };
    limitRow("length", "Content-Length: 9\r\n\r\n123456789", "");
    limitRow("chunks",
             "Transfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n1\r\n9\r\n0\r\n\r\n",
             "12345678");
    limitRow("until close", "\r\n123456789", "12345678");
}

void TestResponseParser::boundsBodiesUnlessStreamed()
{
    QFETCH(QByteArray, sample);
    QFETCH(QByteArray, bounded);
    AnswerReading reading;
    reading.limits.bodyBytesMax = 8;
    const auto run = [&](const Pieces &pieces) { return tests::readAnswer(pieces, reading); };
    QCOMPARE(run({sample.toStdString()}),
             "refused: " + std::string(describe(Error::BodyTooLarge))
                 + " body:" + bounded.toStdString());
    QVERIFY(tests::firstDifferingCut(sample.toStdString(), run).empty());
    reading.stream = true;
    QVERIFY(run({sample.toStdString()}).ends_with(" body:123456789"));
    QVERIFY(tests::firstDifferingCut(sample.toStdString(), run).empty());
}

void TestResponseParser::bytesAfterTheEndSpoilTheConnection()
{
    ResponseParser parser;
    parser.feed(kOk + "Content-Length: 0\r\n\r\n");
    QVERIFY(parser.reusable());
    QCOMPARE(parser.feed("x").taken, std::size_t(0));
    QVERIFY(parser.stage() == Stage::Complete);
    QVERIFY(!parser.reusable());
}

void TestResponseParser::aReusedConnectionReadsTheNextAnswer()
{
    ResponseParser parser;
    parser.feed(kOk + "Content-Length: 5\r\n\r\n");
    parser.streamBody();
    parser.feed("hello");
    parser.reset(true);
    QVERIFY(!parser.hasHead() && !parser.begun());
    parser.feed("HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\n");
    QVERIFY(parser.stage() == Stage::Complete);
    QCOMPARE(parser.head().status, 404);
    QCOMPARE(parser.head().headers.size(), std::size_t(1));
    parser.finish();
    QVERIFY(parser.stage() == Stage::Complete);
    QVERIFY(!parser.reusable());
}

void TestResponseParser::tellsWhetherAnAnswerHasBegun()
{
    ResponseParser parser;
    QVERIFY(!parser.begun());
    parser.feed("HTTP/1.1 100 Continue\r\n\r\n");
    QVERIFY(parser.begun());
    ResponseParser silent;
    silent.finish();
    QVERIFY(silent.stage() == Stage::Failed);
    QVERIFY(silent.error() == Error::Cut);
}

void TestResponseParser::boundsInterimAnswers()
{
    std::string flood;
    for (int i = 0; i < 9; ++i) {
        flood += "HTTP/1.1 103 Early Hints\r\n\r\n";
    }
    QCOMPARE(tests::readAnswer({flood}),
             "refused: " + std::string(describe(Error::TooManyInterimAnswers)) + " body:");
}

void TestResponseParser::handsOutViewsIntoTheInput()
{
    ResponseParser parser;
    parser.feed(kOk + "Transfer-Encoding: chunked\r\n\r\n");
    const std::string bytes = "3\r\nabc\r\n2\r\nde\r\n";
    const auto step = parser.feed(bytes);
    QCOMPARE(step.body.data(), bytes.data() + 3);
    QCOMPARE(step.taken, std::size_t(6));
}

void TestResponseParser::givesAHeadTwiceTheRoom()
{
    const std::string policy = "Content-Security-Policy: " + std::string(40'000, 'a') + "\r\n";
    QVERIFY(tests::readAnswer({kOk + policy + "Content-Length: 0\r\n\r\n"}).starts_with("200 OK"));
    QCOMPARE(tests::readAnswer({kOk + policy + policy + "\r\n"}),
             "refused: " + std::string(describe(Error::HeadTooLarge)) + " body:");
}

QTEST_APPLESS_MAIN(TestResponseParser)
#include "tst_response_parser.moc"
