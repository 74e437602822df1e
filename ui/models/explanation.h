// SPDX-License-Identifier: GPL-3.0-or-later
// Why a request went where it went and what that cost, line by line.
#pragma once

#include "core/domain/record.h"

#include <QString>

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

/// Route and rules, candidates with their scores and vetoes, attempts, cost: in this order, from the
/// record alone. A record that was read without its decision has no lines for it.
[[nodiscard]] std::vector<ExplanationLine> explain(const RequestRecord &record);

/// What was paid for attempts that did not answer the client. Unknown amounts are not in it.
[[nodiscard]] Money wastedCost(const RequestRecord &record);

/// The explanation as text, two blanks for each level, for the clipboard.
[[nodiscard]] QString asText(const std::vector<ExplanationLine> &lines);

} // namespace signalbox::ui
