// SPDX-License-Identifier: Apache-2.0
#include "core/providers/adapter.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;

class TestAnthropicEncode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAConversation();
    void addressesTheCall();
    void gathersSystemTexts();
    void mergesTurnsOfTheSameRole();
    void leavesOutEmptyTexts();
    void trimsThePrefill();
    void sendsALoneSystemTextAsTheUsers();
    void findsAnOutputLimit_data();
    void findsAnOutputLimit();
    void keepsSamplingWithinBounds_data();
    void keepsSamplingWithinBounds();
    void translatesStopAndUser();
    void namesWhatItDrops();
    void refusesWhatItCannotCarry_data();
    void refusesWhatItCannotCarry();
};

namespace {

HttpCall encoded(std::string_view body,
                 std::string_view model = "claude-haiku-4-5",
                 std::optional<std::int64_t> most = std::nullopt)
{
    const auto request = decodeChat(body);
    if (!request.ok()) {
        return {};
    }
    ModelSettings settings;
    settings.maxOutputTokens = most;
    auto call = adapterFor(ProviderKind::Anthropic).encodeChat(*request, model, settings);
    return call.ok() ? *std::move(call) : HttpCall();
}

std::string chat(std::string_view messages, std::string_view more = "")
{
    return R"({"model":"m",)" + std::string(more) + R"("messages":[)" + std::string(messages)
           + "]}";
}

const std::string kHi = R"({"role":"user","content":"hi"})";
const std::string kHiTurn =
    R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}])";

std::string body(std::string_view middle, std::string_view end = "")
{
    return R"({"model":"claude-haiku-4-5","max_tokens":4096,)" + std::string(middle)
           + std::string(end) + "}";
}

} // namespace

void TestAnthropicEncode::writesAConversation()
{
    const HttpCall call = encoded(chat(
        R"({"role":"system","content":"be brief"},{"role":"user","content":"hi \"you\""},)"
        R"({"role":"assistant","content":"yes?"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})",
        R"("stream":true,"max_tokens":7,"temperature":0.70,)"));
    QCOMPARE(
        call.body,
        std::string(
            R"({"model":"claude-haiku-4-5","max_tokens":7,"system":[{"type":"text","text":"be brief"}],)"
            R"("messages":[{"role":"user","content":[{"type":"text","text":"hi \"you\""}]},)"
            R"({"role":"assistant","content":[{"type":"text","text":"yes?"}]},)"
            R"({"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}],)"
            R"("temperature":0.70,"stream":true})"));
    QVERIFY(call.notes.empty());
}

void TestAnthropicEncode::addressesTheCall()
{
    const HttpCall call = encoded(chat(kHi));
    QCOMPARE(call.path, std::string("/messages"));
    QCOMPARE(call.auth, (AuthScheme{"x-api-key", ""}));
    const std::pair<std::string, std::string> version("anthropic-version", "2023-06-01");
    QCOMPARE(call.headers.back(), version);
}

void TestAnthropicEncode::gathersSystemTexts()
{
    const HttpCall call = encoded(chat(R"({"role":"system","content":"one"},)" + kHi
                                       + R"(,{"role":"developer","content":"two"})"));
    QCOMPARE(call.body,
             body(R"("system":[{"type":"text","text":"one"},{"type":"text","text":"two"}],)"
                  + kHiTurn));
}

void TestAnthropicEncode::mergesTurnsOfTheSameRole()
{
    const HttpCall call = encoded(chat(kHi + R"(,{"role":"user","content":"again"})"));
    QCOMPARE(
        call.body,
        body(
            R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"text","text":"again"}]}])"));
}

void TestAnthropicEncode::leavesOutEmptyTexts()
{
    const HttpCall call = encoded(
        chat(R"({"role":"system","content":""},)" + kHi
             + R"(,{"role":"assistant","content":" \n"},{"role":"assistant","content":null})"));
    QCOMPARE(call.body, body(kHiTurn));
}

void TestAnthropicEncode::trimsThePrefill()
{
    const HttpCall call = encoded(chat(kHi + R"(,{"role":"assistant","content":"Well, \n "})"));
    QCOMPARE(call.body,
             body(R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"}]},)"
                  R"({"role":"assistant","content":[{"type":"text","text":"Well,"}]}])"));
}

void TestAnthropicEncode::sendsALoneSystemTextAsTheUsers()
{
    const HttpCall call = encoded(chat(R"({"role":"system","content":"hi"})"));
    QCOMPARE(call.body, body(kHiTurn));
    QCOMPARE(call.notes.size(), std::size_t{1});
}

void TestAnthropicEncode::findsAnOutputLimit_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<int>("most");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("notes");
    QTest::newRow("client's") << QByteArray(R"("max_tokens":100,)") << 0 << QByteArray("100") << 0;
    QTest::newRow("client's new") << QByteArray(R"("max_completion_tokens":100,)") << 0
                                  << QByteArray("100") << 0;
    QTest::newRow("model's") << QByteArray() << 64000 << QByteArray("64000") << 0;
    QTest::newRow("nobody's") << QByteArray() << 0 << QByteArray("4096") << 0;
    QTest::newRow("too large") << QByteArray(R"("max_tokens":100000,)") << 64000
                               << QByteArray("64000") << 1;
}

void TestAnthropicEncode::findsAnOutputLimit()
{
    QFETCH(QByteArray, client);
    QFETCH(int, most);
    QFETCH(QByteArray, sent);
    QFETCH(int, notes);
    const auto limit = most == 0 ? std::nullopt : std::optional<std::int64_t>(most);
    const HttpCall call = encoded(chat(kHi, client.toStdString()), "claude-haiku-4-5", limit);
    QVERIFY(call.body.find(R"("max_tokens":)" + sent.toStdString() + ",") != std::string::npos);
    QCOMPARE(call.notes.size(), static_cast<std::size_t>(notes));
}

void TestAnthropicEncode::keepsSamplingWithinBounds_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("dropped");
    QTest::addColumn<int>("notes");
    const auto row = [](const char *name,
                        const char *model,
                        const char *client,
                        const char *sent,
                        const char *dropped,
                        int notes) {
        QTest::newRow(name) << QByteArray(model) << QByteArray(client) << QByteArray(sent)
                            << QByteArray(dropped) << notes;
    };
    row("plain", "claude-haiku-4-5", R"("temperature":1.0,)", R"(,"temperature":1.0)", "", 0);
    row("hot", "claude-haiku-4-5", R"("temperature":1.7,)", R"(,"temperature":1)", "", 1);
    row("cold", "claude-haiku-4-5", R"("temperature":-0.1,)", R"(,"temperature":0)", "", 1);
    row("absurd", "claude-haiku-4-5", R"("temperature":12345,)", R"(,"temperature":1)", "", 1);
    row("top_p", "claude-haiku-4-5", R"("top_p":0.90,)", R"(,"top_p":0.90)", "", 0);
    row("both",
        "claude-haiku-4-5",
        R"("top_p":0.9,"temperature":0.5,)",
        R"(,"temperature":0.5)",
        "top_p",
        1);
    row("opus 4.8", "claude-opus-4-8", R"("temperature":0.5,)", "", "temperature", 1);
    row("sonnet 5", "claude-sonnet-5", R"("top_p":0.5,)", "", "top_p", 1);
}

void TestAnthropicEncode::keepsSamplingWithinBounds()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, dropped);
    QFETCH(int, notes);
    const HttpCall call = encoded(chat(kHi, client.toStdString()), model.toStdString());
    const std::string expected = R"({"model":")" + model.toStdString() + R"(","max_tokens":4096,)"
                                 + kHiTurn + sent.toStdString() + "}";
    QCOMPARE(call.body, expected);
    QCOMPARE(call.dropped.empty() ? QByteArray() : QByteArray::fromStdString(call.dropped.front()),
             dropped);
    QCOMPARE(call.notes.size(), static_cast<std::size_t>(notes));
}

void TestAnthropicEncode::translatesStopAndUser()
{
    QCOMPARE(encoded(chat(kHi, R"("stop":"END","user":"u-7",)")).body,
             body(kHiTurn, R"(,"stop_sequences":["END"],"metadata":{"user_id":"u-7"})"));
    QCOMPARE(encoded(chat(kHi, R"("stop":["a","b"],)")).body,
             body(kHiTurn, R"(,"stop_sequences":["a","b"])"));
}

void TestAnthropicEncode::namesWhatItDrops()
{
    const HttpCall call = encoded(chat(
        kHi,
        R"("n":2,"seed":5,"logprobs":true,"foo":null,"stream_options":{"include_usage":true},"stream":true,"response_format":{"type":"json_object"},)"));
    QCOMPARE(call.body, body(kHiTurn, R"(,"stream":true)"));
    QCOMPARE(call.dropped, (std::vector<std::string>{"n", "seed", "logprobs", "response_format"}));
    QCOMPARE(call.notes.size(), std::size_t{4});
    QVERIFY(encoded(chat(kHi, R"("n":1,)")).dropped.empty());
}

void TestAnthropicEncode::refusesWhatItCannotCarry_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("feature");
    const auto row = [](const char *name, const std::string &request, const char *feature) {
        QTest::newRow(name) << QByteArray::fromStdString(request) << QByteArray(feature);
    };
    row("tools", chat(kHi, R"("tools":[{"type":"function"}],)"), "tools");
    row("tool result", chat(kHi + R"(,{"role":"tool","tool_call_id":"x","content":"y"})"), "tools");
    row("image",
        chat(R"({"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]})"),
        "images");
    row("schema", chat(kHi, R"("response_format":{"type":"json_schema"},)"), "json_schema");
    row("reasoning", chat(kHi, R"("reasoning_effort":"low",)"), "reasoning");
    row("audio", chat(R"({"role":"user","content":[{"type":"input_audio"}]})"), "");
    row("no text", chat(R"({"role":"user","content":" "})"), "");
}

void TestAnthropicEncode::refusesWhatItCannotCarry()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, feature);
    const auto decoded = decodeChat(request.toStdString());
    QVERIFY(decoded.ok());
    const Adapter &adapter = adapterFor(ProviderKind::Anthropic);
    const auto call = adapter.encodeChat(*decoded, "claude-haiku-4-5", {});
    QVERIFY(!call.ok());
    QCOMPARE(call.error(), adapter.refuses(*decoded).value_or(Refusal()));
    const auto lacking = call.error().feature;
    QCOMPARE(lacking ? QByteArray(toString(*lacking).data()) : QByteArray(), feature);
    QVERIFY(!call.error().text.empty());
}

QTEST_APPLESS_MAIN(TestAnthropicEncode)
#include "tst_anthropic_encode.moc"
