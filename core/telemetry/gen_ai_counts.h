// SPDX-License-Identifier: Apache-2.0
// The four GenAI metrics of OpenTelemetry's semantic conventions, counted for one target.
#pragma once

#include "core/domain/record.h"
#include "core/telemetry/bucket_counts.h"

#include <array>
#include <cstdint>
#include <map>
#include <string_view>

namespace signalbox::telemetry {

enum class Operation : std::uint8_t {
    Chat,
    Embeddings,
    Other
};

/// `chat`, `embeddings`; `other` stands for every name that is not known, so that it is no label.
std::string_view toString(Operation operation);
Operation operationFromString(std::string_view name);

/// The conventions' recommended bounds; times in microseconds.
inline constexpr std::array<std::int64_t, 14> kTokenBounds =
    {1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864};
inline constexpr std::array<std::int64_t, 14> kDurationBounds = {10'000,
                                                                 20'000,
                                                                 40'000,
                                                                 80'000,
                                                                 160'000,
                                                                 320'000,
                                                                 640'000,
                                                                 1'280'000,
                                                                 2'560'000,
                                                                 5'120'000,
                                                                 10'240'000,
                                                                 20'480'000,
                                                                 40'960'000,
                                                                 81'920'000};
inline constexpr std::array<std::int64_t, 16> kFirstTokenBounds = {1'000,
                                                                   5'000,
                                                                   10'000,
                                                                   20'000,
                                                                   40'000,
                                                                   60'000,
                                                                   80'000,
                                                                   100'000,
                                                                   250'000,
                                                                   500'000,
                                                                   750'000,
                                                                   1'000'000,
                                                                   2'500'000,
                                                                   5'000'000,
                                                                   7'500'000,
                                                                   10'000'000};
inline constexpr std::array<std::int64_t, 13> kPerTokenBounds = {10'000,
                                                                 25'000,
                                                                 50'000,
                                                                 75'000,
                                                                 100'000,
                                                                 150'000,
                                                                 200'000,
                                                                 300'000,
                                                                 400'000,
                                                                 500'000,
                                                                 750'000,
                                                                 1'000'000,
                                                                 2'500'000};

/// Of one target and one operation, since start.
struct GenAiCounts
{
    BucketCounts inputTokens{kTokenBounds};
    BucketCounts outputTokens{kTokenBounds};
    BucketCounts firstToken{kFirstTokenBounds}; ///< of streamed successes
    BucketCounts perToken{kPerTokenBounds}; ///< of streamed successes with two tokens or more
    std::map<OutcomeClass, BucketCounts> durations;

    void add(const AttemptRecord &attempt);
};

} // namespace signalbox::telemetry
