// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/config/reading.h"

#include "core/config/catalogue.h"

#include <QTest>

#include <set>

using namespace signalbox;
using namespace signalbox::config;
using namespace signalbox::test;

/// The built-in catalogue, how one is read, and what a configuration takes from it.
class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFigureHasItsDayAndSource();
    void theFiguresAreInTheirBounds();
    void everyProviderIsThere();
    void readsFiguresExactly();
    void pricesByHost_data();
    void pricesByHost();
    void pricesByDay();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void fillsWhatAConfigurationLeavesOut();
    void theConfigurationWins();
    void knowsModelsByTheirOtherNames();
    void knowsThePricesOfOthers();
    void leavesTheUnknownUnknown_data();
    void leavesTheUnknownUnknown();
};

namespace {

constexpr const char *kIntl = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1";
constexpr const char *kChina = "https://dashscope.aliyuncs.com/compatible-mode/v1";

std::int64_t picos(const char *usdPerMillion)
{
    return TokenPrice::fromUsdPerMillion(usdPerMillion).value_or(TokenPrice()).picosPerToken();
}

SystemTime day(const char *iso)
{
    return fromIso8601(iso).value_or(SystemTime());
}

/// `input` of \p model in picos on \p when; -1: unknown.
std::int64_t inputOn(const ModelSettings &model, const char *when)
{
    const auto &rows = model.price.at(day(when)).rows;
    return rows.empty() ? -1 : rows.front().input.picosPerToken();
}

ModelSettings modelOf(const std::string &provider, const std::string &model)
{
    const auto loaded = readText("[[provider]]\nid = \"p\"\n" + provider + "\n[[provider.model]]\n"
                                 + model + "\n");
    return loaded.ok() ? loaded->configuration.providers.at(0).models.at(0) : ModelSettings();
}

/// An entry with \p more members.
std::string entry(const std::string &more)
{
    return "[[model]]\nkind = \"openai\"\nname = \"m\"\ncontext = 10\nfeatures = [\"tools\"]\n"
           "tokenizer = \"o200k\"\nchecked = 2026-07-02\nsource = \"s\"\n"
           + more;
}

} // namespace

void TestCatalogue::everyFigureHasItsDayAndSource()
{
    const SystemTime known = day("2020-01-01");
    std::set<std::string> sources;
    for (const CatalogueModel &model : builtInCatalogue().models()) {
        QVERIFY2(model.checked > known && !model.source.empty(), model.name.c_str());
        std::set<std::pair<std::string, SystemTime>> seen;
        for (const CataloguePrice &price : model.prices) {
            QVERIFY2(price.from > known && !price.source.empty(), model.name.c_str());
            QVERIFY2(seen.emplace(price.host, price.from).second, model.name.c_str());
        }
    }
    for (const FreeQuota &quota : builtInCatalogue().freeQuotas()) {
        QVERIFY(quota.checked > known && !quota.source.empty());
    }
    QCOMPARE(builtInCatalogue().freeQuotas().size(), std::size_t(1));
}

void TestCatalogue::theFiguresAreInTheirBounds()
{
    // Goal: a slip of a decimal point or a column is noticed.
    for (const CatalogueModel &model : builtInCatalogue().models()) {
        QVERIFY2(model.contextTokens >= 1000 && model.contextTokens <= 20'000'000,
                 model.name.c_str());
        QVERIFY2(model.maxOutputTokens.value_or(1) <= model.contextTokens, model.name.c_str());
        const bool embeds = model.features.contains(Feature::Embeddings);
        QVERIFY2(!embeds || model.features == FeatureSet{Feature::Embeddings}, model.name.c_str());
        for (const CataloguePrice &price : model.prices) {
            std::int64_t dearest = 0;
            for (const PriceRow &row : price.table.rows) {
                QVERIFY2(row.cachedInput <= row.input, model.name.c_str());
                QVERIFY2(row.cacheWrite.picosPerToken() <= 2 * row.input.picosPerToken(),
                         model.name.c_str());
                QVERIFY2(row.cacheWriteHour.value_or(row.cacheWrite) >= row.cacheWrite,
                         model.name.c_str());
                QVERIFY2(embeds || row.output >= row.input, model.name.c_str());
                QVERIFY2(row.thinkingOutput.value_or(row.output) >= row.output, model.name.c_str());
                QVERIFY2(row.input.picosPerToken() >= dearest, model.name.c_str());
                dearest = row.input.picosPerToken();
            }
            QVERIFY2(dearest <= picos("200"), model.name.c_str());
        }
    }
}

void TestCatalogue::everyProviderIsThere()
{
    std::map<ProviderKind, int> models;
    for (const CatalogueModel &model : builtInCatalogue().models()) {
        ++models[model.kind];
    }
    using enum ProviderKind;
    for (const auto &[kind, least] : std::map<ProviderKind, int>{{OpenAi, 40},
                                                                 {Anthropic, 15},
                                                                 {Qwen, 30},
                                                                 {DeepSeek, 4},
                                                                 {Mistral, 15},
                                                                 {Gemini, 12},
                                                                 {OpenRouter, 100}}) {
        QVERIFY2(models[kind] >= least, toString(kind).data());
    }
    QCOMPARE(models.size(), std::size_t(7));
}

void TestCatalogue::readsFiguresExactly()
{
    const auto catalogue = Catalogue::read(entry(
        "aliases = [\"n\"]\nmax_output = 4\nprice = [{ from = 2026-07-02, source = \"t\", input = "
        "0.003625, cached_input = 0.0028, cache_write = 1.25, cache_write_1h = 2, output = "
        "0.87, thinking_output = 4, tiers = [{ from = 272_001, input = 5, output = 22.5 }] }]"));
    QVERIFY(catalogue.ok());
    const CatalogueModel *model = catalogue->find(ProviderKind::OpenAi, "n");
    QVERIFY(model != nullptr && model == catalogue->find(ProviderKind::OpenAi, "m"));
    QCOMPARE(model->contextTokens, std::int64_t(10));
    QCOMPARE(model->maxOutputTokens, std::optional<std::int64_t>(4));
    QCOMPARE(model->features, FeatureSet{Feature::Tools});
    QVERIFY(model->tokenizer == TokenFamily::O200k);
    QCOMPARE(model->checked, day("2026-07-02"));
    const auto price = [](const char *usd) { return TokenPrice::fromPicosPerToken(picos(usd)); };
    const std::vector<PriceRow> rows = {
        {0,
         price("0.003625"),
         price("0.0028"),
         price("1.25"),
         price("0.87"),
         price("2"),
         price("4")},
        {272'001, price("5"), price("5"), price("5"), price("22.5")},
    };
    QCOMPARE(model->prices.at(0).table.rows, rows);
}

void TestCatalogue::pricesByHost_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("thinking");
    QTest::newRow("Singapore") << QByteArray(kIntl) << QByteArray("0.4") << QByteArray("4");
    QTest::newRow("Beijing") << QByteArray(kChina) << QByteArray("0.115") << QByteArray("1.147");
    QTest::newRow("a proxy") << QByteArray("http://10.0.0.7:8080/v1") << QByteArray("0.4")
                             << QByteArray("4");
}

void TestCatalogue::pricesByHost()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, thinking);
    const ModelSettings model = modelOf("kind = \"qwen\"\nbase_url = \"" + url.toStdString() + "\"",
                                        "name = \"qwen-plus\"");
    const auto &rows = model.price.at(day("2026-11-22")).rows;
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].input.picosPerToken(), picos(input.constData()));
    QCOMPARE(rows[0].thinkingOutput.value_or(TokenPrice()).picosPerToken(),
             picos(thinking.constData()));
}

void TestCatalogue::pricesByDay()
{
    const ModelSettings sonnet = modelOf("kind = \"anthropic\"", "name = \"claude-sonnet-5\"");
    QCOMPARE(inputOn(sonnet, "2026-06-29T23:59:59Z"), std::int64_t(-1));
    QCOMPARE(inputOn(sonnet, "2026-06-30"), picos("2"));
    QCOMPARE(inputOn(sonnet, "2026-08-31T23:59:59Z"), picos("2"));
    QCOMPARE(inputOn(sonnet, "2026-09-01"), picos("3"));
    const PriceRow &row = sonnet.price.at(day("2026-09-01")).rows.front();
    QCOMPARE(row.cacheWrite.picosPerToken(), picos("3.75"));
    QCOMPARE(row.cacheWriteHour.value_or(TokenPrice()).picosPerToken(), picos("6"));
}

void TestCatalogue::saysWhatIsWrong_data()
{
    columns();
    row("nothing", "", "ok");
    row("a whole one", entry(""), "ok");
    row("no day of a price",
        entry("price = [{ source = \"s\", input = 1, output = 2 }]"),
        "9:10: `from` is missing in `model.price`");
    row("no source of a price",
        entry("price = [{ from = 2026-07-02, input = 1, output = 2 }]"),
        "9:10: `source` is missing in `model.price`");
    row("a day as text",
        entry("price = [{ from = \"2026-07-02\", source = \"s\", input = 1, output = 2 }]"),
        "9:19: `from` must be a date such as 2026-07-02, found a string");
    row("an unknown key",
        entry("contxt = 5"),
        "9:1: unknown key `contxt`; did you mean `context`?");
    row("an unknown tokenizer",
        "[[model]]\nkind = \"openai\"\nname = \"m\"\ncontext = 10\nfeatures = []\ntokenizer = "
        "\"qwem\"\nchecked = 2026-07-02\nsource = \"s\"",
        "6:13: `tokenizer` must be o200k, cl100k, qwen, deepseek, mistral, claude, claude-new or "
        "gemini, found `qwem`; did you mean `qwen`?");
    row("nothing said",
        "[[model]]",
        "1:1: `kind` is missing in `model`\n1:1: `name` is missing in `model`\n"
        "1:1: `context` is missing in `model`\n1:1: `features` is missing in `model`\n"
        "1:1: `tokenizer` is missing in `model`\n1:1: `checked` is missing in `model`\n"
        "1:1: `source` is missing in `model`");
    row("twice",
        entry("") + entry(""),
        "9:1: model or alias `openai/m` is already defined in line 1");
    row("no TOML",
        "[[model",
        "1:8: not valid TOML: Error while parsing table header: encountered end-of-file");
}

void TestCatalogue::saysWhatIsWrong()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, expected);
    const auto catalogue = Catalogue::read(toml.toStdString());
    std::string lines = catalogue.ok() ? "ok" : "";
    if (!catalogue.ok()) {
        for (const Fault &fault : catalogue.error()) {
            lines += (lines.empty() ? "" : "\n") + toLine(fault, "").substr(1);
        }
    }
    QCOMPARE(QString::fromStdString(lines), expected);
}

void TestCatalogue::fillsWhatAConfigurationLeavesOut()
{
    const ModelSettings model = modelOf("kind = \"openai\"", "name = \"gpt-5.4\"");
    QCOMPARE(model.contextTokens, std::optional<std::int64_t>(1'050'000));
    QCOMPARE(model.maxOutputTokens, std::optional<std::int64_t>(128'000));
    using enum Feature;
    QCOMPARE(model.features, (FeatureSet{Tools, Images, JsonSchema, Reasoning}));
    QCOMPARE(model.tokenizer, std::optional(TokenFamily::O200k));
    const auto &rows = model.price.at(day("2026-11-22")).rows;
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows[1].fromPromptTokens, std::int64_t(272'001));
    QCOMPARE(rows[1].output.picosPerToken(), picos("22.5"));
    const ModelSettings embedder = modelOf("kind = \"openai\"",
                                           "name = \"text-embedding-3-small\"");
    QCOMPARE(embedder.features, FeatureSet{Embeddings});
    QVERIFY(!embedder.maxOutputTokens);
}

void TestCatalogue::theConfigurationWins()
{
    const ModelSettings model = modelOf("kind = \"openai\"",
                                        "name = \"gpt-5.4\"\nprice = { input = 7, output = 8 }\n"
                                        "context = 5000\nmax_output = 100\nfeatures = []\n"
                                        "tokenizer = \"qwen\"");
    QCOMPARE(inputOn(model, "1970-01-01"), picos("7")); // a price without a day always holds
    QCOMPARE(model.price.at(day("2026-11-22")).rows.size(), std::size_t(1));
    QCOMPARE(model.contextTokens, std::optional<std::int64_t>(5000));
    QCOMPARE(model.maxOutputTokens, std::optional<std::int64_t>(100));
    QVERIFY(model.features.isEmpty());
    QCOMPARE(model.tokenizer, std::optional(TokenFamily::Qwen));
    const ModelSettings half = modelOf("kind = \"openai\"", "name = \"gpt-5.4\"\ncontext = 5000");
    QCOMPARE(half.contextTokens, std::optional<std::int64_t>(5000));
    QCOMPARE(inputOn(half, "2026-11-22"), picos("2.5")); // key by key
}

void TestCatalogue::knowsModelsByTheirOtherNames()
{
    const ModelSettings dated = modelOf("kind = \"anthropic\"",
                                        "name = \"claude-haiku-4-5-20251001\"");
    QCOMPARE(dated.name, std::string("claude-haiku-4-5-20251001"));
    QCOMPARE(inputOn(dated, "2026-11-22"), picos("1"));
}

/// Of all models of the kind, for answers that name another than was asked for.
void TestCatalogue::knowsThePricesOfOthers()
{
    const auto loaded = readText(
        "[[provider]]\nid = \"p\"\nkind = \"anthropic\"\n[[provider.model]]\n"
        "name = \"a\"\nprice = { input = 1, output = 2 }\n"
        "[[provider.model]]\nname = \"b\"\n");
    QVERIFY(loaded.ok());
    const ProviderSettings &provider = loaded->configuration.providers.at(0);
    QVERIFY(provider.models.at(0).pricedByOperator && !provider.models.at(1).pricedByOperator);
    for (const char *name : {"claude-haiku-4-5", "claude-haiku-4-5-20251001"}) {
        const auto known = std::ranges::find(provider.cataloguePrices, name, &NamedPrice::model);
        QVERIFY2(known != provider.cataloguePrices.end(), name);
        QCOMPARE(known->price.at(day("2026-11-22")).rows.at(0).input.picosPerToken(), picos("1"));
    }
    QVERIFY(std::ranges::find(provider.cataloguePrices, "gpt-5.4", &NamedPrice::model)
            == provider.cataloguePrices.end());
}

void TestCatalogue::leavesTheUnknownUnknown_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("a model of tomorrow") << QByteArray("openai") << QByteArray("gpt-9");
    QTest::newRow("another's model") << QByteArray("openai") << QByteArray("qwen-plus");
    QTest::newRow("a model at home")
        << QByteArray("openai-compatible\"\nbase_url = \"http://127.0.0.1:1/v1")
        << QByteArray("gpt-5.4");
}

void TestCatalogue::leavesTheUnknownUnknown()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, name);
    const ModelSettings model = modelOf("kind = \"" + kind.toStdString() + "\"",
                                        "name = \"" + name.toStdString() + "\"");
    QCOMPARE(model.name, name.toStdString());
    QVERIFY(model.price.prices.empty());
    QVERIFY(!model.contextTokens && !model.maxOutputTokens && !model.tokenizer);
    using enum Feature;
    QCOMPARE(model.features, (FeatureSet{Tools, Images, JsonSchema, Reasoning}));
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
