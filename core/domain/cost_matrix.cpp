// SPDX-License-Identifier: Apache-2.0
#include "core/domain/cost_matrix.h"

namespace signalbox {

std::optional<double> secondsPerAnswer(const MatrixCell &cell)
{
    if (cell.answered == 0 || !cell.tokensPerSecond || cell.tokensPerSecond->value <= 0) {
        return std::nullopt;
    }
    const double tokens = static_cast<double>(cell.completionTokens)
                          / static_cast<double>(cell.answered);
    const double first = cell.firstToken ? cell.firstToken->value : 0;
    return first + tokens / cell.tokensPerSecond->value;
}

TargetTotals totalsOf(const std::vector<MatrixCell> &cells, const TargetId &target)
{
    TargetTotals totals;
    std::int64_t answered = 0;
    double usd = 0;
    double seconds = 0;
    double timed = 0; // answers whose time is known
    double failures = 0;
    bool priced = true;
    for (const MatrixCell &cell : cells) {
        if (cell.target != target) {
            continue;
        }
        totals.calls += cell.calls;
        answered += cell.answered;
        usd += static_cast<double>(cell.cost.nanos()) / 1e9;
        priced = priced && cell.unknownPriceCalls == 0;
        failures += cell.failureShare.value * static_cast<double>(cell.calls);
        if (const auto each = secondsPerAnswer(cell)) {
            const auto count = static_cast<double>(cell.answered);
            seconds += *each * count;
            timed += count;
        }
    }
    if (priced && answered > 0) {
        totals.costPerAnswer = usd / static_cast<double>(answered);
    }
    if (timed > 0) {
        totals.secondsPerAnswer = seconds / timed;
    }
    if (totals.calls > 0) {
        totals.failureShare = failures / static_cast<double>(totals.calls);
    }
    return totals;
}

} // namespace signalbox
