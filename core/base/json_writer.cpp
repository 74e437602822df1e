// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_writer.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

namespace signalbox {
namespace {

void appendEscape(std::string &out, char c)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += kHex[byte >> 4U];
    out += kHex[byte & 0x0FU];
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        const std::size_t plain = plainJsonPrefix(text);
        out.append(text.substr(0, plain));
        if (plain == text.size()) {
            break;
        }
        appendEscape(out, text[plain]);
        text.remove_prefix(plain + 1);
    }
    out += '"';
}

JsonWriter &JsonWriter::key(JsonName name)
{
    // All at once: half of what is written are names.
    const std::string_view text = name.text();
    const std::size_t start = m_out.size();
    m_out.resize(start + text.size() + (m_needsComma ? 4 : 3));
    char *at = m_out.data() + start;
    if (m_needsComma) {
        *at++ = ',';
    }
    *at++ = '"';
    at += text.copy(at, text.size());
    *at++ = '"';
    *at = ':';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::anyKey(std::string_view name)
{
    separate();
    appendJsonString(m_out, name);
    m_out += ':';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::string(std::string_view text)
{
    separate();
    appendJsonString(m_out, text);
    return *this;
}

JsonWriter &JsonWriter::lossyString(std::string_view bytes)
{
    return isUtf8(bytes) ? string(bytes) : string(toUtf8(bytes));
}

JsonWriter &JsonWriter::stringOrNull(std::string_view text)
{
    return text.empty() ? null() : string(text);
}

JsonWriter &JsonWriter::integer(std::int64_t number)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return token({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

JsonWriter &JsonWriter::real(double number)
{
    if (!std::isfinite(number)) {
        return null();
    }
    // Most are whole, and finding the fewest digits is dear. Minus zero keeps its sign below.
    constexpr double largest = 1e9;
    if (std::abs(number) < largest && number == std::trunc(number) && number != 0) {
        integer(static_cast<std::int64_t>(number));
        m_out += ".0";
        return *this;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    token(text);
    if (text.find_first_of(".e") == std::string_view::npos) {
        m_out += ".0"; // stays a number with decimals for who tells the two apart
    }
    return *this;
}

JsonWriter &JsonWriter::raw(std::string_view json)
{
    const bool broken = json.find('\n') != std::string_view::npos
                        || json.find('\r') != std::string_view::npos;
    if (!broken) {
        return token(json);
    }
    separate();
    // Inside strings a line break can only be escaped, so every plain one stands between tokens.
    std::ranges::copy_if(json, std::back_inserter(m_out), [](char c) {
        return c != '\r' && c != '\n';
    });
    return *this;
}

JsonWriter &JsonWriter::open(char bracket)
{
    separate();
    m_out += bracket;
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::close(char bracket)
{
    m_out += bracket;
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::token(std::string_view text)
{
    separate();
    m_out += text;
    return *this;
}

void JsonWriter::separate()
{
    if (m_needsComma) {
        m_out += ',';
    }
    m_needsComma = true;
}

} // namespace signalbox
