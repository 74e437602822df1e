// SPDX-License-Identifier: Apache-2.0
// How much a provider says is left of its rate limits.
#pragma once

#include "core/base/time.h"
#include "core/http/headers.h"

#include <cstdint>
#include <optional>

namespace signalbox::providers {

struct HeadRoomGauge
{
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> remaining;
    std::optional<Millis> resetIn; ///< from now; never negative

    friend bool operator==(const HeadRoomGauge &, const HeadRoomGauge &) = default;
};

/// The gauges of one answer; empty where the provider sends none.
struct HeadRoom
{
    HeadRoomGauge requests;
    HeadRoomGauge tokens;

    friend bool operator==(const HeadRoom &, const HeadRoom &) = default;
};

/// Reads the families of OpenAI (`x-ratelimit-remaining-requests`), Mistral
/// (`x-ratelimit-remaining-req-minute`) and Anthropic (`anthropic-ratelimit-requests-remaining`).
[[nodiscard]] HeadRoom readHeadRoom(const http::Headers &headers, SystemTime now);

} // namespace signalbox::providers
