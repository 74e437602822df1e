// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_details.h"

#include "core/base/json_writer.h"
#include "core/providers/reasoning_detail.h"

namespace signalbox::providers {
namespace {

void take(const ReasoningDetail &detail, GeminiSignatures &signatures)
{
    if (detail.type == "reasoning.text" && !detail.signature.empty()) {
        JsonWriter json(signatures.thoughts.emplace_back());
        json.beginObject().key("text").string(detail.text).key("thought").boolean(true);
        json.key("thoughtSignature").string(detail.signature).endObject();
    } else if (detail.type == "reasoning.encrypted" && !detail.data.empty()) {
        (detail.id.empty() ? signatures.ofText : signatures.ofCalls[detail.id]) = detail.data;
    }
}

} // namespace

void GeminiDetails::ofCall(std::string_view id, std::string_view signature)
{
    add({std::string(id), {}, std::string(signature), false});
}

void GeminiDetails::ofThought(std::string_view text, std::string_view signature)
{
    add({{}, std::string(text), std::string(signature), true});
}

void GeminiDetails::add(Entry entry)
{
    m_bytes += sizeof(Entry) + entry.id.size() + entry.text.size() + entry.signature.size();
    if (m_bytes > kKeptSignatureBytesMax) {
        m_entries.clear();
    } else {
        m_entries.push_back(std::move(entry));
    }
}

std::string GeminiDetails::json() const
{
    std::string out;
    if (m_entries.empty()) {
        return out;
    }
    JsonWriter json(out);
    json.beginArray();
    std::int64_t index = 0;
    for (const Entry &entry : m_entries) {
        json.beginObject();
        if (entry.thought) {
            json.key("type").string("reasoning.text").key("text").string(entry.text);
            json.key("signature").string(entry.signature);
        } else {
            json.key("type").string("reasoning.encrypted").key("data").string(entry.signature);
        }
        if (!entry.id.empty()) {
            json.key("id").string(entry.id);
        }
        json.key("format").string(kGeminiReasoning);
        json.key("index").integer(index++).endObject();
    }
    json.endArray();
    return out;
}

GeminiSignatures readGeminiSignatures(std::string_view reasoningDetails)
{
    GeminiSignatures signatures;
    forEachReasoningDetail(reasoningDetails,
                           kGeminiReasoning,
                           [&signatures](const ReasoningDetail &detail) {
                               take(detail, signatures);
                           });
    return signatures;
}

} // namespace signalbox::providers
