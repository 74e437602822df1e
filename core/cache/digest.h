// SPDX-License-Identifier: Apache-2.0
// What stands for a canonical request: SHA-256, so that nobody can make two requests that share one.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::cache {

struct Digest
{
    std::array<std::uint8_t, 32> bytes{};

    /// 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string toHex() const;
    /// Of 64 hexadecimal digits; nothing for anything else.
    [[nodiscard]] static std::optional<Digest> fromHex(std::string_view hex);
    /// The bytes as they are, to be digested further.
    [[nodiscard]] std::string_view raw() const;
    friend auto operator<=>(const Digest &, const Digest &) = default;
};

/// SHA-256 (FIPS 180-4) of \p bytes.
[[nodiscard]] Digest digestOf(std::string_view bytes);

} // namespace signalbox::cache

template <>
struct std::hash<signalbox::cache::Digest>
{
    std::size_t operator()(const signalbox::cache::Digest &digest) const noexcept
    {
        std::size_t front = 0; // any part of it is as good as random
        std::memcpy(&front, digest.bytes.data(), sizeof front);
        return front;
    }
};
