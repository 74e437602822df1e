// SPDX-License-Identifier: Apache-2.0
#include "core/providers/nine_letter_ids.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace signalbox::providers {
namespace {

constexpr std::size_t kLetters = 9;

bool fits(const std::string &id)
{
    return id.size() == kLetters && std::ranges::all_of(id, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

/// FNV-1a; \p turn tells apart what would be the same.
std::uint64_t hashOf(std::string_view id, std::uint64_t turn)
{
    std::uint64_t hash = 0xCBF29CE484222325 + turn;
    for (const char c : id) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    }
    return hash ^ (hash >> 29U);
}

std::string spelled(std::uint64_t number)
{
    constexpr std::string_view kDigits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string text;
    for (std::size_t i = 0; i < kLetters; ++i) {
        text += kDigits[number % kDigits.size()];
        number /= kDigits.size();
    }
    return text;
}

} // namespace

const std::string &NineLetterIds::of(const std::string &id)
{
    const auto known = m_known.find(id);
    if (known != m_known.end()) {
        return known->second;
    }
    std::string letters = fits(id) ? id : spelled(hashOf(id, 0));
    for (std::uint64_t turn = 1; !m_used.insert(letters).second; ++turn) {
        letters = spelled(hashOf(id, turn));
    }
    return m_known.emplace(id, std::move(letters)).first->second;
}

} // namespace signalbox::providers
