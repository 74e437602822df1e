// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"
#include "tests/unit/providers/told.h"

#include "core/providers/anthropic_details.h"
#include "core/providers/usage_reader.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::test;

class TestAnthropicDecode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAStreamSays_data();
    void tellsWhatAStreamSays();
    void tellsWhatADocumentSays_data();
    void tellsWhatADocumentSays();
    void tellsTheHoursCacheApart();
    void keepsTheThinkingOfARecording();
    void boundsTheThinkingItKeeps();
};

namespace {

QByteArray sse(const char *data)
{
    return QByteArray("data: ") + data + "\n\n";
}

const QByteArray kStart = sse(
    R"({"type":"message_start","message":{"id":"m","model":"c","content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":100,"cache_creation_input_tokens":20,"output_tokens":1}}})");
const QByteArray kEnd =
    sse(R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}})")
    + sse(R"({"type":"message_stop"})");

QByteArray start(int index, const char *block)
{
    return sse(("{\"type\":\"content_block_start\",\"index\":" + QByteArray::number(index)
                + ",\"content_block\":" + block + "}")
                   .constData());
}

QByteArray delta(int index, const char *piece)
{
    return sse(("{\"type\":\"content_block_delta\",\"index\":" + QByteArray::number(index)
                + ",\"delta\":" + piece + "}")
                   .constData());
}

QByteArray input(int index, QByteArray json)
{
    json.replace('"', "\\\"");
    return delta(index,
                 ("{\"type\":\"input_json_delta\",\"partial_json\":\"" + json + "\"}").constData());
}

QByteArray stop(int index)
{
    return sse(("{\"type\":\"content_block_stop\",\"index\":" + QByteArray::number(index) + "}")
                   .constData());
}

constexpr const char *kText = R"({"type":"text","text":""})";
constexpr const char *kTool = R"({"type":"tool_use","id":"t","name":"f","input":{}})";
constexpr const char *kThinking = R"({"type":"thinking","thinking":"","signature":""})";

} // namespace

void TestAnthropicDecode::tellsWhatAStreamSays_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("events");
    const auto row = [](const char *name, const QByteArray &stream, const char *events) {
        QTest::newRow(name) << stream << QByteArray(events);
    };
    row("text",
        kStart + start(0, kText) + delta(0, R"({"type":"text_delta","text":"Hi"})") + stop(0)
            + kEnd,
        "content[] content[Hi] finish[stop] 130 100 20 9 0");
    row("ping, the unknown, citations",
        kStart + sse(R"({"type":"ping"})") + sse(R"({"type":"later","index":0})")
            + start(0, R"({"type":"text","text":"a","citations":[]})")
            + delta(0, R"({"type":"citations_delta","citation":{"cited_text":"no"}})")
            + delta(0, R"({"type":"text_delta","text":"b"})") + stop(0) + kEnd,
        "content[] content[a] content[b] finish[stop] 130 100 20 9 0");
    row("two starts",
        kStart + kStart + start(0, kText) + delta(0, R"({"type":"text_delta","text":"Hi"})")
            + stop(0) + kEnd,
        "content[] content[Hi] finish[stop] 130 100 20 9 0");
    row("calls between texts",
        kStart + start(0, kText) + delta(0, R"({"type":"text_delta","text":"Hi"})") + stop(0)
            + start(1, kTool) + input(1, "") + input(1, "{\"a\":") + input(1, " 1}") + stop(1)
            + start(2, R"({"type":"tool_use","id":"u","name":"g","input":{}})") + input(2, "")
            + stop(2) + start(3, R"({"type":"tool_use","id":"v","name":"g","input":{"b":2}})")
            + stop(3) + sse(R"({"type":"message_delta","delta":{"stop_reason":"tool_use"}})")
            + sse(R"({"type":"message_stop"})"),
        "content[] content[Hi] call0[t,f,] call0[,,{\"a\":] call0[,, 1}] call1[u,g,] call1[,,{}] "
        R"(call2[v,g,] call2[,,{"b":2}] finish[tool_calls] 130 100 20 1 0)");
    row("cut by the limit inside a call",
        kStart + start(0, kTool) + input(0, "{\"a\": [1,") + stop(0)
            + sse(
                R"({"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":5}})")
            + sse(R"({"type":"message_stop"})"),
        "content[] call0[t,f,] call0[,,{\"a\": [1,] finish[length] 130 100 20 5 0");
    row("server tools",
        kStart + start(0, R"({"type":"server_tool_use","id":"s","name":"web_search","input":{}})")
            + input(0, "{\"query\":1}") + stop(0)
            + start(
                1,
                R"({"type":"web_search_tool_result","tool_use_id":"s","content":[{"text":"no"}]})")
            + stop(1) + start(2, kText) + delta(2, R"({"type":"text_delta","text":"Hi"})") + stop(2)
            + sse(R"({"type":"message_delta","delta":{"stop_reason":"pause_turn"}})")
            + sse(R"({"type":"message_stop"})"),
        "content[] content[Hi] finish[stop] 130 100 20 1 0");
    row("thinking",
        kStart + start(0, kThinking) + delta(0, R"({"type":"thinking_delta","thinking":"h"})")
            + delta(0, R"({"type":"thinking_delta","thinking":"m"})")
            + delta(0, R"({"type":"signature_delta","signature":"sig"})") + stop(0)
            + start(1, R"({"type":"redacted_thinking","data":"dark"})") + stop(1) + start(2, kTool)
            + stop(2) + kEnd,
        R"(content[] reasoning[h] reasoning[m] call0[t,f,] call0[,,{}] )"
        R"(details[{"type":"reasoning.text","text":"hm","signature":"sig","format":"anthropic-claude-v1","index":0},)"
        R"({"type":"reasoning.encrypted","data":"dark","format":"anthropic-claude-v1","index":1}] )"
        R"(finish[stop] 130 100 20 9 0)");
    row("thinking that is not signed",
        kStart + start(0, kThinking) + delta(0, R"({"type":"thinking_delta","thinking":"h"})")
            + stop(0) + start(1, kText) + delta(1, R"({"type":"text_delta","text":"Hi"})") + stop(1)
            + kEnd,
        "content[] reasoning[h] content[Hi] finish[stop] 130 100 20 9 0");
    row("usage that grows, and is repeated as zero",
        kStart + start(0, kText) + delta(0, R"({"type":"text_delta","text":"Hi"})") + stop(0)
            + sse(R"({"type":"message_delta","delta":{},"usage":{"output_tokens":4}})")
            + sse(
                R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":0,"cache_read_input_tokens":0,"output_tokens":9,"output_tokens_details":{"thinking_tokens":3}}})")
            + sse(R"({"type":"message_stop"})"),
        "content[] content[Hi] finish[stop] 130 100 20 9 3");
    row("refusal without a word",
        kStart
            + sse(
                R"({"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"category":"x"}}})")
            + sse(R"({"type":"message_stop"})"),
        "content[] finish[content_filter] 130 100 20 1 0");
    row("overloaded after words",
        kStart + start(0, kText) + delta(0, R"({"type":"text_delta","text":"Hi"})")
            + sse(
                R"({"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"r"})"),
        "content[] content[Hi] failed[overloaded] 130 100 20 1 0");
    row("cut after the finish",
        kStart + start(0, kText) + delta(0, R"({"type":"text_delta","text":"Hi"})") + stop(0)
            + sse(R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})"),
        "content[] content[Hi] finish[stop] failed[stream_broken] 130 100 20 1 0");
}

void TestAnthropicDecode::tellsWhatAStreamSays()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, events);
    const auto whole = decodeWhole(ProviderKind::Anthropic, stream.toStdString());
    QCOMPARE(told(whole), events);
    QVERIFY(decodeByteByByte(ProviderKind::Anthropic, stream.toStdString()) == whole);
}

void TestAnthropicDecode::tellsWhatADocumentSays_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("events");
    const auto row =
        [](const char *name, const char *content, const char *more, const char *events) {
            QTest::newRow(name) << R"({"id":"m","type":"message","content":)" + QByteArray(content)
                                       + "," + more + "}"
                                << QByteArray(events);
        };
    row("all kinds of blocks",
        R"([{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"redacted_thinking","data":"dark"},{"type":"text","text":"a"},)"
        R"({"type":"server_tool_use","id":"s","name":"x","input":{"q":1}},{"type":"web_search_tool_result","content":[]},{"type":"text","text":"b","citations":[{"cited_text":"c"}]},)"
        R"({"type":"tool_use","id":"t","name":"f","input":{"x": 1.50},"caller":{"type":"direct"}},{"type":"tool_use","id":"u","name":"g","input":{}}])",
        R"("stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":2})",
        R"(content[ab] reasoning[hm] call0[t,f,{"x": 1.50}] call1[u,g,{}] )"
        R"(details[{"type":"reasoning.text","text":"hm","signature":"sig","format":"anthropic-claude-v1","index":0},)"
        R"({"type":"reasoning.encrypted","data":"dark","format":"anthropic-claude-v1","index":1}] )"
        R"(finish[tool_calls] 1 0 0 2 0)");
    row("calls alone",
        R"([{"type":"tool_use","id":"t","name":"f","input":{}}])",
        R"("stop_reason":"tool_use")",
        "call0[t,f,{}] finish[tool_calls]");
    row("cache writes of both lengths",
        R"([{"type":"text","text":"a"}])",
        R"("stop_reason":"end_turn","usage":{"input_tokens":1,"cache_creation_input_tokens":30,"cache_read_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":2})",
        "content[a] finish[stop] 36 5 30 2 0");
    row("an error in a 200",
        "[]",
        R"("error":{"type":"api_error","message":"x"})",
        "failed[server_error]");
}

void TestAnthropicDecode::tellsTheHoursCacheApart()
{
    providers::AnthropicUsage usage;
    providers::JsonReader reader;
    for (
        const char *json :
        {R"({"input_tokens":1,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20}})",
         R"({"output_tokens":2,"cache_creation":null})"}) {
        auto root = reader.open(json);
        QVERIFY(root.ok());
        usage.read(*root);
    }
    QCOMPARE(usage.usage().cacheWriteTokens, std::int64_t(30));
    QCOMPARE(usage.usage().cacheWriteHourTokens, std::int64_t(20));
}

void TestAnthropicDecode::tellsWhatADocumentSays()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, events);
    QCOMPARE(told(decodeWhole(ProviderKind::Anthropic, body.toStdString())), events);
}

void TestAnthropicDecode::keepsTheThinkingOfARecording()
{
    const auto exchange = loadGolden("anthropic/stream_reasoning.exchange.json").front();
    const auto events = decodeWhole(ProviderKind::Anthropic, exchange.body);
    std::string details;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            details += chunk->choices.front().reasoningDetailsJson;
        }
    }
    QVERIFY(details.starts_with(R"([{"type":"reasoning.text","text":")"));
    QVERIFY(details.find(R"("signature":"E)") != std::string::npos);
    QVERIFY(reasoningOf(events).size() > 100);
}

void TestAnthropicDecode::boundsTheThinkingItKeeps()
{
    providers::AnthropicDetails details;
    const std::string piece(1 << 20U, 'x');
    details.addSignature(0, "sig");
    QVERIFY(!details.json().empty());
    for (int i = 0; i < 8; ++i) {
        details.addText(0, piece);
    }
    QVERIFY(details.json().empty());
    providers::AnthropicDetails many;
    for (int i = 0; i < 200'000; ++i) {
        many.addRedacted(i, "x");
    }
    QVERIFY(many.json().empty());
}

QTEST_APPLESS_MAIN(TestAnthropicDecode)
#include "tst_anthropic_decode.moc"
