// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

namespace signalbox {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// How many continuation bytes follow \p lead, the bits it carries, and the least code point of
/// that length; nothing for a byte that cannot lead.
struct Lead
{
    int continuations = 0;
    char32_t bits = 0;
    char32_t least = 0;
};

std::optional<Lead> readLead(unsigned char lead)
{
    if (lead < 0x80) {
        return Lead{0, lead, 0};
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return Lead{1, char32_t(lead & 0x1FU), 0x80};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return Lead{2, char32_t(lead & 0x0FU), 0x800};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return Lead{3, char32_t(lead & 0x07U), 0x10000};
    }
    return std::nullopt;
}

std::optional<char32_t> readCodePoint(std::string_view text, std::size_t &at)
{
    const auto lead = readLead(static_cast<unsigned char>(text[at]));
    if (!lead || at + static_cast<std::size_t>(lead->continuations) >= text.size()) {
        return std::nullopt;
    }
    char32_t codePoint = lead->bits;
    for (int i = 1; i <= lead->continuations; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + static_cast<std::size_t>(i)]);
        if ((byte & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        codePoint = (codePoint << 6U) | (byte & 0x3FU);
    }
    const bool surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    if (codePoint < lead->least || codePoint > 0x10FFFF || surrogate) {
        return std::nullopt;
    }
    at += 1 + static_cast<std::size_t>(lead->continuations);
    return codePoint;
}

/// Eight bytes at \p at, the first of them lowest.
std::uint64_t littleEndianWord(std::string_view text, std::size_t at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    return std::endian::native == std::endian::big ? __builtin_bswap64(word) : word;
}

/// Sixteen bytes that are compared at once (the vectors of GCC and Clang).
using Block [[gnu::vector_size(16)]] = unsigned char;

Block blockAt(std::string_view text, std::size_t at)
{
    Block block;
    std::memcpy(&block, text.data() + at, sizeof block);
    return block;
}

/// Bytes that do not stand in a JSON string as they are have all bits set, the others none.
Block notPlain(Block block)
{
    return Block(block < 0x20) | Block(block == '"') | Block(block == '\\');
}

/// How many of eight bytes stand in a JSON string as they are, up to the first that does not.
std::size_t plainInWord(std::uint64_t word)
{
    // Each byte to be found gets its highest bit set. A borrow may mark a byte above such a one as
    // well, never one below, and the lowest is what counts.
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kTops = 0x8080808080808080;
    const auto below = [](std::uint64_t bytes, std::uint64_t limit) {
        return (bytes - kOnes * limit) & ~bytes & kTops;
    };
    const std::uint64_t found = below(word, 0x20) | below(word ^ (kOnes * '"'), 1)
                                | below(word ^ (kOnes * '\\'), 1);
    return static_cast<std::size_t>(std::countr_zero(found)) / 8;
}

bool anySet(Block block)
{
    std::array<std::uint64_t, 2> words{};
    static_assert(sizeof words == sizeof block);
    std::memcpy(words.data(), &block, sizeof block);
    return (words[0] | words[1]) != 0;
}

/// Bytes at \p at that are ASCII, counted eight at a time while there are so many.
std::size_t asciiRun(std::string_view text, std::size_t at)
{
    constexpr std::uint64_t tops = 0x8080808080808080;
    const std::size_t begin = at;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & tops) != 0) {
            break;
        }
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
        ++at;
    }
    return at - begin;
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> previous(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        previous[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, substitution});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

} // namespace

char toLowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string toLowerAscii(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        c = toLowerAscii(c);
    }
    return result;
}

bool equalsIgnoreCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return toLowerAscii(x) == toLowerAscii(y);
    });
}

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = result.ec == std::errc{} && result.ptr == text.data() + text.size();
    return whole && text.front() != '-' ? std::optional(value) : std::nullopt;
}

bool isUtf8(std::string_view bytes)
{
    std::size_t at = asciiRun(bytes, 0);
    while (at < bytes.size()) {
        if (!readCodePoint(bytes, at)) {
            return false;
        }
        at += asciiRun(bytes, at);
    }
    return true;
}

char32_t nextCodePoint(std::string_view text, std::size_t &at)
{
    const auto codePoint = readCodePoint(text, at);
    if (!codePoint) {
        ++at;
    }
    return codePoint.value_or(kReplacement);
}

void appendUtf8(std::string &out, char32_t codePoint)
{
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0U | (codePoint >> 6U));
        put(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000) {
        put(0xE0U | (codePoint >> 12U));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    } else {
        put(0xF0U | (codePoint >> 18U));
        put(0x80U | ((codePoint >> 12U) & 0x3FU));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    }
}

std::string toUtf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        appendUtf8(text, nextCodePoint(bytes, at));
    }
    return text;
}

std::size_t plainJsonPrefix(std::string_view text)
{
    const auto isPlain = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    };
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    std::size_t at = 0;
    if (text.size() >= kWord) {
        at = plainInWord(littleEndianWord(text, 0));
        if (at < kWord) {
            return at; // most strings are names, and end here
        }
    }
    while (at + 2 * sizeof(Block) <= text.size()
           && !anySet(notPlain(blockAt(text, at)) | notPlain(blockAt(text, at + sizeof(Block))))) {
        at += 2 * sizeof(Block);
    }
    for (; at + kWord <= text.size(); at += kWord) {
        const std::size_t plain = plainInWord(littleEndianWord(text, at));
        if (plain < kWord) {
            return at + plain;
        }
    }
    while (at < text.size() && isPlain(text[at])) {
        ++at;
    }
    return at;
}

bool isCjk(char32_t c)
{
    // Unicode 15 blocks; checked in order of how often they occur in Chinese and Japanese text.
    static constexpr std::array<std::pair<char32_t, char32_t>, 14> kRanges = {{
        {0x4E00, 0x9FFF}, // CJK Unified Ideographs
        {0x3000, 0x303F}, // CJK Symbols and Punctuation
        {0xFF00, 0xFFEF}, // Halfwidth and Fullwidth Forms
        {0x3040, 0x30FF}, // Hiragana, Katakana
        {0xAC00, 0xD7AF}, // Hangul Syllables
        {0x3400, 0x4DBF}, // Extension A
        {0xF900, 0xFAFF}, // Compatibility Ideographs
        {0x1100, 0x11FF}, // Hangul Jamo
        {0x3130, 0x318F}, // Hangul Compatibility Jamo
        {0x3100, 0x312F}, // Bopomofo
        {0x31A0, 0x31FF}, // Bopomofo Extended, strokes, Katakana extensions
        {0x2E80, 0x2FDF}, // radicals
        {0x20000, 0x2FA1F}, // Extensions B to F
        {0x30000, 0x323AF}, // Extensions G and H
    }};
    return std::ranges::any_of(kRanges, [c](const auto &range) {
        return c >= range.first && c <= range.second;
    });
}

std::vector<std::string> nearestNames(std::string_view wanted,
                                      const std::vector<std::string> &known)
{
    std::vector<std::pair<std::size_t, std::string>> scored;
    for (const std::string &name : known) {
        const std::size_t longest = std::max(wanted.size(), name.size());
        const std::size_t distance = editDistance(toLowerAscii(wanted), toLowerAscii(name));
        if (distance * 3 <= longest) {
            scored.emplace_back(distance, name);
        }
    }
    std::ranges::sort(scored);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < scored.size() && i < 3; ++i) {
        names.push_back(scored[i].second);
    }
    return names;
}

} // namespace signalbox
