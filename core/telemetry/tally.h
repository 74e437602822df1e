// SPDX-License-Identifier: Apache-2.0
// What a window or a bucket of time adds up of the calls that ended in it.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/record.h"
#include "core/telemetry/histogram.h"

#include <cstdint>
#include <optional>

namespace signalbox::telemetry {

/// True when the target or its provider failed: ServerError to TotalTimeout, and what it refused
/// whatever the request said (limit, key, billing, unknown model). Not what the request itself
/// deserved, nor a client that left.
[[nodiscard]] bool isFailure(OutcomeClass outcome);

/// True when the client did not get its answer through no doing of its own: 5xx, 429, or a stream
/// that broke after it had begun well.
[[nodiscard]] bool isFailedRequest(const RequestRecord &request);

/// The figures of one ended call, be it an attempt or a whole request.
struct CallSample
{
    bool failed = false;
    std::optional<Micros> latency; ///< of a success only
    std::optional<Micros> firstToken; ///< of a success only
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< zero when unknown
    bool unknownPrice = false; ///< tokens were used at a price nobody knows
};

/// Tokens and cost included.
[[nodiscard]] CallSample sampleOf(const AttemptRecord &attempt);
/// Without tokens and cost, which are booked by attempt.
[[nodiscard]] CallSample sampleOf(const RequestRecord &request);

/// An exact sum of samples.
struct Tally
{
    std::int64_t ended = 0;
    std::int64_t failed = 0;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost;
    std::int64_t unknownPrice = 0;
    Histogram latency;
    Histogram firstToken;

    void add(const CallSample &sample);
    Tally &operator+=(const Tally &other);
    Tally &operator-=(const Tally &other);
};

} // namespace signalbox::telemetry
