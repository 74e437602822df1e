// SPDX-License-Identifier: GPL-3.0-or-later
// Routes, rules and their conditions in words.
#pragma once

#include "core/domain/facts.h"
#include "core/domain/settings.h"

#include <QString>

namespace signalbox::ui::text {

/// `CJK share`, `Task`: as an editor lists them.
QString factName(Fact fact);
/// What the fact is, in a sentence.
QString factHint(Fact fact);
/// The unit of the fact's number as a suffix: ` %`, ` tokens`; empty: it has none.
QString factUnit(Fact fact);

/// Its number is from 0 to 1 in the file and in percent on screen.
bool isShare(Fact fact);

/// `CJK share over 40 %`, `task is code or translation`.
QString conditionText(const Condition &condition);
/// All conditions, joined by "and".
QString whenText(const RuleSettings &rule);
/// What the request is for this condition: `12 %`, `code`; a dash: nothing.
QString factValue(const Condition &condition, const RequestFacts &facts);

QString strategyName(Strategy strategy);
/// What it does, in a sentence.
QString strategyHint(Strategy strategy);
QString streamBreakName(StreamBreakMode mode);
/// What of it a route has; nothing: what all have.
QString routeCacheName(std::optional<CacheMode> mode);

} // namespace signalbox::ui::text
