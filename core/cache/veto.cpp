// SPDX-License-Identifier: Apache-2.0
#include "core/cache/veto.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace signalbox::cache {
namespace {

using Words = std::vector<std::string>;

bool isIn(const std::string &word, const Words &words)
{
    return std::ranges::find(words, word) != words.end();
}

/// Each name is a word of the other question, and those that both have stand in the same order.
bool namesDiffer(const Question &one, const Question &other)
{
    const auto missing = [](const Question &from, const Question &in) {
        return std::ranges::any_of(from.names, [&in](const std::string &name) {
            return !isIn(name, in.plain) && !isIn(name + "'s", in.plain);
        });
    };
    if (missing(one, other) || missing(other, one)) {
        return true;
    }
    const auto ordered = [](const Question &from, const Question &names) {
        Words found;
        std::ranges::copy_if(from.plain, std::back_inserter(found), [&](const std::string &word) {
            return isIn(word, names.names) && !isIn(word, found);
        });
        return found;
    };
    return ordered(one, one) != ordered(other, one) || ordered(other, other) != ordered(one, other);
}

using Parts = std::vector<std::pair<std::string, std::string>>;

/// Chinese leaves markers out, a possessive is often an article elsewhere, and a poem about rain
/// is a rain poem; from, than, before and their like are never left out.
bool isStrict(const std::string &marker)
{
    return marker[0] >= 'a' && marker[0] <= 'z' && marker != "about" && marker != "by";
}

/// The part of \p marker, when there is one alone.
const std::string *onlyPart(const Parts &parts, const std::string &marker)
{
    const std::string *found = nullptr;
    for (const auto &[mark, word] : parts) {
        if (mark == marker && found != nullptr) {
            return nullptr;
        }
        found = mark == marker ? &word : found;
    }
    return found;
}

bool partsDiffer(const Question &one, const Question &other)
{
    const auto strict = [](const Question &question) {
        std::multiset<std::pair<std::string, std::string>> parts;
        for (const auto &part : question.parts) {
            if (isStrict(part.first)) {
                parts.insert(part);
            }
        }
        return parts;
    };
    const auto differs = [&other](const auto &part) {
        const std::string *theirs = onlyPart(other.parts, part.first);
        const bool swapped = std::ranges::any_of(other.parts, [&part](const auto &another) {
            return another.second == part.second && another.first != part.first;
        });
        return swapped || (theirs != nullptr && *theirs != part.second);
    };
    const auto isAlone = [&one](const auto &part) {
        return onlyPart(one.parts, part.first) != nullptr;
    };
    return strict(one) != strict(other) || std::ranges::any_of(one.parts, [&](const auto &part) {
               return isAlone(part) && differs(part);
           });
}

bool asksDiffer(Asks one, Asks other)
{
    if (one == other) {
        return false;
    }
    // "Reverse a list" and "how do I reverse a list" want the same.
    const auto isOrder = [](Asks asks) { return asks == Asks::Nothing; };
    const auto fitsAnOrder = [](Asks asks) { return asks == Asks::How || asks == Asks::What; };
    return !((isOrder(one) && fitsAnOrder(other)) || (isOrder(other) && fitsAnOrder(one)));
}

/// Whether one can is another question than whether one must.
bool modalitiesDiffer(const Question &one, const Question &other)
{
    return one.asks == Asks::YesOrNo && one.modality != Modality::Unsaid
           && other.modality != Modality::Unsaid && one.modality != other.modality;
}

/// In Chinese a question is turned by moving its end to its front; what is no turn of the other
/// has swapped who does it with whom.
bool isSwapped(const Question &one, const Question &other)
{
    if (one.writing != Writing::Han || one.words.size() != other.words.size()
        || one.words == other.words) {
        return false;
    }
    Words mine = one.words;
    Words theirs = other.words;
    std::ranges::sort(mine);
    std::ranges::sort(theirs);
    Words twice = one.words;
    twice.insert(twice.end(), one.words.begin(), one.words.end());
    return mine == theirs && std::ranges::search(twice, other.words).empty();
}

bool hasPreposition(const Question &question)
{
    constexpr std::array<std::string_view, 10> kPrepositions =
        {"about", "as", "at", "by", "for", "from", "in", "of", "on", "with"};
    return std::ranges::any_of(question.plain, [&](const std::string &word) {
        return std::ranges::find(kPrepositions, word) != kPrepositions.end();
    });
}

bool isPermuted(const Question &one, const Question &other)
{
    if (one.writing != Writing::Latin || one.plain == other.plain) {
        return false;
    }
    // Where no preposition tells who does what to whom, the order does; it takes three to do so.
    if (one.words.size() > 2 && !hasPreposition(one) && !hasPreposition(other)
        && std::multiset<std::string>(one.words.begin(), one.words.end())
               == std::multiset<std::string>(other.words.begin(), other.words.end())) {
        return one.words != other.words;
    }
    // Articles and `to` come and go where the parts are swapped: lent my brother money.
    const auto weighty = [](const Question &question) {
        std::multiset<std::string> words;
        for (const std::string &word : question.plain) {
            if (word != "the" && word != "a" && word != "an" && word != "to") {
                words.insert(word);
            }
        }
        return words;
    };
    return one.words != other.words && weighty(one) == weighty(other);
}

bool wordsDiffer(const Question &one, const Question &other)
{
    // Without any, nothing is known of what they are about.
    const bool nothing = one.words.empty() && one.quotes.empty() && one.plain != other.plain;
    return nothing
           || std::set<std::string>(one.words.begin(), one.words.end())
                  != std::set<std::string>(other.words.begin(), other.words.end());
}

} // namespace

std::string_view toString(Veto veto)
{
    switch (veto) {
    case Veto::Language:
        return "language";
    case Veto::Negation:
        return "negation";
    case Veto::Numbers:
        return "numbers";
    case Veto::Quotes:
        return "quotes";
    case Veto::Names:
        return "names";
    case Veto::Parts:
        return "parts";
    case Veto::Asks:
        return "asks";
    case Veto::Tense:
        return "tense";
    case Veto::Words:
        return "words";
    case Veto::Order:
        return "order";
    }
    return "";
}

std::vector<Veto> vetoes(const Question &one, const Question &other)
{
    std::vector<Veto> found;
    const auto veto = [&found](bool holds, Veto which) {
        if (holds) {
            found.push_back(which);
        }
    };
    const bool tensed = one.tense != Tense::Unsaid && other.tense != Tense::Unsaid;
    veto(one.writing != other.writing, Veto::Language);
    veto(one.negations != other.negations, Veto::Negation);
    veto(one.numbers != other.numbers, Veto::Numbers);
    veto(one.quotes != other.quotes, Veto::Quotes);
    veto(namesDiffer(one, other), Veto::Names);
    veto(partsDiffer(one, other), Veto::Parts);
    veto(asksDiffer(one.asks, other.asks) || modalitiesDiffer(one, other), Veto::Asks);
    veto(tensed && one.tense != other.tense, Veto::Tense);
    veto(wordsDiffer(one, other), Veto::Words);
    veto(isPermuted(one, other) || isSwapped(one, other), Veto::Order);
    return found;
}

std::uint64_t essenceOf(const Question &question)
{
    const std::set<std::string> words(question.words.begin(), question.words.end());
    std::string text = std::to_string(static_cast<int>(question.writing)) + '\n'
                       + std::to_string(question.negations);
    const auto add = [&text](const auto &parts) {
        text += '\n';
        for (const std::string &part : parts) {
            text.append(part).append(1, '\t');
        }
    };
    add(words);
    add(question.numbers);
    add(question.quotes);
    return std::hash<std::string>()(text);
}

} // namespace signalbox::cache
