// SPDX-License-Identifier: Apache-2.0
#include "core/cache/question.h"

#include "core/base/text.h"
#include "core/cache/chinese.h"
#include "core/cache/english.h"
#include "core/cache/word_scan.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace signalbox::cache {
namespace {

Writing writingOf(char32_t c)
{
    if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x250)) {
        return Writing::Latin;
    }
    if (c >= 0x3040 && c <= 0x30FF) {
        return Writing::Kana;
    }
    if (c >= 0xAC00 && c <= 0xD7AF) {
        return Writing::Hangul;
    }
    if (isCjk(c)) {
        return c >= 0x3000 && c <= 0x303F ? Writing::None : Writing::Han;
    }
    return c >= 0x250 && c < 0x2000 ? Writing::Other : Writing::None;
}

/// That of most letters; of Japanese Kana, however few. A Han character weighs as much as three
/// Latin letters: 用Python写冒泡排序 is Chinese.
Writing writingOf(std::string_view text)
{
    std::array<std::size_t, 6> counts{};
    for (std::size_t at = 0; at < text.size();) {
        const Writing writing = writingOf(nextCodePoint(text, at));
        counts.at(static_cast<std::size_t>(writing)) += writing == Writing::Latin ? 1 : 3;
    }
    counts[static_cast<std::size_t>(Writing::None)] = 0;
    if (counts[static_cast<std::size_t>(Writing::Kana)] > 0) {
        return Writing::Kana;
    }
    const auto most = std::ranges::max_element(counts);
    return *most == 0 ? Writing::None : static_cast<Writing>(most - counts.begin());
}

/// Stems of what is asked for by name, and the question that asks for it otherwise: "what is the
/// price of" is "how much is", and of "how much does it cost" the last word says nothing more.
constexpr std::array<std::pair<std::string_view, Asks>, 9> kNouns = {{
    {"time", Asks::HowLong},
    {"tak", Asks::HowLong},
    {"pric", Asks::HowMuch},
    {"cost", Asks::HowMuch},
    {"distanc", Asks::HowFar},
    {"age", Asks::HowOld},
    {"date", Asks::When},
    {"reason", Asks::Why},
    {"mean", Asks::What},
}};

class Reader
{
public:
    explicit Reader(Question &question)
        : m_question(question)
    {}

    void read(const std::vector<Token> &tokens)
    {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const Token &token = tokens[i];
            const Token *next = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
            if (token.kind != Token::Kind::End) {
                m_question.plain.push_back(token.text);
            }
            switch (token.kind) {
            case Token::Kind::Word:
                word(token, next);
                break;
            case Token::Kind::Number:
                number(token.text, next);
                break;
            case Token::Kind::Code:
                m_question.quotes.push_back(token.text);
                m_question.words.push_back(token.text);
                break;
            case Token::Kind::Han:
                chinese::read(token.text, m_question);
                break;
            case Token::Kind::Symbol:
                m_question.words.push_back(token.text);
                break;
            case Token::Kind::End:
                m_first = true;
                m_marker.clear();
                continue;
            }
            m_first = false;
        }
        leaveOutWhatIsAsked();
    }

private:
    /// Words that say no more than what is asked for already.
    void leaveOutWhatIsAsked()
    {
        const auto drop = [this](std::string_view word) {
            if (m_question.words.size() > 1) {
                std::erase(m_question.words, word);
            }
        };
        const auto has = [this](std::string_view word) {
            return std::ranges::find(m_question.words, word) != m_question.words.end();
        };
        Asks &asks = m_question.asks;
        for (const auto &[noun, asked] : kNouns) {
            if (asks == Asks::What && noun != "tak" && m_question.words.size() > 1 && has(noun)) {
                asks = asked;
            }
        }
        for (const auto &[noun, asked] : kNouns) {
            if (asks == asked) {
                drop(noun);
            }
        }
        if (asks == Asks::How && has("differ")) {
            asks = Asks::What;
        }
        if (asks == Asks::How || asks == Asks::Where) {
            drop("能");
        }
        const bool measures = m_units == 1 && m_question.numbers.size() == 1
                              && m_question.words.size() == 3 + m_converts;
        if (measures) { // an amount in one unit, wanted in another
            drop("convert");
            asks = Asks::HowMany;
        }
    }

    void word(const Token &token, const Token *next)
    {
        const std::string &text = token.text;
        if (const auto digits = english::numeral(text)) {
            number(std::string(*digits), next);
            return;
        }
        asked(text, next);
        if (m_question.tense == Tense::Unsaid) {
            m_question.tense = english::tense(text);
        }
        if (m_question.modality == Modality::Unsaid) {
            m_question.modality = english::modality(text);
        }
        if (const auto owner = english::owner(text)) {
            m_question.parts.emplace_back("'s", *owner);
        }
        m_marker = english::isMarker(text) ? text : m_marker;
        const bool empty = english::isEmptyWord(text) || english::isMarker(text)
                           || english::asks(text).has_value();
        if (english::isNegation(text)) {
            ++m_question.negations;
        } else if (!empty) {
            m_converts += text == "convert" ? 1U : 0U;
            m_units += m_counted || !english::unit(text) ? 0 : 1;
            mean(english::meaning(text));
        }
        if (token.capital && !m_first && !empty && text.size() > 1) {
            m_question.names.push_back(text);
        }
        m_lastMeant = !empty;
        m_counted = false;
    }

    void number(const std::string &digits, const Token *next)
    {
        const bool isHan = next != nullptr && next->kind == Token::Kind::Han;
        const auto unit = next == nullptr ? std::nullopt
                          : isHan         ? chinese::unit(next->text)
                                          : english::unit(next->text);
        m_question.numbers.push_back(digits + (unit ? " " + std::string(*unit) : std::string()));
        mean(digits);
        m_lastMeant = true;
        m_counted = true;
    }

    /// A word that asks, unless it tells which of the things named before it (`people who`).
    void asked(const std::string &text, const Token *next)
    {
        static constexpr std::array<std::string_view, 6> kSubjects =
            {"i", "you", "we", "it", "they", "one"};
        const bool inverted = next != nullptr
                              && std::ranges::find(kSubjects, next->text) != kSubjects.end();
        Asks &known = m_question.asks;
        const auto asks = english::asks(text);
        const bool certain = asks && (m_first || !m_lastMeant || text.starts_with("how"));
        const bool replaces = known == Asks::Nothing || known == Asks::YesOrNo
                              || (known == Asks::What && asks == Asks::How);
        if (certain && replaces) {
            known = *asks;
            if (known == Asks::Who) { // who beat them, or whom did they beat
                const bool object = next != nullptr
                                    && (next->text == "do" || next->text == "does"
                                        || next->text == "did");
                m_question.parts.emplace_back("?", object ? "object" : "subject");
            }
        } else if ((m_first || inverted) && known == Asks::Nothing && english::isAuxiliary(text)) {
            known = Asks::YesOrNo;
            if (inverted && next->text != "it" && next->text != "one") {
                m_question.parts.emplace_back("?", next->text == "we" ? "i" : next->text);
            }
        }
    }

    void mean(std::string word)
    {
        if (!m_marker.empty()) {
            m_question.parts.emplace_back(std::exchange(m_marker, {}), word);
        }
        m_question.words.push_back(std::move(word));
    }

    Question &m_question;
    std::string m_marker; ///< the next word plays its part
    bool m_first = true; ///< of its sentence
    bool m_lastMeant = false; ///< the word before carried meaning
    bool m_counted = false; ///< the word before was a number
    int m_units = 0; ///< that no number stands before
    std::size_t m_converts = 0;
};

} // namespace

Question understood(std::string_view text)
{
    Scan scan = scanWords(text);
    Question question;
    question.quotes = std::move(scan.quotes);
    question.writing = writingOf(text);
    Reader(question).read(english::joined(scan.tokens));
    return question;
}

} // namespace signalbox::cache
