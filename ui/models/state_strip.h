// SPDX-License-Identifier: GPL-3.0-or-later
// A breaker's last day, half an hour a cell.
#pragma once

#include "core/telemetry/snapshot.h"

#include <array>
#include <cstdint>
#include <vector>

namespace signalbox::ui {

inline constexpr int kStripCells = 48;

/// The worst that a breaker was in one cell, in the order of how bad it is.
enum class StripState : std::uint8_t {
    Unknown, ///< before the start, or older than the changes that are remembered
    Closed,
    HalfOpen,
    Open ///< by count or by force
};

using StateStrip = std::array<StripState, kStripCells>;

/// The 24 h up to \p now for one target, from the changes in \p snapshot (newest last, 200 in all)
/// and the state it has now.
[[nodiscard]] StateStrip stateStrip(const telemetry::Snapshot &snapshot,
                                    const telemetry::TargetView &target,
                                    SystemTime now);

} // namespace signalbox::ui
