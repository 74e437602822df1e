// SPDX-License-Identifier: GPL-3.0-or-later
// How weight moves between the targets of one tier: whole percents that always sum to 100.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

inline constexpr int kWholeWeight = 100;

struct Share
{
    int weight = 0; ///< percent
    bool locked = false; ///< no edit of another target changes it, and none of its own

    friend bool operator==(const Share &, const Share &) = default;
};

/// A tier's targets in their order. Weights are never negative and sum to 100, or all are 0: then
/// the tier has no shares and serves only as fallback. Every function here keeps that.
using Shares = std::vector<Share>;

/// What kept an edit from going as far as it was asked to.
enum class Hindrance : std::uint8_t {
    None,
    Locked, ///< the target itself is locked
    OthersLocked, ///< every other one is, so that nothing could give or take
    NoRoom, ///< what the locked ones leave is less
    Alone, ///< it is the only one
};

[[nodiscard]] int sumOf(const Shares &shares);
/// All weights are 0.
[[nodiscard]] bool isFallbackOnly(const Shares &shares);
/// \p weights of any scale as whole percents in the same proportions, by largest remainder (the
/// earlier first among equals). All 0, negative or not finite: all 0.
[[nodiscard]] std::vector<int> normalised(const std::vector<double> &weights);

/// How far the divider between \p divider and the next one can go, in percent: `left` to the left,
/// `right` to the right. Both 0 beside a locked one.
struct Reach
{
    int left = 0;
    int right = 0;
};
[[nodiscard]] Reach reachOf(const Shares &shares, std::size_t divider);
/// Moves weight between the divider's two neighbours only: \p by > 0 makes the left one larger.
/// It stops at 0 and does nothing beside a locked one. Returns by how much it moved.
int moveDivider(Shares &shares, std::size_t divider, int by);

/// Gives \p index the weight \p wanted, as far as can be; the unlocked others share the rest in
/// their proportions (evenly, where they have none), by largest remainder.
Hindrance setWeight(Shares &shares, std::size_t index, int wanted);
/// Shares what the locked ones leave evenly among the others; the first ones get what remains.
void equalise(Shares &shares);
/// Shares what unlocked targets of a known figure have by the inverse square of it, as proposals do:
/// half the cost, four times the share. The others keep what they have. Nothing happens where fewer
/// than two are known. A figure of 0 counts as the least that is above it.
void shareBy(Shares &shares, const std::vector<std::optional<double>> &figures);
/// Takes \p index away; the unlocked others get its weight in their proportions. Where all of them
/// are locked, none is afterwards.
void removeShare(Shares &shares, std::size_t index);
/// One more at the end: 100 if it is the first, else 0.
void addShare(Shares &shares);

} // namespace signalbox::ui
