// SPDX-License-Identifier: Apache-2.0
#include "core/http/headers.h"

#include <QTest>

using namespace signalbox::http;

class TestHttpHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWithoutRegardToCase();
    void keepsOrderAndRepeats();
    void setReplacesTheFirstAndDropsTheRest();
    void removesAllOfAName();
    void findsTokensInLists_data();
    void findsTokensInLists();
    void comparesLineByLine();
    void survivesCopies();
    void recognisesMediaTypes_data();
    void recognisesMediaTypes();
};

void TestHttpHeaders::findsWithoutRegardToCase()
{
    const Headers headers{{"Content-Type", "application/json"}, {"X-Request-Id", "a1"}};
    QVERIFY(headers.find("content-type") == "application/json");
    QVERIFY(headers.find("X-REQUEST-ID") == "a1");
    QVERIFY(!headers.find("x-request").has_value());
    QVERIFY(headers.has("x-request-id"));
    QVERIFY(!headers.has(""));
}

void TestHttpHeaders::keepsOrderAndRepeats()
{
    Headers headers;
    QVERIFY(headers.empty());
    headers.add("Set-Cookie", "a");
    headers.add("Date", "now");
    headers.add("set-cookie", "");
    QCOMPARE(headers.size(), std::size_t(3));
    QCOMPARE(headers.count("SET-COOKIE"), std::size_t(2));
    QVERIFY((headers.all("Set-Cookie") == std::vector<std::string_view>{"a", ""}));
    QVERIFY((headers[2] == Header{"set-cookie", ""}));
    std::string names;
    for (const Header &header : headers) {
        names += header.name;
    }
    QCOMPARE(names, std::string("Set-CookieDateset-cookie"));
}

void TestHttpHeaders::setReplacesTheFirstAndDropsTheRest()
{
    Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
    headers.set("a", "longer than before");
    headers.set("C", "4");
    QVERIFY((headers == Headers{{"A", "longer than before"}, {"B", "2"}, {"C", "4"}}));
}

void TestHttpHeaders::removesAllOfAName()
{
    Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
    headers.remove("a");
    headers.remove("absent");
    QVERIFY((headers == Headers{{"B", "2"}}));
    headers.clear();
    QVERIFY(headers.empty());
}

void TestHttpHeaders::findsTokensInLists_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("found");
    QTest::newRow("alone") << QByteArray("close") << true;
    QTest::newRow("case") << QByteArray("Close") << true;
    QTest::newRow("last, with blanks") << QByteArray("keep-alive ,\t close ") << true;
    QTest::newRow("empty elements") << QByteArray(",,close,") << true;
    QTest::newRow("part of a token") << QByteArray("closed, x-close") << false;
    QTest::newRow("empty") << QByteArray("") << false;
}

void TestHttpHeaders::findsTokensInLists()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, found);
    const Headers headers{{"Connection", "upgrade"}, {"connection", value.toStdString()}};
    QCOMPARE(headers.listHas("Connection", "close"), found);
}

void TestHttpHeaders::comparesLineByLine()
{
    QVERIFY((Headers{{"A", "1"}} == Headers{{"A", "1"}}));
    QVERIFY((Headers{{"A", "1"}} != Headers{{"a", "1"}}));
    QVERIFY((Headers{{"A", "1"}} != Headers{{"A", "1"}, {"B", "2"}}));
    QVERIFY((Headers{{"AB", "1"}} != Headers{{"A", "B1"}}));
}

void TestHttpHeaders::survivesCopies()
{
    Headers original{{"A", "1"}};
    Headers copy = original;
    original.set("A", "2");
    QVERIFY(copy.find("A") == "1");
    const Headers moved = std::move(copy);
    QVERIFY(moved.find("A") == "1");
}

void TestHttpHeaders::recognisesMediaTypes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("stream");
    QTest::newRow("plain") << QByteArray("text/event-stream") << true;
    QTest::newRow("charset") << QByteArray("text/event-stream; charset=utf-8") << true;
    QTest::newRow("no blank, upper case") << QByteArray("Text/Event-Stream;charset=UTF-8") << true;
    QTest::newRow("blank before") << QByteArray("text/event-stream ;x") << true;
    QTest::newRow("json") << QByteArray("application/json") << false;
    QTest::newRow("longer") << QByteArray("text/event-streams") << false;
    QTest::newRow("empty") << QByteArray("") << false;
}

void TestHttpHeaders::recognisesMediaTypes()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, stream);
    QCOMPARE(isMediaType(value.toStdString(), "text/event-stream"), stream);
}

QTEST_APPLESS_MAIN(TestHttpHeaders)
#include "tst_http_headers.moc"
