// SPDX-License-Identifier: GPL-3.0-or-later
// A decision in words: facts, rules with the reason why not, candidates.
#pragma once

#include "core/domain/record.h"

#include <QString>

#include <utility>
#include <vector>

namespace signalbox::ui {

/// Facts that rules can ask for, each with its value.
[[nodiscard]] std::vector<std::pair<QString, QString>> factRows(const RequestFacts &facts);

struct RuleVerdict
{
    QString rule;
    bool hit = false;
    QString words; ///< `hits`, or the condition that does not hold with what the request has
};

/// In the order they were tried; those behind the one that hit were not. \p route has them.
[[nodiscard]] std::vector<RuleVerdict> ruleVerdicts(const RequestRecord &record,
                                                    const RouteSettings *route);

struct CandidateLine
{
    TargetId target;
    int place = 0; ///< from 1, the order they are asked in; 0: it cannot be asked
    QString words; ///< `60 % of tier 1`, or why it cannot be asked
};

/// Those that can be asked, in their order, then the others.
[[nodiscard]] std::vector<CandidateLine> candidateLines(const Decision &decision);

} // namespace signalbox::ui
