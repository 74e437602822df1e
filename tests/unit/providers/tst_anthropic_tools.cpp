// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

class TestAnthropicTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void translatesDefinitions_data();
    void translatesDefinitions();
    void translatesTheChoice_data();
    void translatesTheChoice();
    void translatesAConversation();
    void gathersResultsBeforeTheUsersWords();
    void takesResultsOfEveryForm_data();
    void takesResultsOfEveryForm();
    void altersIdsAnthropicWouldRefuse();
    void declaresToolsThatWereUsed();
    void givesSignedThinkingBack();
    void doesWithoutThinkingWhereItIsMissing();
    void thinksNotWhereACallIsForced();
    void closesSchemas_data();
    void closesSchemas();
    void translatesTheAnswersSchema();
    void refusesToolsItCannotCarry_data();
    void refusesToolsItCannotCarry();
};

namespace {

HttpCall encoded(std::string_view body,
                 std::string_view model = "claude-haiku-4-5",
                 std::optional<std::int64_t> most = std::nullopt)
{
    return encodedFor(ProviderKind::Anthropic, body, model, most);
}

Refusal refusal(std::string_view body, std::string_view model = "claude-haiku-4-5")
{
    return refusalOf(ProviderKind::Anthropic, body, model);
}

const std::string kTool = R"({"type":"function","function":{"name":"f"}})";
const std::string kWithTool = R"("tools":[)" + kTool + "],";
const std::string kNoParameters = R"({"type":"object","properties":{}})";

std::string call(std::string_view id,
                 std::string_view arguments = "{}",
                 std::string_view name = "f")
{
    return R"({"id":")" + std::string(id) + R"(","type":"function","function":{"name":")"
           + std::string(name) + R"(","arguments":")" + std::string(arguments) + R"("}})";
}

std::string calls(std::string_view all, std::string_view more = "")
{
    return R"({"role":"assistant",)" + std::string(more) + R"("tool_calls":[)" + std::string(all)
           + "]}";
}

std::string result(std::string_view id, std::string_view content = R"("r")")
{
    return R"({"role":"tool","tool_call_id":")" + std::string(id) + R"(","content":)"
           + std::string(content) + "}";
}

std::string use(std::string_view id, std::string_view input = "{}")
{
    return R"({"type":"tool_use","id":")" + std::string(id) + R"(","name":"f","input":)"
           + std::string(input) + "}";
}

std::string answered(std::string_view id,
                     std::string_view content = R"([{"type":"text","text":"r"}])")
{
    return R"({"type":"tool_result","tool_use_id":")" + std::string(id)
           + (content.empty() ? std::string(R"(")") : R"(","content":)" + std::string(content))
           + "}";
}

std::string turn(std::string_view role, std::string_view blocks)
{
    return R"({"role":")" + std::string(role) + R"(","content":[)" + std::string(blocks) + "]}";
}

const std::string kHiTurn = turn("user", R"({"type":"text","text":"hi"})");

} // namespace

void TestAnthropicTools::translatesDefinitions_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("tool");
    QTest::addColumn<int>("notes");
    const auto row = [](const char *name, const char *function, const char *tool, int notes) {
        QTest::newRow(name) << QByteArray(function) << QByteArray(tool) << notes;
    };
    row("whole",
        R"({"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"number","minimum":1.50}},"required":["a"]}})",
        R"({"name":"f","description":"d","input_schema":{"type":"object","properties":{"a":{"type":"number","minimum":1.50}},"required":["a"]}})",
        0);
    row("without parameters",
        R"({"name":"f"})",
        R"({"name":"f","input_schema":{"type":"object","properties":{}}})",
        0);
    row("empty parameters",
        R"({"name":"f","parameters":{ }})",
        R"({"name":"f","input_schema":{"type":"object","properties":{}}})",
        0);
    row("without type",
        R"({"name":"f","parameters":{"properties":{"a":{}}}})",
        R"({"name":"f","input_schema":{"type":"object","properties":{"a":{}}}})",
        0);
    row("references",
        R"({"name":"f","parameters":{"type":"object","$defs":{"A":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/A"}}}})",
        R"({"name":"f","input_schema":{"type":"object","$defs":{"A":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/A"}}}})",
        0);
    row("strict",
        R"({"name":"f","strict":true,"parameters":{"type":"object","properties":{"a":{"type":"integer","maximum":9}},"required":["a"],"additionalProperties":false}})",
        R"({"name":"f","input_schema":{"type":"object","properties":{"a":{"type":"integer","description":"{maximum: 9}"}},"required":["a"],"additionalProperties":false},"strict":true})",
        1);
    row("not strict",
        R"({"name":"f","strict":false})",
        R"({"name":"f","input_schema":{"type":"object","properties":{}}})",
        0);
}

void TestAnthropicTools::translatesDefinitions()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, tool);
    QFETCH(int, notes);
    const HttpCall sent = encoded(
        chat(kHi, R"("tools":[{"type":"function","function":)" + function.toStdString() + "}],"));
    QCOMPARE(member(sent.body, "tools"), "[" + tool.toStdString() + "]");
    QCOMPARE(member(sent.body, "tool_choice"), std::string());
    QCOMPARE(sent.notes.size(), static_cast<std::size_t>(notes));
    QVERIFY(sent.dropped.empty());
}

void TestAnthropicTools::translatesTheChoice_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](const char *name, const char *client, const char *sent) {
        QTest::newRow(name) << QByteArray(client) << QByteArray(sent);
    };
    row("auto", R"("tool_choice":"auto",)", "");
    row("none", R"("tool_choice":"none",)", R"({"type":"none"})");
    row("required", R"("tool_choice":"required",)", R"({"type":"any"})");
    row("named",
        R"("tool_choice":{"type":"function","function":{"name":"f"}},)",
        R"({"type":"tool","name":"f"})");
    row("one at a time",
        R"("parallel_tool_calls":false,)",
        R"({"type":"auto","disable_parallel_tool_use":true})");
    row("several", R"("parallel_tool_calls":true,)", "");
    row("required one at a time",
        R"("tool_choice":"required","parallel_tool_calls":false,)",
        R"({"type":"any","disable_parallel_tool_use":true})");
    row("none one at a time",
        R"("tool_choice":"none","parallel_tool_calls":false,)",
        R"({"type":"none"})");
}

void TestAnthropicTools::translatesTheChoice()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, sent);
    const HttpCall call = encoded(chat(kHi, kWithTool + client.toStdString()));
    QCOMPARE(QByteArray::fromStdString(member(call.body, "tool_choice")), sent);
    QVERIFY(call.notes.empty());
    const HttpCall without = encoded(chat(kHi, client.toStdString()));
    QCOMPARE(member(without.body, "tool_choice"), std::string());
    QVERIFY(!without.body.empty() && without.dropped.empty());
}

void TestAnthropicTools::translatesAConversation()
{
    const HttpCall sent = encoded(
        chat(kHi + ","
                 + calls(call("call_a", R"({\"x\": 1.50}\n)") + "," + call("call_b", ""),
                         R"("content":"Let me see.",)")
                 + "," + result("call_b") + "," + result("call_a", R"("")")
                 + R"(,{"role":"assistant","content":"Done."},{"role":"user","content":"more"})",
             kWithTool));
    QCOMPARE(member(sent.body, "messages"),
             "[" + kHiTurn + ","
                 + turn("assistant",
                        R"({"type":"text","text":"Let me see."},)" + use("call_a", R"({"x": 1.50})")
                            + "," + use("call_b"))
                 + "," + turn("user", answered("call_b") + "," + answered("call_a", "")) + ","
                 + turn("assistant", R"({"type":"text","text":"Done."})") + ","
                 + turn("user", R"({"type":"text","text":"more"})") + "]");
    QVERIFY(sent.notes.empty());
}

void TestAnthropicTools::gathersResultsBeforeTheUsersWords()
{
    const HttpCall sent = encoded(chat(kHi + "," + calls(call("a") + "," + call("b")) + ","
                                           + result("a") + R"(,{"role":"user","content":"and?"},)"
                                           + result("b"),
                                       kWithTool));
    QCOMPARE(member(sent.body, "messages"),
             "[" + kHiTurn + "," + turn("assistant", use("a") + "," + use("b")) + ","
                 + turn("user",
                        answered("a") + "," + answered("b") + R"(,{"type":"text","text":"and?"})")
                 + "]");
}

void TestAnthropicTools::takesResultsOfEveryForm_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](const char *name, const char *content, const char *sent) {
        QTest::newRow(name) << QByteArray(content) << QByteArray(sent);
    };
    row("parts",
        R"([{"type":"text","text":"a"},{"type":"text","text":""},{"type":"text","text":"b"}])",
        R"([{"type":"text","text":"a"},{"type":"text","text":"b"}])");
    row("white space", R"(" \n")", "");
    row("no parts", "[]", "");
    row("image",
        R"([{"type":"image_url","image_url":{"url":"https://a/b"}}])",
        R"([{"type":"image","source":{"type":"url","url":"https://a/b"}}])");
}

void TestAnthropicTools::takesResultsOfEveryForm()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, sent);
    const HttpCall sentCall = encoded(
        chat(kHi + "," + calls(call("a")) + "," + result("a", content.toStdString()), kWithTool));
    QVERIFY2(sentCall.body.find(answered("a", sent.toStdString())) != std::string::npos,
             sentCall.body.c_str());
}

void TestAnthropicTools::altersIdsAnthropicWouldRefuse()
{
    const std::string odd = "functions.f:0";
    const std::string round = calls(call(odd) + "," + call("fine-1")) + "," + result(odd) + ","
                              + result("fine-1");
    const HttpCall sent = encoded(
        chat(kHi + "," + round + R"(,{"role":"user","content":"again"},)" + round, kWithTool));
    const std::string first = "call_xfunctions_2ef_3a0";
    for (const std::string &id :
         {first, std::string("fine-1"), first + "-2", std::string("fine-1-2")}) {
        QVERIFY2(sent.body.find(use(id)) != std::string::npos, id.c_str());
        QVERIFY2(sent.body.find(answered(id)) != std::string::npos, id.c_str());
    }
}

void TestAnthropicTools::declaresToolsThatWereUsed()
{
    const HttpCall sent = encoded(
        chat(kHi + "," + calls(call("a") + "," + call("b", "{}", "g") + "," + call("c")) + ","
             + result("a") + "," + result("b") + "," + result("c")));
    QCOMPARE(member(sent.body, "tools"),
             R"([{"name":"f","input_schema":)" + kNoParameters + R"(},{"name":"g","input_schema":)"
                 + kNoParameters + "}]");
    QCOMPARE(member(sent.body, "tool_choice"), std::string(R"({"type":"none"})"));
    QCOMPARE(sent.notes.size(), std::size_t{1});
}

namespace {

const std::string kDetails =
    R"("reasoning_details":[{"type":"reasoning.text","text":"hm","signature":"sig","format":"anthropic-claude-v1","index":0},)"
    R"({"type":"reasoning.encrypted","data":"secret","format":"anthropic-claude-v1","index":1},)"
    R"({"type":"reasoning.text","text":"of another","signature":"x","format":"google-gemini-v1"},)"
    R"({"type":"reasoning.text","text":"unsigned","format":"anthropic-claude-v1"},7],)";
const std::string kThought =
    R"({"type":"thinking","thinking":"hm","signature":"sig"},{"type":"redacted_thinking","data":"secret"})";

std::string loop(std::string_view details)
{
    return kHi + "," + calls(call("a"), details) + "," + result("a");
}

} // namespace

void TestAnthropicTools::givesSignedThinkingBack()
{
    const std::string thinking = kWithTool + R"("reasoning_effort":"low",)";
    const std::string plain = turn("assistant", use("a"));
    const std::string full = turn("assistant", kThought + "," + use("a"));
    const HttpCall on = encoded(chat(loop(kDetails), thinking));
    QVERIFY2(on.body.find(full) != std::string::npos, on.body.c_str());
    QVERIFY(on.body.find(R"("thinking":{"type":"enabled","budget_tokens":2048})")
            != std::string::npos);
    QVERIFY(on.notes.empty());
    const HttpCall off = encoded(chat(loop(kDetails), kWithTool));
    QVERIFY2(off.body.find(plain) != std::string::npos, off.body.c_str());
}

void TestAnthropicTools::doesWithoutThinkingWhereItIsMissing()
{
    const std::string thinking = kWithTool + R"("reasoning_effort":"low",)";
    const HttpCall lacking = encoded(chat(loop(""), thinking));
    QCOMPARE(member(lacking.body, "thinking"), std::string());
    QCOMPARE(lacking.dropped, std::vector<std::string>{"reasoning_effort"});
    // A new question ends the loop, and adaptive models do not mind.
    const HttpCall later = encoded(
        chat(loop("") + R"(,{"role":"assistant","content":"so"},)" + kHi, thinking));
    QVERIFY(!member(later.body, "thinking").empty());
    const HttpCall adaptive = encoded(chat(loop(""), thinking), "claude-opus-4-6");
    QVERIFY(!member(adaptive.body, "thinking").empty());
    const HttpCall prefill = encoded(
        chat(kHi + R"(,{"role":"assistant","content":"Well,"})", thinking));
    QCOMPARE(prefill.dropped, std::vector<std::string>{"reasoning_effort"});
}

void TestAnthropicTools::thinksNotWhereACallIsForced()
{
    for (const char *const model : {"claude-haiku-4-5", "claude-opus-4-6"}) {
        const HttpCall sent =
            encoded(chat(kHi, kWithTool + R"("reasoning_effort":"low","tool_choice":"required",)"),
                    model);
        QCOMPARE(member(sent.body, "thinking"), std::string());
        QCOMPARE(member(sent.body, "output_config"), std::string());
        QCOMPARE(sent.dropped, std::vector<std::string>{"reasoning_effort"});
    }
}

void TestAnthropicTools::closesSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("note");
    const auto row = [](const char *name, const char *schema, const char *sent, const char *note) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(sent) << QByteArray(note);
    };
    row("plain",
        R"({"type":"object","properties":{"a":{"type":"string","enum":["x",1.0]}},"required":["a"],"additionalProperties":false})",
        R"({"type":"object","properties":{"a":{"type":"string","enum":["x",1.0]}},"required":["a"],"additionalProperties":false})",
        "");
    row("open",
        R"({"type":"object","properties":{"a":{"type":["object","null"],"additionalProperties":{"type":"string"}}}})",
        R"({"type":"object","properties":{"a":{"type":["object","null"],"additionalProperties":false}},"additionalProperties":false})",
        "additionalProperties");
    row("bounds",
        R"({"description":"An age","type":"integer","minimum":0,"maximum":1e3})",
        R"({"type":"integer","description":"An age\n\n{minimum: 0, maximum: 1e3}"})",
        "maximum, minimum");
    row("patterns and formats",
        R"({"type":"array","minItems":1,"maxItems":3,"items":{"type":"string","format":"date","pattern":"^\"a"}})",
        R"({"type":"array","minItems":1,"items":{"type":"string","format":"date","description":"{pattern: \"^\\\"a\"}"},"description":"{maxItems: 3}"})",
        "maxItems, pattern");
    row("unknown format",
        R"({"type":"string","format":"phone"})",
        R"({"type":"string","description":"{format: \"phone\"}"})",
        "format");
    row("one of",
        R"({"oneOf":[{"type":"string"},{"type":"null"}]})",
        R"({"anyOf":[{"type":"string"},{"type":"null"}]})",
        "");
    row("definitions",
        R"({"$schema":"s","$defs":{"minimum":{"type":"object","properties":{}}},"$ref":"#/$defs/minimum"})",
        R"({"$defs":{"minimum":{"type":"object","properties":{},"additionalProperties":false}},"$ref":"#/$defs/minimum"})",
        "");
    row("a property called pattern",
        R"({"properties":{"pattern":{"type":"string"},"not":true}})",
        R"({"properties":{"pattern":{"type":"string"},"not":true},"additionalProperties":false})",
        "");
}

void TestAnthropicTools::closesSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, note);
    const HttpCall call = encoded(chat(
        kHi,
        R"("response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":)"
            + schema.toStdString() + "}},"));
    QCOMPARE(QByteArray::fromStdString(member(call.body, "output_config")),
             R"({"format":{"type":"json_schema","schema":)" + sent + "}}");
    QCOMPARE(call.notes.empty() ? QByteArray() : QByteArray::fromStdString(call.notes.front()),
             note.isEmpty() ? QByteArray()
                            : "told in descriptions instead of enforced by the schema: " + note);
    QVERIFY(call.dropped.empty());
}

void TestAnthropicTools::translatesTheAnswersSchema()
{
    const HttpCall call = encoded(
        chat(
            kHi,
            R"("reasoning_effort":"max","response_format":{"type":"json_schema","json_schema":{"schema":{"type":"string"}}},)"),
        "claude-opus-5");
    QCOMPARE(member(call.body, "output_config"),
             std::string(
                 R"({"effort":"max","format":{"type":"json_schema","schema":{"type":"string"}}})"));
    // Strict tools need the same models.
    const HttpCall old =
        encoded(chat(kHi,
                     R"("tools":[{"type":"function","function":{"name":"f","strict":true}}],)"),
                "claude-3-haiku-20240307");
    QCOMPARE(old.dropped, std::vector<std::string>{"tools[].function.strict"});
    QCOMPARE(member(old.body, "tools"), R"([{"name":"f","input_schema":)" + kNoParameters + "}]");
}

void TestAnthropicTools::refusesToolsItCannotCarry_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const std::string &request, const char *words) {
        QTest::newRow(name) << QByteArray::fromStdString(request) << QByteArray(words);
    };
    const auto tool = [](const char *definition) {
        return chat(kHi, R"("tools":[)" + kTool + "," + definition + "],");
    };
    row("custom tool", tool(R"({"type":"custom","custom":{"name":"c"}})"), "tools[1] is of type");
    row("no name", tool(R"({"type":"function","function":{}})"), "tools[1].function.name");
    row("odd name",
        tool(R"({"type":"function","function":{"name":"a.b"}})"),
        "tools[1].function.name");
    const std::string longName(65, 'n');
    row("long name",
        tool((R"({"type":"function","function":{"name":")" + longName + R"("}})").c_str()),
        "tools[1].function.name");
    row("parameters",
        tool(R"({"type":"function","function":{"name":"f","parameters":[]}})"),
        "tools[1].function.parameters");
    row("old functions", chat(kHi, R"("functions":[{"name":"f"}],)"), "old form");
    row("unknown choice", chat(kHi, kWithTool + R"("tool_choice":"any",)"), "tool_choice \"any\"");
    row("choice without name",
        chat(kHi, kWithTool + R"("tool_choice":{"type":"allowed_tools"},)"),
        "tool_choice {");
    row("broken arguments",
        chat(kHi + "," + calls(call("a", R"({\"x\":)")) + "," + result("a"), kWithTool),
        "the arguments of tool call \"a\"");
    row("arguments of another type",
        chat(kHi + "," + calls(call("a", "[]")) + "," + result("a"), kWithTool),
        "the arguments of tool call \"a\"");
    row("custom call",
        chat(kHi + R"(,{"role":"assistant","tool_calls":[{"id":"a","type":"custom"}]},)"
                 + result("a"),
             kWithTool),
        "no call of a function");
    row("odd name called",
        chat(kHi + "," + calls(call("a", "{}", "x.y")) + "," + result("a"), kWithTool),
        "the name of tool call \"a\"");
    row("no result",
        chat(kHi + "," + calls(call("a") + "," + call("b")) + "," + result("a"), kWithTool),
        "tool call \"b\" has no result");
    row("no result at all", chat(kHi + "," + calls(call("a")), kWithTool), "has no result");
    row("result too late",
        chat(kHi + "," + calls(call("a")) + "," + kHi + R"(,{"role":"assistant","content":"x"},)"
                 + result("a"),
             kWithTool),
        "tool call \"a\" has no result");
    row("result twice",
        chat(kHi + "," + calls(call("a")) + "," + result("a") + "," + result("a"), kWithTool),
        "given twice");
    row("result of nothing",
        chat(kHi + "," + result("a"), kWithTool),
        "messages[1].tool_call_id: ");
}

void TestAnthropicTools::refusesToolsItCannotCarry()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, words);
    const Refusal found = refusal(request.toStdString());
    QVERIFY2(found.text.find(words.toStdString()) != std::string::npos, found.text.c_str());
}

QTEST_APPLESS_MAIN(TestAnthropicTools)
#include "tst_anthropic_tools.moc"
