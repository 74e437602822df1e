// SPDX-License-Identifier: Apache-2.0
// The vault's bytes: sealing and opening them with a passphrase. No files here.
#pragma once

#include "core/base/secret.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

inline constexpr std::size_t kSaltBytes = 16;
inline constexpr std::size_t kNumberBytes = 4;

/// A vault's parts, borrowed from its bytes. Made by itself it has the costs of a new one.
struct Sealed
{
    std::uint32_t logN = 16; ///< scrypt's cost: 2^16 with r 8 takes 64 MiB
    std::uint32_t r = 8;
    std::uint32_t p = 1;
    std::string_view head = {}; ///< all before the ciphertext
    std::string_view salt = {};
    std::string_view nonce = {};
    std::string_view ciphertext = {};
    std::string_view tag = {};
};

/// Nothing when \p bytes are not a whole vault of this version, or ask for unreasonable costs.
[[nodiscard]] std::optional<Sealed> parseSealed(std::string_view bytes);
/// Nothing when there is no memory for it.
[[nodiscard]] std::optional<Secret> keyFrom(const Secret &passphrase, const Sealed &sealed);
/// Nothing when \p key is not the one it was sealed with.
[[nodiscard]] std::optional<Secret> unseal(const Sealed &sealed, const Secret &key);
/// A whole vault with a nonce of its own; \p key was made with \p salt and a new one's costs.
[[nodiscard]] std::string seal(const Secret &plain, const Secret &key, std::string_view salt);

/// Least significant byte first.
void appendNumber(std::string &out, std::uint32_t number);
[[nodiscard]] std::optional<std::uint32_t> takeNumber(std::string_view &bytes);

} // namespace signalbox::runtime
