// SPDX-License-Identifier: Apache-2.0
// A hash that is the same on every machine and in every run.
#pragma once

#include <cstdint>
#include <string_view>

namespace signalbox::simulator {

/// FNV-1a, 64 bits.
std::uint64_t hashOf(std::string_view text);

} // namespace signalbox::simulator
