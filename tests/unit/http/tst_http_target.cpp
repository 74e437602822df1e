// SPDX-License-Identifier: Apache-2.0
#include "core/http/target.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::http;

class TestHttpTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesPaths_data();
    void decodesPaths();
    void refusesBadEscapes_data();
    void refusesBadEscapes();
    void splitsQueries();
    void refusesBadEscapesInQueries();
    void escapesWhatDecodes();
};

void TestHttpTarget::decodesPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("decoded");
    QTest::newRow("plain") << QByteArray("/v1/models") << QByteArray("/v1/models");
    QTest::newRow("slash") << QByteArray("/v1/models/qwen%2Fmax")
                           << QByteArray("/v1/models/qwen/max");
    QTest::newRow("lower case") << QByteArray("%2f%c3%a9") << QByteArray("/\xC3\xA9");
    QTest::newRow("plus stays") << QByteArray("/a+b") << QByteArray("/a+b");
    QTest::newRow("once only") << QByteArray("/%2541") << QByteArray("/%41");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
}

void TestHttpTarget::decodesPaths()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, decoded);
    const auto result = decodePath(path.toStdString());
    QVERIFY(result.ok());
    QCOMPARE(result.value(), decoded.toStdString());
}

void TestHttpTarget::refusesBadEscapes_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path :
         {"%", "/a%", "/a%4", "/a%4g", "/a%g4", "/a%+1", "/%00", "/%0d%0a", "/%7F"}) {
        QTest::newRow(path) << QByteArray(path);
    }
}

void TestHttpTarget::refusesBadEscapes()
{
    QFETCH(QByteArray, path);
    const auto result = decodePath(path.toStdString());
    QVERIFY(!result.ok());
    QVERIFY(result.error() == Error::BadEscape);
}

void TestHttpTarget::splitsQueries()
{
    const auto items = parseQuery("by=provider&&tz=Europe%2FBerlin&q=a+b%2B&flag&=x&e=");
    QVERIFY(items.ok());
    const QueryItems expected{{"by", "provider"},
                              {"tz", "Europe/Berlin"},
                              {"q", "a b+"},
                              {"flag", ""},
                              {"", "x"},
                              {"e", ""}};
    QVERIFY(items.value() == expected);
    QVERIFY(parseQuery("").value().empty());
}

void TestHttpTarget::refusesBadEscapesInQueries()
{
    QVERIFY(!parseQuery("a=%zz").ok());
    QVERIFY(!parseQuery("ok=1&%0=1").ok());
    QVERIFY(!parseQuery("a=%00").ok());
}

void TestHttpTarget::escapesWhatDecodes()
{
    const std::string text = "models/qwen max?#%\xC3\xA9~-._";
    const std::string escaped = escapeSegment(text);
    QCOMPARE(escaped, std::string("models%2Fqwen%20max%3F%23%25%C3%A9~-._"));
    QCOMPARE(decodePath(escaped).value(), text);
}

QTEST_APPLESS_MAIN(TestHttpTarget)
#include "tst_http_target.moc"
