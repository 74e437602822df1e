// SPDX-License-Identifier: Apache-2.0
#include "core/http/sse_parser.h"
#include "core/http/sse_writer.h"

#include <QTest>

using namespace signalbox::http;

class TestSseWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatClientsExpect();
    void everyLineStaysData_data();
    void everyLineStaysData();
    void commentsAreNoEvents();
};

void TestSseWriter::writesWhatClientsExpect()
{
    std::string out;
    appendEvent(out, "{\"a\":1}");
    appendEvent(out, "[DONE]");
    appendEvent(out, "{}", "message_stop");
    appendComment(out, "keep-alive");
    QCOMPARE(out,
             std::string("data: {\"a\":1}\n\ndata: [DONE]\n\nevent: message_stop\ndata: {}\n\n"
                         ": keep-alive\n\n"));
}

void TestSseWriter::everyLineStaysData_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("read");
    const auto row = [](const char *data, const char *read) {
        QTest::newRow(data) << QByteArray(data) << QByteArray(read);
    };
    row("", "");
    row(" leading blank", " leading blank");
    row("a\nb", "a\nb");
    row("a\r\nb", "a\nb");
    row("a\rb", "a\nb");
    row("a\n\nevent: forged\ndata: b", "a\n\nevent: forged\ndata: b");
    row("a\n", "a\n");
    row("\n", "\n");
}

void TestSseWriter::everyLineStaysData()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, read);
    std::string out;
    appendEvent(out, data.toStdString(), "named");
    SseParser parser;
    std::string_view bytes = out;
    QVERIFY(parser.take(bytes) == SseParser::Got::Event);
    QCOMPARE(parser.event().data, read.toStdString());
    QCOMPARE(parser.event().event, std::string("named"));
    QVERIFY(parser.take(bytes) == SseParser::Got::NeedMore);
    QVERIFY(!parser.incomplete());
}

void TestSseWriter::commentsAreNoEvents()
{
    std::string out;
    appendComment(out, "alive");
    SseParser parser;
    std::string_view bytes = out;
    QVERIFY(parser.take(bytes) == SseParser::Got::Comment);
    QVERIFY(parser.comment() == " alive");
    QVERIFY(parser.take(bytes) == SseParser::Got::NeedMore);
    QVERIFY(parser.finish() == SseParser::Got::NeedMore);
}

QTEST_APPLESS_MAIN(TestSseWriter)
#include "tst_sse_writer.moc"
