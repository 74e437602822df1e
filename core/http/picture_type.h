// SPDX-License-Identifier: Apache-2.0
// What kind of picture bytes are, by the bytes alone: what a header says may be wrong or a lie.
#pragma once

#include <cstddef>
#include <string_view>

namespace signalbox::http {

/// So many bytes of a picture tell its type.
inline constexpr std::size_t kPictureTypeBytes = 12;

/// `image/jpeg`, `image/png`, `image/gif` or `image/webp`; empty for all else (WHATWG MIME
/// Sniffing, section 6.1). \p bytes are the first ones of the picture, or all.
[[nodiscard]] std::string_view pictureType(std::string_view bytes);

} // namespace signalbox::http
