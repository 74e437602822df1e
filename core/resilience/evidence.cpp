// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/evidence.h"

#include <algorithm>
#include <cmath>

namespace signalbox::resilience {

void Evidence::add(double gain)
{
    double highest = -1e300;
    for (std::size_t i = 0; i < kStakes.size(); ++i) {
        m_logs[i] += std::log1p(kStakes[i] * std::max(gain, -1.0));
        highest = std::max(highest, m_logs[i]);
    }
    double sum = 0;
    for (const double log : m_logs) {
        sum += std::exp(log - highest);
    }
    m_most = std::max(m_most, highest + std::log(sum / static_cast<double>(kStakes.size())));
}

double gainOverMean(double value, double claimed)
{
    return value / claimed - 1;
}

double gainOverOthers(double value, bool drawn, double share)
{
    return drawn ? value * (1 - share) / share : -value;
}

} // namespace signalbox::resilience
