// SPDX-License-Identifier: Apache-2.0
// How far a replay's figures may be off, by drawing again what was drawn (bootstrap).
#pragma once

#include "core/base/random.h"
#include "core/domain/foresight.h"
#include "core/replay/outcomes.h"
#include "core/replay/prices.h"
#include "core/replay/run.h"

#include <cstdint>
#include <map>

namespace signalbox::replay {

/// Of what a band is wanted: of all, and of each target.
struct Banded
{
    EffectBands all;
    std::map<std::uint32_t, EffectBands> targets; ///< by number
};

struct BandQuestion
{
    const Traffic &traffic;
    const Outcomes &outcomes;
    const Prices &prices; ///< of the replayed configuration
    const Run &run;
};

/// What was drawn is drawn kResamples times anew, each time from other recorded calls: those of a
/// window count as often as chance wants (once, on average), so that a thin record makes a wide band.
/// What a request met on its own target is the same each time.
inline constexpr int kResamples = 60;

/// Beyond so many drawn calls only every n-th is drawn anew, for n of them: the band gets no
/// narrower.
inline constexpr std::size_t kDrawnAnewMax = 12'000;

[[nodiscard]] Banded bandsOf(const BandQuestion &question, Random &random);

} // namespace signalbox::replay
