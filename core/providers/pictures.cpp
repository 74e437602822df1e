// SPDX-License-Identifier: Apache-2.0
#include "core/providers/pictures.h"

#include "core/base/json_writer.h"
#include "core/base/text.h"
#include "core/providers/image_part.h"
#include "core/providers/json_reader.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

bool isWebAddress(std::string_view url)
{
    return equalsIgnoreCase(url.substr(0, 8), "https://")
           || equalsIgnoreCase(url.substr(0, 7), "http://");
}

/// A text in which some strings are replaced by others.
class Replacing
{
public:
    Replacing(std::string_view text, const std::vector<PictureData> &pictures)
        : m_text(text)
        , m_pictures(pictures)
    {}

    std::string run()
    {
        const auto first = m_text.find_first_of("[{");
        thread_local JsonReader reader;
        m_first = std::min(first, m_text.size());
        auto root = reader.open(m_text.substr(m_first));
        if (!root) {
            return std::string(m_text);
        }
        m_begin = rawJson(*root).data();
        if (typeOf(*root) == JsonType::array) {
            forEachElement(*root, [this](JsonValue &message) { inMessage(message); });
        } else {
            inPart(*root);
        }
        m_out += m_text.substr(m_done);
        return std::move(m_out);
    }

private:
    void inMessage(JsonValue &message)
    {
        forEachMember(message, [this](std::string_view name, JsonValue &content) {
            if (name == "content") {
                forEachElement(content, [this](JsonValue &part) { inPart(part); });
            }
        });
    }

    void inPart(JsonValue &part)
    {
        forEachMember(part, [this](std::string_view name, JsonValue &image) {
            if (name != "image_url") {
                return;
            }
            if (typeOf(image) == JsonType::string) {
                replace(image);
                return;
            }
            forEachMember(image, [this](std::string_view key, JsonValue &url) {
                if (key == "url") {
                    replace(url);
                }
            });
        });
    }

    void replace(JsonValue &value)
    {
        const std::string_view raw = rawJson(value);
        const auto url = asString(value);
        const auto found = url ? std::ranges::find(m_pictures, *url, &PictureData::first)
                               : m_pictures.end();
        if (found == m_pictures.end()) {
            return;
        }
        const auto at = m_first + static_cast<std::size_t>(raw.data() - m_begin);
        m_out += m_text.substr(m_done, at - m_done);
        JsonWriter(m_out).string(found->second);
        m_done = at + raw.size();
    }

    std::string_view m_text;
    const std::vector<PictureData> &m_pictures;
    std::size_t m_first = 0; ///< where the root begins
    const char *m_begin = nullptr; ///< the same place in the reader's copy
    std::string m_out;
    std::size_t m_done = 0; ///< of the text, told in m_out
};

} // namespace

std::vector<PictureAddress> pictureAddresses(const ChatRequest &request)
{
    std::vector<PictureAddress> addresses;
    for (std::size_t i = 0; i < request.messages.size(); ++i) {
        const auto &parts = request.messages[i].parts;
        for (std::size_t k = 0; k < parts.size(); ++k) {
            if (parts[k].kind != ChatMessage::PartKind::Image) {
                continue;
            }
            std::string url = readImagePart(parts[k].text).url;
            if (isWebAddress(url)) {
                addresses.push_back(
                    {std::move(url),
                     "messages[" + std::to_string(i) + "].content[" + std::to_string(k) + "]"});
            }
        }
    }
    return addresses;
}

ChatRequest withPictures(const ChatRequest &request, const std::vector<PictureData> &pictures)
{
    ChatRequest changed = request;
    for (ChatMessage &message : changed.messages) {
        for (ChatMessage::Part &part : message.parts) {
            if (part.kind == ChatMessage::PartKind::Image) {
                part.text = Replacing(part.text, pictures).run();
            }
        }
    }
    for (RawField &field : changed.fields) {
        if (field.name == "messages") {
            field.json = Replacing(field.json, pictures).run();
        }
    }
    return changed;
}

} // namespace signalbox::providers
