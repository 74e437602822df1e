// SPDX-License-Identifier: GPL-3.0-or-later
// Strengths, shares and middles against closed forms, and against players whose strength is known.
#include "ui/models/standings.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace signalbox::ui;

namespace {

constexpr double kSame = 1e-7;

bool isNear(double a, double b, double by = kSame)
{
    return std::abs(a - b) <= by;
}

} // namespace

class TestStandings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesAreWilsons();
    void medianIntervalsAreOrderStatistics();
    void medianIntervalsCoverTheMedian();
    void meansHaveIntervalsFromTwentyOn();
    void twoPlayersHaveAClosedForm();
    void twoPlayersWithTiesHaveAClosedForm();
    void aChainHasAClosedForm();
    void strengthsDoNotDependOnTheOrder();
    void whoNeverLostIsFinite();
    void nobodyMetNobody();
    void intervalsCoverKnownStrengths_data();
    void intervalsCoverKnownStrengths();
    void eloIsTenToOneAt400();
};

/// Against published values: 8 of 10 at 95 %, and the closed forms at none and at all.
void TestStandings::sharesAreWilsons()
{
    const Proportion eight = proportionOf(8, 10, 1.959964);
    QVERIFY(isNear(eight.value, 0.8));
    QVERIFY(isNear(eight.within.low, 0.4902, 5e-5));
    QVERIFY(isNear(eight.within.high, 0.9433, 5e-5));
    const double square = kNinetyPercent * kNinetyPercent;
    const Proportion none = proportionOf(0, 12);
    QVERIFY(isNear(none.within.low, 0));
    QVERIFY(isNear(none.within.high, square / (12 + square)));
    const Proportion all = proportionOf(12, 12);
    QVERIFY(isNear(all.within.low, 12 / (12 + square)));
    QVERIFY(isNear(all.within.high, 1));
    QCOMPARE(proportionOf(0, 0), Proportion());
}

void TestStandings::medianIntervalsAreOrderStatistics()
{
    QCOMPARE(medianOf({}), std::nullopt);
    QCOMPARE(medianOf({3, 1, 2, 4}), (Middle{2.5, std::nullopt})); // 1/16 each side is too much
    QCOMPARE(medianOf({5, 1, 4, 2, 3}), (Middle{3, Interval{1, 5}})); // 1/32 is not
    // Of ten, P(at most 1 below) = 11/1024 and P(at most 2) = 56/1024 = 5.5 %: one may be left out.
    QCOMPARE(medianOf({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), (Middle{5.5, Interval{2, 9}}));
}

void TestStandings::medianIntervalsCoverTheMedian()
{
    std::mt19937 random(7);
    std::exponential_distribution<double> draw(1);
    int covered = 0;
    constexpr int rounds = 4'000;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> values(31);
        std::ranges::generate(values, [&] { return draw(random); });
        const auto within = medianOf(values)->within;
        covered += within->low <= std::log(2.0) && std::log(2.0) <= within->high ? 1 : 0;
    }
    const double share = static_cast<double>(covered) / rounds;
    QVERIFY2(share >= 0.89 && share <= 0.95, qPrintable(QString::number(share)));
}

void TestStandings::meansHaveIntervalsFromTwentyOn()
{
    QCOMPARE(meanOf({}), std::nullopt);
    QCOMPARE(meanOf({1, 3}), (Middle{2, std::nullopt}));
    std::vector<double> values;
    for (int i = 0; i < 20; ++i) {
        values.push_back(i % 2 == 0 ? 1 : 3);
    }
    const Middle mean = *meanOf(values);
    QVERIFY(isNear(mean.value, 2));
    const double reach = kNinetyPercent * std::sqrt(20.0 / 19 / 20);
    QVERIFY(isNear(mean.within->low, 2 - reach));
    QVERIFY(isNear(mean.within->high, 2 + reach));
}

/// The difference is the logarithm of the odds, its variance 1/w + 1/l; each strength is half of it.
void TestStandings::twoPlayersHaveAClosedForm()
{
    const StrengthFit fit = fitStrengths(2, {{0, 1, 30, 0, 10}}, 0);
    QVERIFY(fit.converged);
    const double half = std::log(3.0) / 2;
    QVERIFY(isNear(fit.players[0].value, half));
    QVERIFY(isNear(fit.players[1].value, -half));
    const double reach = kNinetyPercent * std::sqrt(1.0 / 30 + 1.0 / 10) / 2;
    QVERIFY(isNear(fit.players[0].within.high - half, reach));
    QVERIFY(isNear(half - fit.players[0].within.low, reach));
    QCOMPARE(fit.tie, 0.0);
}

/// Three outcomes, two parameters: the fit is exact, so win : loss : tie are as they were counted.
void TestStandings::twoPlayersWithTiesHaveAClosedForm()
{
    const StrengthFit fit = fitStrengths(2, {{0, 1, 24, 12, 6}}, 0);
    QVERIFY(fit.converged);
    QVERIFY(isNear(fit.players[0].value - fit.players[1].value, std::log(24.0 / 6)));
    QVERIFY(isNear(fit.tie, 12 / std::sqrt(24.0 * 6)));
}

/// A tree of pairs: each difference is that of its pair alone, and strengths sum to nothing.
void TestStandings::aChainHasAClosedForm()
{
    const StrengthFit fit = fitStrengths(3, {{0, 1, 20, 0, 5}, {2, 1, 8, 0, 16}}, 0);
    QVERIFY(fit.converged);
    const double a = fit.players[0].value;
    const double b = fit.players[1].value;
    const double c = fit.players[2].value;
    QVERIFY(isNear(a - b, std::log(4.0)));
    QVERIFY(isNear(c - b, std::log(0.5)));
    QVERIFY(isNear(a + b + c, 0));
}

void TestStandings::strengthsDoNotDependOnTheOrder()
{
    const StrengthFit one = fitStrengths(3, {{0, 1, 9, 3, 4}, {1, 2, 6, 2, 7}});
    const StrengthFit other = fitStrengths(3, {{2, 1, 7, 2, 6}, {1, 0, 4, 2, 9}, {0, 1, 0, 1, 0}});
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(isNear(one.players[i].value, other.players[i].value));
        QVERIFY(isNear(one.players[i].within.low, other.players[i].within.low));
    }
}

void TestStandings::whoNeverLostIsFinite()
{
    const StrengthFit fit = fitStrengths(2, {{0, 1, 10, 0, 0}});
    QVERIFY(fit.converged);
    QVERIFY(fit.players[0].value > 0.5 && fit.players[0].value < 10);
    QVERIFY(fit.players[0].within.high - fit.players[0].within.low > 2);
    // More of the same is surer.
    const StrengthFit more = fitStrengths(2, {{0, 1, 100, 0, 0}});
    QVERIFY(more.players[0].within.low > fit.players[0].within.low);
}

void TestStandings::nobodyMetNobody()
{
    QVERIFY(fitStrengths(0, {}).players.empty());
    const StrengthFit fit = fitStrengths(2, {{0, 0, 3, 0, 1}, {0, 7, 3, 0, 1}, {-1, 1, 3, 0, 1}});
    QCOMPARE(fit.players.size(), std::size_t(2));
    QCOMPARE(fit.players[0].value, 0.0);
    QVERIFY(fit.players[0].within.low < -2 && fit.players[0].within.high > 2); // nothing is known
}

void TestStandings::intervalsCoverKnownStrengths_data()
{
    QTest::addColumn<double>("tie");
    QTest::addColumn<int>("meetings");
    QTest::newRow("no ties") << 0.0 << 40;
    QTest::newRow("ties") << 0.8 << 40;
    QTest::newRow("few votes, many ties") << 1.6 << 15;
}

/// Goal: intervals of 90 % hold the truth in 90 +- 3 % of worlds. Method: five players of known strength
/// meet, each with each, by a seeded chance; whether each one's interval holds its strength is counted.
void TestStandings::intervalsCoverKnownStrengths()
{
    QFETCH(double, tie);
    QFETCH(int, meetings);
    const std::vector<double> truth = {-1.2, -0.4, 0, 0.5, 1.1}; // of sum 0
    std::mt19937 random(20);
    std::uniform_real_distribution<double> draw(0, 1);
    int covered = 0;
    int intervals = 0;
    for (int world = 0; world < 1'000; ++world) {
        std::vector<Meetings> met;
        for (int i = 0; i < 5; ++i) {
            for (int j = i + 1; j < 5; ++j) {
                const double half =
                    (truth[static_cast<std::size_t>(i)] - truth[static_cast<std::size_t>(j)]) / 2;
                const double all = std::exp(half) + std::exp(-half) + tie;
                Meetings pair{i, j};
                for (int n = 0; n < meetings; ++n) {
                    const double at = draw(random) * all;
                    ++(at < std::exp(half)         ? pair.wins
                       : at < std::exp(half) + tie ? pair.ties
                                                   : pair.losses);
                }
                met.push_back(pair);
            }
        }
        const StrengthFit fit = fitStrengths(5, met);
        QVERIFY(fit.converged);
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const Interval within = fit.players[i].within;
            covered += within.low <= truth[i] && truth[i] <= within.high ? 1 : 0;
            ++intervals;
        }
    }
    const double share = static_cast<double>(covered) / intervals;
    qInfo("%.1f %% of %d intervals hold the truth", 100 * share, intervals);
    QVERIFY2(share >= 0.87 && share <= 0.93, qPrintable(QString::number(share)));
}

void TestStandings::eloIsTenToOneAt400()
{
    QVERIFY(isNear(eloPoints(std::log(10.0)), 400));
}

QTEST_APPLESS_MAIN(TestStandings)
#include "tst_standings.moc"
