// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

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

constexpr milliseconds kInstallPatience{90'000};
constexpr milliseconds kRunPatience{60'000};

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

bool isInstalled(const std::string &folder)
{
    const std::string lock = SIGNALBOX_SOURCE_DIR
        "/tests/integration/openai_client/package-lock.json";
    return readFile(folder + "/installed-lock.json") == readFile(lock);
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

private:
    const std::string m_source = SIGNALBOX_SOURCE_DIR "/tests/integration/openai_client";
    const std::string m_folder = SIGNALBOX_BIN_DIR "/../openai_client";
};

void TestOpenaiClient::initTestCase()
{
    if (runToEnd({"node", {"--version"}, {}, {}, {}}).exitCode != 0) {
        QSKIP("node is not installed");
    }
    if (runToEnd({"npm", {"--version"}, {}, {}, {}}).exitCode != 0) {
        QSKIP("npm is not installed");
    }
    QCOMPARE(runToEnd({"mkdir", {"-p", m_folder}, {}, {}, {}}).exitCode, std::optional(0));
    for (const char *file : {"/package.json",
                             "/package-lock.json",
                             "/client.test.mjs",
                             "/anthropic.test.mjs",
                             "/gemini.test.mjs"}) {
        writeFile(m_folder + file, readFile(m_source + file));
    }
    if (isInstalled(m_folder)) {
        return;
    }
    const Finished installed =
        runToEnd({"npm", {"ci", "--no-audit", "--no-fund", "--ignore-scripts"}, {}, m_folder, {}},
                 kInstallPatience);
    if (installed.exitCode != 0) {
        QSKIP(("npm ci failed, probably for lack of a network: " + installed.errors).c_str());
    }
    writeFile(m_folder + "/installed-lock.json", readFile(m_source + "/package-lock.json"));
}

void TestOpenaiClient::theOfficialClientWorks_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("as applications use it") << QByteArray("client.test.mjs");
    QTest::newRow("towards Anthropic") << QByteArray("anthropic.test.mjs");
    QTest::newRow("towards Gemini") << QByteArray("gemini.test.mjs");
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
    QVERIFY2(daemon.port() > 0, daemon.stderrText().c_str());
    const Finished run =
        runToEnd({"node",
                  {"--test", file.toStdString()},
                  {{"SIGNALBOX_URL", "http://127.0.0.1:" + std::to_string(daemon.port())},
                   {"SIMULATOR_URL", "http://127.0.0.1:" + std::to_string(simulator.port())},
                   {"ADMIN_TOKEN", kAdminToken}},
                  m_folder,
                  {}},
                 kRunPatience);
    QVERIFY2(run.exitCode == 0, (run.output + run.errors).c_str());
    QVERIFY2(run.output.find("# fail 0") != std::string::npos, run.output.c_str());
}

QTEST_GUILESS_MAIN(TestOpenaiClient)
#include "tst_openai_client.moc"
