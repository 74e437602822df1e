// SPDX-License-Identifier: GPL-3.0-or-later
// The same question several times: what its answers took on average, and how far they lie apart.
#pragma once

#include "ui/models/playground_run.h"

#include <QString>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// Of at least two values.
struct Spread
{
    int count = 0;
    double mean = 0;
    double deviation = 0; ///< of the sample: by n - 1
    double least = 0;
    double most = 0;

    friend bool operator==(const Spread &, const Spread &) = default;
};

/// Nothing for fewer than two values.
[[nodiscard]] std::optional<Spread> spreadOf(const std::vector<double> &values);

/// Of the runs that are complete.
struct PlaygroundSeries
{
    int runs = 0; ///< those that have ended, however
    int complete = 0;
    std::optional<Spread> firstTokenMs = {};
    std::optional<Spread> totalMs = {};
    std::optional<Spread> tokens = {}; ///< of the answers
    std::optional<Spread> costNanos = {}; ///< nothing where one has no known cost
    bool estimated = false; ///< a token or a cost is

    friend bool operator==(const PlaygroundSeries &, const PlaygroundSeries &) = default;
};

[[nodiscard]] PlaygroundSeries seriesOf(const std::vector<PlaygroundRun> &runs);
/// `3 of 4 complete · total 2.1 s ± 0.2 s (1.9 s to 2.4 s) · …`; empty for fewer than two runs.
[[nodiscard]] QString seriesText(const PlaygroundSeries &series);

} // namespace signalbox::ui
