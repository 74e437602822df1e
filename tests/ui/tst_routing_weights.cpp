// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/weights.h"

#include "core/base/random.h"

#include <QTest>

#include <limits>

using namespace signalbox;
using namespace signalbox::ui;

namespace {

Shares sharesOf(const std::vector<int> &weights, const std::vector<std::size_t> &locked = {})
{
    Shares shares;
    for (const int weight : weights) {
        shares.push_back({.weight = weight});
    }
    for (const std::size_t index : locked) {
        shares[index].locked = true;
    }
    return shares;
}

std::vector<int> weightsOf(const Shares &shares)
{
    std::vector<int> weights;
    for (const Share &share : shares) {
        weights.push_back(share.weight);
    }
    return weights;
}

using Ints = std::vector<int>;

/// Plays one random sequence of edits; empty: nothing was broken.
class Player
{
public:
    explicit Player(std::uint64_t seed)
        : m_random(seed)
    {}

    QString play()
    {
        begin();
        for (std::size_t steps = 1 + pick(8); steps > 0; --steps) {
            m_before = m_shares;
            const QString edit = step();
            const QString fault = faultAfter();
            if (!fault.isEmpty()) {
                return edit + QStringLiteral(": ") + fault;
            }
        }
        return {};
    }

private:
    std::size_t pick(std::size_t below) { return static_cast<std::size_t>(m_random.below(below)); }

    void begin()
    {
        m_raw.clear();
        for (std::size_t count = 1 + pick(6); count > 0; --count) {
            m_raw.push_back(pick(4) == 0 ? 0 : static_cast<double>(pick(1000)) / 7.0);
        }
        m_shares.clear();
        for (const int weight : normalised(m_raw)) {
            m_shares.push_back({.weight = weight, .locked = pick(4) == 0});
        }
    }

    QString step()
    {
        m_may = Changes::Unlocked;
        switch (pick(5)) {
        case 0: {
            const std::size_t divider = pick(m_shares.size());
            m_may = Changes::Neighbours;
            m_divider = divider;
            moveDivider(m_shares, divider, static_cast<int>(pick(241)) - 120);
            return QStringLiteral("divider");
        }
        case 1:
            setWeight(m_shares, pick(m_shares.size()), static_cast<int>(pick(141)) - 20);
            return QStringLiteral("spin box");
        case 2:
            equalise(m_shares);
            return QStringLiteral("equalise");
        case 3:
            m_may = Changes::Locks;
            m_shares[pick(m_shares.size())].locked ^= true;
            return QStringLiteral("lock");
        default:
            m_may = Changes::Targets;
            if (m_shares.size() > 1 && pick(2) == 0) {
                removeShare(m_shares, pick(m_shares.size()));
            } else {
                addShare(m_shares);
            }
            return QStringLiteral("targets");
        }
    }

    [[nodiscard]] QString faultAfter() const
    {
        const int sum = sumOf(m_shares);
        const bool begun = sumOf(m_before) == 0; // may still have no shares
        if (sum != kWholeWeight && !(sum == 0 && begun)) {
            return QStringLiteral("the sum is %1").arg(sum);
        }
        for (std::size_t i = 0; i < m_shares.size(); ++i) {
            if (m_shares[i].weight < 0) {
                return QStringLiteral("a negative weight");
            }
            if (m_may == Changes::Targets || m_shares[i].weight == m_before[i].weight) {
                continue;
            }
            if (m_may == Changes::Locks) {
                return QStringLiteral("a lock changed a weight");
            }
            if (m_before[i].locked) {
                return QStringLiteral("a locked weight changed");
            }
            if (m_may == Changes::Neighbours && i != m_divider && i != m_divider + 1) {
                return QStringLiteral("a divider changed one that is not beside it");
            }
        }
        return {};
    }

    enum class Changes {
        Unlocked,
        Neighbours,
        Locks,
        Targets
    };
    Random m_random;
    Shares m_shares;
    Shares m_before;
    std::vector<double> m_raw;
    Changes m_may = Changes::Unlocked;
    std::size_t m_divider = 0;
};

} // namespace

class TestRoutingWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDividerMovesWeightBetweenItsNeighboursOnly()
    {
        Shares shares = sharesOf({50, 30, 20});
        QCOMPARE(moveDivider(shares, 0, 10), 10);
        QCOMPARE(weightsOf(shares), Ints({60, 20, 20}));
        QCOMPARE(moveDivider(shares, 1, -100), -20);
        QCOMPARE(weightsOf(shares), Ints({60, 0, 40}));
        QCOMPARE(moveDivider(shares, 0, 5), 0);
        QCOMPARE(moveDivider(shares, 2, 5), 0); // there is none behind the last
    }

    void aDividerStopsAtALockedNeighbour()
    {
        Shares shares = sharesOf({50, 30, 20}, {1});
        QCOMPARE(moveDivider(shares, 0, 10), 0);
        QCOMPARE(moveDivider(shares, 1, -10), 0);
        QCOMPARE(weightsOf(shares), Ints({50, 30, 20}));
        QCOMPARE(reachOf(sharesOf({50, 30, 20}), 0).left, 50);
        QCOMPARE(reachOf(sharesOf({50, 30, 20}), 0).right, 30);
    }

    void statement40TheOthersShareInProportion()
    {
        Shares shares = sharesOf({40, 30, 30});
        QCOMPARE(setWeight(shares, 0, 60), Hindrance::None);
        QCOMPARE(weightsOf(shares), Ints({60, 20, 20}));
        shares = sharesOf({50, 33, 17});
        QCOMPARE(setWeight(shares, 0, 51), Hindrance::None);
        QCOMPARE(weightsOf(shares), Ints({51, 32, 17}));
        shares = sharesOf({100, 0, 0});
        QCOMPARE(setWeight(shares, 0, 75), Hindrance::None);
        QCOMPARE(weightsOf(shares), Ints({75, 13, 12}));
    }

    void whatCannotBeSetIsClampedAndSaysWhy()
    {
        Shares shares = sharesOf({50, 30, 20}, {1, 2});
        QCOMPARE(setWeight(shares, 0, 60), Hindrance::OthersLocked);
        QCOMPARE(weightsOf(shares), Ints({50, 30, 20}));
        QCOMPARE(setWeight(shares, 1, 60), Hindrance::Locked);
        shares = sharesOf({50, 30, 20}, {2});
        QCOMPARE(setWeight(shares, 0, 95), Hindrance::NoRoom);
        QCOMPARE(weightsOf(shares), Ints({80, 0, 20}));
        shares = sharesOf({100});
        QCOMPARE(setWeight(shares, 0, 40), Hindrance::Alone);
        QCOMPARE(weightsOf(shares), Ints({100}));
    }

    void statement41EqualiseHasNoDrift()
    {
        Shares shares = sharesOf({90, 5, 5});
        equalise(shares);
        QCOMPARE(weightsOf(shares), Ints({34, 33, 33}));
        shares = sharesOf({70, 20, 10}, {2});
        equalise(shares);
        QCOMPARE(weightsOf(shares), Ints({45, 45, 10}));
    }

    void numbersOfAnyScaleBecomePercents()
    {
        QCOMPARE(normalised({5, 3, 1}), Ints({56, 33, 11}));
        QCOMPARE(normalised({1, 1, 1}), Ints({34, 33, 33}));
        QCOMPARE(normalised({0.7, 0.3}), Ints({70, 30}));
        QCOMPARE(normalised({0, 0}), Ints({0, 0}));
        QCOMPARE(normalised({1e308, 1e308}), Ints({50, 50}));
        QCOMPARE(normalised({std::numeric_limits<double>::quiet_NaN(), -1, 2}), Ints({0, 0, 100}));
        QCOMPARE(normalised({}), Ints());
    }

    void aTierWithoutSharesCanBeginToHaveThem()
    {
        Shares shares = sharesOf({0, 0, 0});
        QVERIFY(isFallbackOnly(shares));
        QCOMPARE(moveDivider(shares, 0, 10), 0);
        QCOMPARE(setWeight(shares, 1, 50), Hindrance::None);
        QCOMPARE(weightsOf(shares), Ints({25, 50, 25}));
        shares = sharesOf({0, 0}, {1});
        QCOMPARE(setWeight(shares, 0, 30), Hindrance::OthersLocked);
        QCOMPARE(weightsOf(shares), Ints({100, 0}));
    }

    void targetsComeAndGo()
    {
        Shares shares;
        addShare(shares);
        addShare(shares);
        QCOMPARE(weightsOf(shares), Ints({100, 0}));
        shares = sharesOf({50, 30, 20});
        removeShare(shares, 0);
        QCOMPARE(weightsOf(shares), Ints({60, 40}));
        shares = sharesOf({50, 30, 20}, {1, 2});
        removeShare(shares, 0);
        QCOMPARE(weightsOf(shares), Ints({60, 40}));
        QVERIFY(!shares[0].locked && !shares[1].locked);
    }

    /// Every sequence begins with weights of its own and makes up to eight edits.
    void aMillionSequencesKeepTheSumAndTheLocks()
    {
        constexpr std::uint64_t kSequences = 1'000'000;
        Player player(20'261'123);
        for (std::uint64_t i = 0; i < kSequences; ++i) {
            const QString fault = player.play();
            if (!fault.isEmpty()) {
                QFAIL(qPrintable(QStringLiteral("sequence %1, %2").arg(i).arg(fault)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRoutingWeights)
#include "tst_routing_weights.moc"
