// SPDX-License-Identifier: Apache-2.0
// How much speaks against a claim, judged after every observation without ever crying wolf too often.
#pragma once

#include <array>
#include <cstddef>

namespace signalbox::resilience {

/// A gambler bets against a claim, round by round, with money of their own. While the claim holds no
/// bet gains on average, so that the chance of ever having k times what they began with is at most
/// 1/k, however often one looks (Ville 1939). Several gamblers stake different shares of what they
/// have, since nobody knows how wrong the claim is; all of them together are one gambler.
class Evidence
{
public:
    /// One round: what a stake of 1 gains. At least -1, and at most 0 on average while the claim holds.
    void add(double gain);
    /// The most that was ever had, in multiples of the beginning; as a natural logarithm, at least 0.
    [[nodiscard]] double most() const { return m_most; }

private:
    static constexpr std::array kStakes{0.003, 0.01, 0.03, 0.1, 0.3, 0.9};

    std::array<double, kStakes.size()> m_logs{}; ///< what each gambler has
    double m_most = 0;
};

/// The gain by \p value (at least 0) where the claim is that its mean is at most \p claimed (above 0).
[[nodiscard]] double gainOverMean(double value, double claimed);
/// The gain by \p value (0..1) where the claim is that those that were drawn, with probability
/// \p share (in (0, 1)), have no higher mean than the others.
[[nodiscard]] double gainOverOthers(double value, bool drawn, double share);

} // namespace signalbox::resilience
