// SPDX-License-Identifier: Apache-2.0
// Why a request went where it went: every rule tried, every candidate, every veto, the draw.
#pragma once

#include "core/domain/forecast.h"
#include "core/domain/ids.h"
#include "core/domain/settings.h"
#include "core/domain/usage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

enum class Veto : std::uint8_t {
    None,
    BreakerOpen,
    ForcedOpen,
    Drained,
    MissingFeature,
    NoUsableKey, ///< every key disabled or cooling
    RateLimited, ///< our own limit for the provider
    ProviderDisabled, ///< its secret could not be read
    NotPinned, ///< x-signalbox-target named another
    NotServable, ///< its provider's format cannot carry this request yet
    BudgetExhausted, ///< a budget for the day does not reach for it; the detail says whose
    TooSlow, ///< so much slower than its peers that it stands aside; asked when all others failed
};

std::string_view toString(Veto veto);

struct RuleTrial
{
    std::string rule;
    bool matched = false;
    std::string failedFact; ///< the first condition that did not hold

    friend bool operator==(const RuleTrial &, const RuleTrial &) = default;
};

struct Candidate
{
    TargetId target;
    int tier = 1;
    double weight = 1;
    bool fromRule = false;
    Veto veto = Veto::None;
    std::string vetoDetail; ///< such as the missing feature
    std::optional<Forecast> forecast = {}; ///< where the strategy looks ahead
    std::optional<double> score = {}; ///< lower is better; nothing: too little is known to rank it

    friend bool operator==(const Candidate &, const Candidate &) = default;
};

/// A target that served the same conversation a while ago and has its beginning in its cache.
struct WarmPrompt
{
    TargetId target;
    std::int64_t tokens = 0; ///< of the prompt, expected to be cached there
    bool leads = false; ///< it is the first to be tried

    friend bool operator==(const WarmPrompt &, const WarmPrompt &) = default;
};

/// What the cache had to say to a request.
struct CacheNote
{
    /// Why it was not looked up (`tools`, `temperature`, ...), or not compared by meaning
    /// (`too_long`, ...); empty: nothing stood in the way.
    std::string reason;
    std::string
        from; ///< id of the request whose answer was given, or would have been but for vetoes
    std::optional<Millis> age; ///< of the answer that was given
    std::string
        stale; ///< `error` or `slow`, where it stood in for one; it may be past its lifetime
    bool shared = false; ///< it waited for an equal request in the air, and got its answer
    std::optional<double> likeness; ///< 0..1; of a hit by meaning, or of the nearest that was none
    std::vector<std::string> vetoes; ///< names of what spoke against the nearest
    std::optional<Cost> saved; ///< what the answer had cost; nothing: none was given
    Micros waitSaved{0}; ///< what the answer had taken, less what giving it again took

    friend bool operator==(const CacheNote &, const CacheNote &) = default;
};

struct Decision
{
    std::string route;
    std::string rule; ///< empty when none hit
    Strategy strategy = Strategy::Priority;
    std::vector<RuleTrial> trials;
    std::vector<Candidate> candidates; ///< in the order in which they will be tried
    std::optional<double> draw; ///< the first draw, in [0, 1), where chance decided
    std::uint64_t seed = 0;
    std::optional<TargetId> explored; ///< leads because too little is known of it
    std::optional<WarmPrompt> warm = {}; ///< where the route keeps to prompt caches
    std::vector<std::string> notes; ///< such as parameters that were dropped
    std::optional<CacheNote> cache = {}; ///< where a cache is configured

    friend bool operator==(const Decision &, const Decision &) = default;
};

} // namespace signalbox
