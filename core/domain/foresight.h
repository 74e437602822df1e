// SPDX-License-Identifier: Apache-2.0
// What recorded traffic would have come to under another configuration.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/ids.h"
#include "core/domain/trial.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// The middle nine tenths of what a figure may come to.
struct EffectBand
{
    double low = 0;
    double high = 0;

    friend bool operator==(const EffectBand &, const EffectBand &) = default;
};

/// Of what was answered; nothing where nothing was.
struct EffectTimes
{
    std::optional<Micros> p50;
    std::optional<Micros> p95;
    std::optional<Micros> p99;

    friend bool operator==(const EffectTimes &, const EffectTimes &) = default;
};

/// What a part of the traffic came to, or would have. A request belongs to the target that answered
/// it or was asked last, a call and its cost to the target that was called.
struct Effect
{
    std::int64_t requests = 0;
    std::int64_t answered = 0;
    std::int64_t failed = 0; ///< told an error, for whatever reason but the next
    std::int64_t refused = 0; ///< no target had room in a limit of ours, a key or a budget
    std::int64_t abandoned = 0; ///< the client left
    /// Went where nothing is on record to say what would have come of it: in no figure but the
    /// requests.
    std::int64_t unknown = 0;
    std::int64_t calls = 0;
    std::int64_t trips = 0; ///< breakers that opened
    Money cost; ///< known amounts
    std::int64_t unknownPriceCalls = 0;
    bool estimated = false; ///< some of the cost is of tokens that we counted
    EffectTimes total;
    EffectTimes firstToken; ///< of streams

    friend bool operator==(const Effect &, const Effect &) = default;
};

/// How far the figures after the change may be off: outcomes on targets that a request did not take
/// are drawn from others', and who knows which ones it would have met.
struct EffectBands
{
    EffectBand costUsd;
    std::optional<EffectBand> p95Seconds;
    std::optional<EffectBand> firstTokenP95Seconds;
    EffectBand failedShare; ///< 0..1

    friend bool operator==(const EffectBands &, const EffectBands &) = default;
};

struct EffectRow
{
    std::string name; ///< of a target, a provider, an hour (ISO 8601); empty: all
    Effect now;
    Effect after;
    std::optional<EffectBands> bands = {}; ///< of `after`

    friend bool operator==(const EffectRow &, const EffectRow &) = default;
};

/// Requests that the change sends where the record says nothing.
struct NoDataFor
{
    TargetId target;
    std::string task;
    std::int64_t requests = 0;

    friend bool operator==(const NoDataFor &, const NoDataFor &) = default;
};

/// How many of the period's requests a rule decides.
struct RuleCatch
{
    std::string route;
    std::string rule;
    std::int64_t now = 0;
    std::int64_t after = 0;
    /// Of those that reach the rule, which asks for something that was not on record: its share may
    /// be wrong by so many.
    std::int64_t blind = 0;

    friend bool operator==(const RuleCatch &, const RuleCatch &) = default;
};

/// What a hedge, or a shadow, would bring and cost.
struct HedgeEffect
{
    std::string route;
    Millis after{0};
    double p99Change = 0; ///< -0.3: 30 % less
    double costChange = 0; ///< 0.04: 4 % more
    std::int64_t hedged = 0; ///< requests for which a second target would have been asked

    friend bool operator==(const HedgeEffect &, const HedgeEffect &) = default;
};

struct ShadowEffect
{
    std::string route;
    TargetId target;
    double share = 0;
    std::optional<Money> cost; ///< nothing: no data for it, or an unknown price

    friend bool operator==(const ShadowEffect &, const ShadowEffect &) = default;
};

struct Foresight
{
    SystemTime since{}; ///< arrival of the first request
    SystemTime until{}; ///< and of the last
    std::int64_t recorded = 0; ///< requests of the period
    std::int64_t replayed = 0; ///< fewer: a sample
    /// Whose outcome is another request's, since it went elsewhere than on record.
    std::int64_t drawn = 0;
    EffectRow all;
    std::vector<std::string> changedRoutes; ///< signalbox::changedRoutes()
    /// Of those routes' requests, as a trial counts them: those that were given up, were themselves at
    /// fault or went to one target by name are none of them, and one without room has failed.
    EffectRow changed;
    std::vector<EffectRow> targets;
    std::vector<EffectRow> providers;
    std::vector<EffectRow> hours;
    std::vector<RuleCatch> rules;
    std::vector<NoDataFor> noData;
    std::vector<HedgeEffect> hedges;
    std::vector<ShadowEffect> shadows;

    [[nodiscard]] bool isSample() const { return replayed < recorded; }
    friend bool operator==(const Foresight &, const Foresight &) = default;
};

/// What the changed routes' requests are expected to come to, each with its band. Nothing of a sample,
/// of fewer than a hundred requests, or where more than two in a hundred went where nothing is on
/// record; no cost where a price is not known.
[[nodiscard]] std::optional<ExpectedEffect> expectedOf(const Foresight &foresight);

} // namespace signalbox
