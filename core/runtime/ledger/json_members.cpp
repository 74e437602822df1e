// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/json_members.h"

namespace signalbox::runtime {

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
    duration ? m_json.real(static_cast<double>(duration->count()) / 1000) : m_json.null();
    return *this;
}

} // namespace signalbox::runtime
