// SPDX-License-Identifier: Apache-2.0
#include "core/providers/json_lexer.h"

#include "core/base/text.h"

#include <cstring>

namespace signalbox::providers {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<unsigned> hexValue(char c)
{
    if (isDigit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return static_cast<unsigned>(c - 'a' + 10);
    }
    if (c >= 'A' && c <= 'F') {
        return static_cast<unsigned>(c - 'A' + 10);
    }
    return std::nullopt;
}

} // namespace

bool JsonLexer::fail(JsonFaultKind kind)
{
    m_fault = JsonFault{kind, m_at};
    return false;
}

/// How many there are in a row.
std::size_t JsonLexer::blanks() const
{
    std::size_t end = m_at;
    while (end < m_text.size() && isBlank(m_text[end])) {
        ++end;
    }
    return end - m_at;
}

bool JsonLexer::literal(std::string_view word)
{
    if (m_text.substr(m_at, word.size()) != word) {
        return fail();
    }
    m_at += word.size();
    return true;
}

bool JsonLexer::digits()
{
    if (!isDigit(peek())) {
        return fail();
    }
    while (isDigit(peek())) {
        ++m_at;
    }
    return true;
}

bool JsonLexer::number()
{
    m_at += peek() == '-' ? 1U : 0U;
    if (peek() == '0') {
        ++m_at;
    } else if (!digits()) {
        return false;
    }
    if (peek() == '.') {
        ++m_at;
        if (!digits()) {
            return false;
        }
    }
    if (peek() != 'e' && peek() != 'E') {
        return true;
    }
    ++m_at;
    m_at += peek() == '+' || peek() == '-' ? 1U : 0U;
    return digits();
}

bool JsonLexer::string()
{
    ++m_at;
    for (;;) {
        m_at += plainJsonPrefix(m_text.substr(m_at));
        if (peek() == '"') {
            ++m_at;
            return true;
        }
        if (peek() != '\\') {
            return fail();
        }
        if (!escape()) {
            return false;
        }
    }
}

bool JsonLexer::escape()
{
    const char kind = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
    if (kind == 'u') {
        return unicodeEscape();
    }
    if (kind == '\0' || std::strchr("\"\\/bfnrt", kind) == nullptr) {
        return fail();
    }
    m_at += 2;
    return true;
}

/// The code unit of `\uXXXX` at the current place, which stays.
std::optional<unsigned> JsonLexer::codeUnit(std::size_t at) const
{
    if (at + 6 > m_text.size() || m_text[at] != '\\' || m_text[at + 1] != 'u') {
        return std::nullopt;
    }
    unsigned unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const auto digit = hexValue(m_text[i]);
        if (!digit) {
            return std::nullopt;
        }
        unit = unit * 16 + *digit;
    }
    return unit;
}

bool JsonLexer::unicodeEscape()
{
    const auto unit = codeUnit(m_at);
    if (!unit) {
        return fail();
    }
    if (*unit >= 0xDC00 && *unit <= 0xDFFF) {
        return fail(JsonFaultKind::Surrogate);
    }
    if (*unit < 0xD800 || *unit > 0xDBFF) {
        m_at += 6;
        return true;
    }
    const auto low = codeUnit(m_at + 6);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) {
        return fail(JsonFaultKind::Surrogate);
    }
    m_at += 12;
    return true;
}

} // namespace signalbox::providers
