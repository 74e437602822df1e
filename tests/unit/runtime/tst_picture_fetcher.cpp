// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"
#include "tests/support/tls_upstream.h"

#include "core/runtime/net/picture_fetcher.h"
#include "core/runtime/net/public_address.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;
using gateway::FetchPicture;
using gateway::PictureResult;

namespace {

const std::string kPng = "\x89PNG\r\n\x1A\n and what makes a picture";

/// Its own loop on the test's thread.
class Fetching
{
public:
    explicit Fetching(PictureTerms terms = {})
        : m_fetcher(
            m_loop,
            [this](gateway::ExchangeId exchange, std::size_t number, PictureResult result) {
                ++m_told;
                m_number = exchange * 100 + number;
                m_result = std::make_unique<PictureResult>(std::move(result));
            },
            std::move(terms))
    {}

    void begin(const std::string &url, bool allowPrivate, gateway::ExchangeId exchange = 1)
    {
        m_fetcher.fetch({exchange, 7, url, allowPrivate});
    }
    /// `image/png 33 bytes`, or why not.
    QString result()
    {
        const auto told = [this] { return m_result != nullptr; };
        if (!turnUntil(told)) {
            return "nothing was told";
        }
        const auto result = std::exchange(m_result, nullptr);
        if (*result) {
            m_picture = std::move(**result);
            return QString::fromStdString(std::string(m_picture.type) + " "
                                          + std::to_string(m_picture.bytes.size()) + " bytes");
        }
        return result->error().noRoom ? "no room" : QString::fromStdString(result->error().why);
    }
    QString fetch(const std::string &url, bool allowPrivate = true)
    {
        begin(url, allowPrivate);
        return result();
    }
    template <typename Condition>
    bool turnUntil(Condition condition, milliseconds patience = kPatience)
    {
        const auto start = tests::Clock::now();
        while (!condition() && since(start) < patience) {
            m_loop.restart();
            m_loop.run_one_for(milliseconds(5));
        }
        return condition();
    }

    PictureFetcher &fetcher() { return m_fetcher; }
    gateway::Picture &picture() { return m_picture; }
    [[nodiscard]] int told() const { return m_told; }
    [[nodiscard]] std::size_t number() const { return m_number; }

private:
    boost::asio::io_context m_loop{1};
    PictureFetcher m_fetcher;
    std::unique_ptr<PictureResult> m_result;
    gateway::Picture m_picture;
    int m_told = 0;
    std::size_t m_number = 0;
};

std::string answer(const std::string &body, const std::string &type = "image/png")
{
    return "HTTP/1.1 200 OK\r\ncontent-type: " + type
           + "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string redirectTo(const std::string &location)
{
    return "HTTP/1.1 302 Found\r\nlocation: " + location + "\r\ncontent-length: 0\r\n\r\n";
}

std::string urlOf(const FakeUpstream &upstream, const std::string &path = "/a.png?size=1")
{
    return "http://127.0.0.1:" + std::to_string(upstream.port()) + path;
}

bool isLoopbackOne(const boost::asio::ip::address &address)
{
    return address.to_string() == "127.0.0.1";
}

} // namespace

/// Goal: pictures come whole or with a reason, within every bound, and no address leads a client's
/// request to where only this machine or its network can go. Method: real sockets on loopback, which
/// is private; where a public place is needed, the test says which address is one.
class TestPictureFetcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knowsPublicAddresses_data();
    void knowsPublicAddresses();
    void doesNotGoToPrivatePlaces_data();
    void doesNotGoToPrivatePlaces();
    void fetchesWithNothingOfOurs();
    void goesByTheBytesNotTheHeader();
    void saysWhyNot_data();
    void saysWhyNot();
    void boundsTheSize();
    void boundsTheTime();
    void followsAFewRedirects();
    void checksEveryRedirect_data();
    void checksEveryRedirect();
    void speaksTls();
    void trustsOnlyKnownAuthorities();
    void connectsToTheAddressThatWasChecked();
    void cancelling();
    void boundsWhatIsOnItsWay();

private:
    QTemporaryDir m_folder;
    TestAuthority m_authority;
};

void TestPictureFetcher::initTestCase()
{
    m_authority = makeAuthority(m_folder.path().toStdString(),
                                "ours",
                                "IP:127.0.0.1,DNS:localhost");
    QVERIFY(!m_authority.certificate.empty());
}

void TestPictureFetcher::knowsPublicAddresses_data()
{
    QTest::addColumn<bool>("isPublic");
    const auto rows = [](bool isPublic, std::initializer_list<const char *> addresses) {
        for (const char *address : addresses) {
            QTest::newRow(address) << isPublic;
        }
    };
    rows(true, {"1.1.1.1",         "8.8.8.8",         "9.255.255.255",   "11.0.0.0",
                "100.63.255.255",  "100.128.0.0",     "126.255.255.255", "128.0.0.0",
                "168.63.129.15",   "168.63.129.17",   "169.253.255.255", "169.255.0.0",
                "172.15.255.255",  "172.32.0.0",      "192.0.1.0",       "192.0.3.0",
                "192.167.255.255", "192.169.0.0",     "198.17.255.255",  "198.20.0.0",
                "203.0.114.0",     "223.255.255.255", "2606:4700::1",    "2a00:1450:4001::1",
                "2001:4860::1",    "2001:200::1",     "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8"});
    rows(false,
         {"0.0.0.0",
          "0.1.2.3",
          "10.0.0.1",
          "10.255.255.255",
          "100.64.0.1",
          "100.100.100.200",
          "100.127.255.255",
          "127.0.0.1",
          "127.255.255.254",
          "168.63.129.16",
          "169.254.169.254",
          "169.254.0.1",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.192",
          "192.0.2.1",
          "192.88.99.1",
          "192.168.1.1",
          "198.18.0.1",
          "198.19.255.255",
          "198.51.100.1",
          "203.0.113.1",
          "224.0.0.1",
          "239.255.255.255",
          "240.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "::127.0.0.1",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "::ffff:169.254.169.254",
          "64:ff9b::10.0.0.1",
          "64:ff9b:1::1",
          "100::1",
          "2001::1",
          "2001:db8::1",
          "2002:7f00:1::",
          "3fff::1",
          "fc00::1",
          "fd00:ec2::254",
          "fe80::1",
          "fec0::1",
          "ff02::1",
          "4000::1",
          "5f00::1"});
}

void TestPictureFetcher::knowsPublicAddresses()
{
    const auto address = boost::asio::ip::make_address(QTest::currentDataTag());
    QTEST(isPublicAddress(address), "isPublic");
}

void TestPictureFetcher::doesNotGoToPrivatePlaces_data()
{
    QTest::addColumn<QString>("why");
    const auto row = [](const char *host,
                        const char *why = "its host is not in the public network") {
        QTest::newRow(host) << QString::fromLatin1(why);
    };
    row("https://127.0.0.1");
    row("https://localhost");
    row("https://LOCALHOST");
    row("https://2130706433");
    row("https://0x7f000001");
    row("https://0177.0.0.1");
    row("https://127.1");
    row("https://0");
    row("https://0.0.0.0");
    row("https://169.254.169.254");
    row("https://192.168.0.1");
    row("https://[::1]");
    row("https://[::]");
    row("https://[::ffff:127.0.0.1]");
    row("https://[::ffff:7f00:1]");
    row("https://[fe80::1]");
    row("https://[fd00:ec2::254]");
    row("http://127.0.0.1", "only https addresses are fetched for this provider");
    row("http://example.com", "only https addresses are fetched for this provider");
    row("https://user:word@127.0.0.1",
        "the address cannot be read: it holds a user name or password");
    row("file://localhost", "the address cannot be read: it is neither http:// nor https://");
    row("https://a..b", "its host is not known");
}

void TestPictureFetcher::doesNotGoToPrivatePlaces()
{
    QFETCH(const QString, why);
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{answer(kPng)}}});
    Fetching fetching;
    const std::string url = std::string(QTest::currentDataTag()) + ":"
                            + std::to_string(upstream.port()) + "/latest/meta-data";
    QCOMPARE(fetching.fetch(url, false), why);
    QCOMPARE(upstream.connections(), std::size_t{0});
}

void TestPictureFetcher::fetchesWithNothingOfOurs()
{
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{answer(kPng)}}});
    Fetching fetching;
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("image/png 33 bytes"));
    QCOMPARE(fetching.picture().bytes, kPng);
    QCOMPARE(fetching.number(), std::size_t{107});
    QCOMPARE(
        upstream.requests().front(),
        "GET /a.png?size=1 HTTP/1.1\r\nhost: 127.0.0.1:" + std::to_string(upstream.port())
            + "\r\naccept: image/jpeg, image/png, image/gif, image/webp\r\n"
              "accept-encoding: identity\r\nuser-agent: signalbox\r\nconnection: close\r\n\r\n");
    QCOMPARE(fetching.told(), 1);
    QCOMPARE(fetching.fetcher().onTheirWay(), std::size_t{0});
}

void TestPictureFetcher::goesByTheBytesNotTheHeader()
{
    const std::string jpeg = "\xFF\xD8\xFF\xE0 and more of it";
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{answer(jpeg, "text/html")}},
                                 {ReadRequest{}, SendBytes{answer("<html>no picture</html>")}}});
    Fetching fetching;
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("image/jpeg 19 bytes"));
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("it is no JPEG, PNG, GIF or WebP picture"));
}

void TestPictureFetcher::saysWhyNot_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const std::string &bytes, const char *why) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(why);
    };
    row("404", "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "its server answered 404");
    row("206", "HTTP/1.1 206 Part\r\ncontent-length: 0\r\n\r\n", "its server answered 206");
    row("empty", answer(""), "it is no JPEG, PNG, GIF or WebP picture");
    row("short", answer("tiny"), "it is no JPEG, PNG, GIF or WebP picture");
    row("cut", answer(kPng).substr(0, 90), "its server broke off");
    row("no http", "220 smtp ready\r\n", "its server's answer is malformed");
    row("silent end", "", "its server cannot be reached");
    row("nowhere",
        "HTTP/1.1 301 Moved\r\ncontent-length: 0\r\n\r\n",
        "its server redirects to nowhere");
    row("bad chunk",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        "its server's answer is malformed");
}

void TestPictureFetcher::saysWhyNot()
{
    QFETCH(const QByteArray, bytes);
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{bytes.toStdString()}}});
    Fetching fetching;
    QTEST(fetching.fetch(urlOf(upstream)), "why");
    QCOMPARE(fetching.fetcher().bytesHeld(), std::uint64_t{0});
}

void TestPictureFetcher::boundsTheSize()
{
    const std::string promised = "HTTP/1.1 200 OK\r\ncontent-length: 10485761\r\n\r\n" + kPng;
    const std::string piece = streamPiece(std::string(64 * 1024, 'x'));
    const FakeUpstream upstream(
        {{ReadRequest{}, SendBytes{promised}, AwaitEnd{}},
         {ReadRequest{},
          SendBytes{"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + streamPiece(kPng)},
          Flood{piece, 64U * 1024 * 1024},
          AwaitEnd{}}});
    Fetching fetching;
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("it is larger than 10 MiB"));
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("it is larger than 10 MiB"));
    QCOMPARE(fetching.fetcher().bytesHeld(), std::uint64_t{0});
    QVERIFY(fetching.turnUntil([&] { return upstream.leftAt(1).has_value(); }));
}

void TestPictureFetcher::boundsTheTime()
{
    const FakeUpstream upstream({{ReadRequest{}, AwaitEnd{}},
                                 {ReadRequest{},
                                  SendBytes{answer(kPng).substr(0, 80)},
                                  Pause{milliseconds(250)},
                                  SendBytes{"x"},
                                  AwaitEnd{}}});
    PictureTerms terms;
    terms.patience = Millis(400);
    Fetching fetching(terms);
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("it did not come in time"));
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("it did not come in time"));
    QVERIFY(fetching.turnUntil([&] { return upstream.leftAt(1).has_value(); }));
}

void TestPictureFetcher::followsAFewRedirects()
{
    const Script end{ReadRequest{}, SendBytes{answer(kPng)}};
    const auto to = [](const std::string &location) {
        return Script{ReadRequest{}, SendBytes{redirectTo(location)}};
    };
    const FakeUpstream far({end});
    const FakeUpstream upstream(
        {to("/b?c"), to("d"), to(urlOf(far)), to("/1"), to("/2"), to("/3"), to("/4")});
    Fetching fetching;
    QCOMPARE(fetching.fetch(urlOf(upstream, "/x/a")), QString("image/png 33 bytes"));
    const auto asked = upstream.requests();
    QVERIFY(asked.at(1).starts_with("GET /b?c "));
    QVERIFY(asked.at(2).starts_with("GET /d "));
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("it is redirected more than 3 times"));
    QCOMPARE(upstream.connections(), std::size_t{7});
}

void TestPictureFetcher::checksEveryRedirect_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *location, const char *why) {
        QTest::newRow(location) << QString::fromLatin1(location) << QString::fromLatin1(why);
    };
    const char *const notPublic = "its host is not in the public network";
    row("https://127.0.0.2:%1/", notPublic);
    row("https://2130706434:%1/", notPublic);
    row("https://[::1]:%1/", notPublic);
    row("https://[::ffff:127.0.0.2]:%1/", notPublic);
    row("//127.0.0.2:%1/", notPublic);
    row("http://127.0.0.1:%1/", "only https addresses are fetched for this provider");
    row("file:///etc/passwd", "the address cannot be read: it is neither http:// nor https://");
}

void TestPictureFetcher::checksEveryRedirect()
{
    QFETCH(const QString, location);
    const FakeUpstream inner({{ReadRequest{}, SendBytes{answer(kPng)}}});
    QString there = location;
    there.replace(QLatin1String("%1"), QString::number(inner.port()));
    const TlsUpstream upstream(m_authority, redirectTo(there.toStdString()));
    PictureTerms terms;
    terms.isPublic = isLoopbackOne;
    terms.caFile = m_authority.certificate;
    Fetching fetching(terms);
    QTEST(fetching.fetch("https://127.0.0.1:" + std::to_string(upstream.port()) + "/", false),
          "why");
    QCOMPARE(upstream.answered(), 1);
    QCOMPARE(inner.connections(), std::size_t{0});
}

void TestPictureFetcher::speaksTls()
{
    const TlsUpstream upstream(m_authority, answer(kPng));
    PictureTerms terms;
    terms.isPublic = isLoopbackOne;
    terms.caFile = m_authority.certificate;
    Fetching fetching(terms);
    QCOMPARE(fetching.fetch("https://127.0.0.1:" + std::to_string(upstream.port()) + "/a", false),
             QString("image/png 33 bytes"));
}

void TestPictureFetcher::trustsOnlyKnownAuthorities()
{
    const TlsUpstream upstream(m_authority, answer(kPng));
    PictureTerms terms;
    terms.isPublic = isLoopbackOne;
    Fetching fetching(terms);
    QCOMPARE(fetching.fetch("https://127.0.0.1:" + std::to_string(upstream.port()) + "/a", false),
             QString("its server cannot be trusted"));
    QCOMPARE(upstream.answered(), 0);
}

/// A name that has several addresses leads to those only that may be gone to, whatever it would lead
/// to when asked again.
void TestPictureFetcher::connectsToTheAddressThatWasChecked()
{
    const TlsUpstream upstream(m_authority, answer(kPng));
    PictureTerms terms;
    int asked = 0;
    terms.isPublic = [&asked](const boost::asio::ip::address &address) {
        ++asked;
        return isLoopbackOne(address);
    };
    terms.caFile = m_authority.certificate;
    Fetching fetching(terms);
    const std::string url = "https://localhost:" + std::to_string(upstream.port()) + "/a";
    QCOMPARE(fetching.fetch(url, false), QString("image/png 33 bytes"));
    QVERIFY(asked >= 1);
    QCOMPARE(upstream.answered(), 1);
}

void TestPictureFetcher::cancelling()
{
    const FakeUpstream upstream({{ReadRequest{}, AwaitEnd{}}});
    Fetching fetching;
    fetching.begin(urlOf(upstream), true, 1);
    fetching.begin(urlOf(upstream), true, 2);
    QVERIFY(fetching.turnUntil([&] { return upstream.requests().size() == 2; }));
    fetching.fetcher().cancel(1);
    QCOMPARE(fetching.fetcher().onTheirWay(), std::size_t{1});
    QVERIFY(fetching.turnUntil(
        [&] { return upstream.leftAt(0).has_value() || upstream.leftAt(1).has_value(); }));
    fetching.fetcher().cancel(2);
    fetching.fetcher().cancel(3);
    QVERIFY(fetching.turnUntil(
        [&] { return upstream.leftAt(0).has_value() && upstream.leftAt(1).has_value(); }));
    QCOMPARE(fetching.told(), 0);
    // At once, before its name is looked up.
    fetching.begin(urlOf(upstream), true, 4);
    fetching.fetcher().cancel(4);
    QVERIFY(!fetching.turnUntil([&] { return fetching.told() > 0; }, milliseconds(50)));
    QCOMPARE(upstream.connections(), std::size_t{2});
}

void TestPictureFetcher::boundsWhatIsOnItsWay()
{
    const FakeUpstream upstream({{ReadRequest{}, SendBytes{answer(kPng)}}});
    PictureTerms few;
    few.fetchesMax = 0;
    Fetching none(few);
    QCOMPARE(none.fetch(urlOf(upstream)), QString("no room"));
    PictureTerms little;
    little.bytesInAllMax = 40;
    Fetching fetching(little);
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("image/png 33 bytes"));
    QCOMPARE(fetching.fetcher().bytesHeld(), std::uint64_t{33});
    auto held = std::move(fetching.picture());
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("no room"));
    held = {};
    QCOMPARE(fetching.fetch(urlOf(upstream)), QString("image/png 33 bytes"));
}

QTEST_GUILESS_MAIN(TestPictureFetcher)
#include "tst_picture_fetcher.moc"
