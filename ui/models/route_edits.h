// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to the targets of a route or of a rule, as changes of the plain values.
#pragma once

#include "ui/models/weights.h"

#include "core/domain/settings.h"

#include <vector>

namespace signalbox::ui {

using Targets = std::vector<TargetChoice>;
/// Targets whose weights stand fast.
using Locks = std::vector<TargetId>;

/// The tiers there are, ascending.
[[nodiscard]] std::vector<int> tiersOf(const Targets &targets);
/// Places of a tier's targets, in their order.
[[nodiscard]] std::vector<std::size_t> placesIn(const Targets &targets, int tier);
/// Weights of any scale as shares; \p targets keep theirs until they are edited.
[[nodiscard]] Shares sharesIn(const Targets &targets, int tier, const Locks &locks);
/// Writes \p shares as the weights and locks of that tier.
void setShares(Targets &targets, Locks &locks, int tier, const Shares &shares);

/// \p weighted: with no share yet, unless it is its tier's first.
void addTarget(Targets &targets, Locks &locks, const TargetId &target, int tier, bool weighted);
/// The others of its tier share what it had.
void removeTarget(Targets &targets, Locks &locks, const TargetId &target, bool weighted);
/// To the end of \p tier; what it had there is shared by those it leaves.
void moveToTier(Targets &targets, Locks &locks, const TargetId &target, int tier, bool weighted);
/// One place up (-1) or down (1), at its tier's end into the next tier. False: there is nowhere.
bool moveTarget(Targets &targets, Locks &locks, const TargetId &target, int by, bool weighted);

/// How far measured and configured share may lie apart by chance alone: 1.96 standard errors of a
/// share of \p configured (0..1) among \p samples requests.
[[nodiscard]] double samplingError(double configured, std::int64_t samples);
/// Fewer say too little to be compared.
inline constexpr std::int64_t kShareSamplesMin = 200;

} // namespace signalbox::ui
