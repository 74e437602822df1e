// SPDX-License-Identifier: Apache-2.0
#include "core/config/node.h"

#include <array>
#include <charconv>

namespace signalbox::config {

Position positionOf(const toml::node &node)
{
    const toml::source_position &begin = node.source().begin;
    return {static_cast<int>(begin.line), static_cast<int>(begin.column)};
}

std::string_view typeName(const toml::node &node)
{
    switch (node.type()) {
    case toml::node_type::table:
        return "a table";
    case toml::node_type::array:
        return "a list";
    case toml::node_type::string:
        return "a string";
    case toml::node_type::integer:
        return "a whole number";
    case toml::node_type::floating_point:
        return "a decimal number";
    case toml::node_type::boolean:
        return "a boolean";
    case toml::node_type::date:
        return "a date";
    case toml::node_type::time:
        return "a time";
    case toml::node_type::date_time:
        return "a date and time";
    case toml::node_type::none:
        break;
    }
    return "nothing";
}

std::optional<double> numberOf(const toml::node &node)
{
    if (const auto *integer = node.as_integer()) {
        return static_cast<double>(integer->get());
    }
    const auto *decimal = node.as_floating_point();
    return decimal == nullptr ? std::nullopt : std::optional(decimal->get());
}

std::string shortest(double value)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

} // namespace signalbox::config
