// SPDX-License-Identifier: Apache-2.0
// The configuration of a simulated world: six providers, twelve targets, and how it changes.
#pragma once

#include "core/base/random.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::sim {

/// Routes `chat` (weighted, tiers, a rule for streams, a shadow), `steady` (priority, repeats at the
/// same target, goes on with streams that broke, compares by meaning) and `brittle` (a stream that
/// breaks is not restarted); clients `c0` (unlimited), `c1`
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
        int checkSeconds = 0; ///< between health checks; 0: none
        std::array<Target, kModelsEach> targets;
    };
    struct Cache
    {
        bool on = true;
        int seconds = 12; ///< lifetime
        int staleSeconds = 10;
        int entries = 1000;
        bool shared = false; ///< between clients
    };

    void changeTarget(Target &target, Random &random);
    void changeProvider(Provider &provider, Random &random);
    void changeCache(Random &random);
    static std::string someLimits(Random &random);
    static std::vector<int> someKeys(Random &random);
    [[nodiscard]] std::string providerToml(std::size_t number) const;
    [[nodiscard]] std::string targetList(bool weighted, bool reversed) const;
    [[nodiscard]] std::string routesToml() const;
    [[nodiscard]] std::string shadowToml() const;
    [[nodiscard]] std::string cacheToml() const;

    std::array<Provider, kProviders> m_providers;
    bool m_clients = true;
    int m_budget = 6; ///< of `c1`, USD a day
    int m_deadlineSeconds = 40;
    Cache m_cache;
    std::size_t m_shadow = 0; ///< which target's
    bool m_continues = true; ///< `chat` goes on with streams that broke, too
};

} // namespace signalbox::sim
