// SPDX-License-Identifier: GPL-3.0-or-later
// Why a request went where it went and what that cost, line by line.
#pragma once

#include "ui/attempt_bill.h"

#include "core/domain/record.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace signalbox::ui {

struct ExplanationLine
{
    enum class Tone {
        Plain,
        Quiet, ///< what came to nothing, such as a rule that did not match
        Good,
        Bad
    };
    QString text = {};
    Tone tone = Tone::Plain;
    std::vector<ExplanationLine> parts = {};
};

/// What the running configuration says of a record; both may be empty.
struct ExplainedBy
{
    std::function<std::optional<AttemptBill>(const AttemptRecord &attempt, SystemTime started)>
        bill;
    std::function<std::optional<Decision>(const RequestRecord &record)> decideAgain;
};

/// Route and rules, candidates with their scores and vetoes, attempts, cost, and what would be decided
/// today: in this order. A record that was read without its decision has no lines for it.
[[nodiscard]] std::vector<ExplanationLine> explain(const RequestRecord &record,
                                                   const ExplainedBy &by = {});

/// What was paid for attempts that did not answer the client. Unknown amounts are not in it.
[[nodiscard]] Money wastedCost(const RequestRecord &record);

/// The explanation as text, two blanks for each level, for the clipboard.
[[nodiscard]] QString asText(const std::vector<ExplanationLine> &lines);

} // namespace signalbox::ui
