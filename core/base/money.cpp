// SPDX-License-Identifier: Apache-2.0
#include "core/base/money.h"

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

std::optional<Lexeme> parseLexeme(std::string_view text)
{
    Lexeme lexeme;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
        lexeme.negative = text[at] == '-';
        ++at;
    }
    bool any = false;
    for (; at < text.size() && isDigit(text[at]); ++at, any = true) {
        lexeme.digits += text[at];
    }
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && isDigit(text[at]); ++at, any = true) {
            lexeme.digits += text[at];
            --lexeme.exponent;
        }
    }
    if (!any) {
        return std::nullopt;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        const bool negative = at < text.size() && text[at] == '-';
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
            ++at;
        }
        int exponent = 0;
        const std::size_t begin = at;
        for (; at < text.size() && isDigit(text[at]) && at - begin < 4; ++at) {
            exponent = exponent * 10 + (text[at] - '0');
        }
        if (at == begin) {
            return std::nullopt;
        }
        lexeme.exponent += negative ? -exponent : exponent;
    }
    return at == text.size() ? std::optional(lexeme) : std::nullopt;
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
    constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 10 - 1;
    std::int64_t value = 0;
    for (std::int64_t i = 0; i < kept; ++i) {
        if (value > limit) {
            return std::nullopt;
        }
        value = value * 10 + (lexeme->digits[static_cast<std::size_t>(i)] - '0');
    }
    for (int i = 0; i < shift && value != 0; ++i) {
        if (value > limit) {
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
    std::string fraction = std::to_string(magnitude % 1'000'000'000);
    fraction.insert(0, 9 - fraction.size(), '0');
    while (fraction.size() > 2 && fraction.back() == '0') {
        fraction.pop_back();
    }
    return (negative ? "-" : "") + std::to_string(magnitude / 1'000'000'000) + '.' + fraction;
}

std::optional<TokenPrice> TokenPrice::fromUsdPerMillion(std::string_view decimal)
{
    const auto picos = scaled(decimal, 6);
    return picos ? std::optional(fromPicosPerToken(*picos)) : std::nullopt;
}

} // namespace signalbox
