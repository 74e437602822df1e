// SPDX-License-Identifier: Apache-2.0
// Bytes as base64 (RFC 4648 section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// Appends \p bytes in the usual alphabet, with padding.
void appendBase64(std::string &out, std::string_view bytes);

/// What appendBase64() wrote; nothing where \p text is no such thing.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace signalbox
