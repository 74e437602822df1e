// SPDX-License-Identifier: Apache-2.0
#include "core/routing/smooth_weights.h"

#include "core/base/check.h"

#include <algorithm>

namespace signalbox::routing {
namespace {

constexpr std::uint64_t kGoldenRatio = 0x9E3779B97F4A7C15ULL; // (sqrt(5) - 1) / 2 times 2^64

/// FNV-1a: the same on every platform, unlike std::hash.
std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return hash;
}

} // namespace

DrawState::DrawState(std::uint64_t seed)
    : m_seed(seed)
{}

double DrawState::next(std::string_view sequence)
{
    auto position = m_positions.find(sequence);
    if (position == m_positions.end()) {
        const std::uint64_t start = Random(m_seed ^ hashOf(sequence)).next();
        position = m_positions.emplace(std::string(sequence), start).first;
    }
    position->second += kGoldenRatio;
    return static_cast<double>(position->second >> 11U) * 0x1.0p-53;
}

std::size_t chooseByWeight(std::span<const double> weights, double draw)
{
    const double largest = std::ranges::max(weights);
    SB_CHECK(largest > 0);
    // Relative to the largest, so that no sum of weights can overflow.
    double total = 0;
    for (const double weight : weights) {
        total += weight / largest;
    }
    double covered = 0;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!(weights[i] > 0)) {
            continue;
        }
        chosen = i;
        covered += weights[i] / largest;
        if (draw * total < covered) {
            break;
        }
    }
    return chosen;
}

std::vector<std::size_t> weightedOrder(std::vector<double> weights,
                                       double firstDraw,
                                       Random &random)
{
    std::vector<std::size_t> order;
    order.reserve(weights.size());
    std::vector<std::size_t> last; // of weight 0
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (!(weights[i] > 0)) {
            last.push_back(i);
        }
    }
    double draw = firstDraw;
    while (order.size() + last.size() < weights.size()) {
        const std::size_t chosen = chooseByWeight(weights, draw);
        order.push_back(chosen);
        weights[chosen] = 0;
        draw = random.unit();
    }
    order.insert(order.end(), last.begin(), last.end());
    return order;
}

} // namespace signalbox::routing
