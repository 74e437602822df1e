// SPDX-License-Identifier: Apache-2.0
#include "core/config/list_edit.h"

#include <algorithm>
#include <set>
#include <utility>

namespace signalbox::config {
namespace {

// ---- values between brackets ---------------------------------------------------------------------

/// An element and what stands around it up to its neighbours.
struct Item
{
    std::string lead; ///< before it: comments above it, and the indent
    std::string value;
    std::string before; ///< between it and its comma
    std::string after; ///< behind its comma, up to the line's end
};

struct Items
{
    std::string head; ///< behind the bracket, up to the line's end
    std::vector<Item> items;
    bool comma = false; ///< there is one behind the last
    std::string foot; ///< before the closing bracket

    [[nodiscard]] bool hasComments() const
    {
        return std::ranges::any_of(items, [](const Item &item) {
            return (item.lead + item.before + item.after).find('#') != std::string::npos;
        });
    }
    [[nodiscard]] bool hasLines() const
    {
        return head.find('\n') != std::string::npos
               || std::ranges::any_of(items, [](const Item &item) {
                      return item.after.find('\n') != std::string::npos;
                  });
    }
};

/// \p text up to behind its first line's end, and the rest; all of it is the rest where there is
/// no end.
std::pair<std::string, std::string> cutLine(std::string_view text)
{
    const std::size_t end = text.find('\n') + 1; // 0: none
    return {std::string(text.substr(0, end)), std::string(text.substr(end))};
}

/// The comma in what stands between two values; npos: there is none.
std::size_t commaIn(std::string_view between)
{
    for (std::size_t at = 0; at < between.size(); ++at) {
        if (between[at] == ',') {
            return at;
        }
        if (between[at] == '#') {
            at = std::min(between.find('\n', at), between.size());
        }
    }
    return std::string_view::npos;
}

Items itemsOf(const Document &document, const toml::array &list)
{
    Items out;
    const std::string_view text = document.text();
    const Extent whole = document.extentOf(list);
    std::size_t at = whole.begin + 1;
    std::string lead;
    for (const toml::node &node : list) {
        const Extent place = document.extentOf(node);
        const std::string_view between = text.substr(at, place.begin - at);
        if (out.items.empty()) {
            std::tie(out.head, lead) = cutLine(between);
        } else {
            const std::size_t comma = commaIn(between);
            out.items.back().before = between.substr(0, comma);
            std::tie(out.items.back().after, lead) = cutLine(between.substr(comma + 1));
        }
        out.items.push_back(
            {lead, std::string(text.substr(place.begin, place.end - place.begin)), "", ""});
        at = place.end;
    }
    std::string_view rest = text.substr(at, whole.end - 1 - at);
    if (out.items.empty()) {
        out.head = rest;
        return out;
    }
    const std::size_t comma = commaIn(rest);
    out.comma = comma != std::string_view::npos;
    if (out.comma) {
        out.items.back().before = rest.substr(0, comma);
        rest.remove_prefix(comma + 1);
    }
    std::tie(out.items.back().after, out.foot) = cutLine(rest);
    return out;
}

/// What stands around the element at \p k of \p count where nobody's comments are in the way.
Item slot(const Items &items, std::size_t k, std::size_t count)
{
    const std::size_t size = items.items.size();
    if (size == 0) {
        return {k == 0 ? "" : " ", "", "", ""};
    }
    Item out;
    const bool alone = size == 1 && k > 0;
    out.lead = alone && !items.hasLines() ? " " : items.items[std::min(k, size - 1)].lead;
    const std::size_t middle = size == 1 ? 0 : size - 2;
    out.after = k + 1 == count ? items.items.back().after : items.items[std::min(k, middle)].after;
    return out;
}

/// The blanks that a new element's line begins with, and the end of its line.
Item bare(Item item, std::string_view lineEnd)
{
    item.lead = item.lead.substr(item.lead.rfind('\n') + 1);
    item.after = item.after.find('\n') == std::string::npos ? "" : std::string(lineEnd);
    return item;
}

void arrangeInPlace(Document &document, const toml::array &list, const std::vector<Element> &wanted)
{
    const Items items = itemsOf(document, list);
    const bool commented = items.hasComments();
    const std::string lineEnd(lineEndOf(document.text()));
    std::string out = "[" + items.head;
    for (std::size_t k = 0; k < wanted.size(); ++k) {
        const auto &old = wanted[k].old;
        Item item = slot(items, k, wanted.size());
        if (commented) {
            item = old ? items.items[*old] : bare(std::move(item), lineEnd);
        }
        if (item.lead.find('#') != std::string::npos && !out.ends_with('\n')) {
            out += lineEnd; // a comment above it must not become its neighbour's
        }
        out += item.lead + (old ? items.items[*old].value : wanted[k].inPlace) + item.before;
        out += k + 1 < wanted.size() || items.comma ? "," : "";
        out += item.after;
    }
    const bool endsLine = !items.items.empty() && items.items.back().after.ends_with('\n');
    if (endsLine && !out.ends_with('\n')) {
        out += lineEnd;
    }
    document.splice({{document.extentOf(list), out + items.foot + "]"}});
}

// ---- blocks under headers ------------------------------------------------------------------------

void collectPlaces(const Document &document, const toml::node &node, std::set<std::size_t> &out)
{
    if (const toml::table *table = node.as_table()) {
        out.insert(document.extentOf(*table).begin);
        for (const auto &[key, value] : *table) {
            collectPlaces(document, value, out);
        }
    } else if (const toml::array *list = node.as_array()) {
        for (const toml::node &each : *list) {
            collectPlaces(document, each, out);
        }
    }
}

/// The element's lines, those of the tables in it, and the comments right above its header.
Extent blockOf(const Document &document, const std::vector<Line> &lines, const toml::node &element)
{
    std::set<std::size_t> places;
    collectPlaces(document, element, places);
    const auto isOwn = [&](const Line &line) {
        const std::size_t header = document.text().find_first_not_of(" \t", line.at.begin);
        return line.kind == Line::Kind::Header && places.contains(header);
    };
    const auto first = std::ranges::find_if(lines, isOwn);
    auto begin = first;
    while (begin != lines.begin() && std::prev(begin)->kind == Line::Kind::Comment) {
        --begin;
    }
    std::size_t end = 0;
    for (auto line = first; line != lines.end(); ++line) {
        if (line->kind == Line::Kind::Header && !isOwn(*line)) {
            break;
        }
        const bool counts = line->kind == Line::Kind::Header || line->kind == Line::Kind::Entry;
        end = counts ? line->at.end : end;
    }
    return {begin == lines.end() ? 0 : begin->at.begin, end};
}

/// Behind the blank lines that follow \p at.
std::size_t behindBlanks(const std::vector<Line> &lines, std::size_t at)
{
    for (const Line &line : lines) {
        if (line.at.begin == at && line.kind == Line::Kind::Blank) {
            at = line.at.end;
        }
    }
    return at;
}

/// Before the blank lines that end at \p at.
std::size_t beforeBlanks(const std::vector<Line> &lines, std::size_t at)
{
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (line->at.end == at && line->kind == Line::Kind::Blank) {
            at = line->at.begin;
        }
    }
    return at;
}

class Blocks
{
public:
    Blocks(const Document &document, const toml::array &list)
        : m_text(document.text())
        , m_lines(linesOf(m_text))
        , m_lineEnd(lineEndOf(m_text))
    {
        for (const toml::node &element : list) {
            m_blocks.push_back(blockOf(document, m_lines, element));
        }
    }

    std::vector<Splice> arranged(const std::vector<Element> &wanted)
    {
        const std::vector<std::size_t> slots = kept(wanted);
        std::size_t next = 0; // the slot that the next of the old ones comes to
        for (const Element &element : wanted) {
            if (element.old) {
                const Extent place = m_blocks[slots[next]];
                if (*element.old != slots[next]) {
                    m_splices.push_back({place, closed(m_blocks[*element.old])});
                }
                ++next;
            } else if (next < slots.size() || slots.empty()) {
                const std::size_t at = m_blocks[slots.empty() ? 0 : slots[next]].begin;
                m_splices.push_back({{at, at}, element.block + m_lineEnd});
            } else {
                const std::size_t at = m_blocks[slots.back()].end;
                const bool open = at > 0 && m_text[at - 1] != '\n';
                m_splices.push_back(
                    {{at, at}, (open ? m_lineEnd : "") + m_lineEnd + element.block});
            }
        }
        // Last, so that what is inserted where something goes comes first.
        for (const Extent &gone : gaps(slots)) {
            m_splices.push_back({gone, ""});
        }
        return std::move(m_splices);
    }

private:
    /// What goes with the blocks outside \p slots: the blank lines behind them, or where the text
    /// ends with them, those before.
    [[nodiscard]] std::vector<Extent> gaps(const std::vector<std::size_t> &slots) const
    {
        std::vector<Extent> gaps;
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            if (std::ranges::find(slots, i) != slots.end()) {
                continue;
            }
            const Extent block{m_blocks[i].begin, behindBlanks(m_lines, m_blocks[i].end)};
            if (!gaps.empty() && gaps.back().end == block.begin) {
                gaps.back().end = block.end;
            } else {
                gaps.push_back(block);
            }
        }
        if (!gaps.empty() && gaps.back().end == m_text.size()) {
            gaps.back().begin = beforeBlanks(m_lines, gaps.back().begin);
        }
        return gaps;
    }
    /// Those that stay, in the text's order.
    [[nodiscard]] std::vector<std::size_t> kept(const std::vector<Element> &wanted) const
    {
        std::vector<std::size_t> slots;
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            if (std::ranges::find(wanted, std::optional(i), &Element::old) != wanted.end()) {
                slots.push_back(i);
            }
        }
        return slots;
    }
    [[nodiscard]] std::string closed(Extent block) const
    {
        std::string text(m_text.substr(block.begin, block.end - block.begin));
        return text.ends_with('\n') ? text : text + m_lineEnd;
    }

    std::string_view m_text;
    std::vector<Line> m_lines;
    std::string m_lineEnd;
    std::vector<Extent> m_blocks;
    std::vector<Splice> m_splices;
};

bool isAsItIs(const toml::array &list, const std::vector<Element> &wanted)
{
    bool same = wanted.size() == list.size();
    for (std::size_t i = 0; same && i < wanted.size(); ++i) {
        same = wanted[i].old == i;
    }
    return same;
}

} // namespace

void arrange(Document &document, const std::string &path, const std::vector<Element> &wanted)
{
    const toml::array *list = document.list(path);
    if (list == nullptr || isAsItIs(*list, wanted)) {
        return;
    }
    if (isInPlace(*list)) {
        arrangeInPlace(document, *list, wanted);
    } else {
        document.splice(Blocks(document, *list).arranged(wanted));
    }
}

std::size_t endOfBlock(const Document &document, const toml::table &element)
{
    return blockOf(document, linesOf(document.text()), element).end;
}

} // namespace signalbox::config
