// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/char_class.h"

#include "core/base/text.h"

#include <array>
#include <memory>
#include <unicode/uchar.h>
#include <vector>

namespace signalbox::tokens {
namespace {

CharClass classify(char32_t c)
{
    if (c == '\r' || c == '\n') {
        return CharClass::Break;
    }
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) {
        return CharClass::Blank;
    }
    const std::uint32_t category = U_MASK(u_charType(static_cast<UChar32>(c)));
    if ((category & U_GC_LL_MASK) != 0) {
        return CharClass::Lower;
    }
    if ((category & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0) {
        return CharClass::Upper;
    }
    if ((category & U_GC_L_MASK) != 0) {
        return CharClass::Caseless;
    }
    if ((category & U_GC_M_MASK) != 0) {
        return CharClass::Mark;
    }
    return (category & U_GC_N_MASK) != 0 ? CharClass::Number : CharClass::Other;
}

constexpr std::size_t kTabulated = 0x10000;

/// The Basic Multilingual Plane as a table; few texts go beyond it.
const std::array<CharClass, kTabulated> &basicPlane()
{
    static const auto table = [] {
        auto made = std::make_unique<std::array<CharClass, kTabulated>>();
        for (std::size_t c = 0; c < kTabulated; ++c) {
            (*made)[c] = classify(static_cast<char32_t>(c));
        }
        return made;
    }();
    return *table;
}

} // namespace

Char charAt(std::string_view text, std::size_t at)
{
    static const std::array<CharClass, kTabulated> &table = basicPlane();
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80) {
        return {table[first], 1};
    }
    std::size_t end = at;
    const char32_t c = nextCodePoint(text, end);
    return {c < kTabulated ? table[c] : classify(c), static_cast<std::uint8_t>(end - at)};
}

} // namespace signalbox::tokens
