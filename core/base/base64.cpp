// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace signalbox {

void appendBase64(std::string &out, std::string_view bytes)
{
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto byte = k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U;
            group = group << 8U | byte;
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= left ? kAlphabet[(group >> (18 - 6 * k)) & 0x3FU] : '=';
        }
    }
}

} // namespace signalbox
