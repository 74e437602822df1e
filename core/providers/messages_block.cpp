// SPDX-License-Identifier: Apache-2.0
#include "core/providers/messages_block.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

using Kind = MessagesBlock::Kind;

struct KindName
{
    std::string_view name;
    Kind kind;
};

constexpr std::array<KindName, 6> kKinds = {{
    {"text", Kind::Text},
    {"image", Kind::Image},
    {"thinking", Kind::Thinking},
    {"redacted_thinking", Kind::RedactedThinking},
    {"tool_use", Kind::ToolUse},
    {"tool_result", Kind::ToolResult},
}};

/// Where a picture comes from; platform.claude.com, vision.
struct ImageSource
{
    std::string type;
    std::string mediaType;
    std::string data;
    std::string url;
};

class BlockReader
{
public:
    BlockReader(std::string path, FaultKeeper &faults, std::set<std::string> &untold)
        : m_path(std::move(path))
        , m_faults(faults)
        , m_untold(untold)
    {}

    MessagesBlock read(JsonValue &value)
    {
        m_block.raw = rawJson(value);
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            readMember(name, member);
        });
        if (!object) {
            m_faults.note(m_path, "must be an object");
            return std::move(m_block);
        }
        const auto known = std::ranges::find(kKinds, m_type, &KindName::name);
        if (known == kKinds.end()) {
            m_faults.note(memberPath(m_path, "type"),
                          "must be one of text, image, thinking, redacted_thinking, tool_use, "
                          "tool_result: other content cannot be sent through this gateway");
            return std::move(m_block);
        }
        m_block.kind = known->kind;
        check();
        return std::move(m_block);
    }

private:
    void readMember(std::string_view name, JsonValue &value)
    {
        if (name == "type") {
            m_type = asString(value).value_or("");
        } else if (name == "text" || name == "thinking") {
            m_hasText = readText(value, m_block.text);
        } else if (name == "signature") {
            readText(value, m_block.signature);
        } else if (name == "data") {
            readText(value, m_block.data);
        } else if (name == "id" || name == "tool_use_id") {
            readText(value, m_block.id);
        } else if (name == "name") {
            readText(value, m_block.name);
        } else if (name == "input" && typeOf(value) == JsonType::object) {
            m_block.input = rawJson(value);
        } else if (name == "source") {
            m_hasSource = forEachMember(value, [this](std::string_view key, JsonValue &member) {
                readSource(key, member);
            });
        } else if (name == "content" && !isNull(value)) {
            m_block.content =
                readMessagesContent(value, memberPath(m_path, "content"), m_faults, m_untold);
        } else {
            noteUntold(name, value);
        }
    }

    static bool readText(JsonValue &value, std::string_view &text)
    {
        const auto string = asString(value);
        text = string.value_or("");
        return string.has_value();
    }

    void readSource(std::string_view name, JsonValue &value)
    {
        if (name == "type") {
            m_source.type = stringOrEmpty(value);
        } else if (name == "media_type") {
            m_source.mediaType = stringOrEmpty(value);
        } else if (name == "data") {
            m_source.data = stringOrEmpty(value);
        } else if (name == "url") {
            m_source.url = stringOrEmpty(value);
        }
    }

    /// `caller` says what every call in the chat form is: direct.
    void noteUntold(std::string_view name, JsonValue &value)
    {
        const bool switchedOff = asBool(value) == false;
        if (name == "cache_control" && !isNull(value)) {
            m_untold.emplace("cache_control");
        } else if (name != "caller" && !isNull(value) && !switchedOff) {
            m_untold.insert("messages[].content[]." + std::string(name));
        }
    }

    void check()
    {
        switch (m_block.kind) {
        case Kind::Text:
            demand(m_hasText, "text", "must be a string");
            return;
        case Kind::Thinking:
            demand(m_hasText, "thinking", "must be a string");
            return;
        case Kind::RedactedThinking:
            demand(!m_block.data.empty(), "data", "must be a string and not empty");
            return;
        case Kind::Image:
            checkImage();
            return;
        case Kind::ToolUse:
            demand(!m_block.id.empty(), "id", "must be a string and not empty");
            demand(!m_block.name.empty(), "name", "must be a string and not empty");
            demand(!m_block.input.empty(), "input", "must be an object");
            return;
        case Kind::ToolResult:
            demand(!m_block.id.empty(), "tool_use_id", "must be a string and not empty");
            checkResult();
            return;
        }
    }

    void checkImage()
    {
        demand(m_hasSource, "source", "must be an object");
        const bool base64 = m_source.type == "base64";
        demand(base64 || m_source.type == "url",
               "source.type",
               "must be base64 or url: files kept by Anthropic cannot be sent to others");
        if (base64) {
            demand(!m_source.mediaType.empty(), "source.media_type", "must be a string");
            demand(!m_source.data.empty(), "source.data", "must be a string and not empty");
            m_block.imageUrl = "data:" + m_source.mediaType + ";base64," + m_source.data;
        } else {
            demand(!m_source.url.empty(), "source.url", "must be a string and not empty");
            m_block.imageUrl = m_source.url;
        }
    }

    void checkResult()
    {
        for (std::size_t i = 0; i < m_block.content.size(); ++i) {
            const Kind kind = m_block.content[i].kind;
            if (kind != Kind::Text && kind != Kind::Image) {
                m_faults.note(memberPath(elementPath(memberPath(m_path, "content"), i), "type"),
                              "must be text or image in the result of a tool");
            }
        }
    }

    void demand(bool holds, std::string_view member, std::string_view isWrong)
    {
        if (!holds) {
            m_faults.note(memberPath(m_path, member), isWrong);
        }
    }

    std::string m_path;
    FaultKeeper &m_faults;
    std::set<std::string> &m_untold;
    MessagesBlock m_block;
    std::string m_type;
    ImageSource m_source;
    bool m_hasText = false;
    bool m_hasSource = false;
};

} // namespace

std::vector<MessagesBlock> readMessagesContent(JsonValue &value,
                                               const std::string &path,
                                               FaultKeeper &faults,
                                               std::set<std::string> &untold)
{
    std::vector<MessagesBlock> blocks;
    if (const auto text = asString(value)) {
        if (!text->empty()) {
            blocks.emplace_back().text = *text;
        }
        return blocks;
    }
    std::size_t index = 0;
    const bool array = forEachElement(value, [&](JsonValue &block) {
        blocks.push_back(BlockReader(elementPath(path, index++), faults, untold).read(block));
    });
    if (!array) {
        faults.note(path, "must be a string or an array of content blocks");
    }
    return blocks;
}

} // namespace signalbox::providers
