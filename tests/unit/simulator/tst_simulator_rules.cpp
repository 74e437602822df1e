// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/simulator.h"
#include "tests/unit/simulator/http_client.h"

#include <QTest>

#include <set>

using namespace signalbox;
using namespace signalbox::simulator;

/// *Goal*: each provider of OpenAI's form refuses what its API refuses, in its words, and thinks and
/// calls as it does. *Method*: a running simulator with one provider of each, named by its rules.
class TestSimulatorRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takesWhatIsRight_data();
    void takesWhatIsRight();
    void refusesWhatTheApiRefuses_data();
    void refusesWhatTheApiRefuses();
    void callsSeveralToolsAtOnce_data();
    void callsSeveralToolsAtOnce();
    void repeatsTheResultsOfTools();
    void showsItsThinking_data();
    void showsItsThinking();
    void countsTheUsageOfAStream_data();
    void countsTheUsageOfAStream();
    void signsWhatOpenRouterThought();
    void writesErrorsInItsOwnShape();

private:
    HttpAnswer ask(const std::string &provider, const std::string &body);

    std::unique_ptr<Simulator> m_simulator;
};

namespace {

const std::string kUser = R"({"role":"user","content":"Paris?"})";
const std::string kTools =
    R"("tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"integer"}}}}},)"
    R"({"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}])";

std::string calling(const std::string &ids, const std::string &more = "")
{
    std::string calls;
    for (std::size_t at = 0; at < ids.size();) {
        const std::size_t end = std::min(ids.find(' ', at), ids.size());
        calls += (at == 0 ? "" : ",") + std::string(R"({"id":")") + ids.substr(at, end - at)
                 + R"(","type":"function","function":{"name":"f","arguments":"{}"}})";
        at = end + 1;
    }
    return R"({"role":"assistant","content":"",)" + more + R"("tool_calls":[)" + calls + "]}";
}

std::string result(const std::string &id)
{
    return R"({"role":"tool","tool_call_id":")" + id + R"(","content":"it is )" + id + R"("})";
}

/// A whole request; \p more are members after the messages.
std::string request(const std::string &messages, const std::string &more = "")
{
    return R"({"model":"m","messages":[)" + messages + "]" + (more.empty() ? "" : "," + more) + "}";
}

const std::string kPaired = kUser + "," + calling("abcdefgh1 abcdefgh2") + "," + result("abcdefgh2")
                            + "," + result("abcdefgh1");
const std::string kSaidThought = R"("reasoning_content":"",)";
const std::string kUnthinking = R"("thinking":{"type":"disabled"})";

/// The message of an answer, however it came.
Json messageOf(const HttpAnswer &answer, bool stream)
{
    if (!stream) {
        return answer.json()["choices"][0]["message"];
    }
    Json message{{"tool_calls", Json::array()}};
    for (const Json &chunk : answer.chunks()) {
        if (chunk["choices"].empty()) {
            continue;
        }
        for (const Json &part : chunk["choices"][0]["delta"].value("tool_calls", Json::array())) {
            const auto index = part["index"].get<std::size_t>();
            if (part.contains("id")) {
                message["tool_calls"].push_back(part);
            } else {
                Json &arguments = message["tool_calls"][index]["function"]["arguments"];
                arguments = arguments.get<std::string>()
                            + part["function"]["arguments"].get<std::string>();
            }
        }
    }
    return message;
}

} // namespace

void TestSimulatorRules::initTestCase()
{
    Scenario scenario;
    for (const Rules rules : {Rules::None,
                              Rules::OpenAi,
                              Rules::Qwen,
                              Rules::DeepSeek,
                              Rules::Mistral,
                              Rules::OpenRouter}) {
        ProviderSpec spec;
        spec.id = nameOf(rules);
        spec.rules = rules;
        spec.models = {{"m", "", {}}};
        spec.latencyMs = {0, 0};
        spec.tokensPerSecond = 0;
        spec.outputTokens = {8, 0};
        scenario.providers.push_back(std::move(spec));
    }
    m_simulator = std::make_unique<Simulator>(std::move(scenario));
    QVERIFY(m_simulator->start().ok());
}

HttpAnswer TestSimulatorRules::ask(const std::string &provider, const std::string &body)
{
    HttpClient client(m_simulator->port());
    return client.exchange({"POST", "/" + provider + "/v1/chat/completions", body, {}});
}

void TestSimulatorRules::takesWhatIsRight_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *provider, const char *name, const std::string &body) {
        QTest::addRow("%s: %s", provider, name)
            << QByteArray(provider) << QByteArray::fromStdString(body);
    };
    for (const char *provider : {"openai", "qwen", "mistral", "openrouter"}) {
        row(provider, "results in any order", request(kPaired));
    }
    const std::string thought = kUser + "," + calling("a b", kSaidThought) + "," + result("b") + ","
                                + result("a");
    row("deepseek", "empty reasoning", request(thought));
    row("deepseek", "reasoning that nobody needs", request(kPaired, kUnthinking));
    row("deepseek", "no tools", request(kUser + R"(,{"role":"assistant","content":"x"},)" + kUser));
    row("qwen", "thinking in a stream", request(kUser, R"("enable_thinking":true,"stream":true)"));
    row("mistral", "prefix", request(R"({"role":"assistant","content":"x","prefix":true})"));
    row("openai",
        "40 letters",
        request(kUser + "," + calling(std::string(40, 'a')) + "," + result(std::string(40, 'a'))));
    row("none", "whatever it is", request(result("x") + "," + calling("y")));
}

void TestSimulatorRules::takesWhatIsRight()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, body);
    const HttpAnswer answer = ask(provider.toStdString(), body.toStdString());
    QVERIFY2(answer.status == 200, answer.body.c_str());
}

void TestSimulatorRules::refusesWhatTheApiRefuses_data()
{
    QTest::addColumn<QByteArray>("providers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name,
                        const char *providers,
                        const std::string &body,
                        const char *words,
                        int status = 400) {
        QTest::newRow(name) << QByteArray(providers) << QByteArray::fromStdString(body)
                            << QByteArray(words) << status;
    };
    const std::string unanswered = kUser + "," + calling("abcdefgh1 abcdefgh2") + ","
                                   + result("abcdefgh1");
    const std::string foreign = kUser + "," + calling("abcdefgh1") + "," + result("abcdefgh9");
    const std::string stray = kUser + "," + result("abcdefgh1");
    const std::string late = kUser + "," + calling("abcdefgh1") + "," + kUser + ","
                             + result("abcdefgh1");
    row("no result",
        "openai qwen openrouter",
        request(unanswered),
        "must be followed by tool messages");
    row("no result, DeepSeek",
        "deepseek",
        request(unanswered, kUnthinking),
        "No tool output found for tool call abcdefgh2.");
    row("no result, Mistral",
        "mistral",
        request(unanswered),
        "Not the same number of function calls and responses");
    row("a result of nothing", "openai qwen openrouter", request(foreign), "abcdefgh9");
    row("a result of nothing, DeepSeek", "deepseek", request(foreign, kUnthinking), "abcdefgh9");
    row("a result of nothing, Mistral", "mistral", request(foreign), "Unexpected tool call id");
    row("a result without calls", "openai qwen openrouter", request(stray), "preceeding message");
    row("a result without calls, Mistral", "mistral", request(stray), "Unexpected role 'tool'");
    row("a result too late", "openai qwen openrouter", request(late), "must be followed");
    row("reasoning given back",
        "openai",
        request(kUser + "," + calling("a", kSaidThought) + "," + result("a")),
        "messages[1].reasoning_content");
    row("a long id",
        "openai",
        request(kUser + "," + calling(std::string(41, 'a')) + "," + result(std::string(41, 'a'))),
        "maximum length 40");
    row("no reasoning", "deepseek", request(kPaired), "must be passed back");
    row("a forced tool while thinking",
        "deepseek",
        request(kUser, kTools + R"(,"tool_choice":"required")"),
        "does not support this tool_choice");
    row("no parameters",
        "deepseek",
        request(kUser, R"("tools":[{"type":"function","function":{"name":"f","parameters":{}}}])"),
        "JSON Schema");
    row("a schema of the answer",
        "deepseek",
        request(kUser, R"("response_format":{"type":"json_schema","json_schema":{}})"),
        "unavailable");
    row("JSON unsaid",
        "deepseek qwen",
        request(kUser, R"("response_format":{"type":"json_object"})"),
        "'json'");
    row("thinking without a stream",
        "qwen",
        request(kUser, R"("enable_thinking":true)"),
        "non-streaming calls");
    row("a forced tool while thinking, Qwen",
        "qwen",
        request(kUser,
                kTools + R"(,"stream":true,"enable_thinking":true,"tool_choice":"required")"),
        "in thinking mode");
    row("an id of Anthropic's",
        "mistral",
        request(kUser + "," + calling("toolu_01") + "," + result("toolu_01")),
        "with a length of 9");
    row("an unknown member", "mistral", request(kUser, R"("user":"u")"), "extra_forbidden", 422);
    row("an unknown member of a message",
        "mistral",
        request(R"({"role":"user","content":"x","name":"n"})"),
        "messages.0.name",
        422);
    row("a null", "mistral", request(kUser, R"("stop":null)"), "stop", 422);
    row("the assistant last",
        "mistral",
        request(kUser + R"(,{"role":"assistant","content":"x"})"),
        "Expected last role User or Tool");
    row("an altered signature",
        "openrouter",
        request(
            kUser
            + R"(,{"role":"assistant","content":"x","reasoning_details":[{"type":"reasoning.text","format":"unknown","text":"hm","signature":"sim-1"}]},)"
            + kUser),
        "Invalid signature");
}

void TestSimulatorRules::refusesWhatTheApiRefuses()
{
    QFETCH(QByteArray, providers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, words);
    QFETCH(int, status);
    for (const QByteArray &provider : providers.split(' ')) {
        const HttpAnswer answer = ask(provider.toStdString(), body.toStdString());
        QVERIFY2(answer.status == status, (provider + answer.body.c_str()).constData());
        QVERIFY2(answer.body.find(words.toStdString()) != std::string::npos, answer.body.c_str());
    }
}

void TestSimulatorRules::callsSeveralToolsAtOnce_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<bool>("stream");
    for (const char *provider : {"none", "openai", "qwen", "mistral", "openrouter"}) {
        QTest::addRow("%s, whole", provider) << QByteArray(provider) << false;
        QTest::addRow("%s, streamed", provider) << QByteArray(provider) << true;
    }
}

void TestSimulatorRules::callsSeveralToolsAtOnce()
{
    QFETCH(QByteArray, provider);
    QFETCH(bool, stream);
    const std::string forced = kTools + R"(,"tool_choice":"required","stream":)"
                               + (stream ? "true" : "false");
    const Json calls = messageOf(ask(provider.toStdString(), request(kUser, forced)),
                                 stream)["tool_calls"];
    QCOMPARE(calls.size(), std::size_t(2));
    QCOMPARE(calls[0]["function"]["name"], Json("f"));
    QCOMPARE(calls[0]["function"]["arguments"], Json(R"({"a":7})"));
    QCOMPARE(calls[1]["function"]["name"], Json("g"));
    QCOMPARE(calls[1]["function"]["arguments"], Json("{}"));
    QVERIFY(calls[0]["id"] != calls[1]["id"]);
    const Json one = messageOf(ask(provider.toStdString(),
                                   request(kUser, forced + R"(,"parallel_tool_calls":false)")),
                               stream)["tool_calls"];
    QCOMPARE(one.size(), std::size_t(1));
}

void TestSimulatorRules::repeatsTheResultsOfTools()
{
    const Json answer = ask("openai", request(kPaired, kTools)).json();
    QCOMPARE(answer["choices"][0]["message"]["content"],
             Json("f said it is abcdefgh2; f said it is abcdefgh1"));
}

void TestSimulatorRules::showsItsThinking_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("shown"); // what the text stands after; empty: it is not shown
    QTest::newRow("OpenAI") << QByteArray("openai") << QByteArray(R"("reasoning_effort":"low")")
                            << QByteArray();
    QTest::newRow("DeepSeek") << QByteArray("deepseek") << QByteArray(R"("top_p":1)")
                              << QByteArray(R"("reasoning_content":")");
    QTest::newRow("Mistral") << QByteArray("mistral") << QByteArray(R"("reasoning_effort":"high")")
                             << QByteArray(R"("thinking":[{"type":"text","text":")");
    QTest::newRow("OpenRouter") << QByteArray("openrouter")
                                << QByteArray(R"("reasoning_effort":"low")")
                                << QByteArray(R"("reasoning":")");
}

void TestSimulatorRules::showsItsThinking()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, shown);
    for (const char *stream : {R"(,"stream":true)", R"(,"stream":false)"}) {
        const HttpAnswer answer = ask(provider.toStdString(),
                                      request(kUser, asked.toStdString() + stream));
        QCOMPARE(answer.status, 200);
        const bool seen = !shown.isEmpty()
                          && answer.body.find(shown.toStdString()) != std::string::npos;
        QCOMPARE(seen, !shown.isEmpty());
    }
    const Json usage =
        ask(provider.toStdString(), request(kUser, asked.toStdString())).json()["usage"];
    const int thought = usage["completion_tokens_details"]["reasoning_tokens"];
    QVERIFY(thought > 0 && thought < usage["completion_tokens"].get<int>());
}

void TestSimulatorRules::countsTheUsageOfAStream_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<bool>("unasked");
    QTest::addColumn<int>("choices"); // beside it
    QTest::addColumn<int>("finishes");
    QTest::newRow("OpenAI") << QByteArray("openai") << false << 0 << 1;
    QTest::newRow("Qwen") << QByteArray("qwen") << false << 0 << 1;
    QTest::newRow("DeepSeek") << QByteArray("deepseek") << false << 1 << 1;
    QTest::newRow("Mistral") << QByteArray("mistral") << true << 1 << 1;
    QTest::newRow("OpenRouter") << QByteArray("openrouter") << true << 1 << 2;
}

void TestSimulatorRules::countsTheUsageOfAStream()
{
    QFETCH(QByteArray, provider);
    QFETCH(bool, unasked);
    QFETCH(int, choices);
    QFETCH(int, finishes);
    const std::string asked = unasked ? "" : R"(,"stream_options":{"include_usage":true})";
    const std::vector<Json> chunks =
        ask(provider.toStdString(), request(kUser, R"("stream":true)" + asked)).chunks();
    int finished = 0;
    for (const Json &chunk : chunks) {
        const bool last = &chunk == &chunks.back();
        QCOMPARE(chunk.value("usage", Json()).is_object(), last);
        finished += !chunk["choices"].empty() && chunk["choices"][0]["finish_reason"].is_string();
    }
    QCOMPARE(chunks.back()["choices"].size(), static_cast<std::size_t>(choices));
    QCOMPARE(finished, finishes);
}

void TestSimulatorRules::signsWhatOpenRouterThought()
{
    const std::string effort = R"("reasoning_effort":"low")";
    const Json whole = ask("openrouter", request(kUser, effort)).json()["choices"][0]["message"];
    Json gathered{{"type", "reasoning.text"}, {"format", "unknown"}, {"text", ""}};
    for (const Json &chunk :
         ask("openrouter", request(kUser, effort + R"(,"stream":true)")).chunks()) {
        for (const Json &detail : chunk["choices"][0]["delta"].value("reasoning_details", Json())) {
            gathered["text"] = gathered["text"].get<std::string>()
                               + detail["text"].get<std::string>();
            gathered["signature"] = detail.value("signature", Json());
        }
    }
    for (const Json &details : {whole["reasoning_details"], Json::array({gathered})}) {
        const Json said{{"role", "assistant"}, {"content", "x"}, {"reasoning_details", details}};
        const HttpAnswer answer = ask("openrouter",
                                      request(kUser + "," + toText(said) + "," + kUser));
        QVERIFY2(answer.status == 200, answer.body.c_str());
    }
}

void TestSimulatorRules::writesErrorsInItsOwnShape()
{
    const std::string bad = request(kUser + "," + calling("abcdefgh1"));
    QCOMPARE(ask("openai", bad).json()["error"]["param"], Json("messages.[2].role"));
    QVERIFY(ask("qwen", bad).json().contains("request_id"));
    QCOMPARE(ask("deepseek", bad).header("content-type"), std::string("application/octet-stream"));
    QCOMPARE(ask("mistral", bad).json()["object"], Json("error"));
    QCOMPARE(ask("openrouter", bad).json()["error"]["code"], Json(400));
}

QTEST_GUILESS_MAIN(TestSimulatorRules)
#include "tst_simulator_rules.moc"
