// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/pricing/answer_price.h"
#include "core/pricing/cost.h"

#include <QTest>

#include <algorithm>

using namespace signalbox;
using namespace signalbox::pricing;

class TestCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricesEveryKindOfToken();
    void choosesTheTierByTheWholePrompt_data();
    void choosesTheTierByTheWholePrompt();
    void pricesTheHoursCacheApart();
    void pricesThinkingAsAWhole();
    void choosesTheTableOfTheDay();
    void roundsOnceAtTheEnd();
    void saysWhatThePromptCacheSaved();
    void takesTheStatedCost();
    void leavesAnUnknownPriceUnknown();
    void keepsTheMarkOfAnEstimate();
    void survivesNonsense();
    void billsTheModelInTheAnswer_data();
    void billsTheModelInTheAnswer();
    void tellsWhosePriceItIs();
    void linesAreTheCost();
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

void TestCost::pricesTheHoursCacheApart()
{
    PriceRow haiku = kHaiku.rows.front();
    Usage tokens = usage(1000, 100, 300, 200);
    tokens.cacheWriteHourTokens = 200;
    // 600 x 1 + 100 x 0.1 + 300 x 1.25 + 200 x 5: without a price of its own as the other writes
    QCOMPARE(costIn(tokens, {{haiku}}), std::string("0.001985"));
    haiku.cacheWriteHour = usd("2"); // 100 x 1.25 + 200 x 2 instead
    QCOMPARE(costIn(tokens, {{haiku}}), std::string("0.002135"));
    tokens.cacheWriteHourTokens = 5000; // no more than what was written
    QCOMPARE(costIn(tokens, {{haiku}}), std::string("0.00221"));
}

void TestCost::pricesThinkingAsAWhole()
{
    PriceRow plus = row(0, "0.4", "0.08", "0.5", "1.2");
    plus.thinkingOutput = usd("4");
    Usage tokens = usage(1000, 0, 0, 100);
    QCOMPARE(costIn(tokens, {{plus}}), std::string("0.00052"));
    tokens.reasoningTokens = 60;
    QCOMPARE(costIn(tokens, {{plus}}), std::string("0.0008"));
    plus.thinkingOutput.reset();
    QCOMPARE(costIn(tokens, {{plus}}), std::string("0.00052"));
}

void TestCost::choosesTheTableOfTheDay()
{
    const PriceTable early{{row(0, "2", "0.2", "2.5", "10")}};
    const PriceTable late{{row(0, "3", "0.3", "3.75", "15")}};
    const SystemTime june = *fromIso8601("2026-06-30");
    const SystemTime september = *fromIso8601("2026-09-01");
    const PriceHistory history{{{june, early}, {september, late}}};
    QVERIFY(history.at(june - Micros(1)).rows.empty());
    QCOMPARE(history.at(june), early);
    QCOMPARE(history.at(september - Micros(1)), early);
    QCOMPARE(history.at(september), late);
    QCOMPARE(history.at(SystemTime::max()), late);
    QVERIFY(PriceHistory().at(september).rows.empty());
    QCOMPARE(PriceHistory::always(early).at(SystemTime()), early);
}

void TestCost::roundsOnceAtTheEnd()
{
    // 0.0028 USD per million is 2.8 nano-USD a token: 3 cached and 1 plain of 0.14 make 148.4.
    const PriceTable table{{row(0, "0.14", "0.0028", "0.14", "0.28")}};
    QCOMPARE(costOf(usage(4, 3), table).amount, Money::fromNanos(148));
    QCOMPARE(costOf(usage(1, 1), table).amount, Money::fromNanos(3));
}

void TestCost::saysWhatThePromptCacheSaved()
{
    const PriceRow haiku = row(0, "1", "0.1", "1.25", "5");
    // 100 read for 0.1 instead of 1; 40 written for 1.25 instead of 1.
    QCOMPARE(promptCacheSaving(usage(1000, 100, 0, 7), haiku).nanos(), std::int64_t(90'000));
    QCOMPARE(promptCacheSaving(usage(1000, 0, 40, 7), haiku).nanos(), std::int64_t(-10'000));
    QCOMPARE(promptCacheSaving(usage(1000, 0, 0, 7), haiku).nanos(), std::int64_t(0));
    // Whatever the tokens: the cost without a cache, less the cost; each of both was rounded.
    Random random(9);
    for (int i = 0; i < 500; ++i) {
        const auto tokens = [&random](std::uint64_t below) {
            return static_cast<std::int64_t>(random.below(below));
        };
        const Usage used = usage(tokens(5000), tokens(3000), tokens(3000), tokens(500));
        const Usage plain = usage(used.promptTokens, 0, 0, used.completionTokens);
        const PriceTable table{{haiku}};
        const std::int64_t less = costOf(plain, table).amount->nanos()
                                  - costOf(used, table).amount->nanos();
        QVERIFY(std::abs(promptCacheSaving(used, haiku).nanos() - less) <= 2);
    }
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

/// Goal: alias and snapshot are billed as what they are, and an operator's word is not overruled by
/// the catalogue. Each model costs what no other does.
void TestCost::billsTheModelInTheAnswer_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("answered");
    QTest::addColumn<QString>("cost");
    QTest::addColumn<QString>("note");
    const auto test = [](const char *name,
                         const char *asked,
                         const char *answered,
                         const char *cost,
                         const char *note = "") {
        QTest::newRow(name) << asked << answered << cost << note;
    };
    const char *const byCatalogue =
        "priced as deepseek-v4-flash, the model in the answer, by the catalogue";
    test("nothing in the answer", "deepseek-chat", "", "0.000001");
    test("itself", "deepseek-chat", "deepseek-chat", "0.000001");
    test("its alias", "deepseek-chat", "chat", "0.000001");
    test("catalogue", "deepseek-chat", "deepseek-v4-flash", "0.000007", byCatalogue);
    test("at the same price", "deepseek-chat", "deepseek-chat-0324", "0.000001");
    test("nobody knows it", "deepseek-chat", "deepseek-v9", "0.000001");
    test("priced by the operator", "own", "deepseek-v4-flash", "0.000003");
    test("configured",
         "own",
         "deepseek-v4-pro",
         "0.000005",
         "priced as deepseek-v4-pro, the model in the answer, by the configuration");
    test("configured, by alias",
         "deepseek-chat",
         "pro",
         "0.000005",
         "priced as deepseek-v4-pro, the model in the answer, by the configuration");
    test("configured without a price", "deepseek-chat", "free", "0.000001");
    test("without a price", "free", "deepseek-v4-flash", "0.000007", byCatalogue);
    test("no price anywhere", "free", "deepseek-v9", "unknown");
    test("Gemini's way to name it",
         "deepseek-chat",
         "models/deepseek-v4-flash",
         "0.000007",
         byCatalogue);
}

void TestCost::billsTheModelInTheAnswer()
{
    QFETCH(const QString, asked);
    QFETCH(const QString, answered);
    const auto priced = [](std::string_view dollars) {
        return PriceHistory::always({{row(0, dollars, dollars, dollars, dollars)}});
    };
    ProviderSettings provider;
    const auto add = [&provider](const char *name, const char *alias, const PriceHistory &price) {
        ModelSettings &model = provider.models.emplace_back();
        model.name = name;
        model.aliases = {alias};
        model.price = price;
        model.pricedByOperator = model.name == "own";
    };
    add("deepseek-chat", "chat", priced("1"));
    add("own", "ours", priced("3"));
    add("deepseek-v4-pro", "pro", priced("5"));
    add("free", "gratis", {});
    provider.cataloguePrices = {{"deepseek-v4-flash", priced("7")},
                                {"deepseek-v4-pro", priced("9")},
                                {"deepseek-chat-0324", priced("1")}};
    const auto model = std::ranges::find(provider.models,
                                         asked.toStdString(),
                                         &ModelSettings::name);
    const AnswerPrice price = priceOfAnswer(provider, *model, answered.toStdString(), SystemTime());
    QTEST(QString::fromStdString(costIn(usage(1), price.table)), "cost");
    QTEST(QString::fromStdString(price.note), "note");
}

void TestCost::tellsWhosePriceItIs()
{
    const SystemTime march(std::chrono::sys_days{std::chrono::year{2026} / 3 / 1});
    const SystemTime june(std::chrono::sys_days{std::chrono::year{2026} / 6 / 1});
    ModelSettings model;
    model.name = "gpt";
    model.price.prices = {{march, {{row(0, "1", "1", "1", "1")}}},
                          {june, {{row(0, "2", "2", "2", "2")}}}};
    const AnswerPrice spring = priceOfAnswer({}, model, {}, march + Seconds(1));
    QCOMPARE(spring.model, std::string("gpt"));
    QVERIFY(!spring.byOperator && spring.since == march);
    QVERIFY(priceOfAnswer({}, model, {}, june).since == june);
    QVERIFY(!priceOfAnswer({}, model, {}, march - Seconds(1)).since); // unknown
    model.price = PriceHistory::always({{row(0, "3", "3", "3", "3")}});
    model.pricedByOperator = true;
    const AnswerPrice own = priceOfAnswer({}, model, {}, june);
    QVERIFY(own.byOperator && !own.since);
}

void TestCost::linesAreTheCost()
{
    // Goal: what is shown line by line is what is billed, for any usage, however odd.
    Random random(7);
    const auto upTo = [&random](std::int64_t most) {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most) + 1));
    };
    const auto price = [&] { return TokenPrice::fromPicosPerToken(upTo(80'000'000)); };
    for (int i = 0; i < 20'000; ++i) {
        Usage used;
        used.promptTokens = upTo(300'000);
        used.cachedTokens = upTo(200'000);
        used.cacheWriteTokens = upTo(100'000);
        used.cacheWriteHourTokens = upTo(100'000);
        used.completionTokens = upTo(50'000);
        used.reasoningTokens = i % 2 == 0 ? 0 : upTo(used.completionTokens);
        PriceTable table{{{0, price(), price(), price(), price()},
                          {200'000, price(), price(), price(), price(), price(), price()}}};
        const PriceRow *holds = priceRow(table, used.promptTokens);
        CostSum sum;
        std::int64_t tokens = 0;
        for (const CostLine &line : costLines(used, *holds)) {
            QVERIFY(line.tokens >= 0);
            sum.add(line.tokens, line.price);
            tokens += line.tokens;
        }
        QCOMPARE(tokens, used.promptTokens + used.completionTokens); // each is billed once
        QCOMPARE(sum.total().nanos(), costOf(used, table).amount->nanos());
    }
}

QTEST_APPLESS_MAIN(TestCost)
#include "tst_cost.moc"
