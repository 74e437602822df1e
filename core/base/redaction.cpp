// SPDX-License-Identifier: Apache-2.0
#include "core/base/redaction.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace signalbox {

namespace {

constexpr std::string_view kBlot = "[redacted]";
constexpr std::size_t kNothing = 0;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordChar(char c)
{
    const char low = static_cast<char>(c | 0x20);
    return isDigit(c) || (low >= 'a' && low <= 'z') || c == '_' || c == '-';
}

/// Of base64 in all its forms and of what tokens are made of (RFC 9110, token68).
bool isKeyChar(char c)
{
    return isWordChar(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

template <typename Is>
std::string_view runAt(std::string_view text, std::size_t at, Is is)
{
    std::size_t end = at;
    while (end < text.size() && is(text[end])) {
        ++end;
    }
    return text.substr(at, end - at);
}

std::string lowered(std::string_view word)
{
    std::string low(word);
    for (char &c : low) {
        c = c == '-' ? '_' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c | 0x20) : c;
    }
    return low;
}

bool isReference(std::string_view value)
{
    constexpr std::array kept{"env:", "file:", "keychain:", "vault:", "session:"};
    return std::ranges::any_of(kept, [&](std::string_view one) { return value.starts_with(one); });
}

/// A stretch to be replaced, counted from where it was looked for.
struct Found
{
    std::size_t skip = 0;
    std::size_t length = kNothing; ///< nothing was found
};

struct KeyBeginning
{
    std::string_view text;
    std::size_t restMin = 8; ///< characters behind it
};

/// As their makers write them; where a beginning is also one of other words, more must follow.
constexpr std::array kBeginnings{
    KeyBeginning{"sk-"}, // OpenAI, Anthropic, DeepSeek, OpenRouter, DashScope
    KeyBeginning{"sk_"},         KeyBeginning{"pk-"},         KeyBeginning{"pk_"},
    KeyBeginning{"rk_"},         KeyBeginning{"AIza"}, // Google
    KeyBeginning{"ya29.", 16},   KeyBeginning{"gsk_"},        KeyBeginning{"xai-"},
    KeyBeginning{"hf_"},         KeyBeginning{"AKIA"}, // Amazon
    KeyBeginning{"ASIA"},        KeyBeginning{"ghp_"}, // GitHub
    KeyBeginning{"gho_", 20},    KeyBeginning{"ghu_", 20},    KeyBeginning{"ghs_", 20},
    KeyBeginning{"ghr_", 20},    KeyBeginning{"github_pat_"}, KeyBeginning{"glpat"},
    KeyBeginning{"xoxa"}, // Slack
    KeyBeginning{"xoxb"},        KeyBeginning{"xoxp"},        KeyBeginning{"xoxr"},
    KeyBeginning{"xoxs"},        KeyBeginning{"xapp-"},       KeyBeginning{"nvapi"},
    KeyBeginning{"pplx-"},       KeyBeginning{"r8_"},         KeyBeginning{"csk-"},
    KeyBeginning{"fw_"},         KeyBeginning{"npm_", 20},    KeyBeginning{"pypi-", 20},
    KeyBeginning{"dop_v1_", 20}, KeyBeginning{"SG.", 20},     KeyBeginning{"AGE-SECRET-KEY-", 20},
};

/// A word that begins as keys do.
Found keyByPrefix(std::string_view text, std::size_t at)
{
    constexpr std::size_t tokenMin = 24;
    const std::string_view rest = text.substr(at);
    for (const KeyBeginning &beginning : kBeginnings) {
        if (rest.starts_with(beginning.text)) {
            const auto behind = runAt(rest, beginning.text.size(), [](char c) {
                return isWordChar(c) || c == '.';
            });
            const std::size_t full = behind.find_last_not_of('.') + 1; // without a sentence's end
            if (full >= beginning.restMin) {
                return {0, beginning.text.size() + full};
            }
        }
    }
    if (!rest.starts_with("eyJ")) { // a JSON web token
        return {};
    }
    const std::string_view token = runAt(text, at, isKeyChar);
    return token.size() >= tokenMin ? Found{0, token.size()} : Found{};
}

/// With a digit, or a capital behind a small letter.
bool isNoPlainWord(std::string_view word)
{
    return std::ranges::any_of(word, isDigit)
           || std::ranges::adjacent_find(word, [](char a, char b) {
                  return a >= 'a' && a <= 'z' && b >= 'A' && b <= 'Z';
              }) != word.end();
}

/// `Bearer KEY` and `Basic KEY`; not the words in a sentence.
Found keyByScheme(std::string_view text, std::size_t at)
{
    constexpr std::size_t keyMin = 8;
    constexpr std::size_t surelyKey = 24;
    const std::string_view scheme = runAt(text, at, isWordChar);
    if ((scheme.front() | 0x20) != 'b') { // most words; none of their letters is copied
        return {};
    }
    const std::string low = lowered(scheme);
    if (low != "bearer" && low != "basic") {
        return {};
    }
    std::size_t skip = scheme.size();
    while (at + skip < text.size() && text[at + skip] == ' ') {
        ++skip;
    }
    const std::string_view key = runAt(text, at + skip, isKeyChar);
    const bool isKey = key.size() >= surelyKey || (key.size() >= keyMin && isNoPlainWord(key));
    return skip > scheme.size() && isKey ? Found{skip, key.size()} : Found{};
}

/// What names of secrets end with; a `first_token` is none.
bool namesSecret(const std::string &low, bool &weak)
{
    constexpr std::array sure{"api_key",
                              "apikey",
                              "access_key",
                              "accesskey",
                              "accesstoken",
                              "refreshtoken",
                              "sessiontoken",
                              "authtoken",
                              "idtoken",
                              "secretkey",
                              "privatekey",
                              "secret_key",
                              "private_key",
                              "secret",
                              "password",
                              "passwd",
                              "passphrase",
                              "authorization"};
    weak = low == "key" || low == "token" || low.ends_with("_token");
    return (weak && low != "first_token" && low != "max_token")
           || std::ranges::any_of(sure, [&](std::string_view one) { return low.ends_with(one); });
}

/// `api_key = "KEY"`, `"password": "..."`, `?key=KEY`, also in quotes that were escaped.
Found keyByName(std::string_view text, std::size_t at)
{
    constexpr std::size_t valueMin = 6;
    constexpr std::string_view lastLetters = "ytdenYTDEN"; // of the names below
    const std::string_view name = runAt(text, at, isWordChar);
    bool weak = false;
    if (lastLetters.find(name.back()) == std::string_view::npos) {
        return {};
    }
    if (!namesSecret(lowered(name), weak)) {
        return {};
    }
    std::size_t skip = name.size();
    const auto pass = [&](std::string_view some) {
        const std::string_view run = runAt(text, at + skip, [&](char c) {
            return some.find(c) != std::string_view::npos;
        });
        skip += run.size();
        return run;
    };
    pass(" \t\"'\\");
    const bool assigned = !pass("=:").empty();
    const bool quoted = pass(" \t\"'\\").find_first_of("\"'") != std::string_view::npos;
    const std::string_view value = runAt(text, at + skip, [quoted](char c) {
        const std::string_view ends = quoted ? "\"'\\" : " \"'\\,;&{}[]()<>";
        return static_cast<unsigned char>(c) >= 0x20 && ends.find(c) == std::string_view::npos;
    });
    const std::string low = lowered(value);
    const bool isScheme = low == "bearer" || low == "basic"; // its key comes behind it
    const bool plain = weak && std::ranges::none_of(value, isDigit);
    const bool found = assigned && value.size() >= valueMin && value != kBlot && !isReference(value)
                       && !isScheme && !plain;
    return found ? Found{skip, value.size()} : Found{};
}

/// Of `https://user:password@host`, all before the `@`.
Found userOfUrl(std::string_view text, std::size_t at)
{
    constexpr std::string_view start = "://";
    if (!text.substr(at).starts_with(start)) {
        return {};
    }
    const std::string_view authority = runAt(text, at + start.size(), [](char c) {
        return static_cast<unsigned char>(c) > ' '
               && std::string_view("/?#\"'\\<>").find(c) == std::string_view::npos;
    });
    const std::size_t sign = authority.rfind('@');
    const bool none = sign == std::string_view::npos || sign == 0
                      || authority.substr(0, sign) == kBlot;
    return none ? Found{} : Found{start.size(), sign};
}

/// From `-----BEGIN ... PRIVATE KEY-----` to its end, or to the end of all.
Found pemKey(std::string_view text, std::size_t at)
{
    constexpr std::string_view begin = "-----BEGIN ";
    constexpr std::string_view what = "PRIVATE KEY-----";
    constexpr std::size_t kindMax = 16; // `ENCRYPTED `, `RSA `, `OPENSSH `
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with(begin)) {
        return {};
    }
    const std::size_t named = rest.substr(0, begin.size() + kindMax + what.size()).find(what);
    if (named == std::string_view::npos) {
        return {};
    }
    const std::size_t end = rest.find(what, named + what.size());
    return {0, end == std::string_view::npos ? rest.size() : end + what.size()};
}

Found find(std::string_view text, std::size_t at)
{
    if (text[at] == ':') {
        return userOfUrl(text, at);
    }
    if (text[at] == '-') {
        if (const Found pem = pemKey(text, at); pem.length != kNothing) {
            return pem;
        }
    }
    if (!isWordChar(text[at]) || (at > 0 && isWordChar(text[at - 1]))) {
        return {};
    }
    for (const auto look : {keyByPrefix, keyByScheme, keyByName}) {
        if (const Found found = look(text, at); found.length != kNothing) {
            return found;
        }
    }
    return {};
}

} // namespace

bool blotKeys(std::string &text)
{
    std::string kept;
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Found found = find(text, at);
        if (found.length == kNothing) {
            ++at;
            continue;
        }
        kept.append(text, copied, at + found.skip - copied).append(kBlot);
        at += found.skip + found.length;
        copied = at;
    }
    if (copied == 0) {
        return false;
    }
    kept.append(text, copied);
    text = std::move(kept);
    return true;
}

} // namespace signalbox
