// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/json_indent.h"
#include "ui/text/ledger_words.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

class TestNumbers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void writesLatency_data();
    void writesLatency();
    void writesRates_data();
    void writesRates();
    void writesTokens_data();
    void writesTokens();
    void writesMoney_data();
    void writesMoney();
    void writesPercent_data();
    void writesPercent();
    void writesDurations();
    void neverShowsAnUnknownCostAsZero();
    void saysWhatTheLedgersTroubleMeans();
    void indentsJson();
    void showsCountsInsteadOfFewSamples();
    void hasASentenceForEveryOutcomeAndVeto();
    void readsCausesOfBreakers_data();
    void readsCausesOfBreakers();
    void namesProviders();
};

void TestNumbers::writesLatency_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << std::nan("") << u"–"_s;
    QTest::newRow("zero") << 0.0 << u"0 ms"_s;
    QTest::newRow("tiny") << 0.01 << u"< 0.1 ms"_s;
    QTest::newRow("one decimal") << 7.42 << u"7.4 ms"_s;
    QTest::newRow("rounds up to ten") << 9.96 << u"10 ms"_s;
    QTest::newRow("whole") << 742.2 << u"742 ms"_s;
    QTest::newRow("rounds up to a second") << 999.7 << u"1.00 s"_s;
    QTest::newRow("seconds") << 1240.0 << u"1.24 s"_s;
    QTest::newRow("rounds up to a minute") << 59'996.0 << u"1 min 00 s"_s;
    QTest::newRow("minutes") << 64'000.0 << u"1 min 04 s"_s;
    QTest::newRow("hours") << 7'260'000.0 << u"2 h 1 min"_s;
}

void TestNumbers::writesLatency()
{
    QFETCH(double, ms);
    QTEST(text::latency(ms), "text");
}

void TestNumbers::writesRates_data()
{
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << std::nan("") << u"–"_s;
    QTest::newRow("zero") << 0.0 << u"0 req/s"_s;
    QTest::newRow("many") << 41.23 << u"41.2 req/s"_s;
    QTest::newRow("by the minute") << 0.05 << u"3.0 req/min"_s;
    QTest::newRow("hardly any") << 0.0001 << u"< 0.1 req/min"_s;
}

void TestNumbers::writesRates()
{
    QFETCH(double, perSecond);
    QTEST(text::rate(perSecond), "text");
}

void TestNumbers::writesTokens_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("few") << qint64(842) << u"842"_s;
    QTest::newRow("last whole") << qint64(9'999) << u"9,999"_s;
    QTest::newRow("thousands") << qint64(12'400) << u"12.4k"_s;
    QTest::newRow("hundred thousands") << qint64(124'400) << u"124k"_s;
    QTest::newRow("rounds up to a million") << qint64(999'950) << u"1.00M"_s;
    QTest::newRow("millions") << qint64(1'080'000) << u"1.08M"_s;
    QTest::newRow("more") << qint64(402'000'000) << u"402M"_s;
}

void TestNumbers::writesTokens()
{
    QFETCH(qint64, value);
    QTEST(text::tokens(value), "text");
}

void TestNumbers::writesMoney_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64(0) << u"$0.00"_s;
    QTest::newRow("below the last decimal") << qint64(99'999) << u"< $0.0001"_s;
    QTest::newRow("small") << qint64(4'300'000) << u"$0.0043"_s;
    QTest::newRow("just below a dollar") << qint64(999'900'000) << u"$0.9999"_s;
    QTest::newRow("rounds up to a dollar") << qint64(999'960'000) << u"$1.00"_s;
    QTest::newRow("dollars") << qint64(12'400'000'000) << u"$12.40"_s;
    QTest::newRow("thousands") << qint64(1'204'110'000'000) << u"$1,204.11"_s;
    QTest::newRow("negative") << qint64(-120'000'000) << u"−$0.1200"_s;
}

void TestNumbers::writesMoney()
{
    QFETCH(qint64, nanos);
    QTEST(text::money(Money::fromNanos(nanos)), "text");
}

void TestNumbers::writesPercent_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << std::nan("") << u"–"_s;
    QTest::newRow("exactly none") << 0.0 << u"0 %"_s;
    QTest::newRow("hardly") << 0.0001 << u"< 0.1 %"_s;
    QTest::newRow("decimal") << 0.007 << u"0.7 %"_s;
    QTest::newRow("rounds up to ten") << 0.0996 << u"10 %"_s;
    QTest::newRow("whole") << 0.43 << u"43 %"_s;
    QTest::newRow("nearly all") << 0.9999 << u"> 99 %"_s;
    QTest::newRow("all") << 1.0 << u"100 %"_s;
}

void TestNumbers::writesPercent()
{
    QFETCH(double, share);
    QTEST(text::percent(share), "text");
}

void TestNumbers::writesDurations()
{
    QCOMPARE(text::countdown(Seconds(27)), u"0:27"_s);
    QCOMPARE(text::countdown(Seconds(557)), u"9:17"_s);
    QCOMPARE(text::countdown(Seconds(-3)), u"0:00"_s);
    QCOMPARE(text::countdown(Seconds(3723)), u"1:02:03"_s);
    QCOMPARE(text::span(Seconds(41)), u"41 s"_s);
    QCOMPARE(text::span(Seconds(11'040)), u"3 h 4 min"_s);
    QCOMPARE(text::age(Millis(412)), u"0.4 s"_s);
    QCOMPARE(text::age(Seconds(12)), u"12 s"_s);
    const SystemTime now = *fromIso8601("2026-03-14T14:03:22.4Z");
    QCOMPARE(text::ago(now, now - Millis(300)), u"just now"_s);
    QCOMPARE(text::ago(now, now - Seconds(250)), u"4 min ago"_s);
    QCOMPARE(text::ago(now, now - Seconds(7200)), u"12:03:22"_s);
    QCOMPARE(text::clockTenths(now), u"14:03:22.4"_s);
}

void TestNumbers::neverShowsAnUnknownCostAsZero()
{
    QCOMPARE(text::cost(Cost{}), u"n/a"_s);
    QCOMPARE(text::cost(Cost{.amount = Money::fromNanos(4'300'000), .estimated = true}),
             u"≈ $0.0043"_s);
    QCOMPARE(text::cost(Cost{.amount = Money::fromNanos(99), .estimated = true}),
             u"< $0.0001"_s); // which no estimate makes any vaguer, and a column is narrow
    QCOMPARE(text::cost(Cost{.amount = Money(), .estimated = false}), u"$0.00"_s);
}

void TestNumbers::saysWhatTheLedgersTroubleMeans()
{
    for (const char *kind : {"disk_full",
                             "read_only",
                             "corrupt",
                             "cannot_open",
                             "not_a_ledger",
                             "newer_schema",
                             "older_schema",
                             "busy",
                             "input_output",
                             "queue_full",
                             "refused_value"}) {
        const QString words = text::ledgerTrouble(std::string(kind)
                                                  + ": /x/ledger.sqlite: why: so");
        QVERIFY2(!words.contains(QString::fromLatin1(kind)), qPrintable(words));
        QVERIFY2(words.endsWith(u". (/x/ledger.sqlite: why: so)"), qPrintable(words));
    }
    QCOMPARE(text::ledgerTrouble("other: locking protocol"), u"other: locking protocol"_s);
    QVERIFY(text::ledgerTrouble("corrupt").startsWith(u"The file is damaged."));
    QCOMPARE(text::ledgerTroubleInBrief("corrupt: page 7"), u"The file is damaged"_s);
    QCOMPARE(text::ledgerTroubleInBrief("other: locking protocol"), u"other: locking protocol"_s);
}

void TestNumbers::indentsJson()
{
    const QString dense = u"{\"a\":[1,{\"b\":\"x{,:\\\"\"}],\"c\":{},\"d\": [ ]\n}\n"_s;
    const QStringList lines{u"{"_s,
                            u"  \"a\": ["_s,
                            u"    1,"_s,
                            u"    {"_s,
                            u"      \"b\": \"x{,:\\\"\""_s,
                            u"    }"_s,
                            u"  ],"_s,
                            u"  \"c\": {},"_s,
                            u"  \"d\": []"_s,
                            u"}"_s};
    QCOMPARE(text::indentedJson(dense).split(u'\n'), lines);
    QCOMPARE(text::indentedJson(u"plain {text}"_s), u"plain {text}"_s);
    QCOMPARE(text::indentedJson(u"{\"cut\":\"he"_s), u"{\n  \"cut\": \"he"_s);
    QCOMPARE(text::indentedJson(QString()), QString());
}

void TestNumbers::showsCountsInsteadOfFewSamples()
{
    QCOMPARE(text::quantile({}, 7), u"– (n = 7)"_s);
    QCOMPARE(text::quantile(742.0, 100), u"742 ms"_s);
}

void TestNumbers::hasASentenceForEveryOutcomeAndVeto()
{
    QStringList words;
    for (int i = 0; i < kOutcomeClassCount; ++i) {
        const auto outcome = static_cast<OutcomeClass>(i);
        words << text::outcomeWord(outcome);
        QVERIFY(text::outcomeSentence(outcome).endsWith(u'.'));
    }
    QVERIFY(!words.contains(QString()));
    QCOMPARE(words.removeDuplicates(), 0);
    for (int i = 0; i <= static_cast<int>(Veto::TooSlow); ++i) {
        QVERIFY(text::vetoSentence(static_cast<Veto>(i)).endsWith(u'.'));
    }
}

void TestNumbers::readsCausesOfBreakers_data()
{
    QTest::addColumn<QByteArray>("cause");
    QTest::addColumn<QString>("text");
    QTest::newRow("mixed") << QByteArray("server_error, server_error, first_token_timeout in 41 s")
                           << u"server error ×2, no first token in 41 s"_s;
    QTest::newRow("same") << QByteArray("server_error, server_error, server_error in 1.2 s")
                          << u"server error ×3 in 1.2 s"_s;
    QTest::newRow("single") << QByteArray("connection_reset") << u"connection reset"_s;
    QTest::newRow("probe") << QByteArray("probe failed: first_token_timeout")
                           << u"Probe failed: no first token"_s;
    QTest::newRow("time") << QByteArray("time to probe") << u"Time to probe"_s;
    QTest::newRow("operator") << QByteArray("tripped: vendor: incident 4711")
                              << u"Tripped: vendor: incident 4711"_s;
    QTest::newRow("no words") << QByteArray("drained: ") << u"Drained"_s;
    QTest::newRow("free text") << QByteArray("600 s have passed") << u"600 s have passed"_s;
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestNumbers::readsCausesOfBreakers()
{
    QFETCH(QByteArray, cause);
    QTEST(text::breakerCause(cause.toStdString()), "text");
}

void TestNumbers::namesProviders()
{
    QCOMPARE(text::providerName("openai", "openai"), u"OpenAI"_s);
    QCOMPARE(text::providerTag("deepseek", "deepseek"), u"DS"_s);
    QCOMPARE(text::providerName("azure-eu", "openai"), u"azure-eu"_s);
    QCOMPARE(text::providerTag("azure-eu", "openai"), u"AZ"_s);
    QCOMPARE(text::modelName(TargetId("openrouter/meta-llama/llama-3")), u"meta-llama/llama-3"_s);
}

QTEST_MAIN(TestNumbers)
#include "tst_numbers.moc"
