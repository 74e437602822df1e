// SPDX-License-Identifier: Apache-2.0
#include "app/options.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox::app {

namespace {

struct ValueOption
{
    std::string_view name;
    std::string Options::*value;
};
struct FlagOption
{
    std::string_view name;
    bool Options::*flag;
};

constexpr std::array kValues = {
    ValueOption{"--config", &Options::config},
    ValueOption{"--state", &Options::state},
    ValueOption{"--listen", &Options::listen},
    ValueOption{"--backup", &Options::backup},
    ValueOption{"--screen", &Options::screen},
    ValueOption{"--connect", &Options::connect},
};
constexpr std::array kFlags = {
    FlagOption{"--demo", &Options::demo},
    FlagOption{"--check", &Options::check},
    FlagOption{"--no-secrets", &Options::noSecrets},
    FlagOption{"--tolerate-missing-secrets", &Options::tolerateMissingSecrets},
    FlagOption{"--help", &Options::help},
    FlagOption{"--version", &Options::version},
    FlagOption{"--turns", &Options::turns},
};

std::string unknown(std::string_view name)
{
    std::vector<std::string> known;
    known.reserve(kValues.size() + kFlags.size());
    for (const ValueOption &option : kValues) {
        known.emplace_back(option.name);
    }
    for (const FlagOption &option : kFlags) {
        known.emplace_back(option.name);
    }
    const auto nearest = nearestNames(name, known);
    std::string text = "unknown option " + std::string(name);
    return nearest.empty() ? text : text + "; did you mean " + nearest.front() + "?";
}

template <typename Table>
auto findOption(const Table &table, std::string_view name)
{
    const auto found = std::ranges::find(table, name, &Table::value_type::name);
    return found == table.end() ? nullptr : &*found;
}

} // namespace

Result<Options, std::string> readOptions(std::span<char *const> arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view name = arguments[i];
        std::optional<std::string_view> value;
        if (const auto equals = name.find('='); equals != std::string_view::npos) {
            value = name.substr(equals + 1);
            name = name.substr(0, equals);
        }
        if (const auto *option = findOption(kFlags, name); option != nullptr && !value) {
            options.*option->flag = true;
            continue;
        }
        const auto *option = findOption(kValues, name);
        if (option == nullptr) {
            return Failure{unknown(name)};
        }
        if (!value && i + 1 < arguments.size()) {
            value = arguments[++i];
        }
        if (!value || value->empty()) {
            return Failure{std::string(name) + " needs a value"};
        }
        options.*option->value = *value;
    }
    return options;
}

} // namespace signalbox::app
