// SPDX-License-Identifier: Apache-2.0
// Changing a configuration's text without touching what is not meant.
#include "core/config/cache_edit.h"
#include "core/config/edit.h"
#include "core/config/price_edit.h"
#include "core/config/read.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::config;

namespace {

using Store = SecretRef::Store;

std::string edited(const Result<std::string, std::string> &result)
{
    return result ? *result : "FAILED: " + result.error();
}

} // namespace

class TestConfigEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replacesKeysAndNothingElse_data();
    void replacesKeysAndNothingElse();
    void saysWhyItCannot_data();
    void saysWhyItCannot();
    void addsAProviderAndARoute();
    void keepsARouteThatIsThere();
    void refusesWhatWouldNotBeValid();
    void setsTheCacheAndNothingElse_data();
    void setsTheCacheAndNothingElse();
    void saysWhyTheCacheCannotBeSet();
    void setsPricesAndNothingElse_data();
    void setsPricesAndNothingElse();
    void saysWhyAPriceCannotBeSet();
};

void TestConfigEdit::replacesKeysAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("in place of one") << QByteArray("# héllo\n[[provider]]\nid = \"a\"\n"
                                                   "keys=['env:A'] # mine\nkind = \"openai\"\n")
                                     << QByteArray("# héllo\n[[provider]]\nid = \"a\"\n"
                                                   "keys=KEYS # mine\nkind = \"openai\"\n");
    QTest::newRow("over several lines")
        << QByteArray("[[provider]]\nid = \"a\"\nkind = \"openai\"\nkeys = [\n  \"env:A\", # 1\n"
                      "  \"env:B\",\n]\n# end\n")
        << QByteArray("[[provider]]\nid = \"a\"\nkind = \"openai\"\nkeys = KEYS\n# end\n");
    QTest::newRow("none yet") << QByteArray(
        "[[provider]]\nid = \"a\" # the first\nkind = \"openai\"")
                              << QByteArray("[[provider]]\nid = \"a\" # the first\nkeys = KEYS\n"
                                            "kind = \"openai\"");
    QTest::newRow("id at the end")
        << QByteArray("[[provider]]\nkind = \"openai\"\nid = \"a\"")
        << QByteArray("[[provider]]\nkind = \"openai\"\nid = \"a\"\nkeys = KEYS");
    QTest::newRow("lines of Windows")
        << QByteArray("[[provider]]\r\nid = \"a\"\r\nkeys = [\"env:A\"]\r\nkind = \"openai\"\r\n")
        << QByteArray("[[provider]]\r\nid = \"a\"\r\nkeys = KEYS\r\nkind = \"openai\"\r\n");
    QTest::newRow("inline") << QByteArray("provider = [{ id = \"a\", kind = \"openai\" }]\n")
                            << QByteArray(
                                   "provider = [{ id = \"a\", keys = KEYS, kind = \"openai\" }]\n");
    QTest::newRow("the second of two")
        << QByteArray("[[provider]]\nid = \"b\"\nkind = \"qwen\"\nkeys = [\"env:Q\"]\n"
                      "[[provider.model]]\nname = \"m\"\n[[provider]]\nid = \"a\"\n"
                      "kind = \"openai\"\nkeys = [\"env:A\"]\n")
        << QByteArray("[[provider]]\nid = \"b\"\nkind = \"qwen\"\nkeys = [\"env:Q\"]\n"
                      "[[provider.model]]\nname = \"m\"\n[[provider]]\nid = \"a\"\n"
                      "kind = \"openai\"\nkeys = KEYS\n");
}

void TestConfigEdit::replacesKeysAndNothingElse()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const std::vector<SecretRef> keys{{Store::Keychain, "my \"own\" \\ key"},
                                      {Store::File, "/etc/ключ"}};
    after.replace("KEYS", R"(["keychain:my \"own\" \\ key", "file:/etc/ключ"])");
    QCOMPARE(edited(withProviderKeys(before.toStdString(), "a", keys)), after.toStdString());
    // And back to none.
    const auto none = withProviderKeys(after.toStdString(), "a", {});
    QVERIFY2(none.ok(), none ? "" : none.error().c_str());
    QVERIFY(read(*none, "")->configuration.provider("a")->keys.empty());
}

void TestConfigEdit::saysWhyItCannot_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("why");
    QTest::newRow("no such provider") << QByteArray("") << QByteArray("no provider a");
    QTest::newRow("not TOML") << QByteArray("x = [\n") << QByteArray("line 1: not valid TOML");
    QTest::newRow("faulty") << QByteArray("[[provider]]\nid = \"a\"\nkind = \"opnai\"\n")
                            << QByteArray("line 3: ");
}

void TestConfigEdit::saysWhyItCannot()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, why);
    const auto result = withProviderKeys(text.toStdString(), "a", {{Store::Env, "A"}});
    QVERIFY(!result.ok());
    QVERIFY2(result.error().find(why.toStdString()) != std::string::npos, result.error().c_str());
}

void TestConfigEdit::addsAProviderAndARoute()
{
    const NewProvider provider{.id = "local",
                               .kind = ProviderKind::OpenAiCompatible,
                               .baseUrl = "http://127.0.0.1:9/v1",
                               .keys = {{Store::Session, "local"}},
                               .model = "tiny \"1\""};
    const auto result = withProvider("# mine\n[server]\ndrain_s = 1", provider, "chat");
    QVERIFY2(result.ok(), result ? "" : result.error().c_str());
    QVERIFY(result->starts_with("# mine\n[server]\ndrain_s = 1\n\n[[provider]]\n"));
    const Configuration read = config::read(*result, "")->configuration;
    QCOMPARE(read.server.drain, Millis(1000));
    QCOMPARE(read.providers.size(), std::size_t(1));
    QCOMPARE(read.providers[0].baseUrl, std::string("http://127.0.0.1:9/v1"));
    QCOMPARE(read.providers[0].keys[0].toString(), std::string("session:local"));
    QCOMPARE(read.routes.size(), std::size_t(1));
    QCOMPARE(read.routes[0].targets[0].target.name(), std::string("local/tiny \"1\""));
}

void TestConfigEdit::keepsARouteThatIsThere()
{
    const NewProvider first{.id = "a", .kind = ProviderKind::OpenAi, .keys = {}, .model = "m"};
    const NewProvider second{.id = "b", .kind = ProviderKind::Qwen, .keys = {}, .model = "n"};
    const auto result = withProvider(edited(withProvider("", first, "chat")), second, "chat");
    QVERIFY2(result.ok(), result ? "" : result.error().c_str());
    const Configuration read = config::read(*result, "")->configuration;
    QCOMPARE(read.providers.size(), std::size_t(2));
    QCOMPARE(read.routes.size(), std::size_t(1));
    QCOMPARE(read.routes[0].targets.size(), std::size_t(1));
}

void TestConfigEdit::refusesWhatWouldNotBeValid()
{
    NewProvider provider{.id = "a", .kind = ProviderKind::OpenAi, .keys = {}, .model = "m"};
    const std::string text = edited(withProvider("", provider, "chat"));
    QVERIFY(!withProvider(text, provider, "chat").ok()); // twice the same id
    provider.id = "Not An Id";
    QVERIFY(!withProvider("", provider, "chat").ok());
    provider = {.id = "x", .kind = ProviderKind::OpenAiCompatible, .keys = {}, .model = "m"};
    QVERIFY(!withProvider("", provider, "chat").ok()); // no address
}

void TestConfigEdit::setsTheCacheAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("in place") << QByteArray("[cache] # why\nthreshold = 0.92 # ours\nttl_s = 60\n")
                              << QByteArray("[cache] # why\nthreshold = 0.9 # ours\nttl_s = 60\n");
    QTest::newRow("behind the mode") << QByteArray("[cache]\nmode = \"off\"\nttl_s = 60\n# end\n")
                                     << QByteArray("[cache]\nmode = \"off\"\nthreshold = 0.9\n"
                                                   "ttl_s = 60\n# end\n");
    QTest::newRow("empty table") << QByteArray("[cache]\n")
                                 << QByteArray("[cache]\nthreshold = 0.9\n");
    QTest::newRow("none yet") << QByteArray("# mine\n[ledger]\nkeep_requests_days = 3")
                              << QByteArray("# mine\n[ledger]\nkeep_requests_days = 3\n\n"
                                            "[cache]\nthreshold = 0.9\n");
    QTest::newRow("empty text") << QByteArray() << QByteArray("[cache]\nthreshold = 0.9\n");
    QTest::newRow("inline") << QByteArray("cache = { mode = \"off\" }\n")
                            << QByteArray("cache = { mode = \"off\", threshold = 0.9 }\n");
    QTest::newRow("lines of Windows") << QByteArray("[ledger]\r\nkeep_requests_days = 3\r\n")
                                      << QByteArray("[ledger]\r\nkeep_requests_days = 3\r\n\r\n"
                                                    "[cache]\r\nthreshold = 0.9\r\n");
}

void TestConfigEdit::setsTheCacheAndNothingElse()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const CacheEdit edit{.mode = {}, .threshold = 0.9000001};
    QCOMPARE(edited(withCache(before.toStdString(), edit)), after.toStdString());
    QCOMPARE(edited(withCache(after.toStdString(), edit)), after.toStdString()); // as it is
}

void TestConfigEdit::saysWhyTheCacheCannotBeSet()
{
    QVERIFY(!withCache("[cache\n", {.mode = "off", .threshold = {}}).ok());
    QVERIFY(!withCache("", {.mode = "sometimes", .threshold = {}}).ok());
    QVERIFY(!withCache("", {.mode = {}, .threshold = 1.5}).ok());
    QCOMPARE(edited(withCache("", {.mode = "off", .threshold = 1})),
             std::string("[cache]\nmode = \"off\"\nthreshold = 1.0\n"));
}

void TestConfigEdit::setsPricesAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("behind the name") << QByteArray("name = \"m\" # ours\ncontext = 4096\n")
                                     << QByteArray("name = \"m\" # ours\n"
                                                   "price = { input = 0.27, output = 1.1 }\n"
                                                   "context = 4096\n");
    QTest::newRow("in place") << QByteArray(
        "name = \"m\"\nprice = { input = 9, output = 9 } # old\n")
                              << QByteArray("name = \"m\"\n"
                                            "price = { input = 0.27, output = 1.1 } # old\n");
}

void TestConfigEdit::setsPricesAndNothingElse()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const std::string head = "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
                             "base_url = \"http://127.0.0.1:1/v1\"\n[[provider.model]]\n"
                             "name = \"a/b\"\n[[provider.model]]\n";
    const std::vector<PriceEdit> edits{
        {.provider = "p", .model = "m", .input = "00.27", .output = "1.1"}};
    const std::string wanted = head + after.toStdString();
    QCOMPARE(edited(withPrices(head + before.toStdString(), edits)), wanted);
    QCOMPARE(edited(withPrices(wanted, edits)), wanted);
    QCOMPARE(edited(withPrices(wanted, {})), wanted);
}

void TestConfigEdit::saysWhyAPriceCannotBeSet()
{
    const std::string text = "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
                             "base_url = \"http://127.0.0.1:1/v1\"\n"
                             "[[provider.model]]\nname = \"m\"\n";
    const auto why = [&text](const char *model, const char *input) {
        const auto result =
            withPrices(text, {{.provider = "p", .model = model, .input = input, .output = "1"}});
        return result.ok() ? std::string() : result.error();
    };
    QCOMPARE(why("m", "1"), std::string());
    QVERIFY(why("n", "1").find("no model p/n") != std::string::npos);
    for (const char *figure : {"", ".5", "5.", "1e3", "-1", "1.2.3", "1 } x = {"}) {
        QVERIFY2(why("m", figure).find("price of p/m") != std::string::npos, figure);
    }
    QVERIFY(!why("m", "100001").empty());
    QVERIFY(!why("m", "0.0000001").empty());
    QVERIFY(!withPrices("[[", {}).ok());
}

QTEST_APPLESS_MAIN(TestConfigEdit)
#include "tst_config_edit.moc"
