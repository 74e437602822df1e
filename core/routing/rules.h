// SPDX-License-Identifier: Apache-2.0
// Whether a rule's conditions hold for a request.
#pragma once

#include "core/domain/decision.h"
#include "core/domain/facts.h"
#include "core/domain/settings.h"

#include <optional>
#include <string>

namespace signalbox::routing {

/// The value of the fact a condition asks about; nothing when the request has none, such as a
/// header that was not sent. Of a type that the condition's literal can be compared with.
[[nodiscard]] std::optional<Literal> valueOf(const Condition &condition, const RequestFacts &facts);

/// True when the condition holds. A fact without a value holds for nothing; a text is compared
/// with a number or a bool by what it reads as.
[[nodiscard]] bool holds(const Condition &condition, const RequestFacts &facts);

/// True when the condition holds for a fact of this value.
[[nodiscard]] bool passes(const Condition &condition, const Literal &value);

/// The condition's fact as in the file: `cjk_share`, `header.x-team`.
[[nodiscard]] std::string nameOf(const Condition &condition);

/// Tries the conditions in file order; the first that does not hold is named by
/// nameOf().
[[nodiscard]] RuleTrial tryRule(const RuleSettings &rule, const RequestFacts &facts);

} // namespace signalbox::routing
