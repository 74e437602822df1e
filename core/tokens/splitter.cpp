// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/splitter.h"

#include "core/base/text.h"

#include <algorithm>

namespace signalbox::tokens {
namespace {

/// [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
bool mayBeUpper(CharClass c)
{
    return c == CharClass::Upper || c == CharClass::Caseless || c == CharClass::Mark;
}

/// [\p{Ll}\p{Lm}\p{Lo}\p{M}]
bool mayBeLower(CharClass c)
{
    return c == CharClass::Lower || c == CharClass::Caseless || c == CharClass::Mark;
}

/// [^\r\n\p{L}\p{N}]: what may stand before a word and belong to it.
bool mayLead(CharClass c)
{
    return c >= CharClass::Mark && c != CharClass::Number && c != CharClass::Break;
}

/// [^\s\p{L}\p{N}]
bool isSign(CharClass c)
{
    return c == CharClass::Mark || c == CharClass::Other;
}

} // namespace

/// Beyond the end stands a break of no bytes, which belongs to no run that is asked for there.
Char Splitter::at(std::size_t position) const
{
    return position < m_text.size() ? charAt(m_text, position) : Char{CharClass::Break, 0};
}

template <typename Belongs>
std::size_t Splitter::runEnd(std::size_t from, Belongs belongs) const
{
    while (from < m_text.size()) {
        const Char c = charAt(m_text, from);
        if (!belongs(c.cls)) {
            break;
        }
        from += c.bytes;
    }
    return from;
}

std::string_view Splitter::next()
{
    if (m_at == m_text.size()) {
        return {};
    }
    const std::size_t begin = m_at;
    m_at = pieceEnd();
    return m_text.substr(begin, m_at - begin);
}

/// The alternatives in the patterns' order; the last two take whatever is left.
std::size_t Splitter::pieceEnd() const
{
    const Char first = at(m_at);
    const bool cased = m_style == SplitStyle::O200k;
    if (!cased) {
        if (const std::size_t end = contractionEnd(m_at); end > m_at) {
            return end;
        }
    }
    if (const std::size_t end = cased ? casedWordEnd(first) : wordEnd(first); end != 0) {
        return end;
    }
    if (first.cls == CharClass::Number) {
        return numberEnd();
    }
    if (const std::size_t end = signsEnd(first); end != 0) {
        return end;
    }
    return spaceEnd();
}

/// `[^\r\n\p{L}\p{N}]?\p{L}+`
std::size_t Splitter::wordEnd(Char first) const
{
    const std::size_t begin = mayLead(first.cls) ? m_at + first.bytes : m_at;
    const std::size_t end = runEnd(begin, isLetter);
    return end > begin ? end : 0;
}

/// `[^\r\n\p{L}\p{N}]?[\p{Lu}...]*[\p{Ll}...]+(contraction)?`, else the same with
/// `[\p{Lu}...]+[\p{Ll}...]*`. A mark may be the lead or part of the word, which is tried second.
std::size_t Splitter::casedWordEnd(Char first) const
{
    const Word led = mayLead(first.cls) ? casedWord(m_at + first.bytes) : Word{};
    if (led.lowerEnd != 0) {
        return contractionEnd(led.lowerEnd);
    }
    const bool begins = mayBeUpper(first.cls) || mayBeLower(first.cls);
    const Word bare = begins ? casedWord(m_at) : Word{};
    for (const std::size_t end : {bare.lowerEnd, led.upperEnd, bare.upperEnd}) {
        if (end != 0) {
            return contractionEnd(end);
        }
    }
    return 0;
}

Splitter::Word Splitter::casedWord(std::size_t at) const
{
    std::size_t upperEnd = at;
    std::size_t eitherEnd = 0; // of the last that both classes contain: where going back would stop
    while (upperEnd < m_text.size()) {
        const Char c = charAt(m_text, upperEnd);
        if (!mayBeUpper(c.cls)) {
            break;
        }
        upperEnd += c.bytes;
        eitherEnd = mayBeLower(c.cls) ? upperEnd : eitherEnd;
    }
    const std::size_t lowerEnd = runEnd(upperEnd, mayBeLower);
    return {lowerEnd > upperEnd ? lowerEnd : eitherEnd, upperEnd > at ? upperEnd : 0};
}

/// `'s|'t|'re|'ve|'m|'ll|'d` in either case; \p at where there is none.
std::size_t Splitter::contractionEnd(std::size_t at) const
{
    if (at + 1 >= m_text.size() || m_text[at] != '\'') {
        return at;
    }
    const char first = toLowerAscii(m_text[at + 1]);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
        return at + 2;
    }
    // Without regard to case, the long s (U+017F) is an s.
    if (m_text.substr(at + 1, 2) == "\u017F") {
        return at + 3;
    }
    const char second = at + 2 < m_text.size() ? toLowerAscii(m_text[at + 2]) : '\0';
    const bool pair = (first == 'r' && second == 'e') || (first == 'v' && second == 'e')
                      || (first == 'l' && second == 'l');
    return pair ? at + 3 : at;
}

/// `\p{N}{1,3}`, of Qwen `\p{N}`
std::size_t Splitter::numberEnd() const
{
    const int most = m_style == SplitStyle::Qwen ? 1 : 3;
    std::size_t end = m_at;
    for (int i = 0; i < most && at(end).cls == CharClass::Number; ++i) {
        end += at(end).bytes;
    }
    return end;
}

/// ` ?[^\s\p{L}\p{N}]+[\r\n]*`, of o200k with slashes among the breaks
std::size_t Splitter::signsEnd(Char first) const
{
    const std::size_t begin = m_text[m_at] == ' ' ? m_at + first.bytes : m_at;
    std::size_t end = runEnd(begin, isSign);
    if (end == begin) {
        return 0;
    }
    const bool slashes = m_style == SplitStyle::O200k;
    while (end < m_text.size()
           && (m_text[end] == '\r' || m_text[end] == '\n' || (slashes && m_text[end] == '/'))) {
        ++end;
    }
    return end;
}

/// `\s*[\r\n]+|\s+(?!\S)|\s+`; cl100k takes all that ends the text first: `\s+$`.
std::size_t Splitter::spaceEnd() const
{
    std::size_t end = m_at;
    std::size_t last = m_at; // where the last space begins
    std::size_t breakEnd = 0;
    while (end < m_text.size()) {
        const Char c = charAt(m_text, end);
        if (!isSpace(c.cls)) {
            break;
        }
        last = end;
        end += c.bytes;
        breakEnd = c.cls == CharClass::Break ? end : breakEnd;
    }
    const bool over = end == m_text.size();
    if (breakEnd != 0 && !(over && m_style == SplitStyle::Cl100k)) {
        return breakEnd;
    }
    return over || last == m_at ? end : last;
}

} // namespace signalbox::tokens
