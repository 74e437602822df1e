// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"
#include "tests/support/node_client.h"

#include <QTest>

using namespace signalbox::tests;

namespace {

/// One provider of each kind that the client's requests are translated for.
const std::string kScenario = scenarioOf(
    {{.id = "gpt", .models = R"(["gpt-5-mini"])", .outputTokens = 20},
     {.id = "qwen", .models = R"(["qwen-plus"])", .outputTokens = 20},
     {.id = "slow", .models = R"(["qwen-plus"])", .tokensPerSecond = 10, .outputTokens = 400},
     {.id = "claude",
      .models = R"(["claude-haiku-4-5"])",
      .format = "anthropic",
      .outputTokens = 20},
     {.id = "google",
      .models = R"(["gemini-2.5-flash", "gemini-3-flash-preview"])",
      .format = "gemini",
      .outputTokens = 20}});

struct Upstream
{
    std::string id;
    std::string kind;
    std::vector<std::string> models;
};

std::string configuration(const RunningSimulator &simulator)
{
    std::string text = "[server]\n" + std::string(kAdminServer)
                       + "[[client]]\nid = \"app\"\nkey = \"env:APP_KEY\"\n"
                         "[[client]]\nid = \"poor\"\nkey = \"env:POOR_KEY\"\n"
                         "requests_per_minute = 1\n"
                         "[[client]]\nid = \"narrow\"\nkey = \"env:NARROW_KEY\"\n"
                         "routes = [\"chat\"]\n";
    for (const Upstream &upstream :
         {Upstream{"gpt", "openai", {"gpt-5-mini"}},
          Upstream{"qwen", "qwen", {"qwen-plus"}},
          Upstream{"slow", "qwen", {"qwen-plus"}},
          Upstream{"claude", "anthropic", {"claude-haiku-4-5"}},
          Upstream{"google", "gemini", {"gemini-2.5-flash", "gemini-3-flash-preview"}}}) {
        text += "[[provider]]\nid = \"" + upstream.id + "\"\nkind = \"" + upstream.kind
                + "\"\nkeys = [\"env:UPSTREAM_KEY\"]\nbase_url = \""
                + simulator.baseUrl(upstream.id) + "\"\n";
        for (const std::string &model : upstream.models) {
            text += "[[provider.model]]\nname = \"" + model
                    + "\"\nfeatures = [\"tools\", \"images\", \"json_schema\", \"reasoning\"]\n"
                      "price = { input = 0.3, output = 2.5 }\n";
        }
    }
    return text
           + "[[route]]\nname = \"chat\"\ntargets = [ { target = \"claude/claude-haiku-4-5\" }, { "
             "target = \"gpt/gpt-5-mini\" } ]\nstrategy = \"priority\"\n";
}

} // namespace

/// *Goal*: Anthropic's official client works against the gateway without a change, whoever answers:
/// words, tools, thinking, pictures, typed errors, cancellation. *Method*: as for OpenAI's.
class TestAnthropicClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theOfficialClientWorks_data();
    void theOfficialClientWorks();
    void everyKindOfProviderServesIt();

private:
    const NodeClient m_client{"anthropic_client",
                              {"client.test.mjs", "kinds.test.mjs", "native.test.mjs"}};
};

void TestAnthropicClient::initTestCase()
{
    if (const std::string obstacle = m_client.prepare(); !obstacle.empty()) {
        QSKIP(obstacle.c_str());
    }
}

void TestAnthropicClient::theOfficialClientWorks_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("as applications use it") << QByteArray("client.test.mjs");
    QTest::newRow("towards Anthropic") << QByteArray("native.test.mjs");
}

void TestAnthropicClient::theOfficialClientWorks()
{
    QFETCH(QByteArray, file);
    const RunningSimulator simulator("keep_bodies = true\n" + kScenario);
    const RunningDaemon daemon(configuration(simulator),
                               DaemonOptions{{{"APP_KEY", "app-key"},
                                              {"POOR_KEY", "poor-key"},
                                              {"NARROW_KEY", "narrow-key"},
                                              {"UPSTREAM_KEY", "upstream-key"}},
                                             {},
                                             {},
                                             "127.0.0.1:0"});
    const std::string wrong = m_client.failureOf(file.toStdString(), simulator, daemon);
    QVERIFY2(wrong.empty(), wrong.c_str());
}

void TestAnthropicClient::everyKindOfProviderServesIt()
{
    const KindsWorld world;
    const std::string wrong = m_client.failureOf("kinds.test.mjs", world.simulator, world.daemon);
    QVERIFY2(wrong.empty(), wrong.c_str());
}

QTEST_GUILESS_MAIN(TestAnthropicClient)
#include "tst_anthropic_client.moc"
