// SPDX-License-Identifier: Apache-2.0
// How often this program has taken memory.
#pragma once

#include <cstdint>

namespace signalbox::bench {

/// Calls of operator new since the program began. One thread's program only.
[[nodiscard]] std::int64_t allocations();

} // namespace signalbox::bench
