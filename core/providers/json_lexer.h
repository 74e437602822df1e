// SPDX-License-Identifier: Apache-2.0
// The tokens of JSON, taken off a text one by one and checked to the letter.
#pragma once

#include "core/providers/json_check.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace signalbox::providers {

/// A place in a text. What takes a token returns false, and keeps the fault, when there is none.
class JsonLexer
{
public:
    explicit JsonLexer(std::string_view text)
        : m_text(text)
    {}

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    /// The next character; zero at the end, which no token begins with.
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    [[nodiscard]] const std::optional<JsonFault> &fault() const { return m_fault; }

    void take() { ++m_at; }
    void skipBlanks() { m_at += isBlank(peek()) ? blanks() : 0; }
    bool literal(std::string_view word);
    bool number();
    bool string();
    /// Notes a fault at this place.
    bool fail(JsonFaultKind kind = JsonFaultKind::Syntax);

private:
    static bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    [[nodiscard]] std::size_t blanks() const;
    bool digits();
    bool escape();
    bool unicodeEscape();
    [[nodiscard]] std::optional<unsigned> codeUnit(std::size_t at) const;

    std::string_view m_text;
    std::size_t m_at = 0;
    std::optional<JsonFault> m_fault;
};

} // namespace signalbox::providers
