// SPDX-License-Identifier: Apache-2.0
// A change of routes that takes a share of the traffic first: what was expected of it, how it does,
// how it ended.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// A figure and the band in which it is expected: low <= value <= high.
template <typename T>
struct Expected
{
    T value{};
    T low{};
    T high{};

    friend bool operator==(const Expected &, const Expected &) = default;
};

/// What a change is expected to bring; what nobody can know is not there.
struct ExpectedEffect
{
    std::optional<Expected<double>>
        failureShare; ///< of requests that end through no doing of their client's, 0..1
    std::optional<Expected<Micros>> p95; ///< of the whole time of answered requests
    std::optional<Expected<Money>> costPerRequest; ///< all attempts

    friend bool operator==(const ExpectedEffect &, const ExpectedEffect &) = default;
};

/// What requests came to.
struct EffectFigures
{
    std::int64_t requests = 0;
    std::int64_t failed = 0;
    std::optional<Micros> p95; ///< nothing: none was answered
    std::optional<Money> costPerRequest; ///< of those whose cost is known; nothing: of none
    std::int64_t unknownPrice = 0; ///< requests whose cost is not known

    friend bool operator==(const EffectFigures &, const EffectFigures &) = default;
};

/// The three things that are watched.
enum class Watched : std::uint8_t {
    Failures,
    Time,
    Cost
};

/// How a trial ended. Whatever it was but the first two, the former configuration serves all again.
enum class TrialEnd : std::uint8_t {
    Passed, ///< the time is over and it is no worse: all take it
    TakenOver, ///< an operator did not want to wait
    MoreFailures, ///< than expected, and than of the former configuration at the same time
    Slower, ///< likewise
    Dearer, ///< likewise
    TooFewRequests, ///< the time is over, and too little was seen
    RolledBack, ///< by an operator
    Restarted, ///< the gateway stopped meanwhile
    Superseded, ///< another configuration came into force
    NotApplied, ///< it passed, but could not be put in force
};

/// `passed`, `taken_over`, `more_failures`, `slower`, `dearer`, `too_few_requests`, `rolled_back`,
/// `restarted`, `superseded`, `not_applied`
std::string_view toString(TrialEnd end);
std::optional<TrialEnd> trialEndFromString(std::string_view name);
/// It serves all now.
constexpr bool isTakenOver(TrialEnd end)
{
    return end == TrialEnd::Passed || end == TrialEnd::TakenOver;
}
/// It turned out worse, and the gateway itself went back.
constexpr bool isWorse(TrialEnd end)
{
    return end == TrialEnd::MoreFailures || end == TrialEnd::Slower || end == TrialEnd::Dearer;
}

/// What an operator asks for.
struct TrialTerms
{
    double share = 0.2; ///< of the requests of the changed routes, in (0, 0.5]
    Millis period{300'000}; ///< then it takes over all
    std::optional<ExpectedEffect> expected = {}; ///< nothing: measured of what serves now

    friend bool operator==(const TrialTerms &, const TrialTerms &) = default;
};

/// How much speaks for it being worse, 0 to 1: at 1 it is rolled back.
struct TrialDoubt
{
    double failures = 0;
    double time = 0;
    double cost = 0;

    friend bool operator==(const TrialDoubt &, const TrialDoubt &) = default;
};

/// A trial as people see it, running or ended.
struct TrialView
{
    std::int64_t number = 0; ///< grows by one
    std::string revision; ///< of the text on trial
    std::string base; ///< of the one that serves the others
    std::vector<std::string> routes; ///< that it changes
    TrialTerms terms;
    SystemTime began{};
    SystemTime until{}; ///< the end of the period
    std::string who;
    std::string why;
    std::optional<ExpectedEffect> expected; ///< that it is held to; nothing: not measured yet
    bool measured = false; ///< nobody foretold that: it is what served before
    EffectFigures onTrial;
    EffectFigures others; ///< of the former configuration, at the same time
    TrialDoubt doubt;
    std::optional<TrialEnd> end; ///< nothing: it runs
    std::optional<SystemTime> ended;
    std::string endedBy; ///< the operator; `gateway`
    std::string problem; ///< NotApplied: why, in a sentence; RolledBack: the operator's words
    std::int64_t applied = 0; ///< taken over: the revision's number; 0: it has none

    friend bool operator==(const TrialView &, const TrialView &) = default;
};

} // namespace signalbox
