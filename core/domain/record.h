// SPDX-License-Identifier: Apache-2.0
// What is remembered of a request for good: enough to explain it and to replay it.
#pragma once

#include "core/domain/decision.h"
#include "core/domain/facts.h"
#include "core/domain/outcome.h"
#include "core/domain/usage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// The price that an attempt's cost was made from, as it was then.
struct AppliedPrice
{
    std::string model; ///< whose price it is, as the provider calls it
    bool byOperator = false; ///< the configuration said it, not the catalogue
    std::optional<SystemTime> since; ///< the catalogue has it from then on; nothing: always
    PriceRow row; ///< the one for a prompt of that length

    friend bool operator==(const AppliedPrice &, const AppliedPrice &) = default;
};

/// What came of the money for an attempt.
enum class MoneyUse : std::uint8_t {
    Served, ///< an answer that the client has
    Wasted, ///< the attempt failed or lost, or the whole request did
    Abandoned, ///< it was at work, or done, when the client left
};

/// One upstream call. Offsets are from the request's arrival, durations from the attempt's start.
struct AttemptRecord
{
    TargetId target;
    int keyIndex = 0; ///< which of the provider's keys, from 0; -1 when it has none
    bool probe = false; ///< a half-open breaker's probe
    Micros startedAfter{0};
    std::optional<Micros> connected; ///< 0 for a reused connection
    std::optional<Micros> firstToken; ///< of a streamed call
    Micros total{0};
    Micros backoffBefore{0}; ///< waited before this attempt
    int httpStatus = 0; ///< 0 when no head arrived
    OutcomeClass outcome = OutcomeClass::Success;
    std::string reason; ///< short, for people; never contains a key
    std::optional<RetryHint> hint;
    bool counted = false; ///< the breaker learned from it
    bool contentSent = false; ///< the client saw content of it
    std::string upstreamRequestId;
    std::string upstreamModel; ///< the model name in the answer
    std::optional<Usage> usage;
    Cost cost;
    /// What the cost follows from; nothing where the provider stated it, none was known or there is no usage.
    std::optional<AppliedPrice> price = {};
    /// What the provider's prompt cache made it cheaper by, less what writing into that cost more; below
    /// zero where more was written than read.
    Money promptCacheSaved = {};
    std::vector<std::string> notes; ///< parameters dropped or changed for this target

    friend bool operator==(const AttemptRecord &, const AttemptRecord &) = default;
};

/// Where the time of a request went inside the gateway.
struct StageTimes
{
    Micros decode{0};
    Micros decide{0};
    Micros encode{0};

    friend bool operator==(const StageTimes &, const StageTimes &) = default;
};

/// How a shadow's answer compares with the one that the client got.
struct ShadowGrade
{
    std::string of; ///< id of the client's request
    TargetId answered; ///< the target that answered that one
    std::int64_t bytes = 0; ///< of the shadow's text
    std::int64_t bytesAnswered = 0; ///< of the client's
    std::optional<double> similarity; ///< 0 to 1; nothing where no text of the shadow came
    Micros answeredIn{0}; ///< by the one that answered, its own call alone
    Cost costAnswered; ///< of that call

    friend bool operator==(const ShadowGrade &, const ShadowGrade &) = default;
};

/// What RequestRecord::operation is of calls that no client asked for.
inline constexpr std::string_view kShadowOperation = "shadow";
inline constexpr std::string_view kHealthCheckOperation = "health_check";
inline constexpr std::string_view kEmbedderOperation = "cache_embedding";

struct RequestRecord
{
    std::string id; ///< ours, unique, sorts by time
    std::string clientRequestId; ///< the client's own, may be empty
    SystemTime arrived{};
    std::string client; ///< empty when no clients are configured
    std::string dialect; ///< the client's: `openai`, `anthropic`, `openai-responses`
    std::string operation; ///< `chat`, `embeddings`, or one of the gateway's own
    std::string modelAsked;
    std::string route; ///< empty for a target called by its name
    std::string rule;
    TargetId target; ///< that answered; empty when none did
    bool stream = false;
    int status = 0; ///< HTTP status sent to the client; 499 when it left before one was sent
    std::string errorCode; ///< empty on success
    OutcomeClass outcome = OutcomeClass::Success;
    bool abandoned = false; ///< the client left before the end
    std::string cache = "off";
    Usage usage; ///< of the attempt that answered
    Cost cost; ///< all attempts; unknown when any billed attempt's is
    /// Of one answered from the cache: what the answer had cost when it was bought, if that is known.
    std::optional<Money> cacheSaved = {};
    std::optional<Micros> firstToken;
    Micros total{0};
    StageTimes stages;
    RequestFacts facts;
    FeatureSet needs;
    std::string configRevision;
    Decision decision;
    std::vector<AttemptRecord> attempts;
    /// Of a shadow's, whose answer no client got.
    std::optional<ShadowGrade> shadow = {};

    /// No client's: it counts for nothing that is said of routes, clients and shares.
    [[nodiscard]] bool isOwn() const
    {
        return operation == kShadowOperation || operation == kHealthCheckOperation
               || operation == kEmbedderOperation;
    }
    /// What requests are told apart by when their length and time are learned: `embeddings`, or
    /// the name of the task.
    [[nodiscard]] std::string_view taskName() const
    {
        return operation == "embeddings" ? std::string_view(operation) : toString(facts.task);
    }
    friend bool operator==(const RequestRecord &, const RequestRecord &) = default;
};

/// Each attempt's cost has one use, so that the sums of the three are the cost.
/// \pre \p attempt is one of \p record
MoneyUse useOf(const RequestRecord &record, const AttemptRecord &attempt);

} // namespace signalbox
