// SPDX-License-Identifier: Apache-2.0
// Tokens as they are billed, normalised over all providers.
#pragma once

#include "core/base/money.h"

#include <cstdint>
#include <optional>

namespace signalbox {

/// Tokens of one attempt. `promptTokens` contains the cached ones and the cache writes, and
/// `cacheWriteTokens` those into a cache of an hour;
/// `completionTokens` contains the reasoning ones (OpenAI's convention, whatever the provider's).
struct Usage
{
    std::int64_t promptTokens = 0;
    std::int64_t cachedTokens = 0;
    std::int64_t cacheWriteTokens = 0;
    std::int64_t cacheWriteHourTokens = 0;
    std::int64_t completionTokens = 0;
    std::int64_t reasoningTokens = 0;
    bool estimated = false; ///< counted by us because the provider gave no figures
    std::optional<Money> statedCost; ///< a cost the provider itself states; wins over ours

    friend bool operator==(const Usage &, const Usage &) = default;
};

/// What something cost. Unknown (no price) is a state of its own and never zero.
struct Cost
{
    std::optional<Money> amount; ///< nothing: unknown
    bool estimated = false;

    friend bool operator==(const Cost &, const Cost &) = default;
};

} // namespace signalbox
