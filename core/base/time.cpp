// SPDX-License-Identifier: Apache-2.0
#include "core/base/time.h"

#include <array>
#include <cstdlib>

namespace signalbox {
namespace {

using namespace std::chrono;

/// Consumes exactly \p digits decimal digits from the front of \p text.
std::optional<int> takeNumber(std::string_view &text, std::size_t digits)
{
    if (text.size() < digits) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool takeChar(std::string_view &text, char expected)
{
    if (text.empty() || text.front() != expected) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<Micros> takeFraction(std::string_view &text)
{
    std::int64_t value = 0;
    int digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 6) {
            value = value * 10 + (text.front() - '0');
        }
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) {
        return std::nullopt;
    }
    for (int i = digits; i < 6; ++i) {
        value *= 10;
    }
    return Micros(value);
}

std::optional<Micros> takeTimeOfDay(std::string_view &text)
{
    const auto hour = takeNumber(text, 2);
    if (!hour || *hour > 23 || !takeChar(text, ':')) {
        return std::nullopt;
    }
    const auto minute = takeNumber(text, 2);
    if (!minute || *minute > 59) {
        return std::nullopt;
    }
    Micros result = hours(*hour) + minutes(*minute);
    if (takeChar(text, ':')) {
        const auto second = takeNumber(text, 2);
        if (!second || *second > 59) {
            return std::nullopt;
        }
        result += seconds(*second);
        if (takeChar(text, '.')) {
            const auto fraction = takeFraction(text);
            if (!fraction) {
                return std::nullopt;
            }
            result += *fraction;
        }
    }
    return result;
}

/// The zone's offset from UTC; an absent zone is UTC.
std::optional<minutes> takeZone(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z") {
        return minutes(0);
    }
    const int sign = text.front() == '-' ? -1 : 1;
    if (text.front() != '+' && text.front() != '-') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto hour = takeNumber(text, 2);
    if (!hour || *hour > 14 || !takeChar(text, ':')) {
        return std::nullopt;
    }
    const auto minute = takeNumber(text, 2);
    if (!minute || *minute > 59 || !text.empty()) {
        return std::nullopt;
    }
    return sign * (hours(*hour) + minutes(*minute));
}

/// \p value in \p digits digits at \p at; returns what is behind them.
char *putDigits(char *at, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        at[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    return at + digits;
}

} // namespace

std::string toIso8601(SystemTime time)
{
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<milliseconds>(time - day));
    // Written for every request, hence not by snprintf.
    std::array<char, 40> buffer{};
    char *at = buffer.data();
    const int year = int(date.year());
    if (year < 0) {
        *at++ = '-';
    }
    const auto yearDigits = static_cast<unsigned>(std::abs(year));
    at = putDigits(at, yearDigits, yearDigits > 9999 ? 5 : 4);
    const auto put = [&at](char before, auto value, int digits) {
        *at++ = before;
        at = putDigits(at, static_cast<unsigned>(value), digits);
    };
    put('-', unsigned(date.month()), 2);
    put('-', unsigned(date.day()), 2);
    put('T', clock.hours().count(), 2);
    put(':', clock.minutes().count(), 2);
    put(':', clock.seconds().count(), 2);
    put('.', clock.subseconds().count(), 3);
    *at++ = 'Z';
    return {buffer.data(), static_cast<std::size_t>(at - buffer.data())};
}

std::optional<SystemTime> fromIso8601(std::string_view text)
{
    const auto y = takeNumber(text, 4);
    if (!y || !takeChar(text, '-')) {
        return std::nullopt;
    }
    const auto m = takeNumber(text, 2);
    if (!m || !takeChar(text, '-')) {
        return std::nullopt;
    }
    const auto d = takeNumber(text, 2);
    if (!d) {
        return std::nullopt;
    }
    const year_month_day date{year{*y}, month{unsigned(*m)}, day{unsigned(*d)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    SystemTime result = sys_days(date);
    if (text.empty()) {
        return result;
    }
    if (!takeChar(text, 'T') && !takeChar(text, ' ')) {
        return std::nullopt;
    }
    const auto timeOfDay = takeTimeOfDay(text);
    const auto zone = timeOfDay ? takeZone(text) : std::nullopt;
    if (!zone) {
        return std::nullopt;
    }
    return result + *timeOfDay - *zone;
}

} // namespace signalbox
