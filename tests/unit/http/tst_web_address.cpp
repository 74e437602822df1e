// SPDX-License-Identifier: Apache-2.0
#include "core/http/picture_type.h"
#include "core/http/web_address.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::http;

namespace {

QString told(const Result<WebAddress, UrlError> &address)
{
    return address ? QString::fromStdString(address->origin.text() + " " + address->target)
                   : QString::fromStdString(std::string(describe(address.error())));
}

} // namespace

class TestWebAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAddresses_data();
    void readsAddresses();
    void followsReferences_data();
    void followsReferences();
    void knowsPictures_data();
    void knowsPictures();
};

void TestWebAddress::readsAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read");
    const auto row = [](const char *text, const char *read) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(read);
    };
    row("https://a.example/b.png", "https://a.example /b.png");
    row("HTTPS://A.Example:8443", "https://a.example:8443 /");
    row("http://a.example?x=1", "http://a.example /?x=1");
    row("https://a.example/b?c=/d#e", "https://a.example /b?c=/d");
    row("https://a.example#e", "https://a.example /");
    row("https://a.example/a b/ü.png?q=\"", "https://a.example /a%20b/%C3%BC.png?q=%22");
    row("https://a.example/%7Eb", "https://a.example /%7Eb");
    row("https://[::1]:1/b", "https://[::1]:1 /b");
    row("https://a.example/\tb", "its path holds control characters");
    row("https://a.example/\r\nx: y", "its path holds control characters");
    row("https://key@a.example/b", "it holds a user name or password");
    row("https://a.example\\@b.example/", "it holds a user name or password");
    row("https://a.example\\b.example/", "its host is malformed");
    row("https:///b", "its host is malformed");
    row("https://a.example:0/", "its port is malformed");
    row("file:///etc/passwd", "it is neither http:// nor https://");
    row("//a.example/b", "it is neither http:// nor https://");
    row("", "it is neither http:// nor https://");
}

void TestWebAddress::readsAddresses()
{
    QFETCH(QString, text);
    QTEST(told(parseWebAddress(text.toStdString())), "read");
}

/// The examples of RFC 3986 section 5.4 that have no dot segments, and what servers send.
void TestWebAddress::followsReferences_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("read");
    const auto row = [](const char *reference, const char *read) {
        QTest::newRow(reference) << QString::fromUtf8(reference) << QString::fromUtf8(read);
    };
    row("http://other/x", "http://other /x");
    row("//other:81/x?y", "https://other:81 /x?y");
    row("/g", "https://a /g");
    row("g", "https://a /b/c/g");
    row("g/", "https://a /b/c/g/");
    row("?y", "https://a /b/c/d;p?y");
    row("g?y", "https://a /b/c/g?y");
    row("", "https://a /b/c/d;p");
    row("#s", "https://a /b/c/d;p");
    row("g?x=http://z", "https://a /b/c/g?x=http://z");
    row("javascript:alert(1)", "it is neither http:// nor https://");
    row("ftp://a/b", "it is neither http:// nor https://");
}

void TestWebAddress::followsReferences()
{
    QFETCH(QString, reference);
    const auto base = parseWebAddress("https://a/b/c/d;p?q");
    QVERIFY(base.ok());
    QTEST(told(resolveReference(*base, reference.toStdString())), "read");
}

void TestWebAddress::knowsPictures_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const QByteArray &bytes, const char *type) {
        QTest::newRow(name) << bytes << QString::fromLatin1(type);
    };
    row("jpeg", "\xFF\xD8\xFF\xE0..JFIF....", "image/jpeg");
    row("png", "\x89PNG\r\n\x1A\n....", "image/png");
    row("gif87", "GIF87a......", "image/gif");
    row("gif89", "GIF89a......", "image/gif");
    row("webp", "RIFF....WEBPVP8 ", "image/webp");
    row("wave", "RIFF....WAVEfmt ", "");
    row("webp, cut", "RIFF....WEB", "");
    row("svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "");
    row("html", "<!doctype html><title>x", "");
    row("nothing", "", "");
}

void TestWebAddress::knowsPictures()
{
    QFETCH(QByteArray, bytes);
    const auto type = pictureType({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QTEST(QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size())), "type");
}

QTEST_APPLESS_MAIN(TestWebAddress)
#include "tst_web_address.moc"
