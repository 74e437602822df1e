// SPDX-License-Identifier: Apache-2.0
#include "core/config/notation.h"

#include <QTest>

namespace signalbox::test {

using namespace config;

class TestConfigNotation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsListenAddresses_data();
    void readsListenAddresses();
    void refusesOtherAddresses_data();
    void refusesOtherAddresses();
    void readsBaseUrls_data();
    void readsBaseUrls();
    void readsSecretReferences();
    void neverRepeatsASecret();
    void readsDecimals();
};

void TestConfigNotation::readsListenAddresses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("loopback");
    QTest::newRow("loopback") << QByteArray("127.0.0.1:80") << QByteArray("127.0.0.1") << true;
    QTest::newRow("its net") << QByteArray("127.9.9.9:80") << QByteArray("127.9.9.9") << true;
    QTest::newRow("by name") << QByteArray("localhost:80") << QByteArray("localhost") << true;
    QTest::newRow("IPv6") << QByteArray("[::1]:80") << QByteArray("::1") << true;
    QTest::newRow("all") << QByteArray("0.0.0.0:80") << QByteArray("0.0.0.0") << false;
    QTest::newRow("all IPv6") << QByteArray("[::]:80") << QByteArray("::") << false;
    QTest::newRow("mapped") << QByteArray("[::ffff:127.0.0.1]:80") << QByteArray("::ffff:127.0.0.1")
                            << false;
    QTest::newRow("host") << QByteArray("gate.example.org:80") << QByteArray("gate.example.org")
                          << false;
    QTest::newRow("a name that begins so")
        << QByteArray("127.0.0.1.evil.org:80") << QByteArray("127.0.0.1.evil.org") << false;
}

void TestConfigNotation::readsListenAddresses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, host);
    QFETCH(const bool, loopback);
    const auto address = parseListenAddress(text.toStdString());
    QVERIFY(address.has_value());
    QCOMPARE(*address, (ListenAddress{host.toStdString(), 80, loopback}));
}

void TestConfigNotation::refusesOtherAddresses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             ":80",
                             "80",
                             "127.0.0.1",
                             "127.0.0.1:",
                             "127.0.0.1:65536",
                             "127.0.0.1:-1",
                             "127.0.0.1:+1",
                             "127.0.0.1:1x",
                             "256.0.0.1:1",
                             "1.2.3:80",
                             "::1:80",
                             "[::1]",
                             "[::1]80",
                             "[::1:80",
                             "[]:80",
                             "[1:2]:80",
                             "[:::]:80",
                             "[1::2::3]:80",
                             "[g::]:80",
                             "[1:2:3:4:5:6:7:]:1",
                             "a b:80",
                             "http://h:80",
                             "-a:80"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestConfigNotation::refusesOtherAddresses()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!parseListenAddress(text.toStdString()));
}

void TestConfigNotation::readsBaseUrls_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("url"); // empty: refused
    const auto url = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    url("https://api.openai.com/v1", "https://api.openai.com/v1");
    url("https://h/v1///", "https://h/v1");
    url("http://127.0.0.1:9/", "http://127.0.0.1:9");
    url("http://[::1]:9/v1", "http://[::1]:9/v1");
    for (const char *text : {"",
                             "https://",
                             "ftp://h",
                             "h/v1",
                             "https://h:0/",
                             "https://h:99999",
                             "https://h:/v1",
                             "https://u@h/",
                             "https://h/a b",
                             "https://h/\n",
                             "https://h?x",
                             "https://h/#f",
                             "https://[::1/v1",
                             "https://h\xC3\xBC/"}) {
        url(text, "");
    }
}

void TestConfigNotation::readsBaseUrls()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, url);
    const auto parsed = parseBaseUrl(text.toStdString());
    QCOMPARE(QByteArray::fromStdString(parsed.valueOr("")), url);
}

void TestConfigNotation::readsSecretReferences()
{
    using Store = SecretRef::Store;
    QCOMPARE(*parseSecretRef("env:A_1"), (SecretRef{Store::Env, "A_1"}));
    QCOMPARE(*parseSecretRef("keychain:my key"), (SecretRef{Store::Keychain, "my key"}));
    QCOMPARE(*parseSecretRef("file:/run/k"), (SecretRef{Store::File, "/run/k"}));
    QCOMPARE(*parseSecretRef("vault:a"), (SecretRef{Store::Vault, "a"}));
    QCOMPARE(*parseSecretRef("session:a"), (SecretRef{Store::Session, "a"}));
}

void TestConfigNotation::neverRepeatsASecret()
{
    for (const char *text : {"sk-4f2a9",
                             "env:sk-4f2a9",
                             "env:4f2a9",
                             "file:4f2a9",
                             "vault: 4f2a9",
                             "ENV:4f2a9",
                             "Bearer 4f2a9",
                             "env:",
                             "keychain:"}) {
        const auto parsed = parseSecretRef(text);
        QVERIFY2(!parsed.ok(), text);
        QVERIFY2(parsed.error().find("4f2a9") == std::string::npos, text);
    }
}

void TestConfigNotation::readsDecimals()
{
    QCOMPARE(parseDecimal("0.4"), std::optional(0.4));
    QCOMPARE(parseDecimal("-2"), std::optional(-2.0));
    for (const char *text : {"", "inf", "-inf", "nan", ".5", "4x", " 4", "1e999"}) {
        QVERIFY2(!parseDecimal(text), text);
    }
}

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestConfigNotation)
#include "tst_config_notation.moc"
