// SPDX-License-Identifier: Apache-2.0
// Texts made small and back, by zlib.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// In zlib's format (RFC 1950).
std::string deflated(std::string_view text);
/// Nothing when \p bytes are damaged, or hold more than \p most bytes.
std::optional<std::string> inflated(std::string_view bytes, std::size_t most);

} // namespace signalbox::runtime
