// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_media.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/image_part.h"
#include "core/providers/json_reader.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

/// ai.google.dev, image understanding, "Supported image formats".
constexpr std::array<std::string_view, 5> kImages = {
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "image/heif",
};

Failure<Refusal> refused(std::string text)
{
    return Failure{Refusal{std::nullopt, std::move(text)}};
}

std::string inlineData(std::string_view type, std::string_view data)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("inlineData").beginObject();
    json.key("mimeType").string(type).key("data").string(data).endObject().endObject();
    return out;
}

/// The type an address ends with; empty when its end tells none.
std::string_view typeOfAddress(std::string_view url)
{
    struct Ending
    {
        std::string_view end;
        std::string_view type;
    };
    constexpr std::array<Ending, 6> kEndings = {{
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".png", "image/png"},
        {".webp", "image/webp"},
        {".heic", "image/heic"},
        {".heif", "image/heif"},
    }};
    const std::string path = toLowerAscii(url.substr(0, url.find_first_of("?#")));
    const auto *found = std::ranges::find_if(kEndings, [&path](const Ending &ending) {
        return path.ends_with(ending.end);
    });
    return found == kEndings.end() ? std::string_view() : found->type;
}

/// Of an uploaded file; a picture elsewhere is fetched before it is sent.
Result<std::string, Refusal> addressedImage(const std::string &url)
{
    if (!equalsIgnoreCase(std::string_view(url).substr(0, 8), "https://")
        && !equalsIgnoreCase(std::string_view(url).substr(0, 7), "http://")) {
        return refused("Gemini takes images as data URLs or https addresses only");
    }
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("fileData").beginObject();
    if (const std::string_view type = typeOfAddress(url); !type.empty()) {
        json.key("mimeType").string(type);
    }
    json.key("fileUri").string(url).endObject().endObject();
    return out;
}

Result<std::string, Refusal> imagePart(std::string_view part, EncodedBody &notes)
{
    const ImagePart image = readImagePart(part);
    if (!image.detail.empty() && image.detail != "auto") {
        notes.drop("image_url.detail");
    }
    const auto data = parseDataUrl(image.url);
    if (!data) {
        return addressedImage(image.url);
    }
    const std::string type = data->type == "image/jpg" ? "image/jpeg" : data->type;
    if (std::ranges::find(kImages, type) == kImages.end()) {
        return refused("Gemini takes images of type JPEG, PNG, WebP, HEIC and HEIF, not \"" + type
                       + "\"");
    }
    if (!data->base64 || data->data.empty()) {
        return refused("an image's data URL must be base64 and not empty");
    }
    return inlineData(type, data->data);
}

/// An `input_audio` or `file` part.
struct OtherPart
{
    std::string type;
    std::string data;
    std::string format; ///< of sound
};

OtherPart readOtherPart(std::string_view part)
{
    OtherPart other;
    const auto readInner = [&other](std::string_view name, JsonValue &value) {
        if (name == "data" || name == "file_data") {
            other.data = stringOrEmpty(value);
        } else if (name == "format") {
            other.format = stringOrEmpty(value);
        }
    };
    thread_local JsonReader reader;
    if (auto root = reader.open(part)) {
        forEachMember(*root, [&](std::string_view name, JsonValue &value) {
            if (name == "type") {
                other.type = stringOrEmpty(value);
            } else if (name == "input_audio" || name == "file") {
                forEachMember(value, readInner);
            }
        });
    }
    return other;
}

Result<std::string, Refusal> otherPart(std::string_view part)
{
    const OtherPart other = readOtherPart(part);
    const bool known = other.format == "wav" || other.format == "mp3";
    if (other.type == "input_audio" && known && !other.data.empty()) {
        return inlineData("audio/" + other.format, other.data);
    }
    if (other.type == "file") {
        const auto data = parseDataUrl(other.data);
        if (data && data->base64 && !data->data.empty() && data->type == "application/pdf") {
            return inlineData(data->type, data->data);
        }
        return refused("Gemini takes files as base64 data URLs of PDF documents only");
    }
    return refused(
        "content parts other than text, images, WAV or MP3 sound and PDF files cannot be "
        "sent to Gemini");
}

} // namespace

Result<std::string, Refusal> geminiMedia(const ChatMessage::Part &part, EncodedBody &notes)
{
    return part.kind == ChatMessage::PartKind::Image ? imagePart(part.text, notes)
                                                     : otherPart(part.text);
}

} // namespace signalbox::providers
