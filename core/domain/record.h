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
        return operation == kShadowOperation || operation == kHealthCheckOperation;
    }
    /// What requests are told apart by when their length and time are learned: `embeddings`, or
    /// the name of the task.
    [[nodiscard]] std::string_view taskName() const
    {
        return operation == "embeddings" ? std::string_view(operation) : toString(facts.task);
    }
    friend bool operator==(const RequestRecord &, const RequestRecord &) = default;
};

} // namespace signalbox
