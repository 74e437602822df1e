// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"
#include "tests/support/node_client.h"

#include <QTest>

using namespace signalbox::tests;

namespace {

const std::string kScenario = scenarioOf(
    {{.id = "quick", .models = R"(["model-1"])", .outputTokens = 20},
     {.id = "slow", .models = R"(["model-1"])", .tokensPerSecond = 10, .outputTokens = 400},
     {.id = "claude",
      .models = R"(["claude-haiku-4-5"])",
      .format = "anthropic",
      .outputTokens = 20},
     {.id = "google",
      .models = R"(["gemini-2.5-flash", "gemini-3-flash-preview", "gemini-embedding-001"])",
      .format = "gemini",
      .outputTokens = 20}});

std::string configuration(const RunningSimulator &simulator)
{
    std::string text = "[server]\n" + std::string(kAdminServer)
                       + "[[client]]\nid = \"app\"\nkey = \"env:APP_KEY\"\n";
    for (const std::string id : {"quick", "slow"}) {
        text += "[[provider]]\nid = \"" + id + "\"\nkind = \"openai\"\nbase_url = \""
                + simulator.baseUrl(id) + "\"\n[[provider.model]]\nname = \"model-1\"\n"
                + (id == "quick" ? "features = [\"tools\", \"json_schema\", \"embeddings\"]\n"
                                 : "");
    }
    text += "[[provider]]\nid = \"claude\"\nkind = \"anthropic\"\nbase_url = \""
            + simulator.baseUrl("claude") + "\"\n[[provider.model]]\nname = \"claude-haiku-4-5\"\n";
    text += "[[provider]]\nid = \"google\"\nkind = \"gemini\"\nkeys = "
            "[\"env:GOOGLE_KEY\"]\nbase_url = \""
            + simulator.baseUrl("google") + "\"\n";
    for (const std::string model :
         {"gemini-2.5-flash", "gemini-3-flash-preview", "gemini-embedding-001"}) {
        text += "[[provider.model]]\nname = \"" + model
                + "\"\nprice = { input = 0.3, output = 2.5 }\n"
                + (model == "gemini-embedding-001" ? "features = [\"embeddings\"]\n" : "");
    }
    return text + "[[route]]\nname = \"chat\"\ntargets = [ { target = \"quick/model-1\" } ]\n";
}

} // namespace

/// *Goal*: the field's official client works against the gateway without a change, errors and
/// cancellation included. *Method*: its own test file run by node; the client comes by `npm ci`
/// into the build folder, once.
class TestOpenaiClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theOfficialClientWorks_data();
    void theOfficialClientWorks();
    void everyKindOfProviderServesIt();

private:
    const NodeClient m_client{"openai_client",
                              {"client.test.mjs",
                               "anthropic.test.mjs",
                               "gemini.test.mjs",
                               "kinds.test.mjs",
                               "responses.test.mjs"}};
};

void TestOpenaiClient::initTestCase()
{
    if (const std::string obstacle = m_client.prepare(); !obstacle.empty()) {
        QSKIP(obstacle.c_str());
    }
}

void TestOpenaiClient::theOfficialClientWorks_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("as applications use it") << QByteArray("client.test.mjs");
    QTest::newRow("towards Anthropic") << QByteArray("anthropic.test.mjs");
    QTest::newRow("towards Gemini") << QByteArray("gemini.test.mjs");
    QTest::newRow("in Responses") << QByteArray("responses.test.mjs");
}

void TestOpenaiClient::theOfficialClientWorks()
{
    QFETCH(QByteArray, file);
    const RunningSimulator simulator(kScenario);
    const RunningDaemon daemon(configuration(simulator),
                               DaemonOptions{{{"APP_KEY", "app-key"}, {"GOOGLE_KEY", "google-key"}},
                                             {},
                                             {},
                                             "127.0.0.1:0"});
    const std::string wrong = m_client.failureOf(file.toStdString(), simulator, daemon);
    QVERIFY2(wrong.empty(), wrong.c_str());
}

void TestOpenaiClient::everyKindOfProviderServesIt()
{
    const KindsWorld world;
    const std::string wrong = m_client.failureOf("kinds.test.mjs", world.simulator, world.daemon);
    QVERIFY2(wrong.empty(), wrong.c_str());
}

QTEST_GUILESS_MAIN(TestOpenaiClient)
#include "tst_openai_client.moc"
