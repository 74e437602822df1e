// SPDX-License-Identifier: Apache-2.0
// `reasoning_details` as OpenRouter streams them: entries in pieces, told to clients as one array.
#pragma once

#include "core/providers/json_reader.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// How much is kept; an answer with more offers none for replay.
inline constexpr std::size_t kReasoningPiecesBytesMax = std::size_t{4} << 20U;

/// Pieces with the type and index of an entry before them go on with it: their `text` and `summary`
/// are appended, a `signature` is taken when it comes. What is encrypted is whole each time.
class ReasoningPieces
{
public:
    /// Takes one delta's array, raw.
    void add(std::string_view details);
    /// The entries in the order of their beginnings; empty when there are none, or too much of them.
    [[nodiscard]] std::string json() const;

private:
    struct Member
    {
        std::string name;
        std::string value; ///< raw, but for one that grows
        bool grows = false;
    };
    struct Entry
    {
        std::string type;
        std::string index; ///< raw; empty when absent
        std::vector<Member> members;
    };

    void addEntry(JsonValue &value);
    static void goOn(Entry &entry, std::vector<Member> members);

    std::vector<Entry> m_entries;
    std::size_t m_bytes = 0;
};

} // namespace signalbox::providers
