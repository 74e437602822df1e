// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/likeness.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace signalbox::gateway {

namespace {

bool isBlank(std::uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// What is no UTF-8 is taken byte by byte: a text is compared, not judged.
std::vector<std::uint32_t> charactersOf(std::string_view text)
{
    text = text.substr(0, kLikenessBytesMax);
    std::vector<std::uint32_t> characters = {' '};
    for (const char byte : text) {
        auto c = static_cast<std::uint32_t>(static_cast<unsigned char>(byte));
        if ((c & 0xC0U) == 0x80U && characters.back() > 0x7F) {
            characters.back() = (characters.back() << 8U) | c; // the rest of one character
            continue;
        }
        c = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
        if (!isBlank(c)) {
            characters.push_back(c);
        } else if (characters.back() != ' ') {
            characters.push_back(' ');
        }
    }
    if (characters.back() != ' ' || characters.size() == 1) {
        characters.push_back(' ');
    }
    return characters;
}

struct Run
{
    std::uint32_t characters[3];

    friend auto operator<=>(const Run &, const Run &) = default;
};

std::vector<Run> runsOf(std::string_view text)
{
    const auto characters = charactersOf(text);
    std::vector<Run> runs;
    for (std::size_t i = 0; i + 2 < characters.size(); ++i) {
        runs.push_back({{characters[i], characters[i + 1], characters[i + 2]}});
    }
    std::ranges::sort(runs);
    return runs;
}

} // namespace

double likeness(std::string_view a, std::string_view b)
{
    const auto runsOfA = runsOf(a);
    const auto runsOfB = runsOf(b);
    const std::size_t all = runsOfA.size() + runsOfB.size();
    if (all == 0) {
        return 1; // neither says anything
    }
    std::size_t common = 0;
    for (auto x = runsOfA.begin(), y = runsOfB.begin(); x != runsOfA.end() && y != runsOfB.end();) {
        if (*x < *y) {
            ++x;
        } else if (*y < *x) {
            ++y;
        } else {
            ++common;
            ++x;
            ++y;
        }
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(all);
}

} // namespace signalbox::gateway
