// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/town.h"

#include <algorithm>

namespace signalbox::sim {
namespace {

constexpr std::array<const char *, Town::kProviders> kKinds =
    {"openai", "anthropic", "qwen", "deepseek", "openai-compatible", "openrouter"};

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

int between(Random &random, int low, int high)
{
    return low + static_cast<int>(random.below(static_cast<std::uint64_t>(high - low + 1)));
}

std::string targetName(std::size_t provider, std::size_t model)
{
    return "p" + number(provider) + "/m" + number(provider * Town::kModelsEach + model);
}

constexpr const char *kClientsToml = R"(
[[client]]
id = "c0"
key = "env:C0"
[[client]]
id = "c1"
key = "env:C1"
requests_per_minute = 200
budget_usd_per_day = )";
constexpr const char *kLastClientToml = R"(
[[client]]
id = "c2"
key = "env:C2"
routes = ["chat", "steady"]
tokens_per_minute = 6000
concurrent = 12
)";

} // namespace

Town::Town(Random &random)
{
    for (Provider &provider : m_providers) {
        provider.keys = someKeys(random);
        provider.limits = someLimits(random);
        provider.checkSeconds = random.below(2) == 0 ? 0 : between(random, 2, 9);
        for (Target &target : provider.targets) {
            target.weight = between(random, 0, 4);
            target.tier = between(random, 1, 3);
            target.price = between(random, 1, 20);
        }
    }
    // One place that is always there and has room, so that there is always something to do.
    m_providers[0].limits = "{ concurrent = 4 }";
    m_providers[0].targets[0] = {true, 3, 1, 2};
}

void Town::change(Random &random)
{
    Provider &provider = m_providers[random.below(kProviders)];
    switch (random.below(5)) {
    case 0:
    case 1:
        changeProvider(provider, random);
        break;
    case 2:
        changeTarget(provider.targets[random.below(kModelsEach)], random);
        break;
    case 3:
        changeCache(random);
        m_shadow = random.below(kTargets);
        m_continues = random.below(2) == 0;
        break;
    default:
        m_clients = random.below(3) != 0;
        m_budget = between(random, 1, 12);
        m_deadlineSeconds = between(random, 20, 60);
        break;
    }
    m_providers[0].present = true;
    m_providers[0].targets[0].present = true;
}

void Town::changeCache(Random &random)
{
    m_cache.on = random.below(6) != 0;
    m_cache.seconds = between(random, 4, 30);
    m_cache.staleSeconds = random.below(4) == 0 ? 0 : between(random, 5, 40);
    m_cache.entries = random.below(4) == 0 ? 20 : 1000;
    m_cache.shared = random.below(3) == 0;
}

void Town::changeTarget(Target &target, Random &random)
{
    switch (random.below(4)) {
    case 0:
        target.present = random.below(5) != 0;
        break;
    case 1:
        target.weight = between(random, 0, 4);
        break;
    case 2:
        target.tier = between(random, 1, 3);
        break;
    default:
        target.price = random.below(4) == 0 ? std::nullopt : std::optional(between(random, 1, 20));
        break;
    }
}

void Town::changeProvider(Provider &provider, Random &random)
{
    switch (random.below(6)) {
    case 0:
        provider.present = random.below(8) != 0;
        break;
    case 1:
        provider.address = between(random, 0, 1);
        break;
    case 2:
        provider.keys = someKeys(random);
        break;
    case 3:
        provider.limits = someLimits(random);
        provider.budget = random.below(2) == 0 ? std::nullopt
                                               : std::optional(between(random, 1, 4));
        break;
    default:
        provider.failures = between(random, 1, 4);
        provider.openSeconds = between(random, 2, 30);
        provider.probes = between(random, 1, 2);
        provider.checkSeconds = random.below(2) == 0 ? 0 : between(random, 2, 9);
        break;
    }
}

std::string Town::someLimits(Random &random)
{
    switch (random.below(5)) {
    case 0:
        return "";
    case 1:
        return "{ requests_per_minute = " + number(100 + random.below(900)) + " }";
    case 2:
        return "{ tokens_per_minute = " + number(20'000 + random.below(500'000))
               + ", concurrent = " + number(4 + random.below(12)) + " }";
    default:
        return "{ concurrent = " + number(2 + random.below(20)) + " }";
    }
}

/// One to four of nine; rarely one that cannot be read.
std::vector<int> Town::someKeys(Random &random)
{
    std::vector<int> keys;
    const auto count = 1 + random.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        const int key = random.below(40) == 0 ? 0 : between(random, 1, 9);
        if (std::ranges::find(keys, key) == keys.end()) {
            keys.push_back(key);
        }
    }
    return keys;
}

std::string Town::providerToml(std::size_t id) const
{
    const Provider &provider = m_providers[id];
    // DeepSeek goes on with an answer at its root alone.
    const std::string path = std::string(kKinds[id]) == "deepseek" ? "" : "/v1";
    std::string text = "[[provider]]\nid = \"p" + number(id) + "\"\nkind = \"" + kKinds[id]
                       + "\"\nbase_url = \"https://p" + number(id) + "-"
                       + std::to_string(provider.address) + ".example" + path + "\"\nkeys = [";
    for (const int key : provider.keys) {
        text += key == 0 ? "\"env:GONE\", " : "\"env:K" + std::to_string(key) + "\", ";
    }
    text += "]\ntimeouts = { connect_s = 2.003, first_token_s = 7.007, idle_s = 5.009, "
            "total_s = 31.013 }\n";
    text += "breaker = { failures = " + std::to_string(provider.failures)
            + ", window_s = 30, open_s = " + std::to_string(provider.openSeconds)
            + ", probes = " + std::to_string(provider.probes) + " }\n";
    text += provider.limits.empty() ? "key_limits = { requests_per_minute = 300, concurrent = 6 }\n"
                                    : "limits = " + provider.limits + "\n";
    text += provider.budget ? "budget_usd_per_day = " + std::to_string(*provider.budget) + "\n"
                            : "";
    // Whose list of models was asked for is only seen where there is one model.
    const bool both = provider.targets[0].present && provider.targets[1].present;
    text += provider.checkSeconds == 0
                ? ""
                : "health_check = { every_s = " + std::to_string(provider.checkSeconds)
                      + ".011, timeout_s = 3.001, ask = \"" + (both ? "answer" : "models")
                      + "\" }\n";
    for (std::size_t model = 0; model < kModelsEach; ++model) {
        const Target &target = provider.targets[model];
        if (target.present) {
            text += "[[provider.model]]\nname = \"m" + number(id * kModelsEach + model)
                    + "\"\nfeatures = [\"tools\", \"json_schema\", \"embeddings\"]\n";
            text += target.price ? "price = { input = " + std::to_string(*target.price)
                                       + ", output = " + std::to_string(4 * *target.price) + " }\n"
                                 : "";
        }
    }
    return text;
}

std::string Town::targetList(bool weighted, bool reversed) const
{
    std::vector<std::string> list;
    for (std::size_t provider = 0; provider < kProviders; ++provider) {
        for (std::size_t model = 0; model < kModelsEach; ++model) {
            const Target &target = m_providers[provider].targets[model];
            if (m_providers[provider].present && target.present) {
                const std::string share = ", weight = " + std::to_string(target.weight)
                                          + ", tier = " + std::to_string(target.tier);
                list.push_back("{ target = \"" + targetName(provider, model) + "\""
                               + (weighted ? share : "") + " }");
            }
        }
    }
    if (reversed) {
        std::ranges::reverse(list);
    }
    std::string text = "[";
    for (const std::string &one : list) {
        text += one + ", ";
    }
    return text + "]";
}

std::string Town::routesToml() const
{
    // Milliseconds that no timeout has: nothing else ends at the same moment.
    const std::string deadline = "deadline_s = " + std::to_string(m_deadlineSeconds) + ".017\n";
    return "[[route]]\nname = \"chat\"\nstrategy = \"weighted\"\ntargets = "
           + targetList(true, false) + "\n" + shadowToml()
           + (m_continues ? "on_stream_break = \"continue\"\n" : "") + "hedge_after_s = 0.903\n"
           + "eject_slow = { factor = 1.5, for_s = 5, share_max = 0.5 }\n" + deadline
           + "retry = { attempts = 5, same_target = 1, backoff_ms = 100, retry_after_cap_s = 10 }\n"
             "[[route.rule]]\nname = \"streams\"\nwhen = { stream = true }\n"
             "strategy = \"weighted\"\ntargets = "
           + targetList(false, true) + "\n[[route]]\nname = \"steady\"\nstrategy = \"priority\"\n"
           + "targets = " + targetList(false, true) + "\ncache = \""
           + (m_cache.on ? "semantic" : "off")
           + "\"\non_stream_break = \"continue\"\ncomment_s = 1.507\naffinity = \"prompt-cache\"\n"
           + deadline
           + "retry = { attempts = 4, same_target = 2, backoff_ms = 200 }\n"
             "[[route]]\nname = \"brittle\"\nstrategy = \"balanced\"\ntargets = "
           + targetList(true, true) + "\n" + deadline
           + "on_stream_break = \"fail\"\nhedge_after_s = \"p75\"\nretry = { attempts = 3 }\n";
}

std::string Town::shadowToml() const
{
    const Provider &provider = m_providers[m_shadow / kModelsEach];
    const bool present = provider.present && provider.targets[m_shadow % kModelsEach].present;
    return present ? "shadow = { target = \"" + targetNames()[m_shadow] + "\", share = 0.3 }\n"
                   : "";
}

std::string Town::cacheToml() const
{
    const bool stale = m_cache.staleSeconds > 0;
    return "[cache]\nmode = \"" + std::string(m_cache.on ? "exact" : "off")
           + "\"\nttl_s = " + std::to_string(m_cache.seconds) + ".003\nstale_if_error_s = "
           + std::to_string(m_cache.staleSeconds) + (stale ? ".007\nslow_s = 0.06" : "")
           + "\nmax_entries = " + std::to_string(m_cache.entries)
           + "\nshare_clients = " + (m_cache.shared ? "true" : "false") + "\n";
}

std::string Town::toml() const
{
    std::string text = cacheToml();
    for (std::size_t id = 0; id < kProviders; ++id) {
        text += m_providers[id].present ? providerToml(id) : "";
    }
    text += routesToml();
    return m_clients ? text + kClientsToml + std::to_string(m_budget) + kLastClientToml : text;
}

const std::vector<std::string> &Town::targetNames()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (std::size_t target = 0; target < kTargets; ++target) {
            all.push_back(targetName(target / kModelsEach, target % kModelsEach));
        }
        return all;
    }();
    return names;
}

} // namespace signalbox::sim
