// SPDX-License-Identifier: Apache-2.0
// What simulated upstreams do, and what the contract says each of it means.
#pragma once

#include "core/base/random.h"
#include "core/domain/outcome.h"
#include "core/domain/settings.h"

#include <optional>
#include <string_view>

namespace signalbox::sim {

/// One way to answer, by its name in tests/support/upstream_script.h.
struct Behaviour
{
    std::string_view name;
    /// What the attempt comes to, if it is let finish; nothing when only a timer can end it.
    std::optional<OutcomeClass> outcome;
    RetryHintSource hint = RetryHintSource::None;
    bool metered = true; ///< a good answer states its usage
};

/// How a target behaves for a while.
enum class Mood : std::uint8_t {
    Well,
    Ill, ///< bursts of 5xx, cut and garbled answers
    Unreachable, ///< refused, unresolved, untrusted
    Throttling, ///< 429 with every kind of hint
    Slow, ///< late, stalling, silent
    Odd, ///< everything
};
inline constexpr int kMoodCount = 6;

const Behaviour &someBehaviour(Mood mood, Random &random);
/// The one that answers well.
const Behaviour &goodBehaviour();

/// It says something in an answer, which only a question has.
bool isOfAnswers(const Behaviour &behaviour);
/// What \p behaviour comes to at a provider of \p kind, asked for \p embeddings or a chat.
std::optional<OutcomeClass> outcomeOf(const Behaviour &behaviour,
                                      ProviderKind kind,
                                      bool embeddings);

/// Section 4 of the contract, column "breaker".
enum class BreakerLesson : std::uint8_t {
    Success,
    Counts,
    CountsForProvider,
    Nothing,
};
BreakerLesson lessonOf(OutcomeClass outcome);

bool isTimeout(OutcomeClass outcome);

} // namespace signalbox::sim
