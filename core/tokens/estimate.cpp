// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/estimate.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace signalbox::tokens {
namespace {

/// Tokens per piece of text in one family. The CJK ratios were measured on prose (providers' own
/// rank files) or are the makers' published ones; `latin` is the bill relative to o200k.
struct Ratios
{
    double latin = 1; ///< factor on all that is not CJK
    double cjk = 0.70; ///< per character of Chinese prose, its punctuation included
    double japanese = 0.88; ///< per character of a text with Kana
    int digitsPerToken = 3;
};

Ratios ratiosOf(TokenFamily family)
{
    switch (family) {
    case TokenFamily::O200k:
        return {};
    case TokenFamily::Cl100k:
        return {.cjk = 0.95, .japanese = 1.1};
    case TokenFamily::Qwen:
        return {.latin = 1.02, .cjk = 0.634, .japanese = 0.783, .digitsPerToken = 1};
    case TokenFamily::DeepSeek:
        return {.latin = 1.02, .cjk = 0.6, .japanese = 0.8};
    case TokenFamily::Mistral:
        return {.latin = 1.05, .cjk = 0.8, .japanese = 0.95, .digitsPerToken = 1};
    case TokenFamily::Claude:
        return {.latin = 1.15, .cjk = 0.95, .japanese = 1.1};
    case TokenFamily::ClaudeNew:
        return {.latin = 1.5, .cjk = 1.1, .japanese = 1.25};
    case TokenFamily::Gemini:
        return {.latin = 1.08};
    }
    return {};
}

enum class Kind : std::uint8_t {
    Lower,
    Upper,
    Digit,
    Space,
    Break,
    Mark,
    Cjk,
    Kana,
    Foreign,
    Symbol,
    Beyond ///< a byte that is not ASCII
};

constexpr Kind asciiKind(char32_t c)
{
    if (c >= 'a' && c <= 'z') {
        return Kind::Lower;
    }
    if (c >= 'A' && c <= 'Z') {
        return Kind::Upper;
    }
    if (c >= '0' && c <= '9') {
        return Kind::Digit;
    }
    if (c == '\n' || c == '\r') {
        return Kind::Break;
    }
    return c == ' ' || c == '\t' ? Kind::Space : Kind::Mark;
}

constexpr std::array<Kind, 256> kByteKinds = [] {
    std::array<Kind, 256> kinds{};
    for (std::size_t c = 0; c < kinds.size(); ++c) {
        kinds[c] = c < 0x80 ? asciiKind(static_cast<char32_t>(c)) : Kind::Beyond;
    }
    return kinds;
}();

Kind asciiKindOf(char c)
{
    return kByteKinds[static_cast<unsigned char>(c)];
}

Kind kindOfForeign(char32_t c)
{
    if (c >= 0x3040 && c <= 0x30FF) {
        return Kind::Kana;
    }
    if (isCjk(c)) {
        return Kind::Cjk;
    }
    if (c < 0x250) {
        return Kind::Lower; // Latin with accents
    }
    return c >= 0x1F000 || (c >= 0x2190 && c <= 0x2BFF) ? Kind::Symbol : Kind::Foreign;
}

/// Walks the runs into which tokenizers cut text before they look a piece up.
class Counter
{
public:
    explicit Counter(const Ratios &ratios)
        : m_ratios(ratios)
    {}

    void count(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();) {
            const Kind kind = asciiKindOf(text[at]);
            if (kind == Kind::Beyond) {
                addRun(kindOfForeign(nextCodePoint(text, at)), 1);
                continue;
            }
            const char *const begin = text.data() + at;
            const char *const stop = text.data() + text.size();
            const char *end = begin + 1;
            while (end != stop && asciiKindOf(*end) == kind) {
                ++end;
            }
            addRun(kind, end - begin);
            at += static_cast<std::size_t>(end - begin);
        }
        endWord();
    }

    [[nodiscard]] double total() const
    {
        const double perChar = m_kana * 10 > m_cjk ? m_ratios.japanese : m_ratios.cjk;
        return plain() * m_ratios.latin + perChar * static_cast<double>(m_cjk);
    }

private:
    /// Books a run of \p length characters, of ASCII all there are in a row. Whole numbers, for most
    /// are a word or the blank before it.
    void addRun(Kind kind, std::int64_t length)
    {
        if (kind == Kind::Lower) {
            m_letters += length; // goes on with the capitals before it
            return;
        }
        endWord();
        switch (kind) {
        case Kind::Lower:
        case Kind::Upper:
            m_letters = length;
            break;
        case Kind::Digit:
            m_whole += (length + m_ratios.digitsPerToken - 1) / m_ratios.digitsPerToken;
            break;
        case Kind::Space:
            m_whole += length == 1 ? 0 : 1; // one blank belongs to the word after it
            break;
        case Kind::Break:
            ++m_breaks;
            break;
        case Kind::Mark:
            ++m_markRuns;
            m_marks += length;
            break;
        case Kind::Cjk:
        case Kind::Kana:
            ++m_cjk;
            m_kana += kind == Kind::Kana ? 1 : 0;
            break;
        case Kind::Foreign:
            m_foreign += length;
            break;
        case Kind::Symbol:
            m_whole += 2 * length;
            break;
        case Kind::Beyond:
            break;
        }
    }

    void endWord()
    {
        if (m_letters > 0) {
            ++m_whole;
            m_longWordLetters += std::max<std::int64_t>(0, m_letters - 6);
            m_letters = 0;
        }
    }

    [[nodiscard]] double plain() const
    {
        const auto times = [](double each, std::int64_t count) {
            return each * static_cast<double>(count);
        };
        return static_cast<double>(m_whole) + times(0.16, m_longWordLetters)
               + times(0.5, m_breaks) // often part of the mark before it
               + times(0.35, m_markRuns) + times(0.4, m_marks + m_foreign);
    }

    Ratios m_ratios;
    std::int64_t m_letters = 0; ///< of the word that is not booked yet
    std::int64_t m_whole = 0; ///< tokens
    std::int64_t m_longWordLetters = 0;
    std::int64_t m_breaks = 0;
    std::int64_t m_markRuns = 0;
    std::int64_t m_marks = 0;
    std::int64_t m_foreign = 0;
    std::int64_t m_cjk = 0;
    std::int64_t m_kana = 0;
};

/// How much of a text is looked at, so that the largest body costs less than a millisecond.
constexpr std::size_t kSampleBytesMax = std::size_t{256} * 1024;
/// An image of usual size at high detail; what it really costs depends on its pixels.
constexpr std::int64_t kImageTokens = 800;
/// Framing of a message: its start, its role, its end.
constexpr std::int64_t kMessageTokens = 4;
/// What begins the answer.
constexpr std::int64_t kAnswerTokens = 3;

std::int64_t messageTokens(const ChatMessage &message, TokenFamily family)
{
    std::int64_t sum = kMessageTokens + estimateTokens(message.toolCallsJson, family);
    for (const ChatMessage::Part &part : message.parts) {
        const bool text = part.kind == ChatMessage::PartKind::Text;
        sum += text ? estimateTokens(part.text, family) : kImageTokens;
    }
    return sum;
}

} // namespace

std::int64_t estimateTokens(std::string_view text, TokenFamily family)
{
    if (text.empty()) {
        return 0;
    }
    // A book is like its first chapters; nobody waits for the rest to be looked at.
    const std::string_view sample = text.substr(0, kSampleBytesMax);
    Counter counter(ratiosOf(family));
    counter.count(sample);
    const double scale = static_cast<double>(text.size()) / static_cast<double>(sample.size());
    return std::max<std::int64_t>(1, std::llround(counter.total() * scale));
}

std::int64_t estimatePrompt(const ChatRequest &request, TokenFamily family)
{
    constexpr std::array<std::string_view, 3> kBilled = {"tools", "functions", "response_format"};
    std::int64_t sum = kAnswerTokens;
    for (const ChatMessage &message : request.messages) {
        sum += messageTokens(message, family);
    }
    for (const std::string_view name : kBilled) {
        if (const RawField *field = request.field(name)) {
            sum += estimateTokens(field->json, family);
        }
    }
    return sum;
}

} // namespace signalbox::tokens
