// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/simulator.h"
#include "tests/unit/simulator/http_client.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::simulator;

class TestSimulatorGemini : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersInGeminisShape();
    void streamsInGeminisShape();
    void streamsAnArrayUnlessAskedForEvents();
    void listsModels();
    void refusesAWrongKeyWith400();
    void tellsTheWaitInTheBody();
    void refusesWhatTheApiRefuses_data();
    void refusesWhatTheApiRefuses();

private:
    HttpAnswer ask(const std::string &method,
                   const std::string &body,
                   const std::string &model = "gemini-2.5-flash");

    std::unique_ptr<Simulator> m_simulator;
};

namespace {

const std::string kHi = R"("contents":[{"role":"user","parts":[{"text":"hi"}]}])";

std::string talk(const std::string &more)
{
    return R"("contents":[{"role":"user","parts":[{"text":"hi"}]})" + more + "]";
}

std::string turn(const char *role, const std::string &part)
{
    return R"(,{"role":")" + std::string(role) + R"(","parts":[)" + part + "]}";
}

} // namespace

void TestSimulatorGemini::init()
{
    Scenario scenario;
    ProviderSpec &spec = scenario.providers.emplace_back();
    spec.id = "go";
    spec.format = Format::Gemini;
    spec.models = {{"gemini-2.5-flash", "", {}}, {"gemini-3-flash-preview", "", {}}};
    spec.latencyMs = {0, 0};
    spec.tokensPerSecond = 0;
    spec.outputTokens = {20, 0};
    spec.keys.emplace_back("right");
    spec.requestsPerMinute = 2;
    m_simulator = std::make_unique<Simulator>(std::move(scenario));
    QVERIFY(m_simulator->start().ok());
}

HttpAnswer TestSimulatorGemini::ask(const std::string &method,
                                    const std::string &body,
                                    const std::string &model)
{
    HttpClient client(m_simulator->port());
    return client.exchange(
        {"POST", "/go/v1beta/models/" + model + ":" + method, body, {{"x-goog-api-key", "right"}}});
}

void TestSimulatorGemini::answersInGeminisShape()
{
    const Json json = ask("generateContent", "{" + kHi + "}").json();
    const Json &candidate = json["candidates"][0];
    QCOMPARE(candidate["finishReason"], Json("STOP"));
    QCOMPARE(candidate["content"]["role"], Json("model"));
    const Json &usage = json["usageMetadata"];
    QCOMPARE(usage["candidatesTokenCount"], Json(20));
    QCOMPARE(usage["totalTokenCount"].get<int>(), usage["promptTokenCount"].get<int>() + 20);
    QCOMPARE(json["modelVersion"], Json("gemini-2.5-flash"));
}

void TestSimulatorGemini::streamsInGeminisShape()
{
    const HttpAnswer answer = ask("streamGenerateContent?alt=sse", "{" + kHi + "}");
    QVERIFY(answer.body.starts_with("data: {"));
    QVERIFY(answer.body.ends_with("}\r\n\r\n"));
    QCOMPARE(answer.body.find("[DONE]"), std::string::npos);
    const auto last = answer.body.rfind("data: ");
    const Json end = parseJson(answer.body.substr(last + 6)).value_or(Json());
    QCOMPARE(end["candidates"][0]["finishReason"], Json("STOP"));
}

void TestSimulatorGemini::streamsAnArrayUnlessAskedForEvents()
{
    const Json json = ask("streamGenerateContent", "{" + kHi + "}").json();
    QVERIFY(json.is_array() && json[0].contains("candidates"));
}

void TestSimulatorGemini::listsModels()
{
    HttpClient client(m_simulator->port());
    const HttpAnswer answer = client.exchange(
        {"GET", "/go/v1beta/models", {}, {{"x-goog-api-key", "right"}}});
    QCOMPARE(answer.json()["models"][0]["name"], Json("models/gemini-2.5-flash"));
}

void TestSimulatorGemini::refusesAWrongKeyWith400()
{
    HttpClient client(m_simulator->port());
    const HttpAnswer answer = client.exchange(
        {"POST",
         "/go/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
         "{" + kHi + "}",
         {{"x-goog-api-key", "wrong"}}});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.json()["error"]["details"][0]["reason"], Json("API_KEY_INVALID"));
    QCOMPARE(answer.header("content-type"), std::string("text/event-stream"));
}

void TestSimulatorGemini::tellsTheWaitInTheBody()
{
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(ask("generateContent", "{" + kHi + "}").status, 200);
    }
    const HttpAnswer answer = ask("generateContent", "{" + kHi + "}");
    QCOMPARE(answer.status, 429);
    QVERIFY(answer.header("retry-after").empty());
    const std::string delay = answer.json()["error"]["details"][0]["retryDelay"];
    QVERIFY2(delay == "29s" || delay == "30s", delay.c_str());
}

void TestSimulatorGemini::refusesWhatTheApiRefuses_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("model");
    const auto row = [](const char *name,
                        const std::string &members,
                        const char *words,
                        const char *model = "gemini-2.5-flash") {
        QTest::newRow(name) << QByteArray::fromStdString(members) << QByteArray(words)
                            << QByteArray(model);
    };
    const auto tool = [](const char *function) {
        return R"(,"tools":[{"functionDeclarations":[)" + std::string(function) + "]}]";
    };
    const std::string call = turn("model", R"({"functionCall":{"name":"f","args":{}}})");
    const std::string result = turn("user", R"({"functionResponse":{"name":"f","response":{}}})");
    row("nothing", R"("contents":[])", "contents is not specified");
    row("unknown member", kHi + R"(,"seed":1)", "Unknown name \"seed\"");
    row("unknown option", kHi + R"(,"generationConfig":{"n":1})", "generation_config");
    row("role", R"("contents":[{"role":"assistant","parts":[{"text":"x"}]}])", "valid role");
    row("no parts", R"("contents":[{"role":"user","parts":[]}])", "must not be empty");
    row("two things in a part",
        R"("contents":[{"role":"user","parts":[{"text":"x","inlineData":{"mimeType":"image/png","data":"A"}}]}])",
        "oneof");
    row("type of a picture",
        R"("contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/gif","data":"A"}}]}])",
        "Unsupported MIME type");
    row("no result", talk(call + turn("user", R"({"text":"x"})")), "number of function response");
    row("no call", talk(turn("model", R"({"text":"x"})") + result), "immediately after");
    row("another's result",
        talk(call + turn("user", R"({"functionResponse":{"name":"g","response":{}}})")),
        "does not match");
    row("result of text",
        talk(call + turn("user", R"({"functionResponse":{"name":"f","response":"x"}})")),
        "Struct");
    row("ends with the model", talk(turn("model", R"({"text":"x"})")), "begin and end");
    row("name", kHi + tool(R"({"name":"1f"})"), "Invalid function name");
    row("keyword",
        kHi
            + tool(
                R"({"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string","const":"x"}}}})"),
        "Unknown name \"const\"");
    row("no type",
        kHi + tool(R"({"name":"f","parameters":{"type":"object","properties":{"a":{}}}})"),
        "type is missing");
    row("no items",
        kHi + tool(R"({"name":"f","parameters":{"type":"array"}})"),
        "items: missing field");
    row("JSON beside tools",
        kHi + R"(,"generationConfig":{"responseMimeType":"application/json"})"
            + tool(R"({"name":"f"})"),
        "is unsupported");
    row("penalty", kHi + R"(,"generationConfig":{"presencePenalty":1})", "Penalty");
    row("heat", kHi + R"(,"generationConfig":{"temperature":"x"})", "temperature");
    row("level",
        kHi + R"(,"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}})",
        "Thinking level");
    row("budget",
        kHi + R"(,"generationConfig":{"thinkingConfig":{"thinkingBudget":0}})",
        "Thinking budget",
        "gemini-3-flash-preview");
    row("no signature",
        talk(call + result),
        "missing a thought_signature",
        "gemini-3-flash-preview");
    row("forged signature",
        talk(turn("model", R"({"functionCall":{"name":"f","args":{}},"thoughtSignature":"x"})")
             + result),
        "not valid",
        "gemini-3-flash-preview");
}

void TestSimulatorGemini::refusesWhatTheApiRefuses()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, model);
    const HttpAnswer answer = ask("generateContent",
                                  "{" + members.toStdString() + "}",
                                  model.toStdString());
    QCOMPARE(answer.status, 400);
    const Json error = answer.json()["error"];
    QCOMPARE(error["status"], Json("INVALID_ARGUMENT"));
    const std::string message = error["message"];
    QVERIFY2(message.find(words.toStdString()) != std::string::npos, message.c_str());
}

QTEST_GUILESS_MAIN(TestSimulatorGemini)
#include "tst_simulator_gemini.moc"
