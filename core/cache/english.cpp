// SPDX-License-Identifier: Apache-2.0
#include "core/cache/english.h"

#include "core/cache/english_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::cache::english {
namespace {

template <std::size_t N>
bool isOneOf(const std::array<View, N> &words, View word)
{
    return std::ranges::binary_search(words, word);
}

template <typename T, std::size_t N>
std::optional<T> lookUp(const std::array<std::pair<View, T>, N> &table, View word)
{
    const auto found = std::ranges::lower_bound(table, word, {}, &std::pair<View, T>::first);
    return found != table.end() && found->first == word ? std::optional(found->second)
                                                        : std::nullopt;
}

bool endsWith(const std::string &word, View end, std::size_t stemMin)
{
    return word.size() >= end.size() + stemMin && word.ends_with(end);
}

bool isVowel(char c)
{
    return View("aeiouy").find(c) != View::npos;
}

/// Without a second of two equal consonants at its end: `stopp`, but `tell`, `miss`, `buzz`.
void single(std::string &word)
{
    const std::size_t size = word.size();
    if (size > 3 && word[size - 1] == word[size - 2] && !isVowel(word[size - 1])
        && View("lsz").find(word[size - 1]) == View::npos) {
        word.pop_back();
    }
}

bool hasVowel(View word)
{
    return std::ranges::any_of(word, isVowel);
}

/// Endings of number, person, tense and manner; comparatives stay, for they say something else.
std::string stem(std::string word)
{
    for (const auto &[british, american] : {Pair("isation", "ization"),
                                            Pair("ising", "izing"),
                                            Pair("ised", "ized"),
                                            Pair("ises", "izes"),
                                            Pair("ise", "ize"),
                                            Pair("our", "or")}) {
        if (endsWith(word, british, 4)) {
            word.replace(word.size() - british.size(), british.size(), american);
            break;
        }
    }
    if (endsWith(word, "ies", 2)) {
        word.replace(word.size() - 3, 3, "y");
    } else if (endsWith(word, "sses", 1) || endsWith(word, "xes", 1) || endsWith(word, "ches", 1)
               || endsWith(word, "shes", 1)) {
        word.resize(word.size() - 2);
    } else if (endsWith(word, "s", 2) && !word.ends_with("ss") && !word.ends_with("us")
               && !word.ends_with("is")) {
        word.pop_back();
    }
    if (endsWith(word, "ing", 3) && hasVowel(View(word).substr(0, word.size() - 3))) {
        word.resize(word.size() - 3);
        single(word);
    } else if (endsWith(word, "ed", 3) && hasVowel(View(word).substr(0, word.size() - 2))) {
        word.resize(word.size() - 2);
        single(word);
    } else if (endsWith(word, "ly", 4)) {
        word.resize(word.size() - 2);
    }
    if (endsWith(word, "e", 3)) {
        word.pop_back();
    }
    return word;
}

struct Contraction
{
    View end;
    View means; ///< a word of its own after it; nothing: dropped
};

constexpr std::array<Contraction, 7> kContractions = {{
    {"n't", "not"},
    {"'re", "are"},
    {"'ll", "will"},
    {"'ve", "have"},
    {"'d", "would"},
    {"'m", "am"},
    {"'s", ""},
}};

void push(std::vector<Token> &out, Token like, View text)
{
    like.text = text;
    out.push_back(std::move(like));
}

void pushWhole(std::vector<Token> &out, const Token &token)
{
    const View word = token.text;
    if (word == "cannot") {
        push(out, token, "can");
        push(out, token, "not");
        return;
    }
    for (const auto &[end, means] : kContractions) {
        if (word.size() <= end.size() || !word.ends_with(end)) {
            continue;
        }
        View front = word.substr(0, word.size() - end.size());
        const bool asks = lookUp(kAsks, front).has_value() || front == "it" || front == "that";
        front = word == "won't" ? View("will") : word == "can't" ? View("can") : front;
        push(out, token, front);
        if (end == "'s" && asks) {
            push(out, token, "is");
        } else if (!means.empty()) {
            push(out, token, means);
        }
        return;
    }
    out.push_back(token);
}

/// How many tokens from \p at on are the words of \p phrase.
std::size_t matches(std::span<const Token> tokens, std::size_t at, View phrase)
{
    std::size_t count = 0;
    for (std::size_t from = 0; from <= phrase.size(); ++count) {
        const std::size_t end = std::min(phrase.find(' ', from), phrase.size());
        const bool same = at + count < tokens.size() && tokens[at + count].kind == Token::Kind::Word
                          && tokens[at + count].text == phrase.substr(from, end - from);
        if (!same) {
            return 0;
        }
        from = end + 1;
    }
    return count;
}

} // namespace

std::vector<Token> joined(std::span<const Token> tokens)
{
    std::vector<Token> whole;
    for (const Token &token : tokens) {
        if (token.kind == Token::Kind::Word) {
            pushWhole(whole, token);
        } else {
            whole.push_back(token);
        }
    }
    std::vector<Token> out;
    for (std::size_t at = 0; at < whole.size();) {
        std::size_t longest = 0;
        View means;
        for (const auto &[phrase, meant] : kPhrases) {
            const std::size_t length = matches(whole, at, phrase);
            if (length > longest) {
                longest = length;
                means = meant;
            }
        }
        if (longest == 0) {
            out.push_back(whole[at++]);
            continue;
        }
        if (!means.empty()) {
            push(out, whole[at], means);
            out.back().capital = false;
        }
        at += longest;
    }
    return out;
}

bool isEmptyWord(View word)
{
    return isOneOf(kEmpty, word);
}

bool isNegation(View word)
{
    return isOneOf(kNegations, word);
}

std::optional<View> numeral(View word)
{
    return lookUp(kNumerals, word);
}

std::optional<View> unit(View word)
{
    const auto found = lookUp(kUnits, word);
    const bool plural = word.size() > 3 && word.ends_with('s');
    return found || !plural ? found : lookUp(kUnits, word.substr(0, word.size() - 1));
}

std::optional<Asks> asks(View word)
{
    return lookUp(kAsks, word);
}

bool isAuxiliary(View word)
{
    return isOneOf(kAuxiliaries, word);
}

Tense tense(View word)
{
    if (word == "was" || word == "were" || word == "did" || word == "had") {
        return Tense::Past;
    }
    return word == "will" || word == "shall" ? Tense::Future : Tense::Unsaid;
}

bool isMarker(View word)
{
    return isOneOf(kMarkers, word);
}

std::optional<View> owner(View word)
{
    return lookUp(kOwners, word);
}

Modality modality(View word)
{
    if (word == "can" || word == "could" || word == "may" || word == "might") {
        return Modality::Possible;
    }
    return word == "must" || word == "should" || word == "shall" ? Modality::Needed
                                                                 : Modality::Unsaid;
}

std::string meaning(View word)
{
    if (const auto measure = unit(word)) {
        return std::string(*measure);
    }
    std::string stemmed = stem(std::string(word));
    const auto same = lookUp(kSame, stemmed);
    return same ? std::string(*same) : stemmed;
}

} // namespace signalbox::cache::english
