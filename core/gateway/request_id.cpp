// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/request_id.h"

#include <algorithm>

namespace signalbox::gateway {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The lowest \p count digits of \p value, into \p id from \p at on.
void putDigits(std::string &id, std::size_t at, std::uint64_t value, std::size_t count)
{
    for (std::size_t i = at + count; i > at; value >>= 5U) {
        id[--i] = kAlphabet[value & 31U];
    }
}

} // namespace

std::string makeRequestId(SystemTime time, Random &random)
{
    using namespace std::chrono;
    const auto millis = floor<milliseconds>(time).time_since_epoch().count();
    std::string id(26, '0');
    putDigits(id, 0, static_cast<std::uint64_t>(millis), 10);
    putDigits(id, 10, random.next(), 8);
    putDigits(id, 18, random.next(), 8);
    return id;
}

bool isEchoableRequestId(std::string_view id)
{
    constexpr std::size_t kLongest = 128;
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '.' || c == ':' || c == '-';
    };
    return !id.empty() && id.size() <= kLongest && std::ranges::all_of(id, allowed);
}

std::string echoableRequestId(const http::Headers &headers)
{
    const auto own = headers.find("x-request-id");
    return own && isEchoableRequestId(*own) ? std::string(*own) : std::string();
}

} // namespace signalbox::gateway
