// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/findings.h"

#include "core/base/text.h"
#include "core/config/node.h"
#include "core/config/notation.h"
#include "core/config/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace signalbox::config {
namespace {

constexpr std::size_t kNameMax = 200;
constexpr std::size_t kWordMax = 24; ///< longer ones may be keys
constexpr std::string_view kVariable = "os.environ/";

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

std::string snakeCase(std::string_view key)
{
    std::string out;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const bool begins = isUpper(key[i]) && i > 0 && !isUpper(key[i - 1]) && key[i - 1] != '_';
        out += begins ? "_" : "";
        out += toLowerAscii(key[i]);
    }
    return out;
}

bool isPrivate(std::string_view key)
{
    static constexpr std::array kWords = {"key",
                                          "token",
                                          "secret",
                                          "pass",
                                          "cred",
                                          "auth",
                                          "url",
                                          "uri",
                                          "dsn",
                                          "host",
                                          "base",
                                          "header",
                                          "salt",
                                          "license",
                                          "webhook"};
    const std::string lower = toLowerAscii(key);
    // `max_tokens` counts, and opens nothing.
    return !lower.starts_with("max_") && std::ranges::any_of(kWords, [&](const char *word) {
        return lower.find(word) != std::string::npos;
    });
}

bool isWord(std::string_view text)
{
    return !text.empty() && text.size() <= kWordMax && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || isUpper(c) || (c >= '0' && c <= '9') || c == '-'
               || c == '_' || c == '.' || c == ' ';
    });
}

std::string counted(std::size_t count, const char *one, const char *many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace

void Findings::fault(const Item &at, std::string message)
{
    m_faults.push_back({at.line, at.column, oneLine(std::move(message))});
}

void Findings::note(ImportNote::Kind kind, const Item &at, std::string path, std::string message)
{
    m_notes.push_back({kind, at.line, oneLine(std::move(path)), oneLine(std::move(message))});
}

std::vector<Fault> Findings::sortedFaults() const
{
    std::vector<Fault> sorted = m_faults;
    std::ranges::stable_sort(sorted, {}, [](const Fault &fault) {
        return std::tuple(fault.line, fault.column);
    });
    return sorted;
}

std::vector<ImportNote> Findings::sortedNotes() const
{
    std::vector<ImportNote> sorted = m_notes;
    std::ranges::stable_sort(sorted, {}, &ImportNote::line);
    return sorted;
}

std::string describe(std::string_view key, const Item &item)
{
    switch (item.kind) {
    case Item::Kind::Null:
        return "nothing";
    case Item::Kind::List:
        return "a list of " + counted(item.items.size(), "value", "values");
    case Item::Kind::Map:
        return "a table of " + counted(item.items.size(), "key", "keys");
    case Item::Kind::Scalar:
        break;
    }
    if (item.text.starts_with(kVariable)) {
        return "an environment variable";
    }
    if (isPrivate(key)) {
        return "a value that is not shown";
    }
    return isWord(item.text) ? item.text : "a text";
}

bool isName(std::string_view text)
{
    return !text.empty() && text.size() <= kNameMax && trimmed(text) == text
           && std::ranges::none_of(text, [](char c) {
                  return static_cast<unsigned char>(c) < 0x20U || c == 0x7f;
              });
}

Fields::Fields(const Item &map, std::string path, Findings &findings)
    : m_map(map)
    , m_path(std::move(path))
    , m_findings(findings)
{
    if (map.kind != Item::Kind::Map && map.kind != Item::Kind::Null) {
        findings.fault(map, (m_path.empty() ? "the file" : quoted(m_path)) + " must be a table");
    }
}

std::string Fields::pathOf(std::string_view key) const
{
    return m_path.empty() ? std::string(key) : m_path + "." + std::string(key);
}

const Item *Fields::find(std::string_view key) const
{
    for (std::size_t i = 0; i < m_map.keys.size(); ++i) {
        if (m_map.keys[i] == key || snakeCase(m_map.keys[i]) == key) {
            return &m_map.items[i];
        }
    }
    return nullptr;
}

const Item *Fields::take(std::string_view key)
{
    m_taken.emplace(key);
    const Item *item = find(key);
    return item == nullptr || item->kind == Item::Kind::Null ? nullptr : item;
}

std::optional<std::string> Fields::text(std::string_view key)
{
    const Item *item = take(key);
    if (item == nullptr) {
        return std::nullopt;
    }
    if (item->kind != Item::Kind::Scalar) {
        m_findings.fault(*item, quoted(pathOf(key)) + " must be a text");
        return std::nullopt;
    }
    return item->text;
}

std::optional<std::string> Fields::name(std::string_view key)
{
    auto found = text(key);
    if (found && !isName(*found)) {
        m_findings.fault(*take(key),
                         quoted(pathOf(key))
                             + " must be a name: 1 to 200 bytes, without control characters and "
                               "without blanks around it");
        return std::nullopt;
    }
    return found;
}

std::optional<double> Fields::number(std::string_view key, double min, double max)
{
    const Item *item = take(key);
    if (item == nullptr) {
        return std::nullopt;
    }
    if (item->kind == Item::Kind::Scalar && item->text.starts_with(kVariable)) {
        dropped(key, "the number is in an environment variable; it has to be written here");
        return std::nullopt;
    }
    const auto found = item->kind == Item::Kind::Scalar ? parseDecimal(item->text) : std::nullopt;
    if (!found || *found < min || *found > max) {
        // Beyond what anybody writes the upper end is no help.
        const std::string range = max < 1e6 ? "from " + shortest(min) + " to " + shortest(max)
                                            : "of at least " + shortest(min);
        m_findings.fault(*item, quoted(pathOf(key)) + " must be a number " + range);
        return std::nullopt;
    }
    return found;
}

std::optional<std::int64_t> Fields::whole(std::string_view key, std::int64_t min, std::int64_t max)
{
    const auto found = number(key, static_cast<double>(min), static_cast<double>(max));
    if (found && std::floor(*found) != *found) {
        m_findings.fault(*take(key), quoted(pathOf(key)) + " must be a whole number");
        return std::nullopt;
    }
    return found ? std::optional(static_cast<std::int64_t>(*found)) : std::nullopt;
}

std::optional<bool> Fields::truth(std::string_view key)
{
    const Item *item = take(key);
    if (item == nullptr) {
        return std::nullopt;
    }
    const std::string word = toLowerAscii(item->text);
    if (item->kind == Item::Kind::Scalar && (word == "true" || word == "false")) {
        return word == "true";
    }
    m_findings.fault(*item, quoted(pathOf(key)) + " must be true or false");
    return std::nullopt;
}

const Item *Fields::list(std::string_view key)
{
    const Item *item = take(key);
    if (item != nullptr && item->kind != Item::Kind::List) {
        m_findings.fault(*item, quoted(pathOf(key)) + " must be a list");
        return nullptr;
    }
    return item;
}

const Item *Fields::map(std::string_view key)
{
    const Item *item = take(key);
    if (item != nullptr && item->kind != Item::Kind::Map) {
        m_findings.fault(*item, quoted(pathOf(key)) + " must be a table");
        return nullptr;
    }
    return item;
}

void Fields::changed(std::string_view key, std::string message) const
{
    const Item *item = find(key);
    m_findings.note(ImportNote::Kind::Changed,
                    item == nullptr ? m_map : *item,
                    pathOf(key),
                    std::move(message));
}

void Fields::dropped(std::string_view key, std::string message) const
{
    const Item *item = find(key);
    m_findings.note(ImportNote::Kind::Dropped,
                    item == nullptr ? m_map : *item,
                    pathOf(key),
                    std::move(message));
}

void Fields::rest() const
{
    for (std::size_t i = 0; i < m_map.keys.size(); ++i) {
        const std::string &key = m_map.keys[i];
        if (m_taken.contains(key) || m_taken.contains(snakeCase(key))) {
            continue;
        }
        const Item &item = m_map.items[i];
        m_findings.note(ImportNote::Kind::Dropped, item, pathOf(key), "was " + describe(key, item));
    }
}

} // namespace signalbox::config
