// SPDX-License-Identifier: Apache-2.0
#include "tests/support/every_cut.h"

#include "core/base/bounds.h"
#include "core/http/sse_parser.h"

#include <QTest>

#include <string>

using namespace signalbox;
using namespace signalbox::http;
using namespace std::string_literals;
using signalbox::tests::Pieces;

namespace {

std::string eventLog(const SseParser &parser)
{
    const SseEvent &event = parser.event();
    return "<" + event.event + "|" + event.id + "|" + event.data + ">";
}

/// Events as `<event|id|data>`, comments as `(text)`; then what the end of the stream adds.
std::string readStream(const Pieces &pieces, std::size_t bytesMax = bounds::kSseEventBytesMax)
{
    SseParser parser(bytesMax);
    std::string log;
    for (const std::string &piece : pieces) {
        std::string_view bytes = piece;
        for (auto got = parser.take(bytes); got != SseParser::Got::NeedMore;
             got = parser.take(bytes)) {
            if (got == SseParser::Got::Failed) {
                return log + "failed";
            }
            log += got == SseParser::Got::Event ? eventLog(parser)
                                                : "(" + std::string(parser.comment()) + ")";
        }
    }
    const bool eventAtEnd = parser.finish() == SseParser::Got::Event;
    log += eventAtEnd ? "end" + eventLog(parser) : "";
    log += parser.incomplete() ? " cut" : "";
    return log + (parser.retry() ? " retry" + std::to_string(parser.retry()->count()) : "");
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    const bool opened = file.open(QIODevice::ReadOnly);
    return opened ? file.readAll() : QByteArray();
}

} // namespace

class TestSseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheStandard_data();
    void followsTheStandard();
    void readsRecordedStreams_data();
    void readsRecordedStreams();
    void boundsAnEvent();
    void commentsDoNotAddUp();
    void deliversAtTheBlankLineWithoutWaiting();
    void tellsWhetherAnEventIsUnderWay();
};

void TestSseParser::followsTheStandard_data()
{
    QTest::addColumn<QByteArray>("sample");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const std::string &sample, const std::string &expected) {
        QTest::newRow(name) << QByteArray::fromStdString(sample)
                            << QByteArray::fromStdString(expected);
    };
    row("LF", "data: a\n\ndata: b\n\n", "<||a><||b>");
    row("CR LF", "data: a\r\n\r\ndata: b\r\n\r\n", "<||a><||b>");
    row("CR", "data: a\r\rdata: b\r\r", "<||a><||b>");
    row("mixed", "data: a\r\n\ndata: b\n\r\ndata: c\r\n\r", "<||a><||b><||c>");
    row("no blank", "data:a\n\n", "<||a>");
    row("two blanks", "data:  a\n\n", "<|| a>");
    row("two lines", "data: a\ndata: b\n\n", "<||a\nb>");
    row("field without colon", "data\ndata\n\n", "<||\n>");
    row("empty data", "data:\n\ndata: \n\n", "<||><||>");
    row("no data, no event", "event: ping\n\ndata: a\n\n", "<||a>");
    row("named", "event: error\ndata: a\n\ndata: b\n\n", "<error||a><||b>");
    row("id holds on", "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n", "<|1|a><|1|b><||c>");
    row("id with NUL", "id: 1\nid: \0\ndata: a\n\n"s, "<|1|a>");
    row("comments", ": one\n\n:two\ndata: a\n:\n\n", "( one)(two)()<||a>");
    row("unknown field", "datas: x\n data: y\ndata: a\nx\n\n", "<||a>");
    row("colon in the value", "data: a: b\n\n", "<||a: b>");
    row("retry", "retry: 2500\n\n", " retry2500");
    row("bad retry", "retry: -1\nretry: 1s\nretry: 9999999999\n\n", "");
    row("byte order mark",
        "\xEF\xBB\xBF"
        "data: a\n\n",
        "<||a>");
    row("part of a mark",
        "\xEF\xBB"
        "data: a\n\ndata: b\n\n",
        "<||b>");
    row("mark later",
        "data: a\n\n\xEF\xBB\xBF"
        "data: b\n\n",
        "<||a>");
    row("bytes pass as they are", "data: \xFF\0\xC3\n\n"s, "<||\xFF\0\xC3>"s);
    row("DONE without blank line", "data: a\n\ndata: [DONE]\n", "<||a>end<||[DONE]> cut");
    row("DONE without line end", "data: a\n\ndata: [DONE]", "<||a>end<||[DONE]> cut");
    row("half a document", "data: {\"a", "end<||{\"a> cut");
    row("half a field name", "data: a\n\ndat", "<||a> cut");
    row("half a comment", "data: a\n\n: wor", "<||a>");
    row("event name only", "data: a\n\nevent: x\n", "<||a> cut");
    row("empty stream", "", "");
    row("blank lines", "\n\r\n\r\n\n", "");
}

void TestSseParser::followsTheStandard()
{
    QFETCH(QByteArray, sample);
    QFETCH(QByteArray, expected);
    const auto run = [](const Pieces &pieces) { return readStream(pieces); };
    QCOMPARE(run({sample.toStdString()}), expected.toStdString());
    const std::string difference = tests::firstDifferingCut(sample.toStdString(), run);
    QVERIFY2(difference.empty(), difference.c_str());
}

void TestSseParser::readsRecordedStreams_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("events");
    QTest::addColumn<int>("comments");
    QTest::addColumn<bool>("done");
    const auto row = [](const char *name, int events, int comments, bool done) {
        QTest::newRow(name) << QString::fromLatin1(name) << events << comments << done;
    };
    row("anthropic_named_events", 7, 0, false);
    row("empty_data_frames", 4, 0, true);
    row("gemini_crlf", 1, 0, false);
    row("mistral_text", 5, 0, true);
    row("openrouter_comments", 4, 5, true);
    row("qwen_cjk", 16, 0, true);
    row("qwen_native_no_blank", 8, 8, false);
}

void TestSseParser::readsRecordedStreams()
{
    QFETCH(QString, name);
    QFETCH(int, events);
    QFETCH(int, comments);
    QFETCH(bool, done);
    const QByteArray sample = readFile(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/golden/sse/")
                                       + name + QStringLiteral(".sse"));
    QVERIFY(!sample.isEmpty());
    const auto run = [](const Pieces &pieces) { return readStream(pieces); };
    const QByteArray log = QByteArray::fromStdString(run({sample.toStdString()}));
    QCOMPARE(log.count("|{") + log.count("|[DONE]>") + log.count("||>"), events);
    QCOMPARE(log.count("( OPENROUTER") + log.count("(HTTP_STATUS/200)"), comments);
    QCOMPARE(log.endsWith("<||[DONE]>"), done);
    QVERIFY(!log.endsWith(" cut"));
    const std::string difference = tests::firstDifferingCut(sample.toStdString(), run);
    QVERIFY2(difference.empty(), difference.c_str());
}

void TestSseParser::boundsAnEvent()
{
    const auto run = [](const Pieces &pieces) { return readStream(pieces, 16); };
    for (const std::string sample : {"data: 1234567890\n\n",
                                     "data: 12345678901\n\n",
                                     "data: 12\ndata: 34\n\n",
                                     "data: 12\ndata: 345\n\n",
                                     "id: 1\nid: 2\nid: 3\nid: 4\n",
                                     ": 123456789012345\n",
                                     "data: 12345678901"}) {
        const std::string difference = tests::firstDifferingCut(sample, run);
        QVERIFY2(difference.empty(), difference.c_str());
    }
    QCOMPARE(run({"data: 1234567890\n\n"}), std::string("<||1234567890>"));
    QCOMPARE(run({"data: 12345678901\n\n"}), std::string("failed"));
    QCOMPARE(run({"data: 12\ndata: 34\n\n"}), std::string("<||12\n34>"));
    QCOMPARE(run({"data: a\n\ndata: 12\ndata: 345\n\n"}), std::string("<||a>failed"));
    QCOMPARE(run({"id: 1\nid: 2\nid: 3\nid: 4\n"}), std::string("failed"));
    QCOMPARE(run({"data: 12345678901"}), std::string("failed"));
}

void TestSseParser::commentsDoNotAddUp()
{
    std::string sample = "data: a\n";
    std::string expected;
    for (int i = 0; i < 10; ++i) {
        sample += ": 12345\n";
        expected += "( 12345)";
    }
    QCOMPARE(readStream({sample + "\n"}, 16), expected + "<||a>");
}

void TestSseParser::deliversAtTheBlankLineWithoutWaiting()
{
    for (const std::string sample : {"data: a\n\n", "data: a\r\r", "data: a\r\n\r"}) {
        SseParser parser;
        std::string_view bytes = sample;
        QVERIFY(parser.take(bytes) == SseParser::Got::Event);
        QVERIFY(bytes.empty());
    }
}

void TestSseParser::tellsWhetherAnEventIsUnderWay()
{
    SseParser parser;
    std::string_view bytes = "data: a";
    QVERIFY(!parser.incomplete());
    QVERIFY(parser.take(bytes) == SseParser::Got::NeedMore);
    QVERIFY(parser.incomplete());
    bytes = "\n\n";
    QVERIFY(parser.take(bytes) == SseParser::Got::Event);
    QVERIFY(!parser.incomplete());
    bytes = ": alive\n";
    QVERIFY(parser.take(bytes) == SseParser::Got::Comment);
    QVERIFY(!parser.incomplete());
}

QTEST_APPLESS_MAIN(TestSseParser)
#include "tst_sse_parser.moc"
