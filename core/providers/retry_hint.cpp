// SPDX-License-Identifier: Apache-2.0
#include "core/providers/retry_hint.h"

#include "core/base/text.h"
#include "core/http/date.h"
#include "core/providers/head_room.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace signalbox::providers {
namespace {

/// \p amount times \p unit in milliseconds, rounded up, within the bounds of a hint.
Millis bounded(double amount, double unitMillis)
{
    const double millis = std::ceil(amount * unitMillis);
    if (!(millis > 0)) {
        return Millis(0); // negative and NaN too
    }
    const auto most = static_cast<double>(kRetryHintMax.count());
    return Millis(static_cast<std::int64_t>(std::min(millis, most)));
}

/// The number at the start of \p text, which moves past it; infinite when beyond a double.
std::optional<double> takeNumber(std::string_view &text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::invalid_argument) {
        return std::nullopt;
    }
    const bool negative = text.starts_with('-');
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (error == std::errc::result_out_of_range) {
        return negative ? -HUGE_VAL : HUGE_VAL;
    }
    return number;
}

std::optional<double> wholeNumber(std::string_view text)
{
    const auto number = takeNumber(text);
    return text.empty() ? number : std::nullopt;
}

struct Unit
{
    std::string_view name;
    double millis;
};

/// `ms` stands before `m` and `s`.
constexpr std::array<Unit, 6> kUnits = {{
    {"ms", 1},
    {"us", 0.001},
    {"\u00B5s", 0.001},
    {"h", 3'600'000},
    {"m", 60'000},
    {"s", 1000},
}};

std::optional<double> takeUnit(std::string_view &text)
{
    for (const Unit &unit : kUnits) {
        if (text.starts_with(unit.name)) {
            text.remove_prefix(unit.name.size());
            return unit.millis;
        }
    }
    return std::nullopt;
}

std::optional<RetryHint> fromRetryAfter(const http::Headers &headers, SystemTime now)
{
    const auto header = headers.find("retry-after");
    if (!header) {
        return std::nullopt;
    }
    const std::string_view text = trimmed(*header);
    if (const auto seconds = wholeNumber(text)) {
        return RetryHint{bounded(*seconds, 1000), RetryHintSource::RetryAfterSeconds};
    }
    if (const auto date = http::parseHttpDate(text, now)) {
        const auto wait = std::chrono::ceil<Millis>(*date - now);
        return RetryHint{std::clamp(wait, Millis(0), kRetryHintMax),
                         RetryHintSource::RetryAfterDate};
    }
    return std::nullopt;
}

std::optional<RetryHint> fromRetryInfo(const ErrorBody &error)
{
    constexpr Millis kHour{60LL * 60 * 1000};
    if (error.dayIsUsedUp) {
        return RetryHint{kHour, RetryHintSource::RetryInfo};
    }
    const auto delay = parseGoDuration(error.retryDelay);
    if (!delay) {
        return std::nullopt;
    }
    const Seconds whole = std::chrono::floor<Seconds>(*delay) + Seconds(1);
    return RetryHint{std::min<Millis>(whole, kRetryHintMax), RetryHintSource::RetryInfo};
}

/// "try again in 18.642s", "retry after 20 seconds".
std::optional<RetryHint> fromText(std::string_view message)
{
    constexpr std::array<std::string_view, 4> kLeads = {
        "try again in ",
        "retry in ",
        "retry after ",
        "try again after ",
    };
    const std::string text = toLowerAscii(message);
    for (const std::string_view lead : kLeads) {
        const auto found = text.find(lead);
        if (found == std::string::npos) {
            continue;
        }
        const auto wait = parseGoDuration(std::string_view(text).substr(found + lead.size()));
        if (wait) {
            return RetryHint{*wait, RetryHintSource::BodyText};
        }
    }
    return std::nullopt;
}

/// The reset of what is used up; where nothing is, the later one.
std::optional<RetryHint> fromResets(const http::Headers &headers, SystemTime now)
{
    const HeadRoom room = readHeadRoom(headers, now);
    std::optional<Millis> ofExhausted;
    std::optional<Millis> ofAny;
    for (const HeadRoomGauge &gauge : {room.requests, room.tokens}) {
        if (!gauge.resetIn) {
            continue;
        }
        ofAny = std::max(ofAny.value_or(Millis(0)), *gauge.resetIn);
        if (gauge.remaining == 0) {
            ofExhausted = std::max(ofExhausted.value_or(Millis(0)), *gauge.resetIn);
        }
    }
    const auto wait = ofExhausted ? ofExhausted : ofAny;
    return wait ? std::optional(RetryHint{*wait, RetryHintSource::ResetHeader}) : std::nullopt;
}

} // namespace

std::optional<Millis> parseGoDuration(std::string_view text)
{
    double millis = 0;
    bool any = false;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        const auto number = takeNumber(text);
        const auto blanks = std::min(text.find_first_not_of(' '), text.size());
        std::string_view rest = text.substr(blanks);
        const auto unit = takeUnit(rest);
        if (!number || !unit) {
            break;
        }
        millis += *number * *unit;
        any = true;
        text = rest;
    }
    return any ? std::optional(bounded(millis, 1)) : std::nullopt;
}

std::optional<RetryHint> readRetryHint(const http::Headers &headers,
                                       const ErrorBody &error,
                                       bool limited,
                                       SystemTime now)
{
    if (const auto header = headers.find("retry-after-ms")) {
        if (const auto millis = wholeNumber(trimmed(*header))) {
            return RetryHint{bounded(*millis, 1), RetryHintSource::RetryAfterMs};
        }
    }
    if (const auto hint = fromRetryAfter(headers, now)) {
        return hint;
    }
    if (const auto hint = fromRetryInfo(error)) {
        return hint;
    }
    if (const auto hint = fromText(error.message)) {
        return hint;
    }
    return limited ? fromResets(headers, now) : std::nullopt;
}

} // namespace signalbox::providers
