// SPDX-License-Identifier: GPL-3.0-or-later
// Who is better, and how sure that is: shares, medians and strengths with their intervals.
// Std alone, no chance and no clock in it.
#pragma once

#include <optional>
#include <vector>

namespace signalbox::ui {

/// Standard deviations to either side of the middle that hold 90 % of a normal distribution: every
/// interval of the console's judgements is one of 90 %.
inline constexpr double kNinetyPercent = 1.6448536269514722;

struct Interval
{
    double low = 0;
    double high = 0;

    friend bool operator==(const Interval &, const Interval &) = default;
};

/// A share of trials with its interval.
struct Proportion
{
    double value = 0; ///< 0..1
    Interval within = {0, 1};
    int trials = 0;

    friend bool operator==(const Proportion &, const Proportion &) = default;
};

/// Wilson's score interval (1927). \p successes may have halves: a tie is half a win to both. Without
/// trials the interval is everything.
[[nodiscard]] Proportion proportionOf(double successes,
                                      int trials,
                                      double deviations = kNinetyPercent);

/// A middle with its interval.
struct Middle
{
    double value = 0;
    std::optional<Interval> within = {}; ///< nothing: too few to say

    friend bool operator==(const Middle &, const Middle &) = default;
};

/// The median with the interval between two order statistics that holds the true one in at least 90 %
/// of samples, whatever the distribution (from five values on). Nothing of nothing.
[[nodiscard]] std::optional<Middle> medianOf(std::vector<double> values);
/// The mean with its normal interval, from twenty values on. Nothing of nothing.
[[nodiscard]] std::optional<Middle> meanOf(const std::vector<double> &values);

/// How often one player met another, and how it went, as \a first sees it.
struct Meetings
{
    int first = 0; ///< a player's number, from 0
    int second = 0;
    int wins = 0;
    int ties = 0;
    int losses = 0;

    friend bool operator==(const Meetings &, const Meetings &) = default;
};

/// A player's strength as the natural logarithm of its odds against one of the mean strength.
struct Strength
{
    double value = 0; ///< all of them sum to 0
    Interval within = {};

    friend bool operator==(const Strength &, const Strength &) = default;
};

struct StrengthFit
{
    std::vector<Strength> players = {};
    /// How likely ties are: in a meeting of equals one happens with `tie / (2 + tie)`. 0: there was none.
    double tie = 0;
    bool converged = false;
};

/// Bradley and Terry (1952) with ties as Davidson (1970) has them: i beats j, j beats i, and a tie are
/// as e^((i-j)/2) : e^((j-i)/2) : tie. The maximum of the posterior by Newton's method, and intervals of
/// 90 % from the curvature there. \p precision is that of a normal prior around the mean on each
/// strength: it holds players who never lost at something finite; 0: the plain likelihood. Meetings of a
/// player with itself or with a number out of range are passed over.
[[nodiscard]] StrengthFit fitStrengths(int players,
                                       const std::vector<Meetings> &meetings,
                                       double precision = 0.05);

/// The same strength on the scale of chess: 400 points are odds of ten to one.
[[nodiscard]] double eloPoints(double strength);

} // namespace signalbox::ui
