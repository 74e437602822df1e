// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/json_members.h"

#include <array>
#include <charconv>

namespace signalbox::runtime {
namespace {

/// A number / 1000 in all its digits, at least one behind the point: 12345 is 12.345. A double would
/// say the same at ten times the price.
class Thousandths
{
public:
    explicit Thousandths(std::int64_t thousandths)
    {
        char *at = m_digits.data();
        // Unsigned, so that the least number has its opposite.
        auto all = static_cast<std::uint64_t>(thousandths);
        if (thousandths < 0) {
            *at++ = '-';
            all = 0 - all;
        }
        auto rest = static_cast<unsigned>(all % 1000);
        at = std::to_chars(at, m_digits.data() + m_digits.size(), all / 1000).ptr;
        *at++ = '.';
        do {
            *at++ = static_cast<char>('0' + rest / 100);
            rest = rest % 100 * 10;
        } while (rest != 0);
        m_size = static_cast<std::size_t>(at - m_digits.data());
    }
    [[nodiscard]] std::string_view text() const { return {m_digits.data(), m_size}; }

private:
    std::array<char, 32> m_digits{};
    std::size_t m_size = 0;
};

} // namespace

JsonMembers &JsonMembers::string(JsonName name, std::string_view text)
{
    m_json.key(name).lossyString(text);
    return *this;
}

JsonMembers &JsonMembers::text(JsonName name, std::string_view text)
{
    m_json.key(name);
    text.empty() ? m_json.null() : m_json.lossyString(text);
    return *this;
}

JsonMembers &JsonMembers::strings(JsonName name, const std::vector<std::string> &texts)
{
    m_json.key(name).beginArray();
    for (const std::string &text : texts) {
        m_json.lossyString(text);
    }
    m_json.endArray();
    return *this;
}

JsonMembers &JsonMembers::flag(JsonName name, bool flag)
{
    m_json.key(name).boolean(flag);
    return *this;
}

JsonMembers &JsonMembers::integer(JsonName name, std::optional<std::int64_t> number)
{
    m_json.key(name);
    number ? m_json.integer(*number) : m_json.null();
    return *this;
}

JsonMembers &JsonMembers::real(JsonName name, std::optional<double> number)
{
    m_json.key(name);
    number ? m_json.real(*number) : m_json.null();
    return *this;
}

JsonMembers &JsonMembers::money(JsonName name, const std::optional<Money> &money)
{
    m_json.key(name);
    money ? m_json.string(money->toDecimal()) : m_json.null();
    return *this;
}

JsonMembers &JsonMembers::millis(JsonName name, std::optional<Micros> duration)
{
    m_json.key(name);
    duration ? m_json.raw(Thousandths(duration->count()).text()) : m_json.null();
    return *this;
}

} // namespace signalbox::runtime
