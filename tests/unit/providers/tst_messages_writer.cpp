// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chunks.h"
#include "tests/unit/providers/golden.h"

#include "core/http/sse_parser.h"
#include "core/providers/adapter.h"
#include "core/providers/chat_accumulator.h"
#include "core/providers/messages_writer.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;
using Json = nlohmann::json;

namespace {

#ifdef SIGNALBOX_EVERY_CUT
constexpr std::size_t kCutStep = 1;
#else
constexpr std::size_t kCutStep = 17;
#endif
constexpr const char *kId = "msg_01J8ZQ4T9V2N";

ChoiceDelta thought(const char *words)
{
    ChoiceDelta delta;
    delta.reasoning = words;
    return delta;
}

ChoiceDelta finish(FinishReason reason)
{
    ChoiceDelta delta;
    delta.finish = reason;
    return delta;
}

Usage usageOf(std::int64_t prompt, std::int64_t cached, std::int64_t written, std::int64_t out)
{
    Usage usage;
    usage.promptTokens = prompt;
    usage.cachedTokens = cached;
    usage.cacheWriteTokens = written;
    usage.completionTokens = out;
    return usage;
}

std::string streamed(const std::vector<ChatChunk> &chunks, const std::optional<Usage> &usage = {})
{
    MessagesWriter writer;
    return streamedBy(writer, {kId, "model-1", 0}, chunks, usage);
}

std::string streamedDeltas(const std::vector<ChoiceDelta> &deltas)
{
    std::vector<ChatChunk> chunks;
    for (const ChoiceDelta &delta : deltas) {
        chunks.push_back(chunkOf(delta));
    }
    return streamed(chunks, usageOf(10, 0, 0, 2));
}

/// Reads a stream as Anthropic's clients do and fails on whatever they would stumble over.
class Client : public StrictClient
{
public:
    explicit Client(std::string_view bytes)
    {
        readEvents(bytes,
                   [this](const std::string &name, const Json &event) { onEvent(name, event); });
        demand(m_stopped, "no message_stop");
    }

    [[nodiscard]] const Json &message() const { return m_message; }

private:
    void onEvent(const std::string &name, const Json &event)
    {
        const std::string type = event.at("type");
        demand(name == type, "the event " + name + " is of type " + type);
        demand(!m_stopped, type + " after message_stop");
        demand((type == "message_start") == m_message.is_null(), type + " out of place");
        if (type == "message_start") {
            m_message = event.at("message");
            demand(m_message.at("content").empty(), "content at the start");
        } else if (type == "content_block_start") {
            demand(!m_open && event.at("index") == m_message["content"].size(), "start of a block");
            m_open = true;
            m_input.clear();
            m_message["content"].push_back(event.at("content_block"));
        } else if (type == "content_block_delta") {
            demand(m_open && event.at("index") == m_message["content"].size() - 1, "delta");
            onDelta(event.at("delta"));
        } else if (type == "content_block_stop") {
            demand(m_open && event.at("index") == m_message["content"].size() - 1, "stop");
            m_open = false;
            Json &block = m_message["content"].back();
            if (block.at("type") == "tool_use" && !m_input.empty()) {
                const Json input = Json::parse(m_input, nullptr, false);
                block["input"] = input.is_discarded() ? Json{{"INVALID_JSON", m_input}} : input;
            }
        } else if (type == "message_delta") {
            demand(!m_open, "message_delta in a block");
            m_message.update(event.at("delta"));
            m_message["usage"].update(event.at("usage"));
        } else if (type == "message_stop") {
            m_stopped = true;
        } else {
            demand(false, "an unknown event " + type);
        }
    }

    void onDelta(const Json &delta)
    {
        Json &block = m_message["content"].back();
        const std::string type = delta.at("type");
        if (type == "text_delta") {
            block["text"] = block.at("text").get<std::string>()
                            + delta.at("text").get<std::string>();
        } else if (type == "thinking_delta") {
            block["thinking"] = block.at("thinking").get<std::string>()
                                + delta.at("thinking").get<std::string>();
        } else if (type == "signature_delta") {
            block["signature"] = delta.at("signature");
        } else {
            demand(type == "input_json_delta", "an unknown delta " + type);
            m_input += delta.at("partial_json").get<std::string>();
        }
    }

    Json m_message;
    std::string m_input;
    bool m_open = false;
    bool m_stopped = false;
};

std::vector<ChatChunk> chunksOf(const std::vector<ChatEvent> &events)
{
    std::vector<ChatChunk> chunks;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            chunks.push_back(*chunk);
        }
    }
    return chunks;
}

std::optional<Usage> lastUsage(const std::vector<ChatChunk> &chunks)
{
    std::optional<Usage> usage;
    for (const ChatChunk &chunk : chunks) {
        usage = chunk.usage ? chunk.usage : usage;
    }
    return usage;
}

/// Recorded streams that end well, of all formats.
const char *const kRecordings[] = {"openai/tool_parallel.exchange.json",
                                   "gemini/stream_text.exchange.json",
                                   "gemini/stream_tool_parallel.exchange.json",
                                   "gemini/stream_tool_thought_signature.exchange.json",
                                   "deepseek/stream_tool_no_args.exchange.json",
                                   "openrouter/stream_text_comments_double_finish.exchange.json",
                                   "openrouter/stream_tool_reasoning_details.exchange.json",
                                   "generic/vllm_stream.exchange.json",
                                   "generic/ollama_stream_tool.exchange.json",
                                   "qwen/stream_tool.exchange.json",
                                   "qwen/stream_reasoning.chunks.txt",
                                   "anthropic/stream_reasoning.exchange.json",
                                   "anthropic/stream_tool_parallel.exchange.json"};

std::string passedOn(std::string_view body, std::size_t cut)
{
    const auto decoder = adapterFor(ProviderKind::Anthropic).decoder(true);
    decoder->passOn(true);
    std::vector<ChatEvent> events;
    decoder->feed(std::string(body.substr(0, cut)), events);
    decoder->feed(std::string(body.substr(cut)), events);
    decoder->finish(events);
    return streamed(chunksOf(events));
}

} // namespace

/// Goal: whoever answered, Anthropic's client gets a message as Anthropic would have written it, and
/// what Anthropic itself wrote it gets unchanged.
class TestMessagesWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAStreamToTheByte();
    void writesAMessageToTheByte();
    void opensABlockAtATime_data();
    void opensABlockAtATime();
    void tellsWhyItStopped_data();
    void tellsWhyItStopped();
    void makesIdsThatAreOneOfAKind();
    void tellsUsageAsAnthropicCounts();
    void carriesTheThinkingOfOthers();
    void streamsWhatItWritesWhole_data();
    void streamsWhatItWritesWhole();
    void passesAnthropicsEventsOn_data();
    void passesAnthropicsEventsOn();
    void passesOnlyEventsOn();
    void passesAnthropicsDocumentOn();
    void translatesADocumentWhereAStreamWasAskedFor();
    void typesErrors_data();
    void typesErrors();
    void endsABrokenStreamWithAnError();
};

void TestMessagesWriter::writesAStreamToTheByte()
{
    ChatChunk first = chunkOf(text(""));
    first.id = "chatcmpl-0123456789abcdef";
    first.model = "gpt-5-mini-2025";
    const std::string expected =
        "event: message_start\n"
        R"(data: {"type":"message_start","message":{"id":"chatcmpl-0123456789abcdef","type":"message","role":"assistant","model":"gpt-5-mini-2025","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}})"
        "\n\nevent: content_block_start\n"
        R"(data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})"
        "\n\nevent: content_block_delta\n"
        R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hel\"lo"}})"
        "\n\nevent: content_block_stop\n"
        R"(data: {"type":"content_block_stop","index":0})"
        "\n\nevent: message_delta\n"
        R"(data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}})"
        "\n\nevent: message_stop\n"
        R"(data: {"type":"message_stop"})"
        "\n\n";
    QCOMPARE(streamed({first, chunkOf(text("hel\"lo")), chunkOf(finish(FinishReason::Stop))},
                      usageOf(10, 0, 0, 2)),
             expected);
}

void TestMessagesWriter::writesAMessageToTheByte()
{
    ChoiceDelta choice = text("so");
    choice.reasoning = "hm";
    choice.toolCalls = {{0, "call_0123456789", "f", R"({"a": 1.0})"},
                        {1, "call_9876543210", "g", ""}};
    choice.finish = FinishReason::ToolCalls;
    MessagesWriter writer;
    writer.restart({kId, "model-1", 0});
    const std::string expected =
        R"({"id":"msg_01J8ZQ4T9V2N","type":"message","role":"assistant","model":"model-1","content":[)"
        R"({"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"so"},)"
        R"({"type":"tool_use","id":"call_0123456789","name":"f","input":{"a": 1.0}},)"
        R"({"type":"tool_use","id":"call_9876543210","name":"g","input":{}}],)"
        R"("stop_reason":"tool_use","stop_sequence":null,)"
        R"("usage":{"input_tokens":7,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":3}})";
    QCOMPARE(writer.whole(chunkOf(choice), usageOf(7, 0, 0, 3)), expected);
}

void TestMessagesWriter::opensABlockAtATime_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("content");
    const auto row =
        [](const char *name, const std::vector<ChoiceDelta> &deltas, const char *content) {
            QTest::newRow(name) << QByteArray::fromStdString(streamedDeltas(deltas))
                                << QByteArray(content);
        };
    row("nothing", {}, "[]");
    row("empty texts", {text(""), text("")}, "[]");
    row("thoughts, then words",
        {thought("a"), thought("b"), text("c"), text("d")},
        R"([{"signature":"","thinking":"ab","type":"thinking"},{"text":"cd","type":"text"}])");
    row("thoughts between words",
        {text("a"), thought("b"), text("c")},
        R"([{"text":"a","type":"text"},{"signature":"","thinking":"b","type":"thinking"},{"text":"c","type":"text"}])");
    row("calls one after another",
        {call(0, "call_0000000001", "f", ""),
         call(0, "", "", R"({"a")"),
         call(0, "", "", ":1}"),
         call(1, "call_0000000002", "g", "{}")},
        R"([{"id":"call_0000000001","input":{"a":1},"name":"f","type":"tool_use"},{"id":"call_0000000002","input":{},"name":"g","type":"tool_use"}])");
    row("calls side by side",
        {call(0, "call_0000000001", "f", R"({"a":)"),
         call(1, "call_0000000002", "g", R"({"b":)"),
         call(0, "", "", "1}"),
         call(1, "", "", "2}")},
        R"([{"id":"call_0000000001","input":{"a":1},"name":"f","type":"tool_use"},{"id":"call_0000000002","input":{"b":2},"name":"g","type":"tool_use"}])");
    row("calls without arguments",
        {call(0, "call_0000000001", "f", ""), call(1, "call_0000000002", "g", "")},
        R"([{"id":"call_0000000001","input":{},"name":"f","type":"tool_use"},{"id":"call_0000000002","input":{},"name":"g","type":"tool_use"}])");
    row("a call, then words",
        {call(0, "call_0000000001", "f", R"({"a":1})"), text("so")},
        R"([{"id":"call_0000000001","input":{"a":1},"name":"f","type":"tool_use"},{"text":"so","type":"text"}])");
    row("a call that was cut",
        {call(0, "call_0000000001", "f", R"({"a":)"), finish(FinishReason::Length)},
        R"([{"id":"call_0000000001","input":{"INVALID_JSON":"{\"a\":"},"name":"f","type":"tool_use"}])");
}

void TestMessagesWriter::opensABlockAtATime()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, content);
    const Client client(stream.toStdString());
    QCOMPARE(client.fault(), std::string());
    QCOMPARE(QByteArray::fromStdString(client.message().at("content").dump()), content);
}

void TestMessagesWriter::tellsWhyItStopped_data()
{
    QTest::addColumn<int>("reason");
    QTest::addColumn<QByteArray>("last"); // `text`, `call` or `refusal`
    QTest::addColumn<QByteArray>("expected");
    const auto row =
        [](const char *name, FinishReason reason, const char *last, const char *expected) {
            QTest::newRow(name) << static_cast<int>(reason) << QByteArray(last)
                                << QByteArray(expected);
        };
    row("stop", FinishReason::Stop, "text", "end_turn");
    row("length", FinishReason::Length, "text", "max_tokens");
    row("calls", FinishReason::ToolCalls, "call", "tool_use");
    row("calls, but said to stop", FinishReason::Stop, "call", "tool_use");
    row("calls cut", FinishReason::Length, "call", "max_tokens");
    row("filter", FinishReason::ContentFilter, "text", "refusal");
    row("refused in words", FinishReason::Stop, "refusal", "refusal");
}

void TestMessagesWriter::tellsWhyItStopped()
{
    QFETCH(int, reason);
    QFETCH(QByteArray, last);
    QFETCH(QByteArray, expected);
    ChoiceDelta delta = last == "call" ? call(0, "call_0000000001", "f", "{}") : text("so");
    if (last == "refusal") {
        delta = {};
        delta.refusal = "No.";
    }
    delta.finish = static_cast<FinishReason>(reason);
    const Client client(streamedDeltas({delta}));
    QCOMPARE(client.fault(), std::string());
    QCOMPARE(client.message().at("stop_reason").get<std::string>(), expected.toStdString());
    MessagesWriter writer;
    writer.restart({kId, "m", 0});
    const Json whole = Json::parse(writer.whole(chunkOf(delta), std::nullopt));
    QVERIFY(whole.at("stop_reason") == client.message().at("stop_reason"));
    QVERIFY(whole.at("content") == client.message().at("content"));
}

void TestMessagesWriter::makesIdsThatAreOneOfAKind()
{
    for (const char *id : {"", "null", "functions.f:0", "call 1234567890"}) {
        const Client client(streamedDeltas({call(0, id, "f", "{}"), call(1, id, "f", "{}")}));
        const Json &content = client.message().at("content");
        QCOMPARE(content.at(0).at("id").get<std::string>(),
                 std::string("toolu_msg_01J8ZQ4T9V2N_0"));
        QCOMPARE(content.at(1).at("id").get<std::string>(),
                 std::string("toolu_msg_01J8ZQ4T9V2N_1"));
    }
    const Client mistral(streamedDeltas({call(0, "a1B2c3D4e", "f", "{}")}));
    QCOMPARE(mistral.message().at("content").at(0).at("id").get<std::string>(),
             std::string("a1B2c3D4e"));
}

void TestMessagesWriter::tellsUsageAsAnthropicCounts()
{
    Usage usage = usageOf(130, 100, 20, 9);
    usage.estimated = true;
    const Client client(streamed({chunkOf(text("a"))}, usage));
    const Json expected = {{"input_tokens", 10},
                           {"cache_read_input_tokens", 100},
                           {"cache_creation_input_tokens", 20},
                           {"output_tokens", 9},
                           {"estimated", true}};
    QCOMPARE(client.message().at("usage").dump(), expected.dump());
    MessagesWriter writer;
    ChatChunk whole = chunkOf(text("a"));
    whole.usage = usageOf(5, 9, 0, 1); // nonsense of an upstream's
    QCOMPARE(Json::parse(writer.whole(whole, usage)).at("usage").at("input_tokens").dump(),
             std::string("0"));
}

void TestMessagesWriter::carriesTheThinkingOfOthers()
{
    ChoiceDelta last = finish(FinishReason::Stop);
    last.reasoningDetailsJson = R"([{"data":"s"}])";
    const Client client(streamedDeltas({text("a"), last}));
    QCOMPARE(client.fault(), std::string());
    const Json block = {{"type", "redacted_thinking"}, {"data", R"(signalbox:[{"data":"s"}])"}};
    QCOMPARE(client.message().at("content").at(1).dump(), block.dump());
    MessagesWriter writer;
    QCOMPARE(Json::parse(writer.whole(chunkOf(last), std::nullopt)).at("content").at(0).dump(),
             block.dump());
}

void TestMessagesWriter::streamsWhatItWritesWhole_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : kRecordings) {
        QTest::newRow(file) << QByteArray(file);
    }
}

/// The pieces of a stream, put together by a client, are the message that would have come whole.
void TestMessagesWriter::streamsWhatItWritesWhole()
{
    QFETCH(QByteArray, file);
    const std::string name = file.toStdString();
    for (const Exchange &exchange : loadGolden(name)) {
        const auto chunks = chunksOf(decodeWhole(kindOfGolden(name), exchange.body));
        ChatAccumulator all;
        for (const ChatChunk &chunk : chunks) {
            all.add(chunk);
        }
        const Client client(streamed(chunks, lastUsage(chunks)));
        QCOMPARE(client.fault(), std::string());
        MessagesWriter writer;
        writer.restart({kId, "model-1", 0});
        Json whole = Json::parse(writer.whole(all.whole(), std::nullopt));
        // Signatures of others come last in a stream; what is known at its end stands first in a whole.
        const auto byType = [](Json content) {
            std::stable_sort(content.begin(), content.end(), [](const Json &a, const Json &b) {
                return a.at("type") < b.at("type");
            });
            return content;
        };
        QCOMPARE(byType(client.message().at("content")).dump(), byType(whole.at("content")).dump());
        for (const char *member : {"id", "model", "stop_reason", "usage"}) {
            QCOMPARE(client.message().at(member).dump(), whole.at(member).dump());
        }
        QVERIFY(!whole.at("content").empty());
    }
}

void TestMessagesWriter::passesAnthropicsEventsOn_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : {"anthropic/stream_reasoning.exchange.json",
                             "anthropic/stream_tool_parallel.exchange.json",
                             "anthropic/stream_tool_no_args.exchange.json",
                             "anthropic/stream_text.exchange.json",
                             "anthropic/stream_refusal.sse"}) {
        QTest::newRow(file) << QByteArray(file);
    }
}

/// But for pings, byte by byte, wherever the bytes were cut.
void TestMessagesWriter::passesAnthropicsEventsOn()
{
    QFETCH(QByteArray, file);
    for (const Exchange &exchange : loadGolden(file.toStdString())) {
        std::string expected;
        std::string_view rest = exchange.body;
        http::SseParser parser;
        while (parser.take(rest) == http::SseParser::Got::Event) {
            const http::SseEvent &event = parser.event();
            if (event.event != "ping") {
                expected += "event: " + event.event + "\ndata: " + event.data + "\n\n";
            }
        }
        for (std::size_t cut = 0; cut < exchange.body.size(); cut += kCutStep) {
            const std::string out = passedOn(exchange.body, cut);
            QVERIFY2(out == expected, (std::to_string(cut) + ":\n" + out).c_str());
        }
    }
}

/// A type that breaks a line would let an upstream write events of its own making.
void TestMessagesWriter::passesOnlyEventsOn()
{
    const std::string start =
        R"({"type":"message_start","message":{"id":"msg_1","model":"m","content":[]}})";
    const std::string stop = R"({"type":"message_stop"})";
    std::string body = "data: " + start + "\n\n";
    for (const char *odd :
         {R"({"type":"a\nb"})", R"({"a":1})", R"({"type":""})", R"({"type":"ping"})"}) {
        body += "event: odd\ndata: " + std::string(odd) + "\n\n";
    }
    body += "data: {\"type\":\"heard_of\",\ndata: \"a\":1}\n\ndata: " + stop + "\n\n";
    QCOMPARE(passedOn(body, 0),
             "event: message_start\ndata: " + start
                 + "\n\nevent: heard_of\ndata: {\"type\":\"heard_of\",\"a\":1}"
                   "\n\nevent: message_stop\ndata: "
                 + stop + "\n\n");
}

void TestMessagesWriter::passesAnthropicsDocumentOn()
{
    const std::string body =
        R"({"type":"message","id":"msg_1","model":"m","role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"s"},{"type":"text","text":"a"}],"stop_reason":"stop_sequence","stop_sequence":"END","usage":{"input_tokens":1,"output_tokens":2,"service_tier":"standard"}})";
    const auto decoder = adapterFor(ProviderKind::Anthropic).decoder(false);
    decoder->passOn(false);
    std::vector<ChatEvent> events;
    decoder->feed(body, events);
    decoder->finish(events);
    QCOMPARE(chunksOf(events).at(0).wholeJson, body);
    QVERIFY(decodeWhole(ProviderKind::Anthropic, body).size() == 2);
    QCOMPARE(chunksOf(decodeWhole(ProviderKind::Anthropic, body)).at(0).wholeJson, std::string());
}

/// Some hosts answer a stream's request with one document.
void TestMessagesWriter::translatesADocumentWhereAStreamWasAskedFor()
{
    const std::string body =
        R"({"type":"message","id":"msg_1","model":"m","content":[{"type":"text","text":"a"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}})";
    const Client client(passedOn(body, 10));
    QCOMPARE(client.fault(), std::string());
    QCOMPARE(client.message().at("content").at(0).at("text").get<std::string>(), std::string("a"));
}

void TestMessagesWriter::typesErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    const std::pair<int, const char *> rows[] = {{400, "invalid_request_error"},
                                                 {401, "authentication_error"},
                                                 {402, "billing_error"},
                                                 {403, "permission_error"},
                                                 {404, "not_found_error"},
                                                 {405, "invalid_request_error"},
                                                 {408, "invalid_request_error"},
                                                 {413, "request_too_large"},
                                                 {422, "invalid_request_error"},
                                                 {429, "rate_limit_error"},
                                                 {500, "api_error"},
                                                 {502, "api_error"},
                                                 {503, "overloaded_error"},
                                                 {504, "timeout_error"},
                                                 {529, "overloaded_error"}};
    for (const auto &[status, type] : rows) {
        QTest::newRow(std::to_string(status).c_str()) << status << QByteArray(type);
    }
}

void TestMessagesWriter::typesErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    ApiError error;
    error.status = status;
    error.message = "m";
    const Json json = Json::parse(encodeMessagesError(error));
    QCOMPARE(json.at("type").get<std::string>(), std::string("error"));
    QCOMPARE(json.at("error").at("type").get<std::string>(), type.toStdString());
}

void TestMessagesWriter::endsABrokenStreamWithAnError()
{
    ApiError error;
    error.status = 502;
    error.message = "the upstream broke";
    error.code = "upstream_stream_broken";
    error.origin = ErrorOrigin::Upstream;
    error.attempts = {{"a/x", 200, "cut", 12}};
    MessagesWriter writer;
    std::string out;
    writer.addError(error, out);
    const std::string expected =
        "event: error\n"
        R"(data: {"type":"error","error":{"message":"the upstream broke","type":"api_error","param":null,"code":"upstream_stream_broken","origin":"upstream","provider":null,"attempts":[{"target":"a/x","status":200,"reason":"cut","ms":12}]}})"
        "\n\n";
    QCOMPARE(out, expected);
}

QTEST_GUILESS_MAIN(TestMessagesWriter)
#include "tst_messages_writer.moc"
