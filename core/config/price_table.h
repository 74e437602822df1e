// SPDX-License-Identifier: Apache-2.0
// Prices and features of a model, written alike in the configuration and in the catalogue.
#pragma once

#include "core/config/table_reader.h"
#include "core/domain/settings.h"

namespace signalbox::config {

/// `input`, `output`, `cached_input`, `cache_write`, `cache_write_1h`, `thinking_output`, all in USD
/// per million tokens, and `tiers` of the same.
[[nodiscard]] PriceTable readPriceTable(TableReader &table);

/// `features`, which replace \p features; left as they are when the key is absent or faulty.
void readFeatures(TableReader &table, FeatureSet &features);

/// `tokenizer`, likewise.
void readTokenizer(TableReader &table, std::optional<TokenFamily> &tokenizer);

} // namespace signalbox::config
