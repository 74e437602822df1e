// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"

#include "core/providers/gemini_models.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

class TestGeminiEncode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAConversation();
    void addressesTheCall_data();
    void addressesTheCall();
    void gathersSystemTexts();
    void mergesTurnsOfTheSameRole();
    void leavesOutEmptyTexts();
    void sendsALoneSystemTextAsTheUsers();
    void beginsWithTheUser();
    void namesTheSpeakersItCannot();
    void configuresTheAnswer_data();
    void configuresTheAnswer();
    void lowersTheLimitToTheModels();
    void namesWhatItDrops();
    void dropsNothingThatSaysNothing();
    void asksForJson_data();
    void asksForJson();
    void asksForJsonInWordsBesideTools();
    void asksForThinking_data();
    void asksForThinking();
    void translatesMedia_data();
    void translatesMedia();
    void knowsTheModels_data();
    void knowsTheModels();
    void refusesWhatItCannotCarry_data();
    void refusesWhatItCannotCarry();
};

namespace {

constexpr const char *kFlash = "gemini-2.5-flash";
const std::string kTool =
    R"("tools":[{"type":"function","function":{"name":"f","description":"d"}}],)";

HttpCall encoded(std::string_view body,
                 std::string_view model = kFlash,
                 std::optional<std::int64_t> most = std::nullopt)
{
    return encodedFor(ProviderKind::Gemini, body, model, most);
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
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
             const std::string &client,
             const char *sent,
             const char *dropped = "",
             int notes = 0)
{
    QTest::newRow(name) << QByteArray(model) << bytes(client) << QByteArray(sent)
                        << QByteArray(dropped) << notes;
}

/// The row's request is sent with `generationConfig` \p sent, and its losses are told.
void compareLosses()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, dropped);
    QFETCH(int, notes);
    const HttpCall call = encoded(chat(kHi, client.toStdString()), model.toStdString());
    QVERIFY(!call.body.empty());
    QCOMPARE(bytes(member(call.body, "generationConfig")), sent);
    QCOMPARE(call.dropped.empty() ? QByteArray() : bytes(call.dropped.front()), dropped);
    QCOMPARE(call.notes.size(), static_cast<std::size_t>(notes));
}

} // namespace

void TestGeminiEncode::writesAConversation()
{
    const HttpCall call = encoded(chat(
        R"({"role":"system","content":"be brief"},{"role":"user","content":"hi \"you\""},)"
        R"({"role":"assistant","content":"yes?"},{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})",
        R"("max_tokens":7,"temperature":0.70,"top_p":0.9,"stop":"x","stream_options":null,)"));
    QCOMPARE(
        call.body,
        std::string(
            R"({"systemInstruction":{"parts":[{"text":"be brief"}]},)"
            R"("contents":[{"role":"user","parts":[{"text":"hi \"you\""}]},)"
            R"({"role":"model","parts":[{"text":"yes?"}]},)"
            R"({"role":"user","parts":[{"text":"a"},{"text":"b"}]}],)"
            R"("generationConfig":{"temperature":0.70,"topP":0.9,"maxOutputTokens":7,"stopSequences":["x"]}})"));
    QVERIFY(call.notes.empty());
}

void TestGeminiEncode::addressesTheCall_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("plain") << QByteArray("gemini-2.5-flash")
                           << QByteArray("/models/gemini-2.5-flash");
    QTest::newRow("as listed") << QByteArray("models/gemini-2.5-flash")
                               << QByteArray("/models/gemini-2.5-flash");
    QTest::newRow("tuned") << QByteArray("tunedModels/mine") << QByteArray("/tunedModels/mine");
    QTest::newRow("odd") << QByteArray("a/b?c#d é") << QByteArray("/models/a%2Fb%3Fc%23d%20%C3%A9");
}

void TestGeminiEncode::addressesTheCall()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, path);
    const HttpCall whole = encoded(chat(kHi), model.toStdString());
    QCOMPARE(bytes(whole.path), path + ":generateContent");
    QCOMPARE(whole.auth, (AuthScheme{"x-goog-api-key", ""}));
    const HttpCall streamed = encoded(chat(kHi, R"("stream":true,)"), model.toStdString());
    QCOMPARE(bytes(streamed.path), path + ":streamGenerateContent?alt=sse");
    QCOMPARE(streamed.body, whole.body);
}

void TestGeminiEncode::gathersSystemTexts()
{
    const HttpCall call = encoded(chat(R"({"role":"system","content":"one"},)" + kHi
                                       + R"(,{"role":"developer","content":"two"})"));
    QCOMPARE(member(call.body, "systemInstruction"),
             std::string(R"({"parts":[{"text":"one"},{"text":"two"}]})"));
}

void TestGeminiEncode::mergesTurnsOfTheSameRole()
{
    const HttpCall call = encoded(chat(kHi + R"(,{"role":"user","content":"again"})"));
    QCOMPARE(member(call.body, "contents"),
             std::string(R"([{"role":"user","parts":[{"text":"hi"},{"text":"again"}]}])"));
}

void TestGeminiEncode::leavesOutEmptyTexts()
{
    const HttpCall call = encoded(
        chat(R"({"role":"system","content":""},)" + kHi
             + R"(,{"role":"assistant","content":""},{"role":"assistant","content":null})"));
    QCOMPARE(call.body, std::string(R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}]})"));
}

void TestGeminiEncode::sendsALoneSystemTextAsTheUsers()
{
    const HttpCall call = encoded(chat(R"({"role":"system","content":"hi"})"));
    QCOMPARE(call.body, std::string(R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}]})"));
    QCOMPARE(call.notes.size(), std::size_t{1});
}

void TestGeminiEncode::beginsWithTheUser()
{
    const HttpCall call = encoded(chat(R"({"role":"assistant","content":"Welcome"},)" + kHi));
    QCOMPARE(member(call.body, "contents"),
             std::string(R"([{"role":"user","parts":[{"text":"Hello."}]},)"
                         R"({"role":"model","parts":[{"text":"Welcome"}]},)"
                         R"({"role":"user","parts":[{"text":"hi"}]}])"));
    QCOMPARE(call.notes.size(), std::size_t{1});
}

void TestGeminiEncode::namesTheSpeakersItCannot()
{
    const HttpCall call = encoded(chat(R"({"role":"user","name":"bob","content":"hi"})"));
    QCOMPARE(call.dropped, std::vector<std::string>{"messages[].name"});
}

void TestGeminiEncode::configuresTheAnswer_data()
{
    lossColumns();
    const char *old = "gemini-2.0-flash";
    lossRow("nothing", kFlash, "", "");
    lossRow("limit", kFlash, R"("max_completion_tokens":5,)", R"({"maxOutputTokens":5})");
    lossRow("hot", kFlash, R"("temperature":2.5,)", R"({"temperature":2})", "", 1);
    lossRow("cold", kFlash, R"("temperature":-1,)", R"({"temperature":0})", "", 1);
    lossRow("warm", kFlash, R"("temperature":1.7,)", R"({"temperature":1.7})");
    lossRow("top_k", kFlash, R"("top_k":5,)", R"({"topK":5})");
    lossRow("odd top_k", kFlash, R"("top_k":1.5,)", "", "top_k", 1);
    lossRow("two answers", kFlash, R"("n":2,)", R"({"candidateCount":2})");
    lossRow("one answer", kFlash, R"("n":1,)", "");
    lossRow("stops", kFlash, R"("stop":["a","b"],)", R"({"stopSequences":["a","b"]})");
    lossRow("empty stop", kFlash, R"("stop":["","b"],)", R"({"stopSequences":["b"]})", "stop", 1);
    lossRow("too many stops",
            kFlash,
            R"("stop":["1","2","3","4","5","6"],)",
            R"({"stopSequences":["1","2","3","4","5"]})",
            "stop",
            1);
    lossRow("seed", kFlash, R"("seed":-7,)", R"({"seed":-7})");
    lossRow("seed beyond 32 bits", kFlash, R"("seed":2147483648,)", "", "seed", 1);
    lossRow("fractional seed", kFlash, R"("seed":1.5,)", "", "seed", 1);
    lossRow("penalty",
            old,
            R"("presence_penalty":0.5,"frequency_penalty":-1,)",
            R"({"presencePenalty":0.5,"frequencyPenalty":-1})");
    lossRow("penalty not taken", kFlash, R"("presence_penalty":0.5,)", "", "presence_penalty", 1);
    lossRow("no penalty", kFlash, R"("presence_penalty":0,"frequency_penalty":0.0,)", "");
    lossRow("logprobs",
            old,
            R"("logprobs":true,"top_logprobs":3,)",
            R"({"responseLogprobs":true,"logprobs":3})");
    lossRow("logprobs of the chosen alone",
            old,
            R"("logprobs":true,"top_logprobs":0,)",
            R"({"responseLogprobs":true})");
    lossRow("logprobs not taken", kFlash, R"("logprobs":true,)", "", "logprobs", 1);
    lossRow("no logprobs", kFlash, R"("logprobs":false,)", "");
}

void TestGeminiEncode::configuresTheAnswer()
{
    compareLosses();
}

void TestGeminiEncode::lowersTheLimitToTheModels()
{
    const HttpCall call = encoded(chat(kHi, R"("max_tokens":100000,)"), kFlash, 65'536);
    QCOMPARE(member(call.body, "generationConfig"), std::string(R"({"maxOutputTokens":65536})"));
    QCOMPARE(call.notes.size(), std::size_t{1});
    QCOMPARE(member(encoded(chat(kHi), kFlash, 65'536).body, "generationConfig"), std::string());
}

void TestGeminiEncode::namesWhatItDrops()
{
    const HttpCall call = encoded(chat(
        kHi,
        R"("stream":true,"stream_options":{"include_usage":true},"user":"u","logit_bias":{"1":2},"store":true,"foo":[1],)"));
    const std::vector<std::string> dropped = {"user", "logit_bias", "store", "foo"};
    QCOMPARE(call.dropped, dropped);
    QCOMPARE(call.notes.size(), dropped.size());
    QCOMPARE(member(call.body, "stream_options"), std::string());
}

void TestGeminiEncode::dropsNothingThatSaysNothing()
{
    const HttpCall call = encoded(
        chat(kHi, R"("store":false,"logit_bias":{},"metadata":null,"modalities":[],)"));
    QVERIFY(call.dropped.empty());
}

void TestGeminiEncode::asksForJson_data()
{
    lossColumns();
    const std::string schema =
        R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}}},)";
    const std::string object = R"("response_format":{"type":"json_object"},)";
    const char *sent =
        R"({"responseMimeType":"application/json","responseSchema":{"properties":{"a":{"type":"integer"}},"type":"object"}})";
    lossRow("text", kFlash, R"("response_format":{"type":"text"},)", "");
    lossRow("object", kFlash, object, R"({"responseMimeType":"application/json"})");
    lossRow("schema", kFlash, schema, sent);
    lossRow(
        "schema of the newer dialect",
        kFlash,
        R"("response_format":{"type":"json_schema","json_schema":{"schema":{"$ref":"#/$defs/t","$defs":{"t":{"type":"string"}}}}},)",
        R"({"responseMimeType":"application/json","responseJsonSchema":{"$ref":"#/$defs/t","$defs":{"t":{"type":"string"}}}})");
    lossRow("object beside tools, new",
            "gemini-3-flash-preview",
            object + kTool,
            R"({"responseMimeType":"application/json"})");
    lossRow("schema beside tools, new", "gemini-3-flash-preview", schema + kTool, sent);
    lossRow("object beside tools, older", kFlash, object + kTool, "", "response_format", 2);
    lossRow("schema beside forbidden tools",
            kFlash,
            schema + kTool + R"("tool_choice":"none",)",
            sent);
}

void TestGeminiEncode::asksForJson()
{
    compareLosses();
}

void TestGeminiEncode::asksForJsonInWordsBesideTools()
{
    const std::string body = chat(kHi, R"("response_format":{"type":"json_object"},)" + kTool);
    const std::string wish = "Answer with one JSON object";
    QVERIFY(member(encoded(body).body, "systemInstruction").find(wish) != std::string::npos);
    QCOMPARE(encoded(body, "gemini-3-flash-preview").body.find(wish), std::string::npos);
}

void TestGeminiEncode::asksForThinking_data()
{
    lossColumns();
    const auto effort = [](const char *level) {
        return R"("reasoning_effort":")" + std::string(level) + R"(",)";
    };
    const char *pro25 = "gemini-2.5-pro";
    const char *lite25 = "gemini-2.5-flash-lite";
    const char *flash3 = "gemini-3-flash-preview";
    const char *pro3 = "gemini-3-pro-preview";
    const char *pro31 = "models/gemini-3.1-pro-preview";
    const auto row = [&](const char *name,
                         const char *model,
                         const char *level,
                         const char *config,
                         int notes = 0) {
        QTest::newRow(name) << QByteArray(model) << bytes(effort(level))
                            << R"({"thinkingConfig":)" + QByteArray(config) + "}" << QByteArray()
                            << notes;
    };
    row("2.5 none", kFlash, "none", R"({"thinkingBudget":0})");
    row("2.5 minimal", kFlash, "minimal", R"({"thinkingBudget":1024,"includeThoughts":true})");
    row("2.5 low", kFlash, "low", R"({"thinkingBudget":1024,"includeThoughts":true})");
    row("2.5 medium", kFlash, "medium", R"({"thinkingBudget":8192,"includeThoughts":true})");
    row("2.5 high", kFlash, "high", R"({"thinkingBudget":24576,"includeThoughts":true})");
    row("2.5 max", kFlash, "max", R"({"thinkingBudget":24576,"includeThoughts":true})");
    row("2.5 pro none", pro25, "none", R"({"thinkingBudget":128})", 1);
    row("2.5 pro max", pro25, "xhigh", R"({"thinkingBudget":32768,"includeThoughts":true})");
    row("2.5 lite none", lite25, "none", R"({"thinkingBudget":0})");
    row("3 none", flash3, "none", R"({"thinkingLevel":"MINIMAL"})", 1);
    row("3 minimal", flash3, "minimal", R"({"thinkingLevel":"MINIMAL","includeThoughts":true})");
    row("3 low", flash3, "low", R"({"thinkingLevel":"LOW","includeThoughts":true})");
    row("3 medium", flash3, "medium", R"({"thinkingLevel":"MEDIUM","includeThoughts":true})");
    row("3 high", flash3, "high", R"({"thinkingLevel":"HIGH","includeThoughts":true})");
    row("3 max", flash3, "max", R"({"thinkingLevel":"HIGH","includeThoughts":true})", 1);
    row("3 pro none", pro3, "none", R"({"thinkingLevel":"LOW"})", 1);
    row("3 pro medium", pro3, "medium", R"({"thinkingLevel":"HIGH","includeThoughts":true})", 1);
    row("3.1 pro medium", pro31, "medium", R"({"thinkingLevel":"MEDIUM","includeThoughts":true})");
    row("3.1 pro minimal",
        pro31,
        "minimal",
        R"({"thinkingLevel":"LOW","includeThoughts":true})",
        1);
    lossRow("2.0", "gemini-2.0-flash", effort("high"), "", "reasoning_effort", 2);
    lossRow("2.0 none", "gemini-2.0-flash", effort("none"), "");
    lossRow("odd", kFlash, effort("much"), "", "reasoning_effort", 2);
    lossRow("null", kFlash, R"("reasoning_effort":null,)", "");
}

void TestGeminiEncode::asksForThinking()
{
    compareLosses();
}

void TestGeminiEncode::translatesMedia_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("dropped");
    const auto row =
        [](const char *name, const char *part, const char *sent, const char *dropped = "") {
            QTest::newRow(name) << QByteArray(part) << QByteArray(sent) << QByteArray(dropped);
        };
    row("png",
        R"({"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO"}})",
        R"({"inlineData":{"mimeType":"image/png","data":"iVBO"}})");
    row("jpg, as some write it",
        R"({"type":"image_url","image_url":"DATA:image/jpg;base64,/9j/"})",
        R"({"inlineData":{"mimeType":"image/jpeg","data":"/9j/"}})");
    row("detail",
        R"({"type":"image_url","image_url":{"url":"data:image/heic;base64,AA==","detail":"low"}})",
        R"({"inlineData":{"mimeType":"image/heic","data":"AA=="}})",
        "image_url.detail");
    row("address",
        R"({"type":"image_url","image_url":{"url":"https://example.com/a.PNG?x=1","detail":"auto"}})",
        R"({"fileData":{"mimeType":"image/png","fileUri":"https://example.com/a.PNG?x=1"}})");
    row("address of no telling end",
        R"({"type":"image_url","image_url":{"url":"https://example.com/a"}})",
        R"({"fileData":{"fileUri":"https://example.com/a"}})");
    row("sound",
        R"({"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}})",
        R"({"inlineData":{"mimeType":"audio/wav","data":"UklG"}})");
    row("document",
        R"({"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}})",
        R"({"inlineData":{"mimeType":"application/pdf","data":"JVBE"}})");
}

void TestGeminiEncode::translatesMedia()
{
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, dropped);
    const HttpCall call = encoded(chat(R"({"role":"user","content":[{"type":"text","text":"see"},)"
                                       + part.toStdString() + "]}"));
    QCOMPARE(bytes(member(call.body, "contents")),
             R"([{"role":"user","parts":[{"text":"see"},)" + sent + "]}]");
    QCOMPARE(call.dropped.empty() ? QByteArray() : bytes(call.dropped.front()), dropped);
}

void TestGeminiEncode::knowsTheModels_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("traits");
    const auto row = [](const char *model, const char *traits) {
        QTest::newRow(model) << QByteArray(model) << QByteArray(traits);
    };
    row("gemini-1.5-flash", "penalties");
    row("gemini-2.0-flash-lite", "penalties");
    row("gemini-2.5-flash", "budget 1..24576 off");
    row("gemini-2.5-flash-preview-09-2025", "budget 1..24576 off");
    row("gemini-2.5-flash-lite", "budget 512..24576 off");
    row("models/gemini-2.5-pro", "budget 128..32768");
    row("gemini-2.5-flash-image", "");
    row("gemini-3-pro-preview", "level signatures");
    row("gemini-3.1-pro-preview", "level medium signatures");
    row("gemini-pro-latest", "level medium signatures");
    row("gemini-3.5-flash", "level minimal medium signatures");
    row("google/gemini-flash-latest", "level minimal medium signatures");
    row("gemini-embedding-001", "");
    row("gemma-3-27b-it", "");
}

void TestGeminiEncode::knowsTheModels()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, traits);
    const GeminiModel known = geminiModel(model.toStdString());
    QByteArray found;
    if (known.thinking == GeminiModel::Thinking::Budget) {
        found += "budget " + QByteArray::number(static_cast<qint64>(known.budgetMin)) + ".."
                 + QByteArray::number(static_cast<qint64>(known.budgetMax)) + " ";
    }
    found += known.thinking == GeminiModel::Thinking::Level ? "level " : "";
    found += known.mayNotThink ? "off " : "";
    found += known.hasMinimal ? "minimal " : "";
    found += known.hasMedium ? "medium " : "";
    found += known.takesPenalties ? "penalties " : "";
    found += known.wantsSignatures ? "signatures " : "";
    QCOMPARE(found.trimmed(), traits);
    QCOMPARE(known.takesLogprobs, known.takesPenalties);
    QCOMPARE(known.takesToolsBesideJson, known.wantsSignatures);
}

void TestGeminiEncode::refusesWhatItCannotCarry_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("why");
    const auto row =
        [](const char *name, const std::string &body, const char *why, const char *model = kFlash) {
            QTest::newRow(name) << bytes(body) << QByteArray(model) << QByteArray(why);
        };
    const auto part = [](const char *json) {
        return chat(R"({"role":"user","content":[)" + std::string(json) + "]}");
    };
    row("nine answers", chat(kHi, R"("n":9,)"), "Gemini gives at most 8 answers");
    row("nothing said", chat(R"({"role":"user","content":""})"), "no conversation without content");
    row("prefill",
        chat(kHi + R"(,{"role":"assistant","content":"Well,"})"),
        "ends with the assistant's words");
    row("gif",
        part(R"({"type":"image_url","image_url":{"url":"data:image/gif;base64,R0"}})"),
        "image/gif");
    row("not base64",
        part(R"({"type":"image_url","image_url":{"url":"data:image/png,x"}})"),
        "must be base64");
    row("empty picture",
        part(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,"}})"),
        "not empty");
    row("another scheme",
        part(R"({"type":"image_url","image_url":{"url":"ftp://x/a.png"}})"),
        "https addresses only");
    row("no url", part(R"({"type":"image_url"})"), "https addresses only");
    row("other sound",
        part(R"({"type":"input_audio","input_audio":{"data":"x","format":"flac"}})"),
        "WAV or MP3");
    row("file id", part(R"({"type":"file","file":{"file_id":"file-1"}})"), "data URLs of PDF");
    row("video", part(R"({"type":"video_url"})"), "cannot be sent to Gemini");
    row("picture in a system message",
        chat(
            R"({"role":"system","content":[{"type":"image_url","image_url":{"url":"https://x/a.png"}}]},)"
            + kHi),
        "nothing but text in system messages");
    row("no schema",
        chat(kHi, R"("response_format":{"type":"json_schema","json_schema":{"schema":5}},)"),
        "must be an object");
    row("schema beside tools",
        chat(
            kHi,
            kTool
                + R"("response_format":{"type":"json_schema","json_schema":{"schema":{"type":"string"}}},)"),
        "no tools beside a schema");
}

void TestGeminiEncode::refusesWhatItCannotCarry()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, why);
    const Refusal refusal = refusalOf(ProviderKind::Gemini,
                                      body.toStdString(),
                                      model.toStdString());
    QVERIFY2(refusal.text.find(why.toStdString()) != std::string::npos, refusal.text.c_str());
}

QTEST_APPLESS_MAIN(TestGeminiEncode)
#include "tst_gemini_encode.moc"
