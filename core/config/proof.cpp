// SPDX-License-Identifier: Apache-2.0
#include "core/config/proof.h"

#include "core/config/read.h"
#include "core/config/toml_text.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace signalbox::config {
namespace {

void sortConditions(Configuration &configuration)
{
    for (RouteSettings &route : configuration.routes) {
        for (RuleSettings &rule : route.rules) {
            std::ranges::sort(rule.when, [](const Condition &a, const Condition &b) {
                return std::tie(a.fact, a.key) < std::tie(b.fact, b.key);
            });
        }
    }
}

} // namespace

Result<Configuration, std::string> parsed(std::string_view text)
{
    auto loaded = read(text, "");
    if (!loaded) {
        const Fault &first = loaded.error().front();
        return Failure{"line " + std::to_string(first.line) + ": " + first.message};
    }
    return std::move(loaded->configuration);
}

Result<std::string, std::string> proved(std::string text, Configuration wanted)
{
    const Failure<std::string> byHand{
        "the file is written in a way that cannot be changed safely; edit it by hand"};
    if (!parseToml(text)) {
        return byHand; // its notation, not its values
    }
    auto now = parsed(text);
    if (!now) {
        return Failure{now.error()};
    }
    sortConditions(*now);
    sortConditions(wanted);
    if (!(*now == wanted)) {
        return byHand;
    }
    return text;
}

} // namespace signalbox::config
