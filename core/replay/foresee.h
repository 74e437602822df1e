// SPDX-License-Identifier: Apache-2.0
// What a change would have done to a period's traffic.
#pragma once

#include "core/domain/foresight.h"
#include "core/replay/replayer.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace signalbox::replay {

struct ForeseeOptions
{
    int blocks = ReplayOptions::kBlocks; ///< of ReplayOptions::kBlocks: fewer are a sample
    bool whatIfs = true; ///< hedges and shadows too
    std::uint64_t seed = 1;
    limits::DayBudgets::DayEnd dayEnd = {};
    /// Asked now and then with the share that is done; false ends it.
    std::function<bool(double done)> goOn = {};
};

/// Keeps a period's traffic at hand, and what it comes to under the configuration in force, so that
/// one draft after the other costs a replay each. Used by one thread at a time.
class Foreseer
{
public:
    Foreseer(std::shared_ptr<const Traffic> traffic, std::shared_ptr<const Configuration> inForce);

    /// Nothing when it was told not to go on.
    [[nodiscard]] std::optional<Foresight> foresee(
        const std::shared_ptr<const Configuration> &draft, const ForeseeOptions &options);

    [[nodiscard]] const Traffic &traffic() const { return *m_traffic; }
    [[nodiscard]] const std::shared_ptr<const Configuration> &inForce() const { return m_inForce; }

private:
    [[nodiscard]] std::optional<Run> replay(
        const std::shared_ptr<const Configuration> &configuration,
        const ForeseeOptions &options,
        double from,
        double to) const;
    [[nodiscard]] Foresight compared(const Run &now,
                                     const Run &after,
                                     const Configuration &draft,
                                     const ForeseeOptions &options) const;

    std::shared_ptr<const Traffic> m_traffic;
    std::shared_ptr<const Configuration> m_inForce;
    Outcomes m_outcomes;
    std::map<int, Run> m_now; ///< by blocks
};

} // namespace signalbox::replay
