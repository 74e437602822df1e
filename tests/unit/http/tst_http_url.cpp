// SPDX-License-Identifier: Apache-2.0
#include "core/http/url.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::http;

class TestHttpUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsUrls_data();
    void readsUrls();
    void refusesUrlsWithTheReason_data();
    void refusesUrlsWithTheReason();
    void readsAuthorities_data();
    void readsAuthorities();
    void readsListenAddresses();
    void splitsHostAndPath();
};

void TestHttpUrl::readsUrls_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("plain");
    const auto row = [](const char *text, const char *plain) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(plain);
    };
    row("https://api.openai.com/v1", "https://api.openai.com/v1");
    row("https://api.openai.com/v1///", "https://api.openai.com/v1");
    row("HTTPS://API.OpenAI.com:443", "https://api.openai.com");
    row("http://127.0.0.1:8080/", "http://127.0.0.1:8080");
    row("http://localhost:80", "http://localhost");
    row("https://localhost:80", "https://localhost:80");
    row("http://[::1]:11434/v1", "http://[::1]:11434/v1");
    row("http://[2001:DB8::1]", "http://[2001:db8::1]");
    row("http://my_host.internal/a%2Fb", "http://my_host.internal/a%2Fb");
}

void TestHttpUrl::readsUrls()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, plain);
    const auto url = parseUrl(text.toStdString());
    QVERIFY(url.ok());
    QCOMPARE(url->text(), plain.toStdString());
    QVERIFY(parseUrl(url->text()).value() == url.value());
}

void TestHttpUrl::refusesUrlsWithTheReason_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("error");
    const auto row = [](const char *text, UrlError error) {
        QTest::newRow(text) << QByteArray(text) << static_cast<int>(error);
    };
    row("", UrlError::BadScheme);
    row("api.openai.com/v1", UrlError::BadScheme);
    row("ftp://host", UrlError::BadScheme);
    row("://host", UrlError::BadScheme);
    row("https://sk-key@host", UrlError::HasUserInfo);
    row("https://user:pass@host/v1", UrlError::HasUserInfo);
    row("https://", UrlError::BadHost);
    row("https:///v1", UrlError::BadHost);
    row("https://:443", UrlError::BadHost);
    row("https://a b/", UrlError::BadHost);
    row("https://[::1/", UrlError::BadHost);
    row("https://[fe80::1%25eth0]/", UrlError::BadHost);
    row("https://host:", UrlError::BadPort);
    row("https://host:0", UrlError::BadPort);
    row("https://host:65536", UrlError::BadPort);
    row("https://host:+80", UrlError::BadPort);
    row("https://host:80:80", UrlError::BadPort);
    row("https://[::1]x", UrlError::BadPort);
    row("https://host/a b", UrlError::BadPath);
    row("https://host/%", UrlError::BadPath);
    row("https://host/v1?key=1", UrlError::HasQueryOrFragment);
    row("https://host#top", UrlError::HasQueryOrFragment);
}

void TestHttpUrl::refusesUrlsWithTheReason()
{
    QFETCH(QByteArray, text);
    QFETCH(int, error);
    const auto url = parseUrl(text.toStdString());
    QVERIFY(!url.ok());
    QCOMPARE(static_cast<int>(url.error()), error);
}

void TestHttpUrl::readsAuthorities_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *text, bool valid) {
        QTest::newRow(text) << QByteArray(text) << valid;
    };
    row("host", true);
    row("host:0", true);
    row("[::]", true);
    row("[::1]:80", true);
    row("[1::]", true);
    row("[1:2:3:4:5:6:7:8]", true);
    row("[::ffff:127.0.0.1]", true);
    row("", false);
    row(":80", false);
    row("a,b", false);
    row("a/b", false);
    row("a@b", false);
    row("::1", false);
    row("[]", false);
    row("[:]", false);
    row("[1]", false);
    row("[1:2:3:4:5:6:7]", false);
    row("[1:2:3:4:5:6:7:8:9]", false);
    row("[1::2::3]", false);
    row("[:::]", false);
    row("[1:2:3:4:5:6:7:]", false);
    row("[:1:2:3:4:5:6:7]", false);
    row("[12345::]", false);
    row("[::g]", false);
}

void TestHttpUrl::readsAuthorities()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(parseAuthority(text.toStdString()).has_value(), valid);
}

void TestHttpUrl::readsListenAddresses()
{
    QVERIFY((parseListenAddress("127.0.0.1:8787").value() == ListenAddress{"127.0.0.1", 8787}));
    QVERIFY((parseListenAddress("[::]:0").value() == ListenAddress{"::", 0}));
    QVERIFY(parseListenAddress("127.0.0.1").error() == UrlError::BadPort);
    QVERIFY(parseListenAddress(":8787").error() == UrlError::BadHost);
}

void TestHttpUrl::splitsHostAndPath()
{
    const auto url = parseUrl("http://[::1]:8080/base/v1/");
    QVERIFY(url.ok());
    QCOMPARE(url->host, std::string("::1"));
    QVERIFY(url->isIpv6 && !url->secure);
    QCOMPARE(url->port, std::uint16_t(8080));
    QCOMPARE(url->basePath, std::string("/base/v1"));
    QCOMPARE(url->hostHeader(), std::string("[::1]:8080"));
}

QTEST_APPLESS_MAIN(TestHttpUrl)
#include "tst_http_url.moc"
