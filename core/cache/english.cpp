// SPDX-License-Identifier: Apache-2.0
#include "core/cache/english.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::cache::english {
namespace {

using View = std::string_view;
using Pair = std::pair<View, View>;

/// Words in a row, and what they come to; nothing for what is only manners.
constexpr auto kPhrases = std::to_array<Pair>({
    {"turn on", "enable"},
    {"turned on", "enable"},
    {"turning on", "enable"},
    {"switch on", "enable"},
    {"switched on", "enable"},
    {"turn off", "disable"},
    {"turned off", "disable"},
    {"turning off", "disable"},
    {"switch off", "disable"},
    {"switched off", "disable"},
    {"turn up", "increase"},
    {"turn down", "decrease"},
    {"sum up", "summarize"},
    {"get rid of", "remove"},
    {"sign in", "login"},
    {"log in", "login"},
    {"sign up", "register"},
    {"set up", "install"},
    {"find out", "find"},
    {"money back", "refund"},
    {"least expensive", "cheapest"},
    {"most expensive", "dearest"},
    {"no longer", "not"},
    {"not any more", "not"},
    {"what time", "when"},
    {"what year", "when"},
    {"which year", "when"},
    {"what day", "when"},
    {"which day", "when"},
    {"what date", "when"},
    {"which date", "when"},
    {"what month", "when"},
    {"which month", "when"},
    {"what place", "where"},
    {"which place", "where"},
    {"what person", "who"},
    {"which person", "who"},
    {"whom", "who"},
    {"how come", "why"},
    {"what for", "why"},
    {"for what reason", "why"},
    {"by whom", "who"},
    {"explain why", "why"},
    {"explain how", "how"},
    {"explain when", "when"},
    {"explain who", "who"},
    {"explain what", "what"},
    {"the meaning of", "mean"},
    {"is meant by", "mean"},
    {"for how long", "how_long"},
    {"how long does it take to", "how_long"},
    {"how long would it take to", "how_long"},
    {"how long will it take to", "how_long"},
    {"how much time does it take to", "how_long"},
    {"how many minutes does it take to", "how_long"},
    {"how many hours does it take to", "how_long"},
    {"how many days does it take to", "how_long"},
    {"how much time", "how_long"},
    {"how many minutes", "how_long"},
    {"how many hours", "how_long"},
    {"how many days", "how_long"},
    {"how many weeks", "how_long"},
    {"how many months", "how_long"},
    {"how many years", "how_long"},
    {"how long", "how_long"},
    {"how many times a day", "how_often"},
    {"how many times a week", "how_often"},
    {"how many times a month", "how_often"},
    {"how many times a year", "how_often"},
    {"how many times", "how_often"},
    {"how often", "how_often"},
    {"how frequently", "how_often"},
    {"how many", "how_many"},
    {"number of", "how_many"},
    {"how much", "how_much"},
    {"how far", "how_far"},
    {"how old", "how_old"},
    {"way to", "how"},
    {"ways to", "how"},
    {"best way to", "how"},
    {"easiest way to", "how"},
    {"easy way to", "how"},
    {"good way to", "how"},
    {"right way to", "how"},
    {"proper way to", "how"},
    {"what is the way to", "how"},
    {"what is the best way to", "how"},
    {"what is the easiest way to", "how"},
    {"what can i do", "how"},
    {"what can i do to", "how"},
    {"what could i do", "how"},
    {"what should i do", "how"},
    {"what should i do to", "how"},
    {"what do i do", "how"},
    {"what do i have to do", "how"},
    {"what do i need to do", "how"},
    {"in what way", "how"},
    {"is it possible to", "can"},
    {"able to", "can"},
    {"allowed to", "can"},
    {"as if", "like"},
    {"as though", "like"},
    {"any ideas", ""},
    {"any advice", ""},
    {"thank you", ""},
    {"of course", ""},
    {"could you please", ""},
    {"can you please", ""},
    {"could you", ""},
    {"can you", ""},
    {"would you", ""},
    {"will you", ""},
    {"i would like you to", ""},
    {"i would like to", ""},
    {"i want you to", ""},
    {"i want to", ""},
    {"i need you to", ""},
    {"have to", "must"},
    {"has to", "must"},
    {"need to", "must"},
    {"needs to", "must"},
    {"had to", "must"},
    {"has got to", "must"},
    {"i would like", ""},
    {"i want", ""},
    {"i need", ""},
    {"tell me", ""},
    {"show me", ""},
    {"give me", ""},
    {"let me know", ""},
    {"do you know", ""},
    {"is it okay to", "can"},
    {"is it ok to", "can"},
    {"is it fine to", "can"},
    {"is it allowed to", "can"},
    {"am i allowed to", "can"},
    {"are we allowed to", "can"},
    {"is there a way to", "how"},
    {"is there any way to", "how"},
    {"what are the steps to", "how"},
    {"which steps are needed to", "how"},
    {"how do i go about", "how"},
    {"what do i need to do to", "how"},
    {"what must i do to", "how"},
    {"what do i have to do to", "how"},
    {"what could i do to", "how"},
    {"help me to", ""},
    {"help me", ""},
    {"i would like to know", ""},
    {"i want to know", ""},
    {"i am trying to", ""},
    {"i was wondering", ""},
    {"can someone tell me", ""},
    {"can anyone tell me", ""},
    {"do you have any idea", ""},
    {"any idea", ""},
    {"per day", "daily"},
    {"a day", "daily"},
    {"each day", "daily"},
    {"every day", "daily"},
    {"per week", "weekly"},
    {"a week", "weekly"},
    {"each week", "weekly"},
    {"every week", "weekly"},
    {"per month", "monthly"},
    {"a month", "monthly"},
    {"each month", "monthly"},
    {"every month", "monthly"},
    {"per year", "yearly"},
    {"a year", "yearly"},
    {"each year", "yearly"},
    {"every year", "yearly"},
    {"please", ""},
    {"using", ""},
});

/// Tables of words are sorted, so that they can be searched by halves.
constexpr auto kEmpty = std::to_array<View>({
    "a",       "actually",  "also",      "am",        "an",   "and",       "any",     "are",
    "as",      "at",        "basically", "be",        "been", "being",     "between", "but",
    "can",     "could",     "currently", "did",       "do",   "does",      "doing",   "done",
    "exactly", "following", "for",       "generally", "had",  "has",       "have",    "having",
    "hello",   "her",       "hey",       "hi",        "his",  "i",         "if",      "in",
    "into",    "is",        "it",        "its",       "just", "kindly",    "lets",    "may",
    "me",      "might",     "mine",      "must",      "my",   "normally",  "of",      "on",
    "one",     "our",       "please",    "really",    "s",    "shall",     "should",  "simply",
    "so",      "some",      "still",     "thanks",    "that", "the",       "their",   "then",
    "there",   "these",     "this",      "those",     "to",   "typically", "us",      "usually",
    "very",    "was",       "way",       "we",        "were", "when",      "whether", "while",
    "will",    "with",      "would",     "you",       "your",
});

constexpr auto kNegations = std::to_array<View>({
    "cannot",
    "except",
    "neither",
    "never",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "without",
});

constexpr auto kNumerals = std::to_array<Pair>({
    {"eight", "8"},   {"eleven", "11"},   {"fifteen", "15"},  {"fifty", "50"},      {"five", "5"},
    {"forty", "40"},  {"four", "4"},      {"fourteen", "14"}, {"hundred", "100"},   {"nine", "9"},
    {"ninety", "90"}, {"seven", "7"},     {"seventy", "70"},  {"six", "6"},         {"sixty", "60"},
    {"ten", "10"},    {"thirteen", "13"}, {"thirty", "30"},   {"thousand", "1000"}, {"three", "3"},
    {"twelve", "12"}, {"twenty", "20"},   {"two", "2"},
});

constexpr auto kUnits = std::to_array<Pair>({
    {"am", "am"},         {"celsius", "celsius"},
    {"cent", "cent"},     {"centimeter", "cm"},
    {"centimetre", "cm"}, {"cm", "cm"},
    {"day", "day"},       {"dollar", "usd"},
    {"euro", "eur"},      {"fahrenheit", "fahrenheit"},
    {"feet", "foot"},     {"foot", "foot"},
    {"g", "g"},           {"gb", "gb"},
    {"gram", "g"},        {"hour", "h"},
    {"inch", "inch"},     {"kb", "kb"},
    {"kg", "kg"},         {"kilogram", "kg"},
    {"kilometer", "km"},  {"kilometre", "km"},
    {"km", "km"},         {"km/h", "km/h"},
    {"liter", "l"},       {"litre", "l"},
    {"mb", "mb"},         {"meter", "m"},
    {"metre", "m"},       {"mg", "mg"},
    {"mile", "mile"},     {"milligram", "mg"},
    {"millimeter", "mm"}, {"millimetre", "mm"},
    {"minute", "min"},    {"ml", "ml"},
    {"mm", "mm"},         {"month", "month"},
    {"ms", "ms"},         {"percent", "%"},
    {"pm", "pm"},         {"pound", "pound"},
    {"second", "s"},      {"tb", "tb"},
    {"week", "week"},     {"year", "year"},
});

constexpr auto kAsks = std::to_array<std::pair<View, Asks>>({
    {"how", Asks::How},
    {"how_far", Asks::HowFar},
    {"how_long", Asks::HowLong},
    {"how_many", Asks::HowMany},
    {"how_much", Asks::HowMuch},
    {"how_often", Asks::HowOften},
    {"how_old", Asks::HowOld},
    {"what", Asks::What},
    {"when", Asks::When},
    {"where", Asks::Where},
    {"which", Asks::What},
    {"who", Asks::Who},
    {"whose", Asks::Who},
    {"why", Asks::Why},
});

constexpr auto kAuxiliaries = std::to_array<View>({
    "am", "are", "can",   "could", "did",   "do",     "does", "had",  "has",  "have",
    "is", "may", "might", "must",  "shall", "should", "was",  "were", "will", "would",
});

constexpr auto kMarkers = std::to_array<View>({
    "about",
    "above",
    "after",
    "against",
    "before",
    "below",
    "by",
    "from",
    "into",
    "over",
    "since",
    "than",
    "under",
    "until",
    "versus",
});

/// Whose it is; ours is mine.
constexpr auto kOwners = std::to_array<Pair>({
    {"her", "her"},
    {"his", "his"},
    {"my", "my"},
    {"our", "my"},
    {"their", "their"},
    {"your", "your"},
});

/// Stems that mean what others mean, or that no rule of stemming joins; none stands for a third.
constexpr auto kSame = std::to_array<Pair>({
    {"activat", "enabl"},
    {"allergy", "allergic"},
    {"alter", "edit"},
    {"application", "app"},
    {"ate", "eat"},
    {"attempt", "try"},
    {"attorney", "lawyer"},
    {"automobil", "car"},
    {"becam", "becom"},
    {"began", "start"},
    {"begin", "start"},
    {"begun", "start"},
    {"boss", "manager"},
    {"bought", "buy"},
    {"brok", "break"},
    {"broken", "break"},
    {"brought", "bring"},
    {"built", "build"},
    {"calculation", "calculat"},
    {"cancellation", "cancel"},
    {"children", "child"},
    {"chos", "choos"},
    {"chosen", "choos"},
    {"clever", "smart"},
    {"commenc", "start"},
    {"complet", "finish"},
    {"comput", "calculat"},
    {"conceal", "hid"},
    {"configuration", "configur"},
    {"connection", "connect"},
    {"cost", "expensiv"},
    {"db", "databas"},
    {"deactivat", "disabl"},
    {"deliver", "ship"},
    {"delivery", "ship"},
    {"differenc", "differ"},
    {"different", "differ"},
    {"difficult", "hard"},
    {"directory", "folder"},
    {"dispatch", "send"},
    {"display", "show"},
    {"drank", "drink"},
    {"driven", "driv"},
    {"drov", "driv"},
    {"drunk", "drink"},
    {"duplicat", "copy"},
    {"duration", "tim"},
    {"eaten", "eat"},
    {"encryption", "encrypt"},
    {"eras", "delet"},
    {"father", "dad"},
    {"film", "movi"},
    {"flat", "apartment"},
    {"flew", "fly"},
    {"flight", "fly"},
    {"flown", "fly"},
    {"football", "soccer"},
    {"forgot", "forget"},
    {"forgotten", "forget"},
    {"frequent", "often"},
    {"gav", "giv"},
    {"giant", "big"},
    {"given", "giv"},
    {"grandfather", "grandpa"},
    {"grandmother", "grandma"},
    {"greater", "bigger"},
    {"greatest", "biggest"},
    {"grew", "grow"},
    {"grown", "grow"},
    {"held", "hold"},
    {"hidden", "hid"},
    {"hug", "big"},
    {"ill", "sick"},
    {"imag", "pictur"},
    {"incorrect", "wrong"},
    {"inexpensiv", "cheap"},
    {"inhabitant", "population"},
    {"installation", "install"},
    {"instruction", "command"},
    {"intelligent", "smart"},
    {"invention", "invent"},
    {"inventor", "invent"},
    {"issu", "problem"},
    {"kid", "child"},
    {"knew", "know"},
    {"known", "know"},
    {"larg", "big"},
    {"larger", "bigger"},
    {"largest", "biggest"},
    {"lent", "lend"},
    {"littl", "small"},
    {"littlest", "smallest"},
    {"logon", "login"},
    {"mad", "mak"},
    {"mail", "email"},
    {"medication", "medicin"},
    {"mend", "fix"},
    {"merg", "combin"},
    {"met", "meet"},
    {"mistak", "error"},
    {"modify", "edit"},
    {"mother", "mom"},
    {"mum", "mom"},
    {"necessary", "need"},
    {"occupation", "profession"},
    {"paid", "pay"},
    {"pant", "trouser"},
    {"payment", "pay"},
    {"peopl", "person"},
    {"perhap", "mayb"},
    {"photo", "pictur"},
    {"photograph", "pictur"},
    {"physician", "doctor"},
    {"pick", "choos"},
    {"pricey", "expensiv"},
    {"pronunciation", "pronounc"},
    {"purchas", "buy"},
    {"quick", "fast"},
    {"quicker", "faster"},
    {"quickest", "fastest"},
    {"quotation", "quot"},
    {"rapid", "fast"},
    {"recommendation", "recommend"},
    {"regexp", "regex"},
    {"reimburs", "refund"},
    {"reimbursement", "refund"},
    {"remov", "delet"},
    {"repair", "fix"},
    {"reply", "answer"},
    {"repo", "repository"},
    {"requir", "need"},
    {"requirement", "need"},
    {"reschedul", "mov"},
    {"resolv", "fix"},
    {"respond", "answer"},
    {"respons", "answer"},
    {"revert", "undo"},
    {"rubbish", "garbag"},
    {"sang", "sing"},
    {"select", "choos"},
    {"sent", "send"},
    {"shift", "mov"},
    {"significant", "important"},
    {"signin", "login"},
    {"simpl", "easy"},
    {"sold", "sell"},
    {"solv", "fix"},
    {"speak", "talk"},
    {"speedy", "fast"},
    {"spent", "spend"},
    {"spok", "talk"},
    {"spoken", "talk"},
    {"stol", "steal"},
    {"stolen", "steal"},
    {"stor", "shop"},
    {"subscription", "subscrib"},
    {"suggest", "recommend"},
    {"suggestion", "recommend"},
    {"summary", "summariz"},
    {"sung", "sing"},
    {"taken", "tak"},
    {"taught", "teach"},
    {"thought", "think"},
    {"tiniest", "smallest"},
    {"tiny", "small"},
    {"took", "tak"},
    {"tough", "hard"},
    {"translation", "translat"},
    {"trash", "garbag"},
    {"troubl", "problem"},
    {"troubleshoot", "fix"},
    {"vacation", "holiday"},
    {"wag", "salary"},
    {"wealthy", "rich"},
    {"wireless", "wifi"},
    {"won", "win"},
    {"wor", "wear"},
    {"worn", "wear"},
    {"written", "writ"},
    {"wrot", "writ"},
});

static_assert(std::ranges::is_sorted(kEmpty) && std::ranges::is_sorted(kNegations)
              && std::ranges::is_sorted(kAuxiliaries) && std::ranges::is_sorted(kMarkers));
static_assert(std::ranges::is_sorted(kNumerals) && std::ranges::is_sorted(kUnits)
              && std::ranges::is_sorted(kAsks) && std::ranges::is_sorted(kSame)
              && std::ranges::is_sorted(kOwners));

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
