// SPDX-License-Identifier: Apache-2.0
#include "core/providers/image_part.h"

#include "core/base/text.h"
#include "core/providers/json_reader.h"

#include <algorithm>

namespace signalbox::providers {

ImagePart readImagePart(std::string_view part)
{
    ImagePart image;
    const auto readUrl = [&image](std::string_view name, JsonValue &value) {
        if (name == "url") {
            image.url = stringOrEmpty(value);
        } else if (name == "detail") {
            image.detail = stringOrEmpty(value);
        }
    };
    thread_local JsonReader reader;
    if (auto root = reader.open(part)) {
        forEachMember(*root, [&](std::string_view name, JsonValue &value) {
            if (name != "image_url") {
                return;
            }
            if (typeOf(value) == JsonType::string) {
                image.url = stringOrEmpty(value); // some clients write it so
            } else {
                forEachMember(value, readUrl);
            }
        });
    }
    return image;
}

std::optional<DataUrl> parseDataUrl(std::string_view url)
{
    constexpr std::string_view kScheme = "data:";
    if (toLowerAscii(url.substr(0, kScheme.size())) != kScheme) {
        return std::nullopt;
    }
    const auto comma = std::min(url.find(','), url.size());
    const std::string_view head = url.substr(kScheme.size(), comma - kScheme.size());
    DataUrl parsed;
    parsed.type = toLowerAscii(head.substr(0, head.find(';')));
    parsed.data = url.substr(std::min(comma + 1, url.size()));
    parsed.base64 = head.ends_with(";base64");
    return parsed;
}

} // namespace signalbox::providers
