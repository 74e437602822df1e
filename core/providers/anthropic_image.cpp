// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_image.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/json_reader.h"

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

struct ImagePart
{
    std::string url;
    std::string detail;
};

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

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

Result<std::string, Refusal> inlineImage(std::string_view url)
{
    const auto comma = url.find(',');
    const std::string_view head = url.substr(0, std::min(comma, url.size()));
    constexpr std::string_view kScheme = "data:";
    constexpr std::string_view kBase64 = ";base64";
    const auto end = std::min(head.find(';'), head.size());
    std::string type = toLowerAscii(head.substr(kScheme.size(), end - kScheme.size()));
    if (type == "image/jpg") {
        type = "image/jpeg";
    }
    if (std::ranges::find(kMediaTypes, type) == kMediaTypes.end()) {
        return refused("Anthropic takes images of type JPEG, PNG, GIF and WebP, not \"" + type
                       + "\"");
    }
    if (!head.ends_with(kBase64) || comma + 1 >= url.size()) {
        return refused("an image's data URL must be base64 and not empty");
    }
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("image").key("source").beginObject();
    json.key("type").string("base64").key("media_type").string(type);
    json.key("data").string(url.substr(comma + 1)).endObject().endObject();
    return out;
}

} // namespace

Result<std::string, Refusal> anthropicImage(std::string_view part, EncodedBody &notes)
{
    const ImagePart image = readImagePart(part);
    if (!image.detail.empty() && image.detail != "auto") {
        notes.drop("image_url.detail");
    }
    const std::string start = toLowerAscii(std::string_view(image.url).substr(0, 8));
    if (start.starts_with("data:")) {
        return inlineImage(image.url);
    }
    if (start != "https://") {
        return refused("Anthropic takes images as data URLs or https addresses only");
    }
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("image").key("source").beginObject();
    json.key("type").string("url").key("url").string(image.url).endObject().endObject();
    return out;
}

} // namespace signalbox::providers
