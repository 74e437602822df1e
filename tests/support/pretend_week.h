// SPDX-License-Identifier: Apache-2.0
// What a week is like in a pretend world: when who asks what, and how providers are that day.
#pragma once

#include "tests/support/pretend_world.h"

#include <string>
#include <vector>

namespace signalbox::tests {

/// From, up to.
struct WorldOutage
{
    std::string target;
    Micros from{0};
    Micros to{0};
};

struct WorldWeek
{
    std::uint64_t seed = 1;
    int days = 7;
    double requestsPerDay = 2000;
    double driftPerDay = 0; ///< 0.05: every day all targets but the first are 5 % slower
    double failures = 0.01; ///< of calls, at any time
    std::vector<WorldOutage> outages = {};
};

/// Three tasks (code, translation, chat), prompts of all lengths, a third streamed; twice as many by
/// day as by night.
[[nodiscard]] std::vector<WorldRequest> requestsOf(const WorldWeek &week);

/// Targets differ by their names: in speed, in how much they write, in what a task is to them.
[[nodiscard]] Nature natureOf(const WorldWeek &week);

/// Providers a, b and c of one model each (`a/m`, ...), at 1, 2 and 4 USD for a million tokens in and
/// four times that out, and a route `chat` over them by weight. \p more: further keys of the route.
[[nodiscard]] std::string worldToml(int a, int b, int c, const std::string &more = {});

} // namespace signalbox::tests
