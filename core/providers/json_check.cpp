// SPDX-License-Identifier: Apache-2.0
#include "core/providers/json_check.h"

#include "core/base/bounds.h"
#include "core/providers/json_lexer.h"

#include <simdjson.h>

namespace signalbox::providers {
namespace {

/// One pass over the text; the open brackets are the bits of one word.
class Checker : private JsonLexer
{
public:
    explicit Checker(std::string_view text)
        : JsonLexer(text)
    {}

    std::optional<JsonFault> run()
    {
        skipBlanks();
        if (atEnd()) {
            fail(JsonFaultKind::Empty);
            return fault();
        }
        m_depth = 0;
        while (step()) {}
        return fault();
    }

private:
    enum class Expect : std::uint8_t {
        Value,
        FirstElement,
        Key,
        FirstKey,
        Separator
    };

    [[nodiscard]] bool inObject() const { return ((m_objects >> (m_depth - 1)) & 1U) != 0; }

    /// Reads the next token; false at the end or at a fault.
    bool step()
    {
        skipBlanks();
        switch (m_expect) {
        case Expect::FirstElement:
            return peek() == ']' ? close() : value();
        case Expect::Value:
            return value();
        case Expect::FirstKey:
            return peek() == '}' ? close() : key();
        case Expect::Key:
            return key();
        case Expect::Separator:
            return m_depth == 0 ? ended() : separator();
        }
        return false;
    }

    bool ended() { return atEnd() ? false : fail(); }

    bool separator()
    {
        if (peek() == ',') {
            take();
            m_expect = inObject() ? Expect::Key : Expect::Value;
            return true;
        }
        return peek() == (inObject() ? '}' : ']') ? close() : fail();
    }

    bool open(bool object)
    {
        if (m_depth == bounds::kJsonDepthMax) {
            return fail(JsonFaultKind::Depth);
        }
        take();
        const std::uint64_t bit = std::uint64_t{1} << m_depth;
        m_objects = object ? m_objects | bit : m_objects & ~bit;
        ++m_depth;
        m_expect = object ? Expect::FirstKey : Expect::FirstElement;
        return true;
    }

    bool close()
    {
        take();
        --m_depth;
        m_expect = Expect::Separator;
        return true;
    }

    bool key()
    {
        if (peek() != '"' || !string()) {
            return fault() ? false : fail();
        }
        skipBlanks();
        if (peek() != ':') {
            return fail();
        }
        take();
        m_expect = Expect::Value;
        return true;
    }

    bool value()
    {
        m_expect = Expect::Separator;
        const char c = peek();
        switch (c) {
        case '{':
        case '[':
            return open(c == '{');
        case '"':
            return string();
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            return number();
        }
    }

    int m_depth = 0;
    std::uint64_t m_objects = 0; ///< bit i: the bracket at depth i is an object's
    Expect m_expect = Expect::Value;
};

} // namespace

std::optional<JsonFault> checkJson(std::string_view text)
{
    if (!simdjson::validate_utf8(text.data(), text.size())) {
        return JsonFault{JsonFaultKind::Utf8, 0};
    }
    return Checker(text).run();
}

bool isJsonObject(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{' && !checkJson(text);
}

} // namespace signalbox::providers
