// SPDX-License-Identifier: Apache-2.0
// A map of a foreign file, read key by key: what is taken counts as understood, the rest is told.
#pragma once

#include "core/config/import/import.h"
#include "core/config/import/item.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::config {

/// What is found on the way, in any order.
class Findings
{
public:
    void fault(const Item &at, std::string message);
    void note(ImportNote::Kind kind, const Item &at, std::string path, std::string message);

    [[nodiscard]] const std::vector<Fault> &faults() const { return m_faults; }
    /// Sorted by place.
    [[nodiscard]] std::vector<Fault> sortedFaults() const;
    [[nodiscard]] std::vector<ImportNote> sortedNotes() const;

private:
    std::vector<Fault> m_faults;
    std::vector<ImportNote> m_notes;
};

/// What an item is, for a note: a number, a switch or a short word as it stands, else only its kind.
/// Nothing of it where \p key sounds like a secret or an address.
[[nodiscard]] std::string describe(std::string_view key, const Item &item);
/// A name of ours: 1 to 200 bytes without control characters and without blanks around it.
[[nodiscard]] bool isName(std::string_view text);

/// Keys are compared as `snake_case`, whichever way they are written.
class Fields
{
public:
    /// What is no map has no keys, and is a fault unless it is empty. \p path of the map itself;
    /// empty: the whole file. All three outlive it.
    Fields(const Item &map, std::string path, Findings &findings);

    [[nodiscard]] const Item &item() const { return m_map; }
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] std::string pathOf(std::string_view key) const;
    [[nodiscard]] Findings &findings() const { return m_findings; }

    /// The value, which now counts as understood; null where there is none, or an empty one.
    const Item *take(std::string_view key);
    /// Of another type: a fault.
    std::optional<std::string> text(std::string_view key);
    std::optional<std::string> name(std::string_view key);
    /// From \p min to \p max; out of it, or no number: a fault. One that an environment variable gives
    /// is told and nothing.
    std::optional<double> number(std::string_view key, double min, double max);
    std::optional<std::int64_t> whole(std::string_view key, std::int64_t min, std::int64_t max);
    std::optional<bool> truth(std::string_view key);
    const Item *list(std::string_view key);
    const Item *map(std::string_view key);

    void changed(std::string_view key, std::string message) const;
    void dropped(std::string_view key, std::string message) const;
    /// Tells of every key that was not taken, and what it was.
    void rest() const;

private:
    [[nodiscard]] const Item *find(std::string_view key) const;

    const Item &m_map;
    std::string m_path;
    Findings &m_findings;
    std::set<std::string, std::less<>> m_taken;
};

} // namespace signalbox::config
