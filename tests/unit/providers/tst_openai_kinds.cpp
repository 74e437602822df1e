// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"

#include "core/providers/adapter.h"

#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>
#include <set>

using namespace signalbox;
using namespace signalbox::providers;
using Json = nlohmann::ordered_json;

/// *Goal*: each provider of OpenAI's format is sent what it takes. *Method*: what a client says
/// against what is sent, member by member, and what is told about the change.
class TestOpenAiKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsModelsToThink_data();
    void tellsModelsToThink();
    void leavesOutWhatThinkingRefuses_data();
    void leavesOutWhatThinkingRefuses();
    void streamsWhatQwenThinks_data();
    void streamsWhatQwenThinks();
    void putsAThinkingStreamTogether();
    void givesReasoningBack_data();
    void givesReasoningBack();
    void sendsMistralItsOwnMembersOnly();
    void sendsMistralItsOwnIds();
    void keepsIdsApart();
    void shortensIdsForOpenAi();
    void endsWithAPrefix();
    void passesOnWhatTheProviderJudges_data();
    void passesOnWhatTheProviderJudges();
    void completesFunctions_data();
    void completesFunctions();
    void saysRequiredInTheirWord_data();
    void saysRequiredInTheirWord();
    void asksForJson_data();
    void asksForJson();
    void dropsWhatIsNotOnTheList_data();
    void dropsWhatIsNotOnTheList();
    void refusesSeveralAnswers_data();
    void refusesSeveralAnswers();
    void knowsHowManyTextsACallTakes();
    void givesIdsToCallsWithoutOne();
    void handsOnReasoningDetails_data();
    void handsOnReasoningDetails();
    void givesRecordedReasoningBack();
    void boundsReasoningDetails();
};

namespace {

constexpr const char *kUser = R"({"role":"user","content":"hi"})";

struct Sent
{
    Json body;
    QString notes;
    QString dropped;
};

QString joined(const std::vector<std::string> &texts)
{
    QStringList all;
    for (const std::string &text : texts) {
        all << QString::fromStdString(text);
    }
    return all.join(u'|');
}

Sent sent(ProviderKind kind, const std::string &model, const std::string &body)
{
    const auto request = decodeChat(body);
    if (!request.ok()) {
        return {Json("no request: " + request.error().message), {}, {}};
    }
    const auto call = adapterFor(kind).encodeChat(*request, model, ModelSettings());
    if (!call.ok()) {
        return {Json("refused: " + call.error().text), {}, {}};
    }
    return {Json::parse(call->body), joined(call->notes), joined(call->dropped)};
}

/// What is sent besides model and messages.
QString rest(const Sent &told)
{
    Json body = told.body;
    body.erase("model");
    body.erase("messages");
    return QString::fromStdString(body.dump());
}

std::string with(const std::string &members)
{
    return R"({"model":"m","messages":[)" + std::string(kUser) + "]" + (members.empty() ? "" : ",")
           + members + "}";
}

QString messagesSent(ProviderKind kind, const std::string &messages)
{
    const Sent told = sent(kind, "m", R"({"model":"m","messages":[)" + messages + "]}");
    return QString::fromStdString(told.body["messages"].dump());
}

void columns()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("told");
}

void row(const char *name,
         ProviderKind kind,
         const char *model,
         const char *asked,
         const char *expected,
         const char *told = "")
{
    QTest::newRow(name) << int(kind) << QByteArray(model) << QByteArray(asked)
                        << QByteArray(expected) << QByteArray(told);
}

/// What is sent besides model and messages is the row's, and so are the notes.
void compareRest()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, model);
    QFETCH(const QByteArray, asked);
    QFETCH(const QByteArray, expected);
    QFETCH(const QByteArray, told);
    const Sent found = sent(static_cast<ProviderKind>(kind),
                            model.toStdString(),
                            with(asked.toStdString()));
    QCOMPARE(rest(found), QString::fromUtf8(expected));
    QCOMPARE(found.notes, QString::fromUtf8(told));
}

using enum ProviderKind;

} // namespace

void TestOpenAiKinds::tellsModelsToThink_data()
{
    columns();
    row("qwen",
        Qwen,
        "qwen-plus",
        R"("stream":true,"reasoning_effort":"high")",
        R"({"stream":true,"enable_thinking":true,"thinking_budget":16384,"stream_options":{"include_usage":true}})");
    row("qwen, not",
        Qwen,
        "qwen3-8b",
        R"("reasoning_effort":"none")",
        R"({"enable_thinking":false})");
    row("qwen, always",
        Qwen,
        "qwq-plus",
        R"("stream":true,"reasoning_effort":"none")",
        R"({"stream":true,"stream_options":{"include_usage":true}})",
        "dropped reasoning_effort|the model always thinks");
    row("qwen, its own words",
        Qwen,
        "qwen-plus",
        R"("enable_thinking":false,"thinking_budget":100)",
        R"({"enable_thinking":false,"thinking_budget":100})");
    row("qwen, an unknown word",
        Qwen,
        "qwen-plus",
        R"("reasoning_effort":"odd","stream":true)",
        R"({"stream":true,"stream_options":{"include_usage":true}})",
        "dropped reasoning_effort|no such reasoning_effort is known");
    row("deepseek",
        DeepSeek,
        "deepseek-v4-flash",
        R"("reasoning_effort":"medium")",
        R"({"thinking":{"type":"enabled"},"reasoning_effort":"high"})");
    row("deepseek, most",
        DeepSeek,
        "deepseek-v4-pro",
        R"("reasoning_effort":"xhigh")",
        R"({"thinking":{"type":"enabled"},"reasoning_effort":"max"})");
    row("deepseek, least",
        DeepSeek,
        "deepseek-v4-pro",
        R"("reasoning_effort":"minimal")",
        R"({"thinking":{"type":"enabled"},"reasoning_effort":"low"})");
    row("deepseek, not",
        DeepSeek,
        "deepseek-v4-flash",
        R"("reasoning_effort":"none")",
        R"({"thinking":{"type":"disabled"}})");
    row("magistral",
        Mistral,
        "magistral-medium-latest",
        R"("reasoning_effort":"low")",
        R"({"prompt_mode":"reasoning"})");
    row("magistral, not",
        Mistral,
        "magistral-medium-latest",
        R"("reasoning_effort":"none")",
        "{}",
        "dropped reasoning_effort|the model always thinks");
    row("mistral",
        Mistral,
        "mistral-small-2603",
        R"("reasoning_effort":"low")",
        R"({"reasoning_effort":"high"})",
        "asked for effort high: the model has no other");
    row("mistral, not",
        Mistral,
        "mistral-small-2603",
        R"("reasoning_effort":"none")",
        R"({"reasoning_effort":"none"})");
    row("openrouter",
        OpenRouter,
        "openai/gpt-5",
        R"("reasoning_effort":"none")",
        R"({"reasoning_effort":"none"})");
    row("a host unknown to us",
        OpenAiCompatible,
        "m",
        R"("reasoning_effort":"odd")",
        R"({"reasoning_effort":"odd"})");
    row("gpt-5",
        OpenAi,
        "gpt-5-mini",
        R"("reasoning_effort":"none")",
        R"({"reasoning_effort":"minimal"})",
        "asked for effort \"minimal\": the model has no \"none\"");
    row("o3",
        OpenAi,
        "o3",
        R"("reasoning_effort":"minimal")",
        R"({"reasoning_effort":"low"})",
        "asked for effort \"low\": the model has no \"minimal\"");
    row("gpt-5.6",
        OpenAi,
        "gpt-5.6-sol",
        R"("reasoning_effort":"minimal")",
        R"({"reasoning_effort":"low"})",
        "asked for effort \"low\": the model has no \"minimal\"");
    row("gpt-5.4",
        OpenAi,
        "gpt-5.4",
        R"("reasoning_effort":"none")",
        R"({"reasoning_effort":"none"})");
    row("not said", Qwen, "qwen-plus", R"("reasoning_effort":null)", "{}");
}

void TestOpenAiKinds::tellsModelsToThink()
{
    compareRest();
}

void TestOpenAiKinds::leavesOutWhatThinkingRefuses_data()
{
    columns();
    const char *all =
        R"("temperature":0.5,"top_p":0.9,"stop":["x"],"logit_bias":{"1":2},"logprobs":true)";
    const char *dropped =
        "dropped temperature|dropped top_p|dropped stop|dropped logit_bias|dropped logprobs";
    const char *kept =
        R"({"temperature":0.5,"top_p":0.9,"stop":["x"],"logit_bias":{"1":2},"logprobs":true})";
    row("gpt-5", OpenAi, "gpt-5", all, "{}", dropped);
    row("o4", OpenAi, "o4-mini", all, "{}", dropped);
    row("gpt-5.5", OpenAi, "gpt-5.5", all, "{}", dropped);
    row("gpt-5.2 for chat", OpenAi, "gpt-5.2-chat-latest", all, "{}", dropped);
    row("gpt-5.2", OpenAi, "gpt-5.2", all, kept);
    row("gpt-4o", OpenAi, "gpt-4o", all, kept);
    row("gpt-5 at another's", OpenAiCompatible, "gpt-5", all, kept);
    row("gpt-5.2 that is to think",
        OpenAi,
        "gpt-5.2",
        R"("reasoning_effort":"low","temperature":0.5)",
        R"({"reasoning_effort":"low"})",
        "dropped temperature");
    row("gpt-5.5 that is not",
        OpenAi,
        "gpt-5.5",
        R"("reasoning_effort":"none","temperature":0.5)",
        R"({"reasoning_effort":"none","temperature":0.5})");
    row("what holds anyway",
        OpenAi,
        "gpt-5",
        R"("temperature":1,"top_p":1.0,"presence_penalty":0,"logprobs":false,"stop":null)",
        R"({"temperature":1,"top_p":1.0,"presence_penalty":0,"logprobs":false,"stop":null})");
}

void TestOpenAiKinds::leavesOutWhatThinkingRefuses()
{
    compareRest();
}

void TestOpenAiKinds::streamsWhatQwenThinks_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<bool>("streams");
    const auto one = [](const char *name, const char *model, const char *asked, bool streams) {
        QTest::newRow(name) << QByteArray(model) << QByteArray(asked) << streams;
    };
    one("unasked", "qwen-plus", "", false);
    one("asked", "qwen-plus", R"("reasoning_effort":"low")", true);
    one("asked in its words", "qwen-plus", R"("enable_thinking":true)", true);
    one("an open model", "qwen3-32b", "", true);
    one("an open model, said twice", "qwen3.5-27b", R"("stream":false)", true);
    one("an open model that is not to", "qwen3-32b", R"("enable_thinking":false)", false);
    one("an open model that does not", "qwen3-30b-a3b-instruct-2507", "", false);
    one("always", "qwq-plus", "", true);
    one("always, told not to", "qwen3-next-80b-a3b-thinking", R"("reasoning_effort":"none")", true);
    one("max", "qwen3-max", "", false);
}

void TestOpenAiKinds::streamsWhatQwenThinks()
{
    QFETCH(const QByteArray, model);
    QFETCH(const QByteArray, asked);
    QFETCH(const bool, streams);
    const auto request = decodeChat(with(asked.toStdString()));
    const auto call = adapterFor(Qwen).encodeChat(*request, model.toStdString(), {});
    const Json body = Json::parse(call->body);
    QCOMPARE(body.value("stream", false), streams);
    QCOMPARE(body.contains("stream_options"), streams);
    const std::pair<std::string, std::string> accept("accept",
                                                     streams ? "text/event-stream"
                                                             : "application/json");
    QCOMPARE(call->headers[1], accept);
    QCOMPARE(joined(call->notes).contains(QLatin1String("streamed from the provider")), streams);
    QVERIFY(!Json::parse(
                 adapterFor(OpenAiCompatible).encodeChat(*request, model.toStdString(), {})->body)
                 .value("stream", false));
}

/// Goal: a client that asked for no stream gets its answer from one.
void TestOpenAiKinds::putsAThinkingStreamTogether()
{
    const auto decoder = adapterFor(Qwen).decoder(false);
    std::vector<ChatEvent> events;
    decoder->feed(
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null,"
        "\"reasoning_content\":\"hm\"}}]}\n\n"
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\"},\"finish_reason\":"
        "\"stop\"}]}\n\n"
        "data: "
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\ndata: "
        "[DONE]\n\n",
        events);
    decoder->finish(events);
    QCOMPARE(events.size(), std::size_t(4));
    QCOMPARE(std::get<ChatChunk>(events[0]).choices[0].reasoning, std::optional<std::string>("hm"));
    QCOMPARE(std::get<ChatChunk>(events[1]).choices[0].content, std::optional<std::string>("yes"));
    QCOMPARE(std::get<ChatChunk>(events[2]).usage->completionTokens, std::int64_t(2));
    QVERIFY(std::holds_alternative<ChatEnd>(events[3]));
}

void TestOpenAiKinds::givesReasoningBack_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("members");
    const auto one = [](const char *name, ProviderKind kind, const char *members) {
        QTest::newRow(name) << int(kind) << QByteArray(members);
    };
    one("openai", OpenAi, "");
    one("qwen", Qwen, "");
    one("mistral", Mistral, "");
    one("deepseek", DeepSeek, R"(,"reasoning_content":"hm")");
    one("openrouter", OpenRouter, R"(,"reasoning":"hm","reasoning_details":[{"type":"x"}])");
    one("a host unknown to us",
        OpenAiCompatible,
        R"(,"reasoning_content":"hm","reasoning_details":[{"type":"x"}])");
}

void TestOpenAiKinds::givesReasoningBack()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, members);
    const std::string before = std::string(kUser) + R"(,{"role":"assistant","content":"a")";
    const std::string after = R"(},{"role":"user","content":"b"})";
    QCOMPARE(messagesSent(static_cast<ProviderKind>(kind),
                          before + R"(,"reasoning_content":"hm","reasoning_details":[{"type":"x"}])"
                              + after),
             QString::fromStdString("[" + before + members.toStdString() + after + "]"));
    // DeepSeek answers 400 to a conversation with tools whose reasoning is missing.
    const std::string call =
        R"(,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}])";
    const std::string result = R"(},{"role":"tool","tool_call_id":"c1","content":"r"},)"
                               R"({"role":"assistant","content":"done")";
    const QString found = messagesSent(DeepSeek, before + call + result + after);
    const std::string empty = R"(,"reasoning_content":"")";
    QCOMPARE(found,
             QString::fromStdString("[" + before + call + empty + result + empty + after + "]"));
    QCOMPARE(messagesSent(Qwen, before + call + result + after),
             QString::fromStdString("[" + before + call + result + after + "]"));
}

void TestOpenAiKinds::sendsMistralItsOwnMembersOnly()
{
    const Sent told = sent(
        Mistral,
        "m",
        R"({"model":"m","messages":[{"role":"user","name":"u","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral"}},{"type":"image_url","image_url":{"url":"data:,"}}]},)"
        R"({"role":"assistant","content":null,"refusal":null,"annotations":[],"audio":null,"tool_calls":[{"id":"abcDEF123","index":0,"type":"function","function":{"name":"f","arguments":"{}"}}]},)"
        R"({"role":"tool","tool_call_id":"abcDEF123","content":"r"},{"role":"assistant","content":"a","tool_calls":null},{"role":"user","content":"b"}]})");
    QCOMPARE(
        QString::fromStdString(told.body["messages"].dump()),
        QStringLiteral(
            R"([{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:,"}}]},)"
            R"({"role":"assistant","tool_calls":[{"id":"abcDEF123","type":"function","function":{"name":"f","arguments":"{}"}}]},)"
            R"({"role":"tool","tool_call_id":"abcDEF123","content":"r"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}])"));
    QCOMPARE(told.dropped, QStringLiteral("messages[].name"));
}

void TestOpenAiKinds::sendsMistralItsOwnIds()
{
    const std::string conversation =
        std::string(kUser)
        + R"(,{"role":"assistant","tool_calls":[{"id":"call_abc","function":{"name":"f","arguments":"{}"}},{"id":"toolu_01","function":{"name":"f","arguments":"{}"}}]},)"
          R"({"role":"tool","tool_call_id":"toolu_01","content":"2"},{"role":"tool","tool_call_id":"call_abc","content":"1"})";
    const Json first = Json::parse(messagesSent(Mistral, conversation).toStdString());
    const std::string a = first[1]["tool_calls"][0]["id"];
    const std::string b = first[1]["tool_calls"][1]["id"];
    const QRegularExpression nine(QStringLiteral("^[a-zA-Z0-9]{9}$"));
    QVERIFY(nine.match(QString::fromStdString(a)).hasMatch());
    QVERIFY(nine.match(QString::fromStdString(b)).hasMatch());
    QVERIFY(a != b);
    QCOMPARE(first[2]["tool_call_id"].get<std::string>(), b);
    QCOMPARE(first[3]["tool_call_id"].get<std::string>(), a);
    // The next request names the same calls alike.
    const Json next = Json::parse(
        messagesSent(Mistral, conversation + R"(,{"role":"assistant","content":"x"},)" + kUser)
            .toStdString());
    QVERIFY(next[1]["tool_calls"] == first[1]["tool_calls"]);
}

void TestOpenAiKinds::shortensIdsForOpenAi()
{
    const std::string longest = "call_" + std::string(35, 'x');
    const std::string vllm = "chatcmpl-tool-" + std::string(32, 'a');
    const std::string other = "chatcmpl-tool-" + std::string(32, 'b');
    const auto called = [](const std::string &id) {
        return R"({"index":0,"id":")" + id + R"(","function":{"name":"f","arguments":"{}"}})";
    };
    const auto result = [](const std::string &id) {
        return R"({"role":"tool","tool_call_id":")" + id + R"(","content":"1"})";
    };
    const std::string conversation =
        std::string(kUser) + R"(,{"role":"assistant","name":"a","content":null,"tool_calls":[)"
        + called(longest) + "," + called(vllm) + "," + called(other) + "]}," + result(other) + ","
        + result(longest) + "," + result(vllm);
    const Json sent = Json::parse(messagesSent(OpenAi, conversation).toStdString());
    const Json &calls = sent[1]["tool_calls"];
    const QRegularExpression made(QStringLiteral("^call_[a-zA-Z0-9]{9}$"));
    QCOMPARE(calls[0]["id"].get<std::string>(), longest);
    QVERIFY(made.match(QString::fromStdString(calls[1]["id"])).hasMatch());
    QVERIFY(made.match(QString::fromStdString(calls[2]["id"])).hasMatch());
    QVERIFY(calls[1]["id"] != calls[2]["id"]);
    QVERIFY(sent[2]["tool_call_id"] == calls[2]["id"]);
    QVERIFY(sent[3]["tool_call_id"] == calls[0]["id"]);
    QVERIFY(sent[4]["tool_call_id"] == calls[1]["id"]);
    // All else stays as it is; a host unknown to us gets the ids it may have given itself.
    QCOMPARE(sent[1]["name"].get<std::string>(), std::string("a"));
    QVERIFY(sent[1]["content"].is_null() && calls[1]["index"] == 0);
    const Json compatible = Json::parse(messagesSent(OpenAiCompatible, conversation).toStdString());
    QCOMPARE(compatible[1]["tool_calls"][1]["id"].get<std::string>(), vllm);
}

void TestOpenAiKinds::keepsIdsApart()
{
    std::string calls;
    for (int i = 0; i < 2000; ++i) {
        calls += (i == 0 ? "" : ",") + std::string(R"({"id":"call_)") + std::to_string(i)
                 + R"(","function":{"name":"f","arguments":"{}"}})";
    }
    const Json told = Json::parse(
        messagesSent(Mistral, R"({"role":"assistant","tool_calls":[)" + calls + "]}," + kUser)
            .toStdString());
    std::set<std::string> ids;
    for (const Json &call : told[0]["tool_calls"]) {
        ids.insert(call["id"].get<std::string>());
    }
    QCOMPARE(ids.size(), std::size_t(2000));
}

void TestOpenAiKinds::endsWithAPrefix()
{
    const std::string conversation = std::string(kUser)
                                     + R"(,{"role":"assistant","content":"Once")";
    QCOMPARE(messagesSent(Mistral, conversation + "}"),
             QString::fromStdString("[" + conversation + R"(,"prefix":true}])"));
    QCOMPARE(messagesSent(Mistral, conversation + R"(,"prefix":false})"),
             QString::fromStdString("[" + conversation + R"(,"prefix":true}])"));
    QCOMPARE(messagesSent(OpenAi, conversation + "}"),
             QString::fromStdString("[" + conversation + "}]"));
}

void TestOpenAiKinds::passesOnWhatTheProviderJudges_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QByteArray>("more");
    const auto row = [](const char *name, const std::string &messages, const char *more = "") {
        QTest::newRow(name) << QByteArray::fromStdString(messages) << QByteArray(more);
    };
    const std::string user = kUser;
    row("two messages of the user in a row", user + "," + user);
    row("a picture by its address",
        R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]})");
    row("a picture of an odd type",
        R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/bmp;base64,AA=="}}]})");
    row("an odd name of a tool",
        user,
        R"(,"tools":[{"type":"function","function":{"name":"a.b c","parameters":{"type":"object","properties":{}}}}])");
    row("references in a schema",
        user,
        R"(,"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string"}}}}}])");
}

void TestOpenAiKinds::passesOnWhatTheProviderJudges()
{
    QFETCH(const QByteArray, messages);
    QFETCH(const QByteArray, more);
    const std::string body = R"({"messages":[)" + messages.toStdString() + "]" + more.toStdString();
    for (const ProviderKind kind :
         {OpenAi, Qwen, DeepSeek, Mistral, OpenRouter, OpenAiCompatible}) {
        Json found = sent(kind, "m", body + R"(,"model":"m"})").body;
        QVERIFY2(found.is_object(), found.dump().c_str());
        found.erase("model");
        QCOMPARE(QString::fromStdString(found.dump()), QString::fromStdString(body + "}"));
    }
}

void TestOpenAiKinds::completesFunctions_data()
{
    columns();
    const char *none =
        R"("tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g","parameters":{},"strict":true}}])";
    const char *completed =
        R"({"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}},"strict":true}}]})";
    const char *unStrict =
        R"({"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}]})";
    row("qwen", Qwen, "m", none, completed);
    row("mistral", Mistral, "m", none, completed);
    row("deepseek", DeepSeek, "m", none, unStrict, "dropped tools[].function.strict");
    const std::string same = std::string("{") + none + "}";
    row("openai", OpenAi, "m", none, same.c_str());
    row("openrouter", OpenRouter, "m", none, same.c_str());
    // The schema is the client's, `type` of every member included.
    const char *schema =
        R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"integer"},"b":{"$ref":"#/$defs/b"}},"$defs":{"b":{"type":"string"}}}}}])";
    const std::string schemaKept = std::string("{") + schema + "}";
    row("qwen, a schema", Qwen, "m", schema, schemaKept.c_str());
    row("deepseek, a schema", DeepSeek, "m", schema, schemaKept.c_str());
}

void TestOpenAiKinds::completesFunctions()
{
    compareRest();
}

void TestOpenAiKinds::saysRequiredInTheirWord_data()
{
    columns();
    const char *required = R"("tool_choice":"required")";
    row("mistral", Mistral, "m", required, R"({"tool_choice":"any"})");
    for (const ProviderKind kind : {OpenAi, Qwen, DeepSeek, OpenRouter, OpenAiCompatible}) {
        row(toString(kind).data(), kind, "m", required, R"({"tool_choice":"required"})");
    }
    const char *named = R"("tool_choice":{"type":"function","function":{"name":"f"}})";
    const std::string kept = std::string("{") + named + "}";
    row("mistral, named", Mistral, "m", named, kept.c_str());
    row("qwen, named", Qwen, "m", named, kept.c_str());
    row("none", Mistral, "m", R"("tool_choice":"none")", R"({"tool_choice":"none"})");
}

void TestOpenAiKinds::saysRequiredInTheirWord()
{
    compareRest();
}

void TestOpenAiKinds::asksForJson_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("instruction");
    const auto one = [](const char *name,
                        ProviderKind kind,
                        const char *model,
                        const char *format,
                        const char *said,
                        const char *content,
                        const char *instruction) {
        QTest::newRow(name) << int(kind) << QByteArray(model) << QByteArray(format)
                            << QByteArray(said) << QByteArray(content) << QByteArray(instruction);
    };
    const char *object = R"({"type":"json_object"})";
    const char *schema =
        R"({"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}})";
    const char *wish = "Answer with one JSON object and nothing else.";
    const char *inWords =
        R"(Answer with one JSON object and nothing else. It must be valid against this JSON Schema: {"type":"object"})";
    one("qwen, the word is there", Qwen, "qwen-plus", object, object, "as Json please", "");
    one("qwen, it is not", Qwen, "qwen-plus", object, object, "hi", wish);
    one("deepseek, it is not", DeepSeek, "deepseek-chat", object, object, "hi", wish);
    one("openai, it is not", OpenAi, "gpt-4o", object, object, "hi", "");
    one("mistral", Mistral, "m", object, object, "hi", "");
    one("schema, qwen-plus", Qwen, "qwen-plus", schema, schema, "hi", "");
    one("schema, an old qwen", Qwen, "qwen-turbo", schema, object, "hi", inWords);
    one("schema, deepseek", DeepSeek, "deepseek-v4-flash", schema, object, "json", inWords);
    one("schema, mistral", Mistral, "m", schema, schema, "hi", "");
    one("schema, openrouter", OpenRouter, "m", schema, schema, "hi", "");
    one("text", Qwen, "qwen-turbo", R"({"type":"text"})", R"({"type":"text"})", "hi", "");
}

void TestOpenAiKinds::asksForJson()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, model);
    QFETCH(const QByteArray, format);
    QFETCH(const QByteArray, said);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, instruction);
    const Sent told = sent(static_cast<ProviderKind>(kind),
                           model.toStdString(),
                           R"({"model":"m","response_format":)" + format.toStdString()
                               + R"(,"messages":[{"role":"user","content":")"
                               + content.toStdString() + "\"}]}");
    QCOMPARE(QString::fromStdString(told.body["response_format"].dump()), QString::fromUtf8(said));
    const Json &first = told.body["messages"][0];
    QCOMPARE(first["role"] == "system", !instruction.isEmpty());
    if (!instruction.isEmpty()) {
        QCOMPARE(QString::fromStdString(first["content"]), QString::fromUtf8(instruction));
    }
    QCOMPARE(told.body["messages"].size(), std::size_t(instruction.isEmpty() ? 1 : 2));
    QCOMPARE(told.notes.isEmpty(), instruction.isEmpty());
    QCOMPARE(told.dropped,
             said == format ? QString() : QStringLiteral("response_format.json_schema"));
}

void TestOpenAiKinds::dropsWhatIsNotOnTheList_data()
{
    columns();
    row("qwen",
        Qwen,
        "qwen-plus",
        R"("foo":1,"frequency_penalty":0.5,"top_k":20,"enable_search":true,"seed":1)",
        R"({"top_k":20,"enable_search":true,"seed":1})",
        "dropped foo|dropped frequency_penalty");
    row("deepseek",
        DeepSeek,
        "deepseek-chat",
        R"("foo":1,"seed":1,"top_k":2,"frequency_penalty":0.5,"thinking":{"type":"disabled"})",
        R"({"frequency_penalty":0.5,"thinking":{"type":"disabled"}})",
        "dropped foo|dropped seed|dropped top_k");
    row("what says nothing",
        DeepSeek,
        "deepseek-chat",
        R"("n":1,"store":false,"metadata":{},"logit_bias":null,"parallel_tool_calls":true)",
        "{}");
    row("one call at a time",
        DeepSeek,
        "deepseek-chat",
        R"("parallel_tool_calls":false,"user":"u")",
        "{}",
        "dropped parallel_tool_calls|dropped user");
    row("openrouter",
        OpenRouter,
        "m",
        R"("foo":1,"store":true,"provider":{"order":["a"]})",
        R"({"foo":1,"provider":{"order":["a"]}})",
        "dropped store");
    row("a host unknown to us",
        OpenAiCompatible,
        "m",
        R"("foo":1,"chat_template_kwargs":{"enable_thinking":false})",
        R"({"foo":1,"chat_template_kwargs":{"enable_thinking":false}})");
}

void TestOpenAiKinds::dropsWhatIsNotOnTheList()
{
    compareRest();
}

void TestOpenAiKinds::refusesSeveralAnswers_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("refused");
    for (const ProviderKind kind : {OpenAi, Qwen, Mistral, OpenAiCompatible}) {
        QTest::newRow(toString(kind).data()) << int(kind) << false;
    }
    for (const ProviderKind kind : {DeepSeek, OpenRouter}) {
        QTest::newRow(toString(kind).data()) << int(kind) << true;
    }
}

void TestOpenAiKinds::refusesSeveralAnswers()
{
    QFETCH(const int, kind);
    QFETCH(const bool, refused);
    const Adapter &adapter = adapterFor(static_cast<ProviderKind>(kind));
    const auto two = decodeChat(with(R"("n":2)"));
    const auto refusal = adapter.refuses(*two, "m");
    QCOMPARE(refusal.has_value(), refused);
    QCOMPARE(adapter.encodeChat(*two, "m", {}).ok(), !refused);
    if (refused) {
        QCOMPARE(refusal->text,
                 std::string("the provider gives one answer to a request, not n = 2"));
    }
    QVERIFY(!adapter.refuses(*decodeChat(with(R"("n":1)")), "m"));
}

void TestOpenAiKinds::knowsHowManyTextsACallTakes()
{
    QCOMPARE(adapterFor(Qwen).embeddingTextsMax("text-embedding-v2"), std::size_t{25});
    QCOMPARE(adapterFor(Qwen).embeddingTextsMax("text-embedding-v3"), std::size_t{10});
    QCOMPARE(adapterFor(Qwen).embeddingTextsMax("text-embedding-v4"), std::size_t{10});
    QCOMPARE(adapterFor(Gemini).embeddingTextsMax("gemini-embedding-001"), std::size_t{100});
    QCOMPARE(adapterFor(OpenAi).embeddingTextsMax("text-embedding-3-small"), std::size_t{0});
}

void TestOpenAiKinds::givesIdsToCallsWithoutOne()
{
    const auto idsIn = [](const char *calls) {
        const auto decoder = adapterFor(Mistral).decoder(false);
        std::vector<ChatEvent> events;
        decoder->feed(std::string(R"({"id":"a1","choices":[{"index":0,"message":{"tool_calls":[)")
                          + calls + R"(]},"finish_reason":"tool_calls"}]})",
                      events);
        decoder->finish(events);
        std::vector<std::string> ids;
        for (const ToolCallDelta &call :
             std::get<ChatChunk>(events.at(0)).choices.at(0).toolCalls) {
            ids.push_back(call.id);
        }
        return joined(ids);
    };
    QCOMPARE(idsIn(R"({"index":0,"id":"null","function":{"name":"f","arguments":"{}"}},)"
                   R"({"index":1,"function":{"name":"f","arguments":"{}"}})"),
             QStringLiteral("call_a1_0|call_a1_1"));
    QCOMPARE(idsIn(R"({"index":0,"id":"g6fVbXS8K","function":{"name":"f","arguments":"{}"}})"),
             QStringLiteral("g6fVbXS8K"));
}

namespace {

/// The `reasoning_details` that clients get of \p body, and whether that was once, with the finish.
std::string detailsOf(const std::string &body, bool stream)
{
    const auto decoder = adapterFor(OpenRouter).decoder(stream);
    std::vector<ChatEvent> events;
    decoder->feed(body, events);
    decoder->finish(events);
    std::string told;
    for (const ChatEvent &event : events) {
        const auto *chunk = std::get_if<ChatChunk>(&event);
        for (const ChoiceDelta &delta :
             chunk == nullptr ? std::vector<ChoiceDelta>() : chunk->choices) {
            if (!delta.reasoningDetailsJson.empty()) {
                told += delta.reasoningDetailsJson + (delta.finish ? "" : " without the finish");
            }
        }
    }
    return told;
}

std::string streamOf(const std::vector<std::string> &pieces)
{
    std::string body;
    for (const std::string &piece : pieces) {
        body += R"(data: {"id":"g","choices":[{"index":0,"delta":{"reasoning_details":[)" + piece
                + "]}}]}\n\n";
    }
    const std::string end =
        R"({"id":"g","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
    return body + "data: " + end + "\n\ndata: " + end + "\n\ndata: [DONE]\n\n"; // twice, as they do
}

} // namespace

void TestOpenAiKinds::handsOnReasoningDetails_data()
{
    QTest::addColumn<QStringList>("pieces");
    QTest::addColumn<QString>("told");
    QTest::newRow("none") << QStringList() << "";
    QTest::newRow("one text, then its signature")
        << QStringList{R"({"type":"reasoning.text","text":"I \"see","format":"anthropic-claude-v1","index":0})",
                       R"({"type":"reasoning.text","text":" it.\n","format":"anthropic-claude-v1","index":0})",
                       R"({"type":"reasoning.text","signature":"sig","format":"anthropic-claude-v1","index":0})"}
        << R"([{"type":"reasoning.text","text":"I \"see it.\n","format":"anthropic-claude-v1","index":0,"signature":"sig"}])";
    QTest::newRow("nulls give way")
        << QStringList{R"({"type":"reasoning.text","text":null,"signature":null,"index":0})",
                       R"({"type":"reasoning.text","text":"a","signature":null,"index":0})",
                       R"({"type":"reasoning.text","text":"b","signature":"s","index":0})"}
        << R"([{"type":"reasoning.text","text":"ab","signature":"s","index":0}])";
    QTest::newRow("two thoughts and a summary")
        << QStringList{R"({"type":"reasoning.text","text":"a","index":0},{"type":"reasoning.summary","summary":"x","index":0})",
                       R"({"type":"reasoning.text","text":"b","index":1})",
                       R"({"type":"reasoning.summary","summary":"y","index":0},{"type":"reasoning.text","text":"c","index":0})"}
        << R"([{"type":"reasoning.text","text":"ac","index":0},{"type":"reasoning.summary","summary":"xy","index":0},{"type":"reasoning.text","text":"b","index":1}])";
    QTest::newRow("encrypted ones stay apart")
        << QStringList{R"({"type":"reasoning.encrypted","data":"A","id":"call_1","format":"google-gemini-v1","index":0})",
                       R"({"type":"reasoning.encrypted","data":"B","id":"call_2","format":"google-gemini-v1","index":0})"}
        << R"([{"type":"reasoning.encrypted","data":"A","id":"call_1","format":"google-gemini-v1","index":0},{"type":"reasoning.encrypted","data":"B","id":"call_2","format":"google-gemini-v1","index":0}])";
    QTest::newRow("unknown members, without an index")
        << QStringList{R"({"type":"reasoning.text","text":"a","weight":1.50})",
                       R"({"type":"reasoning.text","text":"b","weight":2})"}
        << R"([{"type":"reasoning.text","text":"ab","weight":1.50}])";
}

void TestOpenAiKinds::handsOnReasoningDetails()
{
    QFETCH(const QStringList, pieces);
    QFETCH(const QString, told);
    std::vector<std::string> texts;
    for (const QString &piece : pieces) {
        texts.push_back(piece.toStdString());
    }
    QCOMPARE(QString::fromStdString(detailsOf(streamOf(texts), true)), told);
    // A whole answer has them whole.
    const std::string whole = pieces.isEmpty() ? "" : "[" + texts.front() + "]";
    const std::string document = R"({"choices":[{"message":{"content":"x")"
                                 + (whole.empty() ? "" : R"(,"reasoning_details":)" + whole)
                                 + R"(},"finish_reason":"stop"}]})";
    QCOMPARE(detailsOf(document, false), whole);
}

/// What a client sends back is what OpenRouter asks for: the details as a whole, unchanged.
void TestOpenAiKinds::givesRecordedReasoningBack()
{
    const auto recorded =
        test::loadGolden("openrouter/stream_tool_reasoning_details.exchange.json").front();
    const std::string details = detailsOf(recorded.body, true);
    const Json read = Json::parse(details);
    QCOMPARE(read.size(), std::size_t{1});
    QVERIFY(
        read[0]["text"].get<std::string>().starts_with("The user is asking for the weather in"));
    QVERIFY(read[0]["text"].get<std::string>().ends_with("with this parameter."));
    QVERIFY(read[0]["signature"].get<std::string>().starts_with("EvsCCkgIEBABGAIqQNe"));
    const auto again = decodeChat(
        R"({"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"x","reasoning_details":)"
        + details + R"(},{"role":"user","content":"go on"}]})");
    const auto call = adapterFor(OpenRouter).encodeChat(*again, "m", {});
    QVERIFY(call->body.find(R"("reasoning_details":)" + details) != std::string::npos);
}

void TestOpenAiKinds::boundsReasoningDetails()
{
    const std::string big = R"({"type":"reasoning.text","text":")" + std::string(1U << 20U, 'x')
                            + R"(","index":0})";
    QVERIFY(!detailsOf(streamOf({big, big, big}), true).empty());
    QCOMPARE(detailsOf(streamOf({big, big, big, big, big}), true), std::string());
}

QTEST_APPLESS_MAIN(TestOpenAiKinds)
#include "tst_openai_kinds.moc"
