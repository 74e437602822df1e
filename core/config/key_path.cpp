// SPDX-License-Identifier: Apache-2.0
#include "core/config/key_path.h"

#include "core/config/node.h"
#include "core/config/toml_text.h"

namespace signalbox::config {
namespace {

/// The path of what begins at \p wanted in \p node; the last one found is the innermost.
void search(const toml::node &node, const std::string &path, Position wanted, std::string &found)
{
    if (positionOf(node) == wanted && !path.empty()) {
        found = path;
    }
    if (const toml::table *table = node.as_table()) {
        for (const auto &[key, value] : *table) {
            const std::string inner = path + (path.empty() ? "" : ".") + std::string(key.str());
            const toml::source_position &begin = key.source().begin;
            if (Position{static_cast<int>(begin.line), static_cast<int>(begin.column)} == wanted) {
                found = inner;
            }
            search(value, inner, wanted, found);
        }
    } else if (const toml::array *list = node.as_array()) {
        for (std::size_t i = 0; i < list->size(); ++i) {
            search(*list->get(i), path + "[" + std::to_string(i) + "]", wanted, found);
        }
    }
}

} // namespace

std::string keyPathAt(std::string_view text, int line, int column)
{
    return keyPaths(text, {{line, column, ""}}).front();
}

std::vector<std::string> keyPaths(std::string_view text, const std::vector<Fault> &faults)
{
    const auto table = parseToml(text);
    std::vector<std::string> paths(faults.size());
    for (std::size_t i = 0; table && i < faults.size(); ++i) {
        search(*table, "", {faults[i].line, faults[i].column}, paths[i]);
    }
    return paths;
}

} // namespace signalbox::config
