// SPDX-License-Identifier: Apache-2.0
#include "core/config/availability.h"

#include <algorithm>
#include <array>

namespace signalbox::config {
namespace {

struct Entry
{
    std::string_view place;
    std::string_view key;
    std::string_view value; ///< empty: the key as a whole

    friend bool operator==(const Entry &, const Entry &) = default;
};

/// What becomes available loses its line here; a key also needs its reader then.
constexpr std::array kUnavailable = {
    Entry{"", "cluster", ""},
    Entry{"provider", "proxy", ""},
};

} // namespace

bool isUnavailable(std::string_view place, std::string_view key, std::string_view value)
{
    return std::ranges::find(kUnavailable, Entry{place, key, value}) != kUnavailable.end();
}

std::string unavailableMessage(std::string_view key, std::string_view value)
{
    std::string message = '`' + std::string(key) + '`';
    if (!value.empty()) {
        message.append(" ").append(value);
    }
    return message + " is not available in this version";
}

} // namespace signalbox::config
