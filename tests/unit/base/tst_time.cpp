// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <QTest>

using namespace signalbox;
using namespace std::chrono_literals;

class TestTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsIso8601_data();
    void readsIso8601();
    void writesUtcWithMilliseconds();
    void nowMovesBothClocks();
};

void TestTime::readsIso8601_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc"); // empty: refused
    const auto row = [](const char *text, const char *utc) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(utc);
    };
    row("2026-11-22", "2026-11-22T00:00:00.000Z");
    row("2026-11-22T14:03:22Z", "2026-11-22T14:03:22.000Z");
    row("2026-11-22T14:03Z", "2026-11-22T14:03:00.000Z");
    row("2026-11-22T14:03:22.1234567Z", "2026-11-22T14:03:22.123Z");
    row("2026-11-22T14:03:22", "2026-11-22T14:03:22.000Z");
    row("2026-11-22 14:03:22+05:30", "2026-11-22T08:33:22.000Z");
    row("2026-01-01T00:00:00-10:00", "2026-01-01T10:00:00.000Z");
    row("2024-02-29", "2024-02-29T00:00:00.000Z");
    for (const char *bad : {"",
                            "2026",
                            "2026-13-01",
                            "2026-02-29",
                            "2026-11-22T",
                            "2026-11-22T24:00",
                            "2026-11-22T14:60",
                            "2026-11-22T14:03:22.",
                            "2026-11-22T14:03:22X",
                            "2026-11-22T14:03:22+0530",
                            "2026-11-22T14:03:22+15:00",
                            "22.11.2026",
                            "2026-11-22T14:03:22Zx",
                            "-026-11-22"}) {
        row(bad, "");
    }
}

void TestTime::readsIso8601()
{
    QFETCH(const QString, text);
    QFETCH(const QString, utc);
    const auto time = fromIso8601(text.toStdString());
    QCOMPARE(time ? QString::fromStdString(toIso8601(*time)) : QString(), utc);
}

void TestTime::writesUtcWithMilliseconds()
{
    QCOMPARE(toIso8601(SystemTime(1'795'356'202'123'999us)),
             std::string("2026-11-22T14:03:22.123Z"));
    QCOMPARE(toIso8601(SystemTime(-1us)), std::string("1969-12-31T23:59:59.999Z"));
}

void TestTime::nowMovesBothClocks()
{
    const Now start{SteadyTime(5s), SystemTime(100s)};
    const Now later = start + 1500ms;
    QVERIFY(later.steady == SteadyTime(6500ms));
    QVERIFY(later.system == SystemTime(101'500ms));
}

QTEST_APPLESS_MAIN(TestTime)
#include "tst_time.moc"
