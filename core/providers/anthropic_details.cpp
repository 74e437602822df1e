// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_details.h"

#include "core/base/json_writer.h"
#include "core/providers/anthropic_thinking.h"

#include <algorithm>

namespace signalbox::providers {

/// The entry of \p block, which is to grow by \p bytes.
AnthropicDetails::Entry &AnthropicDetails::entry(std::int64_t block, std::size_t bytes)
{
    m_bytes += bytes;
    if (m_bytes > kKeptThinkingBytesMax) {
        m_entries.clear();
    }
    if (m_entries.empty() || m_entries.back().block != block) {
        m_entries.push_back({block, {}, {}, {}}); // blocks come one after another
        m_bytes += sizeof(Entry);
    }
    return m_entries.back();
}

void AnthropicDetails::addText(std::int64_t block, std::string_view text)
{
    entry(block, text.size()).text.append(text);
}

void AnthropicDetails::addSignature(std::int64_t block, std::string_view signature)
{
    entry(block, signature.size()).signature.append(signature);
}

void AnthropicDetails::addRedacted(std::int64_t block, std::string_view data)
{
    entry(block, data.size()).data.append(data);
}

std::string AnthropicDetails::json() const
{
    const auto counts = [](const Entry &entry) {
        return !entry.signature.empty() || !entry.data.empty();
    };
    std::string out;
    if (m_bytes > kKeptThinkingBytesMax || std::ranges::none_of(m_entries, counts)) {
        return out;
    }
    JsonWriter json(out);
    json.beginArray();
    std::int64_t index = 0;
    for (const Entry &entry : m_entries) {
        if (!counts(entry)) {
            continue;
        }
        json.beginObject();
        if (entry.data.empty()) {
            json.key("type").string("reasoning.text").key("text").string(entry.text);
            json.key("signature").string(entry.signature);
        } else {
            json.key("type").string("reasoning.encrypted").key("data").string(entry.data);
        }
        json.key("format").string(kAnthropicReasoning);
        json.key("index").integer(index++).endObject();
    }
    json.endArray();
    return out;
}

} // namespace signalbox::providers
