// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/cost.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::pricing;

class TestCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricesEveryKindOfToken();
    void choosesTheTierByTheWholePrompt_data();
    void choosesTheTierByTheWholePrompt();
    void roundsOnceAtTheEnd();
    void takesTheStatedCost();
    void leavesAnUnknownPriceUnknown();
    void keepsTheMarkOfAnEstimate();
    void survivesNonsense();
};

namespace {

TokenPrice usd(std::string_view perMillion)
{
    return TokenPrice::fromUsdPerMillion(perMillion).value_or(TokenPrice());
}

PriceRow row(std::int64_t from,
             std::string_view input,
             std::string_view cached,
             std::string_view written,
             std::string_view output)
{
    return {from, usd(input), usd(cached), usd(written), usd(output)};
}

std::string costIn(const Usage &usage, const PriceTable &table)
{
    const Cost cost = costOf(usage, table);
    return cost.amount ? cost.amount->toDecimal() : "unknown";
}

Usage usage(std::int64_t prompt,
            std::int64_t cached = 0,
            std::int64_t written = 0,
            std::int64_t completion = 0)
{
    Usage tokens;
    tokens.promptTokens = prompt;
    tokens.cachedTokens = cached;
    tokens.cacheWriteTokens = written;
    tokens.completionTokens = completion;
    return tokens;
}

const PriceTable kHaiku{{row(0, "1", "0.1", "1.25", "5")}};

} // namespace

void TestCost::pricesEveryKindOfToken()
{
    // 870 x 1 + 100 x 0.1 + 30 x 1.25 + 200 x 5 = 1917.5 micro-USD
    Usage tokens = usage(1000, 100, 30, 200);
    tokens.reasoningTokens = 150; // part of the completion
    QCOMPARE(costIn(tokens, kHaiku), std::string("0.0019175"));
    QCOMPARE(costIn(usage(12, 0, 0, 100), {{row(0, "0.05", "0.005", "0.05", "0.4")}}),
             std::string("0.0000406"));
}

void TestCost::choosesTheTierByTheWholePrompt_data()
{
    QTest::addColumn<qint64>("prompt");
    QTest::addColumn<QByteArray>("cost");
    QTest::newRow("below") << qint64(31'999) << QByteArray("0.0383988");
    QTest::newRow("at") << qint64(32'000) << QByteArray("0.0768");
    QTest::newRow("above") << qint64(100'000) << QByteArray("0.24");
    QTest::newRow("top") << qint64(128'000) << QByteArray("0.384");
    QTest::newRow("none") << qint64(0) << QByteArray("0.00");
}

void TestCost::choosesTheTierByTheWholePrompt()
{
    QFETCH(qint64, prompt);
    QFETCH(QByteArray, cost);
    const PriceTable table{{row(0, "1.2", "1.2", "1.2", "6"),
                            row(32'000, "2.4", "2.4", "2.4", "12"),
                            row(128'000, "3", "3", "3", "15")}};
    QCOMPARE(QByteArray::fromStdString(costIn(usage(prompt), table)), cost);
}

void TestCost::roundsOnceAtTheEnd()
{
    // 0.0028 USD per million is 2.8 nano-USD a token: 3 cached and 1 plain of 0.14 make 148.4.
    const PriceTable table{{row(0, "0.14", "0.0028", "0.14", "0.28")}};
    QCOMPARE(costOf(usage(4, 3), table).amount, Money::fromNanos(148));
    QCOMPARE(costOf(usage(1, 1), table).amount, Money::fromNanos(3));
}

void TestCost::takesTheStatedCost()
{
    Usage stated = usage(15, 0, 0, 9);
    stated.statedCost = Money::fromDecimal("0.00006");
    QCOMPARE(costIn(stated, kHaiku), std::string("0.00006"));
    QCOMPARE(costIn(stated, {}), std::string("0.00006"));
    QVERIFY(!costOf(stated, {}).estimated);
}

void TestCost::leavesAnUnknownPriceUnknown()
{
    QCOMPARE(costIn(usage(15), {}), std::string("unknown"));
    QVERIFY(priceRow({}, 5) == nullptr);
}

void TestCost::keepsTheMarkOfAnEstimate()
{
    Usage estimated = usage(15);
    estimated.estimated = true;
    QVERIFY(costOf(estimated, kHaiku).estimated);
    QVERIFY(costOf(estimated, {}).estimated);
    QVERIFY(!costOf(usage(15), kHaiku).estimated);
}

void TestCost::survivesNonsense()
{
    QCOMPARE(costIn(usage(-5, -5, 0, -1), kHaiku), std::string("0.00"));
    QCOMPARE(costIn(usage(100, 900, 900), kHaiku), std::string("0.00001"));
}

QTEST_APPLESS_MAIN(TestCost)
#include "tst_cost.moc"
