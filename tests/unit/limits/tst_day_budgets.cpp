// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/limits/day_budgets.h"

#include <QTest>

#include <vector>

using namespace signalbox;
using namespace signalbox::limits;

namespace {

Money usd(double amount)
{
    return Money::fromNanos(static_cast<std::int64_t>(amount * 1e9));
}

SystemTime at(int hours)
{
    return SystemTime(std::chrono::hours(hours));
}

SystemTime endOfDay(SystemTime time, const std::string &zone)
{
    const std::chrono::hours ahead(zone == "Asia/Tokyo" ? 9 : 0);
    return SystemTime(std::chrono::floor<std::chrono::days>(time + ahead) + std::chrono::days(1))
           - ahead;
}

using Accounts = std::vector<DayBudgets::Account>;

/// Of clients, of whom accounts are known.
DayBudgets withAccounts(const Accounts &accounts, int hours)
{
    DayBudgets budgets(BudgetOwner::Client, endOfDay);
    budgets.configure(accounts, "UTC", at(hours));
    return budgets;
}

} // namespace

class TestDayBudgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsKeptBackIsNotLeft();
    void nothingLeftLetsNotEvenAFreeCallIn();
    void aNewDayIsANewBudget();
    void whatIsInTheAirAtMidnightStaysKeptBack();
    void whoHasNoBudgetIsBookedAllTheSame();
    void booksOutlastAClientTakenAway();
    void whoComesBackAfterARestartHasSpentWhatItHas();
    void whatEndsWhileItsClientIsAwayIsBooked();
    void anotherZoneCountsFromTheNextDay();
    void neverPassedByMoreThanForecastsWereWrong();
};

void TestDayBudgets::whatIsKeptBackIsNotLeft()
{
    DayBudgets budgets = withAccounts({{"a", usd(1)}, {"b", std::nullopt}}, 1);
    QVERIFY(budgets.hasRoom("a", usd(1), at(1)));
    QVERIFY(!budgets.hasRoom("a", usd(1.01), at(1)));
    budgets.reserve("a", usd(0.6), at(1));
    QVERIFY(budgets.hasRoom("a", usd(0.25), at(1))); // a quarter of what is kept back on top
    QVERIFY(!budgets.hasRoom("a", usd(0.26), at(1)));
    budgets.settle("a", usd(0.6), usd(0.2), at(1));
    QVERIFY(budgets.hasRoom("a", usd(0.8), at(1)));
    QCOMPARE(budgets.views(at(1)),
             (std::vector<BudgetView>{
                 {"a", usd(1), usd(0.2), Money(), at(24), BudgetOwner::Client}}));
    QVERIFY(budgets.hasRoom("b", usd(1e6), at(1)));
    QVERIFY(budgets.hasRoom("", usd(1e6), at(1)));
}

void TestDayBudgets::nothingLeftLetsNotEvenAFreeCallIn()
{
    DayBudgets budgets = withAccounts({{"a", usd(1)}, {"none", Money()}}, 1);
    QVERIFY(budgets.hasRoom("a", Money(), at(1)));
    budgets.book("a", usd(1), at(1));
    QVERIFY(!budgets.hasRoom("a", Money(), at(1)));
    QVERIFY(!budgets.hasRoom("none", Money(), at(1)));
}

void TestDayBudgets::aNewDayIsANewBudget()
{
    DayBudgets budgets = withAccounts({{"a", usd(1)}}, 1);
    budgets.book("a", usd(2), at(23));
    QVERIFY(!budgets.hasRoom("a", Money(), at(23)));
    QVERIFY(budgets.hasRoom("a", usd(1), at(24)));
    QCOMPARE(budgets.view("a", at(24))->spent, Money());
    QCOMPARE(budgets.view("a", at(24))->resetsAt, at(48));
}

void TestDayBudgets::whatIsInTheAirAtMidnightStaysKeptBack()
{
    DayBudgets budgets = withAccounts({{"a", usd(1)}}, 1);
    budgets.reserve("a", usd(0.7), at(23));
    QVERIFY(!budgets.hasRoom("a", usd(0.4), at(25)));
    budgets.settle("a", usd(0.7), usd(0.5), at(25));
    QCOMPARE(budgets.view("a", at(25))->spent, usd(0.5));
}

void TestDayBudgets::whoHasNoBudgetIsBookedAllTheSame()
{
    DayBudgets budgets = withAccounts({{"a", std::nullopt}}, 1);
    budgets.reserve("a", usd(3), at(1));
    budgets.settle("a", usd(3), usd(2), at(1));
    budgets.configure({{"a", usd(2.5)}}, "UTC", at(2));
    QVERIFY(budgets.hasRoom("a", usd(0.5), at(2)));
    QVERIFY(!budgets.hasRoom("a", usd(0.6), at(2)));
}

void TestDayBudgets::booksOutlastAClientTakenAway()
{
    DayBudgets budgets = withAccounts({{"a", usd(1)}}, 1);
    budgets.reserve("a", usd(0.5), at(1));
    budgets.configure({}, "UTC", at(2));
    QVERIFY(budgets.views(at(2)).empty());
    QVERIFY(budgets.hasRoom("a", usd(100), at(2)));
    budgets.configure({{"a", usd(1)}}, "UTC", at(3));
    budgets.settle("a", usd(0.5), usd(0.9), at(3));
    QVERIFY(!budgets.hasRoom("a", usd(0.2), at(3)));
}

void TestDayBudgets::whoComesBackAfterARestartHasSpentWhatItHas()
{
    DayBudgets budgets = withAccounts({}, 1);
    budgets.book("a", usd(1), at(1)); // of before the program began, when "a" was there
    QVERIFY(!budgets.isBounded("a"));
    QVERIFY(budgets.views(at(1)).empty());
    budgets.configure({{"a", usd(1)}}, "UTC", at(2));
    QVERIFY(!budgets.hasRoom("a", Money(), at(2)));
    QVERIFY(budgets.hasRoom("a", Money(), at(24)));
    budgets.configure({}, "UTC", at(3));
    budgets.configure({{"a", usd(1)}}, "UTC", at(25));
    QVERIFY(budgets.hasRoom("a", usd(1), at(25)));
}

/// Its book is gone with the day before.
void TestDayBudgets::whatEndsWhileItsClientIsAwayIsBooked()
{
    for (const Money reserved : {Money(), usd(0.5)}) {
        DayBudgets budgets = withAccounts({{"a", usd(1)}}, 22);
        budgets.configure({}, "UTC", at(23));
        budgets.configure({}, "UTC", at(25));
        budgets.reserve("a", reserved, at(25)); // of a request that was there before
        budgets.settle("a", reserved, usd(0.9), at(26));
        budgets.configure({{"a", usd(1)}}, "UTC", at(27));
        QVERIFY(budgets.hasRoom("a", usd(0.05), at(27)));
        QVERIFY(!budgets.hasRoom("a", usd(0.2), at(27)));
        QVERIFY(budgets.hasRoom("a", usd(0.2), at(49)));
    }
}

void TestDayBudgets::anotherZoneCountsFromTheNextDay()
{
    DayBudgets budgets = withAccounts({{"a", usd(1)}}, 1);
    budgets.configure({{"a", usd(1)}}, "Asia/Tokyo", at(2));
    QCOMPARE(budgets.view("a", at(2))->resetsAt, at(24));
    QCOMPARE(budgets.view("a", at(25))->resetsAt, at(24 + 15));
}

/// *Goal*: with any number of calls in the air and whatever they turn out to cost, the sum stays
/// below the budget and what the forecasts were wrong by. *Method*: a seeded million of turns over
/// ten days: begin where there is room, end some call with an error of up to a tenth.
void TestDayBudgets::neverPassedByMoreThanForecastsWereWrong()
{
    struct Call
    {
        Money reserved;
        Money cost;
    };
    Random random(7);
    DayBudgets budgets = withAccounts({{"a", usd(1)}}, 0);
    std::vector<Call> air;
    Money error;
    int begun = 0;
    int days = 0;
    SystemTime now = at(0);
    for (int turn = 0; turn < 1'000'000; ++turn) {
        const bool midnight = endOfDay(now, "UTC") <= now + Millis(864);
        now += Millis(864);
        if (midnight) {
            ++days;
            error = Money();
        }
        const Money expected = Money::fromNanos(static_cast<std::int64_t>(random.below(40'000)));
        if (random.below(2) == 0 && air.size() < 200) {
            if (budgets.hasRoom("a", expected, now)) {
                budgets.reserve("a", expected, now);
                const auto off = static_cast<std::int64_t>(random.below(201)) - 100;
                air.push_back({expected, Money::fromNanos(expected.nanos() * (1000 + off) / 1000)});
                ++begun;
            }
        } else if (!air.empty()) {
            std::swap(air[random.below(air.size())], air.back());
            const Call call = air.back();
            air.pop_back();
            budgets.settle("a", call.reserved, call.cost, now);
            error += std::max(Money(), call.cost - call.reserved);
        }
        const BudgetView view = *budgets.view("a", now);
        // Calls that were in the air at midnight had room in the day before.
        QVERIFY(days > 0 || view.spent <= usd(1) + error);
        QVERIFY(view.spent <= usd(1) + error + usd(200 * 0.00004));
    }
    QCOMPARE(days, 10);
    QVERIFY(begun > 100'000);
    for (const Call &call : air) {
        budgets.settle("a", call.reserved, call.cost, now);
    }
    QCOMPARE(budgets.view("a", now)->reserved, Money());
}

QTEST_APPLESS_MAIN(TestDayBudgets)
#include "tst_day_budgets.moc"
