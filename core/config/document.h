// SPDX-License-Identifier: Apache-2.0
// A TOML text that is changed in place: every byte outside a change stays as somebody wrote it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace signalbox::config {

/// Bytes from the first up to, not including, the second.
struct Extent
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Splice
{
    Extent at;
    std::string text;
};

/// A line of the file as TOML sees it: a value may go over several of the text's.
struct Line
{
    enum class Kind : std::uint8_t {
        Blank,
        Comment,
        Header, ///< `[table]` or `[[table]]`
        Entry
    };
    Kind kind = Kind::Blank;
    Extent at; ///< its end included
};

/// The text's lines; \p text must be valid TOML.
[[nodiscard]] std::vector<Line> linesOf(std::string_view text);
/// The end of lines that \p text has: `\n` or `\r\n`.
[[nodiscard]] std::string_view lineEndOf(std::string_view text);
/// A TOML basic string.
[[nodiscard]] std::string quotedText(std::string_view text);
/// Whether the node's value stands behind its key, not under headers or dotted keys of its own.
[[nodiscard]] bool isInPlace(const toml::node &node);

class Document
{
public:
    /// \pre \p text is valid TOML
    explicit Document(std::string_view text);

    [[nodiscard]] const std::string &text() const { return m_text; }
    /// Whether a change made it invalid; it has no nodes then, and changes do nothing.
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] const toml::table &root() const { return m_root; }
    /// By a path such as `route[0].rule[1]`; null where there is no such table or list.
    [[nodiscard]] const toml::table *table(const std::string &path) const;
    [[nodiscard]] const toml::array *list(const std::string &path) const;
    [[nodiscard]] Extent extentOf(const toml::node &node) const;

    /// Puts \p value, as TOML writes it, behind \p key of the table at \p path: in place of the one
    /// that is there, or behind the entry \p after, or behind the table's last one.
    void set(const std::string &path,
             std::string_view key,
             const std::string &value,
             std::string_view after = {});
    /// Takes the lines of the entry away. \pre the table is not an inline one
    void remove(const toml::key &key, const toml::node &value);
    /// Replaces; the splices do not overlap.
    void splice(std::vector<Splice> splices);
    /// The byte at which a place begins: its column counts code points.
    [[nodiscard]] std::size_t offsetOf(const toml::source_position &place) const;

private:
    void insert(const toml::table &table,
                std::string_view key,
                const std::string &value,
                std::string_view after);
    void parse();

    std::string m_text;
    toml::table m_root;
    bool m_broken = false;
};

} // namespace signalbox::config
