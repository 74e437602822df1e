// SPDX-License-Identifier: Apache-2.0
#include "core/base/base64.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace signalbox {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Nothing where \p c is none of the alphabet.
std::optional<std::uint32_t> digitOf(char c)
{
    const auto at = kAlphabet.find(c);
    return at == std::string_view::npos ? std::nullopt
                                        : std::optional(static_cast<std::uint32_t>(at));
}

} // namespace

void appendBase64(std::string &out, std::string_view bytes)
{
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

std::optional<std::string> fromBase64(std::string_view text)
{
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isPadding = i >= text.size() - padding;
        const auto digit = isPadding ? std::optional<std::uint32_t>(0) : digitOf(text[i]);
        if (!digit) {
            return std::nullopt;
        }
        bits = (bits << 6U) | *digit;
        if (i % 4 == 3) {
            for (const unsigned shift : {16U, 8U, 0U}) {
                bytes += static_cast<char>((bits >> shift) & 0xffU);
            }
            bits = 0;
        }
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

} // namespace signalbox
