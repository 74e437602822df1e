// SPDX-License-Identifier: Apache-2.0
#include "core/http/picture_type.h"

namespace signalbox::http {

std::string_view pictureType(std::string_view bytes)
{
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) {
        return "image/jpeg";
    }
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) {
        return "image/png";
    }
    if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) {
        return "image/gif";
    }
    const bool riff = bytes.size() >= kPictureTypeBytes && bytes.starts_with("RIFF"sv);
    return riff && bytes.substr(8, 4) == "WEBP" ? "image/webp"sv : ""sv;
}

} // namespace signalbox::http
