// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"

#include "core/providers/dialect.h"
#include "core/providers/messages_request.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

namespace {

const std::string kUser = R"({"role":"user","content":"hi"})";

/// A Messages body of \p messages; \p more are members before them, each with its comma.
std::string body(std::string_view messages, std::string_view more = "")
{
    return R"({"model":"m","max_tokens":100,)" + std::string(more) + R"("messages":[)"
           + std::string(messages) + "]}";
}

ChatRequest decoded(const std::string &text)
{
    auto request = decodeMessages(text, "");
    return request.ok() ? *std::move(request) : ChatRequest();
}

/// The member of the chat form, raw; empty when it has none.
QByteArray chatMember(const ChatRequest &request, std::string_view name)
{
    const RawField *field = request.field(name);
    return field == nullptr ? QByteArray() : QByteArray::fromStdString(field->json);
}

QByteArray nativeMember(const ChatRequest &request, std::string_view name)
{
    for (const RawField &field : request.native->fields) {
        if (field.name == name) {
            return QByteArray::fromStdString(field.json);
        }
    }
    return {};
}

QByteArray untold(const ChatRequest &request)
{
    QByteArrayList names;
    for (const std::string &name : request.untold) {
        names.append(QByteArray::fromStdString(name));
    }
    return names.join(' ');
}

const char *const kUse =
    R"({"role":"assistant","content":[{"type":"text","text":"Let me see."},{"type":"tool_use","id":"t1","name":"f","input":{"a": 1.0}},{"type":"tool_use","id":"t2","name":"g","input":{}}]})";

void row(const char *name, std::string_view text, const char *expected)
{
    QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size()))
                        << QByteArray(expected);
}

} // namespace

/// Goal: what an Anthropic client says is said to every provider, and to Anthropic in its own words.
class TestMessagesRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understandsAFullRequest();
    void translatesMembers_data();
    void translatesMembers();
    void translatesConversations_data();
    void translatesConversations();
    void keepsTheRequestForAnthropic();
    void keepsSignedThinking();
    void leavesOutTheThinkingOfOthers_data();
    void leavesOutTheThinkingOfOthers();
    void namesWhatTheChatFormCannotSay_data();
    void namesWhatTheChatFormCannotSay();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void countsWithoutALimit();
    void dropsWithANoteElsewhere();
};

void TestMessagesRequest::understandsAFullRequest()
{
    const ChatRequest request = decoded(body(
        kUser,
        R"("stream":true,"system":"Be brief.","temperature":0.70,"top_p":1e-1,"top_k":5,)"
        R"("stop_sequences":["a","b"],"metadata":{"user_id":"u-1"},"tools":[{"name":"f","input_schema":{"type":"object"}}],)"
        R"("thinking":{"type":"enabled","budget_tokens":2000},)"));
    QCOMPARE(request.model, std::string("m"));
    QVERIFY(request.stream);
    QVERIFY(!request.includeUsage);
    QCOMPARE(request.maxOutputTokens, std::optional<std::int64_t>(100));
    QCOMPARE(request.temperature, std::optional<std::string>("0.70"));
    QCOMPARE(request.topP, std::optional<std::string>("1e-1"));
    QCOMPARE(chatMember(request, "top_k"), QByteArray("5"));
    QCOMPARE(request.stop, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(request.user, std::string("u-1"));
    QCOMPARE(request.needs, (FeatureSet{Feature::Tools, Feature::Reasoning}));
    QCOMPARE(request.messages.size(), std::size_t{2});
    QVERIFY(request.messages[0].role == Role::System);
    QCOMPARE(request.messages[1].text(), std::string("hi"));
    QCOMPARE(untold(request), QByteArray());
}

void TestMessagesRequest::translatesMembers_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("expected"); // NAME VALUE
    row("tool",
        R"("tools":[{"type":"custom","name":"f","description":"d","input_schema":{"type": "object"},"strict":true}],)",
        R"(tools [{"type":"function","function":{"name":"f","description":"d","parameters":{"type": "object"},"strict":true}}])");
    row("no tools", R"("tools":[],)", "tools ");
    row("choice auto", R"("tool_choice":{"type":"auto"},)", R"(tool_choice "auto")");
    row("choice any", R"("tool_choice":{"type":"any"},)", R"(tool_choice "required")");
    row("choice none", R"("tool_choice":{"type":"none"},)", R"(tool_choice "none")");
    row("choice of one",
        R"("tool_choice":{"type":"tool","name":"f"},)",
        R"(tool_choice {"type":"function","function":{"name":"f"}})");
    row("one at a time",
        R"("tool_choice":{"type":"auto","disable_parallel_tool_use":true},)",
        "parallel_tool_calls false");
    row("several at a time", R"("tool_choice":{"type":"auto"},)", "parallel_tool_calls ");
    row("little thinking",
        R"("thinking":{"type":"enabled","budget_tokens":1024},)",
        R"(reasoning_effort "low")");
    row("more thinking",
        R"("thinking":{"type":"enabled","budget_tokens":4096},)",
        R"(reasoning_effort "medium")");
    row("much thinking",
        R"("thinking":{"type":"enabled","budget_tokens":16384},)",
        R"(reasoning_effort "high")");
    row("adaptive", R"("thinking":{"type":"adaptive"},)", R"(reasoning_effort "high")");
    row("adaptive, little",
        R"("thinking":{"type":"adaptive"},"output_config":{"effort":"low"},)",
        R"(reasoning_effort "low")");
    row("most effort", R"("output_config":{"effort":"max"},)", R"(reasoning_effort "high")");
    row("no thinking", R"("thinking":{"type":"disabled"},)", "reasoning_effort ");
    row("schema",
        R"("output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},)",
        R"(response_format {"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}})");
    row("null", R"("system":null,"temperature":null,)", "temperature ");
    row("nothing unknown", R"("inference_geo":"eu",)", "inference_geo ");
}

void TestMessagesRequest::translatesMembers()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, expected);
    const ChatRequest request = decoded(body(kUser, members.toStdString()));
    QCOMPARE(request.messages.size(), std::size_t{1});
    const QByteArray name = expected.left(expected.indexOf(' '));
    QCOMPARE(name + ' ' + chatMember(request, name.toStdString()), expected);
}

void TestMessagesRequest::translatesConversations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    row("system text",
        body(kUser, R"("system":"s",)"),
        R"([{"role":"system","content":"s"},{"role":"user","content":"hi"}])");
    row("system blocks",
        body(kUser, R"("system":[{"type":"text","text":"a"},{"type":"text","text":"b"}],)"),
        R"([{"role":"system","content":"a\n\nb"},{"role":"user","content":"hi"}])");
    row("one text block",
        body(R"({"role":"user","content":[{"text":"h\u4e2d","type":"text"}]})"),
        "[{\"role\":\"user\",\"content\":\"h\xE4\xB8\xAD\"}]");
    row("text and pictures",
        body(
            R"({"role":"user","content":[{"type":"text","text":"look"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}},{"type":"image","source":{"type":"url","url":"https://x/y.png"}}]})"),
        R"([{"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}},{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}])");
    row("answer in texts",
        body(
            kUser
            + R"(,{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},)"
            + kUser),
        R"([{"role":"user","content":"hi"},{"role":"assistant","content":"ab"},{"role":"user","content":"hi"}])");
    row("calls and results",
        body(
            kUser + "," + kUse
            + R"(,{"role":"user","content":[{"type":"tool_result","tool_use_id":"t2","content":"two"},{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"o"},{"type":"text","text":"ne"}]},{"type":"text","text":"and?"}]})"),
        R"([{"role":"user","content":"hi"},{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\": 1.0}"}},{"id":"t2","type":"function","function":{"name":"g","arguments":"{}"}}]},{"role":"tool","tool_call_id":"t2","content":"two"},{"role":"tool","tool_call_id":"t1","content":"o\nne"},{"role":"user","content":"and?"}])");
    row("a picture as a result",
        body(
            R"({"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"image","source":{"type":"url","url":"https://x/y.png"}}]}]})"),
        R"([{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"t1","content":""},{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}])");
    row("a result without content",
        body(
            R"({"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1"}]})"),
        R"([{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"t1","content":""}])");
    row("thoughts alone",
        body(
            kUser
            + R"(,{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"s"}]},)"
            + kUser),
        R"([{"role":"user","content":"hi"},{"role":"user","content":"hi"}])");
    row("prefill",
        body(kUser + R"(,{"role":"assistant","content":"It is"})"),
        R"([{"role":"user","content":"hi"},{"role":"assistant","content":"It is"}])");
}

void TestMessagesRequest::translatesConversations()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const ChatRequest request = decoded(text.toStdString());
    QCOMPARE(chatMember(request, "messages"), expected);
}

void TestMessagesRequest::keepsTheRequestForAnthropic()
{
    const std::string messages =
        kUser
        + R"(, {"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"s"},{"type":"text","text":"a","citations":[]}]},)"
        + kUser;
    const auto request = decodeMessages(R"({"max_tokens": 1.0e0,"model":"m"})", "");
    QVERIFY(!request); // no whole number
    const ChatRequest kept = decoded(
        body(messages,
             R"("system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],)"
             R"("inference_geo":"eu","thinking":null,)"));
    QCOMPARE(nativeMember(kept, "messages"),
             QByteArray::fromStdString("[" + messages + "]").replace(", {", ",{"));
    QCOMPARE(nativeMember(kept, "system"),
             QByteArray(R"([{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}])"));
    QCOMPARE(nativeMember(kept, "inference_geo"), QByteArray(R"("eu")"));
    QCOMPARE(nativeMember(kept, "thinking"), QByteArray("null"));
    QCOMPARE(nativeMember(kept, "max_tokens"), QByteArray("100"));
    QCOMPARE(decodeMessages(body(kUser), "a-1,b-2")->native->betas, std::string("a-1,b-2"));
}

void TestMessagesRequest::keepsSignedThinking()
{
    const ChatRequest request = decoded(body(
        kUser
            + R"(,{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"s"},{"type":"redacted_thinking","data":"d"},{"type":"text","text":"a"}]},)"
            + kUser,
        R"("system":"s",)"));
    QCOMPARE(
        request.messages.at(2).reasoningDetailsJson,
        std::string(
            R"([{"type":"reasoning.text","text":"x","signature":"s","format":"anthropic-claude-v1"},{"type":"reasoning.encrypted","data":"d","format":"anthropic-claude-v1"}])"));
    QVERIFY(!chatMember(request, "messages").contains("reasoning"));
}

void TestMessagesRequest::leavesOutTheThinkingOfOthers_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("native");
    QTest::addColumn<QByteArray>("details");
    const QByteArray text(R"({"type":"text","text":"a"})");
    const QByteArray unsigned_(R"({"type":"thinking","thinking":"x","signature":""})");
    QTest::newRow("nobody signed it") << unsigned_ + "," + text << text << QByteArray();
    QTest::newRow("Gemini's")
        << QByteArray(
               R"({"type":"redacted_thinking","data":"signalbox:[{\"data\":\"s\",\"format\":\"google-gemini-v1\"}]"},)")
               + text
        << text << QByteArray(R"([{"data":"s","format":"google-gemini-v1"}])");
    QTest::newRow("Anthropic's in our wrapping")
        << unsigned_ + "," + text
               + QByteArray(
                   R"(,{"type":"redacted_thinking","data":"signalbox:[{\"type\":\"reasoning.text\",\"text\":\"x\",\"signature\":\"s\",\"format\":\"anthropic-claude-v1\"}]"})")
        << QByteArray(R"({"type":"thinking","thinking":"x","signature":"s"},)") + text
        << QByteArray(
               R"([{"type":"reasoning.text","text":"x","signature":"s","format":"anthropic-claude-v1"}])");
    QTest::newRow("not what we wrote")
        << QByteArray(R"({"type":"redacted_thinking","data":"signalbox:[{"},)") + text << text
        << QByteArray();
}

void TestMessagesRequest::leavesOutTheThinkingOfOthers()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, native);
    QFETCH(QByteArray, details);
    const ChatRequest request = decoded(body(kUser + R"(,{"role":"assistant","content":[)"
                                             + content.toStdString() + "]}," + kUser));
    QCOMPARE(nativeMember(request, "messages"),
             QByteArray::fromStdString("[" + kUser + R"(,{"role":"assistant","content":[)"
                                       + native.toStdString() + "]}," + kUser + "]"));
    QCOMPARE(QByteArray::fromStdString(request.messages.at(1).reasoningDetailsJson), details);
}

void TestMessagesRequest::namesWhatTheChatFormCannotSay_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    row("cache marks",
        body(
            R"({"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]})",
            R"("tools":[{"name":"f","input_schema":{},"cache_control":{"type":"ephemeral"}}],)"),
        "cache_control");
    row("a failed result",
        body(
            kUser + "," + kUse
            + R"(,{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true},{"type":"tool_result","tool_use_id":"t2","is_error":false}]})"),
        "messages[].content[].is_error");
    row("members",
        body(
            kUser,
            R"("service_tier":"standard_only","context_management":{},"inference_geo":null,)"
            R"("tools":[{"name":"f","input_schema":{},"defer_loading":true,"eager_input_streaming":false}],)"
            R"("output_config":{"task_budget":{}},)"),
        "context_management output_config.task_budget service_tier tools[].defer_loading");
    row("what says nothing",
        body(
            R"({"role":"assistant","content":[{"type":"text","text":"a","citations":null},{"type":"tool_use","id":"t","name":"f","input":{},"caller":{"type":"direct"}}]})",
            R"("service_tier":"auto",)"),
        "");
}

void TestMessagesRequest::namesWhatTheChatFormCannotSay()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const ChatRequest request = decoded(text.toStdString());
    QVERIFY(request.native.has_value());
    QCOMPARE(untold(request), expected);
}

void TestMessagesRequest::namesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("param");
    const auto block = [](const char *json) {
        return body(R"({"role":"user","content":[)" + std::string(json) + "]}");
    };
    row("no JSON", "{", "");
    row("no object", "[]", "");
    row("no model", R"({"max_tokens":1,"messages":[]})", "messages");
    row("no limit", R"({"model":"m","messages":[{"role":"user","content":"a"}]})", "max_tokens");
    row("a limit of 0",
        R"({"model":"m","max_tokens":0,"messages":[{"role":"user","content":"a"}]})",
        "max_tokens");
    row("a member twice", body(kUser, R"("stream":true,"stream":false,)"), "stream");
    row("model no text",
        R"({"model":1,"max_tokens":1,"messages":[{"role":"user","content":"a"}]})",
        "model");
    row("no messages", body(""), "messages");
    row("messages no list", R"({"model":"m","max_tokens":1,"messages":{}})", "messages");
    row("message no object", body("1"), "messages[0]");
    row("system as a role", body(R"({"role":"system","content":"a"})"), "messages[0].role");
    row("no content", body(R"({"role":"user"})"), "messages[0].content");
    row("empty content", body(R"({"role":"user","content":""})"), "messages[0].content");
    row("content no list", body(R"({"role":"user","content":1})"), "messages[0].content");
    row("block no object", block("1"), "messages[0].content[0]");
    row("document", block(R"({"type":"document","source":{}})"), "messages[0].content[0].type");
    row("server tool",
        block(R"({"type":"server_tool_use","id":"x","name":"web_search","input":{}})"),
        "messages[0].content[0].type");
    row("text no text", block(R"({"type":"text","text":1})"), "messages[0].content[0].text");
    row("thought of a user",
        block(R"({"type":"thinking","thinking":"x","signature":"s"})"),
        "messages[0].content[0].type");
    row("call of a user",
        block(R"({"type":"tool_use","id":"x","name":"f","input":{}})"),
        "messages[0].content[0].type");
    row("picture of nothing", block(R"({"type":"image"})"), "messages[0].content[0].source");
    row("picture kept elsewhere",
        block(R"({"type":"image","source":{"type":"file","file_id":"f"}})"),
        "messages[0].content[0].source.type");
    row("picture without type",
        block(R"({"type":"image","source":{"type":"base64","data":"AA"}})"),
        "messages[0].content[0].source.media_type");
    row("empty picture",
        block(R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":""}})"),
        "messages[0].content[0].source.data");
    row("picture nowhere",
        block(R"({"type":"image","source":{"type":"url"}})"),
        "messages[0].content[0].source.url");
    row("result of nothing",
        block(R"({"type":"tool_result","tool_use_id":"x"})"),
        "messages[0].content[0].tool_use_id");
    row("result without id",
        block(R"({"type":"tool_result"})"),
        "messages[0].content[0].tool_use_id");
    row("result of a document",
        body(
            kUser + "," + kUse
            + R"(,{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"thinking","thinking":"x"}]}]})"),
        "messages[2].content[0].content[0].type");
    row("call without input",
        body(
            R"({"role":"assistant","content":[{"type":"tool_use","id":"x","name":"f","input":"{}"}]})"),
        "messages[0].content[0].input");
    row("call without id",
        body(R"({"role":"assistant","content":[{"type":"tool_use","name":"f","input":{}}]})"),
        "messages[0].content[0].id");
    row("redacted nothing",
        body(R"({"role":"assistant","content":[{"type":"redacted_thinking"}]})"),
        "messages[0].content[0].data");
    row("system of pictures",
        body(kUser, R"("system":[{"type":"image","source":{"type":"url","url":"u"}}],)"),
        "system[0].type");
    row("stream", body(kUser, R"("stream":1,)"), "stream");
    row("temperature", body(kUser, R"("temperature":"1",)"), "temperature");
    row("top_k", body(kUser, R"("top_k":1.5,)"), "top_k");
    row("stop", body(kUser, R"("stop_sequences":"x",)"), "stop_sequences");
    row("stop of numbers", body(kUser, R"("stop_sequences":["a",1],)"), "stop_sequences[1]");
    row("metadata", body(kUser, R"("metadata":{"user_id":1},)"), "metadata.user_id");
    row("tools", body(kUser, R"("tools":{},)"), "tools");
    row("tool", body(kUser, R"("tools":[1],)"), "tools[0]");
    row("tool without a name", body(kUser, R"("tools":[{"input_schema":{}}],)"), "tools[0].name");
    row("tool without a schema",
        body(kUser, R"("tools":[{"name":"f"}],)"),
        "tools[0].input_schema");
    row("tool of Anthropic's",
        body(kUser, R"("tools":[{"type":"bash_20250124","name":"bash"}],)"),
        "tools[0].type");
    row("choice", body(kUser, R"("tool_choice":"auto",)"), "tool_choice");
    row("choice of what", body(kUser, R"("tool_choice":{"type":"some"},)"), "tool_choice.type");
    row("choice of whom", body(kUser, R"("tool_choice":{"type":"tool"},)"), "tool_choice.name");
    row("thinking", body(kUser, R"("thinking":true,)"), "thinking");
    row("thinking how", body(kUser, R"("thinking":{"type":"hard"},)"), "thinking.type");
    row("too little thinking",
        body(kUser, R"("thinking":{"type":"enabled","budget_tokens":1023},)"),
        "thinking.budget_tokens");
    row("effort", body(kUser, R"("output_config":{"effort":"some"},)"), "output_config.effort");
    row("format",
        body(kUser, R"("output_config":{"format":{"type":"xml"}},)"),
        "output_config.format.type");
    row("schema",
        body(kUser, R"("output_config":{"format":{"type":"json_schema"}},)"),
        "output_config.format.schema");
    row("servers", body(kUser, R"("mcp_servers":[],)"), "mcp_servers");
    row("container", body(kUser, R"("container":"c",)"), "container");
    row("thread", body(kUser, R"("thread":{"type":"create"},)"), "thread");
    row("thread that goes on",
        R"({"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}],)"
        R"("thread":{"type":"continue","previous_message_id":"msg_1"}})",
        "thread");
}

void TestMessagesRequest::namesWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, param);
    const auto request = decodeMessages(text.toStdString(), "");
    QVERIFY(!request);
    QCOMPARE(QByteArray::fromStdString(request.error().param), param);
    QVERIFY(!request.error().message.empty());
    QVERIFY(param.isEmpty()
            || request.error().message.starts_with("`" + param.toStdString() + "`"));
}

void TestMessagesRequest::countsWithoutALimit()
{
    const std::string text = R"({"model":"m","messages":[{"role":"user","content":"hi"}]})";
    QVERIFY(!decodeMessages(text, "").ok());
    QVERIFY(decodeForCount(text).ok());
    QVERIFY(!decodeForCount(R"({"model":"m"})").ok());
    QCOMPARE(encodeCount(12), std::string(R"({"input_tokens":12})"));
}

void TestMessagesRequest::dropsWithANoteElsewhere()
{
    const ChatRequest request = decoded(
        body(kUser, R"("context_management":{"edits":[]},"service_tier":"standard_only",)"));
    const std::vector<std::string> both = {"context_management", "service_tier"};
    for (const ProviderKind kind : {ProviderKind::OpenAi, ProviderKind::Gemini}) {
        const auto call = adapterFor(kind).encodeChat(request, "gemini-2.5-flash", ModelSettings());
        QVERIFY(call);
        QCOMPARE(call->dropped, both);
        QVERIFY(call->body.find("context_management") == std::string::npos);
    }
    const auto native = adapterFor(ProviderKind::Anthropic)
                            .encodeChat(request, "claude-haiku-4-5", ModelSettings());
    QVERIFY(native);
    QVERIFY(native->dropped.empty());
    QCOMPARE(member(native->body, "context_management"), std::string(R"({"edits":[]})"));
}

QTEST_GUILESS_MAIN(TestMessagesRequest)
#include "tst_messages_request.moc"
