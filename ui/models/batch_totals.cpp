// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_totals.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::ui {

namespace {

struct Counted
{
    int passed = 0;
    int known = 0;

    void add(CheckResult result)
    {
        known += result == CheckResult::Unknown ? 0 : 1;
        passed += result == CheckResult::Passed ? 1 : 0;
    }
    [[nodiscard]] Proportion share() const { return proportionOf(passed, known); }
};

void addVerdict(ColumnTotals &totals, PairVerdict verdict)
{
    switch (verdict) {
    case PairVerdict::OtherWins:
        ++totals.wins;
        break;
    case PairVerdict::FirstWins:
        ++totals.losses;
        break;
    case PairVerdict::Tie:
        ++totals.ties;
        break;
    case PairVerdict::Unclear:
        break;
    }
}

ColumnTotals totalsOf(const BatchRun &run, int column)
{
    ColumnTotals totals;
    const BatchPlan &plan = run.plan();
    std::vector<Counted> checks(plan.checks.size());
    Counted all;
    std::vector<double> latencies;
    std::vector<double> costs;
    for (int row = 0; row < plan.prompts(); ++row) {
        if (const auto verdict = run.verdict(row, column)) {
            addVerdict(totals, *verdict);
        }
        const BatchAnswer *answer = run.answer({row, column, -1});
        if (answer == nullptr) {
            continue;
        }
        totals.spent += answer->cost.value_or(Money());
        if (!answer->isAnswered()) {
            ++totals.failed;
            continue;
        }
        ++totals.answered;
        latencies.push_back(answer->totalMs);
        totals.unknownPrices += answer->cost ? 0 : 1;
        if (answer->cost) {
            costs.push_back(static_cast<double>(answer->cost->nanos()) / 1e9);
        }
        totals.completionTokens += answer->usage ? answer->usage->completionTokens : 0;
        const std::vector<CheckResult> &results = run.results({row, column, -1});
        for (std::size_t i = 0; i < results.size(); ++i) {
            checks[i].add(results[i]);
        }
        all.add(together(results));
    }
    std::ranges::transform(checks, std::back_inserter(totals.checks), &Counted::share);
    totals.all = all.share();
    totals.latencyMs = medianOf(std::move(latencies));
    totals.costUsd = meanOf(costs);
    totals.judged = totals.wins + totals.ties + totals.losses;
    totals.rate = proportionOf(totals.wins + totals.ties / 2.0, totals.judged);
    return totals;
}

} // namespace

CheckResult together(const std::vector<CheckResult> &results)
{
    if (std::ranges::find(results, CheckResult::Failed) != results.end()) {
        return CheckResult::Failed;
    }
    const bool unknown = std::ranges::find(results, CheckResult::Unknown) != results.end();
    return unknown ? CheckResult::Unknown : CheckResult::Passed;
}

std::vector<ColumnTotals> totalsOf(const BatchRun &run)
{
    std::vector<ColumnTotals> totals;
    std::vector<Meetings> met;
    const int columns = static_cast<int>(run.plan().columns.size());
    for (int column = 0; column < columns; ++column) {
        totals.push_back(totalsOf(run, column));
        const ColumnTotals &one = totals.back();
        met.push_back({column, 0, one.wins, one.ties, one.losses});
    }
    const bool judged = std::ranges::any_of(totals,
                                            [](const ColumnTotals &one) { return one.judged > 0; });
    if (judged) {
        const StrengthFit fit = fitStrengths(columns, met);
        for (std::size_t i = 0; i < totals.size(); ++i) {
            totals[i].strength = fit.players[i];
        }
    }
    return totals;
}

} // namespace signalbox::ui
