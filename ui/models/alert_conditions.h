// SPDX-License-Identifier: GPL-3.0-or-later
// What of a snapshot the rules object to, each by itself and without memory.
#pragma once

#include "ui/models/alert_book.h"

#include "core/domain/trial.h"

#include <optional>

namespace signalbox::ui {

struct AlertCondition
{
    QString key;
    QString subject;
    QString text; ///< what was observed, and nothing about what may come of it
    bool critical = false;
    Seconds hold{0}; ///< it has to last so long
    Place place = {};
};

[[nodiscard]] std::vector<AlertCondition> alertConditions(const telemetry::Snapshot *snapshot,
                                                          const AlertRules &rules,
                                                          SystemTime now);

/// What came of a change on trial, where that was not what somebody wanted; for a day.
[[nodiscard]] std::optional<AlertCondition> trialCondition(const TrialView *trial, SystemTime now);

} // namespace signalbox::ui
