// SPDX-License-Identifier: Apache-2.0
// Money as whole nano-USD in 64 bits: exact sums, one rounding rule, never a double.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// An amount of US dollars in whole nano-dollars (1e-9 USD); range about +-9.2e9 USD.
/// A price of x USD per million tokens is x * 1000 nano-USD per token: see TokenPrice.
class Money
{
public:
    constexpr Money() = default;
    static constexpr Money fromNanos(std::int64_t nanos) { return Money(nanos); }
    /// Exact reading of a decimal such as `12`, `0.0028`, `1e-7`; digits beyond the ninth decimal
    /// are rounded half away from zero. Nothing when it is no number or out of range.
    static std::optional<Money> fromDecimal(std::string_view usd);

    [[nodiscard]] constexpr std::int64_t nanos() const { return m_nanos; }
    /// Plain decimal USD with at least two and at most nine decimals, never an exponent: `0.000123`.
    [[nodiscard]] std::string toDecimal() const;

    friend constexpr auto operator<=>(const Money &, const Money &) = default;
    constexpr Money &operator+=(Money other)
    {
        m_nanos += other.m_nanos;
        return *this;
    }
    constexpr Money &operator-=(Money other)
    {
        m_nanos -= other.m_nanos;
        return *this;
    }
    friend constexpr Money operator+(Money a, Money b) { return a += b; }
    friend constexpr Money operator-(Money a, Money b) { return a -= b; }

private:
    constexpr explicit Money(std::int64_t nanos)
        : m_nanos(nanos)
    {}
    std::int64_t m_nanos = 0;
};

/// A price per token in pico-USD (1e-12 USD), so that `0.0028 USD per million` is exact.
class TokenPrice
{
public:
    constexpr TokenPrice() = default;
    /// From USD per million tokens as written in the file; at most six decimals count.
    static std::optional<TokenPrice> fromUsdPerMillion(std::string_view decimal);
    static constexpr TokenPrice fromPicosPerToken(std::int64_t picos)
    {
        TokenPrice price;
        price.m_picos = picos;
        return price;
    }

    [[nodiscard]] constexpr std::int64_t picosPerToken() const { return m_picos; }
    friend constexpr auto operator<=>(const TokenPrice &, const TokenPrice &) = default;

private:
    std::int64_t m_picos = 0;
};

/// A sum of products tokens x price, kept in pico-USD so that rounding happens once, at the end:
/// half away from zero, to whole nano-USD.
class CostSum
{
public:
    constexpr void add(std::int64_t tokens, TokenPrice price)
    {
        m_picos += tokens * price.picosPerToken();
    }
    [[nodiscard]] constexpr Money total() const
    {
        const std::int64_t half = m_picos < 0 ? -500 : 500;
        return Money::fromNanos((m_picos + half) / 1000);
    }

private:
    std::int64_t m_picos = 0;
};

} // namespace signalbox
