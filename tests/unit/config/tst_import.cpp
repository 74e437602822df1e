// SPDX-License-Identifier: Apache-2.0
// Other gateways' configurations as ours: what they say, what is told of the rest, and no key.
#include "core/config/import/import.h"
#include "core/config/read.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace signalbox;
using namespace signalbox::config;

namespace {

std::string sample(const char *name)
{
    QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/data/import/")
               + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("%s is missing", name);
    }
    return file.readAll().toStdString();
}

const std::string &liteLlm()
{
    static const std::string text = sample("litellm.yaml");
    return text;
}

const std::string &portkey()
{
    static const std::string text = sample("portkey.json");
    return text;
}

Imported imported(const std::string &text, const std::string &name = "from-file")
{
    auto result = importConfiguration(text, name);
    if (!result) {
        for (const Fault &fault : result.error()) {
            qWarning("%s", toLine(fault, "file").c_str());
        }
        qFatal("not imported");
    }
    return std::move(result).value();
}

Configuration read(const Imported &from)
{
    const std::string text = toToml(from);
    auto loaded = config::read(text, "");
    if (!loaded) {
        qFatal("%s\n%s", toLine(loaded.error().front(), "file").c_str(), text.c_str());
    }
    return std::move(loaded).value().configuration;
}

std::string faultsOf(const std::string &text)
{
    const auto result = importConfiguration(text, "from-file");
    std::string all;
    if (!result) {
        for (const Fault &fault : result.error()) {
            all += (all.empty() ? "" : "|") + toLine(fault, "f");
        }
    }
    return all;
}

/// The notes as `LINE kind path`.
std::vector<std::string> notesOf(const Imported &from)
{
    std::vector<std::string> lines;
    for (const ImportNote &note : from.notes) {
        lines.push_back(std::to_string(note.line) + " " + std::string(toString(note.kind)) + " "
                        + note.path);
    }
    return lines;
}

std::string messageOf(const Imported &from, const std::string &path)
{
    const auto found = std::ranges::find(from.notes, path, &ImportNote::path);
    return found == from.notes.end() ? "" : found->message;
}

std::string targetsOf(const std::vector<TargetChoice> &targets)
{
    std::string out;
    for (const TargetChoice &choice : targets) {
        out += (out.empty() ? "" : " ") + choice.target.name() + ":"
               + QByteArray::number(choice.weight).toStdString() + "@"
               + std::to_string(choice.tier);
    }
    return out;
}

} // namespace

class TestImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesModelsOver();
    void takesRoutingOver();
    void tellsWhatHasNoEquivalent();
    void neverShowsAKey();
    void strategies_data();
    void strategies();
    void weighsByRateWhereThereAreNoWeights();
    void ordersBecomeTiers();
    void mergesAndAliasesOfYaml();
    void namesThatAreTargetsStayRoutes();
    void balancesPortkey();
    void fallsBackInOrder();
    void conditionsBecomeRules();
    void modelsOfConditionsBecomeRoutes();
    void singleAndBareTargets();
    void refusesWithPlaces_data();
    void refusesWithPlaces();
    void bombsAreRefused();
    void fitsBesideWhatIsThere();
    void randomDamageIsAFaultOrValid();
};

void TestImport::takesModelsOver()
{
    const Imported from = imported(liteLlm());
    QVERIFY(from.format == ImportFormat::LiteLlm);
    const Configuration settings = read(from);
    QCOMPARE(settings.providers.size(), std::size_t(5));
    const ProviderSettings *openai = settings.provider("openai");
    QVERIFY(openai != nullptr);
    QVERIFY(openai->kind == ProviderKind::OpenAi);
    QCOMPARE(openai->keys, (std::vector<SecretRef>{{SecretRef::Store::Env, "OPENAI_API_KEY"}}));
    QCOMPARE(openai->limits.requestsPerMinute, std::optional<std::int64_t>(600));
    QCOMPARE(openai->limits.tokensPerMinute, std::optional<std::int64_t>(200'000));
    QCOMPARE(openai->timeouts.total, Millis(45'000));
    QCOMPARE(openai->breaker.failures, 4);
    QCOMPARE(openai->breaker.open, Millis(30'000));
    const ModelSettings *gpt = settings.model(TargetId("openai/gpt-4o"));
    QVERIFY(gpt != nullptr && gpt->pricedByOperator);
    const PriceRow &price = gpt->price.at(SystemTime{}).rows.front();
    QCOMPARE(price.input, *TokenPrice::fromUsdPerMillion("2.5"));
    QCOMPARE(price.output, *TokenPrice::fromUsdPerMillion("10"));
    QCOMPARE(settings.provider("openrouter")->keys,
             (std::vector<SecretRef>{{SecretRef::Store::Keychain, "openrouter"}}));
    // The same address and key, but without limits of its own: another provider.
    QVERIFY(settings.model(TargetId("openai-2/text-embedding-3-small")) != nullptr);
    QCOMPARE(settings.model(TargetId("openai-2/text-embedding-3-small"))->features,
             FeatureSet{Feature::Embeddings});
    QCOMPARE(settings.provider("anthropic")->timeouts.total, Millis(120'000));
    const ProviderSettings *local = settings.provider("10.0.0.7");
    QVERIFY(local != nullptr);
    QVERIFY(local->kind == ProviderKind::OpenAiCompatible);
    QVERIFY(local->keys.empty()); // OpenAI's is not for them
    QCOMPARE(local->baseUrl, std::string("http://10.0.0.7:8000/v1"));
    QCOMPARE(local->models.front().contextTokens, std::optional<std::int64_t>(8192));
    QVERIFY(!local->models.front().features.contains(Feature::Images));
    QVERIFY(local->models.front().features.contains(Feature::Tools));
}

void TestImport::takesRoutingOver()
{
    const Configuration settings = read(imported(liteLlm()));
    const RouteSettings *chat = settings.route("gpt-4o");
    QVERIFY(chat != nullptr);
    // Order 2 comes before those without one.
    QCOMPARE(targetsOf(chat->targets),
             std::string("openrouter/openai/gpt-4o:1@1 openai/gpt-4o:1@1 "
                         "anthropic/claude-sonnet-4-5:1@1"));
    QVERIFY(chat->strategy == Strategy::Priority);
    QCOMPARE(chat->retry.attempts, 6); // three at each of two groups
    QCOMPARE(chat->retry.backoff, Millis(1000));
    QCOMPARE(settings.route("claude")->retry.sameTarget, 2);
    QCOMPARE(settings.route("gpt-4")->targets, chat->targets);
    QCOMPARE(targetsOf(settings.route("fast")->targets),
             std::string("10.0.0.7/llama-3.1-8b:1@1 anthropic/claude-sonnet-4-5:1@1"));
    QVERIFY(settings.route("azure-eu") == nullptr);
    QVERIFY(settings.route("vectors") != nullptr);
}

void TestImport::tellsWhatHasNoEquivalent()
{
    const Imported from = imported(liteLlm());
    const std::vector<std::string> wanted = {
        "10 dropped model_list[0].litellm_params.tags",
        "12 dropped model_list[0].model_info.id",
        "18 key model_list[1].litellm_params.api_key",
        "28 changed model_list[3].litellm_params.api_base",
        "29 dropped model_list[3].litellm_params.temperature",
        "38 dropped model_list[5].litellm_params.model",
        "40 dropped model_list[5].litellm_params.api_version",
        "46 changed router_settings.allowed_fails",
        "49 dropped fallbacks.gpt-4o",
        "50 dropped router_settings.model_group_alias.fast.hidden",
        "51 dropped router_settings.redis_password",
        "54 changed litellm_settings.context_window_fallbacks",
        "55 dropped litellm_settings.drop_params",
        "56 dropped litellm_settings.success_callback",
        "58 dropped general_settings.master_key",
        "59 dropped general_settings.database_url",
        "61 dropped environment_variables",
    };
    const auto notes = notesOf(from);
    for (const std::string &line : wanted) {
        const auto path = line.substr(line.find(' '));
        const bool there = std::ranges::any_of(notes, [&](const std::string &note) {
            return note.ends_with(path);
        });
        QVERIFY2(there, line.c_str());
    }
    QCOMPARE(notes.size(), wanted.size());
    QCOMPARE(messageOf(from, "model_list[3].litellm_params.temperature"), std::string("was 0.2"));
    QCOMPARE(toLine(from.notes[4], "config.yaml"),
             std::string(
                 "config.yaml:29: dropped model_list[3].litellm_params.temperature: was 0.2"));
    QVERIFY(messageOf(from, "model_list[5].litellm_params.model").find("azure")
            != std::string::npos);
    QVERIFY(std::ranges::is_sorted(from.notes, {}, &ImportNote::line));
    for (std::size_t i = 0; i < notes.size(); ++i) {
        QCOMPARE(notes[i], wanted[i]);
    }
}

/// No key, password or address with one: neither in what is written nor in what is told.
void TestImport::neverShowsAKey()
{
    for (const std::string &text : {liteLlm(), portkey()}) {
        const Imported from = imported(text);
        std::string all = toToml(from);
        for (const ImportNote &note : from.notes) {
            all += toLine(note, "f") + "\n";
        }
        for (const char *secret : {"verysecretvalue",
                                   "hunter2",
                                   "sk-1234",
                                   "postgresql",
                                   "sk-lf",
                                   "sk-live",
                                   "7a1b2c",
                                   "gsk_"}) {
            QVERIFY2(all.find(secret) == std::string::npos, (all + secret).c_str());
        }
    }
    // In broken files too.
    QVERIFY(faultsOf("model_list:\n - model_name: a\n   litellm_params: sk-verysecret\n")
                .find("verysecret")
            == std::string::npos);
    QVERIFY(faultsOf("model_list: [{api_key: sk-verysecret, x: *sk-verysecret}]").find("verysecret")
            == std::string::npos);
}

void TestImport::strategies_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("strategy");
    QTest::addColumn<bool>("told");
    const auto row = [](const char *name, Strategy strategy, bool told) {
        QTest::newRow(name) << QByteArray(name) << static_cast<int>(strategy) << told;
    };
    row("simple-shuffle", Strategy::Weighted, false);
    row("latency-based-routing", Strategy::Fastest, false);
    row("cost-based-routing", Strategy::Cheapest, false);
    row("least-busy", Strategy::Weighted, true);
    row("usage-based-routing-v2", Strategy::Weighted, true);
}

void TestImport::strategies()
{
    QFETCH(const QByteArray, name);
    QFETCH(const int, strategy);
    QFETCH(const bool, told);
    const Imported from = imported("model_list:\n"
                                   "- {model_name: m, litellm_params: {model: openai/a}}\n"
                                   "- {model_name: m, litellm_params: {model: mistral/b}}\n"
                                   "router_settings: {routing_strategy: "
                                   + name.toStdString() + "}\n");
    QCOMPARE(static_cast<int>(read(from).routes.front().strategy), strategy);
    QCOMPARE(!from.notes.empty(), told);
}

void TestImport::weighsByRateWhereThereAreNoWeights()
{
    const Configuration settings = read(
        imported("model_list:\n"
                 "- {model_name: m, litellm_params: {model: openai/a, rpm: 900}}\n"
                 "- {model_name: m, litellm_params: {model: mistral/b}, rpm: 100}\n"));
    QCOMPARE(targetsOf(settings.route("m")->targets),
             std::string("openai/a:900@1 mistral/b:100@1"));
    QCOMPARE(settings.provider("mistral")->limits.requestsPerMinute,
             std::optional<std::int64_t>(100));
}

void TestImport::ordersBecomeTiers()
{
    const Configuration settings = read(
        imported("model_list:\n"
                 "- {model_name: m, litellm_params: {model: openai/a, order: 7, weight: 2}}\n"
                 "- {model_name: m, litellm_params: {model: mistral/b, order: 7, weight: 1}}\n"
                 "- {model_name: m, litellm_params: {model: deepseek/c, order: 1}}\n"));
    QCOMPARE(targetsOf(settings.route("m")->targets),
             std::string("deepseek/c:0@1 openai/a:2@2 mistral/b:1@2"));
    QVERIFY(settings.route("m")->strategy == Strategy::Weighted);
}

void TestImport::mergesAndAliasesOfYaml()
{
    const Configuration settings = read(imported("model_list:\n"
                                                 "- model_name: a\n"
                                                 "  litellm_params: &common\n"
                                                 "    model: openai/gpt-4o\n"
                                                 "    rpm: 5\n"
                                                 "- model_name: b\n"
                                                 "  litellm_params:\n"
                                                 "    <<: *common\n"
                                                 "    model: openai/gpt-4o-mini\n"));
    QCOMPARE(targetsOf(settings.route("b")->targets), std::string("openai-2/gpt-4o-mini:1@1"));
    QCOMPARE(settings.provider("openai-2")->limits.requestsPerMinute,
             std::optional<std::int64_t>(5));
}

/// Many name their models as their targets are called here.
void TestImport::namesThatAreTargetsStayRoutes()
{
    const Configuration settings = read(
        imported("model_list:\n"
                 "- {model_name: openai/gpt-4o, litellm_params: {model: openai/gpt-4o}}\n"));
    QCOMPARE(targetsOf(settings.route("openai/gpt-4o")->targets),
             std::string("openai-2/gpt-4o:1@1"));
}

void TestImport::balancesPortkey()
{
    const Imported from = imported(portkey(), "production");
    QVERIFY(from.format == ImportFormat::Portkey);
    const Configuration settings = read(from);
    QCOMPARE(settings.routes.size(), std::size_t(1));
    const RouteSettings &route = settings.routes.front();
    QCOMPARE(route.name, std::string("production"));
    QVERIFY(route.strategy == Strategy::Weighted);
    QCOMPARE(targetsOf(route.targets),
             std::string("openai/gpt-4o:0.7@1 anthropic/claude-sonnet-4-5:0.3@1 "
                         "groq/llama-3.3-70b-versatile:0.3@2"));
    QCOMPARE(route.retry.sameTarget, 2);
    QCOMPARE(route.retry.attempts, 9);
    QCOMPARE(settings.provider("groq")->baseUrl, std::string("https://api.groq.com/openai/v1"));
    for (const ProviderSettings &provider : settings.providers) {
        QCOMPARE(provider.timeouts.total, Millis(15'000));
        QCOMPARE(provider.keys,
                 (std::vector<SecretRef>{{SecretRef::Store::Keychain, provider.id}}));
    }
    const std::vector<std::string> wanted = {
        "3 dropped retry.on_status_codes",
        "4 dropped cache",
        "7 key targets[0].api_key",
        "8 dropped targets[0].override_params.temperature",
        "9 changed targets[1]",
        "10 dropped targets[1].strategy.on_status_codes",
        "12 key targets[1].targets[0]",
        "13 key targets[1].targets[1].api_key",
    };
    QCOMPARE(notesOf(from), wanted);
}

void TestImport::fallsBackInOrder()
{
    const Configuration settings = read(imported(R"({"strategy":{"mode":"fallback"},"targets":[
        {"provider":"openai","apiKey":"k1","overrideParams":{"model":"gpt-4o"}},
        {"strategy":{"mode":"loadbalance"},"targets":[
            {"provider":"mistral-ai","weight":3,"override_params":{"model":"mistral-large-latest"}},
            {"provider":"deepseek","weight":1,"override_params":{"model":"deepseek-chat"}}]}]})"));
    QCOMPARE(targetsOf(settings.routes.front().targets),
             std::string("openai/gpt-4o:1@1 mistral/mistral-large-latest:3@2 "
                         "deepseek/deepseek-chat:1@2"));
    const Configuration plain = read(imported(R"({"strategy":{"mode":"fallback"},"targets":[
        {"provider":"openai","override_params":{"model":"gpt-4o"}},
        {"provider":"anthropic","override_params":{"model":"claude-sonnet-4-5"}}]})"));
    QVERIFY(plain.routes.front().strategy == Strategy::Priority);
    QCOMPARE(targetsOf(plain.routes.front().targets),
             std::string("openai/gpt-4o:1@1 anthropic/claude-sonnet-4-5:1@1"));
}

void TestImport::conditionsBecomeRules()
{
    const Imported from = imported(R"({"strategy":{"mode":"conditional","conditions":[
        {"query":{"metadata.plan":{"$eq":"paid"}},"then":"good"},
        {"query":{"$or":[{"metadata.team":{"$in":["a","b"]}},{"params.max_tokens":{"$gt":4000}}]},"then":"good"},
        {"query":{"$and":[{"metadata.plan":"trial"},{"params.stream":true}]},"then":"cheap"},
        {"query":{"metadata.plan":{"$regex":"^x"}},"then":"good"},
        {"query":{"params.temperature":{"$gt":0.7}},"then":"good"}],
        "default":"cheap"},
      "targets":[
        {"name":"good","provider":"openai","override_params":{"model":"gpt-4o"}},
        {"name":"cheap","provider":"deepseek","override_params":{"model":"deepseek-chat"}}]})");
    const RouteSettings route = read(from).routes.front();
    QCOMPARE(targetsOf(route.targets), std::string("deepseek/deepseek-chat:1@1"));
    QCOMPARE(route.rules.size(), std::size_t(4));
    QCOMPARE(route.rules[0].name, std::string("good"));
    QCOMPARE(targetsOf(route.rules[0].targets), std::string("openai/gpt-4o:1@1"));
    const std::vector<Condition> plan = {{Fact::Metadata, "plan", Literal(std::string("paid"))}};
    QCOMPARE(route.rules[0].when, plan);
    QCOMPARE(route.rules[1].name, std::string("good-2"));
    const std::vector<Condition> tokens = {
        {Fact::MaxOutputTokens, "", Comparison{Comparison::Operator::Greater, 4000}}};
    QCOMPARE(route.rules[2].when, tokens);
    QCOMPARE(route.rules[3].name, std::string("cheap"));
    QCOMPARE(route.rules[3].when.size(), std::size_t(2));
    QVERIFY(messageOf(from, "strategy.conditions[3].query.metadata.plan").find("$regex")
            != std::string::npos);
    QCOMPARE(messageOf(from, "strategy.conditions[4].query.params.temperature"),
             std::string("no rule can ask for this"));
}

void TestImport::modelsOfConditionsBecomeRoutes()
{
    const Configuration settings = read(imported(R"({"strategy":{"mode":"conditional","conditions":[
        {"query":{"params.model":{"$eq":"smartest"}},"then":"good"}],"default":"cheap"},
      "targets":[
        {"name":"good","provider":"openai","override_params":{"model":"o3"}},
        {"name":"cheap","provider":"openai","override_params":{"model":"gpt-4o-mini"}}]})",
                                                 "app"));
    QCOMPARE(targetsOf(settings.route("smartest")->targets), std::string("openai/o3:1@1"));
    QCOMPARE(targetsOf(settings.route("app")->targets), std::string("openai/gpt-4o-mini:1@1"));
    QVERIFY(settings.route("app")->rules.empty());
}

void TestImport::singleAndBareTargets()
{
    const Configuration bare = read(
        imported("{\n\t\"provider\": \"ollama\",\n\t\"custom_host\": \"http://box:11434\",\n"
                 "\t\"override_params\": {\"model\": \"qwen3:8b\"}\n}"));
    QCOMPARE(targetsOf(bare.routes.front().targets), std::string("box/qwen3:8b:1@1"));
    QCOMPARE(bare.providers.front().baseUrl, std::string("http://box:11434/v1"));
    QVERIFY(bare.providers.front().keys.empty());
    const Imported single = imported(R"({"strategy":{"mode":"single"},"targets":[
            {"provider":"@team-openai","override_params":{"model":"gpt-4o"}},
            {"provider":"openai","override_params":{"model":"gpt-4o-mini"}}]})");
    QCOMPARE(targetsOf(read(single).routes.front().targets), std::string("openai/gpt-4o:1@1"));
    QVERIFY(!messageOf(single, "targets[1]").empty());
}

void TestImport::refusesWithPlaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("faults");
    const auto row = [](const char *name, const char *text, const char *faults) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(faults);
    };
    row("nothing", "", "f:1:1: neither a LiteLLM config.yaml");
    row("something else", "hello: world\n", "f:1:1: neither a LiteLLM config.yaml");
    row("no YAML", "model_list:\n  - a: [1, 2\n", "f:3:1: neither YAML nor JSON: ");
    row("wrong indentation",
        "model_list:\n- model_name: a\n   litellm_params: {}\n",
        "f:3:18: neither YAML nor JSON: illegal map value");
    row("broken JSON", "{\"strategy\": {\"mode\": }\n  \"targets\": []", "neither YAML nor JSON");
    row("no UTF-8", "model_list: \xff\n", "f:1:1: the file is not UTF-8");
    row("unknown alias",
        "model_list: *none\n",
        "f:1:13: neither YAML nor JSON: an alias names no anchor");
    row("list expected", "model_list: 5\n", "f:1:13: `model_list` must be a list");
    row("names missing",
        "model_list:\n- {}\n",
        "f:2:3: `model_list[0].model_name` is missing|f:2:3: `model_list[0].litellm_params` is "
        "missing");
    row("all at once",
        "model_list:\n- model_name: a\n  litellm_params:\n    model: openai/x\n    rpm: many\n"
        "    weight: -1\n    tpm: 1.5\n",
        "f:5:10: `model_list[0].litellm_params.rpm` must be a number of at least 1|f:6:13: "
        "`model_list[0].litellm_params.weight` must be a number of at least 0|f:7:10: "
        "`model_list[0].litellm_params.tpm` must be a whole number");
    row("no model",
        "model_list:\n- model_name: a\n  litellm_params: {rpm: many}\n",
        "f:3:19: `model_list[0].litellm_params.model` is missing|f:3:25: "
        "`model_list[0].litellm_params.rpm` must be a number of at least 1");
    row("a bad variable",
        "model_list:\n- model_name: a\n  litellm_params: {model: openai/x, api_key: "
        "os.environ/A-B}\n",
        "must name an environment variable");
    row("nothing is left",
        "model_list:\n- model_name: a\n  litellm_params: {model: bedrock/x}\n",
        "no target of it can be asked from here: line:3: dropped");
    row("unknown mode",
        R"({"strategy":{"mode":"random"},"targets":[]})",
        "f:1:21: `strategy.mode` must be single, loadbalance, fallback or conditional");
    row("unknown then",
        R"({"strategy":{"mode":"conditional","conditions":[{"query":{"metadata.a":"b"},"then":"x"}],"default":"a"},
 "targets":[{"name":"a","provider":"openai","override_params":{"model":"gpt-4o"}}]})",
        "`strategy.conditions[0].then` must name a target");
    row("an aliased name",
        "model_list:\n- {model_name: \" a\", litellm_params: {model: openai/x}}\n",
        "f:2:16: `model_list[0].model_name` must be a name");
}

void TestImport::refusesWithPlaces()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, faults);
    const std::string found = faultsOf(text.toStdString());
    QVERIFY2(found.find(faults.toStdString()) != std::string::npos, found.c_str());
}

void TestImport::bombsAreRefused()
{
    std::string bomb = "a0: &a0 [x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int k = 0; k < 9; ++k) {
            bomb += "," + before;
        }
        bomb += "]\n";
    }
    QVERIFY(faultsOf(bomb + "model_list: *a11\n").find("more than 50000 values")
            != std::string::npos);
    QVERIFY(faultsOf("model_list: &a [*a]\n").find("an alias within itself") != std::string::npos);
    QVERIFY(!faultsOf(std::string(100'000, '[')).empty());
    QVERIFY(!faultsOf(std::string(100'000, '{')).empty());
    QVERIFY(faultsOf("model_list: []\n#" + std::string(2'000'000, 'x')).find("larger than 1 MiB")
            != std::string::npos);
}

void TestImport::fitsBesideWhatIsThere()
{
    const auto present = config::read("[[provider]]\nid = \"openai\"\nkind = \"openai\"\n"
                                      "keys = [\"env:OTHER\"]\n[[provider.model]]\nname = \"x\"\n"
                                      "[[provider]]\nid = \"bear\"\nkind = \"mistral\"\n"
                                      "keys = [\"env:MISTRAL_API_KEY\"]\n"
                                      "[[provider.model]]\nname = \"b\"\n",
                                      "");
    QVERIFY(present);
    const Imported added = fitted(imported(
                                      "model_list:\n"
                                      "- {model_name: m, litellm_params: {model: openai/a}}\n"
                                      "- {model_name: m, litellm_params: {model: mistral/b}}\n"),
                                  present->configuration);
    QCOMPARE(added.providers.size(), std::size_t(1));
    QCOMPARE(added.providers.front().id, std::string("openai-2"));
    QCOMPARE(targetsOf(added.routes.front().targets), std::string("openai-2/a:1@1 bear/b:1@1"));
}

/// Whatever becomes of a file on its way: a fault with a place in it, or a valid configuration.
void TestImport::randomDamageIsAFaultOrValid()
{
    std::mt19937 random(5);
    int valid = 0;
    int faulty = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string text = round % 2 == 0 ? liteLlm() : portkey();
        const auto lines = static_cast<int>(std::ranges::count(text, '\n')) + 2;
        for (auto hits = random() % 3; hits < 3; ++hits) {
            const std::size_t at = random() % text.size();
            switch (random() % 4) {
            case 0:
                text.erase(at, random() % 12);
                break;
            case 1:
                text.insert(at, 1, "{}[]:,-'\"*&!|>#%@` \n\t0aZ"[random() % 26]);
                break;
            case 2:
                text[at] = static_cast<char>(random() % 256);
                break;
            default:
                text.insert(at, text.substr(random() % text.size(), random() % 40));
                break;
            }
        }
        const auto result = importConfiguration(text, "f");
        if (result) {
            ++valid;
            QVERIFY2(config::read(toToml(*result), ""), text.c_str());
            continue;
        }
        ++faulty;
        QVERIFY(!result.error().empty());
        for (const Fault &fault : result.error()) {
            QVERIFY(fault.line >= 1 && fault.line <= lines + 120 && fault.column >= 1);
            QVERIFY(!fault.message.starts_with("it does not fit in here"));
        }
    }
    QVERIFY2(valid > 300 && faulty > 300, qPrintable(QString::number(valid)));
}

QTEST_APPLESS_MAIN(TestImport)
#include "tst_import.moc"
