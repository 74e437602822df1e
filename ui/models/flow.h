// SPDX-License-Identifier: GPL-3.0-or-later
// How requests flow from routes to targets now, as values.
#pragma once

#include "ui/theme/state_glyph.h"

#include "core/telemetry/snapshot.h"

#include <QString>

#include <optional>
#include <vector>

namespace signalbox::ui {

struct FlowRoute
{
    QString name;
    double perSecond = 0;
};

struct FlowTarget
{
    TargetId target;
    QString tag;
    QString kind;
    int ordinal = 0;
    QString model;
    StateGlyph glyph;
    QString state; ///< in words
};

/// What one route sends to one target.
struct FlowBand
{
    std::size_t route = 0;
    std::size_t target = 0;
    double perSecond = 0;
    double share = 0; ///< of the route's attempts in the last minute, 0..1
    std::optional<double> planned; ///< by weight, where the strategy has one
    /// The share is further from the plan than chance explains: other targets' failures moved it.
    bool diverted = false;

    friend bool operator==(const FlowBand &, const FlowBand &) = default;
};

struct Flow
{
    std::vector<FlowRoute> routes; ///< in file order, those with shares
    std::vector<FlowTarget> targets; ///< those that a route names, in file order
    std::vector<FlowBand> bands; ///< by route, then by target
};

[[nodiscard]] Flow flowOf(const telemetry::Snapshot &snapshot, SystemTime now);

/// Whether \p actual over \p attempts is further from \p planned than 99.7 % of draws would be
/// (three standard errors of a binomial share); never below 20 attempts, nor
/// without a weight: there only rules and failover send requests.
[[nodiscard]] bool isDiverted(double planned, double actual, std::int64_t attempts);

/// `chat → openai/gpt-4.1: 58 %, 23.9 req/s; by weight 50 %, diverted`
[[nodiscard]] QString bandText(const Flow &flow, const FlowBand &band);

} // namespace signalbox::ui
