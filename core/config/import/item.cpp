// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/item.h"

#include "core/base/text.h"
#include "core/config/report.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>
#include <yaml-cpp/yaml.h>

namespace signalbox::config {
namespace {

constexpr std::size_t kBytesMax = std::size_t{1} << 20U;
constexpr int kDepthMax = 64;
constexpr int kItemsMax = 50'000;
constexpr std::string_view kMerge = "<<";

/// Thrown and caught in this file, as the parser's own exceptions are.
struct Refused
{
    Fault fault;
};

class Reader
{
public:
    Item read(const YAML::Node &node, int depth)
    {
        Item item;
        // An alias stands where its anchor does; what has no place of its own keeps the last one.
        if (!node.Mark().is_null()) {
            m_line = node.Mark().line + 1;
            m_column = node.Mark().column + 1;
        }
        item.line = m_line;
        item.column = m_column;
        if (depth > kDepthMax) {
            throw Refused{{m_line, m_column, "more than 64 levels, or an alias within itself"}};
        }
        if (++m_count > kItemsMax) {
            throw Refused{{m_line, m_column, "more than 50000 values"}};
        }
        if (node.IsScalar()) {
            item.kind = Item::Kind::Scalar;
            item.text = node.Scalar();
            item.isQuoted = node.Tag() == "!";
        } else if (node.IsSequence()) {
            item.kind = Item::Kind::List;
            for (const YAML::Node &entry : node) {
                item.items.push_back(read(entry, depth + 1));
            }
        } else if (node.IsMap()) {
            item.kind = Item::Kind::Map;
            readMap(node, depth, item);
        }
        return item;
    }

private:
    static void put(Item &map, const std::string &key, Item value)
    {
        const auto known = std::ranges::find(map.keys, key);
        if (known != map.keys.end()) {
            map.items[static_cast<std::size_t>(std::distance(map.keys.begin(), known))] = std::move(
                value);
            return;
        }
        map.keys.push_back(key);
        map.items.push_back(std::move(value));
    }

    /// A map's own keys win over those that are merged into it.
    void readMap(const YAML::Node &node, int depth, Item &map)
    {
        Item merged;
        for (const auto &entry : node) {
            if (!entry.first.IsScalar()) {
                const YAML::Mark mark = entry.first.Mark();
                throw Refused{{mark.line + 1, mark.column + 1, "a key must be a word"}};
            }
            const std::string key = entry.first.Scalar();
            Item value = read(entry.second, depth + 1);
            if (key != kMerge) {
                put(map, key, std::move(value));
                continue;
            }
            std::vector<Item> sources;
            if (value.kind == Item::Kind::List) {
                sources = std::move(value.items);
            } else {
                sources.push_back(std::move(value));
            }
            for (const Item &source : sources) {
                for (std::size_t i = 0; i < source.keys.size(); ++i) {
                    if (merged.find(source.keys[i]) == nullptr) {
                        put(merged, source.keys[i], source.items[i]);
                    }
                }
            }
        }
        for (std::size_t i = 0; i < merged.keys.size(); ++i) {
            if (map.find(merged.keys[i]) == nullptr) {
                put(map, merged.keys[i], merged.items[i]);
            }
        }
    }

    int m_line = 1;
    int m_column = 1;
    int m_count = 0;
};

/// JSON may have tabs where YAML may not; within its strings they are escaped.
std::string withoutTabs(std::string_view text)
{
    std::string out(text);
    if (trimmed(text).starts_with('{')) {
        std::ranges::replace(out, '\t', ' ');
    }
    return out;
}

} // namespace

const Item *Item::find(std::string_view key) const
{
    const auto found = std::ranges::find(keys, key);
    return found == keys.end()
               ? nullptr
               : &items[static_cast<std::size_t>(std::distance(keys.begin(), found))];
}

Result<Item, Fault> parseItems(std::string_view text)
{
    if (text.size() > kBytesMax) {
        return Failure{Fault{1, 1, "the file is larger than 1 MiB"}};
    }
    if (!isUtf8(text)) {
        return Failure{Fault{1, 1, "the file is not UTF-8"}};
    }
    try {
        return Reader().read(YAML::Load(withoutTabs(text)), 0);
    } catch (const Refused &refused) {
        return Failure{refused.fault};
    } catch (const YAML::Exception &wrong) {
        // What it says of an anchor repeats the file; everything else is the parser's own words.
        const std::string said = oneLine(wrong.msg);
        const std::string words = said.starts_with("the referenced anchor")
                                      ? "an alias names no anchor"
                                      : said;
        return Failure{Fault{std::max(wrong.mark.line, 0) + 1,
                             std::max(wrong.mark.column, 0) + 1,
                             "neither YAML nor JSON: " + words}};
    } catch (const std::exception &) {
        return Failure{Fault{1, 1, "neither YAML nor JSON"}};
    }
}

} // namespace signalbox::config
