// SPDX-License-Identifier: Apache-2.0
// What tokens cost.
#pragma once

#include "core/domain/settings.h"
#include "core/domain/usage.h"

namespace signalbox::pricing {

/// The row that holds for a prompt of \p promptTokens; nothing when the price is unknown.
[[nodiscard]] const PriceRow *priceRow(const PriceTable &table, std::int64_t promptTokens);

/// The cost of one attempt. A cost that the provider states wins; without one and without a price
/// it is unknown. Cached tokens and cache writes are part of the prompt and priced apart; an answer with
/// reasoning has the price of thinking output as a whole, where there is one.
[[nodiscard]] Cost costOf(const Usage &usage, const PriceTable &table);

} // namespace signalbox::pricing
