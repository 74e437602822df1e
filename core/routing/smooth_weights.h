// SPDX-License-Identifier: Apache-2.0
// Weighted choice whose shares hold over short runs, not only in the long one.
#pragma once

#include "core/base/random.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::routing {

/// One sequence of draws for each place where chance decides. Independent draws at 70/30 would
/// give 60 to 80 of a hundred; these add the golden ratio each time (a Kronecker sequence, modulo
/// one), which spreads any run of draws as evenly as one number can and never repeats a pattern.
/// Where a sequence begins depends on the seed and its name. A copy goes on alike.
class DrawState
{
public:
    explicit DrawState(std::uint64_t seed);

    /// The next draw of a sequence, in [0, 1).
    [[nodiscard]] double next(std::string_view sequence);

private:
    std::uint64_t m_seed;
    std::map<std::string, std::uint64_t, std::less<>> m_positions; ///< in units of 2^-64
};

/// The index whose share contains \p draw when [0, 1) is divided in order by weight. Weights may
/// be of any scale; those of 0 are never chosen. \pre some weight is above 0
[[nodiscard]] std::size_t chooseByWeight(std::span<const double> weights, double draw);

/// All indices in the order in which to try them: the first by \p firstDraw, each next by a new
/// draw among the rest, those of weight 0 last and as they stand.
[[nodiscard]] std::vector<std::size_t> weightedOrder(std::vector<double> weights,
                                                     double firstDraw,
                                                     Random &random);

} // namespace signalbox::routing
