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

CostLines costLines(const Usage &usage, const PriceRow &row)
{
    // A provider that counts more cached tokens than prompt tokens must not lower the bill below
    // that of the prompt.
    const std::int64_t prompt = std::max<std::int64_t>(usage.promptTokens, 0);
    const std::int64_t cached = std::clamp<std::int64_t>(usage.cachedTokens, 0, prompt);
    const std::int64_t written = std::clamp<std::int64_t>(usage.cacheWriteTokens,
                                                          0,
                                                          prompt - cached);
    const std::int64_t hour = std::clamp<std::int64_t>(usage.cacheWriteHourTokens, 0, written);
    const std::int64_t output = std::max<std::int64_t>(usage.completionTokens, 0);
    const bool thought = usage.reasoningTokens > 0 && row.thinkingOutput.has_value();
    return {{{CostPart::Input, prompt - cached - written, row.input},
             {CostPart::CachedInput, cached, row.cachedInput},
             {CostPart::CacheWrite, written - hour, row.cacheWrite},
             {CostPart::CacheWriteHour, hour, row.cacheWriteHour.value_or(row.cacheWrite)},
             {thought ? CostPart::ThinkingOutput : CostPart::Output,
              output,
              thought ? *row.thinkingOutput : row.output}}};
}

Money promptCacheSaving(const Usage &usage, const PriceRow &row)
{
    CostSum saving;
    for (const CostLine &line : costLines(usage, row)) {
        const bool ofCache = line.part == CostPart::CachedInput || line.part == CostPart::CacheWrite
                             || line.part == CostPart::CacheWriteHour;
        if (ofCache) {
            saving.add(line.tokens, row.input);
            saving.add(-line.tokens, line.price);
        }
    }
    return saving.total();
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
    CostSum sum;
    for (const CostLine &line : costLines(usage, *row)) {
        sum.add(line.tokens, line.price);
    }
    return {sum.total(), usage.estimated};
}

} // namespace signalbox::pricing
