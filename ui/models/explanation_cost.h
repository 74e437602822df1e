// SPDX-License-Identifier: GPL-3.0-or-later
// The arithmetic of what a request cost.
#pragma once

#include "ui/models/explanation.h"

namespace signalbox::ui {

/// Attempt by attempt, each with its tokens and prices, and the sum beside the ledger's.
[[nodiscard]] ExplanationLine costLine(const RequestRecord &record, const ExplainedBy &by);

} // namespace signalbox::ui
