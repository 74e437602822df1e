// SPDX-License-Identifier: Apache-2.0
#include "core/config/document.h"

#include "core/base/text.h"
#include "core/config/toml_text.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

/// Reads past one piece of a value: a string, a comment, a bracket or any other byte.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    /// From the line's beginning to behind its end.
    std::size_t lineEnd(std::size_t at) const
    {
        int depth = 0;
        while (at < m_text.size()) {
            const char c = m_text[at];
            if (c == '\n' && depth == 0) {
                return at + 1;
            }
            depth += c == '[' || c == '{' ? 1 : 0;
            depth -= c == ']' || c == '}' ? 1 : 0;
            at = c == '#' ? std::min(m_text.find('\n', at), m_text.size())
                          : (c == '"' || c == '\'' ? behindString(at) : at + 1);
        }
        return at;
    }

private:
    [[nodiscard]] std::size_t behindString(std::size_t at) const
    {
        const char quote = m_text[at];
        const std::string three(3, quote);
        const bool isLong = m_text.substr(at, 3) == three;
        at += isLong ? 3 : 1;
        while (at < m_text.size()) {
            if (m_text[at] == '\\' && quote == '"') {
                at += 2;
            } else if (isLong && m_text.substr(at, 3) == three) {
                // Up to two quotes more belong to the string (TOML 1.0, multi-line strings).
                at += 3;
                for (int more = 0; more < 2 && at < m_text.size() && m_text[at] == quote; ++more) {
                    ++at;
                }
                return at;
            } else if (!isLong && m_text[at] == quote) {
                return at + 1;
            } else {
                ++at;
            }
        }
        return at;
    }

    std::string_view m_text;
};

struct Sibling
{
    const toml::key *key = nullptr;
    const toml::node *value = nullptr;
};

Sibling siblingFor(const toml::table &table, std::string_view wanted);

/// An entry of a table in \p table that is written with dots: its line begins as the table's do.
Sibling dottedSibling(const toml::table &table)
{
    for (const auto &[key, value] : table) {
        const toml::table *inner = value.as_table();
        const Sibling last = inner == nullptr ? Sibling() : siblingFor(*inner, "");
        const auto isOnLineOf = [&key](const auto &entry) {
            return entry.first.source().begin.line == key.source().begin.line;
        };
        if (last.key != nullptr && std::any_of(inner->begin(), inner->end(), isOnLineOf)) {
            return {&key, last.value};
        }
    }
    return {};
}

/// The entry \p wanted of the table, else its last one; none: it has no entries of its own.
Sibling siblingFor(const toml::table &table, std::string_view wanted)
{
    Sibling last;
    for (const auto &[key, value] : table) {
        if (!isInPlace(value)) {
            continue;
        }
        if (key.str() == wanted) {
            return {&key, &value};
        }
        const toml::source_position &end = value.source().end;
        const auto isLater = [&end](const toml::source_position &other) {
            return std::pair(end.line, end.column) > std::pair(other.line, other.column);
        };
        if (last.value == nullptr || isLater(last.value->source().end)) {
            last = {&key, &value};
        }
    }
    return last.key == nullptr ? dottedSibling(table) : last;
}

Line::Kind kindOf(std::string_view line)
{
    const auto first = line.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return Line::Kind::Blank;
    }
    return line[first] == '#'   ? Line::Kind::Comment
           : line[first] == '[' ? Line::Kind::Header
                                : Line::Kind::Entry;
}

} // namespace

std::vector<Line> linesOf(std::string_view text)
{
    const Scanner scanner(text);
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = scanner.lineEnd(at);
        lines.push_back({kindOf(text.substr(at, end - at)), {at, end}});
        at = end;
    }
    return lines;
}

std::string_view lineEndOf(std::string_view text)
{
    return text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
}

std::string quotedText(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (byte < 0x20 || byte == 0x7F) {
            out += {'\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            out += c;
        }
    }
    return out + '"';
}

bool isInPlace(const toml::node &node)
{
    if (const toml::table *table = node.as_table()) {
        return table->is_inline();
    }
    const toml::array *list = node.as_array();
    return list == nullptr || list->empty() || isInPlace(*list->get(0));
}

Document::Document(std::string_view text)
    : m_text(text)
{
    parse();
}

void Document::parse()
{
    auto parsed = parseToml(m_text);
    m_broken = !parsed.ok();
    m_root = parsed ? std::move(*parsed) : toml::table();
}

const toml::table *Document::table(const std::string &path) const
{
    return path.empty() ? &m_root : m_root.at_path(path).as_table();
}

const toml::array *Document::list(const std::string &path) const
{
    return m_root.at_path(path).as_array();
}

std::size_t Document::offsetOf(const toml::source_position &place) const
{
    std::size_t at = 0;
    for (toml::source_index line = 1; line < place.line; ++line) {
        at = std::min(m_text.find('\n', at), m_text.size() - 1) + 1;
    }
    for (toml::source_index column = 1; column < place.column && at < m_text.size(); ++column) {
        nextCodePoint(m_text, at);
    }
    return at;
}

Extent Document::extentOf(const toml::node &node) const
{
    return {offsetOf(node.source().begin), offsetOf(node.source().end)};
}

void Document::set(const std::string &path,
                   std::string_view key,
                   const std::string &value,
                   std::string_view after)
{
    const toml::table *owner = table(path);
    if (owner == nullptr) {
        return;
    }
    if (const toml::node *old = owner->get(key); old != nullptr) {
        splice({{extentOf(*old), value}});
    } else {
        insert(*owner, key, value, after);
    }
}

void Document::insert(const toml::table &table,
                      std::string_view key,
                      const std::string &value,
                      std::string_view after)
{
    const auto [anchor, node] = siblingFor(table, after);
    const std::string entry = std::string(key) + " = " + value;
    if (table.is_inline()) {
        const Extent whole = extentOf(table);
        const std::size_t at = node == nullptr ? 0 : extentOf(*node).end;
        splice({node == nullptr ? Splice{whole, "{ " + entry + " }"}
                                : Splice{{at, at}, ", " + entry}});
        return;
    }
    // Behind a sibling the line begins as the sibling's does: its indent, its dotted table.
    const std::size_t place = node == nullptr ? extentOf(table).end : extentOf(*node).end;
    std::string before;
    if (anchor != nullptr) {
        const std::size_t name = offsetOf(anchor->source().begin);
        const std::size_t line = name == 0 ? 0 : m_text.rfind('\n', name - 1) + 1;
        before = m_text.substr(line, name - line);
    }
    const std::size_t end = std::min(m_text.find_first_of("\r\n", place), m_text.size());
    splice({{{end, end}, std::string(lineEndOf(m_text)) + before + entry}});
}

void Document::remove(const toml::key &key, const toml::node &value)
{
    const std::size_t name = offsetOf(key.source().begin);
    const std::size_t begin = name == 0 ? 0 : m_text.rfind('\n', name - 1) + 1;
    const std::size_t end = std::min(m_text.find('\n', extentOf(value).end), m_text.size() - 1) + 1;
    splice({{{begin, end}, ""}});
}

void Document::splice(std::vector<Splice> splices)
{
    std::ranges::stable_sort(splices, {}, [](const Splice &each) { return each.at.begin; });
    std::string out;
    std::size_t at = 0;
    for (const Splice &each : splices) {
        out.append(m_text, at, each.at.begin - at);
        out += each.text;
        at = each.at.end;
    }
    out.append(m_text, at);
    m_text = std::move(out);
    parse();
}

} // namespace signalbox::config
