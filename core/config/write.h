// SPDX-License-Identifier: Apache-2.0
// Values of a route as the file writes them; what is a default is left out.
#pragma once

#include "core/domain/settings.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::config {

/// The shortest number that reads back as \p value.
[[nodiscard]] std::string numberText(double value);
/// Seconds, with as many decimals as they have milliseconds.
[[nodiscard]] std::string secondsText(Millis value);
/// `"> 0.4"`, `true`, `["a", "b"]`
[[nodiscard]] std::string matcherText(const Matcher &matcher);
/// The key of a condition: `cjk_share`, `"header.x-team"`.
[[nodiscard]] std::string conditionKey(const Condition &condition);
/// `{ cjk_share = "> 0.4", stream = true }`
[[nodiscard]] std::string whenText(const std::vector<Condition> &when);
/// `{ target = "a/b", weight = 30 }`
[[nodiscard]] std::string targetText(const TargetChoice &choice);
[[nodiscard]] std::string targetsText(const std::vector<TargetChoice> &choices);
/// The same under a header of its own, a line for each key.
[[nodiscard]] std::string targetBlock(const TargetChoice &choice,
                                      std::string_view header,
                                      std::string_view lineEnd);
/// A rule of a route whose strategy is \p inherited.
[[nodiscard]] std::string ruleText(const RuleSettings &rule, Strategy inherited);
[[nodiscard]] std::string ruleBlock(const RuleSettings &rule,
                                    Strategy inherited,
                                    std::string_view lineEnd);
/// Keys and values of an inline table.
using Entries = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Entries entriesOf(const ProposeSettings &propose);
/// What a route may say in one key each, besides what it is for: `hedge_after_s`, `affinity`, `eject_slow`,
/// `propose`, `shadow`, `comment_s`, `cache`; what is a default is left out.
[[nodiscard]] Entries extrasOf(const RouteSettings &route);
[[nodiscard]] std::string routeText(const RouteSettings &route);
[[nodiscard]] std::string routeBlock(const RouteSettings &route, std::string_view lineEnd);

} // namespace signalbox::config
