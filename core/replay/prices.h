// SPDX-License-Identifier: Apache-2.0
// A configuration's prices, looked up once each.
#pragma once

#include "core/domain/settings.h"
#include "core/domain/usage.h"
#include "core/pricing/answer_price.h"
#include "core/replay/traffic.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace signalbox::replay {

class Prices
{
public:
    /// All must outlive it. \p targets may grow.
    Prices(const Configuration &configuration, const Names &targets, const Names &models);

    /// What \p usage costs at \p target, whose answer says to be of \p model.
    [[nodiscard]] Cost costOf(const Usage &usage,
                              std::uint32_t target,
                              std::uint32_t model,
                              SystemTime at) const;

private:
    const Configuration &m_configuration;
    const Names &m_targets;
    const Names &m_models;
    std::vector<SystemTime> m_changes; ///< when any price does, ascending
    mutable std::unordered_map<std::uint64_t, PriceTable> m_tables;
};

} // namespace signalbox::replay
