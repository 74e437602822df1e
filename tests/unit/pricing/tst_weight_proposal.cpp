// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/pricing/weight_proposal.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace signalbox;
using namespace signalbox::pricing;

namespace {

TargetSeen seen(const char *target, double weight, double cost, double seconds = 1)
{
    TargetSeen one;
    one.target = TargetId(target);
    one.weight = weight;
    one.calls = 100;
    one.costPerAnswer = cost;
    one.secondsPerAnswer = seconds;
    return one;
}

using Shares = std::vector<int>;

Shares sharesOf(const std::vector<ShareProposal> &proposal)
{
    Shares shares;
    for (const ShareProposal &one : proposal) {
        shares.push_back(one.to);
    }
    return shares;
}

TargetSeen some(Random &random, std::size_t number)
{
    TargetSeen one;
    one.target = TargetId("p/m" + std::to_string(number));
    one.weight = static_cast<double>(random.below(100));
    one.leastPoints = random.below(3) == 0 ? static_cast<double>(random.below(15)) : 0;
    one.mayGain = random.below(5) != 0;
    one.calls = static_cast<std::int64_t>(random.below(100));
    if (random.below(8) != 0) {
        one.costPerAnswer = static_cast<double>(random.below(1000)) / 1e5;
    }
    if (random.below(8) != 0) {
        one.secondsPerAnswer = static_cast<double>(random.below(1000)) / 50;
    }
    one.failureShare = static_cast<double>(random.below(40)) / 100;
    return one;
}

} // namespace

class TestWeightProposal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCheaperGainsWithinTheRail();
    void theAimDecides();
    void whoIsLittleKnownKeepsItsShare();
    void aLeastShareIsKept();
    void aBetterAnswerIsWorthMore();
    void whoMayNotGainDoesNot();
    void nothingToCompareIsNoProposal();
    void whatIsGoodStays();
    void failuresCountWhenBalanced();
    void railsHoldWhateverComes();
};

void TestWeightProposal::theCheaperGainsWithinTheRail()
{
    const auto proposal = proposeShares({seen("a/x", 70, 0.010), seen("b/y", 30, 0.002)},
                                        Aim::Cost);
    QCOMPARE(sharesOf(proposal), (Shares{50, 50}));
    QVERIFY(proposal[0].reason == ShareReason::AtTheRail);
    QCOMPARE(proposal[0].from, 70);
    const auto mild = proposeShares({seen("a/x", 50, 0.0011), seen("b/y", 50, 0.0010)}, Aim::Cost);
    QCOMPARE(sharesOf(mild), (Shares{45, 55})); // 1 : 1.21
    QVERIFY(mild[0].reason == ShareReason::Loses && mild[1].reason == ShareReason::Gains);
}

void TestWeightProposal::theAimDecides()
{
    const std::vector<TargetSeen> targets = {seen("a/x", 50, 0.010, 1), seen("b/y", 50, 0.001, 9)};
    QCOMPARE(sharesOf(proposeShares(targets, Aim::Cost)), (Shares{30, 70}));
    QCOMPARE(sharesOf(proposeShares(targets, Aim::Time)), (Shares{70, 30}));
}

void TestWeightProposal::whoIsLittleKnownKeepsItsShare()
{
    TargetSeen little = seen("c/z", 20, 0.0001);
    little.calls = 19;
    const auto proposal = proposeShares({seen("a/x", 40, 0.010), seen("b/y", 40, 0.002), little},
                                        Aim::Cost);
    QCOMPARE(sharesOf(proposal), (Shares{20, 60, 20}));
    QVERIFY(proposal[2].reason == ShareReason::TooFew);
}

void TestWeightProposal::aLeastShareIsKept()
{
    TargetSeen dear = seen("a/x", 50, 0.010);
    dear.leastPoints = 45;
    const auto proposal = proposeShares({dear, seen("b/y", 50, 0.002)}, Aim::Cost);
    QCOMPARE(sharesOf(proposal), (Shares{45, 55}));
    QVERIFY(proposal[0].reason == ShareReason::AtItsLeast);
}

/// Of two that cost the same, the one whose answers people prefer gains; no word outweighs everything.
void TestWeightProposal::aBetterAnswerIsWorthMore()
{
    std::vector<TargetSeen> targets = {seen("a/x", 50, 0.01), seen("b/x", 50, 0.01)};
    QVERIFY(proposeShares(targets, Aim::Cost).empty());
    targets[0].quality = 1.5;
    QCOMPARE(sharesOf(proposeShares(targets, Aim::Cost)), (Shares{60, 40}));
    targets[0].quality = 1'000;
    QCOMPARE(sharesOf(proposeShares(targets, Aim::Cost)), (Shares{67, 33}));
    targets[0].quality = 0;
    QCOMPARE(sharesOf(proposeShares(targets, Aim::Cost)), (Shares{33, 67}));
    targets[0].quality = 1.5;
    targets[0].mayGain = false; // a veto is a veto
    QVERIFY(proposeShares(targets, Aim::Cost).empty());
}

void TestWeightProposal::whoMayNotGainDoesNot()
{
    TargetSeen poor = seen("b/y", 30, 0.0001);
    poor.mayGain = false;
    const auto proposal = proposeShares({seen("a/x", 40, 0.010), poor, seen("c/z", 30, 0.005)},
                                        Aim::Cost);
    QCOMPARE(proposal[1].to, 30);
    QVERIFY(proposal[1].reason == ShareReason::MayNotGain);
    QVERIFY(proposal[2].to > 30);
}

void TestWeightProposal::nothingToCompareIsNoProposal()
{
    QVERIFY(proposeShares({}, Aim::Cost).empty());
    QVERIFY(proposeShares({seen("a/x", 1, 1)}, Aim::Cost).empty());
    QVERIFY(proposeShares({seen("a/x", 0, 1), seen("b/y", 0, 2)}, Aim::Cost).empty());
    TargetSeen unpriced = seen("b/y", 1, 1);
    unpriced.costPerAnswer.reset();
    QVERIFY(proposeShares({seen("a/x", 1, 1), unpriced}, Aim::Cost).empty());
    QVERIFY(proposeShares({seen("a/x", 1, 1), unpriced}, Aim::Balanced).empty());
    QVERIFY(!proposeShares({seen("a/x", 1, 1, 1), seen("b/y", 1, 1, 2)}, Aim::Time).empty());
}

void TestWeightProposal::whatIsGoodStays()
{
    QVERIFY(proposeShares({seen("a/x", 1, 0.001), seen("b/y", 1, 0.001)}, Aim::Cost).empty());
}

void TestWeightProposal::failuresCountWhenBalanced()
{
    TargetSeen flaky = seen("a/x", 50, 0.001);
    flaky.failureShare = 0.3;
    const auto proposal = proposeShares({flaky, seen("b/y", 50, 0.001)}, Aim::Balanced);
    QVERIFY(proposal[0].to < 50);
}

void TestWeightProposal::railsHoldWhateverComes()
{
    Random random(5);
    int moved = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::vector<TargetSeen> targets;
        const std::size_t count = 1 + random.below(8);
        for (std::size_t i = 0; i < count; ++i) {
            targets.push_back(some(random, i));
        }
        const auto aim = static_cast<Aim>(random.below(3));
        const auto proposal = proposeShares(targets, aim);
        moved += proposal.empty() ? 0 : 1;
        int before = 0;
        int after = 0;
        for (std::size_t i = 0; i < proposal.size(); ++i) {
            const ShareProposal &one = proposal[i];
            before += one.from;
            after += one.to;
            QVERIFY(std::abs(one.to - one.from) <= 20);
            QVERIFY(targets[i].mayGain || one.to <= one.from);
            QVERIFY(one.to >= std::min<double>(targets[i].leastPoints, one.from));
            QVERIFY(targets[i].calls >= 20 || one.to == one.from);
        }
        QVERIFY(proposal.empty() || (before == 100 && after == 100));
    }
    QVERIFY(moved > 5000);
}

QTEST_APPLESS_MAIN(TestWeightProposal)
#include "tst_weight_proposal.moc"
