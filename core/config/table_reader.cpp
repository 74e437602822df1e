// SPDX-License-Identifier: Apache-2.0
#include "core/config/table_reader.h"

#include "core/config/availability.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox::config {

TableReader::TableReader(const toml::table &table, std::string place, Report &report)
    : m_table(&table)
    , m_place(std::move(place))
    , m_report(&report)
{}

Position TableReader::position() const
{
    return positionOf(*m_table);
}

bool TableReader::has(std::string_view key) const
{
    return m_table->contains(key);
}

bool TableReader::isEmptyList(std::string_view key) const
{
    const toml::array *list = m_table->get_as<toml::array>(key);
    return list != nullptr && list->empty();
}

Position TableReader::at(std::string_view key) const
{
    const toml::node *node = m_table->get(key);
    return node == nullptr ? position() : positionOf(*node);
}

std::vector<TableReader::Entry> TableReader::entries() const
{
    std::vector<Entry> entries;
    for (const auto &[key, node] : *m_table) {
        const toml::source_position &begin = key.source().begin;
        entries.push_back({std::string(key.str()),
                           {static_cast<int>(begin.line), static_cast<int>(begin.column)},
                           &node});
    }
    std::ranges::sort(entries, {}, &Entry::at);
    return entries;
}

std::optional<TableReader> TableReader::table(std::string_view key)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const toml::table *table = node->as_table();
    if (table == nullptr) {
        wrongType(key, "a table", *node);
        return std::nullopt;
    }
    const std::string place = m_place.empty() ? std::string(key) : m_place + '.' + std::string(key);
    return TableReader(*table, place, *m_report);
}

std::vector<TableReader> TableReader::tables(std::string_view key)
{
    std::vector<TableReader> readers;
    const toml::node *node = find(key);
    if (node == nullptr) {
        return readers;
    }
    const std::string place = m_place.empty() ? std::string(key) : m_place + '.' + std::string(key);
    const toml::array *list = node->as_array();
    if (list == nullptr) {
        wrongType(key, "a list of tables (write [[" + place + "]])", *node);
        return readers;
    }
    for (const toml::node &element : *list) {
        if (const toml::table *table = element.as_table()) {
            readers.emplace_back(*table, place, *m_report);
        } else {
            wrongType(key, "a list of tables", element);
        }
    }
    return readers;
}

bool TableReader::require(std::string_view key)
{
    if (has(key)) {
        return true;
    }
    m_report->fault(position(), quoted(key) + " is missing in " + quoted(m_place));
    return false;
}

void TableReader::finish()
{
    for (const Entry &entry : entries()) {
        if (isUnavailable(m_place, entry.key)) {
            m_report->fault(entry.at, unavailableMessage(entry.key));
        } else if (std::ranges::find(m_known, entry.key) == m_known.end()) {
            m_report->fault(entry.at,
                            "unknown key " + quoted(entry.key) + didYouMean(entry.key, m_known));
        }
    }
}

const toml::node *TableReader::find(std::string_view key)
{
    if (std::ranges::find(m_known, key) == m_known.end()) {
        m_known.emplace_back(key);
    }
    return m_table->get(key);
}

void TableReader::wrongType(std::string_view key,
                            std::string_view expected,
                            const toml::node &found)
{
    const auto *string = found.as_string();
    const bool isEmpty = string != nullptr && string->get().empty();
    m_report->fault(positionOf(found),
                    quoted(key) + " must be " + std::string(expected) + ", found "
                        + (isEmpty ? "an empty string" : std::string(typeName(found))));
}

void TableReader::outOfRange(std::string_view key, double min, double max, bool bounded)
{
    const auto plain = [](double value) {
        const bool isWhole = value == std::floor(value) && std::abs(value) < 1e15;
        return isWhole ? std::to_string(static_cast<std::int64_t>(value)) : shortest(value);
    };
    m_report->fault(at(key),
                    quoted(key) + " must be "
                        + (bounded ? "between " + plain(min) + " and " + plain(max)
                                   : "at least " + plain(min)));
}

} // namespace signalbox::config
