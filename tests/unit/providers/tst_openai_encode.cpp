// SPDX-License-Identifier: Apache-2.0
#include "core/providers/adapter.h"
#include "core/providers/openai_adapter.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;

class TestOpenAiEncode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesAllMembersInTheClientsOrderAndSpelling();
    void addressesTheCallWithoutASecret();
    void asksForUsageWhereItMust_data();
    void asksForUsageWhereItMust();
    void keepsOtherStreamOptions();
    void namesTheOutputLimitAsTheModelWants_data();
    void namesTheOutputLimitAsTheModelWants();
    void turnsDeveloperIntoSystemForOthers();
    void dropsWhatAKindDoesNotTake_data();
    void dropsWhatAKindDoesNotTake();
    void saysWhoHasEmbeddings();
    void encodesEmbeddings();
    void readsEmbeddingsReplies();
};

namespace {

HttpCall encoded(ProviderKind kind, std::string_view body, std::string_view model = "up")
{
    const auto request = decodeChat(body);
    if (!request.ok()) {
        return {};
    }
    auto call = adapterFor(kind).encodeChat(*request, model, ModelSettings());
    return call.ok() ? *std::move(call) : HttpCall();
}

std::string chatWith(std::string_view members)
{
    return R"({"model":"m",)" + std::string(members)
           + R"("messages":[{"role":"user","content":"hi"}]})";
}

std::string upstreamWith(std::string_view members)
{
    return R"({"model":"up",)" + std::string(members)
           + R"("messages":[{"role":"user","content":"hi"}]})";
}

} // namespace

void TestOpenAiEncode::passesAllMembersInTheClientsOrderAndSpelling()
{
    const std::string body =
        R"({"seed":7228414683750928000,"messages":[{"role":"user","content":)"
        R"([{"type":"text","text":"a\u00e9"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}],)"
        R"("model":"MODEL","temperature":0.70,"tools":[{"type":"function","function":{"name":"f","parameters":{"$ref":"#/x"}}}],)"
        R"("tool_choice":"auto","response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{}}},)"
        R"("logprobs":true,"n":2,"foo":[1e400]})";
    for (const ProviderKind kind : {ProviderKind::OpenAi, ProviderKind::OpenAiCompatible}) {
        const HttpCall call = encoded(kind, body, "MODEL");
        QCOMPARE(call.body, body);
        QVERIFY(call.notes.empty());
        QVERIFY(call.dropped.empty());
    }
}

void TestOpenAiEncode::addressesTheCallWithoutASecret()
{
    const HttpCall call = encoded(ProviderKind::OpenAi, chatWith(""));
    QCOMPARE(call.method, std::string("POST"));
    QCOMPARE(call.path, std::string("/chat/completions"));
    QCOMPARE(call.auth, (AuthScheme{"authorization", "Bearer "}));
    const std::pair<std::string, std::string> json("accept", "application/json");
    QCOMPARE(call.headers[1], json);
    const HttpCall stream = encoded(ProviderKind::OpenAi, chatWith(R"("stream":true,)"));
    const std::pair<std::string, std::string> events("accept", "text/event-stream");
    QCOMPARE(stream.headers[1], events);
}

void TestOpenAiEncode::asksForUsageWhereItMust_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("asks");
    QTest::newRow("openai") << int(ProviderKind::OpenAi) << true;
    QTest::newRow("qwen") << int(ProviderKind::Qwen) << true;
    QTest::newRow("deepseek") << int(ProviderKind::DeepSeek) << true;
    QTest::newRow("openrouter") << int(ProviderKind::OpenRouter) << true;
    QTest::newRow("compatible") << int(ProviderKind::OpenAiCompatible) << true;
    QTest::newRow("mistral") << int(ProviderKind::Mistral) << false;
}

void TestOpenAiEncode::asksForUsageWhereItMust()
{
    QFETCH(int, kind);
    QFETCH(bool, asks);
    const auto provider = static_cast<ProviderKind>(kind);
    const std::string asked = R"("stream_options":{"include_usage":true})";
    for (const std::string_view client :
         {R"("stream":true,)",
          R"("stream":true,"stream_options":{"include_usage":false},)",
          R"("stream":true,"stream_options":null,)"}) {
        const HttpCall call = encoded(provider, chatWith(client));
        QCOMPARE(call.body.find(asked) != std::string::npos, asks);
        QCOMPARE(call.body.find("stream_options") != std::string::npos, asks);
        QVERIFY(call.notes.empty());
    }
    QVERIFY(encoded(provider, chatWith("")).body.find("stream_options") == std::string::npos);
}

void TestOpenAiEncode::keepsOtherStreamOptions()
{
    const HttpCall call =
        encoded(ProviderKind::OpenAi,
                chatWith(R"("stream":true,"stream_options":{"include_obfuscation":false},)"));
    QCOMPARE(
        call.body,
        upstreamWith(
            R"("stream":true,"stream_options":{"include_obfuscation":false,"include_usage":true},)"));
}

void TestOpenAiEncode::namesTheOutputLimitAsTheModelWants_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("upstream");
    QTest::addColumn<int>("notes");
    const auto row = [](const char *name,
                        ProviderKind kind,
                        const char *model,
                        const char *client,
                        const char *upstream,
                        int notes) {
        QTest::newRow(name) << int(kind) << QByteArray(model) << QByteArray(client)
                            << QByteArray(upstream) << notes;
    };
    row("gpt-5",
        ProviderKind::OpenAi,
        "gpt-5-mini",
        R"("max_tokens":9,)",
        R"("max_completion_tokens":9,)",
        1);
    row("o3", ProviderKind::OpenAi, "o3", R"("max_tokens":9,)", R"("max_completion_tokens":9,)", 1);
    row("gpt-4o old",
        ProviderKind::OpenAi,
        "gpt-4o",
        R"("max_tokens":9,)",
        R"("max_tokens":9,)",
        0);
    row("gpt-4o new",
        ProviderKind::OpenAi,
        "gpt-4o",
        R"("max_completion_tokens":9,)",
        R"("max_completion_tokens":9,)",
        0);
    row("qwen",
        ProviderKind::Qwen,
        "qwen-plus",
        R"("max_completion_tokens":9,)",
        R"("max_tokens":9,)",
        1);
    row("mistral",
        ProviderKind::Mistral,
        "m",
        R"("max_completion_tokens":9,)",
        R"("max_tokens":9,)",
        1);
    row("compatible",
        ProviderKind::OpenAiCompatible,
        "gpt-5",
        R"("max_tokens":9,)",
        R"("max_tokens":9,)",
        0);
    row("both",
        ProviderKind::DeepSeek,
        "d",
        R"("max_tokens":5,"max_completion_tokens":9,)",
        R"("max_tokens":9,)",
        0);
}

void TestOpenAiEncode::namesTheOutputLimitAsTheModelWants()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, upstream);
    QFETCH(int, notes);
    const HttpCall call = encoded(static_cast<ProviderKind>(kind),
                                  chatWith(client.toStdString()),
                                  model.toStdString());
    const std::string expected = R"({"model":")" + model.toStdString() + R"(",)"
                                 + upstream.toStdString()
                                 + R"("messages":[{"role":"user","content":"hi"}]})";
    QCOMPARE(call.body, expected);
    QCOMPARE(call.notes.size(), static_cast<std::size_t>(notes));
    QVERIFY(call.dropped.empty());
}

void TestOpenAiEncode::turnsDeveloperIntoSystemForOthers()
{
    const std::string body =
        R"({"model":"m","messages":[{"content":"be brief","role":"developer","name":"x"},)"
        R"({"role":"user","content":"hi \u4e2d"}]})";
    const HttpCall openAi = encoded(ProviderKind::OpenAi, body, "m");
    QCOMPARE(openAi.body, body);
    const HttpCall qwen = encoded(ProviderKind::Qwen, body, "m");
    QCOMPARE(qwen.body,
             std::string(
                 R"({"model":"m","messages":[{"content":"be brief","role":"system","name":"x"},)"
                 R"({"role":"user","content":"hi \u4e2d"}]})"));
    QCOMPARE(qwen.notes, (std::vector<std::string>{"developer messages sent as system messages"}));
    QVERIFY(qwen.dropped.empty());
}

void TestOpenAiEncode::dropsWhatAKindDoesNotTake_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("upstream");
    QTest::addColumn<QByteArray>("dropped");
    const auto row = [](const char *name,
                        ProviderKind kind,
                        const char *client,
                        const char *upstream,
                        const char *dropped) {
        QTest::newRow(name) << int(kind) << QByteArray(client) << QByteArray(upstream)
                            << QByteArray(dropped);
    };
    row("qwen",
        ProviderKind::Qwen,
        R"("store":true,"n":2,"user":"u","seed":1,)",
        R"("n":2,"seed":1,)",
        "store,user,");
    row("deepseek",
        ProviderKind::DeepSeek,
        R"("n":1,"seed":1,"logprobs":true,)",
        R"("logprobs":true,)",
        "seed,");
    row("openrouter",
        ProviderKind::OpenRouter,
        R"("store":true,"user":"u",)",
        R"("user":"u",)",
        "store,");
    row("mistral unknown",
        ProviderKind::Mistral,
        R"("foo":1,"seed":5,"user":"u",)",
        R"("random_seed":5,)",
        "foo,user,");
    row("mistral null",
        ProviderKind::Mistral,
        R"("logprobs":null,"stop":null,"top_p":0.50,)",
        R"("top_p":0.50,)",
        "");
    row("openai", ProviderKind::OpenAi, R"("foo":1,"store":null,)", R"("foo":1,"store":null,)", "");
}

void TestOpenAiEncode::dropsWhatAKindDoesNotTake()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, upstream);
    QFETCH(QByteArray, dropped);
    const HttpCall call = encoded(static_cast<ProviderKind>(kind), chatWith(client.toStdString()));
    QCOMPARE(call.body, upstreamWith(upstream.toStdString()));
    QByteArray names;
    for (const std::string &name : call.dropped) {
        names += QByteArray::fromStdString(name) + ",";
    }
    QCOMPARE(names, dropped);
    QVERIFY(call.notes.size() >= call.dropped.size());
}

void TestOpenAiEncode::saysWhoHasEmbeddings()
{
    for (const ProviderKind kind :
         {ProviderKind::OpenAi, ProviderKind::Qwen, ProviderKind::Mistral}) {
        QVERIFY(!adapterFor(kind).refusesEmbeddings({}));
    }
    for (const ProviderKind kind : {ProviderKind::DeepSeek, ProviderKind::Anthropic}) {
        QVERIFY(adapterFor(kind).refusesEmbeddings({})->feature == Feature::Embeddings);
    }
}

void TestOpenAiEncode::encodesEmbeddings()
{
    const auto request = decodeEmbeddings(R"({"input":["a", 1],"model":"e","dimensions":8})");
    QVERIFY(request.ok());
    const auto call =
        adapterFor(ProviderKind::Qwen).encodeEmbeddings(*request, "text-embedding-v4");
    QVERIFY(call.ok());
    QCOMPARE(call->path, std::string("/embeddings"));
    QCOMPARE(call->body,
             std::string(R"({"input":["a", 1],"model":"text-embedding-v4","dimensions":8})"));
    QVERIFY(!adapterFor(ProviderKind::DeepSeek).encodeEmbeddings(*request, "x").ok());
    const auto anthropic = adapterFor(ProviderKind::Anthropic).encodeEmbeddings(*request, "x");
    QVERIFY(anthropic.error().feature == Feature::Embeddings);
}

void TestOpenAiEncode::readsEmbeddingsReplies()
{
    const auto read = [](std::string_view body) {
        const auto decoder = adapterFor(ProviderKind::OpenAi).embeddingsDecoder({});
        std::vector<ChatEvent> events;
        for (const char byte : body) {
            decoder->feed(std::string_view(&byte, 1), events);
        }
        decoder->finish(events);
        return events;
    };
    const std::string good =
        R"({"object":"list","data":[{"embedding":[0.1]}],"model":"e-1","usage":{"prompt_tokens":5,"total_tokens":5}})";
    const auto events = read(good);
    QCOMPARE(events.size(), std::size_t(2));
    const auto &answer = std::get<ChatChunk>(events[0]);
    QCOMPARE(answer.wholeJson, good);
    QCOMPARE(answer.model, std::string("e-1"));
    QCOMPARE(answer.usage->promptTokens, 5);
    QVERIFY(std::holds_alternative<ChatEnd>(events[1]));
    const auto outcome = [&](std::string_view body) {
        return std::get<ChatFailure>(read(body).at(0)).outcome;
    };
    QVERIFY(outcome("<html>") == OutcomeClass::Unparseable);
    QVERIFY(outcome("[]") == OutcomeClass::Unparseable);
    QVERIFY(outcome(R"({"data":[)") == OutcomeClass::Unparseable);
    QVERIFY(outcome("data: {}\n\n") == OutcomeClass::Unparseable);
    QVERIFY(outcome("data: [DONE]\n\n") == OutcomeClass::Unparseable);
    QVERIFY(outcome("") == OutcomeClass::EmptyAnswer);
    QVERIFY(outcome("{}") == OutcomeClass::EmptyAnswer);
    QVERIFY(outcome(R"({"error":{"message":"slow down","code":429}})")
            == OutcomeClass::RateLimited);
}

QTEST_APPLESS_MAIN(TestOpenAiEncode)
#include "tst_openai_encode.moc"
