// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/redaction.h"

#include "core/base/redaction.h"

#include <algorithm>
#include <cstddef>

namespace signalbox::runtime {
namespace {

constexpr std::size_t kSecretLike = 32; ///< a shorter word is a name or an id more often than a key
constexpr std::size_t kSecretLikeMax = 512; ///< a longer one is a picture or another file

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
/// Of what keys and tokens are made.
bool isWord(char c)
{
    return isDigit(c) || isUpper(c) || isLower(c) || c == '_' || c == '-';
}
bool isTokenChar(char c)
{
    return isWord(c) || c == '.' || c == '+' || c == '/' || c == '=' || c == '~';
}

/// A word of letters of both kinds and digits, too long to be a name.
bool looksSecret(std::string_view word)
{
    return word.size() >= kSecretLike && word.size() <= kSecretLikeMax
           && std::ranges::any_of(word, isDigit) && std::ranges::any_of(word, isUpper)
           && std::ranges::any_of(word, isLower);
}

std::string withoutLongWords(std::string_view text)
{
    std::string kept;
    kept.reserve(text.size());
    for (auto at = text.begin(); at != text.end();) {
        const auto end = isWord(*at) ? std::find_if_not(at, text.end(), isWord) : at + 1;
        const std::string_view word(at, end);
        kept += looksSecret(word) ? kRedacted : word;
        at = end;
    }
    return kept;
}

} // namespace

std::string redacted(std::string_view text)
{
    std::string kept(text);
    blotKeys(kept);
    return withoutLongWords(kept);
}

std::string redactedCut(std::string_view text)
{
    std::size_t end = text.size();
    while (end > 0 && text.size() - end < kSecretLikeMax && isTokenChar(text[end - 1])) {
        --end;
    }
    return redacted(text.substr(0, end));
}

} // namespace signalbox::runtime
