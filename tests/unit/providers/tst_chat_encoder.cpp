// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"

#include "core/providers/chat_accumulator.h"
#include "core/providers/chat_encoder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

class TestChatEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheRecordedAnswersAnew_data();
    void writesTheRecordedAnswersAnew();
    void obeysTheRulesOfAStream_data();
    void obeysTheRulesOfAStream();
    void sendsUsageOnlyIfAsked();
    void splitsAWholeAnswerIntoAStream();
    void joinsAStreamIntoAWholeAnswer_data();
    void joinsAStreamIntoAWholeAnswer();
    void replacesIdsThatRepeat();
    void saysNothingWhenThereIsNothingToSay();
    void buildsUsageWhereTheUpstreamHasNone();
    void joinsLogprobs();
    void keepsPrettyPrintedValuesOnOneLine();
    void endsABrokenStreamWithAnError();
    void encodesErrors();
    void namesErrorTypes();
    void listsModels();
};

namespace {

const AnswerDefaults kDefaults{"chatcmpl-ours-0123456789", "route", 1'700'000'000};

std::string streamed(const std::vector<ChatEvent> &events, bool includeUsage)
{
    ChatEncoder encoder(kDefaults, includeUsage);
    std::string out;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            encoder.encodeChunk(*chunk, out);
        }
    }
    encoder.encodeDone(out);
    return out;
}

std::string whole(const std::vector<ChatEvent> &events)
{
    ChatAccumulator accumulator;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            accumulator.add(*chunk);
        }
    }
    return encodeCompletion(accumulator.whole(), kDefaults);
}

std::vector<ChatEvent> recorded(const char *file)
{
    return decodeWhole(kindOfGolden(file), loadGolden(file).front().body);
}

/// The JSON of each event but `[DONE]`.
std::vector<QJsonObject> chunksOf(const std::string &stream)
{
    std::vector<QJsonObject> chunks;
    for (const QByteArray &line : QByteArray::fromStdString(stream).split('\n')) {
        if (line.startsWith("data: {")) {
            chunks.push_back(QJsonDocument::fromJson(line.mid(6)).object());
        }
    }
    return chunks;
}

ChatChunk chunkOf(ChoiceDelta delta)
{
    ChatChunk chunk;
    chunk.choices.push_back(std::move(delta));
    return chunk;
}

const std::vector<const char *> kRecorded = {
    "anthropic/stream_text.exchange.json",
    "anthropic/stream_tool_parallel.exchange.json",
    "anthropic/text_system_prompt.exchange.json",
    "deepseek/text_basic.exchange.json",
    "openai/stream_usage_reasoning_length.exchange.json",
    "openai/tool_call.exchange.json",
    "openrouter/stream_text_comments_double_finish.exchange.json",
    "anthropic/params_stop_sequence.exchange.json",
    "anthropic/stream_image.exchange.json",
    "anthropic/stream_reasoning.exchange.json",
    "anthropic/stream_refusal.sse",
    "anthropic/stream_tool_no_args.exchange.json",
    "anthropic/stream_tool_roundtrip.exchange.json",
    "anthropic/usage_prompt_cache.exchange.json",
    "gemini/blocked_prompt.json",
    "gemini/stream_text.exchange.json",
    "gemini/stream_tool_parallel.exchange.json",
    "gemini/stream_tool_thought_signature.exchange.json",
    "gemini/stream_usage_thoughts.exchange.json",
    "gemini/text_basic.exchange.json",
    "gemini/tool_parallel_roundtrip.exchange.json",
    "qwen/stream_n2_interleaved.exchange.json",
    "qwen/stream_tool.exchange.json",
    "qwen/text_cjk.exchange.json",
};

} // namespace

void TestChatEncoder::writesTheRecordedAnswersAnew_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : kRecorded) {
        QTest::newRow(file) << QByteArray(file);
    }
}

/// Goal: what clients get is reviewed byte by byte. Method: each recording as a stream with usage
/// and as a whole answer, compared with the `.client` file beside it; SIGNALBOX_UPDATE_GOLDEN=1
/// writes it.
void TestChatEncoder::writesTheRecordedAnswersAnew()
{
    QFETCH(QByteArray, file);
    const auto events = recorded(file.constData());
    const QByteArray written = QByteArray::fromStdString(streamed(events, true) + whole(events)
                                                         + "\n");
    const QByteArray base = file.left(file.indexOf('.'));
    QFile golden(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/golden/") + QString::fromLatin1(base)
                 + QStringLiteral(".client"));
    if (qEnvironmentVariableIsSet("SIGNALBOX_UPDATE_GOLDEN")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(written);
        return;
    }
    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(written, golden.readAll());
}

void TestChatEncoder::obeysTheRulesOfAStream_data()
{
    writesTheRecordedAnswersAnew_data();
}

void TestChatEncoder::obeysTheRulesOfAStream()
{
    QFETCH(QByteArray, file);
    const std::string stream = streamed(recorded(file.constData()), true);
    QVERIFY(stream.ends_with("}\n\ndata: [DONE]\n\n"));
    const auto chunks = chunksOf(stream);
    QMap<int, int> finishes;
    QSet<int> begun;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const QJsonObject &chunk = chunks[i];
        for (const char *same : {"id", "created", "model", "object"}) {
            QCOMPARE(chunk[QLatin1String(same)], chunks.front()[QLatin1String(same)]);
        }
        QCOMPARE(chunk[u"object"].toString(), QStringLiteral("chat.completion.chunk"));
        QVERIFY(chunk.contains(u"usage"));
        const bool last = i + 1 == chunks.size();
        QCOMPARE(chunk[u"usage"].isNull(), !last);
        QCOMPARE(chunk[u"choices"].toArray().isEmpty(), last);
        for (const QJsonValue value : chunk[u"choices"].toArray()) {
            const QJsonObject choice = value.toObject();
            const int index = choice[u"index"].toInt();
            const QJsonObject delta = choice[u"delta"].toObject();
            QVERIFY(choice.contains(u"finish_reason"));
            QCOMPARE(delta.contains(u"role"), !begun.contains(index));
            QVERIFY(!finishes.contains(index));
            begun.insert(index);
            if (!choice[u"finish_reason"].isNull()) {
                ++finishes[index];
            }
        }
    }
    QCOMPARE(static_cast<int>(finishes.size()), static_cast<int>(begun.size()));
}

void TestChatEncoder::sendsUsageOnlyIfAsked()
{
    for (const char *file : kRecorded) {
        const std::string stream = streamed(recorded(file), false);
        QVERIFY(stream.find("\"usage\"") == std::string::npos);
        QVERIFY(stream.find("\"choices\":[]") == std::string::npos);
    }
}

void TestChatEncoder::splitsAWholeAnswerIntoAStream()
{
    ChoiceDelta delta;
    delta.content = "Hi";
    delta.finish = FinishReason::Stop;
    ChatChunk chunk = chunkOf(delta);
    chunk.model = "m";
    ChatEncoder encoder(kDefaults, false);
    std::string out;
    encoder.encodeChunk(chunk, out);
    encoder.encodeDone(out);
    const std::string head =
        R"(data: {"id":"chatcmpl-ours-0123456789","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":)";
    QCOMPARE(out,
             head + R"({"role":"assistant","content":"Hi"},"logprobs":null,"finish_reason":null}]})"
                 + "\n\n" + head + R"({},"logprobs":null,"finish_reason":"stop"}]})"
                 + "\n\ndata: [DONE]\n\n");
}

void TestChatEncoder::joinsAStreamIntoAWholeAnswer_data()
{
    writesTheRecordedAnswersAnew_data();
}

/// What our own stream says is what our whole answer says.
void TestChatEncoder::joinsAStreamIntoAWholeAnswer()
{
    QFETCH(QByteArray, file);
    const auto events = recorded(file.constData());
    const auto again = decodeWhole(ProviderKind::OpenAi, streamed(events, true));
    QVERIFY(endedWell(again));
    QCOMPARE(contentOf(again), contentOf(events));
    QCOMPARE(reasoningOf(again), reasoningOf(events));
    QCOMPARE(toolCallsOf(again), toolCallsOf(events));
    const auto fromWhole = decodeWhole(ProviderKind::OpenAi, whole(events));
    QCOMPARE(contentOf(fromWhole), contentOf(events));
    QCOMPARE(toolCallsOf(fromWhole), toolCallsOf(events));
    QCOMPARE(usageOf(fromWhole)->promptTokens, usageOf(events)->promptTokens);
    QCOMPARE(usageOf(again)->completionTokens, usageOf(events)->completionTokens);
}

void TestChatEncoder::replacesIdsThatRepeat()
{
    ChoiceDelta delta;
    delta.content = "x";
    ChatChunk chunk = chunkOf(delta);
    chunk.id = "chatcmpl-745";
    QVERIFY(encodeCompletion(chunk, kDefaults).starts_with(R"({"id":"chatcmpl-ours-0123456789",)"));
    chunk.id = "chatcmpl-C4GmWI2Sl7Hn";
    QVERIFY(encodeCompletion(chunk, kDefaults).starts_with(R"({"id":"chatcmpl-C4GmWI2Sl7Hn",)"));
    ChatEncoder encoder(kDefaults, false);
    std::string out;
    encoder.encodeChunk(chunk, out);
    chunk.id = "chatcmpl-another-0000000";
    chunk.model = "another";
    encoder.encodeChunk(chunk, out);
    QVERIFY(out.find("another") == std::string::npos);
}

void TestChatEncoder::saysNothingWhenThereIsNothingToSay()
{
    ChatEncoder encoder(kDefaults, true);
    std::string out;
    encoder.encodeChunk({}, out);
    QCOMPARE(out, std::string());
    encoder.encodeChunk(chunkOf({}), out);
    QVERIFY(out.find(R"("delta":{"role":"assistant","content":""})") != std::string::npos);
    out.clear();
    ChoiceDelta empty;
    empty.content = "";
    encoder.encodeChunk(chunkOf(empty), out);
    QCOMPARE(out, std::string());
    encoder.encodeDone(out);
    QCOMPARE(out, std::string("data: [DONE]\n\n"));
}

void TestChatEncoder::buildsUsageWhereTheUpstreamHasNone()
{
    ChatChunk chunk = chunkOf({});
    Usage usage;
    usage.promptTokens = 130;
    usage.cachedTokens = 100;
    usage.cacheWriteTokens = 20;
    usage.completionTokens = 9;
    usage.reasoningTokens = 4;
    chunk.usage = usage;
    const std::string built =
        R"("usage":{"prompt_tokens":130,"completion_tokens":9,"total_tokens":139,"prompt_tokens_details":{"cached_tokens":100},"completion_tokens_details":{"reasoning_tokens":4}})";
    QVERIFY(encodeCompletion(chunk, kDefaults).find(built) != std::string::npos);
    chunk.usageJson = R"({"prompt_tokens":130,"mine":1.0})";
    QVERIFY(encodeCompletion(chunk, kDefaults).find(R"("usage":{"prompt_tokens":130,"mine":1.0})")
            != std::string::npos);
}

void TestChatEncoder::joinsLogprobs()
{
    ChatAccumulator accumulator;
    for (const char *logprobs : {R"({"content":[{"token":"a","logprob":-0.10}],"refusal":null})",
                                 R"({"content":[ ]})",
                                 R"({"content":[{"token":"b"},{"token":"c"}]})",
                                 "null"}) {
        ChoiceDelta delta;
        delta.content = "x";
        delta.logprobsJson = logprobs;
        accumulator.add(chunkOf(delta));
    }
    QCOMPARE(
        accumulator.whole().choices.front().logprobsJson,
        std::string(
            R"({"content":[{"token":"a","logprob":-0.10},{"token":"b"},{"token":"c"}],"refusal":null})"));
}

void TestChatEncoder::keepsPrettyPrintedValuesOnOneLine()
{
    const auto events = recorded("openai/tool_call.exchange.json");
    const std::string stream = streamed(events, true);
    for (const QByteArray &line : QByteArray::fromStdString(stream).split('\n')) {
        QVERIFY(line.isEmpty() || line.startsWith("data: "));
    }
}

void TestChatEncoder::endsABrokenStreamWithAnError()
{
    std::string out;
    ApiError error;
    error.message = "the upstream broke";
    error.type = "api_error";
    error.code = "upstream_stream_broken";
    error.origin = ErrorOrigin::Upstream;
    ChatEncoder::encodeError(error, out);
    const std::string expected =
        R"(data: {"error":{"message":"the upstream broke","type":"api_error","param":null,"code":"upstream_stream_broken","origin":"upstream","provider":null,"attempts":[]}})"
        "\n\n";
    QCOMPARE(out, expected);
}

void TestChatEncoder::encodesErrors()
{
    ApiError error;
    error.message = "no \"target\"";
    error.type = errorTypeFor(503);
    error.param = "model";
    error.code = "no_target_available";
    error.provider = "qwen";
    error.attempts = {{"qwen/qwen-plus", 503, "overloaded", 120},
                      {"x/y", 0, "connection_refused", 1}};
    const std::string expected =
        R"({"error":{"message":"no \"target\"","type":"api_error","param":"model","code":"no_target_available","origin":"gateway","provider":"qwen","attempts":[{"target":"qwen/qwen-plus","status":503,"reason":"overloaded","ms":120},{"target":"x/y","status":0,"reason":"connection_refused","ms":1}]}})";
    QCOMPARE(encodeError(error), expected);
}

void TestChatEncoder::namesErrorTypes()
{
    QCOMPARE(errorTypeFor(400), std::string_view("invalid_request_error"));
    QCOMPARE(errorTypeFor(404), std::string_view("invalid_request_error"));
    QCOMPARE(errorTypeFor(401), std::string_view("authentication_error"));
    QCOMPARE(errorTypeFor(403), std::string_view("permission_error"));
    QCOMPARE(errorTypeFor(429), std::string_view("rate_limit_error"));
    QCOMPARE(errorTypeFor(504), std::string_view("api_error"));
}

void TestChatEncoder::listsModels()
{
    const ModelEntry chat{"chat", 5, "signalbox"};
    QCOMPARE(encodeModel(chat),
             std::string(R"({"id":"chat","object":"model","created":5,"owned_by":"signalbox"})"));
    QCOMPARE(
        encodeModels({chat, {"a/b", 0, "a"}}),
        std::string(
            R"({"object":"list","data":[{"id":"chat","object":"model","created":5,"owned_by":"signalbox"},)"
            R"({"id":"a/b","object":"model","created":0,"owned_by":"a"}]})"));
    QCOMPARE(encodeModels({}), std::string(R"({"object":"list","data":[]})"));
}

QTEST_APPLESS_MAIN(TestChatEncoder)
#include "tst_chat_encoder.moc"
