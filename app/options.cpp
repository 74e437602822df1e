// SPDX-License-Identifier: Apache-2.0
#include "app/options.h"

#include "core/base/text.h"

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
};

std::string unknown(std::string_view name)
{
    std::vector<std::string> known;
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
        bool known = false;
        for (const FlagOption &option : kFlags) {
            if (option.name == name && !value) {
                options.*option.flag = true;
                known = true;
            }
        }
        for (const ValueOption &option : kValues) {
            if (option.name != name) {
                continue;
            }
            known = true;
            if (!value && i + 1 < arguments.size()) {
                value = arguments[++i];
            }
            if (!value || value->empty()) {
                return Failure{std::string(name) + " needs a value"};
            }
            options.*option.value = *value;
        }
        if (!known) {
            return Failure{unknown(name)};
        }
    }
    return options;
}

} // namespace signalbox::app
