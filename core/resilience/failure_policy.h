// SPDX-License-Identifier: Apache-2.0
// What counts as what: the contract's table of failures as data.
#pragma once

#include "core/domain/outcome.h"

#include <cstdint>

namespace signalbox::resilience {

/// Whether the same target is asked again.
enum class SameTarget : std::uint8_t {
    No,
    WithBackoff, ///< `same_target` times
    WithNextKey, ///< as long as there is another usable key
    AfterHint, ///< waits for the hint, if no other target is free; see waitForHint()
};

/// Whether the next candidate is asked.
enum class NextTarget : std::uint8_t {
    No,
    Yes,
    IfRouteSaysSo,
    ByStreamBreak, ///< content was sent: the route's on_stream_break decides
};

enum class BreakerEffect : std::uint8_t {
    Success, ///< starts over, closes a half-open one
    Counts,
    Ignores, ///< neither counts nor starts over; a probe's slot is given back
};

/// What becomes of the key that was used.
enum class KeyAction : std::uint8_t {
    None,
    Cool, ///< for the hint, else kCoolWithoutHint
    CoolLong, ///< kCoolAfterBilling
    Disable, ///< until by hand or by a new configuration
};

enum class FailureScope : std::uint8_t {
    Target,
    Provider, ///< counts at each of the provider's targets
};

struct FailurePolicy
{
    SameTarget sameTarget = SameTarget::No;
    NextTarget nextTarget = NextTarget::No;
    BreakerEffect breaker = BreakerEffect::Ignores;
    KeyAction key = KeyAction::None;
    FailureScope scope = FailureScope::Target;
    bool misconfigured = false; ///< the target is flagged so: its provider does not know the model

    friend bool operator==(const FailurePolicy &, const FailurePolicy &) = default;
};

/// What an attempt's end means. \p contentSent: the client has seen content of this attempt, so
/// that nothing can be tried again but in the route's own way.
[[nodiscard]] FailurePolicy policyFor(OutcomeClass outcome, bool contentSent = false);

} // namespace signalbox::resilience
