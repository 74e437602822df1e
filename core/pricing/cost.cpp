// SPDX-License-Identifier: Apache-2.0
#include "core/pricing/cost.h"

#include <algorithm>

namespace signalbox::pricing {

const PriceRow *priceRow(const PriceTable &table, std::int64_t promptTokens)
{
    const PriceRow *holds = nullptr;
    for (const PriceRow &row : table.rows) {
        if (holds == nullptr || row.fromPromptTokens <= promptTokens) {
            holds = &row;
        }
    }
    return holds;
}

Cost costOf(const Usage &usage, const PriceTable &table)
{
    if (usage.statedCost) {
        return {usage.statedCost, false};
    }
    const PriceRow *row = priceRow(table, usage.promptTokens);
    if (row == nullptr) {
        return {std::nullopt, usage.estimated};
    }
    // A provider that counts more cached tokens than prompt tokens must not lower the bill below
    // that of the prompt.
    const std::int64_t prompt = std::max<std::int64_t>(usage.promptTokens, 0);
    const std::int64_t cached = std::clamp<std::int64_t>(usage.cachedTokens, 0, prompt);
    const std::int64_t written = std::clamp<std::int64_t>(usage.cacheWriteTokens,
                                                          0,
                                                          prompt - cached);
    const std::int64_t hour = std::clamp<std::int64_t>(usage.cacheWriteHourTokens, 0, written);
    const bool thought = usage.reasoningTokens > 0;
    CostSum sum;
    sum.add(prompt - cached - written, row->input);
    sum.add(cached, row->cachedInput);
    sum.add(written - hour, row->cacheWrite);
    sum.add(hour, row->cacheWriteHour.value_or(row->cacheWrite));
    sum.add(std::max<std::int64_t>(usage.completionTokens, 0),
            thought ? row->thinkingOutput.value_or(row->output) : row->output);
    return {sum.total(), usage.estimated};
}

} // namespace signalbox::pricing
