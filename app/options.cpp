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

/// Whose an option is; nothing: both programs'.
using Owner = std::optional<Program>;
constexpr Owner kBoth = std::nullopt;

struct ValueOption
{
    std::string_view name;
    std::string Options::*value;
    Owner owner;
};
struct FlagOption
{
    std::string_view name;
    bool Options::*flag;
    Owner owner;
};

constexpr std::array kValues = {
    ValueOption{"--config", &Options::config, kBoth},
    ValueOption{"--state", &Options::state, kBoth},
    ValueOption{"--listen", &Options::listen, kBoth},
    ValueOption{"--backup", &Options::backup, Program::Daemon},
    ValueOption{"--import", &Options::importFile, Program::Daemon},
    ValueOption{"--replay", &Options::replay, Program::Daemon},
    ValueOption{"--screen", &Options::screen, Program::Console},
    ValueOption{"--connect", &Options::connect, Program::Console},
    ValueOption{"--open", &Options::open, Program::Console},
    ValueOption{"--ca-file", &Options::caFile, Program::Console},
};
constexpr std::array kFlags = {
    FlagOption{"--demo", &Options::demo, kBoth},
    FlagOption{"--rehearse", &Options::rehearse, kBoth},
    FlagOption{"--check", &Options::check, Program::Daemon},
    FlagOption{"--lint", &Options::lint, Program::Daemon},
    FlagOption{"--catalogue", &Options::catalogue, Program::Daemon},
    FlagOption{"--json", &Options::json, Program::Daemon},
    FlagOption{"--no-secrets", &Options::noSecrets, Program::Daemon},
    FlagOption{"--tolerate-missing-secrets", &Options::tolerateMissingSecrets, Program::Daemon},
    FlagOption{"--help", &Options::help, kBoth},
    FlagOption{"--version", &Options::version, kBoth},
    FlagOption{"--turns", &Options::turns, Program::Console},
};

std::string unknown(Program program, std::string_view name)
{
    std::vector<std::string> known;
    known.reserve(kValues.size() + kFlags.size());
    const auto add = [&](const auto &table) {
        for (const auto &option : table) {
            if (option.owner.value_or(program) == program) {
                known.emplace_back(option.name);
            }
        }
    };
    add(kValues);
    add(kFlags);
    const auto nearest = nearestNames(name, known);
    std::string text = "unknown option " + std::string(name);
    return nearest.empty() ? text : text + "; did you mean " + nearest.front() + "?";
}

std::string notOurs(std::string_view name, Program owner)
{
    return std::string(name) + " is an option of "
           + (owner == Program::Daemon ? "signalboxd" : "the console, signalbox");
}

template <typename Table>
auto findOption(const Table &table, std::string_view name)
{
    const auto found = std::ranges::find(table, name, &Table::value_type::name);
    return found == table.end() ? nullptr : &*found;
}

} // namespace

Result<Options, std::string> readOptions(Program program, std::span<char *const> arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view name = arguments[i];
        std::optional<std::string_view> value;
        if (const auto equals = name.find('='); equals != std::string_view::npos) {
            value = name.substr(equals + 1);
            name = name.substr(0, equals);
        }
        const auto *flag = findOption(kFlags, name);
        const auto *option = findOption(kValues, name);
        if (option == nullptr && (flag == nullptr || value)) {
            return Failure{unknown(program, name)};
        }
        const Program owner = (flag != nullptr ? flag->owner : option->owner).value_or(program);
        if (owner != program) {
            return Failure{notOurs(name, owner)};
        }
        if (flag != nullptr) {
            options.*flag->flag = true;
            continue;
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
