// SPDX-License-Identifier: Apache-2.0
// AES-256-GCM (NIST SP 800-38D), by OpenSSL.
#pragma once

#include "core/base/secret.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

inline constexpr std::size_t kGcmKeyBytes = 32;
inline constexpr std::size_t kGcmNonceBytes = 12;
inline constexpr std::size_t kGcmTagBytes = 16;

/// The ciphertext of \p plain, as long, and its tag behind it. \p bound is not in it, but must be the same to
/// open it. A \p nonce is never used twice with one \p key.
[[nodiscard]] std::string gcmSeal(const Secret &key,
                                  std::string_view nonce,
                                  std::string_view bound,
                                  std::string_view plain);
/// Nothing when it is not what was sealed so.
[[nodiscard]] std::optional<Secret> gcmOpen(const Secret &key,
                                            std::string_view nonce,
                                            std::string_view bound,
                                            std::string_view sealed);

/// From the system.
[[nodiscard]] std::string randomBytes(std::size_t count);

} // namespace signalbox::runtime
