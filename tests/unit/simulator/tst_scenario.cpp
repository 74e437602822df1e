// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/scenario_reader.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace signalbox;
using namespace signalbox::simulator;

class TestScenario : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasSevenProvidersByDefault();
    void readsEveryKeyOfAProvider();
    void readsEveryKeyOfAFault();
    void knowsEveryKindOfFault();
    void keepsTheDefaultProvidersWhenNoneAreListed();
    void namesTheLineOfAMistake_data();
    void namesTheLineOfAMistake();
    void tellsAllMistakesInTheirOrder();
    void readsALiveFaultByTheSameRules();
    void acceptsTheDemo();
};

namespace {

std::vector<ScenarioError> errorsOf(std::string_view text)
{
    const Result<Scenario, std::vector<ScenarioError>> scenario = readScenario(text);
    return scenario ? std::vector<ScenarioError>{} : scenario.error();
}

} // namespace

void TestScenario::hasSevenProvidersByDefault()
{
    const Scenario scenario = defaultScenario();
    QCOMPARE(scenario.providers.size(), std::size_t{7});
    for (const ProviderSpec &spec : scenario.providers) {
        QVERIFY(!spec.models.empty());
        QCOMPARE(spec.format == Format::Anthropic, spec.id == "anthropic");
        QCOMPARE(spec.format == Format::Gemini, spec.id == "gemini");
        QCOMPARE(spec.rules == Rules::None, spec.format != Format::OpenAi);
        QVERIFY(spec.rules == Rules::None || nameOf(spec.rules) == spec.id);
    }
}

void TestScenario::readsEveryKeyOfAProvider()
{
    const auto scenario = readScenario(R"(
seed = 7
keep_bodies = true
[[provider]]
id = "a"
format = "anthropic"
models = ["m", { name = "n", answers_as = "n-2026", refuses = ["stop"] }]
latency = { median_ms = 12.5, sigma = 0.1 }
tokens_per_s = 0
output_tokens = { median = 9, sigma = 0 }
output_tokens_max = 50
cached_share = 0.25
keys = ["one", "two"]
requests_per_minute = 60
tokens_per_minute = 1_000
padding = true
own_port = true
)");
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->seed, std::uint64_t{7});
    QVERIFY(scenario->keepBodies);
    const ProviderSpec &spec = scenario->providers.at(0);
    QCOMPARE(spec.format, Format::Anthropic);
    QCOMPARE(spec.models, (std::vector<ModelSpec>{{"m", "", {}}, {"n", "n-2026", {"stop"}}}));
    QCOMPARE(spec.latencyMs, (LogNormal{12.5, 0.1}));
    QCOMPARE(spec.outputTokens, (LogNormal{9, 0}));
    QCOMPARE(spec.outputTokensMax, 50);
    QCOMPARE(spec.tokensPerSecond, 0.0);
    QCOMPARE(spec.cachedShare, 0.25);
    QVERIFY(spec.keys.at(1).matches("two"));
    QCOMPARE(spec.requestsPerMinute, std::optional<int>(60));
    QCOMPARE(spec.tokensPerMinute, std::optional<int>(1000));
    QVERIFY(spec.padding && spec.ownPort);
}

void TestScenario::readsEveryKeyOfAFault()
{
    const auto scenario = readScenario(R"(
[[fault]]
provider = "openai"
model = "gpt-5-mini"
key_slot = 1
kind = "rate_limit"
from_s = 20
for_s = 35.5
every_s = 60
probability = 0.5
count = 3
hint = "retry_after_ms"
hint_value = 250
after_tokens = 4
factor = 8
status = 529
body = "text"
headers = { x-a = "b" }
framed = true
)");
    QVERIFY(scenario.ok());
    const Fault &fault = scenario->faults.at(0);
    QCOMPARE(fault.provider, std::string("openai"));
    QCOMPARE(fault.model, std::string("gpt-5-mini"));
    QCOMPARE(fault.keySlot, std::optional<int>(1));
    QCOMPARE(fault.kind, FaultKind::RateLimit);
    QCOMPARE(fault.fromSeconds, 20.0);
    QCOMPARE(fault.forSeconds, std::optional<double>(35.5));
    QCOMPARE(fault.everySeconds, std::optional<double>(60));
    QCOMPARE(fault.probability, 0.5);
    QCOMPARE(fault.count, std::optional<int>(3));
    QCOMPARE(fault.hint, RetryHint::RetryAfterMs);
    QCOMPARE(fault.hintValue, 250.0);
    QCOMPARE(fault.afterTokens, 4);
    QCOMPARE(fault.factor, 8.0);
    QCOMPARE(fault.status, 529);
    QCOMPARE(fault.body, std::string("text"));
    QCOMPARE(fault.headers.at(0).first, std::string("x-a"));
    QVERIFY(fault.framed);
}

void TestScenario::knowsEveryKindOfFault()
{
    for (const std::string &name : faultKindNames()) {
        const auto scenario = readScenario("[[fault]]\nkind = \"" + name + "\"\n");
        QVERIFY2(scenario.ok(), name.c_str());
        QCOMPARE(nameOf(scenario->faults.at(0).kind), std::string_view(name));
    }
    QCOMPARE(faultKindNames().size(), std::size_t{15});
}

void TestScenario::keepsTheDefaultProvidersWhenNoneAreListed()
{
    const auto scenario = readScenario("seed = 3\n");
    QVERIFY(scenario.ok());
    QCOMPARE(scenario->providers.size(), std::size_t{7});
    QCOMPARE(scenario->seed, std::uint64_t{3});
}

void TestScenario::namesTheLineOfAMistake_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QByteArray>("words");

    const QByteArray provider = "[[provider]]\nid = \"a\"\nmodels = [\"m\"]\n";
    QTest::newRow("syntax") << QByteArray("seed = 1\n[[provider\n") << 2 << QByteArray("");
    QTest::newRow("unknown root key")
        << QByteArray("\nsede = 1\n") << 2 << QByteArray("did you mean seed");
    QTest::newRow("unknown provider key") << provider + "latncy = { median_ms = 1 }\n"
                                          << 4 << QByteArray("did you mean latency");
    QTest::newRow("unknown inner key") << provider + "latency = { mediam_ms = 1 }\n"
                                       << 4 << QByteArray("latency mediam_ms is no known key");
    QTest::newRow("no id") << QByteArray("seed = 1\n[[provider]]\nmodels = [\"m\"]\n") << 2
                           << QByteArray("id must");
    QTest::newRow("bad id") << QByteArray("[[provider]]\nid = \"_sim\"\nmodels = [\"m\"]\n") << 2
                            << QByteArray("id must");
    QTest::newRow("no models") << QByteArray("[[provider]]\nid = \"a\"\nmodels = []\n") << 3
                               << QByteArray("models must");
    QTest::newRow("format") << provider + "format = \"vertex\"\n"
                            << 4 << QByteArray("openai, anthropic or gemini");
    QTest::newRow("rules") << provider + "rules = \"groq\"\n"
                           << 4 << QByteArray("qwen, deepseek, mistral or openrouter");
    QTest::newRow("rules of another format") << provider + "format = \"gemini\"\nrules = \"qwen\"\n"
                                             << 5 << QByteArray("are for the format openai");
    QTest::newRow("share") << provider + "cached_share = 1.5\n" << 4 << QByteArray("from 0 to 1");
    QTest::newRow("twice") << provider + provider << 5 << QByteArray("already taken");
    QTest::newRow("kind") << QByteArray("[[fault]]\nkind = \"stal\"\n") << 2
                          << QByteArray("did you mean stall");
    QTest::newRow("no kind") << QByteArray("[[fault]]\nfrom_s = 1\n") << 1
                             << QByteArray("kind is missing");
    QTest::newRow("nobody") << QByteArray("[[fault]]\nkind = \"hang\"\nprovider = \"x\"\n") << 3
                            << QByteArray("none of the providers");
    QTest::newRow("every without for") << QByteArray("[[fault]]\nkind = \"hang\"\nevery_s = 3\n")
                                       << 3 << QByteArray("needs for_s");
    QTest::newRow("header injection")
        << QByteArray("[[fault]]\nkind = \"status\"\nheaders = { a = \"b\\r\\nc: d\" }\n") << 3
        << QByteArray("one line");
    QTest::newRow("no table") << QByteArray("provider = 3\n") << 1 << QByteArray("[[provider]]");
}

void TestScenario::namesTheLineOfAMistake()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QByteArray, words);
    const std::vector<ScenarioError> errors = errorsOf(text.toStdString());
    QCOMPARE(errors.size(), std::size_t{1});
    QCOMPARE(errors[0].line, line);
    QVERIFY(errors[0].column >= 1);
    QVERIFY2(errors[0].message.find(words.toStdString()) != std::string::npos,
             errors[0].message.c_str());
}

void TestScenario::tellsAllMistakesInTheirOrder()
{
    const std::vector<ScenarioError> errors = errorsOf(
        "[[fault]]\nkind = \"x\"\nfrom_s = -1\n[[provider]]\nid = \"\"\nmodels = [\"m\"]\n");
    QCOMPARE(errors.size(), std::size_t{3});
    QCOMPARE(errors[0].line, 2);
    QCOMPARE(errors[1].line, 3);
    QCOMPARE(errors[2].line, 5);
}

void TestScenario::readsALiveFaultByTheSameRules()
{
    QVERIFY(readFault(*parseJson(R"({"kind":"stall","after_tokens":3})")).ok());
    QCOMPARE(readFault(*parseJson(R"({"kind":"stall","aftertokens":3})")).error().at(0).field,
             std::string("aftertokens"));
    QVERIFY(!readFault(*parseJson("[]")).ok());
    QVERIFY(!readFault(*parseJson(R"({"kind":"refuse","model":"m"})")).ok());
}

void TestScenario::acceptsTheDemo()
{
    std::ifstream file(SIGNALBOX_SOURCE_DIR "/resources/scenarios/demo.toml");
    std::ostringstream text;
    text << file.rdbuf();
    const auto scenario = readScenario(text.str());
    QVERIFY2(scenario.ok(), scenario.ok() ? "" : scenario.error()[0].message.c_str());
    QCOMPARE(scenario->providers.size(), std::size_t{7});
    QCOMPARE(scenario->faults.size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(TestScenario)
#include "tst_scenario.moc"
