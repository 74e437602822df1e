// SPDX-License-Identifier: Apache-2.0
#include "core/providers/reasoning_pieces.h"

#include "core/base/json_writer.h"

#include <algorithm>
#include <utility>

namespace signalbox::providers {

void ReasoningPieces::add(std::string_view details)
{
    // What was gathered must not grow without bound, nor be offered with a part missing.
    m_bytes += details.size();
    if (m_bytes > kReasoningPiecesBytesMax) {
        m_entries.clear();
        return;
    }
    JsonReader reader; // the answer's own is in use
    if (auto root = reader.open(details)) {
        forEachElement(*root, [this](JsonValue &value) { addEntry(value); });
    }
}

void ReasoningPieces::addEntry(JsonValue &value)
{
    Entry piece;
    forEachMember(value, [&piece](std::string_view name, JsonValue &member) {
        if (name == "type") {
            piece.type = stringOrEmpty(member);
        } else if (name == "index") {
            piece.index = rawJson(member);
        }
        const bool text = (name == "text" || name == "summary")
                          && typeOf(member) == JsonType::string;
        piece.members.push_back(
            {std::string(name), text ? stringOrEmpty(member) : std::string(rawJson(member)), text});
    });
    const auto known = std::ranges::find_if(m_entries, [&piece](const Entry &entry) {
        return entry.type == piece.type && entry.index == piece.index;
    });
    if (known == m_entries.end() || piece.type == "reasoning.encrypted") {
        m_entries.push_back(std::move(piece));
    } else {
        goOn(*known, std::move(piece.members));
    }
}

void ReasoningPieces::goOn(Entry &entry, std::vector<Member> members)
{
    for (Member &member : members) {
        const auto known = std::ranges::find(entry.members, member.name, &Member::name);
        if (known == entry.members.end()) {
            entry.members.push_back(std::move(member));
        } else if (known->grows && member.grows) {
            known->value += member.value;
        } else if (known->value == "null") {
            *known = std::move(member);
        }
    }
}

std::string ReasoningPieces::json() const
{
    std::string out;
    if (m_entries.empty()) {
        return out;
    }
    JsonWriter json(out);
    json.beginArray();
    for (const Entry &entry : m_entries) {
        json.beginObject();
        for (const Member &member : entry.members) {
            json.anyKey(member.name);
            member.grows ? json.string(member.value) : json.raw(member.value);
        }
        json.endObject();
    }
    json.endArray();
    return out;
}

} // namespace signalbox::providers
