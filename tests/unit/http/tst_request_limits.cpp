// SPDX-License-Identifier: Apache-2.0
// The limits of a request are what they say, to the byte.
#include "tests/unit/http/attack_rows.h"

#include "core/http/request_parser.h"

#include <QTest>

#include <string>

using namespace signalbox;
using namespace signalbox::http;
using namespace signalbox::tests;

class TestRequestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatIsTooLarge_data();
    void refusesWhatIsTooLarge() { tests::expectRefusal(); }
    void acceptsWhatJustFits_data();
    void acceptsWhatJustFits();
    void noLineEndIsNeededToRefuseALongLine();
};

void TestRequestLimits::refusesWhatIsTooLarge_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<int>("error");
    const std::string many(64 * 1024, 'a');
    startRow("64 KiB target", "GET /" + many + " HTTP/1.1", Error::StartLineTooLong);
    headerRow("64 KiB header", "A: " + many, Error::HeadTooLarge);
    headerRow("64 KiB name", many, Error::HeadTooLarge);
    headerRow("127 headers", lines(127, "A: b\r\n") + "A: b", Error::TooManyHeaders);
    headerRow("length", "Content-Length: 20971521", Error::BodyTooLarge);
    headerRow("largest length", "Content-Length: 999999999999999999", Error::BodyTooLarge);
    chunkRow("chunk", "1400001\r\n", Error::BodyTooLarge);
    chunkRow("largest chunk", "FFFFFFFFFFFFFFFF\r\n", Error::BodyTooLarge);
    chunkRow("sum that wraps", "1\r\na\r\nFFFFFFFFFFFFFFFF\r\n", Error::BodyTooLarge);
    chunkRow("chunk line", "5;a=" + many + "\r\n", Error::ChunkLineTooLong);
    chunkRow("extensions",
             lines(9, "1;a=" + std::string(480, 'b') + "\r\nx\r\n"),
             Error::ChunkExtensionsTooLarge);
    chunkRow("one trailer", "0\r\nA: " + many, Error::TrailersTooLarge);
    chunkRow("trailers", "0\r\n" + lines(33, "A: b\r\n"), Error::TrailersTooLarge);
    chunkRow("trailer bytes",
             "0\r\n" + lines(17, "A: " + std::string(490, 'b') + "\r\n"),
             Error::TrailersTooLarge);
}

/// Goal: the limits are what they say, to the byte.
/// Method: small limits, filled exactly; one more byte or line is the row of the refusals.
void TestRequestLimits::acceptsWhatJustFits_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<bool>("fits");
    const auto limitRow = [](const char *name, const std::string &sample, bool fits) {
        QTest::newRow(name) << QByteArray::fromStdString(sample) << fits;
    };
    const std::string start = "GET /" + std::string(14, 'a') + " HTTP/1.1\r\n"; // 30 bytes
    limitRow("start line", start + "Host: h\r\n\r\n", true);
    limitRow("start line over", "G" + start + "Host: h\r\n\r\n", false);
    limitRow("head", start + "Host: h\r\nA: " + std::string(54, 'a') + "\r\n\r\n", true);
    limitRow("head over", start + "Host: h\r\nA: " + std::string(55, 'a') + "\r\n\r\n", false);
    limitRow("headers", start + "Host: h\r\nA:\r\nB:\r\nC:\r\n\r\n", true);
    limitRow("headers over", start + "Host: h\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n", false);
    const std::string length = start + "Host: h\r\nContent-Length: ";
    limitRow("length", length + "8\r\n\r\n12345678", true);
    limitRow("length over", length + "9\r\n\r\n123456789", false);
    const std::string chunked = start + "Host: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    limitRow("chunks", chunked + "4\r\n1234\r\n4\r\n1234\r\n0\r\n\r\n", true);
    limitRow("chunks over", chunked + "4\r\n1234\r\n5\r\n12345\r\n0\r\n\r\n", false);
    limitRow("extension", chunked + "1;abcdef\r\n1\r\n0\r\n\r\n", true);
    limitRow("extension over", chunked + "1;abcdefg\r\n1\r\n0\r\n\r\n", false);
    limitRow("trailers", chunked + "0\r\nA:\r\nB: 12\r\n\r\n", true);
    limitRow("trailer bytes over", chunked + "0\r\nA:\r\nB: 123\r\n\r\n", false);
    limitRow("trailers over", chunked + "0\r\nA:\r\nB:\r\nC:\r\n\r\n", false);
}

void TestRequestLimits::acceptsWhatJustFits()
{
    QFETCH(QByteArray, sample);
    QFETCH(bool, fits);
    Limits limits;
    limits.startLineBytesMax = 30;
    limits.headBytesMax = 100;
    limits.headersMax = 4;
    limits.bodyBytesMax = 8;
    limits.chunkLineBytesMax = 10;
    limits.chunkExtensionBytesMax = 7;
    limits.trailerBytesMax = 11;
    limits.trailersMax = 2;
    const auto run = [&](const Pieces &pieces) { return tests::readRequests(pieces, limits); };
    QCOMPARE(!run(Pieces{sample.toStdString()}).starts_with("refused"), fits);
    const std::string difference = tests::firstDifferingCut(sample.toStdString(), run);
    QVERIFY2(difference.empty(), difference.c_str());
}

void TestRequestLimits::noLineEndIsNeededToRefuseALongLine()
{
    RequestParser parser;
    const std::string drip(1000, 'a');
    std::size_t taken = 0;
    while (parser.stage() == Stage::Head) {
        taken += parser.feed(drip);
        QVERIFY(taken <= Limits{}.startLineBytesMax);
    }
    QVERIFY(parser.error() == Error::StartLineTooLong);
}

QTEST_APPLESS_MAIN(TestRequestLimits)
#include "tst_request_limits.moc"
