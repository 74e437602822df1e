// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/wire_time.h"

#include <array>
#include <cmath>
#include <ctime>

namespace signalbox::simulator {

namespace {

std::tm partsOf(SystemTime time)
{
    const std::time_t seconds = unixSeconds(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return parts;
}

/// Seconds with at most three decimals and no zeros at their end.
std::string shortSeconds(std::int64_t millis)
{
    std::string text = std::to_string(millis / 1000);
    if (millis % 1000 != 0) {
        const std::string decimals = std::to_string(1000 + millis % 1000).substr(1);
        text += "." + decimals.substr(0, decimals.find_last_not_of('0') + 1);
    }
    return text + "s";
}

} // namespace

std::int64_t unixSeconds(SystemTime time)
{
    return std::chrono::floor<Seconds>(time).time_since_epoch().count();
}

std::string goDuration(double seconds)
{
    const auto millis = static_cast<std::int64_t>(std::ceil(seconds * 1000 - 1e-6));
    if (millis <= 0) {
        return "0s";
    }
    if (millis < 1000) {
        return std::to_string(millis) + "ms";
    }
    const std::int64_t hours = millis / 3'600'000;
    const std::int64_t minutes = millis / 60'000 % 60;
    std::string text = hours > 0 ? std::to_string(hours) + "h" : "";
    if (hours > 0 || minutes > 0) {
        text += std::to_string(minutes) + "m";
    }
    return text + shortSeconds(millis % 60'000);
}

std::string httpDate(SystemTime time)
{
    const std::tm parts = partsOf(time);
    std::array<char, 64> text{};
    return {text.data(),
            std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::string rfc3339(SystemTime time)
{
    const std::tm parts = partsOf(std::chrono::ceil<Seconds>(time));
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

} // namespace signalbox::simulator
