// SPDX-License-Identifier: Apache-2.0
// Byte-pair encoding: a text's tokens exactly as the maker of a model counts them.
#pragma once

#include "core/tokens/rank_table.h"
#include "core/tokens/splitter.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace signalbox::tokens {

/// A split style with its ranks. Immutable: any number of threads may count at once.
///
/// All text is ordinary text: the names of special tokens in it mean nothing, as in a client's
/// message. O(n log n) for any text, a run of a million equal letters included.
class Encoder
{
public:
    Encoder(SplitStyle style, RankTable ranks);

    /// How many tokens \p text has; of UTF-8 that is none, its bytes count.
    [[nodiscard]] std::int64_t count(std::string_view text) const;
    /// The tokens themselves, by rank.
    [[nodiscard]] std::vector<std::uint32_t> encode(std::string_view text) const;

private:
    template <typename Take>
    void each(std::string_view text, const Take &take) const;

    SplitStyle m_style;
    RankTable m_ranks;
};

} // namespace signalbox::tokens
