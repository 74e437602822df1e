// SPDX-License-Identifier: Apache-2.0
#include "core/http/date.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::http;
using namespace std::chrono;

namespace {

const SystemTime kNow = sys_days{year(2026) / 11 / 22};

} // namespace

class TestHttpDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheThreeForms_data();
    void readsTheThreeForms();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void readsWhatItWrites();
};

void TestHttpDate::readsTheThreeForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("iso");
    const auto row = [](const char *text, const char *iso) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(iso);
    };
    row("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z");
    row("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000Z");
    row("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37.000Z");
    row("Sun Nov 16 08:49:37 1994", "1994-11-16T08:49:37.000Z");
    row("Wed, 21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00.000Z");
    row("Wednesday, 21-Oct-76 07:28:00 GMT", "2076-10-21T07:28:00.000Z");
    row("Wednesday, 21-Oct-77 07:28:00 GMT", "1977-10-21T07:28:00.000Z");
    row("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00.000Z");
    row("Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00.000Z");
}

void TestHttpDate::readsTheThreeForms()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, iso);
    const auto time = parseHttpDate(text.toStdString(), kNow);
    QVERIFY(time.has_value());
    QCOMPARE(toIso8601(*time), iso.toStdString());
}

void TestHttpDate::refusesEverythingElse_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             ",",
                             "7",
                             "Sun, 06 Nov 1994 08:49:37",
                             "Sun, 06 Nov 1994 08:49:37 CET",
                             "Sun, 6 Nov 1994 08:49:37 GMT",
                             "Sun, 06 nov 1994 08:49:37 GMT",
                             "Sun, 06 ovD 1994 08:49:37 GMT",
                             "unM, 06 Nov 1994 08:49:37 GMT",
                             "Sun, 31 Feb 1994 08:49:37 GMT",
                             "Sun, 00 Nov 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 24:00:00 GMT",
                             "Sun, 06 Nov 1994 08:60:37 GMT",
                             "Sun, 06 Nov 1994 08:49:61 GMT",
                             "Sun, 06 Nov 1994 08-49-37 GMT",
                             "Sun, -6 Nov 1994 08:49:37 GMT",
                             "Sun, 06-Nov-94 08:49:37 GMT",
                             "Someday, 06-Nov-94 08:49:37 GMT",
                             "Xxx Nov  6 08:49:37 1994",
                             "Sun Nov  6 08:49:37 1994 ",
                             "2026-10-21T07:28:00Z"}) {
        QTest::newRow(text) << QByteArray(text);
    }
}

void TestHttpDate::refusesEverythingElse()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseHttpDate(text.toStdString(), kNow).has_value());
}

void TestHttpDate::readsWhatItWrites()
{
    QCOMPARE(formatHttpDate(kNow + milliseconds(1999)),
             std::string("Sun, 22 Nov 2026 00:00:01 GMT"));
    for (SystemTime time = kNow; time < kNow + days(800); time += hours(25) + seconds(61)) {
        QVERIFY(parseHttpDate(formatHttpDate(time), kNow) == time);
    }
}

QTEST_APPLESS_MAIN(TestHttpDate)
#include "tst_http_date.moc"
