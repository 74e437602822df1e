// SPDX-License-Identifier: Apache-2.0
#include "core/routing/smooth_weights.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

constexpr int kSeeds = 60;

std::vector<std::size_t> chosen(const std::vector<double> &weights, std::uint64_t seed, int count)
{
    DrawState draws(seed);
    std::vector<std::size_t> choices;
    for (int i = 0; i < count; ++i) {
        choices.push_back(chooseByWeight(weights, draws.next("chat")));
    }
    return choices;
}

double shareOf(const std::vector<double> &weights, std::size_t index)
{
    double total = 0;
    for (const double weight : weights) {
        total += weight;
    }
    return weights[index] / total;
}

/// The greatest distance, over all runs of a hundred, between how often \p index was chosen and
/// how often it should have been.
double worstOfAnyHundred(const std::vector<std::size_t> &choices, std::size_t index, double share)
{
    constexpr std::size_t run = 100;
    double worst = 0;
    auto hits = std::count(choices.begin(), choices.begin() + run, index);
    for (std::size_t end = run; end < choices.size(); ++end) {
        worst = std::max(worst, std::abs(static_cast<double>(hits) - share * run));
        hits += choices[end] == index ? 1 : 0;
        hits -= choices[end - run] == index ? 1 : 0;
    }
    return worst;
}

} // namespace

class TestSmoothWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsSharesOverAnyHundredRequests_data()
    {
        QTest::addColumn<QList<double>>("weights");
        QTest::newRow("70/30") << QList<double>{70, 30};
        QTest::newRow("30/70") << QList<double>{30, 70};
        QTest::newRow("50/50") << QList<double>{1, 1};
        QTest::newRow("90/10") << QList<double>{0.9, 0.1};
        QTest::newRow("99/1") << QList<double>{99, 1};
        QTest::newRow("tiny beside one") << QList<double>{1e-12, 1};
        QTest::newRow("golden") << QList<double>{0.6180339887, 0.3819660113};
        QTest::newRow("with zeros") << QList<double>{0, 70, 0, 30, 0};
        QTest::newRow("three") << QList<double>{50, 30, 20};
        QTest::newRow("five") << QList<double>{5, 4, 3, 2, 1};
        QTest::newRow("small scale") << QList<double>{7e-200, 3e-200};
    }

    void holdsSharesOverAnyHundredRequests()
    {
        QFETCH(QList<double>, weights);
        const std::vector<double> plain(weights.begin(), weights.end());
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            const auto choices = chosen(plain, seed, 3000);
            for (std::size_t i = 0; i < plain.size(); ++i) {
                QCOMPARE_LE(worstOfAnyHundred(choices, i, shareOf(plain, i)), 2.0);
            }
        }
    }

    void looksRandom()
    {
        const auto choices = chosen({70, 30}, 9, 400);
        for (std::size_t period = 1; period <= 100; ++period) {
            QVERIFY(!std::equal(choices.begin() + static_cast<std::ptrdiff_t>(period),
                                choices.end(),
                                choices.begin()));
        }
        std::set<std::vector<std::size_t>> beginnings;
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            beginnings.insert(chosen({70, 30}, seed, 20));
        }
        QCOMPARE_GT(beginnings.size(), 10U);
    }

    void repeatsItselfFromTheSameSeed()
    {
        QCOMPARE(chosen({70, 30}, 4, 50), chosen({70, 30}, 4, 50));
        DrawState draws(4);
        (void)draws.next("chat");
        DrawState copy = draws;
        QCOMPARE(copy.next("chat"), draws.next("chat"));
    }

    void keepsSequencesApart()
    {
        DrawState mixed(4);
        DrawState alone(4);
        for (int i = 0; i < 50; ++i) {
            (void)mixed.next("other");
            QCOMPARE(mixed.next("chat"), alone.next("chat"));
        }
    }

    void staysWithinZeroAndOne()
    {
        DrawState draws(1);
        double least = 1;
        double most = 0;
        for (int i = 0; i < 10'000; ++i) {
            const double draw = draws.next("chat");
            least = std::min(least, draw);
            most = std::max(most, draw);
        }
        QCOMPARE_GE(least, 0.0);
        QCOMPARE_LT(most, 1.0);
        QCOMPARE_LT(least, 0.001);
        QCOMPARE_GT(most, 0.999);
    }

    void choosesByShare()
    {
        const std::vector<double> weights{0, 70, 0, 30, 0};
        QCOMPARE(chooseByWeight(weights, 0), 1U);
        QCOMPARE(chooseByWeight(weights, 0.699), 1U);
        QCOMPARE(chooseByWeight(weights, 0.7), 3U);
        QCOMPARE(chooseByWeight(weights, std::nextafter(1.0, 0.0)), 3U);
        QCOMPARE(chooseByWeight(std::vector{1e308, 1e308, 1e308}, 0.5), 1U);
        QCOMPARE(chooseByWeight(std::vector{5e-324, 5e-324}, 0.6), 1U);
    }

    void neverChoosesWeightZeroAndKeepsItLast()
    {
        Random random(8);
        int zeros = 0;
        for (int round = 0; round < 5000; ++round) {
            std::vector<double> weights(1 + random.below(6));
            for (double &weight : weights) {
                weight = random.below(3) == 0 ? 0.0 : std::pow(10.0, 20 * random.unit() - 10);
            }
            const auto order = weightedOrder(weights, random.unit(), random);
            QCOMPARE(std::set(order.begin(), order.end()).size(), weights.size());
            QCOMPARE(order.size(), weights.size());
            const auto isZero = [&weights](std::size_t i) { return weights[i] == 0; };
            const auto firstZero = std::ranges::find_if(order, isZero);
            QVERIFY(std::all_of(firstZero, order.end(), isZero));
            QVERIFY(std::is_sorted(firstZero, order.end()));
            zeros += firstZero == order.end() ? 0 : 1;
        }
        QCOMPARE_GT(zeros, 1000);
    }

    void followsAFailedTargetByADrawAmongTheRest()
    {
        Random random(2);
        const std::vector<double> weights{60, 30, 10};
        int second = 0;
        constexpr int rounds = 20'000;
        for (int i = 0; i < rounds; ++i) {
            const auto order = weightedOrder(weights, 0.0, random);
            QCOMPARE(order[0], 0U);
            second += order[1] == 1 ? 1 : 0;
        }
        QVERIFY(std::abs(second / double(rounds) - 0.75) < 0.02);
    }
};

QTEST_APPLESS_MAIN(TestSmoothWeights)
#include "tst_smooth_weights.moc"
