// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_image.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/image_part.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

constexpr std::array<std::string_view, 4> kMediaTypes = {
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
};

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

Result<std::string, Refusal> inlineImage(const DataUrl &url)
{
    const std::string type = url.type == "image/jpg" ? "image/jpeg" : url.type;
    if (std::ranges::find(kMediaTypes, type) == kMediaTypes.end()) {
        return refused("Anthropic takes images of type JPEG, PNG, GIF and WebP, not \"" + type
                       + "\"");
    }
    if (!url.base64 || url.data.empty()) {
        return refused("an image's data URL must be base64 and not empty");
    }
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("image").key("source").beginObject();
    json.key("type").string("base64").key("media_type").string(type);
    json.key("data").string(url.data).endObject().endObject();
    return out;
}

} // namespace

Result<std::string, Refusal> anthropicImage(std::string_view part, EncodedBody &notes)
{
    const ImagePart image = readImagePart(part);
    if (!image.detail.empty() && image.detail != "auto") {
        notes.drop("image_url.detail");
    }
    if (const auto data = parseDataUrl(image.url)) {
        return inlineImage(*data);
    }
    if (toLowerAscii(std::string_view(image.url).substr(0, 8)) != "https://") {
        return refused("Anthropic takes images as data URLs or https addresses only");
    }
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("image").key("source").beginObject();
    json.key("type").string("url").key("url").string(image.url).endObject().endObject();
    return out;
}

} // namespace signalbox::providers
