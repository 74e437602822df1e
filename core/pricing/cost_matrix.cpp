// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/cost_matrix.h"

#include <algorithm>
#include <functional>

namespace signalbox::pricing {
namespace {

double secondsOf(Micros time)
{
    return static_cast<double>(time.count()) / 1e6;
}

double shareOf(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace

CostMatrix::CostMatrix(std::uint64_t seed)
    : m_seed(seed)
    , m_random(seed)
{}

void CostMatrix::add(const CallSample &call)
{
    const std::pair key(call.task, call.target);
    if (m_cells.size() >= kCellsMax && !m_cells.contains(key)) {
        return;
    }
    Cell &cell = m_cells[key];
    MatrixCell &sums = cell.sums;
    sums.task = call.task;
    sums.target = call.target;
    ++sums.calls;
    sums.answered += call.answered ? 1 : 0;
    sums.promptTokens += call.promptTokens;
    sums.completionTokens += call.completionTokens;
    sums.cost += call.cost.value_or(Money());
    sums.unknownPriceCalls += call.cost ? 0 : 1;
    cell.failed += call.failed ? 1 : 0;
    cell.abandoned += call.abandoned ? 1 : 0;

    Kept kept;
    kept.cost = static_cast<double>(call.cost.value_or(Money()).nanos()) / 1e9;
    kept.answered = call.answered;
    kept.failed = call.failed;
    kept.abandoned = call.abandoned;
    if (call.answered) {
        if (call.firstToken) {
            kept.firstToken = secondsOf(*call.firstToken);
        }
        kept.writing = secondsOf(call.total - call.firstToken.value_or(Micros(0)));
        kept.tokens = static_cast<double>(call.completionTokens);
    }
    // Each call has the same chance to be among those that are kept (algorithm R, Vitter 1985).
    if (cell.kept.size() < kKept) {
        cell.kept.push_back(kept);
    } else if (const auto place = m_random.below(static_cast<std::uint64_t>(sums.calls));
               place < kKept) {
        cell.kept[place] = kept;
    }
}

/// The figures of \p cell, each with its band.
void CostMatrix::addBands(const Cell &cell, Random &random, MatrixCell &out)
{
    using Draw = std::vector<const Kept *>;
    using Figure = std::function<std::optional<double>(const Draw &)>;
    const auto ratio = [](auto above, auto below) -> Figure {
        return [=](const Draw &draw) -> std::optional<double> {
            double top = 0;
            double bottom = 0;
            for (const Kept *call : draw) {
                top += above(*call);
                bottom += below(*call);
            }
            return bottom > 0 ? std::optional(top / bottom) : std::nullopt;
        };
    };
    const auto one = [](const Kept &) { return 1.0; };
    const auto answers = [](const Kept &call) { return call.answered ? 1.0 : 0.0; };
    const Figure firstToken = [](const Draw &draw) -> std::optional<double> {
        std::vector<double> times;
        for (const Kept *call : draw) {
            if (call->firstToken) {
                times.push_back(*call->firstToken);
            }
        }
        return times.empty() ? std::nullopt : std::optional(median(std::move(times)));
    };
    const auto bandOf = [&](const Figure &figure) -> std::optional<Band> {
        Draw draw;
        for (const Kept &call : cell.kept) {
            draw.push_back(&call);
        }
        const auto value = figure(draw);
        std::vector<double> drawn;
        for (int i = 0; value && !out.tooFew && i < kResamples; ++i) {
            for (const Kept *&call : draw) {
                call = &cell.kept[random.below(cell.kept.size())];
            }
            if (const auto again = figure(draw)) {
                drawn.push_back(*again);
            }
        }
        if (!value || drawn.empty()) {
            return value ? std::optional(Band{*value, *value, *value}) : std::nullopt;
        }
        std::ranges::sort(drawn);
        return Band{*value, drawn[drawn.size() / 20], drawn[drawn.size() - 1 - drawn.size() / 20]};
    };
    if (out.unknownPriceCalls == 0) {
        out.costPerAnswer = bandOf(ratio([](const Kept &call) { return call.cost; }, answers));
    }
    out.firstToken = bandOf(firstToken);
    out.tokensPerSecond = bandOf(ratio([](const Kept &call) { return call.tokens; },
                                       [](const Kept &call) { return call.writing; }));
    const auto failed = [](const Kept &call) { return call.failed ? 1.0 : 0.0; };
    const auto abandoned = [](const Kept &call) { return call.abandoned ? 1.0 : 0.0; };
    out.failureShare = bandOf(ratio(failed, one)).value_or(Band());
    out.abandonedShare = bandOf(ratio(abandoned, one)).value_or(Band());
}

std::vector<MatrixCell> CostMatrix::cells() const
{
    Random random(m_seed);
    std::vector<MatrixCell> cells;
    for (const auto &[key, cell] : m_cells) {
        MatrixCell out = cell.sums;
        out.tooFew = out.calls < kEnoughCalls;
        addBands(cell, random, out);
        // What is known of all calls is not guessed from some.
        if (out.costPerAnswer) {
            out.costPerAnswer->value = static_cast<double>(out.cost.nanos()) / 1e9
                                       / static_cast<double>(out.answered);
        }
        out.failureShare.value = shareOf(cell.failed, out.calls);
        out.abandonedShare.value = shareOf(cell.abandoned, out.calls);
        cells.push_back(std::move(out));
    }
    return cells;
}

} // namespace signalbox::pricing
