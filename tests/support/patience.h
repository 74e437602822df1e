// SPDX-License-Identifier: Apache-2.0
// Waiting for conditions with a deadline: a slow machine waits longer, a fast one never sleeps.
#pragma once

#include <chrono>
#include <thread>

namespace signalbox::tests {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Long enough for any step of a test on a busy machine; reaching it is a failure.
constexpr milliseconds kPatience{10'000};

[[nodiscard]] inline milliseconds since(Clock::time_point start)
{
    return std::chrono::duration_cast<milliseconds>(Clock::now() - start);
}

/// Whether \p condition came true in time.
template <typename Condition>
[[nodiscard]] bool eventually(Condition condition, milliseconds patience = kPatience)
{
    const auto deadline = Clock::now() + patience;
    while (!condition()) {
        if (Clock::now() >= deadline) {
            return false;
        }
        std::this_thread::sleep_for(milliseconds(2));
    }
    return true;
}

} // namespace signalbox::tests
