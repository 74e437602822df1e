// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"

#include "core/providers/anthropic_models.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

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
    void dropsNothingThatSaysNothing();
    void asksForJsonInWords();
    void leavesOutStopsOfWhiteSpace();
    void beginsWithTheUser();
    void namesTheSpeakersItCannot();
    void passesCacheMarks();
    void translatesImages_data();
    void translatesImages();
    void asksForThinking_data();
    void asksForThinking();
    void knowsTheModels_data();
    void knowsTheModels();
    void refusesWhatItCannotCarry_data();
    void refusesWhatItCannotCarry();
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

const std::string kHiTurn =
    R"("messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}])";

std::string body(std::string_view middle, std::string_view end = "")
{
    return R"({"model":"claude-haiku-4-5","max_tokens":4096,)" + std::string(middle)
           + std::string(end) + "}";
}

/// For tables of what a model is sent, what it is spared and how often that is noted.
void lossColumns()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("dropped");
    QTest::addColumn<int>("notes");
}

void lossRow(const char *name,
             const char *model,
             const char *client,
             const char *sent,
             const char *dropped,
             int notes)
{
    QTest::newRow(name) << QByteArray(model) << QByteArray(client) << QByteArray(sent)
                        << QByteArray(dropped) << notes;
}

void compareLosses(const HttpCall &call)
{
    QFETCH(QByteArray, dropped);
    QFETCH(int, notes);
    QCOMPARE(call.dropped.empty() ? QByteArray() : QByteArray::fromStdString(call.dropped.front()),
             dropped);
    QCOMPARE(call.notes.size(), static_cast<std::size_t>(notes));
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
    lossColumns();
    lossRow("plain", "claude-haiku-4-5", R"("temperature":1.0,)", R"(,"temperature":1.0)", "", 0);
    lossRow("hot", "claude-haiku-4-5", R"("temperature":1.7,)", R"(,"temperature":1)", "", 1);
    lossRow("cold", "claude-haiku-4-5", R"("temperature":-0.1,)", R"(,"temperature":0)", "", 1);
    lossRow("absurd", "claude-haiku-4-5", R"("temperature":12345,)", R"(,"temperature":1)", "", 1);
    lossRow("top_p", "claude-haiku-4-5", R"("top_p":0.90,)", R"(,"top_p":0.90)", "", 0);
    lossRow("both",
            "claude-haiku-4-5",
            R"("top_p":0.9,"temperature":0.5,)",
            R"(,"temperature":0.5)",
            "top_p",
            1);
    lossRow("opus 4.8", "claude-opus-4-8", R"("temperature":0.5,)", "", "temperature", 1);
    lossRow("sonnet 5", "claude-sonnet-5", R"("top_p":0.5,)", "", "top_p", 1);
}

void TestAnthropicEncode::keepsSamplingWithinBounds()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, sent);
    const HttpCall call = encoded(chat(kHi, client.toStdString()), model.toStdString());
    const std::string expected = R"({"model":")" + model.toStdString() + R"(","max_tokens":4096,)"
                                 + kHiTurn + sent.toStdString() + "}";
    QCOMPARE(call.body, expected);
    compareLosses(call);
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
        R"("n":1,"seed":5,"logprobs":true,"foo":null,"stream_options":{"include_usage":true},"stream":true,)"));
    QCOMPARE(call.body, body(kHiTurn, R"(,"stream":true)"));
    QCOMPARE(call.dropped, (std::vector<std::string>{"seed", "logprobs"}));
    QCOMPARE(call.notes.size(), std::size_t{2});
}

void TestAnthropicEncode::dropsNothingThatSaysNothing()
{
    const HttpCall call = encoded(chat(
        kHi,
        R"("store":false,"logit_bias":{},"presence_penalty":0,"response_format":{"type":"text"},"tool_choice":null,)"));
    QCOMPARE(call.body, body(kHiTurn));
    QVERIFY(call.notes.empty());
    QCOMPARE(encoded(chat(kHi, R"("seed":0,)")).dropped, std::vector<std::string>{"seed"});
}

void TestAnthropicEncode::asksForJsonInWords()
{
    const HttpCall call = encoded(chat(kHi, R"("response_format":{"type":"json_object"},)"));
    QCOMPARE(
        call.body,
        body(R"("system":[{"type":"text","text":"Answer with one JSON object and nothing else."}],)"
             + kHiTurn));
    QCOMPARE(call.dropped, std::vector<std::string>{"response_format"});
    QCOMPARE(call.notes.size(), std::size_t{2});
}

void TestAnthropicEncode::leavesOutStopsOfWhiteSpace()
{
    const HttpCall call = encoded(chat(kHi, R"("stop":["\n\n","END"],)"));
    QCOMPARE(call.body, body(kHiTurn, R"(,"stop_sequences":["END"])"));
    QCOMPARE(call.dropped, std::vector<std::string>{"stop"});
    QCOMPARE(encoded(chat(kHi, R"("stop":"\n",)")).body, body(kHiTurn));
}

void TestAnthropicEncode::beginsWithTheUser()
{
    const HttpCall call = encoded(chat(R"({"role":"assistant","content":"Welcome!"},)" + kHi));
    QCOMPARE(member(call.body, "messages"),
             std::string(R"([{"role":"user","content":[{"type":"text","text":"Hello."}]},)"
                         R"({"role":"assistant","content":[{"type":"text","text":"Welcome!"}]},)"
                         R"({"role":"user","content":[{"type":"text","text":"hi"}]}])"));
    QCOMPARE(call.notes.size(), std::size_t{1});
}

void TestAnthropicEncode::namesTheSpeakersItCannot()
{
    const HttpCall call = encoded(chat(R"({"role":"user","name":"ada","content":"hi"})"));
    QCOMPARE(call.body, body(kHiTurn));
    QCOMPARE(call.dropped, std::vector<std::string>{"messages[].name"});
}

void TestAnthropicEncode::passesCacheMarks()
{
    const HttpCall call = encoded(chat(
        R"({"role":"system","content":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}]},)"
        R"({"role":"user","content":[{"type":"text","text":"u","cache_control":{"type":"ephemeral"}}]})"));
    QCOMPARE(
        call.body,
        body(
            R"("system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}],)"
            R"("messages":[{"role":"user","content":[{"type":"text","text":"u","cache_control":{"type":"ephemeral"}}]}])"));
}

void TestAnthropicEncode::translatesImages_data()
{
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("dropped");
    const auto row =
        [](const char *name, const char *image, const char *source, const char *dropped) {
            QTest::newRow(name) << QByteArray(image) << QByteArray(source) << QByteArray(dropped);
        };
    row("png",
        R"({"url":"data:image/png;base64,iVBORw0KGgo="})",
        R"({"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="})",
        "");
    row("spelled jpg, parameters, detail",
        R"({"detail":"low","url":"data:image/JPG;name=x;base64,\/9j\/4AAQ"})",
        R"({"type":"base64","media_type":"image/jpeg","data":"/9j/4AAQ"})",
        "image_url.detail");
    row("address",
        R"({"url":"https://example.com/a.png?b=c","detail":"auto"})",
        R"({"type":"url","url":"https://example.com/a.png?b=c"})",
        "");
    row("plain text",
        R"("https://example.com/a")",
        R"({"type":"url","url":"https://example.com/a"})",
        "");
}

void TestAnthropicEncode::translatesImages()
{
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, dropped);
    const HttpCall call = encoded(
        chat(R"({"role":"user","content":[{"type":"image_url","image_url":)" + image.toStdString()
             + R"(},{"type":"text","text":"what?"}]})"));
    QCOMPARE(member(call.body, "messages"),
             R"([{"role":"user","content":[{"type":"image","source":)" + source.toStdString()
                 + R"(},{"type":"text","text":"what?"}]}])");
    QCOMPARE(call.dropped.empty() ? QByteArray() : QByteArray::fromStdString(call.dropped.front()),
             dropped);
}

void TestAnthropicEncode::asksForThinking_data()
{
    lossColumns();
    const char *const haiku = "claude-haiku-4-5";
    const char *const high = R"("reasoning_effort":"high",)";
    lossRow("budget", haiku, high, R"(20480 {"type":"enabled","budget_tokens":16384} )", "", 0);
    lossRow("budget minimal",
            haiku,
            R"("reasoning_effort":"minimal",)",
            R"(5120 {"type":"enabled","budget_tokens":1024} )",
            "",
            0);
    lossRow("budget within the client's limit",
            haiku,
            R"("reasoning_effort":"high","max_tokens":6000,)",
            R"(6000 {"type":"enabled","budget_tokens":3000} )",
            "",
            1);
    lossRow("budget at its least",
            haiku,
            R"("reasoning_effort":"low","max_tokens":1025,)",
            R"(1025 {"type":"enabled","budget_tokens":1024} )",
            "",
            1);
    lossRow("no room",
            haiku,
            R"("reasoning_effort":"low","max_tokens":1024,)",
            "1024  ",
            "reasoning_effort",
            2);
    lossRow("none", haiku, R"("reasoning_effort":"none",)", "4096  ", "", 0);
    lossRow("unheard of", haiku, R"("reasoning_effort":"vast",)", "4096  ", "reasoning_effort", 2);
    lossRow("without sampling",
            haiku,
            R"("reasoning_effort":"low","temperature":0.5,"top_k":5,)",
            R"(6144 {"type":"enabled","budget_tokens":2048} )",
            "temperature",
            2);
    const char *const adaptive = R"(4096 {"type":"adaptive","display":"summarized"} )";
    const auto effort = [adaptive](const char *name) {
        return std::string(adaptive) + R"({"effort":")" + name + R"("})";
    };
    lossRow("effort", "claude-opus-4-6", high, effort("high").c_str(), "", 0);
    lossRow("effort minimal",
            "claude-sonnet-5",
            R"("reasoning_effort":"minimal",)",
            effort("low").c_str(),
            "",
            0);
    lossRow("effort xhigh",
            "claude-opus-4-8",
            R"("reasoning_effort":"xhigh",)",
            effort("xhigh").c_str(),
            "",
            0);
    lossRow("no xhigh",
            "claude-sonnet-4-6",
            R"("reasoning_effort":"xhigh",)",
            effort("max").c_str(),
            "",
            1);
    lossRow("off",
            "claude-opus-5",
            R"("reasoning_effort":"none",)",
            R"(4096 {"type":"disabled"} )",
            "",
            0);
    lossRow("never off",
            "claude-fable-5",
            R"("reasoning_effort":"none",)",
            "4096  ",
            "reasoning_effort",
            2);
}

/// The last column is max_tokens, `thinking` and `output_config`.
void TestAnthropicEncode::asksForThinking()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, sent);
    const HttpCall call = encoded(chat(kHi, client.toStdString()), model.toStdString());
    QCOMPARE(QByteArray::fromStdString(member(call.body, "max_tokens") + " "
                                       + member(call.body, "thinking") + " "
                                       + member(call.body, "output_config")),
             sent);
    compareLosses(call);
}

void TestAnthropicEncode::knowsTheModels_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("traits");
    const auto row = [](const char *model, const char *traits) {
        QTest::newRow(model) << QByteArray(model) << QByteArray(traits);
    };
    row("claude-3-haiku-20240307", "sampling disable prefill");
    row("claude-sonnet-4-20250514", "sampling disable prefill");
    row("claude-haiku-4-5-20251001", "sampling disable schemas prefill");
    row("claude-opus-4-5", "sampling disable schemas prefill");
    row("claude-opus-4-6", "sampling adaptive disable schemas");
    row("claude-opus-4-7", "adaptive disable xhigh schemas");
    row("us.anthropic.claude-sonnet-5", "adaptive disable xhigh schemas");
    row("claude-mythos-5-1", "adaptive xhigh schemas");
    row("claude-haiku-9", "adaptive disable xhigh schemas");
    row("another-model", "sampling disable schemas prefill");
}

void TestAnthropicEncode::knowsTheModels()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, traits);
    const AnthropicModel found = anthropicModel(model.toStdString());
    QByteArrayList words;
    const auto say = [&words](bool holds, const char *word) {
        if (holds) {
            words << word;
        }
    };
    say(found.takesSampling, "sampling");
    say(found.thinksAdaptively, "adaptive");
    say(found.mayNotThink, "disable");
    say(found.takesXhigh, "xhigh");
    say(found.takesSchemas, "schemas");
    say(found.takesPrefill, "prefill");
    QCOMPARE(words.join(' '), traits);
}

void TestAnthropicEncode::refusesWhatItCannotCarry_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("feature");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name,
                        const std::string &request,
                        const char *words,
                        const char *feature = "",
                        const char *model = "claude-haiku-4-5") {
        QTest::newRow(name) << QByteArray::fromStdString(request) << QByteArray(model)
                            << QByteArray(feature) << QByteArray(words);
    };
    const auto image = [](const char *url) {
        return chat(R"({"role":"user","content":[{"type":"image_url","image_url":{"url":")"
                    + std::string(url) + R"("}}]})");
    };
    row("audio", chat(R"({"role":"user","content":[{"type":"input_audio"}]})"), "content parts");
    row("no content", chat(R"({"role":"user","content":" "})"), "without content");
    row("two answers", chat(kHi, R"("n":2,)"), "n = 2");
    row("bmp", image("data:image/bmp;base64,AA=="), "\"image/bmp\"");
    row("no base64", image("data:image/png,AA"), "base64");
    row("empty image", image("data:image/png;base64,"), "not empty");
    row("http image", image("http://example.com/a.png"), "https");
    row("no url", chat(R"({"role":"user","content":[{"type":"image_url"}]})"), "https");
    row("image in the system text",
        chat(
            R"({"role":"system","content":[{"type":"image_url","image_url":{"url":"https://a/b"}}]})"),
        "system",
        "images");
    row("no schema", chat(kHi, R"("response_format":{"type":"json_schema"},)"), "schema must be");
    row("schema of an old model",
        chat(kHi, R"("response_format":{"type":"json_schema","json_schema":{"schema":{}}},)"),
        "structured output",
        "json_schema",
        "claude-3-haiku-20240307");
    row("prefill of a new model",
        chat(kHi + R"(,{"role":"assistant","content":"Well,"})"),
        "ends with the assistant",
        "",
        "claude-opus-5");
}

void TestAnthropicEncode::refusesWhatItCannotCarry()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, feature);
    QFETCH(QByteArray, words);
    const Refusal found = refusal(request.toStdString(), model.toStdString());
    QVERIFY2(found.text.find(words.toStdString()) != std::string::npos, found.text.c_str());
    QCOMPARE(found.feature ? QByteArray(toString(*found.feature).data()) : QByteArray(), feature);
}

QTEST_APPLESS_MAIN(TestAnthropicEncode)
#include "tst_anthropic_encode.moc"
