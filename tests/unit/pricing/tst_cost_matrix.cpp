// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/cost_matrix.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::pricing;

namespace {

const TargetId kTarget("a/x");

CallSample answer(std::int64_t nanos, Micros firstToken = Millis(500), Micros total = Millis(2500))
{
    CallSample call;
    call.task = "chat";
    call.target = kTarget;
    call.promptTokens = 100;
    call.completionTokens = 50;
    call.cost = Money::fromNanos(nanos);
    call.firstToken = firstToken;
    call.total = total;
    call.answered = true;
    return call;
}

CallSample failure(std::int64_t nanos)
{
    CallSample call = answer(nanos);
    call.answered = false;
    call.failed = true;
    return call;
}

} // namespace

class TestCostMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingGivesNothing() { QVERIFY(CostMatrix(1).cells().empty()); }
    void cellsAreByTaskAndTarget();
    void whatFailedIsPaidForByWhatWasAnswered();
    void fewCallsHaveNoBands();
    void anUnknownPriceIsNoCost();
    void timesAreOfAnswersAlone();
    void bandsHoldTheTruthNineTimesInTen();
    void theSameSeedGivesTheSame();
};

void TestCostMatrix::cellsAreByTaskAndTarget()
{
    CostMatrix matrix(1);
    CallSample other = answer(5);
    other.task = "code";
    matrix.add(answer(1));
    matrix.add(answer(2));
    matrix.add(other);
    other.target = TargetId("b/y");
    matrix.add(other);
    const auto cells = matrix.cells();
    QCOMPARE(cells.size(), std::size_t(3));
    QCOMPARE(cells[0].task, std::string("chat"));
    QCOMPARE(cells[0].calls, 2);
    QCOMPARE(cells[0].promptTokens, 200);
    QCOMPARE(cells[0].completionTokens, 100);
    QCOMPARE(cells[0].cost, Money::fromNanos(3));
    QCOMPARE(cells[1].target, kTarget);
    QCOMPARE(cells[2].target, TargetId("b/y"));
}

void TestCostMatrix::whatFailedIsPaidForByWhatWasAnswered()
{
    CostMatrix matrix(1);
    for (int i = 0; i < 30; ++i) {
        matrix.add(i % 3 == 0 ? failure(600'000) : answer(1'000'000));
    }
    const MatrixCell cell = matrix.cells().front();
    QVERIFY(!cell.tooFew);
    QVERIFY(cell.costPerAnswer.has_value());
    QVERIFY(std::abs(cell.costPerAnswer->value - 0.0013) < 1e-9);
    QVERIFY(std::abs(cell.failureShare.value - 1.0 / 3) < 1e-9);
    QVERIFY(cell.failureShare.low < 1.0 / 3 && cell.failureShare.high > 1.0 / 3);
}

void TestCostMatrix::fewCallsHaveNoBands()
{
    CostMatrix matrix(1);
    for (int i = 0; i < 19; ++i) {
        matrix.add(answer(1000 + i * 100));
    }
    QVERIFY(matrix.cells().front().tooFew);
    const auto before = *matrix.cells().front().costPerAnswer;
    QCOMPARE(before.low, before.high);
    matrix.add(answer(1000));
    QVERIFY(!matrix.cells().front().tooFew);
    const auto after = *matrix.cells().front().costPerAnswer;
    QVERIFY(after.low < after.value && after.value < after.high);
}

void TestCostMatrix::anUnknownPriceIsNoCost()
{
    CostMatrix matrix(1);
    CallSample call = answer(0);
    call.cost.reset();
    matrix.add(answer(1000));
    matrix.add(call);
    QVERIFY(!matrix.cells().front().costPerAnswer);
    QCOMPARE(matrix.cells().front().unknownPriceCalls, 1);
}

void TestCostMatrix::timesAreOfAnswersAlone()
{
    CostMatrix matrix(1);
    for (int i = 0; i < 40; ++i) {
        matrix.add(answer(1, Millis(500), Millis(2500)));
        CallSample slow = failure(1);
        slow.firstToken = Seconds(20);
        slow.total = Seconds(60);
        matrix.add(slow);
    }
    const MatrixCell cell = matrix.cells().front();
    QCOMPARE(cell.firstToken->value, 0.5);
    QCOMPARE(cell.tokensPerSecond->value, 25.0); // 50 tokens in two seconds
}

/// Costs drawn from a known distribution: mean 50, and a band for each of 200 samples of 300.
void TestCostMatrix::bandsHoldTheTruthNineTimesInTen()
{
    Random random(3);
    int held = 0;
    for (int round = 0; round < 200; ++round) {
        CostMatrix matrix(static_cast<std::uint64_t>(round) + 1);
        for (int i = 0; i < 300; ++i) {
            matrix.add(answer(static_cast<std::int64_t>(random.below(101)) * 1'000'000));
        }
        const Band band = *matrix.cells().front().costPerAnswer;
        held += band.low <= 0.05 && 0.05 <= band.high ? 1 : 0;
    }
    QVERIFY2(held >= 165 && held <= 195, std::to_string(held).c_str());
}

void TestCostMatrix::theSameSeedGivesTheSame()
{
    const auto cellsWith = [](std::uint64_t seed) {
        CostMatrix matrix(seed);
        Random random(9);
        for (int i = 0; i < 5000; ++i) {
            matrix.add(answer(static_cast<std::int64_t>(random.below(1000))));
        }
        return matrix.cells();
    };
    QVERIFY(cellsWith(4) == cellsWith(4));
    QVERIFY(cellsWith(4) != cellsWith(5));
}

QTEST_APPLESS_MAIN(TestCostMatrix)
#include "tst_cost_matrix.moc"
