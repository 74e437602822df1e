// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"

#include "core/base/random.h"
#include "core/providers/adapter.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::test;

class TestDecoders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesAlikeHoweverTheBytesArrive_data();
    void decodesAlikeHoweverTheBytesArrive();
    void readsRecordedStreams_data();
    void readsRecordedStreams();
    void readsRecordedDocuments_data();
    void readsRecordedDocuments();
    void keepsToolCallsTogether_data();
    void keepsToolCallsTogether();
    void keepsInterleavedChoicesApart();
    void keepsTheUpstreamsUsageAsWritten();
    void normalisesUsage_data();
    void normalisesUsage();
    void tellsHowAnAnswerFailed_data();
    void tellsHowAnAnswerFailed();
    void endsEveryCutStreamHonestly_data();
    void endsEveryCutStreamHonestly();
    void keepsWhatCameBesideAnError();
    void saysNothingAfterTheEnd();
    void leavesTagsInTheText_data();
    void leavesTagsInTheText();
    void hearsNothingInComments();
    void readsReasoningUnderEveryName_data();
    void readsReasoningUnderEveryName();
    void mapsFinishReasons_data();
    void mapsFinishReasons();
    void passesLogprobsAndFingerprintsRaw();
    void survivesOddMembers();
};

namespace {

/// Gemini's documents are as long as its streams, and as many.
const std::vector<const char *> kStreams = {
    "anthropic/stream_image.exchange.json",
    "anthropic/stream_reasoning.exchange.json",
    "anthropic/stream_refusal.sse",
    "anthropic/stream_text.exchange.json",
    "anthropic/stream_text_receive_chunks.chunked.json",
    "anthropic/stream_tool_no_args.exchange.json",
    "anthropic/stream_tool_parallel.exchange.json",
    "anthropic/stream_tool_roundtrip.exchange.json",
    "deepseek/stream_reasoning_receive_chunks_azure.chunked.json",
    "deepseek/stream_tool_no_args.exchange.json",
    "gemini/blocked_prompt.json",
    "gemini/json_responseschema.exchange.json",
    "gemini/stream_text.exchange.json",
    "gemini/stream_tool_parallel.exchange.json",
    "gemini/stream_tool_thought_signature.exchange.json",
    "gemini/stream_usage_thoughts.exchange.json",
    "gemini/text_basic.exchange.json",
    "gemini/tool_anyof_param.exchange.json",
    "gemini/tool_choice_required.exchange.json",
    "gemini/tool_parallel_roundtrip.exchange.json",
    "generic/llamabox_stream_no_done.exchange.json",
    "generic/ollama_stream_tool.exchange.json",
    "generic/syn_empty_data_frames.sse",
    "generic/syn_usage_only_final_chunk.sse",
    "generic/vllm_stream.exchange.json",
    "openai/stream_usage_reasoning_length.exchange.json",
    "openrouter/stream_reasoning.exchange.json",
    "openrouter/stream_text_comments_double_finish.exchange.json",
    "openrouter/stream_tool_reasoning_details.exchange.json",
    "qwen/stream_cjk.exchange.json",
    "qwen/stream_n2_interleaved.exchange.json",
    "qwen/stream_reasoning.chunks.txt",
    "qwen/stream_tool.exchange.json",
};

std::string chunkWith(std::string_view choice)
{
    return R"(data: {"id":"c","choices":[)" + std::string(choice) + "]}\n\n";
}

std::string documentWith(std::string_view message, std::string_view more = "")
{
    return R"({"id":"c","choices":[{"index":0,"message":)" + std::string(message)
           + R"(,"finish_reason":"stop"}])" + std::string(more) + "}";
}

QByteArray nameOf(OutcomeClass outcome)
{
    const auto name = signalbox::toString(outcome);
    return {name.data(), static_cast<qsizetype>(name.size())};
}

std::vector<std::size_t> cutsOf(std::size_t bytes)
{
    std::vector<std::size_t> cuts;
#ifdef SIGNALBOX_EVERY_CUT
    constexpr std::size_t kBytesMax = 65'536;
    for (std::size_t at = 0; at <= std::min(bytes, kBytesMax); ++at) {
        cuts.push_back(at);
    }
#else
    Random random(bytes);
    for (int i = 0; i < 64; ++i) {
        cuts.push_back(random.below(bytes + 1));
    }
#endif
    return cuts;
}

/// `failed: server_error`, `ended` or `nothing`.
QByteArray endOf(const std::vector<ChatEvent> &events)
{
    if (const auto failure = failureOf(events)) {
        return nameOf(failure->outcome);
    }
    return endedWell(events) ? "ended" : "nothing";
}

} // namespace

void TestDecoders::decodesAlikeHoweverTheBytesArrive_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : kStreams) {
        QTest::newRow(file) << QByteArray(file);
    }
}

/// Goal: no place at which the network cuts a stream changes what it says.
/// Method: each recording whole, byte by byte, and cut in two: in the release build at every byte
/// of the first 64 KB, else, to stay quick, at 64 places drawn by chance.
void TestDecoders::decodesAlikeHoweverTheBytesArrive()
{
    QFETCH(QByteArray, file);
    const ProviderKind kind = kindOfGolden(file.toStdString());
    const auto exchanges = loadGolden(file.toStdString());
    QVERIFY(!exchanges.empty());
    for (const Exchange &exchange : exchanges) {
        QVERIFY(exchange.body.size() > 100);
        const auto whole = decodeWhole(kind, exchange.body);
        QVERIFY(endedWell(whole));
        QVERIFY(decodeByteByByte(kind, exchange.body) == whole);
        for (const std::size_t at : cutsOf(exchange.body.size())) {
            QVERIFY2(decodeCutAt(kind, exchange.body, at) == whole,
                     qPrintable(QString::number(at)));
        }
    }
}

void TestDecoders::readsRecordedStreams_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<qint64>("prompt");
    QTest::addColumn<qint64>("completion");
    const auto row = [](const char *file,
                        const char *begin,
                        const char *model,
                        qint64 prompt,
                        qint64 completion) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(begin) << QByteArray(model) << prompt
                            << completion;
    };
    row("anthropic/stream_text.exchange.json", "1\n2\n3", "claude-haiku-4-5-20251001", 15, 9);
    row("anthropic/stream_refusal.sse", "Hi", "claude-fable-5", 28, 106);
    row("openrouter/stream_text_comments_double_finish.exchange.json",
        "1\n2\n3",
        "anthropic/claude-4.5-haiku-20251001",
        15,
        9);
    row("openai/stream_usage_reasoning_length.exchange.json", "", "gpt-5-nano-2025-08-07", 12, 100);
    row("generic/syn_empty_data_frames.sse", "Hi", "gpt-4o", 3, 1);
    row("generic/syn_usage_only_final_chunk.sse", "Hi", "gpt-4o", 10, 5);
    row("generic/vllm_stream.exchange.json",
        "1, 2, 3, 4, 5",
        "meta-llama/Llama-3.3-70B-Instruct",
        -1,
        -1);
    row("qwen/stream_n2_interleaved.exchange.json", "Hello! How can I", "qwen-turbo", -1, -1);
}

void TestDecoders::readsRecordedStreams()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, model);
    QFETCH(qint64, prompt);
    QFETCH(qint64, completion);
    const auto exchange = loadGolden(file.toStdString()).front();
    const auto events = decodeWhole(kindOfGolden(file.toStdString()), exchange.body);
    QVERIFY(endedWell(events));
    QVERIFY(QByteArray::fromStdString(contentOf(events)).startsWith(begin));
    QCOMPARE(QByteArray::fromStdString(std::get<ChatChunk>(events.front()).model), model);
    QVERIFY(usageOf(events).has_value());
    if (prompt >= 0) {
        QCOMPARE(usageOf(events)->promptTokens, prompt);
        QCOMPARE(usageOf(events)->completionTokens, completion);
    }
}

void TestDecoders::readsRecordedDocuments_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : {"anthropic/params_stop_sequence.exchange.json",
                             "anthropic/text_system_prompt.exchange.json",
                             "anthropic/usage_prompt_cache.exchange.json",
                             "deepseek/json_mode.exchange.json",
                             "deepseek/reasoning_effort_high.exchange.json",
                             "deepseek/reasoning_tool_parallel.exchange.json",
                             "deepseek/text_basic.exchange.json",
                             "deepseek/tool_choice_required.exchange.json",
                             "generic/hf_together_reasoning.exchange.json",
                             "generic/ollama_json_schema.exchange.json",
                             "generic/ollama_text_reasoning.exchange.json",
                             "openai/cjk_chat_history_b.exchange.json",
                             "openai/image_url.exchange.json",
                             "openai/json_schema.exchange.json",
                             "openai/params_stop_seed_gpt4o.exchange.json",
                             "openai/reasoning.exchange.json",
                             "openai/text_multiturn.exchange.json",
                             "openai/tool_call.exchange.json",
                             "openai/tool_parallel.exchange.json",
                             "openrouter/text_basic.exchange.json",
                             "qwen/reasoning.json",
                             "qwen/text_cjk.exchange.json",
                             "qwen/tool_call.exchange.json",
                             "qwen/tool_choice_required.exchange.json"}) {
        QTest::newRow(file) << QByteArray(file);
    }
}

void TestDecoders::readsRecordedDocuments()
{
    QFETCH(QByteArray, file);
    const ProviderKind kind = kindOfGolden(file.toStdString());
    for (const Exchange &exchange : loadGolden(file.toStdString())) {
        const auto events = decodeWhole(kind, "\n\n \n" + exchange.body);
        QCOMPARE(events.size(), std::size_t{2});
        QVERIFY(endedWell(events));
        const auto &chunk = std::get<ChatChunk>(events.front());
        QVERIFY(chunk.hasContent());
        QVERIFY(chunk.choices.front().finish.has_value());
        QVERIFY(chunk.usage && chunk.usage->promptTokens > 0 && chunk.usage->completionTokens > 0);
        QVERIFY(!chunk.id.empty() && !chunk.model.empty());
        QVERIFY(decodeByteByByte(kind, exchange.body) == events);
    }
}

void TestDecoders::keepsToolCallsTogether_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("calls");
    const auto row = [](const char *file, const char *calls) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(calls);
    };
    row("anthropic/stream_tool_roundtrip.exchange.json",
        R"(0 toolu_01MKSN7NHsBVKr7Jvw5pqCQq weather {"latitude": "52.5200", "longitude": "13.4050"};)");
    row("anthropic/stream_tool_parallel.exchange.json",
        R"(0 toolu_01LtHJmixrs9NcWQkK8hu8hj pelican_name_generator {};)"
        R"(1 toolu_01N8a4jWyf116qKTMqKKmjyt pelican_name_generator {};)");
    row("qwen/stream_tool.exchange.json",
        R"(0 call_0e4e055c658b4076bf302b search {"query": "AI news"};)");
    row("openai/tool_call.exchange.json",
        R"(0 call_8fxy20OEu9ulvvaa5b5CzVA4 get_current_weather {"location":"Boston, MA","unit":"fahrenheit"};)");
}

void TestDecoders::keepsToolCallsTogether()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, calls);
    const auto exchange = loadGolden(file.toStdString()).front();
    const auto events = decodeWhole(kindOfGolden(file.toStdString()), exchange.body);
    std::string found;
    for (const ToolCallDelta &call : toolCallsOf(events)) {
        found += std::to_string(call.index) + " " + call.id + " " + call.name + " " + call.arguments
                 + ";";
    }
    QCOMPARE(QByteArray::fromStdString(found), calls);
}

void TestDecoders::keepsInterleavedChoicesApart()
{
    const auto exchange = loadGolden("qwen/stream_n2_interleaved.exchange.json").front();
    const auto events = decodeWhole(ProviderKind::Qwen, exchange.body);
    QCOMPARE(finishesOf(events, 0), 1);
    QCOMPARE(finishesOf(events, 1), 1);
    // Indices from 1, a whole call in one delta, repeated ids and names, no index at all.
    const auto odd = decodeWhole(
        ProviderKind::OpenAiCompatible,
        chunkWith(
            R"({"delta":{"tool_calls":[{"index":1,"id":"a","function":{"name":"f","arguments":"{"}}]},"index":0})")
            + chunkWith(
                R"({"delta":{"tool_calls":[{"index":1,"id":"a","function":{"name":"f","arguments":"}"}}]},"index":0})")
            + chunkWith(
                R"({"delta":{"tool_calls":[{"id":"b","function":{"name":"g","arguments":{"x": 1}}}]},"index":0})")
            + chunkWith(
                R"({"delta":{"tool_calls":[{"function":{"arguments":" "}}]},"index":0,"finish_reason":"tool_calls"})"));
    const std::vector<ToolCallDelta> expected = {{0, "a", "f", "{}"},
                                                 {1, "b", "g", R"({"x": 1} )"}};
    QCOMPARE(toolCallsOf(odd), expected);
    const auto &second = std::get<ChatChunk>(odd[1]).choices.front().toolCalls.front();
    QCOMPARE(second, (ToolCallDelta{0, "", "", "}"}));
}

void TestDecoders::keepsTheUpstreamsUsageAsWritten()
{
    const auto events = decodeWhole(
        ProviderKind::OpenRouter,
        documentWith(
            R"({"content":"x"})",
            R"(,"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.00006,"foo":1.0})"));
    const auto &chunk = std::get<ChatChunk>(events.front());
    QCOMPARE(chunk.usageJson,
             std::string(R"({"prompt_tokens":1,"completion_tokens":2,"cost":0.00006,"foo":1.0})"));
    QCOMPARE(chunk.usage->statedCost, Money::fromDecimal("0.00006"));
    for (const std::string_view none : {R"(,"usage":null)", R"(,"usage":{})", ""}) {
        const auto without = decodeWhole(ProviderKind::OpenAi,
                                         documentWith(R"({"content":"x"})", none));
        QVERIFY(!std::get<ChatChunk>(without.front()).usage);
        QVERIFY(std::get<ChatChunk>(without.front()).usageJson.empty());
    }
}

void TestDecoders::normalisesUsage_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("usage");
    const auto row = [](const char *name, ProviderKind kind, const char *json, const char *usage) {
        QTest::newRow(name) << int(kind) << QByteArray(json) << QByteArray(usage);
    };
    row("openai",
        ProviderKind::OpenAi,
        R"({"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}})",
        "10 4 0 5 3");
    row("deepseek",
        ProviderKind::DeepSeek,
        R"({"prompt_tokens":10,"completion_tokens":5,"prompt_cache_hit_tokens":8,"prompt_cache_miss_tokens":2})",
        "10 8 0 5 0");
    row("qwen",
        ProviderKind::Qwen,
        R"({"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":1,"cache_creation_input_tokens":6}})",
        "10 1 6 5 0");
    row("openrouter",
        ProviderKind::OpenRouter,
        R"({"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":1,"cache_write_tokens":2}})",
        "10 1 2 5 0");
    row("together",
        ProviderKind::OpenAiCompatible,
        R"({"prompt_tokens":10,"completion_tokens":5,"cached_tokens":9})",
        "10 9 0 5 0");
    row("null details",
        ProviderKind::OpenAiCompatible,
        R"({"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":null})",
        "10 0 0 5 0");
    row("nonsense",
        ProviderKind::OpenAiCompatible,
        R"({"prompt_tokens":-10,"completion_tokens":99999999999999,"prompt_tokens_details":{"cached_tokens":"x"}})",
        "0 0 0 1000000000 0");
}

void TestDecoders::normalisesUsage()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, usage);
    const auto events = decodeWhole(static_cast<ProviderKind>(kind),
                                    documentWith(R"({"content":"x"})",
                                                 R"(,"usage":)" + json.toStdString()));
    const Usage found = usageOf(events).value_or(Usage());
    QCOMPARE(QString::asprintf("%lld %lld %lld %lld %lld",
                               static_cast<long long>(found.promptTokens),
                               static_cast<long long>(found.cachedTokens),
                               static_cast<long long>(found.cacheWriteTokens),
                               static_cast<long long>(found.completionTokens),
                               static_cast<long long>(found.reasoningTokens)),
             QString::fromLatin1(usage));
}

void TestDecoders::tellsHowAnAnswerFailed_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("end");
    const auto row =
        [](const char *name, ProviderKind kind, const std::string &body, const char *end) {
            QTest::newRow(name) << int(kind) << QByteArray::fromStdString(body) << QByteArray(end);
        };
    using enum ProviderKind;
    const std::string text = chunkWith(R"({"delta":{"content":"Hi"},"index":0})");
    const std::string finish = chunkWith(R"({"delta":{},"index":0,"finish_reason":"stop"})");
    const std::string start =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}\n\n";
    row("empty", OpenAi, "", "empty_answer");
    row("blank", OpenAi, " \n\r\n", "empty_answer");
    row("empty anthropic", Anthropic, "", "empty_answer");
    row("html", OpenAi, "<html>502</html>", "unparseable");
    row("words", OpenAi, "Bad gateway\n\n", "unparseable");
    row("cut document", OpenAi, R"({"choices":[{"mess)", "unparseable");
    row("deep document", OpenAi, R"({"a":)" + std::string(100'000, '['), "unparseable");
    row("bad utf-8", OpenAi, "{\"choices\":\"\xFF\"}", "unparseable");
    row("no choices", OpenAi, R"({"choices":[]})", "empty_answer");
    row("null choices", OpenAi, R"({"choices":null})", "empty_answer");
    row("nothing", OpenAi, "{}", "empty_answer");
    row("error document",
        OpenAi,
        R"({"error":{"message":"boom","type":"server_error"}})",
        "server_error");
    row("odd error document", OpenAi, R"({"error":"overloaded"})", "server_error");
    row("error with status",
        OpenRouter,
        R"({"error":{"code":429,"message":"Provider returned error"}})",
        "rate_limited");
    row("error 502", OpenRouter, R"({"error":{"code":502,"message":"x"}})", "overloaded");
    row("billing", OpenRouter, R"({"error":{"code":402,"message":"x"}})", "billing_refused");
    row("flat error",
        OpenAiCompatible,
        R"({"object":"error","message":"x","code":400})",
        "invalid_request");
    row("array error",
        OpenAiCompatible,
        R"([{"error":{"code":503,"message":"x","status":"UNAVAILABLE"}}])",
        "overloaded");
    row("error event",
        OpenAiCompatible,
        "event: error\ndata: "
        "{\"error\":{\"message\":\"x\",\"type\":\"internal_server_error\"}}\n\n",
        "server_error");
    row("bare error event",
        OpenAiCompatible,
        text + "event: error\ndata: {\"message\":\"x\"}\n\n",
        "stream_broken");
    row("error after text",
        OpenAi,
        text + "data: {\"error\":{\"message\":\"x\"}}\n\ndata: [DONE]\n\n",
        "stream_broken");
    row("content in stream",
        Qwen,
        text
            + "data: {\"error\":{\"message\":\"<400> InternalError.Algo.DataInspectionFailed: "
              "Output data may contain inappropriate "
              "content.\",\"code\":\"data_inspection_failed\"}}\n\n",
        "content_refused");
    row("garbage event", OpenAi, text + "data: {\"choices\":[\n\n", "unparseable");
    row("scalar event", OpenAi, text + "data: hello\n\n", "unparseable");
    row("cut event", OpenAi, text + "data: {\"choices\":[", "stream_broken");
    row("no end", OpenAi, text, "stream_broken");
    row("only comments", OpenRouter, ": OPENROUTER PROCESSING\n\n", "stream_broken");
    row("only done", OpenAi, "data: [DONE]\n\n", "empty_answer");
    row("finish without done", OpenAi, text + finish, "ended");
    row("done without blank line", OpenAi, text + finish + "data: [DONE]", "ended");
    row("done without finish", OpenAi, text + "data: [DONE]\n\n", "ended");
    row("two choices, one finished",
        OpenAi,
        chunkWith(R"({"delta":{"content":"a"},"index":1})") + text + finish,
        "stream_broken");
    row("finish error",
        OpenRouter,
        chunkWith(R"({"delta":{},"index":0,"finish_reason":"error"})"),
        "server_error");
    row("out of resources",
        DeepSeek,
        chunkWith(R"({"delta":{},"index":0,"finish_reason":"insufficient_system_resource"})"),
        "overloaded");
    row("huge event", OpenAi, "data: \"" + std::string(9 << 20, 'x'), "unparseable");
    row("anthropic overloaded",
        Anthropic,
        start
            + "event: error\ndata: "
              "{\"type\":\"error\",\"error\":{\"details\":null,\"type\":\"overloaded_error\","
              "\"message\":\"Overloaded\"}}\n\n",
        "overloaded");
    row("anthropic rate limit",
        Anthropic,
        "event: error\ndata: "
        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}\n\n",
        "rate_limited");
    row("anthropic api error",
        Anthropic,
        "event: error\ndata: "
        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"x\"}}\n\n",
        "server_error");
    row("anthropic unknown error",
        Anthropic,
        "event: error\ndata: {\"type\":\"error\"}\n\n",
        "stream_broken");
    row("anthropic error document",
        Anthropic,
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
        "overloaded");
    row("anthropic garbage", Anthropic, start + "data: nope\n\n", "unparseable");
    row("anthropic without stop", Anthropic, start, "stream_broken");
    row("anthropic without message",
        Anthropic,
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        "empty_answer");
    row("anthropic empty document",
        Anthropic,
        R"({"type":"message","content":[]})",
        "empty_answer");
    row("anthropic refusal document",
        Anthropic,
        R"({"type":"message","content":[],"stop_reason":"refusal"})",
        "ended");
}

void TestDecoders::tellsHowAnAnswerFailed()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, end);
    const auto provider = static_cast<ProviderKind>(kind);
    const auto events = decodeWhole(provider, body.toStdString());
    QCOMPARE(endOf(events), end);
    if (body.size() < 10'000) {
        QVERIFY(decodeByteByByte(provider, body.toStdString()) == events);
    }
}

void TestDecoders::endsEveryCutStreamHonestly_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : {"anthropic/stream_text.exchange.json",
                             "gemini/stream_tool_parallel.exchange.json",
                             "gemini/stream_usage_thoughts.exchange.json",
                             "qwen/stream_tool.exchange.json",
                             "openai/stream_usage_reasoning_length.exchange.json",
                             "openrouter/stream_text_comments_double_finish.exchange.json"}) {
        QTest::newRow(file) << QByteArray(file);
    }
}

/// Goal: a stream that stops anywhere never looks complete before its finish was told, never is
/// called garbage, and always ends exactly once.
void TestDecoders::endsEveryCutStreamHonestly()
{
    QFETCH(QByteArray, file);
    const ProviderKind kind = kindOfGolden(file.toStdString());
    const std::string body = loadGolden(file.toStdString()).front().body;
    int broken = 0;
    for (std::size_t size = 1; size < body.size(); ++size) {
        const auto events = decodeWhole(kind, std::string_view(body).substr(0, size));
        const auto failure = failureOf(events);
        QVERIFY(failure.has_value() || endedWell(events));
        if (!failure) {
            QCOMPARE(finishesOf(events, 0) > 0, true);
            continue;
        }
        ++broken;
        QVERIFY2(failure->outcome == OutcomeClass::StreamBroken
                     || failure->outcome == OutcomeClass::EmptyAnswer,
                 qPrintable(QString::number(size)));
    }
    QVERIFY(broken > 100);
}

void TestDecoders::keepsWhatCameBesideAnError()
{
    const auto events = decodeWhole(
        ProviderKind::OpenRouter,
        chunkWith(R"({"delta":{"content":"par"},"index":0})")
            + R"(data: {"id":"c","error":{"code":502,"message":"gone"},"choices":[{"delta":{"content":"tial"},"finish_reason":null}],)"
              R"("usage":{"prompt_tokens":3,"completion_tokens":2}})"
            + "\n\ndata: [DONE]\n\n");
    QCOMPARE(contentOf(events), std::string("partial"));
    QCOMPARE(usageOf(events)->completionTokens, 2);
    QVERIFY(failureOf(events)->outcome == OutcomeClass::Overloaded);
    QCOMPARE(failureOf(events)->message, std::string("gone"));
}

void TestDecoders::saysNothingAfterTheEnd()
{
    const auto decoder = providers::adapterFor(ProviderKind::OpenAi).decoder(true);
    std::vector<ChatEvent> events;
    const std::string text = chunkWith(R"({"delta":{"content":"Hi"},"index":0})");
    decoder->feed(text + "data: [DONE]\n\n" + text, events);
    QCOMPARE(events.size(), std::size_t{2});
    decoder->feed(text + "data: garbage\n\n", events);
    decoder->finish(events);
    decoder->finish(events);
    QCOMPARE(events.size(), std::size_t{2});
    QVERIFY(endedWell(events));
}

void TestDecoders::leavesTagsInTheText_data()
{
    QTest::addColumn<QByteArray>("upstream");
    QTest::newRow("whole") << QByteArray::fromStdString(
        documentWith(R"({"content":"<think>hm</think>yes"})"));
    QTest::newRow("streamed") << QByteArray::fromStdString(
        chunkWith(R"({"index":0,"delta":{"content":"<thi"}})")
        + chunkWith(R"({"index":0,"delta":{"content":"nk>hm</think>yes"},"finish_reason":"stop"})")
        + "data: [DONE]\n\n");
}

void TestDecoders::leavesTagsInTheText()
{
    QFETCH(QByteArray, upstream);
    const auto events = decodeWhole(ProviderKind::OpenAiCompatible, upstream.toStdString());
    QCOMPARE(QByteArray::fromStdString(contentOf(events)), QByteArray("<think>hm</think>yes"));
    QVERIFY(reasoningOf(events).empty());
}

void TestDecoders::hearsNothingInComments()
{
    const std::string first = chunkWith(R"({"index":0,"delta":{"content":"a"}})");
    const std::string last = chunkWith(R"({"index":0,"delta":{},"finish_reason":"stop"})")
                             + "data: [DONE]\n\n";
    const std::string comment = ": keep-alive\n\n";
    for (const ProviderKind kind : {ProviderKind::DeepSeek, ProviderKind::OpenRouter}) {
        QVERIFY(decodeWhole(kind, comment + comment + first + comment + last)
                == decodeWhole(kind, first + last));
    }
}

void TestDecoders::readsReasoningUnderEveryName_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const char *message, const char *content) {
        QTest::newRow(name) << QByteArray(message) << QByteArray(content);
    };
    row("deepseek", R"({"content":"c","reasoning_content":"think"})", "c");
    row("openrouter",
        R"({"content":"c","reasoning":"think","reasoning_details":[{"text":"think"}]})",
        "c");
    row("both", R"({"reasoning":"think","reasoning_content":"think","content":"c"})", "c");
    row("empty first", R"({"reasoning_content":"","reasoning":"think","content":null})", "");
    row("mistral",
        R"({"content":[{"type":"thinking","thinking":[{"type":"text","text":"thi"},{"type":"text","text":"nk"}]},{"type":"text","text":"c"}]})",
        "c");
}

void TestDecoders::readsReasoningUnderEveryName()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, content);
    const auto events = decodeWhole(ProviderKind::OpenAiCompatible,
                                    documentWith(message.toStdString()));
    QCOMPARE(QByteArray::fromStdString(reasoningOf(events)), QByteArray("think"));
    QCOMPARE(QByteArray::fromStdString(contentOf(events)), content);
}

void TestDecoders::mapsFinishReasons_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("finish");
    const auto row = [](ProviderKind kind, const char *reason, const char *finish) {
        QTest::newRow(reason) << int(kind) << QByteArray(reason) << QByteArray(finish);
    };
    using enum ProviderKind;
    row(OpenAi, "stop", "stop");
    row(OpenAi, "length", "length");
    row(OpenAi, "tool_calls", "tool_calls");
    row(OpenAi, "function_call", "tool_calls");
    row(OpenAi, "content_filter", "content_filter");
    row(Mistral, "model_length", "length");
    row(OpenAiCompatible, "eos_token", "stop");
    row(Anthropic, "end_turn", "stop");
    row(Anthropic, "stop_sequence", "stop");
    row(Anthropic, "pause_turn", "stop");
    row(Anthropic, "max_tokens", "length");
    row(Anthropic, "model_context_window_exceeded", "length");
    row(Anthropic, "tool_use", "tool_calls");
    row(Anthropic, "refusal", "content_filter");
}

void TestDecoders::mapsFinishReasons()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, finish);
    const auto provider = static_cast<ProviderKind>(kind);
    const std::string body =
        provider == ProviderKind::Anthropic
            ? R"({"type":"message","content":[{"type":"text","text":"x"}],"stop_reason":")"
                  + reason.toStdString() + R"("})"
            : R"({"choices":[{"message":{"content":"x"},"finish_reason":")" + reason.toStdString()
                  + R"("}]})";
    const auto events = decodeWhole(provider, body);
    const auto found = std::get<ChatChunk>(events.front()).choices.front().finish;
    QVERIFY(found.has_value());
    QCOMPARE(QByteArray(signalbox::toString(*found).data()), finish);
}

void TestDecoders::passesLogprobsAndFingerprintsRaw()
{
    const auto events = decodeWhole(
        ProviderKind::OpenAi,
        R"({"choices":[{"index":0,"message":{"content":"x"},"logprobs":{"content":[{"logprob":-0.10}]},"finish_reason":"stop"}],)"
        R"("system_fingerprint":"fp_1","service_tier":null,"created":1755133856})");
    const auto &chunk = std::get<ChatChunk>(events.front());
    QCOMPARE(chunk.choices.front().logprobsJson, std::string(R"({"content":[{"logprob":-0.10}]})"));
    QCOMPARE(chunk.systemFingerprintJson, std::string(R"("fp_1")"));
    QCOMPARE(chunk.serviceTierJson, std::string("null"));
    QCOMPARE(chunk.created, 1755133856);
}

void TestDecoders::survivesOddMembers()
{
    for (
        const std::string_view body :
        {R"({"choices":[{}]})",
         R"({"choices":[{"index":-5,"message":null}]})",
         R"({"choices":[{"index":1e99,"message":{"content":5,"tool_calls":{}}}]})",
         R"({"choices":[{"message":{"tool_calls":[null,{"function":null},{"index":"x","id":7}]}}]})",
         R"({"choices":[{"message":"text","logprobs":null}],"usage":[],"id":5,"created":"x"})"}) {
        QVERIFY(endedWell(decodeWhole(ProviderKind::OpenAiCompatible, body)));
    }
    for (const std::string_view body : {R"({"choices":[5,null,"x"]})", R"({"choices":{}})"}) {
        QVERIFY(failureOf(decodeWhole(ProviderKind::OpenAiCompatible, body)).has_value());
    }
    const std::string start = "data: {\"type\":\"message_start\"}\n\n";
    const std::string stop = "data: {\"type\":\"message_stop\"}\n\n";
    for (
        const std::string_view data :
        {R"({"type":"content_block_delta","index":9,"delta":{"type":"input_json_delta","partial_json":"{"}})",
         R"({"type":"content_block_start"})",
         R"({"type":"content_block_stop","index":4})",
         R"({"type":"message_delta","delta":null,"usage":null})",
         R"({"type":"unheard_of"})",
         R"({})"}) {
        QVERIFY(endedWell(decodeWhole(ProviderKind::Anthropic,
                                      start + "data: " + std::string(data) + "\n\n" + stop)));
    }
}

QTEST_APPLESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
