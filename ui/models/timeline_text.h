// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline shows, in words and figures.
#pragma once

#include "ui/models/playground_run.h"

#include <QString>

#include <optional>

namespace signalbox::ui {

/// When the run ended, or how far it has come: milliseconds since it was asked.
[[nodiscard]] double endMsOf(const PlaygroundRun &run);
/// What had been spent at \p ms; an estimate before the end. Nothing where no cost is known yet, and
/// before the end where no price is.
[[nodiscard]] std::optional<Cost> costAt(const PlaygroundRun &run, double ms);
/// The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten at or above \p ms.
[[nodiscard]] double niceEnd(double ms);
/// `A: first token 310 ms, stalled for 1.2 s at 900 ms, ended at 2.1 s, $0.0021`.
[[nodiscard]] QString trackSummary(int column, const PlaygroundRun &run);
/// `A 240 characters, ≈ $0.0004`; of \p column at \p ms.
[[nodiscard]] QString instantText(int column, const PlaygroundRun &run, double ms);

} // namespace signalbox::ui
