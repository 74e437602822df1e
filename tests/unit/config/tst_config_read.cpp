// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/config/reading.h"

#include "core/config/catalogue.h"

namespace signalbox::test {
namespace {

constexpr const char *kExample = "resources/examples/signalbox.toml";

std::string priced(const std::string &price)
{
    return "[[provider]]\nid = \"x\"\nkind = \"openai\"\n[[provider.model]]\nname = \"m\"\nprice = "
           + price;
}

TokenPrice usd(const char *perMillion)
{
    return TokenPrice::fromUsdPerMillion(perMillion).value_or(TokenPrice{});
}

} // namespace

/// What valid texts become, and how faults come together.
class TestConfigRead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheDocumentedExample();
    void readsTheShippedExample();
    void readsAnEmptyFileAsTheDefaults();
    void givesProvidersTheirDefaults();
    void readsPricesExactly_data();
    void readsPricesExactly();
    void letsCachePricesDefaultToInput();
    void roundsSecondsToMilliseconds();
    void reportsAllFaultsAtOnceInOrder();
    void suggestsNoTargetOfANamelessProvider();
    void tellsWhereEachSecretIsUsed();
    void acceptsAnyZoneWithoutADatabase();
    void readsWhatIsKeptOfAnswers();
};

void TestConfigRead::readsTheDocumentedExample()
{
    const std::string text = fileText("tests/unit/config/documented.toml");
    QVERIFY(!text.empty());
    QCOMPARE(faultLines(text), QStringLiteral("ok"));
    const auto loaded = readText(text);
    const Configuration &configuration = loaded->configuration;
    QCOMPARE(configuration.revision, std::string("0123456789ab"));
    const ProviderSettings *qwen = configuration.provider("qwen");
    QVERIFY(qwen != nullptr);
    QCOMPARE(qwen->limits, (LimitSettings{600, 1'000'000, 64}));
    QCOMPARE(qwen->timeouts, TimeoutSettings{});
    QCOMPARE(qwen->breaker, BreakerSettings{});
    const RouteSettings *chat = configuration.route("chat");
    QVERIFY(chat != nullptr);
    QVERIFY(chat->strategy == Strategy::Weighted);
    QCOMPARE(chat->targets,
             (std::vector<TargetChoice>{{TargetId("qwen/qwen-plus"), 70, 1},
                                        {TargetId("anthropic/claude-haiku-4-5"), 30, 1}}));
    QCOMPARE(chat->rules.at(0).name, std::string("chinese"));
    QCOMPARE(configuration.operators.at(0).role, OperatorRole::Operator);
}

void TestConfigRead::readsTheShippedExample()
{
    QCOMPARE(faultLines(fileText(kExample)), QStringLiteral("ok"));
    const auto loaded = readText(fileText(kExample));
    QCOMPARE(loaded->configuration.providers.size(), std::size_t{3});
    QCOMPARE(loaded->configuration.routes.at(0).rules.size(), std::size_t{2});
}

void TestConfigRead::readsWhatIsKeptOfAnswers()
{
    const auto loaded = readText(
        "[cache]\nmode = \"semantic\"\nttl_s = 60\nthreshold = 0.95\nshare_clients = true\n"
        "temperature_max = 0.5\nstale_if_error_s = 120\nslow_s = 1.5\nmax_entries = 7\n"
        "max_mb = 2\nmax_answer_kb = 3\nkey = \"keychain:cache\"\nembedder = \"a/small\"\n"
        "[[provider]]\nid = \"a\"\nkind = \"openai\"\nkeys = [\"env:A\"]\n[[provider.model]]\n"
        "name = \"small\"\n");
    CacheSettings wanted;
    wanted.mode = CacheMode::Semantic;
    wanted.lifetime = Seconds(60);
    wanted.threshold = 0.95;
    wanted.shareClients = true;
    wanted.temperatureMax = 0.5;
    wanted.staleIfError = Seconds(120);
    wanted.slow = Millis(1500);
    wanted.entriesMax = 7;
    wanted.bytesMax = std::size_t{2} << 20U;
    wanted.answerBytesMax = std::size_t{3} << 10U;
    wanted.key = SecretRef{SecretRef::Store::Keychain, "cache"};
    wanted.embedder = TargetId("a/small");
    QVERIFY(loaded->configuration.cache == wanted);
}

void TestConfigRead::readsAnEmptyFileAsTheDefaults()
{
    const auto loaded = readText("");
    QVERIFY(loaded.ok());
    Configuration expected;
    expected.revision = "0123456789ab";
    QCOMPARE(loaded->configuration, expected);
    QCOMPARE(loaded->configuration.server.maxBodyBytes, std::int64_t{20} * 1024 * 1024);
}

void TestConfigRead::givesProvidersTheirDefaults()
{
    const auto loaded = readText("[[provider]]\nid = \"m\"\nkind = \"mistral\"\n");
    QVERIFY(loaded.ok());
    ProviderSettings expected;
    expected.id = "m";
    expected.kind = ProviderKind::Mistral;
    expected.baseUrl = "https://api.mistral.ai/v1";
    expected.cataloguePrices = config::builtInCatalogue().allPrices(expected.kind,
                                                                    expected.baseUrl);
    QVERIFY(!expected.cataloguePrices.empty());
    QCOMPARE(loaded->configuration.providers.at(0), expected);
}

void TestConfigRead::readsPricesExactly_data()
{
    QTest::addColumn<QByteArray>("literal");
    QTest::addColumn<qint64>("picos");
    QTest::newRow("whole") << QByteArray("12") << qint64{12'000'000};
    QTest::newRow("small") << QByteArray("0.0028") << qint64{2800};
    QTest::newRow("no binary fraction") << QByteArray("0.1") << qint64{100'000};
    QTest::newRow("rounding trap") << QByteArray("0.29") << qint64{290'000};
    QTest::newRow("three decimals") << QByteArray("1.005") << qint64{1'005'000};
    QTest::newRow("exponent") << QByteArray("1e-6") << qint64{1};
    QTest::newRow("dear") << QByteArray("99999.999999") << qint64{99'999'999'999};
    QTest::newRow("free") << QByteArray("0") << qint64{0};
}

void TestConfigRead::readsPricesExactly()
{
    QFETCH(const QByteArray, literal);
    QFETCH(const qint64, picos);
    const std::string amount = literal.toStdString();
    const auto loaded = readText(priced("{ input = " + amount + ", output = " + amount + " }"));
    QVERIFY(loaded.ok());
    const PriceHistory &price = loaded->configuration.providers.at(0).models.at(0).price;
    QCOMPARE(price.at({}).rows.at(0).output.picosPerToken(), picos);
}

void TestConfigRead::letsCachePricesDefaultToInput()
{
    const auto loaded = readText(priced("{ input = 2, cached_input = 0.5, output = 8, tiers = "
                                        "[{ from = 200_000, input = 4, output = 12 }] }"));
    QVERIFY(loaded.ok());
    const std::vector<PriceRow> expected = {
        {0, usd("2"), usd("0.5"), usd("2"), usd("8")},
        {200'000, usd("4"), usd("4"), usd("4"), usd("12")},
    };
    const PriceHistory &price = loaded->configuration.providers.at(0).models.at(0).price;
    QCOMPARE(price.at({}).rows, expected);
}

void TestConfigRead::roundsSecondsToMilliseconds()
{
    const auto loaded = readText("[server]\nheader_s = 0.25\nqueue_s = 1.0006\ndrain_s = 3\n");
    QVERIFY(loaded.ok());
    QCOMPARE(loaded->configuration.server.header.count(), 250);
    QCOMPARE(loaded->configuration.server.queue.count(), 1001);
    QCOMPARE(loaded->configuration.server.drain.count(), 3000);
}

/// Goal: sections are read in an order of their own, faults come in the file's.
void TestConfigRead::reportsAllFaultsAtOnceInOrder()
{
    const std::string text = "[ledger]\n"
                             "keep_requests_days = 0\n"
                             "[[route]]\n"
                             "name = \"chat\"\n"
                             "targets = [{ target = \"x/y\", weihgt = 1, tier = 0 }]\n"
                             "[server]\n"
                             "listen = 8787\n"
                             "[[provider]]\n"
                             "kind = \"openai\"\n";
    QCOMPARE(faultLines(text),
             QStringLiteral("2:22: `keep_requests_days` must be between 1 and 36500\n"
                            "5:23: there is no provider `x`\n"
                            "5:30: unknown key `weihgt`; did you mean `weight`?\n"
                            "5:49: `tier` must be between 1 and 1000\n"
                            "7:10: `listen` must be a string, found a whole number\n"
                            "8:1: `id` is missing in `provider`"));
    QCOMPARE(QString::fromStdString(config::toLine({2, 22, "bad"}, "/etc/s.toml")),
             QStringLiteral("/etc/s.toml:2:22: bad"));
}

void TestConfigRead::suggestsNoTargetOfANamelessProvider()
{
    const std::string text = "[[provider]]\nkind = \"openai\"\n[[provider.model]]\nname = \"m\"\n"
                             "[[route]]\nname = \"r\"\ntargets = [{ target = \"x/m\" }]\n";
    QCOMPARE(faultLines(text),
             QStringLiteral("1:1: `id` is missing in `provider`\n7:23: there is no provider `x`"));
}

void TestConfigRead::tellsWhereEachSecretIsUsed()
{
    const auto loaded = readText("[[client]]\nid = \"bot\"\nkey = \"env:BOT\"\n"
                                 "[server]\nadmin_token = \"keychain:admin\"\n"
                                 "[[operator]]\nid = \"night\"\nrole = \"viewer\"\n"
                                 "token = \"vault:night\"\n"
                                 "[[provider]]\nid = \"q\"\nkind = \"qwen\"\n"
                                 "keys = [\"env:A\", \"file:/run/b\"]\n");
    QVERIFY(loaded.ok());
    using Store = SecretRef::Store;
    const std::vector<config::SecretUse> expected = {
        {{Store::Env, "BOT"}, "client bot", 3, 7},
        {{Store::Keychain, "admin"}, "server.admin_token", 5, 15},
        {{Store::Vault, "night"}, "operator night", 9, 9},
        {{Store::Env, "A"}, "provider q key 1", 13, 9},
        {{Store::File, "/run/b"}, "provider q key 2", 13, 18},
    };
    QCOMPARE(loaded->secrets, expected);
}

void TestConfigRead::acceptsAnyZoneWithoutADatabase()
{
    const auto loaded = config::read("[server]\ntime_zone = \"Asia/Nowhere\"\n", "");
    QVERIFY(loaded.ok());
    QCOMPARE(loaded->configuration.server.timeZone, std::string("Asia/Nowhere"));
}

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestConfigRead)
#include "tst_config_read.moc"
