// SPDX-License-Identifier: Apache-2.0
#include "core/base/money.h"
#include "core/base/random.h"

#include <QTest>

using namespace signalbox;

class TestMoney : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDecimalsExactly_data();
    void readsDecimalsExactly();
    void writesPlainDecimals_data();
    void writesPlainDecimals();
    void whatIsWrittenReadsBack();
    void pricesPerMillionAreExact_data();
    void pricesPerMillionAreExact();
    void costsAreRoundedOnceHalfAwayFromZero();
};

void TestMoney::readsDecimalsExactly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<qint64>("nanos");
    const auto good = [](const char *text, qint64 nanos) {
        QTest::newRow(text) << QByteArray(text) << true << nanos;
    };
    good("0", 0);
    good("12", 12'000'000'000);
    good("0.0028", 2'800'000);
    good("1e-7", 100);
    good("1.5E+2", 150'000'000'000);
    good("-0.000000001", -1);
    good("0.0000000005", 1);
    good("0.00000000049", 0);
    good("-0.0000000005", -1);
    good("9200000000", 9'200'000'000'000'000'000);
    good(".5", 500'000'000);
    good("7.", 7'000'000'000);
    good("0e9999", 0);
    for (const char *bad : {"",
                            "-",
                            ".",
                            "1e",
                            "1e+",
                            "1.2.3",
                            "0x10",
                            "1 ",
                            " 1",
                            "NaN",
                            "92000000000",
                            "1e99999"}) {
        QTest::newRow(qPrintable(QStringLiteral("not <%1>").arg(QLatin1String(bad))))
            << QByteArray(bad) << false << qint64(0);
    }
}

void TestMoney::readsDecimalsExactly()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, good);
    QFETCH(const qint64, nanos);
    const auto money = Money::fromDecimal({text.data(), static_cast<std::size_t>(text.size())});
    QCOMPARE(money.has_value(), good);
    if (good) {
        QCOMPARE(qint64(money->nanos()), nanos);
    }
}

void TestMoney::writesPlainDecimals_data()
{
    QTest::addColumn<qint64>("nanos");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 nanos, const char *text) {
        QTest::newRow(text) << nanos << QString::fromLatin1(text);
    };
    row(0, "0.00");
    row(1, "0.000000001");
    row(123'000, "0.000123");
    row(12'400'000'000, "12.40");
    row(-5'000'000, "-0.005");
    row(std::numeric_limits<qint64>::min(), "-9223372036.854775808");
}

void TestMoney::writesPlainDecimals()
{
    QFETCH(const qint64, nanos);
    QFETCH(const QString, text);
    QCOMPARE(QString::fromStdString(Money::fromNanos(nanos).toDecimal()), text);
}

void TestMoney::whatIsWrittenReadsBack()
{
    Random random(7);
    for (int i = 0; i < 20'000; ++i) {
        const auto nanos = static_cast<std::int64_t>(random.next() >> (random.below(60) + 2));
        const Money money = Money::fromNanos(i % 2 == 0 ? nanos : -nanos);
        const auto back = Money::fromDecimal(money.toDecimal());
        QVERIFY2(back == money, money.toDecimal().c_str());
    }
}

void TestMoney::pricesPerMillionAreExact_data()
{
    QTest::addColumn<QByteArray>("perMillion");
    QTest::addColumn<qint64>("picos");
    QTest::newRow("DeepSeek's cache hit") << QByteArray("0.0028") << qint64(2'800);
    QTest::newRow("half a dollar") << QByteArray("0.5") << qint64(500'000);
    QTest::newRow("25") << QByteArray("25") << qint64(25'000'000);
    QTest::newRow("0.003625") << QByteArray("0.003625") << qint64(3'625);
}

void TestMoney::pricesPerMillionAreExact()
{
    QFETCH(const QByteArray, perMillion);
    QFETCH(const qint64, picos);
    const auto price = TokenPrice::fromUsdPerMillion(
        {perMillion.data(), static_cast<std::size_t>(perMillion.size())});
    QVERIFY(price.has_value());
    QCOMPARE(qint64(price->picosPerToken()), picos);
}

void TestMoney::costsAreRoundedOnceHalfAwayFromZero()
{
    // Three parts of 0.4 nano-USD each: rounded one by one they would come to nothing.
    CostSum sum;
    for (int i = 0; i < 3; ++i) {
        sum.add(1, TokenPrice::fromPicosPerToken(400));
    }
    QCOMPARE(qint64(sum.total().nanos()), qint64(1));
    CostSum half;
    half.add(1, TokenPrice::fromPicosPerToken(500));
    QCOMPARE(qint64(half.total().nanos()), qint64(1));
    CostSum real;
    real.add(412, TokenPrice::fromPicosPerToken(3'000'000));
    real.add(141, TokenPrice::fromPicosPerToken(15'000'000));
    QCOMPARE(real.total().toDecimal(), std::string("0.003351"));
}

QTEST_APPLESS_MAIN(TestMoney)
#include "tst_money.moc"
