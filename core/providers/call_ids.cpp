// SPDX-License-Identifier: Apache-2.0
#include "core/providers/call_ids.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isTaken(char c)
{
    return isAlphanumeric(c) || c == '_' || c == '-';
}

/// Every other byte than letters and digits in hex, so that different ids stay different.
std::string spelledOut(std::string_view id)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "call_x";
    for (const char c : id) {
        if (isAlphanumeric(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '_';
        out += kHex[byte >> 4U];
        out += kHex[byte & 0x0FU];
    }
    return out;
}

} // namespace

bool isToolName(std::string_view name)
{
    constexpr std::size_t kBytesMax = 64;
    return !name.empty() && name.size() <= kBytesMax && std::ranges::all_of(name, isTaken);
}

std::string uniqueCallId(const std::string &upstreams,
                         std::string_view prefix,
                         const std::string &answer,
                         int index)
{
    constexpr std::size_t kUniqueBytesMin = 9; // of Mistral's
    if (upstreams.size() >= kUniqueBytesMin && std::ranges::all_of(upstreams, isTaken)) {
        return upstreams;
    }
    std::string id = std::string(prefix) + answer + "_" + std::to_string(index);
    std::ranges::replace_if(
        id, [](char c) { return !isTaken(c); }, '_');
    return id;
}

std::string CallIds::ofCall(const std::string &id)
{
    const std::string plain = std::ranges::all_of(id, isTaken) ? id : spelledOut(id);
    std::string free = plain;
    int &times = m_times[plain];
    while (!m_used.insert(free).second) {
        free = plain + "-" + std::to_string(++times + 1);
    }
    m_latest[id] = free;
    return free;
}

std::string CallIds::ofResult(const std::string &id)
{
    const auto found = m_latest.find(id);
    return found == m_latest.end() ? ofCall(id) : found->second;
}

} // namespace signalbox::providers
