// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chunks.h"
#include "tests/unit/providers/golden.h"

#include "core/providers/adapter.h"
#include "core/providers/chat_accumulator.h"
#include "core/providers/responses_request.h"
#include "core/providers/responses_writer.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;
using Json = nlohmann::json;

namespace {

std::string body(const std::string &input, const std::string &more = "")
{
    return R"({"model":"m",)" + more + R"("input":)" + input + "}";
}

ChatRequest decoded(const std::string &text)
{
    auto request = decodeResponses(text);
    return request.ok() ? *std::move(request) : ChatRequest();
}

QByteArray chatMember(const ChatRequest &request, std::string_view name)
{
    const RawField *field = request.field(name);
    return field == nullptr ? QByteArray() : QByteArray::fromStdString(field->json);
}

void row(const char *name, const std::string &text, const char *expected)
{
    QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(expected);
}

std::string streamed(const std::vector<ChatChunk> &chunks, const std::optional<Usage> &usage = {})
{
    ResponsesWriter writer({});
    return streamedBy(writer, {"resp_1", "model-1", 7}, chunks, usage);
}

/// Reads a stream as OpenAI's clients do and fails on whatever they would stumble over.
class Client : public StrictClient
{
public:
    explicit Client(std::string_view bytes)
    {
        readEvents(bytes,
                   [this](const std::string &name, const Json &event) { onEvent(name, event); });
        demand(!m_response.is_null(), "no end");
        demand(m_response.is_null() || m_response.at("output") == m_done, "items at the end");
    }

    [[nodiscard]] const Json &response() const { return m_response; }

private:
    void onEvent(const std::string &name, const Json &event)
    {
        const std::string type = event.at("type");
        demand(name == type, "the event " + name + " is of type " + type);
        demand(event.at("sequence_number") == m_number++, "number of " + type);
        demand(m_response.is_null(), type + " after the end");
        if (type == "response.output_item.added") {
            demand(m_item.is_null() && event.at("output_index") == m_done.size(), type);
            m_item = event.at("item");
            m_text.clear();
        } else if (type.ends_with(".delta")) {
            demand(event.at("item_id") == m_item.at("id"), type);
            m_text += event.at("delta").get<std::string>();
        } else if (type.ends_with("_text.done")) {
            demand(event.at("text") == m_text, type);
        } else if (type == "response.refusal.done") {
            demand(event.at("refusal") == m_text, type);
        } else if (type == "response.function_call_arguments.done") {
            demand(event.at("arguments") == (m_text.empty() ? "{}" : m_text), type);
        } else if (type == "response.output_item.done") {
            demand(event.at("item").at("id") == m_item.at("id"), type);
            m_done.push_back(event.at("item"));
            m_item = nullptr;
        } else if (type == "response.completed" || type == "response.incomplete") {
            demand(m_item.is_null(), "the end in an item");
            m_response = event.at("response");
        } else {
            demand(type == "response.created" || type == "response.in_progress"
                       || type.find("_part.") != std::string::npos,
                   "an unknown event " + type);
        }
    }

    Json m_response;
    Json m_done = Json::array();
    Json m_item;
    std::string m_text;
    std::int64_t m_number = 0;
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

} // namespace

/// Goal: a client of OpenAI's Responses is understood and answered by every provider; what it would
/// need state for is refused by name.
class TestResponses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void translatesMembers_data();
    void translatesMembers();
    void translatesInput_data();
    void translatesInput();
    void givesReasoningBack();
    void namesWhatItDrops();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void writesAStreamToTheByte();
    void repeatsTheRequest();
    void opensAnItemAtATime_data();
    void opensAnItemAtATime();
    void tellsWhyItIsIncomplete_data();
    void tellsWhyItIsIncomplete();
    void streamsWhatItWritesWhole_data();
    void streamsWhatItWritesWhole();
    void carriesSignedReasoning();
    void endsABrokenStreamWithAnError();
};

void TestResponses::translatesMembers_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("expected"); // NAME VALUE
    row("tool",
        R"("tools":[{"type":"function","name":"f","description":"d","parameters":{"type": "object"},"strict":true}],)",
        R"(tools [{"type":"function","function":{"name":"f","description":"d","parameters":{"type": "object"},"strict":true}}])");
    row("tool without parameters",
        R"("tools":[{"type":"function","name":"f","parameters":null,"strict":null}],)",
        R"(tools [{"type":"function","function":{"name":"f"}}])");
    row("choice", R"("tool_choice":"required",)", R"(tool_choice "required")");
    row("choice of one",
        R"("tool_choice":{"type":"function","name":"f"},)",
        R"(tool_choice {"type":"function","function":{"name":"f"}})");
    row("one at a time", R"("parallel_tool_calls":false,)", "parallel_tool_calls false");
    row("limit", R"("max_output_tokens":5,)", "max_completion_tokens 5");
    row("effort", R"("reasoning":{"effort":"low","summary":"auto"},)", R"(reasoning_effort "low")");
    row("schema",
        R"("text":{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"a":1.0}}},)",
        R"(response_format {"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"a":1.0}}})");
    row("JSON",
        R"("text":{"format":{"type":"json_object"}},)",
        R"(response_format {"type":"json_object"})");
    row("text", R"("text":{"format":{"type":"text"}},)", "response_format ");
    row("temperature", R"("temperature":0.70,)", "temperature 0.70");
    row("store", R"("store":false,"background":false,"previous_response_id":null,)", "store ");
}

void TestResponses::translatesMembers()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, expected);
    const ChatRequest request = decoded(body(R"("hi")", members.toStdString()));
    QCOMPARE(request.messages.size(), std::size_t{1});
    const QByteArray name = expected.left(expected.indexOf(' '));
    QCOMPARE(name + ' ' + chatMember(request, name.toStdString()), expected);
}

void TestResponses::translatesInput_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    row("a text",
        body(R"("hi")", R"("instructions":"s",)"),
        R"([{"role":"system","content":"s"},{"role":"user","content":"hi"}])");
    row("messages",
        body(
            R"([{"role":"developer","content":"d"},{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]},{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"b","annotations":[]},{"type":"output_text","text":"c"}]},{"role":"user","content":"d"}])"),
        R"([{"role":"developer","content":"d"},{"role":"user","content":"a"},{"role":"assistant","content":"bc"},{"role":"user","content":"d"}])");
    row("pictures",
        body(
            R"([{"role":"user","content":[{"type":"input_text","text":"look"},{"type":"input_image","image_url":"https://x/y.png","detail":"low"}]}])"),
        R"([{"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}}]}])");
    row("calls and results",
        body(
            R"([{"role":"user","content":"hi"},{"type":"reasoning","id":"rs_1","summary":[]},{"type":"message","role":"assistant","content":"so"},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},{"type":"function_call","call_id":"c2","name":"g","arguments":"{\"a\":1}"},{"type":"function_call_output","call_id":"c2","output":"two"},{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"o"},{"type":"input_text","text":"ne"},{"type":"input_image","image_url":"https://x/y.png"}]},{"role":"user","content":"and?"}])"),
        R"([{"role":"user","content":"hi"},{"role":"assistant","content":"so","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"c2","type":"function","function":{"name":"g","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c2","content":"two"},{"role":"tool","tool_call_id":"c1","content":"o\nne"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]},{"role":"user","content":"and?"}])");
    row("results at the end",
        body(
            R"([{"type":"function_call","call_id":"c1","name":"f","arguments":""},{"type":"function_call_output","call_id":"c1","output":""}])"),
        R"([{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":""}}]},{"role":"tool","tool_call_id":"c1","content":""}])");
    row("reasoning alone",
        body(
            R"([{"content":[{"type":"reasoning_text","text":"x"}],"type":"reasoning","summary":[]},{"role":"user","content":"a"}])"),
        R"([{"role":"user","content":"a"}])");
}

void TestResponses::translatesInput()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(chatMember(decoded(text.toStdString()), "messages"), expected);
}

void TestResponses::givesReasoningBack()
{
    const std::string before =
        R"([{"role":"user","content":"a"},{"type":"reasoning","summary":[],"encrypted_content":")";
    const std::string after =
        R"("},{"role":"assistant","content":"b"},{"role":"user","content":"c"}])";
    const auto details = [&](const char *content) {
        const ChatRequest request = decoded(
            body(before + content + after, R"("instructions":"s",)"));
        return request.messages.size() == 4 ? request.messages[2].reasoningDetailsJson : "?";
    };
    QCOMPARE(details(R"(signalbox:[{\"data\":\"s\"}])"), std::string(R"([{"data":"s"}])"));
    QCOMPARE(details("gAAAA of somebody else"), std::string());
    QCOMPARE(details("signalbox:[{"), std::string());
}

void TestResponses::namesWhatItDrops()
{
    const ChatRequest request = decoded(
        body(R"("hi")",
             R"("include":["reasoning.encrypted_content","message.output_text.logprobs"],)"
             R"("truncation":"auto","max_tool_calls":3,"unheard_of":1,"prompt_cache_key":"k",)"));
    const std::vector<std::string> expected = {"include[message.output_text.logprobs]",
                                               "max_tool_calls",
                                               "truncation",
                                               "unheard_of"};
    QCOMPARE(request.untold, expected);
    for (const ProviderKind kind :
         {ProviderKind::OpenAi, ProviderKind::Anthropic, ProviderKind::Gemini}) {
        const auto sent = adapterFor(kind).encodeChat(request, "m", ModelSettings());
        QVERIFY(sent);
        for (const std::string &name : expected) {
            QVERIFY(std::ranges::find(sent->dropped, name) != sent->dropped.end());
        }
    }
}

void TestResponses::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("param");
    row("no JSON", "{", "");
    row("no object", "[]", "");
    row("no model", R"({"input":"hi"})", "model");
    row("no input", R"({"model":"m"})", "input");
    row("twice", R"({"model":"m","model":"m","input":"hi"})", "model");
    row("input of numbers", body("1"), "input");
    row("empty input", body("[]"), "input");
    row("item no object", body("[1]"), "input[0]");
    row("item of a kind", body(R"([{"type":"web_search_call","id":"x"}])"), "input[0].type");
    row("reference", body(R"([{"type":"item_reference","id":"x"}])"), "input[0].type");
    row("role", body(R"([{"role":"tool","content":"x"}])"), "input[0].role");
    row("no content", body(R"([{"role":"user"}])"), "input[0].content");
    row("content", body(R"([{"role":"user","content":1}])"), "input[0].content");
    row("part", body(R"([{"role":"user","content":[1]}])"), "input[0].content[0]");
    row("part of a file",
        body(R"([{"role":"user","content":[{"type":"input_file","file_id":"f"}]}])"),
        "input[0].content[0].type");
    row("part without text",
        body(R"([{"role":"user","content":[{"type":"input_text"}]}])"),
        "input[0].content[0].text");
    row("picture kept elsewhere",
        body(R"([{"role":"user","content":[{"type":"input_image","file_id":"f"}]}])"),
        "input[0].content[0].image_url");
    row("call without a name",
        body(R"([{"type":"function_call","call_id":"c","arguments":""}])"),
        "input[0].name");
    row("call without an id",
        body(R"([{"type":"function_call","name":"f","arguments":""}])"),
        "input[0].call_id");
    row("result of nothing",
        body(R"([{"type":"function_call_output","call_id":"c","output":""}])"),
        "input[0].call_id");
    row("instructions", body(R"("hi")", R"("instructions":1,)"), "instructions");
    row("limit", body(R"("hi")", R"("max_output_tokens":0,)"), "max_output_tokens");
    row("vast limit", body(R"("hi")", R"("max_output_tokens":9999999999,)"), "max_output_tokens");
    row("temperature", body(R"("hi")", R"("temperature":"1",)"), "temperature");
    row("stream", body(R"("hi")", R"("stream":1,)"), "stream");
    row("tools", body(R"("hi")", R"("tools":{},)"), "tools");
    row("tool", body(R"("hi")", R"("tools":[1],)"), "tools[0]");
    row("tool of OpenAI's",
        body(R"("hi")", R"("tools":[{"type":"web_search"}],)"),
        "tools[0].type");
    row("tool without a name",
        body(R"("hi")", R"("tools":[{"type":"function"}],)"),
        "tools[0].name");
    row("choice", body(R"("hi")", R"("tool_choice":1,)"), "tool_choice");
    row("choice of what", body(R"("hi")", R"("tool_choice":"some",)"), "tool_choice");
    row("choice of a tool",
        body(R"("hi")", R"("tool_choice":{"type":"web_search"},)"),
        "tool_choice.type");
    row("choice of whom",
        body(R"("hi")", R"("tool_choice":{"type":"function"},)"),
        "tool_choice.name");
    row("reasoning", body(R"("hi")", R"("reasoning":1,)"), "reasoning");
    row("effort", body(R"("hi")", R"("reasoning":{"effort":1},)"), "reasoning.effort");
    row("text", body(R"("hi")", R"("text":1,)"), "text");
    row("format", body(R"("hi")", R"("text":{"format":1},)"), "text.format");
    row("format of what",
        body(R"("hi")", R"("text":{"format":{"type":"xml"}},)"),
        "text.format.type");
    row("store", body(R"("hi")", R"("store":true,)"), "store");
    row("store what", body(R"("hi")", R"("store":1,)"), "store");
    row("background", body(R"("hi")", R"("background":true,)"), "background");
    row("earlier answer",
        body(R"("hi")", R"("previous_response_id":"r",)"),
        "previous_response_id");
    row("conversation", body(R"("hi")", R"("conversation":{"id":"c"},)"), "conversation");
    row("prompt", body(R"("hi")", R"("prompt":{"id":"p"},)"), "prompt");
    row("include", body(R"("hi")", R"("include":1,)"), "include");
}

void TestResponses::namesWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, param);
    const auto request = decodeResponses(text.toStdString());
    QVERIFY(!request);
    QCOMPARE(QByteArray::fromStdString(request.error().param), param);
    QVERIFY(!request.error().message.empty());
}

void TestResponses::writesAStreamToTheByte()
{
    Usage usage;
    usage.promptTokens = 10;
    usage.completionTokens = 2;
    const std::string answer =
        R"("background":false,"error":null,"incomplete_details":null,"model":"model-1",)";
    const std::string echo =
        R"("previous_response_id":null,"store":false,"instructions":null,"max_output_tokens":null,"max_tool_calls":null,"metadata":{},"parallel_tool_calls":true,"reasoning":{"effort":null,"summary":null},"temperature":null,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":null,"truncation":"disabled","user":null,)";
    const auto event = [](const char *type, int number, const std::string &rest) {
        return "event: " + std::string(type) + "\ndata: {\"type\":\"" + type
               + "\",\"sequence_number\":" + std::to_string(number) + "," + rest + "}\n\n";
    };
    const std::string begins =
        R"("response":{"id":"resp_1","object":"response","created_at":7,"status":"in_progress",)"
        + answer + R"("output":[],)" + echo + R"("usage":null})";
    const std::string part =
        R"({"type":"output_text","text":"hello","annotations":[],"logprobs":[]})";
    const std::string item =
        R"({"id":"msg_resp_1_0","type":"message","status":"completed","role":"assistant","content":[)"
        + part + "]}";
    const std::string place = R"("item_id":"msg_resp_1_0","output_index":0,"content_index":0,)";
    const std::string expected =
        event("response.created", 0, begins) + event("response.in_progress", 1, begins)
        + event(
            "response.output_item.added",
            2,
            R"("output_index":0,"item":{"id":"msg_resp_1_0","type":"message","status":"in_progress","role":"assistant","content":[]})")
        + event("response.content_part.added",
                3,
                place + R"("part":{"type":"output_text","text":"","annotations":[],"logprobs":[]})")
        + event("response.output_text.delta", 4, place + R"("delta":"hel","logprobs":[])")
        + event("response.output_text.delta", 5, place + R"("delta":"lo","logprobs":[])")
        + event("response.output_text.done", 6, place + R"("text":"hello","logprobs":[])")
        + event("response.content_part.done", 7, place + R"("part":)" + part)
        + event("response.output_item.done", 8, R"("output_index":0,"item":)" + item)
        + event(
            "response.completed",
            9,
            R"("response":{"id":"resp_1","object":"response","created_at":7,"status":"completed",)"
                + answer + R"("output":[)" + item + "]," + echo
                + R"("usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":0},"output_tokens":2,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":12}})");
    QCOMPARE(streamed({chunkOf(text("")), chunkOf(text("hel")), chunkOf(text("lo"))}, usage),
             expected);
}

void TestResponses::repeatsTheRequest()
{
    const ChatRequest request = decoded(
        body(R"("hi")",
             R"("instructions":"s","temperature":0.70,"metadata":{"a":"b"},"tools":[],)"));
    ResponsesWriter writer(request.echoed);
    writer.restart({"resp_1", "m", 7});
    const std::string whole = writer.whole(chunkOf(text("a")), std::nullopt);
    QVERIFY(whole.find(R"("instructions":"s")") != std::string::npos);
    QVERIFY(whole.find(R"("temperature":0.70)") != std::string::npos);
    QVERIFY(whole.find(R"("metadata":{"a":"b"})") != std::string::npos);
    QVERIFY(Json::parse(whole).at("usage").is_null());
}

void TestResponses::opensAnItemAtATime_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("kinds");
    const auto row =
        [](const char *name, const std::vector<ChoiceDelta> &deltas, const char *kinds) {
            std::vector<ChatChunk> chunks;
            for (const ChoiceDelta &delta : deltas) {
                chunks.push_back(chunkOf(delta));
            }
            QTest::newRow(name) << QByteArray::fromStdString(streamed(chunks)) << QByteArray(kinds);
        };
    ChoiceDelta thought;
    thought.reasoning = "hm";
    ChoiceDelta refusal;
    refusal.refusal = "No.";
    row("nothing", {}, "");
    row("thoughts, words, a call",
        {thought, text("a"), call(0, "call_0000000001", "f", "{}")},
        "reasoning message function_call");
    row("words and a refusal", {text("a"), refusal, refusal}, "message message");
    row("calls side by side",
        {call(0, "call_0000000001", "f", R"({"a":)"),
         call(1, "call_0000000002", "g", R"({"b":)"),
         call(0, "", "", "1}"),
         call(1, "", "", "2}")},
        "function_call function_call");
    row("a call without arguments", {call(0, "call_0000000001", "f", "")}, "function_call");
    row("a call that was cut", {call(0, "call_0000000001", "f", R"({"a":)")}, "function_call");
    row("a call, then words",
        {call(0, "call_0000000001", "f", "{}"), text("a")},
        "function_call message");
}

void TestResponses::opensAnItemAtATime()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, kinds);
    const Client client(stream.toStdString());
    QCOMPARE(client.fault(), std::string());
    std::string seen;
    for (const Json &item : client.response().at("output")) {
        seen += (seen.empty() ? "" : " ") + item.at("type").get<std::string>();
    }
    QCOMPARE(QByteArray::fromStdString(seen), kinds);
}

void TestResponses::tellsWhyItIsIncomplete_data()
{
    QTest::addColumn<int>("finish");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("stop") << static_cast<int>(FinishReason::Stop) << QByteArray("completed null");
    QTest::newRow("calls") << static_cast<int>(FinishReason::ToolCalls)
                           << QByteArray("completed null");
    QTest::newRow("length") << static_cast<int>(FinishReason::Length)
                            << QByteArray(R"(incomplete {"reason":"max_output_tokens"})");
    QTest::newRow("filter") << static_cast<int>(FinishReason::ContentFilter)
                            << QByteArray(R"(incomplete {"reason":"content_filter"})");
}

void TestResponses::tellsWhyItIsIncomplete()
{
    QFETCH(int, finish);
    QFETCH(QByteArray, expected);
    ChoiceDelta delta = text("a");
    delta.finish = static_cast<FinishReason>(finish);
    const Client client(streamed({chunkOf(delta)}));
    ResponsesWriter writer({});
    writer.restart({"resp_1", "model-1", 7});
    for (const Json &answer :
         {client.response(), Json::parse(writer.whole(chunkOf(delta), std::nullopt))}) {
        QCOMPARE(QByteArray::fromStdString(answer.at("status").get<std::string>() + " "
                                           + answer.at("incomplete_details").dump()),
                 expected);
    }
}

void TestResponses::streamsWhatItWritesWhole_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *file : {"openai/tool_parallel.exchange.json",
                             "gemini/stream_text.exchange.json",
                             "deepseek/stream_tool_no_args.exchange.json",
                             "openrouter/stream_text_comments_double_finish.exchange.json",
                             "generic/ollama_stream_tool.exchange.json",
                             "qwen/stream_tool.exchange.json",
                             "anthropic/stream_tool_parallel.exchange.json"}) {
        QTest::newRow(file) << QByteArray(file);
    }
}

/// The pieces of a stream, put together by a client, are the answer that would have come whole.
void TestResponses::streamsWhatItWritesWhole()
{
    QFETCH(QByteArray, file);
    const std::string name = file.toStdString();
    for (const Exchange &exchange : loadGolden(name)) {
        const auto chunks = chunksOf(decodeWhole(kindOfGolden(name), exchange.body));
        ChatAccumulator all;
        for (const ChatChunk &chunk : chunks) {
            all.add(chunk);
        }
        const Client client(streamed(chunks, all.usage()));
        QCOMPARE(client.fault(), std::string());
        ResponsesWriter writer({});
        writer.restart({"resp_1", "model-1", 7});
        Json whole = Json::parse(writer.whole(all.whole(), std::nullopt));
        Json pieces = client.response();
        for (Json *answer : {&whole, &pieces}) {
            Json &items = answer->at("output");
            QVERIFY(!items.empty());
            for (auto item = items.begin();
                 item != items.end();) { // signatures come last in a stream
                const bool sealed = item->contains("encrypted_content")
                                    && item->at("summary").empty();
                item = sealed ? items.erase(item) : std::next(item);
            }
            for (Json &item : items) {
                item.erase("id");
            }
        }
        QCOMPARE(pieces.dump(), whole.dump());
    }
}

void TestResponses::carriesSignedReasoning()
{
    ChoiceDelta last = text("a");
    last.reasoningDetailsJson = R"([{"data":"s"}])";
    const Client client(streamed({chunkOf(last)}));
    QCOMPARE(client.fault(), std::string());
    const Json &item = client.response().at("output").at(1);
    QCOMPARE(item.at("type").get<std::string>(), std::string("reasoning"));
    QCOMPARE(item.at("encrypted_content").get<std::string>(),
             std::string(R"(signalbox:[{"data":"s"}])"));
    ResponsesWriter writer({});
    writer.restart({"resp_1", "model-1", 7});
    const Json whole = Json::parse(writer.whole(chunkOf(last), std::nullopt));
    QVERIFY(whole.at("output").at(0).at("encrypted_content") == item.at("encrypted_content"));
}

void TestResponses::endsABrokenStreamWithAnError()
{
    ApiError error;
    error.status = 502;
    error.message = "the upstream broke";
    error.type = "api_error";
    error.code = "upstream_stream_broken";
    error.origin = ErrorOrigin::Upstream;
    ResponsesWriter writer({});
    std::string out;
    writer.addError(error, out);
    const std::string expected =
        "event: error\n"
        R"(data: {"type":"error","sequence_number":0,"code":"upstream_stream_broken","message":"the upstream broke","param":null,"error":{"message":"the upstream broke","type":"api_error","param":null,"code":"upstream_stream_broken","origin":"upstream","provider":null,"attempts":[]}})"
        "\n\n";
    QCOMPARE(out, expected);
}

QTEST_GUILESS_MAIN(TestResponses)
#include "tst_responses.moc"
