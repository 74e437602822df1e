// SPDX-License-Identifier: Apache-2.0
#include "core/cache/word_scan.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace signalbox::cache {
namespace {

bool isDigit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}

bool isAsciiLetter(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

/// Letters beyond ASCII, near enough: what is no punctuation, no symbol and not CJK.
bool isLetter(char32_t c)
{
    const bool latin = c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7;
    return isAsciiLetter(c) || latin;
}

bool isCapital(char32_t c)
{
    const bool latin = c >= 0xC0 && c <= 0xDE && c != 0xD7;
    return (c >= U'A' && c <= U'Z') || latin || (c >= 0x391 && c <= 0x3A9)
           || (c >= 0x410 && c <= 0x42F);
}

char32_t lower(char32_t c)
{
    return isCapital(c) ? c + 0x20 : c;
}

/// Full-width letters, digits and signs as their ASCII twins.
char32_t narrow(char32_t c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

bool isIdeograph(char32_t c)
{
    const bool punctuation = (c >= 0x3000 && c <= 0x303F && c != 0x3005) || c >= 0xFF00;
    return isCjk(c) && !(punctuation && c < 0x20000);
}

constexpr std::u32string_view kEnds = U".?!;\n。";
constexpr std::u32string_view kSymbols = U"+*/=<>^%&|$€£¥~";
constexpr std::array<std::pair<char32_t, char32_t>, 9> kQuotes = {{
    {U'"', U'"'},
    {U'\'', U'\''},
    {U'`', U'`'},
    {U'“', U'”'},
    {U'‘', U'’'},
    {U'「', U'」'},
    {U'『', U'』'},
    {U'《', U'》'},
    {U'«', U'»'},
}};

class Scanner
{
public:
    explicit Scanner(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            m_text += narrow(nextCodePoint(text, at));
        }
    }

    Scan scan()
    {
        while (m_at < m_text.size()) {
            const char32_t c = m_text[m_at];
            if (quotation()) {
                continue;
            }
            if (isLetter(c) || isDigit(c) || c == U'_' || signs()) {
                wordLike();
            } else if (isIdeograph(c)) {
                ideographs();
            } else {
                mark(c);
                ++m_at;
            }
        }
        return std::move(m_scan);
    }

private:
    [[nodiscard]] char32_t at(std::size_t index) const
    {
        return index < m_text.size() ? m_text[index] : U' ';
    }
    [[nodiscard]] char32_t before() const { return m_at == 0 ? U' ' : m_text[m_at - 1]; }
    [[nodiscard]] static bool isWordly(char32_t c) { return isLetter(c) || isDigit(c); }

    /// A minus that belongs to the number after it.
    [[nodiscard]] bool signs() const
    {
        return m_text[m_at] == U'-' && isDigit(at(m_at + 1)) && before() == U' ';
    }

    bool quotation()
    {
        const char32_t open = m_text[m_at];
        const auto *known = std::ranges::find(kQuotes, open, &std::pair<char32_t, char32_t>::first);
        if (known == kQuotes.end() || (open == U'\'' && isWordly(before()))) {
            return false;
        }
        std::size_t end = m_at + 1;
        const auto closes = [&] {
            return m_text[end] == known->second
                   && (known->second != U'\'' || !isWordly(at(end + 1)));
        };
        while (end < m_text.size() && !closes()) {
            ++end;
        }
        if (end == m_text.size()) {
            return false;
        }
        std::string quote;
        for (std::size_t i = m_at + 1; i < end; ++i) {
            appendUtf8(quote, m_text[i]);
        }
        if (!quote.empty()) {
            m_scan.quotes.push_back(std::move(quote));
        }
        m_at = end + 1;
        return true;
    }

    /// Whether the character at \p index holds together what stands around it.
    [[nodiscard]] bool joins(std::size_t index) const
    {
        const char32_t c = at(index);
        const char32_t left = at(index - 1);
        const char32_t right = at(index + 1);
        switch (c) {
        case U',':
        case U':':
            return (isDigit(left) && isDigit(right)) || (c == U':' && right == U':')
                   || (c == U':' && left == U':');
        case U'\'':
        case U'’':
            return isLetter(left) && isLetter(right);
        case U'.':
        case U'/':
        case U'-':
        case U'@':
            return isWordly(left) && isWordly(right);
        case U'(':
            return isWordly(left) && right == U')';
        case U')':
            return left == U'(';
        default:
            return false;
        }
    }

    void wordLike()
    {
        std::u32string run(1, m_text[m_at++]);
        while (m_at < m_text.size()) {
            const char32_t c = m_text[m_at];
            const bool suffix = (c == U'+' || c == U'#') && isWordly(before())
                                && !isDigit(before());
            if (!isWordly(c) && c != U'_' && !joins(m_at) && !suffix
                && !(c == U'+' && before() == U'+')) {
                break;
            }
            run += c == U'’' ? U'\'' : c;
            ++m_at;
        }
        classify(run);
    }

    static bool has(std::u32string_view run, std::u32string_view any)
    {
        return run.find_first_of(any) != std::u32string_view::npos;
    }

    void classify(const std::u32string &run)
    {
        const bool digits = std::ranges::any_of(run, isDigit);
        if (digits && number(run)) {
            return;
        }
        if (digits || has(run, U"_:@(+#.") || (has(run, U"/") && run.size() > 7)) {
            add(Token::Kind::Code, run);
            return;
        }
        std::size_t from = 0;
        while (from <= run.size()) {
            const std::size_t end = std::min(run.find(U'-', from), run.size());
            if (end > from) {
                word(run.substr(from, end - from));
            }
            from = end + 1;
        }
    }

    /// Digits with a sign, separators, a fraction and perhaps a unit right after them.
    bool number(std::u32string_view run)
    {
        std::u32string value;
        std::size_t at = 0;
        while (at < run.size() && (isDigit(run[at]) || has(run.substr(at, 1), U",.-"))) {
            if (run[at] == U'-' && at > 0) {
                return false;
            }
            if (run[at] != U',') {
                value += run[at];
            }
            ++at;
        }
        const std::u32string_view unit = run.substr(at);
        if (!std::ranges::all_of(unit, isLetter) || unit.size() > 3 || !isDigit(run[at - 1])) {
            return false;
        }
        add(Token::Kind::Number, value);
        if (!unit.empty()) {
            word(std::u32string(unit));
        }
        return true;
    }

    void word(std::u32string text)
    {
        const bool capital = isCapital(text[0]);
        std::ranges::transform(text, text.begin(), lower);
        add(Token::Kind::Word, text);
        m_scan.tokens.back().capital = capital;
    }

    void ideographs()
    {
        const std::size_t from = m_at;
        while (m_at < m_text.size() && isIdeograph(m_text[m_at])) {
            ++m_at;
        }
        add(Token::Kind::Han, m_text.substr(from, m_at - from));
    }

    void mark(char32_t c)
    {
        const bool minus = c == U'-' && !m_scan.tokens.empty()
                           && m_scan.tokens.back().kind == Token::Kind::Number;
        if (kEnds.find(c) != std::u32string_view::npos) {
            add(Token::Kind::End, U".");
        } else if (minus || kSymbols.find(c) != std::u32string_view::npos) {
            add(Token::Kind::Symbol, std::u32string(1, c));
        }
    }

    void add(Token::Kind kind, std::u32string_view text)
    {
        Token token;
        token.kind = kind;
        for (const char32_t c : text) {
            appendUtf8(token.text, c);
        }
        m_scan.tokens.push_back(std::move(token));
    }

    std::u32string m_text;
    std::size_t m_at = 0;
    Scan m_scan;
};

} // namespace

Scan scanWords(std::string_view text)
{
    return Scanner(text).scan();
}

} // namespace signalbox::cache
