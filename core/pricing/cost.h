// SPDX-License-Identifier: Apache-2.0
// What tokens cost.
#pragma once

#include "core/domain/settings.h"
#include "core/domain/usage.h"

#include <array>

namespace signalbox::pricing {

enum class CostPart : std::uint8_t {
    Input, ///< of the prompt, what is neither of the next three
    CachedInput,
    CacheWrite,
    CacheWriteHour,
    Output,
    ThinkingOutput, ///< all of an output with reasoning, where that has a price of its own
};

/// So many tokens at such a price.
struct CostLine
{
    CostPart part = CostPart::Input;
    std::int64_t tokens = 0;
    TokenPrice price;

    friend bool operator==(const CostLine &, const CostLine &) = default;
};

/// What the cost of \p usage is the sum of; lines without tokens are among them. Two or more lines are
/// rounded once, together: see CostSum.
using CostLines = std::array<CostLine, 5>;
[[nodiscard]] CostLines costLines(const Usage &usage, const PriceRow &row);

/// The row that holds for a prompt of \p promptTokens; nothing when the price is unknown.
[[nodiscard]] const PriceRow *priceRow(const PriceTable &table, std::int64_t promptTokens);

/// What the lines of \p usage would cost more if nothing had come from the provider's cache and nothing
/// gone into it; below zero where writing into it cost more than reading saved.
[[nodiscard]] Money promptCacheSaving(const Usage &usage, const PriceRow &row);

/// The cost of one attempt. A cost that the provider states wins; without one and without a price
/// it is unknown. Cached tokens and cache writes are part of the prompt and priced apart; an answer with
/// reasoning has the price of thinking output as a whole, where there is one.
[[nodiscard]] Cost costOf(const Usage &usage, const PriceTable &table);

} // namespace signalbox::pricing
