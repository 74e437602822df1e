// SPDX-License-Identifier: Apache-2.0
#include "core/base/money.h"

#include <algorithm>
#include <array>
#include <limits>

namespace signalbox {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A decimal lexeme as digits and a power of ten: value = digits * 10^exponent.
struct Lexeme
{
    bool negative = false;
    std::string digits;
    int exponent = 0;
};

/// Takes a `+` or `-` off the front of \p text; true for a `-`.
bool takeSign(std::string_view &text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    return negative;
}

/// Takes at most \p limit digits off the front of \p text.
std::string_view takeDigits(std::string_view &text, std::size_t limit = std::string_view::npos)
{
    std::size_t count = 0;
    while (count < std::min(text.size(), limit) && isDigit(text[count])) {
        ++count;
    }
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

/// `e-3` and the like, or nothing at all; nothing for an exponent without a number.
std::optional<int> takeExponent(std::string_view &text)
{
    if (!text.starts_with('e') && !text.starts_with('E')) {
        return 0;
    }
    text.remove_prefix(1);
    const bool negative = takeSign(text);
    const std::string_view digits = takeDigits(text, 4);
    int exponent = 0;
    for (const char digit : digits) {
        exponent = exponent * 10 + (digit - '0');
    }
    return digits.empty() ? std::nullopt : std::optional(negative ? -exponent : exponent);
}

std::optional<Lexeme> parseLexeme(std::string_view text)
{
    Lexeme lexeme;
    lexeme.negative = takeSign(text);
    lexeme.digits = takeDigits(text);
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        const std::string_view fraction = takeDigits(text);
        lexeme.digits += fraction;
        lexeme.exponent = -static_cast<int>(fraction.size());
    }
    const auto exponent = takeExponent(text);
    if (lexeme.digits.empty() || !exponent || !text.empty()) {
        return std::nullopt;
    }
    lexeme.exponent += *exponent;
    return lexeme;
}

/// The decimal times 10^places as an integer, rounded half away from zero.
std::optional<std::int64_t> scaled(std::string_view text, int places)
{
    const auto lexeme = parseLexeme(text);
    if (!lexeme) {
        return std::nullopt;
    }
    const int shift = lexeme->exponent + places;
    const auto size = static_cast<std::int64_t>(lexeme->digits.size());
    const std::int64_t kept = size + (shift < 0 ? shift : 0);
    constexpr std::int64_t kLimit = std::numeric_limits<std::int64_t>::max() / 10 - 1;
    std::int64_t value = 0;
    for (std::int64_t i = 0; i < kept; ++i) {
        if (value > kLimit) {
            return std::nullopt;
        }
        value = value * 10 + (lexeme->digits[static_cast<std::size_t>(i)] - '0');
    }
    for (int i = 0; i < shift && value != 0; ++i) {
        if (value > kLimit) {
            return std::nullopt;
        }
        value *= 10;
    }
    const bool roundsUp = kept >= 0 && kept < size
                          && lexeme->digits[static_cast<std::size_t>(kept)] >= '5';
    value += roundsUp ? 1 : 0;
    return lexeme->negative ? -value : value;
}

} // namespace

std::optional<Money> Money::fromDecimal(std::string_view usd)
{
    const auto nanos = scaled(usd, 9);
    return nanos ? std::optional(Money(*nanos)) : std::nullopt;
}

std::string Money::toDecimal() const
{
    const bool negative = m_nanos < 0;
    auto magnitude = static_cast<std::uint64_t>(m_nanos);
    if (negative) {
        magnitude = ~magnitude + 1;
    }
    std::array<char, 32> text{}; // from its end, as digits come
    char *const end = text.data() + text.size();
    char *at = end;
    std::uint64_t fraction = magnitude % 1'000'000'000;
    int places = 9;
    for (; places > 2 && fraction % 10 == 0; --places) {
        fraction /= 10;
    }
    for (; places > 0; --places, fraction /= 10) {
        *--at = static_cast<char>('0' + fraction % 10);
    }
    *--at = '.';
    std::uint64_t whole = magnitude / 1'000'000'000;
    do {
        *--at = static_cast<char>('0' + whole % 10);
        whole /= 10;
    } while (whole != 0);
    if (negative) {
        *--at = '-';
    }
    return {at, end};
}

std::optional<TokenPrice> TokenPrice::fromUsdPerMillion(std::string_view decimal)
{
    const auto picos = scaled(decimal, 6);
    return picos ? std::optional(fromPicosPerToken(*picos)) : std::nullopt;
}

} // namespace signalbox
