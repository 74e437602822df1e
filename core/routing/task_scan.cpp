// SPDX-License-Identifier: Apache-2.0
#include "core/routing/task_scan.h"

#include "core/base/text.h"

#include <algorithm>
#include <optional>

namespace signalbox::routing {
namespace {

enum class Sign : std::uint8_t {
    None,
    Lower,
    Upper,
    Digit,
    Under,
    Quote, ///< inside words: what's
    Code, ///< rare in prose
    Sum, ///< + - * / ^ =
    Tick,
    Ask,
    Wide, ///< of a character beyond ASCII
};

constexpr Sign signOf(unsigned char c)
{
    if (c >= 0x80) {
        return Sign::Wide;
    }
    if (c >= 'a' && c <= 'z') {
        return Sign::Lower;
    }
    if (c >= 'A' && c <= 'Z') {
        return Sign::Upper;
    }
    if (c >= '0' && c <= '9') {
        return Sign::Digit;
    }
    constexpr std::string_view code = ";{}[]<>\\|&$#@%";
    constexpr std::string_view sum = "+-*/^=";
    return c == '_'                                       ? Sign::Under
           : c == '\''                                    ? Sign::Quote
           : c == '`' || c == '~'                         ? Sign::Tick
           : c == '?'                                     ? Sign::Ask
           : code.find(static_cast<char>(c)) != code.npos ? Sign::Code
           : sum.find(static_cast<char>(c)) != sum.npos   ? Sign::Sum
                                                          : Sign::None;
}

constexpr std::uint16_t bitOf(Sign sign)
{
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(sign));
}

constexpr unsigned kOfWord = bitOf(Sign::Lower) | bitOf(Sign::Upper) | bitOf(Sign::Digit)
                             | bitOf(Sign::Under) | bitOf(Sign::Quote);

struct Byte
{
    std::uint16_t bit = 0; ///< of its sign
    Sign sign = Sign::None;
    char lower = 0; ///< itself but for capitals
};

constexpr std::array<Byte, 256> kBytes = [] {
    std::array<Byte, 256> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const Sign sign = signOf(static_cast<unsigned char>(i));
        const std::size_t lower = sign == Sign::Upper ? i - 'A' + 'a' : i;
        bytes.at(i) = {bitOf(sign), sign, static_cast<char>(lower)};
    }
    return bytes;
}();

const Byte &byteOf(char c)
{
    return kBytes[static_cast<unsigned char>(c)];
}

/// snake_case or camelCase.
bool isJoined(std::string_view word)
{
    Sign before = Sign::None;
    for (const char letter : word) {
        const Sign sign = byteOf(letter).sign;
        if ((sign == Sign::Upper && before == Sign::Lower)
            || (sign == Sign::Under && before != Sign::None)) {
            return true;
        }
        before = sign;
    }
    return false;
}

constexpr char32_t kWideQuestionMark = U'？';
constexpr char32_t kFirstOfThreeBytes = 0x800;
constexpr unsigned char kThreeBytes = 0xE0; ///< begins a character of three or more

/// Of plain prose so much is counted at once.
constexpr std::size_t kBlockBytes = 32;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// How many of the block at \p bytes are letters; nothing where there is more than small ones, capitals
/// that begin a word, and gaps, none of which is a feature or makes one of the word before it.
/// \pre there is a byte before them
std::optional<std::uint32_t> plainLetters(const char *bytes)
{
    // Counted without a branch, which lets the compiler do many bytes at once.
    std::uint8_t letters = 0;
    std::uint8_t gaps = 0;
    for (std::size_t i = 0; i < kBlockBytes; ++i) {
        const char c = bytes[i];
        const char before = bytes[i - 1];
        const int small = (c >= 'a') & (c <= 'z');
        const int capital = (c >= 'A') & (c <= 'Z') & ((before == ' ') | (before == '\n'));
        letters = static_cast<std::uint8_t>(letters + small + capital);
        gaps = static_cast<std::uint8_t>(gaps + (c == ' ') + (c == ',') + (c == '.') + (c == '\n'));
    }
    return letters + gaps == kBlockBytes ? std::optional<std::uint32_t>(letters) : std::nullopt;
}

/// The pass over one window.
class Scan
{
public:
    Scan(const TaskWindow &window, TaskCounts &counts)
        : m_text(window.text)
        , m_leadEnd(window.leadBytes)
        , m_tailStart(m_text.size() - std::min(m_text.size(), window.tailBytes))
        , m_counts(counts)
    {}

    void run()
    {
        while (m_at < m_text.size()) {
            if (passProse()) {
                continue;
            }
            const Sign sign = signAt(m_at);
            switch (sign) {
            case Sign::Lower:
            case Sign::Upper:
            case Sign::Under:
                word();
                break;
            case Sign::Digit:
                number();
                break;
            case Sign::Wide:
                wide();
                break;
            case Sign::None:
            case Sign::Quote:
                ++m_at;
                break;
            case Sign::Code:
            case Sign::Sum:
            case Sign::Tick:
            case Sign::Ask:
                mark(sign);
                ++m_at;
                break;
            }
        }
    }

private:
    [[nodiscard]] bool atEnds(std::size_t at) const { return at < m_leadEnd || at >= m_tailStart; }
    [[nodiscard]] Sign signAt(std::size_t at) const
    {
        return at < m_text.size() ? byteOf(m_text[at]).sign : Sign::None;
    }

    void note(std::uint64_t key)
    {
        const std::size_t cue = cueOf(key);
        if (cue < kTaskCues) {
            ++m_counts.cues[cue];
        }
    }

    /// Between the ends only letters are counted of prose, whole words of it: true if there were any.
    bool passProse()
    {
        if (m_at == 0 || m_at < m_leadEnd || m_at < m_mixedUntil) {
            return false;
        }
        const std::size_t begin = m_at;
        std::size_t end = begin;
        while (end + kBlockBytes <= m_tailStart) {
            const auto letters = plainLetters(m_text.data() + end);
            if (!letters) {
                m_mixedUntil = end + kBlockBytes;
                break;
            }
            m_counts.characters += *letters;
            end += kBlockBytes;
        }
        for (; end > begin && isLetter(m_text[end - 1]); --end) {
            --m_counts.characters; // of a word that may go on
        }
        m_at = end;
        return end > begin;
    }

    void word()
    {
        const char *const begin = m_text.data() + m_at;
        const char *const stop = m_text.data() + m_text.size();
        const char *end = begin;
        unsigned seen = 0;
        std::uint64_t key = kNoWord;
        for (; end != stop && (byteOf(*end).bit & kOfWord) != 0; ++end) {
            seen |= byteOf(*end).bit;
            key = withLetter(key, byteOf(*end).lower);
        }
        const std::string_view letters(begin, static_cast<std::size_t>(end - begin));
        const bool joined = (seen & (bitOf(Sign::Upper) | bitOf(Sign::Under))) != 0
                            && isJoined(letters);
        // f(x) is mathematics.
        const bool called = letters.size() > 1 && end != stop && *end == '(';
        m_counts.identifiers += joined || called ? 1 : 0;
        m_counts.characters += static_cast<std::uint32_t>(letters.size());
        if (atEnds(m_at)) { // elsewhere nobody asks which word it is
            note(key);
            if (m_word != kNoWord) {
                note(pairKey(m_word, key));
            }
            m_word = key;
            m_character = 0;
        }
        m_at += letters.size();
    }

    void number()
    {
        const Sign before = m_at == 0 ? Sign::None : signAt(m_at - 1);
        while (signAt(m_at) == Sign::Digit) {
            ++m_at;
            ++m_counts.characters;
        }
        m_counts.sums += before == Sign::Sum || signAt(m_at) == Sign::Sum ? 1U : 0U;
        ++m_counts.numbers;
    }

    void mark(Sign sign)
    {
        const bool fence = sign == Sign::Tick && (m_at == 0 || m_text[m_at - 1] == '\n')
                           && m_at + 2 < m_text.size() && m_text[m_at + 1] == m_text[m_at]
                           && m_text[m_at + 2] == m_text[m_at];
        m_counts.fences += fence ? 1 : 0;
        m_counts.codeSigns += sign == Sign::Code ? 1 : 0;
        m_counts.questions += sign == Sign::Ask && atEnds(m_at) ? 1U : 0U;
    }

    void wide()
    {
        const std::size_t start = m_at;
        if (!atEnds(start)) {
            const auto byte = static_cast<unsigned char>(m_text[m_at++]);
            m_counts.characters += byte >= kThreeBytes ? 3 : 0;
            return;
        }
        const char32_t character = nextCodePoint(m_text, m_at);
        m_counts.characters += character >= kFirstOfThreeBytes ? 3 : 0;
        m_counts.questions += character == kWideQuestionMark ? 1 : 0;
        note(pairKey(m_character, character));
        m_character = character;
        m_word = kNoWord;
    }

    std::string_view m_text;
    std::size_t m_leadEnd;
    std::size_t m_tailStart;
    TaskCounts &m_counts;
    std::size_t m_at = 0;
    std::size_t m_mixedUntil = 0; ///< up to there is a block with more than prose in it
    std::uint64_t m_word = kNoWord; ///< the one before
    char32_t m_character = 0; ///< the CJK one before
};

} // namespace

void count(const TaskWindow &window, TaskCounts &counts)
{
    Scan(window, counts).run();
}

} // namespace signalbox::routing
