// SPDX-License-Identifier: Apache-2.0
#include "core/cache/digest.h"

#include <charconv>
#include <openssl/sha.h>

namespace signalbox::cache {

std::string Digest::toHex() const
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
    }
    return hex;
}

std::optional<Digest> Digest::fromHex(std::string_view hex)
{
    Digest digest;
    if (hex.size() != 2 * digest.bytes.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const char *first = hex.data() + 2 * i;
        if (std::from_chars(first, first + 2, digest.bytes[i], 16).ptr != first + 2) {
            return std::nullopt;
        }
    }
    return digest;
}

std::string_view Digest::raw() const
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

Digest digestOf(std::string_view bytes)
{
    static_assert(SHA256_DIGEST_LENGTH == std::tuple_size_v<decltype(Digest::bytes)>);
    Digest digest;
    SHA256(reinterpret_cast<const unsigned char *>(bytes.data()),
           bytes.size(),
           digest.bytes.data());
    return digest;
}

} // namespace signalbox::cache
