// SPDX-License-Identifier: Apache-2.0
#include "core/http/syntax.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace signalbox::http {
namespace {

constexpr bool isTokenChar(unsigned char c)
{
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                              || (c >= 'A' && c <= 'Z');
    return alphanumeric
           || std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c))
                  != std::string_view::npos;
}

constexpr bool isControl(unsigned char c)
{
    return (c < 0x20 && c != '\t') || c == 0x7F;
}

constexpr std::array<bool, 256> makeTable(bool (*holds)(unsigned char))
{
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
        table[c] = holds(static_cast<unsigned char>(c));
    }
    return table;
}

constexpr std::array<bool, 256> kTokenChars = makeTable(isTokenChar);
constexpr std::array<bool, 256> kControls = makeTable(isControl);

} // namespace

bool isToken(std::string_view text)
{
    bool valid = !text.empty();
    for (const char c : text) {
        valid &= kTokenChars[static_cast<unsigned char>(c)]; // without a branch: bad ones are rare
    }
    return valid;
}

bool isFieldValue(std::string_view text)
{
    // Without an early end the compiler can look at many bytes at once; bad values are rare.
    bool found = false;
    for (const char c : text) {
        found |= kControls[static_cast<unsigned char>(c)];
    }
    return !found;
}

bool isVisible(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = toLowerAscii(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::uint64_t> parseDecimal(std::string_view text)
{
    if (text.empty() || text.size() > 18) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::optional<std::uint64_t> parseHexadecimal(std::string_view text)
{
    if (text.empty() || text.size() > 16) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = hexValue(c);
        if (digit < 0) {
            return std::nullopt;
        }
        value = value << 4U | static_cast<std::uint64_t>(digit);
    }
    return value;
}

std::size_t findLineBreak(std::string_view text)
{
    // Two memchr a block beat a loop over bytes; blocks, so that a text of CRs alone is not
    // searched to its end for a LF each time.
    constexpr std::size_t kBlockBytes = 512;
    for (std::size_t at = 0; at < text.size(); at += kBlockBytes) {
        const std::string_view block = text.substr(at, kBlockBytes);
        const std::string_view beforeLf = block.substr(0, block.find('\n'));
        const std::size_t cr = beforeLf.find('\r');
        if (cr != std::string_view::npos || beforeLf.size() < block.size()) {
            return at + std::min(cr, beforeLf.size());
        }
    }
    return text.size();
}

std::string_view takeElement(std::string_view &list, char separator)
{
    const std::size_t end = list.find(separator);
    const std::string_view element = trimmed(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    return element;
}

} // namespace signalbox::http
