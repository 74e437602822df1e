// SPDX-License-Identifier: Apache-2.0
// Where one request goes next, and what it may wait for: what an exchange and a replay of it have in
// common.
#pragma once

#include "core/base/random.h"
#include "core/domain/decision.h"
#include "core/domain/outcome.h"
#include "core/domain/record.h"
#include "core/gateway/upstreams.h"
#include "core/resilience/attempt_budget.h"
#include "core/resilience/failure_policy.h"

#include <optional>
#include <span>
#include <vector>

namespace signalbox::gateway {

/// The targets in the order in which they are tried: those without a veto, then, since a slow answer
/// is better than none, those that stand aside.
[[nodiscard]] std::vector<TargetId> orderOf(const Decision &decision);

/// What a request knows of itself on its way.
class Traveller
{
public:
    Traveller() = default;
    virtual ~Traveller() = default;
    Traveller(const Traveller &) = delete;
    Traveller &operator=(const Traveller &) = delete;

    /// What stands in the way of a call of \p target.
    [[nodiscard]] virtual Veto vetoAt(const TargetId &target, SteadyTime at) const = 0;
    /// What the next call of \p target has of the request's prompt.
    [[nodiscard]] virtual std::int64_t promptTokensAt(const TargetId &target) const = 0;
    /// Those that ended.
    [[nodiscard]] virtual std::span<const AttemptRecord> attempts() const = 0;
    [[nodiscard]] virtual std::span<const Candidate> candidates() const = 0;
    [[nodiscard]] virtual const RetrySettings &retry() const = 0;
};

/// The same target once more.
struct Repeat
{
    bool withNextKey = false; ///< at once, if there is one
    Millis wait{0};
};

/// Whether and when \p target, which ended with \p outcome, is asked again before any other; counts
/// it in \p budget.
[[nodiscard]] std::optional<Repeat> repeatAfter(const TargetId &target,
                                                const Outcome &outcome,
                                                const Traveller &traveller,
                                                resilience::AttemptBudget &budget,
                                                SteadyTime now,
                                                Random &random);

/// A call that ended, as far as the request's way on depends on it.
struct EndedCall
{
    OutcomeClass outcome = OutcomeClass::Success;
    bool told = false; ///< the client has content of it
    bool continues = false; ///< it was asked for the rest of an answer
    bool canBeContinued = false; ///< another target may give the rest
    bool alone = true; ///< no other call of the request is in the air
    bool streamBegun = false; ///< a stream whose head said that all is well, or that had content
    StreamBreakMode onStreamBreak = StreamBreakMode::RestartBeforeContent;
};

/// Whether a failure leaves the request to another call.
[[nodiscard]] bool goesOnAfter(const EndedCall &call);

/// What can be waited for, and when it comes.
struct Awaited
{
    TargetId target;
    SteadyTime at{};
};

/// Those that limited this request may be waited for (the hint fits the cap and the deadline), the
/// earliest first. Without a hint nothing is waited for, yet another key of the provider may be free
/// at once.
[[nodiscard]] std::optional<Awaited> awaitedKey(const Traveller &traveller,
                                                const Upstreams &upstreams,
                                                const resilience::AttemptBudget &budget,
                                                SteadyTime now);

/// The candidate that has room first, if that is by \p until.
[[nodiscard]] std::optional<Awaited> awaitedRoom(const Traveller &traveller,
                                                 const Upstreams &upstreams,
                                                 SteadyTime until,
                                                 SteadyTime now);

/// A target that can serve the request, with time: it was decided for, and has done no worse than
/// limit us.
[[nodiscard]] bool mayStillServe(const Candidate &candidate, const Traveller &traveller);

/// Whether room in a limit, or a key that rests, is all that \p candidate lacks.
[[nodiscard]] bool onlyLacksRoom(const Candidate &candidate,
                                 const Traveller &traveller,
                                 SteadyTime now);

} // namespace signalbox::gateway
