// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/standings.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <utility>

namespace signalbox::ui {

namespace {

constexpr int kStepsMax = 200;
constexpr double kStill = 1e-10; ///< a step so short is none
constexpr int kEnoughForAMean = 20;

using Row = std::vector<double>;
using Matrix = std::vector<Row>;

/// Of a symmetric, positive definite matrix: Gauss and Jordan, with the largest pivot of each column.
Matrix inverseOf(Matrix matrix)
{
    const std::size_t n = matrix.size();
    Matrix inverse(n, Row(n));
    for (std::size_t i = 0; i < n; ++i) {
        inverse[i][i] = 1;
    }
    for (std::size_t column = 0; column < n; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < n; ++row) {
            pivot = std::abs(matrix[row][column]) > std::abs(matrix[pivot][column]) ? row : pivot;
        }
        std::swap(matrix[column], matrix[pivot]);
        std::swap(inverse[column], inverse[pivot]);
        const double scale = 1 / matrix[column][column];
        for (std::size_t k = 0; k < n; ++k) {
            matrix[column][k] *= scale;
            inverse[column][k] *= scale;
        }
        for (std::size_t row = 0; row < n; ++row) {
            const double factor = matrix[row][column];
            for (std::size_t k = 0; row != column && k < n; ++k) {
                matrix[row][k] -= factor * matrix[column][k];
                inverse[row][k] -= factor * inverse[column][k];
            }
        }
    }
    return inverse;
}

/// Everything at one point: strengths of the players and, where ties happened, the logarithm of `tie`
/// behind them.
class Posterior
{
public:
    Posterior(int players, const std::vector<Meetings> &meetings, double precision)
        : m_players(static_cast<std::size_t>(players))
        , m_precision(precision)
    {
        std::ranges::copy_if(meetings, std::back_inserter(m_meetings), [players](const auto &one) {
            return one.first != one.second && std::min(one.first, one.second) >= 0
                   && std::max(one.first, one.second) < players;
        });
        m_hasTies = std::ranges::any_of(m_meetings, [](const auto &one) { return one.ties > 0; });
    }

    [[nodiscard]] bool hasTies() const { return m_hasTies; }
    [[nodiscard]] std::size_t size() const { return m_players + (m_hasTies ? 1 : 0); }
    [[nodiscard]] double logAt(const Row &at) const;
    [[nodiscard]] Row slopeAt(const Row &at) const;
    /// Minus the second derivatives, and 1 added everywhere among the players: without it strengths
    /// could all be moved together.
    [[nodiscard]] Matrix curvatureAt(const Row &at) const;

private:
    struct Odds
    {
        double win = 0;
        double loss = 0;
        double tie = 0;
        double logSum = 0;
    };
    [[nodiscard]] Odds oddsOf(const Meetings &one, const Row &at) const;

    std::size_t m_players;
    double m_precision;
    std::vector<Meetings> m_meetings;
    bool m_hasTies = false;
};

std::size_t firstOf(const Meetings &one)
{
    return static_cast<std::size_t>(one.first);
}

std::size_t secondOf(const Meetings &one)
{
    return static_cast<std::size_t>(one.second);
}

Posterior::Odds Posterior::oddsOf(const Meetings &one, const Row &at) const
{
    const double half = (at[firstOf(one)] - at[secondOf(one)]) / 2;
    const double tie = m_hasTies ? at[m_players] : -HUGE_VAL;
    const double most = std::max(std::abs(half), tie);
    Odds odds{std::exp(half - most), std::exp(-half - most), std::exp(tie - most), 0};
    const double sum = odds.win + odds.loss + odds.tie;
    odds.win /= sum;
    odds.loss /= sum;
    odds.tie /= sum;
    odds.logSum = most + std::log(sum);
    return odds;
}

double Posterior::logAt(const Row &at) const
{
    double log = 0;
    for (const Meetings &one : m_meetings) {
        const double half = (at[firstOf(one)] - at[secondOf(one)]) / 2;
        log += (one.wins - one.losses) * half
               - (one.wins + one.ties + one.losses) * oddsOf(one, at).logSum;
        log += one.ties > 0 ? one.ties * at[m_players] : 0;
    }
    for (const double value : at) {
        log -= m_precision * value * value / 2;
    }
    return log;
}

Row Posterior::slopeAt(const Row &at) const
{
    Row slope(size());
    for (const Meetings &one : m_meetings) {
        const Odds odds = oddsOf(one, at);
        const int all = one.wins + one.ties + one.losses;
        const double push = ((one.wins - one.losses) - all * (odds.win - odds.loss)) / 2;
        slope[firstOf(one)] += push;
        slope[secondOf(one)] -= push;
        if (m_hasTies) {
            slope[m_players] += one.ties - all * odds.tie;
        }
    }
    for (std::size_t i = 0; i < slope.size(); ++i) {
        slope[i] -= m_precision * at[i];
    }
    return slope;
}

Matrix Posterior::curvatureAt(const Row &at) const
{
    Matrix curve(size(), Row(size()));
    for (const Meetings &one : m_meetings) {
        const Odds odds = oddsOf(one, at);
        const int all = one.wins + one.ties + one.losses;
        const double lead = odds.win - odds.loss;
        const double spread = all * (odds.win + odds.loss - lead * lead) / 4;
        const std::size_t i = firstOf(one);
        const std::size_t j = secondOf(one);
        curve[i][i] += spread;
        curve[j][j] += spread;
        curve[i][j] -= spread;
        curve[j][i] -= spread;
        if (m_hasTies) {
            const double both = -all * lead * odds.tie / 2;
            curve[m_players][m_players] += all * odds.tie * (1 - odds.tie);
            for (const auto &[player, sign] : {std::pair(i, 1), std::pair(j, -1)}) {
                curve[player][m_players] += sign * both;
                curve[m_players][player] += sign * both;
            }
        }
    }
    for (std::size_t i = 0; i < m_players; ++i) {
        for (std::size_t j = 0; j < m_players; ++j) {
            curve[i][j] += 1;
        }
    }
    for (std::size_t i = 0; i < curve.size(); ++i) {
        curve[i][i] += m_precision;
    }
    return curve;
}

/// One step of Newton's from \p at, halved until it climbs; false when it was as good as none.
bool climb(const Posterior &posterior, Row &at)
{
    const Row slope = posterior.slopeAt(at);
    const Matrix inverse = inverseOf(posterior.curvatureAt(at));
    Row step(at.size());
    double longest = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
        step[i] = std::inner_product(slope.begin(), slope.end(), inverse[i].begin(), 0.0);
        longest = std::max(longest, std::abs(step[i]));
    }
    const double before = posterior.logAt(at);
    for (double part = 1; part * longest > kStill; part /= 2) {
        Row next = at;
        for (std::size_t i = 0; i < at.size(); ++i) {
            next[i] += part * step[i];
        }
        if (posterior.logAt(next) > before) {
            at = std::move(next);
            return true;
        }
    }
    return false;
}

} // namespace

Proportion proportionOf(double successes, int trials, double deviations)
{
    if (trials <= 0) {
        return {};
    }
    const double n = trials;
    const double value = successes / n;
    const double square = deviations * deviations;
    const double middle = (value + square / (2 * n)) / (1 + square / n);
    const double reach = deviations / (1 + square / n)
                         * std::sqrt(value * (1 - value) / n + square / (4 * n * n));
    return {value, {std::max(0.0, middle - reach), std::min(1.0, middle + reach)}, trials};
}

std::optional<Middle> medianOf(std::vector<double> values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    std::ranges::sort(values);
    const std::size_t n = values.size();
    Middle median{(values[(n - 1) / 2] + values[n / 2]) / 2};
    // How many of the lowest (and of the highest) can be left out: as many as are all below the true
    // median in at most 5 % of samples.
    const double all = static_cast<double>(n);
    double below = 0;
    std::size_t out = 0;
    for (std::size_t k = 0; k < n / 2; ++k) {
        const double few = static_cast<double>(k);
        below += std::exp(std::lgamma(all + 1) - std::lgamma(few + 1) - std::lgamma(all - few + 1)
                          - all * std::log(2.0));
        if (below > 0.05) {
            break;
        }
        out = k + 1;
    }
    if (out > 0) {
        median.within = Interval{values[out - 1], values[n - out]};
    }
    return median;
}

std::optional<Middle> meanOf(const std::vector<double> &values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    const double n = static_cast<double>(values.size());
    Middle mean{std::accumulate(values.begin(), values.end(), 0.0) / n};
    if (values.size() >= kEnoughForAMean) {
        double squares = 0;
        for (const double value : values) {
            squares += (value - mean.value) * (value - mean.value);
        }
        const double reach = kNinetyPercent * std::sqrt(squares / (n - 1) / n);
        mean.within = Interval{mean.value - reach, mean.value + reach};
    }
    return mean;
}

StrengthFit fitStrengths(int players, const std::vector<Meetings> &meetings, double precision)
{
    StrengthFit fit;
    if (players <= 0) {
        return fit;
    }
    const Posterior posterior(players, meetings, precision);
    Row at(posterior.size());
    for (int step = 0; step < kStepsMax && !fit.converged; ++step) {
        fit.converged = !climb(posterior, at);
    }
    const Matrix covariance = inverseOf(posterior.curvatureAt(at));
    const double n = players;
    for (std::size_t i = 0; i < static_cast<std::size_t>(players); ++i) {
        // Against the mean of all: what the added 1 contributed is taken out again.
        const double variance = covariance[i][i] - 1 / (n * (n + precision));
        const double reach = kNinetyPercent * std::sqrt(std::max(0.0, variance));
        fit.players.push_back({at[i], {at[i] - reach, at[i] + reach}});
    }
    fit.tie = posterior.hasTies() ? std::exp(at.back()) : 0;
    return fit;
}

double eloPoints(double strength)
{
    return strength * 400 / std::log(10.0);
}

} // namespace signalbox::ui
