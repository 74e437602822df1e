// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/hash.h"

namespace signalbox::simulator {

std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return hash;
}

} // namespace signalbox::simulator
