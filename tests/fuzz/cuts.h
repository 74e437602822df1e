// SPDX-License-Identifier: Apache-2.0
// The input also chooses where it is cut: its first byte is the size of the pieces.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace signalbox::fuzz {

/// Calls \p feed with the pieces of \p data behind its first byte, each 1 to 255 bytes long.
template <typename Feed>
void inPieces(const std::uint8_t *data, std::size_t size, Feed feed)
{
    if (size == 0) {
        return;
    }
    const std::size_t step = std::max<std::size_t>(1, data[0]);
    std::string_view rest(reinterpret_cast<const char *>(data) + 1, size - 1);
    while (!rest.empty()) {
        const std::size_t length = std::min(step, rest.size());
        feed(rest.substr(0, length));
        rest.remove_prefix(length);
    }
}

/// All of \p data behind its first byte.
inline std::string_view whole(const std::uint8_t *data, std::size_t size)
{
    return size == 0 ? std::string_view()
                     : std::string_view(reinterpret_cast<const char *>(data) + 1, size - 1);
}

} // namespace signalbox::fuzz
