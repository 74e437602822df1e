// SPDX-License-Identifier: Apache-2.0
#include "core/http/date.h"

#include "core/http/syntax.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace signalbox::http {
namespace {

using namespace std::chrono;

constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::array<std::string_view, 7> kLongDays =
    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

/// What the three forms have in common.
struct Parts
{
    std::string_view day;
    std::string_view month;
    std::string_view year;
    std::string_view clock; ///< HH:MM:SS
};

/// The place of a three-letter name in a list of them.
std::optional<unsigned> indexOf(std::string_view names, std::string_view name)
{
    const std::size_t at = name.size() == 3 ? names.find(name) : std::string_view::npos;
    if (at == std::string_view::npos || at % 3 != 0) {
        return std::nullopt;
    }
    return static_cast<unsigned>(at / 3);
}

bool isLongDay(std::string_view name)
{
    return std::ranges::find(kLongDays, name) != kLongDays.end();
}

/// Splits `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
/// `Sun Nov  6 08:49:37 1994`, each of which has its fields at fixed places.
std::optional<Parts> split(std::string_view text)
{
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) {
        const bool formed = text.size() == 24 && text[3] == ' ' && text[7] == ' ' && text[10] == ' '
                            && text[19] == ' ' && indexOf(kDays, text.substr(0, 3));
        std::string_view day = text.substr(0, formed ? 10 : 0);
        day.remove_prefix(formed ? (day[8] == ' ' ? 9 : 8) : 0);
        return formed ? std::optional(
                   Parts{day, text.substr(4, 3), text.substr(20), text.substr(11, 8)})
                      : std::nullopt;
    }
    const std::string_view name = text.substr(0, comma);
    const std::string_view rest = text.substr(comma + 1);
    const bool isShort = indexOf(kDays, name).has_value();
    const char separator = isShort ? ' ' : '-';
    const std::size_t yearDigits = isShort ? 4 : 2;
    const bool formed = (isShort || isLongDay(name)) && rest.size() == 21 + yearDigits
                        && rest[0] == ' ' && rest[3] == separator && rest[7] == separator
                        && rest[8 + yearDigits] == ' ' && rest.ends_with(" GMT");
    if (!formed) {
        return std::nullopt;
    }
    return Parts{rest.substr(1, 2),
                 rest.substr(4, 3),
                 rest.substr(8, yearDigits),
                 rest.substr(9 + yearDigits, 8)};
}

std::optional<seconds> readClock(std::string_view text)
{
    const auto h = parseDecimal(text.substr(0, 2));
    const auto m = parseDecimal(text.substr(3, 2));
    const auto s = parseDecimal(text.substr(6, 2));
    const bool formed = h && m && s && text[2] == ':' && text[5] == ':';
    // A leap second counts as the first of the next minute.
    if (!formed || *h > 23 || *m > 59 || *s > 60) {
        return std::nullopt;
    }
    return seconds(static_cast<std::int64_t>(*h * 3600 + *m * 60 + *s));
}

int nearestYear(int twoDigits, SystemTime now)
{
    const int current = static_cast<int>(year_month_day(floor<days>(now)).year());
    const int candidate = current - current % 100 + twoDigits;
    if (candidate > current + 50) {
        return candidate - 100;
    }
    return candidate <= current - 50 ? candidate + 100 : candidate;
}

} // namespace

std::optional<SystemTime> parseHttpDate(std::string_view text, SystemTime now)
{
    const auto parts = split(text);
    if (!parts) {
        return std::nullopt;
    }
    const auto dayNumber = parseDecimal(parts->day);
    const auto monthIndex = indexOf(kMonths, parts->month);
    const auto yearNumber = parseDecimal(parts->year);
    const auto clock = readClock(parts->clock);
    if (!dayNumber || !monthIndex || !yearNumber || !clock) {
        return std::nullopt;
    }
    const int asWritten = static_cast<int>(*yearNumber);
    const bool isShort = parts->year.size() == 2;
    const year_month_day date{year(isShort ? nearestYear(asWritten, now) : asWritten),
                              month(*monthIndex + 1),
                              day(static_cast<unsigned>(*dayNumber))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return sys_days(date) + *clock;
}

std::string formatHttpDate(SystemTime time)
{
    const auto midnight = floor<days>(time);
    const year_month_day date(midnight);
    const hh_mm_ss clock(floor<seconds>(time - midnight));
    const std::string_view dayName = kDays.substr(std::size_t(weekday(midnight).c_encoding()) * 3,
                                                  3);
    const std::string_view monthName = kMonths.substr(std::size_t(unsigned(date.month()) - 1) * 3,
                                                      3);
    std::array<char, 48> buffer{};
    const int length = std::snprintf(buffer.data(),
                                     buffer.size(),
                                     "%.3s, %02u %.3s %04d %02d:%02d:%02d GMT",
                                     dayName.data(),
                                     unsigned(date.day()),
                                     monthName.data(),
                                     int(date.year()),
                                     int(clock.hours().count()),
                                     int(clock.minutes().count()),
                                     int(clock.seconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

} // namespace signalbox::http
