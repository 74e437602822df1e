// SPDX-License-Identifier: Apache-2.0
#include "core/cache/evaluation.h"

#include "core/cache/embedding.h"

namespace signalbox::cache {
namespace {

constexpr int kSteps = 100;

std::vector<AtThreshold> thresholds()
{
    std::vector<AtThreshold> all;
    for (int i = 0; i <= kSteps; ++i) {
        all.push_back({static_cast<float>(i) / kSteps, 0, 0});
    }
    return all;
}

void count(std::vector<AtThreshold> &all, float score, bool same)
{
    for (AtThreshold &at : all) {
        const bool hit = score >= at.threshold;
        at.hits += hit && same ? 1 : 0;
        at.falseHits += hit && !same ? 1 : 0;
    }
}

} // namespace

double AtThreshold::precision() const
{
    const std::size_t all = hits + falseHits;
    return all == 0 ? 1 : static_cast<double>(hits) / static_cast<double>(all);
}

std::optional<float> Evaluation::recommended() const
{
    std::optional<float> lowest;
    for (auto at = vetoed.rbegin(); at != vetoed.rend() && at->falseHits == 0; ++at) {
        lowest = at->threshold;
    }
    return lowest;
}

double Evaluation::recall(const AtThreshold &at) const
{
    return same == 0 ? 0 : static_cast<double>(at.hits) / static_cast<double>(same);
}

float localScore(const std::string &one, const std::string &other)
{
    return similarity(embedded(understood(one)), embedded(understood(other)));
}

Evaluation evaluate(std::span<const LabelledPair> pairs, const Score &score)
{
    Evaluation result;
    result.vetoed = thresholds();
    result.unvetoed = thresholds();
    for (const LabelledPair &pair : pairs) {
        ++(pair.same ? result.same : result.different);
        const auto against = vetoes(understood(pair.one), understood(pair.other));
        for (const Veto veto : against) {
            ++(pair.same ? result.wrong : result.right).at(static_cast<std::size_t>(veto));
        }
        const float alike = score(pair.one, pair.other);
        count(result.unvetoed, alike, pair.same);
        if (against.empty()) {
            count(result.vetoed, alike, pair.same);
        }
    }
    return result;
}

} // namespace signalbox::cache
