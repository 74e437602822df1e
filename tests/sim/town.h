// SPDX-License-Identifier: Apache-2.0
// The configuration of a simulated world: six providers, twelve targets, and how it changes.
#pragma once

#include "core/base/random.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::sim {

/// Routes `chat` (weighted, tiers, a rule for streams), `steady` (priority, repeats at the same
/// target) and `brittle` (a stream that breaks is not restarted); clients `c0` (unlimited), `c1`
/// and `c2` (limited, `c1` in money too), or none at all.
class Town
{
public:
    static constexpr std::size_t kProviders = 6;
    static constexpr std::size_t kModelsEach = 2;
    static constexpr std::size_t kTargets = kProviders * kModelsEach;

    explicit Town(Random &random);

    /// Does one thing that an operator would edit: targets come and go, weights, tiers, keys,
    /// addresses, limits, prices, breakers, clients.
    void change(Random &random);
    [[nodiscard]] std::string toml() const;
    /// Every name a target may have, configured now or not.
    [[nodiscard]] static const std::vector<std::string> &targetNames();

private:
    struct Target
    {
        bool present = true;
        int weight = 1;
        int tier = 1;
        std::optional<int> price; ///< USD per million input tokens; output is four times that
    };
    struct Provider
    {
        bool present = true;
        int address = 0;
        std::vector<int> keys;
        std::string limits;
        std::optional<int> budget; ///< USD a day
        int failures = 3;
        int openSeconds = 20;
        int probes = 1;
        std::array<Target, kModelsEach> targets;
    };

    void changeTarget(Target &target, Random &random);
    void changeProvider(Provider &provider, Random &random);
    static std::string someLimits(Random &random);
    static std::vector<int> someKeys(Random &random);
    [[nodiscard]] std::string providerToml(std::size_t number) const;
    [[nodiscard]] std::string targetList(bool weighted, bool reversed) const;
    [[nodiscard]] std::string routesToml() const;

    std::array<Provider, kProviders> m_providers;
    bool m_clients = true;
    int m_budget = 6; ///< of `c1`, USD a day
    int m_deadlineSeconds = 40;
};

} // namespace signalbox::sim
