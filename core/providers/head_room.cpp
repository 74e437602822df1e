// SPDX-License-Identifier: Apache-2.0
#include "core/providers/head_room.h"

#include "core/base/text.h"
#include "core/providers/retry_hint.h"

#include <algorithm>
#include <array>
#include <string>

namespace signalbox::providers {
namespace {

/// Header names of one gauge; those a family lacks are empty.
struct GaugeNames
{
    std::string_view limit;
    std::string_view remaining;
    std::string_view reset;
};

constexpr std::array<GaugeNames, 3> kRequests = {{
    {"x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"},
    {"anthropic-ratelimit-requests-limit",
     "anthropic-ratelimit-requests-remaining",
     "anthropic-ratelimit-requests-reset"},
    {"x-ratelimit-limit-req-minute", "x-ratelimit-remaining-req-minute", ""},
}};
constexpr std::array<GaugeNames, 3> kTokens = {{
    {"x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"},
    {"anthropic-ratelimit-tokens-limit",
     "anthropic-ratelimit-tokens-remaining",
     "anthropic-ratelimit-tokens-reset"},
    {"x-ratelimit-limit-tokens-minute", "x-ratelimit-remaining-tokens-minute", ""},
}};

/// All of the names above begin so.
bool tellsOfRoom(const http::Header &header)
{
    const auto begins = [&](std::string_view start) {
        return equalsIgnoreCase(header.name.substr(0, start.size()), start);
    };
    return begins("x-ratelimit-") || begins("anthropic-ratelimit-");
}

std::optional<std::int64_t> readCount(const http::Headers &headers, std::string_view name)
{
    const auto value = headers.find(name);
    return value ? parseInteger(trimmed(*value)) : std::nullopt;
}

/// A duration from now (OpenAI) or an instant (Anthropic).
std::optional<Millis> readReset(const http::Headers &headers, std::string_view name, SystemTime now)
{
    const auto value = headers.find(name);
    if (!value) {
        return std::nullopt;
    }
    if (const auto duration = parseGoDuration(trimmed(*value))) {
        return duration;
    }
    const auto instant = fromIso8601(trimmed(*value));
    if (!instant) {
        return std::nullopt;
    }
    return std::clamp(std::chrono::ceil<Millis>(*instant - now), Millis(0), kRetryHintMax);
}

template <std::size_t N>
HeadRoomGauge readGauge(const http::Headers &headers,
                        const std::array<GaugeNames, N> &families,
                        SystemTime now)
{
    for (const GaugeNames &names : families) {
        HeadRoomGauge gauge{readCount(headers, names.limit),
                            readCount(headers, names.remaining),
                            readReset(headers, names.reset, now)};
        if (gauge != HeadRoomGauge()) {
            return gauge;
        }
    }
    return {};
}

} // namespace

HeadRoom readHeadRoom(const http::Headers &headers, SystemTime now)
{
    if (std::ranges::none_of(headers, tellsOfRoom)) {
        return {}; // most providers say nothing of it
    }
    return {readGauge(headers, kRequests, now), readGauge(headers, kTokens, now)};
}

} // namespace signalbox::providers
