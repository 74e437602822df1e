// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"
#include "tests/unit/providers/golden.h"

#include "core/providers/gemini_schema.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

class TestGeminiTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void translatesDefinitions_data();
    void translatesDefinitions();
    void translatesTheChoice_data();
    void translatesTheChoice();
    void translatesSchemas_data();
    void translatesSchemas();
    void translatesAConversation();
    void putsResultsInTheOrderOfTheCalls();
    void givesSignaturesBack();
    void replacesSignaturesThatAreMissing();
    void asksAgainAsRecorded();
    void refusesBrokenConversations_data();
    void refusesBrokenConversations();
};

namespace {

constexpr const char *kOld = "gemini-2.5-flash";
constexpr const char *kNew = "gemini-3-flash-preview";

HttpCall encoded(std::string_view body, std::string_view model = kOld)
{
    return encodedFor(ProviderKind::Gemini, body, model);
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

std::string contentsOf(std::string_view messages, std::string_view model = kOld)
{
    return member(encoded(chat(messages), model).body, "contents");
}

std::string call(const char *id, const char *arguments = "{}", const char *name = "f")
{
    return R"({"id":")" + std::string(id) + R"(","type":"function","function":{"name":")" + name
           + R"(","arguments":")" + arguments + R"("}})";
}

std::string asks(const std::string &calls, const std::string &more = "")
{
    return R"({"role":"assistant","content":null,)" + more + R"("tool_calls":[)" + calls + "]}";
}

std::string result(const char *id, const char *words)
{
    return R"({"role":"tool","tool_call_id":")" + std::string(id) + R"(","content":")" + words
           + R"("})";
}

} // namespace

void TestGeminiTools::translatesDefinitions_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("declaration");
    QTest::addColumn<QByteArray>("dropped");
    const auto row = [](const char *name,
                        const char *function,
                        const char *declaration,
                        const char *dropped = "") {
        QTest::newRow(name) << QByteArray(function) << QByteArray(declaration)
                            << QByteArray(dropped);
    };
    const char *bare = R"({"name":"f","description":"d"})";
    row("no parameters", R"({"name":"f","description":"d"})", bare);
    row("null parameters", R"({"name":"f","description":"d","parameters":null})", bare);
    row("empty parameters", R"({"name":"f","description":"d","parameters":{}})", bare);
    row("an object of nothing",
        R"({"name":"f","description":"d","parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false}})",
        bare);
    row("parameters",
        R"({"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"integer","minimum":1}},"required":["a"],"additionalProperties":false,"$schema":"x"}})",
        R"({"name":"f","description":"d","parameters":{"properties":{"a":{"minimum":1,"type":"integer"}},"required":["a"],"type":"object"}})");
    row("no type",
        R"({"name":"f","description":"d","parameters":{"properties":{"a":{"type":"string"}}}})",
        R"({"name":"f","description":"d","parameters":{"properties":{"a":{"type":"string"}},"type":"object"}})");
    row("a map",
        R"({"name":"f","description":"d","parameters":{"type":"object","additionalProperties":{"type":"string"}}})",
        R"({"name":"f","description":"d","parametersJsonSchema":{"type":"object","additionalProperties":{"type":"string"}}})");
    row("strict, no description",
        R"({"name":"f","strict":true})",
        R"({"name":"f","description":""})",
        "tools[].function.strict");
}

void TestGeminiTools::translatesDefinitions()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, declaration);
    QFETCH(QByteArray, dropped);
    const HttpCall sent = encoded(
        chat(kHi, R"("tools":[{"type":"function","function":)" + function.toStdString() + "}],"));
    QCOMPARE(bytes(member(sent.body, "tools")),
             R"([{"functionDeclarations":[)" + declaration + "]}]");
    QCOMPARE(sent.dropped.empty() ? QByteArray() : bytes(sent.dropped.front()), dropped);
}

void TestGeminiTools::translatesTheChoice_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("dropped");
    QTest::addColumn<int>("notes");
    const auto row = [](const char *name,
                        const QByteArray &client,
                        const char *config,
                        const char *dropped = "",
                        int notes = 0) {
        QTest::newRow(name) << client << QByteArray(config) << QByteArray(dropped) << notes;
    };
    const QByteArray tools = R"("tools":[{"type":"function","function":{"name":"f"}}],)";
    row("unsaid", tools, "");
    row("auto", tools + R"("tool_choice":"auto","parallel_tool_calls":true,)", "");
    row("none", tools + R"("tool_choice":"none",)", R"({"functionCallingConfig":{"mode":"NONE"}})");
    row("required",
        tools + R"("tool_choice":"required",)",
        R"({"functionCallingConfig":{"mode":"ANY"}})");
    row("named",
        tools + R"("tool_choice":{"type":"function","function":{"name":"f"}},)",
        R"({"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}})");
    row("one at a time", tools + R"("parallel_tool_calls":false,)", "", "parallel_tool_calls", 1);
    row("without tools", R"("tool_choice":"required","parallel_tool_calls":false,)", "", "", 2);
    row("empty tools", R"("tools":[],"tool_choice":"auto",)", "", "", 1);
}

void TestGeminiTools::translatesTheChoice()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, dropped);
    QFETCH(int, notes);
    const HttpCall sent = encoded(chat(kHi, client.toStdString()));
    QVERIFY(!sent.body.empty());
    QCOMPARE(bytes(member(sent.body, "toolConfig")), config);
    QCOMPARE(sent.dropped.empty() ? QByteArray() : bytes(sent.dropped.front()), dropped);
    QCOMPARE(sent.notes.size(), static_cast<std::size_t>(notes));
}

void TestGeminiTools::translatesSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("newer");
    QTest::addColumn<QByteArray>("moved");
    const auto row = [](const char *name,
                        const char *schema,
                        const char *sent,
                        bool newer = false,
                        const char *moved = "") {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(sent) << newer << QByteArray(moved);
    };
    row("plain",
        R"({"type":"string","title":"T","description":"d","minLength":1,"pattern":"a|b","default":"a"})",
        R"({"title":"T","minLength":1,"pattern":"a|b","default":"a","type":"string","description":"d"})");
    row("numbers keep their spelling",
        R"({"type":"number","minimum":1.50,"maximum":9007199254740993})",
        R"({"minimum":1.50,"maximum":9007199254740993,"type":"number"})");
    row("null beside a type",
        R"({"type":["string","null"]})",
        R"({"type":"string","nullable":true})");
    row("null in a union",
        R"({"description":"d","anyOf":[{"type":"integer","minimum":2},{"type":"null"}]})",
        R"({"minimum":2,"type":"integer","nullable":true,"description":"d"})");
    row("null in an enumeration",
        R"({"enum":["a","b",null]})",
        R"({"type":"string","enum":["a","b"],"nullable":true})");
    row("allOf of one",
        R"({"allOf":[{"type":"boolean"}],"title":"T"})",
        R"({"title":"T","type":"boolean"})");
    row("const", R"({"const":"a"})", R"({"type":"string","enum":["a"]})");
    row("formats",
        R"({"type":"object","properties":{"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"email","description":"d"},"c":{"type":"integer","format":"int64"}}})",
        "{\"properties\":{\"a\":{\"format\":\"date-time\",\"type\":\"string\"},\"b\":{\"type\":"
        "\"string\",\"description\":\"d\\n\\n{format: "
        "\\\"email\\\"}\"},\"c\":{\"format\":\"int64\",\"type\":\"integer\"}},\"type\":\"object\"}",
        false,
        "format");
    row("demands it does not enforce",
        R"({"type":"array","items":{"type":"integer","multipleOf":5},"uniqueItems":true})",
        R"({"items":{"type":"integer","description":"{multipleOf: 5}"},"type":"array","description":"{uniqueItems: true}"})",
        false,
        "multipleOf uniqueItems");
    row("silent",
        R"({"$schema":"s","$id":"i","$comment":"c","examples":[1],"type":"string","strict":true})",
        R"({"type":"string"})");
    row("a type that can be told",
        R"({"items":{"enum":["a"]}})",
        R"({"items":{"type":"string","enum":["a"]},"type":"array"})");
    row("a property called like a keyword",
        R"({"type":"object","properties":{"type":{"type":"string"},"$ref":{"type":"string"}}})",
        R"({"properties":{"type":{"type":"string"},"$ref":{"type":"string"}},"type":"object"})");

    row("union",
        R"({"anyOf":[{"type":"string"},{"type":"integer"}]})",
        R"({"anyOf":[{"type":"string"},{"type":"integer"}]})",
        true);
    row("types", R"({"type":["string","integer"]})", R"({"type":["string","integer"]})", true);
    row("numbers to choose from",
        R"({"type":"integer","enum":[1,2]})",
        R"({"type":"integer","enum":[1,2]})",
        true);
    row("one number", R"({"const":5})", R"({"enum":[5]})", true);
    row("one truth", R"({"const":true})", R"({"description":"{const: true}"})", true, "const");
    row("anything",
        R"({"type":"object","properties":{"a":{"description":"x"}}})",
        R"({"type":"object","properties":{"a":{"description":"x"}}})",
        true);
    row("an array of anything", R"({"type":"array"})", R"({"type":"array"})", true);
    row("an object of anything",
        R"({"type":"object","properties":{"a":{"type":"object"}}})",
        R"({"type":"object","properties":{"a":{"type":"object"}}})",
        true);
    row("references",
        R"({"type":"object","properties":{"a":{"$ref":"#/definitions/t","description":"lost"}},"definitions":{"t":{"type":"object","properties":{"next":{"$ref":"#/definitions/t"}}}}})",
        R"({"type":"object","properties":{"a":{"$ref":"#/$defs/t"}},"$defs":{"t":{"type":"object","properties":{"next":{"$ref":"#/$defs/t"}}}}})",
        true);
    row("what the newer dialect does not take either",
        R"({"type":["string","integer"],"minLength":2,"pattern":"x","$schema":"s"})",
        "{\"type\":[\"string\",\"integer\"],\"description\":\"{minLength: 2, pattern: "
        "\\\"x\\\"}\"}",
        true,
        "minLength pattern");
    row("tuple",
        R"({"type":"array","prefixItems":[{"type":"string"}],"items":false})",
        R"({"type":"array","prefixItems":[{"type":"string"}],"items":false})",
        true);
}

void TestGeminiTools::translatesSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, sent);
    QFETCH(bool, newer);
    QFETCH(QByteArray, moved);
    std::set<std::string> names;
    const GeminiSchema translated = translateGeminiSchema(schema.toStdString(), names);
    QCOMPARE(bytes(translated.json), sent);
    QCOMPARE(translated.isJsonSchema, newer);
    QByteArray told;
    for (const std::string &name : names) {
        told += bytes(name) + " ";
    }
    QCOMPARE(told.trimmed(), moved);
}

void TestGeminiTools::translatesAConversation()
{
    const std::string contents = contentsOf(
        kHi + "," + asks(call("a b", "{\\\"x\\\": 1.50}") + "," + call("c", "", "g_2")) + ","
        + result("a b", "{\\\"deg\\\":15}") + "," + result("c", "") + ","
        + R"({"role":"user","content":"thanks"})");
    QCOMPARE(
        bytes(contents),
        QByteArray(
            R"([{"role":"user","parts":[{"text":"hi"}]},)"
            R"({"role":"model","parts":[{"functionCall":{"id":"call_xa_20b","name":"f","args":{"x": 1.50}}},)"
            R"({"functionCall":{"id":"c","name":"g_2","args":{}}}]},)"
            "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"call_xa_20b\",\"name\":"
            "\"f\",\"response\":{\"output\":\"{\\\"deg\\\":15}\"}}},"
            R"({"functionResponse":{"id":"c","name":"g_2","response":{"output":""}}},{"text":"thanks"}]}])"));
}

void TestGeminiTools::putsResultsInTheOrderOfTheCalls()
{
    const std::string contents = contentsOf(
        kHi + "," + asks(call("a") + "," + call("b")) + R"(,{"role":"user","content":"wait"},)"
        + R"({"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"two"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]},)"
        + result("a", "one"));
    const auto place = [&contents](const char *text) { return contents.find(text); };
    QVERIFY(place("one") < place("two"));
    QVERIFY(place("two") < place("wait"));
    QVERIFY(place("wait") < place("inlineData"));
    QVERIFY(place("inlineData") != std::string::npos);
}

void TestGeminiTools::givesSignaturesBack()
{
    const std::string details =
        R"("reasoning_details":[{"type":"reasoning.text","text":"of another","signature":"x","format":"anthropic-claude-v1"},)"
        R"({"type":"reasoning.encrypted","data":"sigB","id":"b","format":"google-gemini-v1"},)"
        R"({"type":"reasoning.text","text":"hm","signature":"sigT","format":"google-gemini-v1"},)"
        R"({"type":"reasoning.encrypted","data":"sigW","format":"google-gemini-v1"},{"type":"reasoning.text","text":"unsigned","format":"google-gemini-v1"}],)";
    const std::string first = asks(call("b") + "," + call("c"), details);
    const std::string contents =
        contentsOf(kHi + "," + first + "," + result("b", "") + "," + result("c", ""), kNew);
    QVERIFY2(
        contents.find(
            R"({"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"sigT"},{"text":"","thoughtSignature":"sigW"},)"
            R"({"functionCall":{"id":"b","name":"f","args":{}},"thoughtSignature":"sigB"},{"functionCall":{"id":"c","name":"f","args":{}}}]})")
            != std::string::npos,
        contents.c_str());
    const std::string spoken = R"({"role":"assistant",)" + details + R"("content":"words"})";
    const std::string said = contentsOf(kHi + "," + spoken + "," + kHi, kOld);
    QVERIFY2(said.find(R"({"text":"words","thoughtSignature":"sigW"})") != std::string::npos,
             said.c_str());
}

void TestGeminiTools::replacesSignaturesThatAreMissing()
{
    const std::string messages = kHi + "," + asks(call("a") + "," + call("b")) + ","
                                 + result("a", "") + "," + result("b", "");
    const HttpCall sent = encoded(chat(messages), kNew);
    const std::string sentinel = R"("thoughtSignature":"skip_thought_signature_validator")";
    const auto at = sent.body.find(sentinel);
    QVERIFY(at != std::string::npos);
    QVERIFY(at < sent.body.find(R"("id":"b")"));
    QCOMPARE(sent.body.find(sentinel, at + 1), std::string::npos);
    QCOMPARE(sent.notes.size(), std::size_t{1});
    QCOMPARE(encoded(chat(messages), kOld).body.find("thoughtSignature"), std::string::npos);
}

/// The recorded answer, given back by a client as it came to it, becomes the request recorded next.
void TestGeminiTools::asksAgainAsRecorded()
{
    const auto exchanges = loadGolden("gemini/stream_tool_parallel.exchange.json");
    const auto events = decodeWhole(ProviderKind::Gemini, exchanges.front().body);
    const auto calls = toolCallsOf(events);
    QCOMPARE(calls.size(), std::size_t{2});
    QVERIFY(calls[0].id != calls[1].id);
    std::string details;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            details += chunk->choices.front().reasoningDetailsJson;
        }
    }
    const auto asked = [](const ToolCallDelta &made) {
        const QByteArray escaped = bytes(made.arguments).replace('"', "\\\"");
        return call(made.id.c_str(), escaped.constData(), made.name.c_str());
    };
    const std::string contents = contentsOf(
        kHi + ","
        + asks(asked(calls[0]) + "," + asked(calls[1]), R"("reasoning_details":)" + details + ",")
        + "," + result(calls[1].id.c_str(), "Life before Death") + ","
        + result(calls[0].id.c_str(), "Welcome to Moria!"));
    const std::string signature = "CikB0e2Kbw5tJ9dwYB9m1I9W28H1Pvbhg7iFnlQJMZT9ndxhy";
    QVERIFY(contents.find(R"("args":{"password":"mellon"}},"thoughtSignature":")" + signature)
            != std::string::npos);
    QVERIFY(contents.find("Moria") < contents.find("Life before Death"));
}

void TestGeminiTools::refusesBrokenConversations_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char *name, const std::string &body, const char *why) {
        QTest::newRow(name) << bytes(body) << QByteArray(why);
    };
    const auto after = [](const std::string &messages) { return chat(kHi + "," + messages); };
    const auto tool = [](const char *json) {
        return chat(kHi, R"("tools":[)" + std::string(json) + "],");
    };
    row("no result", after(asks(call("a"))), R"(tool call "a" has no result)");
    row("no result, and on", after(asks(call("a")) + "," + kHi), R"(tool call "a" has no result)");
    row("one result of two",
        after(asks(call("a") + "," + call("b")) + "," + result("a", "") + "," + kHi),
        R"(tool call "b" has no result)");
    row("result twice",
        after(asks(call("a")) + "," + result("a", "") + "," + result("a", "")),
        "is given twice");
    row("result too late",
        after(asks(call("a")) + "," + result("a", "") + R"(,{"role":"assistant","content":"x"},)"
              + result("a", "")),
        "does not follow its call");
    row("broken arguments",
        after(asks(call("a", "{\\\"x\\\":")) + "," + result("a", "")),
        R"(arguments of tool call "a")");
    row("arguments of a list",
        after(asks(call("a", "[1]")) + "," + result("a", "")),
        "no JSON object");
    row("odd name",
        after(asks(call("a", "{}", "1f")) + "," + result("a", "")),
        "the first a letter");
    row("no id",
        after(asks(R"({"type":"function","function":{"name":"f"}})")),
        "no call of a function");
    row("custom tool", tool(R"({"type":"custom","custom":{"name":"f"}})"), "only functions");
    row("tool's odd name",
        tool(R"({"type":"function","function":{"name":"-f"}})"),
        "tools[0].function.name");
    row("parameters of a list",
        tool(R"({"type":"function","function":{"name":"f","parameters":[]}})"),
        "must be an object");
    row("odd choice",
        chat(
            kHi,
            R"("tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{"type":"allowed_tools"},)"),
        "cannot be said in Gemini's format");
    row("old functions", chat(kHi, R"("functions":[{"name":"f"}],)"), "old form of tools");
}

void TestGeminiTools::refusesBrokenConversations()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, why);
    const Refusal refusal = refusalOf(ProviderKind::Gemini, body.toStdString(), kOld);
    QVERIFY2(refusal.text.find(why.toStdString()) != std::string::npos, refusal.text.c_str());
}

QTEST_APPLESS_MAIN(TestGeminiTools)
#include "tst_gemini_tools.moc"
