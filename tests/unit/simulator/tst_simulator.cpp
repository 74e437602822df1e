// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/simulator.h"
#include "tests/unit/simulator/http_client.h"

#include <QTest>

#include <csignal>
#include <set>

using namespace signalbox;
using namespace signalbox::simulator;

/// *Method*: a running simulator without latency, asked over real sockets.
class TestSimulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void answersAChatInOpenAiShape();
    void streamsAChatInOpenAiShape();
    void leavesUsageOutOfAStreamUnlessAsked();
    void answersAMessageInAnthropicShape();
    void streamsAMessageInAnthropicShape();
    void answersInTheLanguageOfTheQuestion();
    void cutsAtMaxTokens();
    void reportsCachedTokens();
    void callsARequiredTool();
    void streamsARequiredTool();
    void callsAnAnthropicToolWithoutArguments();
    void fillsAJsonSchema();
    void listsModels();
    void embedsLikeTextsAlike();
    void refusesInTheShapeOfTheProvider_data();
    void refusesInTheShapeOfTheProvider();
    void refusesAWrongKey();
    void enforcesRequestsPerMinuteWithItsHeaders();
    void refusesABodyOverTheLimit();
    void repeatsItselfWithTheSameSeed();
    void keepsTheConnectionForTheNextRequest();
    void recordsWhatArrived();
    void keepsBodiesOnlyWhenAskedTo();
    void noticesAPeerThatLeaves();
    void startsAgainAfterStop();
    void saysWhyItCannotListen();

private:
    HttpAnswer ask(const std::string &target,
                   const std::string &body,
                   const std::string &key = "right-key");
    HttpAnswer get(const std::string &target);
    Json provider(const std::string &id);
    void restart(Scenario scenario);

    std::unique_ptr<Simulator> m_simulator;
};

namespace {

ProviderSpec quick(const std::string &id, Format format)
{
    ProviderSpec spec;
    spec.id = id;
    spec.format = format;
    spec.models = {{"model-1", "", {}}, {"model-2", "model-2-2026", {"stop"}}};
    spec.latencyMs = {0, 0};
    spec.tokensPerSecond = 0;
    spec.outputTokens = {20, 0};
    return spec;
}

Scenario quickScenario()
{
    Scenario scenario;
    scenario.providers = {quick("oa", Format::OpenAi), quick("an", Format::Anthropic)};
    scenario.providers[1].cachedShare = 0.5;
    return scenario;
}

std::string chat(const std::string &more, const std::string &text = "Where is my order?")
{
    return R"({"model":"model-1",)" + more + R"("messages":[{"role":"user","content":")" + text
           + R"("}]})";
}

const std::string kTools =
    R"("tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":
{"city":{"type":"string"},"unit":{"enum":["c","f"]},"days":{"type":"integer"}},"required":["city","unit"]}}}],"tool_choice":"required",)";

std::string joinedContent(const std::vector<Json> &chunks)
{
    std::string text;
    for (const Json &chunk : chunks) {
        if (!chunk["choices"].empty())
            text += textAt(chunk["choices"][0]["delta"], "content").value_or("");
    }
    return text;
}

} // namespace

void TestSimulator::init()
{
    restart(quickScenario());
}

void TestSimulator::cleanup()
{
    m_simulator.reset();
}

void TestSimulator::restart(Scenario scenario)
{
    m_simulator = std::make_unique<Simulator>(std::move(scenario));
    QVERIFY(m_simulator->start().ok());
}

HttpAnswer TestSimulator::ask(const std::string &target,
                              const std::string &body,
                              const std::string &key)
{
    HttpClient client(m_simulator->port());
    return client.exchange({"POST",
                            target,
                            body,
                            {{"authorization", "Bearer " + key},
                             {"x-api-key", key},
                             {"anthropic-version", "2023-06-01"}}});
}

HttpAnswer TestSimulator::get(const std::string &target)
{
    HttpClient client(m_simulator->port());
    return client.exchange({"GET", target, {}, {}});
}

Json TestSimulator::provider(const std::string &id)
{
    const Json state = get("/_sim/state").json();
    for (const Json &item : state["providers"]) {
        if (item["id"] == id)
            return item;
    }
    return nullptr;
}

void TestSimulator::answersAChatInOpenAiShape()
{
    const HttpAnswer answer = ask("/oa/v1/chat/completions", chat(""));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("content-type"), std::string("application/json"));
    QVERIFY(!answer.header("x-request-id").empty());
    const Json json = answer.json();
    QCOMPARE(json["object"], Json("chat.completion"));
    QCOMPARE(json["model"], Json("model-1"));
    QCOMPARE(json["choices"][0]["message"]["role"], Json("assistant"));
    QCOMPARE(json["choices"][0]["finish_reason"], Json("stop"));
    QVERIFY(json["choices"][0]["message"]["content"].get<std::string>().size() > 40);
    QCOMPARE(json["usage"]["completion_tokens"], Json(20));
    QCOMPARE(json["usage"]["total_tokens"].get<int>(),
             json["usage"]["prompt_tokens"].get<int>() + 20);
}

void TestSimulator::streamsAChatInOpenAiShape()
{
    const HttpAnswer answer = ask("/oa/v1/chat/completions",
                                  chat(
                                      R"("stream":true,"stream_options":{"include_usage":true},)"));
    QVERIFY(!answer.error);
    QCOMPARE(answer.header("content-type"), std::string("text/event-stream; charset=utf-8"));
    QCOMPARE(answer.events().back(), std::string("[DONE]"));
    QVERIFY(answer.body.size() > 2 && answer.body.substr(answer.body.size() - 2) == "\n\n");
    const std::vector<Json> chunks = answer.chunks();
    QCOMPARE(chunks.size(), std::size_t{1 + 20 + 1 + 1});
    QCOMPARE(chunks.front()["choices"][0]["delta"]["role"], Json("assistant"));
    QCOMPARE(chunks.front()["choices"][0]["delta"]["content"], Json(""));
    for (std::size_t i = 0; i + 1 < chunks.size(); ++i)
        QVERIFY(chunks[i].contains("usage") && chunks[i]["usage"].is_null());
    QCOMPARE(chunks[21]["choices"][0]["finish_reason"], Json("stop"));
    QVERIFY(chunks.back()["choices"].is_array() && chunks.back()["choices"].empty());
    QCOMPARE(chunks.back()["usage"]["completion_tokens"], Json(20));
}

void TestSimulator::leavesUsageOutOfAStreamUnlessAsked()
{
    const std::vector<Json> chunks =
        ask("/oa/v1/chat/completions", chat(R"("stream":true,)")).chunks();
    QCOMPARE(chunks.size(), std::size_t{1 + 20 + 1});
    for (const Json &chunk : chunks)
        QVERIFY(!chunk.contains("usage"));
    QVERIFY(joinedContent(chunks).size() > 40);
}

void TestSimulator::answersAMessageInAnthropicShape()
{
    const HttpAnswer answer = ask("/an/v1/messages", chat(R"("max_tokens":100,)"));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.header("request-id").empty());
    const Json json = answer.json();
    QCOMPARE(json["type"], Json("message"));
    QCOMPARE(json["content"][0]["type"], Json("text"));
    QCOMPARE(json["stop_reason"], Json("end_turn"));
    QCOMPARE(json["usage"]["output_tokens"], Json(20));
}

void TestSimulator::streamsAMessageInAnthropicShape()
{
    const HttpAnswer answer = ask("/an/v1/messages", chat(R"("max_tokens":100,"stream":true,)"));
    QVERIFY(!answer.error);
    std::vector<std::string> types;
    for (const Json &chunk : answer.chunks())
        types.push_back(chunk["type"].get<std::string>());
    const std::vector<std::string> opening(types.begin(), types.begin() + 3);
    const std::vector<std::string> closing(types.end() - 3, types.end());
    QCOMPARE(opening, (std::vector<std::string>{"message_start", "content_block_start", "ping"}));
    QCOMPARE(closing,
             (std::vector<std::string>{"content_block_stop", "message_delta", "message_stop"}));
    QCOMPARE(std::count(types.begin(), types.end(), "content_block_delta"), 20);
    QVERIFY(answer.body.find("event: message_start\ndata: {") == 0);
    QVERIFY(answer.body.find(" }\n\n") != std::string::npos);
    QVERIFY(answer.body.find("[DONE]") == std::string::npos);
    const Json last = answer.chunks()[types.size() - 2];
    QCOMPARE(last["usage"]["output_tokens"], Json(20));
}

void TestSimulator::answersInTheLanguageOfTheQuestion()
{
    const std::string english =
        ask("/oa/v1/chat/completions", chat("")).json()["choices"][0]["message"]["content"];
    const std::string chinese = ask("/oa/v1/chat/completions", chat("", "我的订单在哪里？"))
                                    .json()["choices"][0]["message"]["content"];
    QVERIFY(std::all_of(english.begin(), english.end(), [](char c) { return c >= 0; }));
    QVERIFY(std::count_if(chinese.begin(), chinese.end(), [](char c) { return c < 0; }) > 40);
}

void TestSimulator::cutsAtMaxTokens()
{
    const Json openAi =
        ask("/oa/v1/chat/completions", chat(R"("max_completion_tokens":5,)")).json();
    QCOMPARE(openAi["choices"][0]["finish_reason"], Json("length"));
    QCOMPARE(openAi["usage"]["completion_tokens"], Json(5));
    const Json anthropic = ask("/an/v1/messages", chat(R"("max_tokens":5,)")).json();
    QCOMPARE(anthropic["stop_reason"], Json("max_tokens"));
    QCOMPARE(anthropic["usage"]["output_tokens"], Json(5));
}

void TestSimulator::reportsCachedTokens()
{
    const Json usage = ask("/an/v1/messages", chat(R"("max_tokens":5,)")).json()["usage"];
    const int cached = usage["cache_read_input_tokens"].get<int>();
    const int fresh = usage["input_tokens"].get<int>();
    QVERIFY(cached > 0);
    QVERIFY(fresh == cached || fresh == cached + 1);
}

void TestSimulator::callsARequiredTool()
{
    const Json json = ask("/oa/v1/chat/completions", chat(kTools)).json();
    const Json call = json["choices"][0]["message"]["tool_calls"][0];
    QCOMPARE(json["choices"][0]["finish_reason"], Json("tool_calls"));
    QVERIFY(json["choices"][0]["message"]["content"].is_null());
    QCOMPARE(call["type"], Json("function"));
    QCOMPARE(call["function"]["name"], Json("look"));
    QCOMPARE(call["function"]["arguments"], Json(R"({"city":"example","unit":"c"})"));
}

void TestSimulator::streamsARequiredTool()
{
    const std::vector<Json> chunks =
        ask("/oa/v1/chat/completions", chat(kTools + R"("stream":true,)")).chunks();
    const Json first = chunks.front()["choices"][0]["delta"]["tool_calls"][0];
    QCOMPARE(first["function"]["name"], Json("look"));
    QVERIFY(first.contains("id"));
    std::string arguments;
    for (std::size_t i = 1; i + 1 < chunks.size(); ++i) {
        const Json &call = chunks[i]["choices"][0]["delta"]["tool_calls"][0];
        QVERIFY(!call.contains("id"));
        arguments += call["function"]["arguments"].get<std::string>();
    }
    QCOMPARE(arguments, std::string(R"({"city":"example","unit":"c"})"));
    QCOMPARE(chunks.back()["choices"][0]["finish_reason"], Json("tool_calls"));
}

void TestSimulator::callsAnAnthropicToolWithoutArguments()
{
    const std::string tools =
        R"("max_tokens":50,"tools":[{"name":"now","input_schema":{"type":"object"}}],)"
        R"("tool_choice":{"type":"any"},)";
    const Json json = ask("/an/v1/messages", chat(tools)).json();
    QCOMPARE(json["content"][0]["type"], Json("tool_use"));
    QCOMPARE(json["content"][0]["input"], Json::object());
    QCOMPARE(json["stop_reason"], Json("tool_use"));
    const std::vector<Json> chunks =
        ask("/an/v1/messages", chat(tools + R"("stream":true,)")).chunks();
    QCOMPARE(chunks[3]["delta"]["partial_json"], Json(""));
    QCOMPARE(chunks.size(), std::size_t{3 + 1 + 3});
}

void TestSimulator::fillsAJsonSchema()
{
    const Json json =
        ask("/oa/v1/chat/completions",
            chat(
                R"("response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object",
"properties":{"ok":{"type":"boolean"},"names":{"type":"array","items":{"type":"string"}}}}}},)"))
            .json();
    QCOMPARE(json["choices"][0]["message"]["content"], Json(R"({"ok":true,"names":["example"]})"));
}

void TestSimulator::listsModels()
{
    QCOMPARE(get("/oa/v1/models").json()["data"][1]["id"], Json("model-2"));
    QCOMPARE(get("/an/v1/models").json()["data"][0]["type"], Json("model"));
}

void TestSimulator::embedsLikeTextsAlike()
{
    const auto vector = [this](const std::string &text) {
        const Json json =
            ask("/oa/v1/embeddings", R"({"model":"model-1","input":")" + text + R"("})").json();
        return json["data"][0]["embedding"].get<std::vector<double>>();
    };
    const auto likeness = [](const std::vector<double> &a, const std::vector<double> &b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i)
            sum += a[i] * b[i];
        return sum;
    };
    const std::vector<double> order = vector("Where is my order please");
    QCOMPARE(order.size(), std::size_t{256});
    QVERIFY(likeness(order, vector("Where is my order")) > 0.7);
    QVERIFY(likeness(order, vector("Cats sleep all day long")) < 0.4);
    const Json base64 =
        ask("/oa/v1/embeddings",
            R"({"model":"model-1","input":["a"],"dimensions":3,"encoding_format":"base64"})")
            .json();
    QCOMPARE(base64["data"][0]["embedding"].get<std::string>().size(), std::size_t{16});
}

void TestSimulator::refusesInTheShapeOfTheProvider_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("words");

    const QByteArray openAi = "/oa/v1/chat/completions";
    const QByteArray anthropic = "/an/v1/messages";
    const QByteArray invalid = "invalid_request_error";
    const QByteArray user = R"("messages":[{"role":"user","content":"x"}])";
    QTest::newRow("no json") << openAi << QByteArray("{") << 400 << invalid << QByteArray("parse");
    QTest::newRow("too deep") << openAi << QByteArray(100000, '[') << 400 << invalid
                              << QByteArray("parse");
    QTest::newRow("no model") << openAi << "{" + user + "}" << 400 << invalid
                              << QByteArray("model");
    QTest::newRow("no messages") << openAi << QByteArray(R"({"model":"model-1"})") << 400 << invalid
                                 << QByteArray("Missing required parameter: 'messages'");
    QTest::newRow("unknown model") << openAi << "{\"model\":\"nix\"," + user + "}" << 404 << invalid
                                   << QByteArray("`nix` does not exist");
    QTest::newRow("refused parameter")
        << openAi << R"({"model":"model-2","stop":"x",)" + user + "}" << 400 << invalid
        << QByteArray("Unsupported parameter: 'stop'");
    QTest::newRow("unknown path") << QByteArray("/oa/v1/files") << QByteArray("{}") << 404
                                  << invalid << QByteArray("Invalid URL");
    QTest::newRow("anthropic no json")
        << anthropic << QByteArray("[") << 400 << invalid << QByteArray("JSON");
    QTest::newRow("anthropic no max_tokens")
        << anthropic << R"({"model":"model-1",)" + user + "}" << 400 << invalid
        << QByteArray("max_tokens: Field required");
    const auto refused = [&](const char *name, const std::string &members, const char *words) {
        QTest::newRow(name) << anthropic
                            << QByteArray::fromStdString(R"({"model":"model-1","max_tokens":2000,)"
                                                         + members + "}")
                            << 400 << invalid << QByteArray(words);
    };
    const std::string hi = R"({"role":"user","content":"hi"})";
    const std::string tools = R"("tools":[{"name":"f","input_schema":{"type":"object"}}],)";
    const auto talk = [&](const std::string &more) { return R"("messages":[)" + hi + more + "]"; };
    const auto called = [](const std::string &id, const std::string &before = "") {
        return R"(,{"role":"assistant","content":[)" + before + R"({"type":"tool_use","id":")" + id
               + R"(","name":"f","input":{}}]})";
    };
    const auto result = [](const std::string &id) {
        return R"(,{"role":"user","content":[{"type":"tool_result","tool_use_id":")" + id
               + R"("}]})";
    };
    refused("anthropic unknown member", R"("seed":1,)" + talk(""), "seed: Extra");
    refused("anthropic blank text",
            R"("messages":[{"role":"user","content":" "}])",
            "non-whitespace");
    refused("anthropic first message",
            R"("messages":[{"role":"assistant","content":"hi"}])",
            "first message");
    refused("anthropic no result", tools + talk(called("a")), "without `tool_result`");
    refused("anthropic no use", tools + talk(result("a")), "unexpected `tool_use_id`");
    refused("anthropic odd id", tools + talk(called("a:0") + result("a:0")), "pattern");
    refused("anthropic no tools", talk(called("a") + result("a")), "must define");
    refused("anthropic heat", R"("temperature":1.5,)" + talk(""), "range: 0..1");
    refused("anthropic both", R"("temperature":1,"top_p":1,)" + talk(""), "only one");
    const std::string thinks = R"("thinking":{"type":"enabled","budget_tokens":1024},)";
    refused("anthropic forced thinking",
            thinks + tools + R"("tool_choice":{"type":"any"},)" + talk(""),
            "forces tool use");
    refused("anthropic lost thinking",
            thinks + tools + talk(called("a") + result("a")),
            "Expected");
    refused("anthropic forged thinking",
            thinks + tools
                + talk(called("a", R"({"type":"thinking","thinking":"x","signature":"y"},)")
                       + result("a")),
            "Invalid `signature`");
    refused(
        "anthropic image",
        R"("messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/bmp","data":"A"}}]}])",
        "image/jpeg");
    QTest::newRow("anthropic unknown model")
        << anthropic << R"({"model":"nix","max_tokens":5,)" + user + "}" << 404
        << QByteArray("not_found_error") << QByteArray("model: nix");
    QTest::newRow("anthropic system role")
        << anthropic
        << QByteArray(
               R"({"model":"model-1","max_tokens":5,"messages":[{"role":"system","content":"x"}]})")
        << 400 << invalid << QByteArray("Unexpected role");
}

void TestSimulator::refusesInTheShapeOfTheProvider()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, words);
    const HttpAnswer answer = ask(target.toStdString(), body.toStdString());
    QCOMPARE(answer.status, status);
    const Json json = answer.json();
    QCOMPARE(json["error"]["type"], Json(type.toStdString()));
    QVERIFY2(json["error"]["message"].get<std::string>().find(words.toStdString())
                 != std::string::npos,
             answer.body.c_str());
    QCOMPARE(json.value("type", "") == "error", target.startsWith("/an"));
}

void TestSimulator::refusesAWrongKey()
{
    Scenario scenario = quickScenario();
    for (ProviderSpec &spec : scenario.providers)
        spec.keys = {Secret("first-key"), Secret("right-key")};
    restart(std::move(scenario));
    const HttpAnswer openAi = ask("/oa/v1/chat/completions", chat(""), "wrong");
    QCOMPARE(openAi.status, 401);
    QCOMPARE(openAi.json()["error"]["type"], Json("invalid_request_error"));
    QCOMPARE(openAi.json()["error"]["code"], Json("invalid_api_key"));
    const HttpAnswer anthropic = ask("/an/v1/messages", chat(R"("max_tokens":5,)"), "wrong");
    QCOMPARE(anthropic.status, 401);
    QCOMPARE(anthropic.json()["error"]["type"], Json("authentication_error"));
    QCOMPARE(ask("/oa/v1/chat/completions", chat("")).status, 200);
    const std::string state = m_simulator->state(true);
    const Json requests = (*parseJson(state))["requests"];
    QCOMPARE(requests[0]["authorized"], Json(false));
    QCOMPARE(requests[2]["authorized"], Json(true));
    QCOMPARE(requests[2]["key_slot"], Json(1));
    QVERIFY(state.find("right-key") == std::string::npos
            && state.find("wrong") == std::string::npos);
}

void TestSimulator::enforcesRequestsPerMinuteWithItsHeaders()
{
    Scenario scenario = quickScenario();
    for (ProviderSpec &spec : scenario.providers) {
        spec.requestsPerMinute = 2;
        spec.tokensPerMinute = 100'000;
    }
    restart(std::move(scenario));
    const HttpAnswer first = ask("/oa/v1/chat/completions", chat(""));
    QCOMPARE(first.header("x-ratelimit-limit-requests"), std::string("2"));
    QCOMPARE(first.header("x-ratelimit-remaining-requests"), std::string("1"));
    QCOMPARE(first.header("x-ratelimit-reset-requests"), std::string("30s"));
    QVERIFY(first.header("x-ratelimit-reset-tokens").find("ms") != std::string::npos);
    QCOMPARE(ask("/oa/v1/chat/completions", chat("")).status, 200);
    const HttpAnswer third = ask("/oa/v1/chat/completions", chat(""));
    QCOMPARE(third.status, 429);
    QCOMPARE(third.json()["error"]["code"], Json("rate_limit_exceeded"));
    QCOMPARE(third.header("retry-after"), std::string("30"));
    QVERIFY(third.json()["error"]["message"].get<std::string>().find("Please try again in 29.")
                != std::string::npos
            || third.json()["error"]["message"].get<std::string>().find("in 30s")
                   != std::string::npos);
    QCOMPARE(ask("/oa/v1/chat/completions", chat(""), "another key").status, 200);
    const HttpAnswer anthropic = ask("/an/v1/messages", chat(R"("max_tokens":5,)"));
    QCOMPARE(anthropic.header("anthropic-ratelimit-requests-remaining"), std::string("1"));
    QVERIFY(anthropic.header("anthropic-ratelimit-tokens-reset").find('T') == 10);
}

void TestSimulator::refusesABodyOverTheLimit()
{
    const HttpAnswer answer = ask("/an/v1/messages", std::string(33ULL * 1024 * 1024, ' '));
    QCOMPARE(answer.status, 413);
    QCOMPARE(answer.json()["error"]["type"], Json("request_too_large"));
}

void TestSimulator::repeatsItselfWithTheSameSeed()
{
    const auto texts = [this](std::uint64_t seed) {
        Scenario scenario = quickScenario();
        scenario.seed = seed;
        restart(std::move(scenario));
        std::string all;
        for (int i = 0; i < 3; ++i)
            all += ask("/oa/v1/chat/completions", chat(""))
                       .json()["choices"][0]["message"]["content"]
                       .get<std::string>();
        return all;
    };
    const std::string once = texts(5);
    QCOMPARE(texts(5), once);
    QVERIFY(texts(6) != once);
}

void TestSimulator::keepsTheConnectionForTheNextRequest()
{
    HttpClient client(m_simulator->port());
    for (const char *more : {"", R"("stream":true,)", ""}) {
        const HttpAnswer answer = client.exchange(
            {"POST", "/oa/v1/chat/completions", chat(more), {}});
        QVERIFY(!answer.error);
        QCOMPARE(answer.status, 200);
    }
    QCOMPARE(provider("oa")["open_connections"], Json(1));
    client.close();
    QTRY_COMPARE(provider("oa")["open_connections"], Json(0));
}

void TestSimulator::recordsWhatArrived()
{
    ask("/oa/v1/chat/completions", chat(R"("stream":true,)"));
    ask("/oa/v1/chat/completions", "{");
    QCOMPARE(provider("oa")["by_status"], (Json{{"200", 1}, {"400", 1}}));
    const Json requests = get("/_sim/state?requests=1").json()["requests"];
    QCOMPARE(requests.size(), std::size_t{2});
    QCOMPARE(requests[0]["model"], Json("model-1"));
    QCOMPARE(requests[0]["stream"], Json(true));
    QCOMPARE(requests[0]["path"], Json("/oa/v1/chat/completions"));
    QCOMPARE(requests[0]["outcome"], Json("finished"));
    QVERIFY(!requests[0].contains("body"));
    QCOMPARE(ask("/_sim/reset", "").status, 200);
    QCOMPARE(provider("oa")["requests"], Json(0));
}

void TestSimulator::keepsBodiesOnlyWhenAskedTo()
{
    Scenario scenario = quickScenario();
    scenario.keepBodies = true;
    restart(std::move(scenario));
    for (int i = 0; i < 22; ++i)
        ask("/oa/v1/chat/completions", chat(R"("user":")" + std::to_string(i) + R"(",)"));
    const Json requests = get("/_sim/state?requests=1").json()["requests"];
    QVERIFY(!requests[1].contains("body"));
    QCOMPARE(requests[2]["body"]["user"], Json("2"));
    QCOMPARE(requests[21]["body"]["user"], Json("21"));
}

void TestSimulator::noticesAPeerThatLeaves()
{
    Scenario scenario = quickScenario();
    scenario.providers[0].latencyMs = {60'000, 0};
    restart(std::move(scenario));
    HttpClient client(m_simulator->port());
    client.send({"POST", "/oa/v1/chat/completions", chat(""), {}});
    QTRY_COMPARE(provider("oa")["in_flight"], Json(1));
    client.close();
    QTRY_COMPARE(provider("oa")["aborted"], Json(1));
    QCOMPARE(provider("oa")["in_flight"], Json(0));
}

void TestSimulator::startsAgainAfterStop()
{
    const int port = m_simulator->port();
    HttpClient idle(port);
    m_simulator->stop();
    QCOMPARE(m_simulator->port(), 0);
    QVERIFY(HttpClient(port).connectError().failed());
    QVERIFY(m_simulator->start("127.0.0.1", port).ok());
    QCOMPARE(ask("/oa/v1/chat/completions", chat("")).status, 200);
}

void TestSimulator::saysWhyItCannotListen()
{
    Simulator second(quickScenario());
    const auto started = second.start("127.0.0.1", m_simulator->port());
    QVERIFY(!started.ok());
    QVERIFY(started.error().address.find(std::to_string(m_simulator->port())) != std::string::npos);
    QVERIFY(!second.start("nowhere").ok());
}

QTEST_GUILESS_MAIN(TestSimulator)
#include "tst_simulator.moc"
