// SPDX-License-Identifier: Apache-2.0
#include "core/providers/client_api.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;

class TestClientRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsAFullRequest();
    void keepsEveryMemberAsWritten();
    void readsMessagesOfEveryRole();
    void tellsWhatTheRequestNeeds_data();
    void tellsWhatTheRequestNeeds();
    void readsNullAsAbsent();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void refusesDeepNestingWithoutHarm();
    void readsEmbeddings();
};

namespace {

ChatRequest decoded(std::string_view body)
{
    auto request = decodeChat(body);
    return request.ok() ? *std::move(request) : ChatRequest();
}

std::string chatWith(std::string_view members)
{
    return R"({"model":"m","messages":[{"role":"user","content":"hi"}],)" + std::string(members)
           + "}";
}

} // namespace

void TestClientRequest::understandsAFullRequest()
{
    const ChatRequest request = decoded(
        R"({"model":"chat","messages":[{"role":"user","content":"hi"}],"stream":true,)"
        R"("stream_options":{"include_usage":true},"max_tokens":5,"max_completion_tokens":7,)"
        R"("temperature":0.70,"top_p":1e-1,"stop":["a","b"],"user":"u-1","n":2})");
    QCOMPARE(request.model, std::string("chat"));
    QVERIFY(request.stream);
    QVERIFY(request.includeUsage);
    QCOMPARE(request.maxOutputTokens, std::optional<std::int64_t>(7));
    QCOMPARE(request.temperature, std::optional<std::string>("0.70"));
    QCOMPARE(request.topP, std::optional<std::string>("1e-1"));
    QCOMPARE(request.stop, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(request.user, std::string("u-1"));
    QCOMPARE(request.choices, 2);
    QVERIFY(request.needs.isEmpty());
    QCOMPARE(decoded(chatWith(R"("stop":"x")")).stop, (std::vector<std::string>{"x"}));
    QCOMPARE(decoded(chatWith(R"("max_tokens":5)")).maxOutputTokens,
             std::optional<std::int64_t>(5));
}

void TestClientRequest::keepsEveryMemberAsWritten()
{
    const ChatRequest request = decoded(
        R"({ "seed":7228414683750928000, "model":"m",)"
        R"("messages":[ {"role":"user","content":"hi","name":"x"} ],"foo":{"b": [0.10]} })");
    QCOMPARE(request.fields.size(), std::size_t{4});
    QCOMPARE(request.fields[0], (RawField{"seed", "7228414683750928000"}));
    QCOMPARE(request.fields[1], (RawField{"model", R"("m")"}));
    QCOMPARE(request.fields[2].json,
             std::string(R"([ {"role":"user","content":"hi","name":"x"} ])"));
    QCOMPARE(request.fields[3], (RawField{"foo", R"({"b": [0.10]})"}));
    QVERIFY(request.field("foo") != nullptr);
    QVERIFY(request.field("bar") == nullptr);
}

void TestClientRequest::readsMessagesOfEveryRole()
{
    const ChatRequest request = decoded(R"({"model":"m","messages":[
        {"role":"system","content":"s"},
        {"role":"developer","content":"d"},
        {"content":[{"type":"text","text":"look \u4e2d"},
                    {"type":"image_url","image_url":{"url":"https://x/y.png"}},
                    {"input_audio":{"data":"AA"},"type":"input_audio"}],"role":"user"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"42"}]})");
    QCOMPARE(request.messages.size(), std::size_t{5});
    QVERIFY(request.messages[0].role == Role::System);
    QVERIFY(request.messages[1].role == Role::Developer);
    const ChatMessage &user = request.messages[2];
    QVERIFY(user.role == Role::User);
    QCOMPARE(user.parts.size(), std::size_t{3});
    QCOMPARE(user.text(), std::string("look \xE4\xB8\xAD"));
    QCOMPARE(user.parts[1].kind, ChatMessage::PartKind::Image);
    QCOMPARE(user.parts[1].text,
             std::string(R"({"type":"image_url","image_url":{"url":"https://x/y.png"}})"));
    QCOMPARE(user.parts[2].kind, ChatMessage::PartKind::Other);
    QVERIFY(request.messages[3].parts.empty());
    QVERIFY(request.messages[3].toolCallsJson.starts_with(R"([{"id":"c1")"));
    QCOMPARE(request.messages[4].toolCallId, std::string("c1"));
    QCOMPARE(request.needs, (FeatureSet{Feature::Tools, Feature::Images}));
}

void TestClientRequest::tellsWhatTheRequestNeeds_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("needs");
    QTest::addColumn<bool>("json");
    QTest::newRow("tools") << QByteArray(R"("tools":[{"type":"function"}])") << QByteArray("tools")
                           << false;
    QTest::newRow("no tools") << QByteArray(R"("tools":[])") << QByteArray() << false;
    QTest::newRow("functions") << QByteArray(R"("functions":[{}])") << QByteArray("tools") << false;
    QTest::newRow("json object") << QByteArray(R"("response_format":{"type":"json_object"})")
                                 << QByteArray() << true;
    QTest::newRow("json schema") << QByteArray(
        R"("response_format":{"json_schema":{"name":"x"},"type":"json_schema"})")
                                 << QByteArray("json_schema") << true;
    QTest::newRow("text format") << QByteArray(R"("response_format":{"type":"text"})")
                                 << QByteArray() << false;
    QTest::newRow("reasoning") << QByteArray(R"("reasoning_effort":"high")")
                               << QByteArray("reasoning") << false;
    QTest::newRow("no reasoning") << QByteArray(R"("reasoning_effort":"none")") << QByteArray()
                                  << false;
}

void TestClientRequest::tellsWhatTheRequestNeeds()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, needs);
    QFETCH(bool, json);
    const auto request = decodeChat(chatWith(members.toStdString()));
    QVERIFY(request.ok());
    QByteArray names;
    for (const Feature feature : request->needs.list()) {
        names += toString(feature).data();
    }
    QCOMPARE(names, needs);
    QCOMPARE(request->wantsJson, json);
}

void TestClientRequest::readsNullAsAbsent()
{
    const auto request = decodeChat(chatWith(
        R"("temperature":null,"stop":null,"tools":null,"stream":null,"n":null,"max_tokens":null)"));
    QVERIFY(request.ok());
    QVERIFY(!request->temperature);
    QVERIFY(!request->stream);
    QCOMPARE(request->choices, 1);
}

void TestClientRequest::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    QTest::addColumn<QByteArray>("message");
    const auto row =
        [](const char *name, const std::string &body, const char *param, const char *message) {
            QTest::newRow(name) << QByteArray::fromStdString(body) << QByteArray(param)
                                << QByteArray(message);
        };
    const auto messages = [](std::string_view list) {
        return R"({"model":"m","messages":[)" + std::string(list) + "]}";
    };
    row("empty", "", "", "the body is empty");
    row("no json", "model=x", "", "the body is not valid JSON: syntax error at byte 0");
    row("array", "[]", "", "the body must be a JSON object");
    row("scalar", "7", "", "the body must be a JSON object");
    row("utf-8", "{\"model\":\"\xFF\"}", "", "the body is not valid UTF-8");
    row("surrogate",
        R"({"model":"\ud800"})",
        "",
        "the body is not valid JSON: lone surrogate at byte 10");
    row("no model",
        R"({"messages":[{"role":"user","content":"x"}]})",
        "model",
        "`model` is missing");
    row("model type",
        R"({"model":5,"messages":[{"role":"user","content":"x"}]})",
        "model",
        "`model` must be a string and not empty");
    row("model null",
        R"({"model":null,"messages":[{"role":"user","content":"x"}]})",
        "model",
        "`model` must be a string and not empty");
    row("model twice",
        R"({"model":"a","model":"b","messages":[]})",
        "model",
        "`model` appears twice");
    row("no messages", R"({"model":"m"})", "messages", "`messages` is missing");
    row("messages empty", messages(""), "messages", "`messages` must not be empty");
    row("messages type",
        R"({"model":"m","messages":"hi"})",
        "messages",
        "`messages` must be an array");
    row("message type",
        messages(R"({"role":"user","content":"x"},"hi")"),
        "messages[1]",
        "`messages[1]` must be an object");
    row("role missing",
        messages(R"({"content":"x"})"),
        "messages[0].role",
        "`messages[0].role` is missing");
    row("role unknown",
        messages(R"({"role":"robot","content":"x"})"),
        "messages[0].role",
        "`messages[0].role` must be one of system, developer, user, assistant, tool");
    row("content missing",
        messages(R"({"role":"user"})"),
        "messages[0].content",
        "`messages[0].content` is missing");
    row("content type",
        messages(R"({"role":"user","content":5})"),
        "messages[0].content",
        "`messages[0].content` must be a string or an array of parts");
    row("part type",
        messages(R"({"role":"user","content":["x"]})"),
        "messages[0].content[0]",
        "`messages[0].content[0]` must be an object");
    row("part untyped",
        messages(R"({"role":"user","content":[{"text":"x"}]})"),
        "messages[0].content[0].type",
        "`messages[0].content[0].type` must be a string");
    row("part text",
        messages(R"({"role":"user","content":[{"type":"text","text":1}]})"),
        "messages[0].content[0].text",
        "`messages[0].content[0].text` must be a string");
    row("tool id",
        messages(R"({"role":"tool","content":"x"})"),
        "messages[0].tool_call_id",
        "`messages[0].tool_call_id` is missing");
    row("tool calls",
        messages(R"({"role":"assistant","tool_calls":{}})"),
        "messages[0].tool_calls",
        "`messages[0].tool_calls` must be an array");
    row("stream", chatWith(R"("stream":"yes")"), "stream", "`stream` must be true or false");
    row("usage",
        chatWith(R"("stream_options":{"include_usage":1})"),
        "stream_options.include_usage",
        "`stream_options.include_usage` must be true or false");
    row("stream options",
        chatWith(R"("stream_options":true)"),
        "stream_options",
        "`stream_options` must be an object");
    row("max_tokens 0",
        chatWith(R"("max_tokens":0)"),
        "max_tokens",
        "`max_tokens` must be a whole number of at least 1");
    row("max_tokens 1.5",
        chatWith(R"("max_tokens":1.5)"),
        "max_tokens",
        "`max_tokens` must be a whole number of at least 1");
    row("max_tokens text",
        chatWith(R"("max_completion_tokens":"9")"),
        "max_completion_tokens",
        "`max_completion_tokens` must be a whole number of at least 1");
    row("n", chatWith(R"("n":-1)"), "n", "`n` must be a whole number of at least 1");
    row("temperature",
        chatWith(R"("temperature":"hot")"),
        "temperature",
        "`temperature` must be a number");
    row("penalty",
        chatWith(R"("presence_penalty":[])"),
        "presence_penalty",
        "`presence_penalty` must be a number");
    row("stop", chatWith(R"("stop":5)"), "stop", "`stop` must be a string or an array of strings");
    row("stop element", chatWith(R"("stop":["a",5])"), "stop[1]", "`stop[1]` must be a string");
    row("tools", chatWith(R"("tools":{})"), "tools", "`tools` must be an array");
    row("tool", chatWith(R"("tools":[{},3])"), "tools[1]", "`tools[1]` must be an object");
    row("tool choice",
        chatWith(R"("tool_choice":3)"),
        "tool_choice",
        "`tool_choice` must be a string or an object");
    row("format",
        chatWith(R"("response_format":"json")"),
        "response_format",
        "`response_format` must be an object");
    row("format type",
        chatWith(R"("response_format":{})"),
        "response_format.type",
        "`response_format.type` must be a string");
    row("effort",
        chatWith(R"("reasoning_effort":3)"),
        "reasoning_effort",
        "`reasoning_effort` must be a string");
    row("user", chatWith(R"("user":3)"), "user", "`user` must be a string");
}

void TestClientRequest::namesWhatIsWrong()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    QFETCH(QByteArray, message);
    const auto request = decodeChat(body.toStdString());
    QVERIFY(!request.ok());
    QCOMPARE(QByteArray::fromStdString(request.error().message), message);
    QCOMPARE(QByteArray::fromStdString(request.error().param), param);
}

void TestClientRequest::refusesDeepNestingWithoutHarm()
{
    std::string body = R"({"model":"m","messages":)" + std::string(100'000, '[');
    QVERIFY(
        decodeChat(body).error().message.starts_with("the body is nested deeper than 64 levels"));
    QVERIFY(decodeChat(chatWith(R"("n":1)")).ok());
}

void TestClientRequest::readsEmbeddings()
{
    const auto request = decodeEmbeddings(R"({"input":["a","b"],"model":"e","dimensions":8})");
    QVERIFY(request.ok());
    QCOMPARE(request->model, std::string("e"));
    QCOMPARE(request->field("input")->json, std::string(R"(["a","b"])"));
    QCOMPARE(decodeEmbeddings(R"({"input":"a"})").error().param, std::string("model"));
    QCOMPARE(decodeEmbeddings(R"({"model":"a"})").error().param, std::string("input"));
    QCOMPARE(decodeEmbeddings(R"({"model":"a","input":5})").error().param, std::string("input"));
    QCOMPARE(decodeEmbeddings(R"({"model":"a","model":"b","input":"x"})").error().param,
             std::string("model"));
    QVERIFY(!decodeEmbeddings("[").ok());
    QVERIFY(!decodeEmbeddings("[]").ok());
}

QTEST_APPLESS_MAIN(TestClientRequest)
#include "tst_client_request.moc"
