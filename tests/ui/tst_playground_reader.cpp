// SPDX-License-Identifier: GPL-3.0-or-later
// Streamed answers as the playground reads them, whole and cut anywhere.
#include "app/console/playground_reader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;

namespace {

const QByteArray kAnswer =
    "data: "
    "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"finish_reason\":null}]}\n\n"
    ": a comment\n\n"
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Hm, \"}}]}\n\n"
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"你好 \"}}]}\r\n\r\n"
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"world\"}}]}\n\n"
    "data: "
    "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":"
    "{\"name\":\"get_time\",\"arguments\":\"{\\\"a\\\"\"}}]}}]}\n\n"
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
    "{\"arguments\":\":1}\"}}]},\"finish_reason\":\"tool_calls\"}]}\n\n"
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,"
    "\"prompt_tokens_details\":{\"cached_tokens\":3},"
    "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}\n\n"
    "data: [DONE]\n\n";

struct Read
{
    QString text;
    QString reasoning;
    QString call;

    void take(const ui::PlaygroundPiece &piece)
    {
        text += piece.text;
        reasoning += piece.reasoning;
        for (const ui::ToolPiece &tool : piece.tools) {
            call += tool.name + tool.arguments;
        }
    }
};

} // namespace

class TestPlaygroundReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAnswerHoweverItIsCut();
    void tellsWhatCameWhen();
    void tellsAnErrorInTheStream();
    void aStreamWithoutItsEndIsAFailure();
    void tellsTheGatewaysErrors();
    void tellsWhatIsNoErrorOfOurs();
    void survivesNonsense_data();
    void survivesNonsense();
};

void TestPlaygroundReader::readsAnAnswerHoweverItIsCut()
{
    for (qsizetype cut = 0; cut <= kAnswer.size(); ++cut) {
        PlaygroundReader reader;
        Read read;
        reader.take(kAnswer.left(cut));
        read.take(reader.takePiece());
        QVERIFY(!reader.hasPiece());
        reader.take(kAnswer.mid(cut));
        read.take(reader.takePiece());
        reader.finish();
        QCOMPARE(read.text, u"你好 world"_s);
        QCOMPARE(read.reasoning, u"Hm, "_s);
        QCOMPARE(read.call, u"get_time{\"a\":1}"_s);
        QCOMPARE(reader.finishReason(), u"tool_calls"_s);
        QVERIFY(!reader.failure() && reader.hasContent());
        QCOMPARE(reader.usage()->promptTokens, 11);
        QCOMPARE(reader.usage()->completionTokens, 7);
        QCOMPARE(reader.usage()->cachedTokens, 3);
        QCOMPARE(reader.usage()->reasoningTokens, 2);
    }
}

/// A byte each 10 ms: arrivals are as many units as the answer, each at the byte that ended its event; what
/// comes within 5 ms is one.
void TestPlaygroundReader::tellsWhatCameWhen()
{
    PlaygroundReader slow;
    for (qsizetype i = 0; i < kAnswer.size(); ++i) {
        slow.take(kAnswer.mid(i, 1), 10.0 * double(i));
    }
    slow.finish(1e6);
    const ui::PlaygroundPiece piece = slow.takePiece();
    int text = 0;
    int reasoning = 0;
    double before = -1;
    for (const ui::PlaygroundArrival &arrival : piece.arrivals) {
        QVERIFY(arrival.ms > before);
        before = arrival.ms;
        text += arrival.text;
        reasoning += arrival.reasoning;
    }
    QCOMPARE(piece.arrivals.size(), 3); // a thought and two words
    QCOMPARE(text, int(piece.text.size()));
    QCOMPARE(reasoning, int(piece.reasoning.size()));
    QCOMPARE(piece.tools.front().id, u"c"_s); // the answer to the call will name it
    PlaygroundReader fast;
    fast.take(kAnswer, 7);
    QCOMPARE(fast.takePiece().arrivals,
             (QList<ui::PlaygroundArrival>{{.ms = 7, .text = text, .reasoning = reasoning}}));
}

void TestPlaygroundReader::tellsAnErrorInTheStream()
{
    PlaygroundReader reader;
    reader.take(
        "data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n"
        "data: {\"error\":{\"message\":\"the stream broke\",\"code\":\"upstream_stream_broken\","
        "\"origin\":\"upstream\",\"provider\":\"p\",\"attempts\":[{\"target\":\"p/m\","
        "\"status\":200,\"reason\":\"reset\",\"ms\":12.5}]}}\n\n");
    QCOMPARE(reader.takePiece().text, u"half"_s);
    QVERIFY(reader.failure());
    QCOMPARE(reader.failure()->code, u"upstream_stream_broken"_s);
    QCOMPARE(reader.failure()->attempts.size(), std::size_t(1));
    QCOMPARE(reader.failure()->attempts[0].target, u"p/m"_s);
    QCOMPARE(reader.failure()->attempts[0].ms, 12.5);
    reader.finish();
    QCOMPARE(reader.failure()->code, u"upstream_stream_broken"_s); // the first one says why
}

void TestPlaygroundReader::aStreamWithoutItsEndIsAFailure()
{
    PlaygroundReader reader;
    reader.take(kAnswer.left(kAnswer.indexOf("data: [DONE]")));
    QVERIFY(!reader.failure());
    reader.finish();
    QVERIFY(reader.failure());
    QCOMPARE(reader.failure()->code, u"stream_cut"_s);
}

void TestPlaygroundReader::tellsTheGatewaysErrors()
{
    const ui::PlaygroundFailure failure =
        readFailure("{\"error\":{\"message\":\"no target\",\"code\":\"no_target_available\","
                    "\"origin\":\"upstream\",\"provider\":\"p\",\"attempts\":[]}}",
                    503);
    QCOMPARE(failure.status, 503);
    QCOMPARE(failure.message, u"no target"_s);
    QCOMPARE(failure.origin, u"upstream"_s);
}

void TestPlaygroundReader::tellsWhatIsNoErrorOfOurs()
{
    const ui::PlaygroundFailure failure =
        readFailure("<html>\n  <b>Bad gateway</b>" + QByteArray(1'000, 'x'), 502);
    QCOMPARE(failure.status, 502);
    QVERIFY(failure.message.contains(u"502: <html> <b>Bad gateway</b>"_s));
    QVERIFY(failure.message.size() < 400);
}

void TestPlaygroundReader::survivesNonsense_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no JSON") << QByteArray("data: {{{\n\n");
    QTest::newRow("other types") << QByteArray(
        "data: {\"choices\":{\"delta\":7},\"usage\":[],\"error\":null}\n\n");
    QTest::newRow("numbers for texts")
        << QByteArray("data: {\"choices\":[{\"delta\":{\"content\":4,\"tool_calls\":\"x\"}}]}\n\n");
    QTest::newRow("no UTF-8") << QByteArray("data: \xff\xfe\n\n");
    QTest::newRow("no event at all") << QByteArray(100'000, '\0');
}

void TestPlaygroundReader::survivesNonsense()
{
    QFETCH(QByteArray, bytes);
    PlaygroundReader reader;
    reader.take(bytes);
    reader.finish();
    QVERIFY(reader.takePiece().text.isEmpty());
    QVERIFY(reader.failure()); // none of them ends as an answer does
}

QTEST_APPLESS_MAIN(TestPlaygroundReader)
#include "tst_playground_reader.moc"
