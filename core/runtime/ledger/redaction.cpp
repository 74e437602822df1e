// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/redaction.h"

#include <algorithm>
#include <array>
#include <optional>

namespace signalbox::runtime {
namespace {

using Index = std::size_t;

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
/// Of what keys and tokens are made.
constexpr bool isWord(char c)
{
    return isDigit(c) || isUpper(c) || isLower(c) || c == '_' || c == '-';
}
/// Of what the values of `Bearer` and `Basic` are made as well.
constexpr bool isTokenChar(char c)
{
    return isWord(c) || c == '.' || c == '+' || c == '/' || c == '=' || c == '~';
}

Index endOf(std::string_view text, Index at, bool (*belongs)(char))
{
    while (at < text.size() && belongs(text[at])) {
        ++at;
    }
    return at;
}

bool startsWithWord(std::string_view text, std::string_view lowerWord)
{
    return text.size() >= lowerWord.size()
           && std::equal(lowerWord.begin(), lowerWord.end(), text.begin(), [](char a, char b) {
                  return a == lower(b);
              });
}

struct KeyBeginning
{
    std::string_view text;
    Index least; ///< characters of a word behind it
};

/// As their makers write them.
constexpr std::array kBeginnings = {
    KeyBeginning{"sk-", 16}, // OpenAI, Anthropic, DeepSeek, OpenRouter, DashScope, LiteLLM
    KeyBeginning{"sk_live_", 12},
    KeyBeginning{"sk_test_", 12},
    KeyBeginning{"rk_live_", 12},
    KeyBeginning{"pk-lf-", 12},
    KeyBeginning{"AIza", 30},
    KeyBeginning{"ya29.", 16},
    KeyBeginning{"AKIA", 16},
    KeyBeginning{"ASIA", 16},
    KeyBeginning{"ghp_", 20},
    KeyBeginning{"gho_", 20},
    KeyBeginning{"ghu_", 20},
    KeyBeginning{"ghs_", 20},
    KeyBeginning{"ghr_", 20},
    KeyBeginning{"github_pat_", 20},
    KeyBeginning{"glpat-", 16},
    KeyBeginning{"xoxb-", 10},
    KeyBeginning{"xoxp-", 10},
    KeyBeginning{"xoxa-", 10},
    KeyBeginning{"xoxr-", 10},
    KeyBeginning{"xoxs-", 10},
    KeyBeginning{"xapp-", 10},
    KeyBeginning{"hf_", 20},
    KeyBeginning{"gsk_", 20},
    KeyBeginning{"r8_", 20},
    KeyBeginning{"xai-", 20},
    KeyBeginning{"pplx-", 20},
    KeyBeginning{"npm_", 20},
    KeyBeginning{"pypi-", 20},
    KeyBeginning{"dop_v1_", 20},
    KeyBeginning{"SG.", 20},
    KeyBeginning{"AGE-SECRET-KEY-", 20},
};

/// Names whose values are secrets, in small letters and without `_` and `-`.
constexpr std::array<std::string_view, 16> kNames = {
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "accesskey",
    "accesstoken",
    "refreshtoken",
    "authtoken",
    "idtoken",
    "privatekey",
    "clientsecret",
    "secretkey",
    "authorization",
    "xapikey",
    "sessiontoken",
};
constexpr Index kNameMax = 64;
constexpr Index kSecretLike = 32; ///< a shorter word is a name or an id more often than a key
constexpr Index kSecretLikeMax = 512; ///< a longer one is a picture or another file
constexpr Index kTokenLeast = 8;
constexpr Index kBareTokenLeast =
    16; ///< of the value of `token`, which may also be a word of a text

/// Where a key that begins at \p at ends; nothing: there is none.
std::optional<Index> knownKey(std::string_view text, Index at)
{
    const std::string_view rest = text.substr(at);
    for (const KeyBeginning &beginning : kBeginnings) {
        if (rest.starts_with(beginning.text)) {
            const Index end = endOf(text, at + beginning.text.size(), [](char c) {
                return isWord(c) || c == '.';
            });
            if (end - at - beginning.text.size() >= beginning.least) {
                return text[end - 1] == '.' ? end - 1 : end; // a sentence's
            }
        }
    }
    return std::nullopt;
}

/// `eyJ...` and two or more parts, parted by dots.
std::optional<Index> webToken(std::string_view text, Index at)
{
    if (!text.substr(at).starts_with("eyJ")) {
        return std::nullopt;
    }
    const Index end = endOf(text, at, [](char c) { return isWord(c) || c == '.'; });
    const std::string_view token = text.substr(at, end - at);
    return std::ranges::count(token, '.') >= 2 && token.size() > kSecretLike ? std::optional(end)
                                                                             : std::nullopt;
}

/// A word of letters of both kinds and digits, too long to be a name.
bool looksSecret(std::string_view word)
{
    return word.size() >= kSecretLike && word.size() <= kSecretLikeMax
           && std::ranges::any_of(word, isDigit) && std::ranges::any_of(word, isUpper)
           && std::ranges::any_of(word, isLower);
}

std::string bare(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if (c != '_' && c != '-') {
            plain += lower(c);
        }
    }
    return plain;
}

/// How long a value has to be to be taken out; nothing: the name is no secret's.
std::optional<Index> leastOfValue(std::string_view name)
{
    if (name.size() > kNameMax) {
        return std::nullopt;
    }
    const std::string plain = bare(name);
    if (std::ranges::any_of(kNames, [&plain](std::string_view secret) {
            return plain.ends_with(secret);
        })) {
        return 4;
    }
    return plain.ends_with("token") ? std::optional(kBareTokenLeast) : std::nullopt;
}

struct Span
{
    Index from = 0;
    Index to = 0;
};

bool isQuoting(char c)
{
    return c == '"' || c == '\'' || c == '\\' || c == '`';
}

/// The value behind a name that ends at \p at: `": "VALUE"`, `=VALUE`, also with JSON's backslashes.
std::optional<Span> valueBehind(std::string_view text, Index at)
{
    Index i = endOf(text, at, isQuoting);
    i = endOf(text, i, [](char c) { return c == ' '; });
    if (i >= text.size() || (text[i] != ':' && text[i] != '=')) {
        return std::nullopt;
    }
    i = endOf(text, i + 1, [](char c) { return c == ' '; });
    const Index from = endOf(text, i, isQuoting);
    const bool quoted = from > i;
    Index to = from;
    while (to < text.size() && !isQuoting(text[to]) && text[to] != '\n' && text[to] != '\r'
           && (quoted
               || (text[to] != ' ' && text[to] != ',' && text[to] != '&' && text[to] != ';'
                   && text[to] != '}' && text[to] != ')'))) {
        ++to;
    }
    const std::string_view value = text.substr(from, to - from);
    const bool isNone = value.empty() || value.front() == '{' || value.front() == '['
                        || value == "null" || value == "true" || value == "false"
                        || value == kRedacted;
    return isNone ? std::nullopt : std::optional(Span{from, to});
}

/// `Bearer TOKEN`, `Basic TOKEN`: the token, behind a scheme that ends at \p at.
std::optional<Span> tokenBehind(std::string_view text, Index at)
{
    const Index from = endOf(text, at, [](char c) { return c == ' '; });
    const Index to = endOf(text, from, isTokenChar);
    return from > at && to - from >= kTokenLeast ? std::optional(Span{from, to}) : std::nullopt;
}

/// The password in `://user:password@`, at \p at the slashes' end.
std::optional<Span> passwordBehind(std::string_view text, Index at)
{
    const auto belongs = [](char c) {
        return c > ' ' && c != '/' && c != '"' && c != '\'' && c != '\\' && c != '@' && c != '<';
    };
    const Index end = endOf(text, at, belongs);
    const Index colon = text.find(':', at);
    const bool has = end < text.size() && text[end] == '@' && colon < end && colon + 1 < end;
    return has ? std::optional(Span{colon + 1, end}) : std::nullopt;
}

/// The end of a private key in PEM that begins at \p at.
std::optional<Index> pemKey(std::string_view text, Index at)
{
    constexpr std::string_view begin = "-----BEGIN ";
    constexpr std::string_view closing = "-----END ";
    if (!text.substr(at).starts_with(begin)) {
        return std::nullopt;
    }
    const std::string_view title = text.substr(at + begin.size(), 40);
    if (title.substr(0, title.find("-----")).find("PRIVATE KEY") == std::string_view::npos) {
        return std::nullopt;
    }
    const Index end = text.find(closing, at);
    const Index last = end == std::string_view::npos ? end
                                                     : text.find("-----", end + closing.size());
    return last == std::string_view::npos ? text.size() : last + 5;
}

/// Goes through a text once and copies what may stay.
class Redactor
{
public:
    explicit Redactor(std::string_view text)
        : m_text(text)
    {
        m_out.reserve(text.size());
    }

    std::string run()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '-' && takeTo(pemKey(m_text, m_at))) {
                continue;
            }
            if (isWord(m_text[m_at])) {
                word();
            } else if (m_text.substr(m_at).starts_with("://")) {
                copyTo(m_at + 3);
                takeSpan(passwordBehind(m_text, m_at));
            } else {
                m_out += m_text[m_at++];
            }
        }
        return std::move(m_out);
    }

private:
    void copyTo(Index end)
    {
        m_out.append(m_text.substr(m_at, end - m_at));
        m_at = end;
    }
    bool takeTo(std::optional<Index> end)
    {
        if (end) {
            m_out.append(kRedacted);
            m_at = *end;
        }
        return end.has_value();
    }
    bool takeSpan(const std::optional<Span> &span)
    {
        if (span) {
            copyTo(span->from);
            takeTo(span->to);
        }
        return span.has_value();
    }

    /// At the beginning of a word.
    void word()
    {
        if (takeTo(knownKey(m_text, m_at)) || takeTo(webToken(m_text, m_at))) {
            return;
        }
        const Index end = endOf(m_text, m_at, isWord);
        const std::string_view found = m_text.substr(m_at, end - m_at);
        if (looksSecret(found)) {
            takeTo(end);
            return;
        }
        copyTo(end);
        if (startsWithWord(found, "bearer") || startsWithWord(found, "basic")) {
            takeSpan(tokenBehind(m_text, m_at));
        } else if (const auto least = leastOfValue(found)) {
            auto value = valueBehind(m_text, m_at);
            if (value && value->to - value->from >= *least && !isScheme(*value)) {
                takeSpan(skipScheme(*value));
            }
        }
    }

    /// `Authorization: Bearer TOKEN`, without quotes: the token is looked for behind the scheme.
    [[nodiscard]] bool isScheme(Span value) const
    {
        const std::string_view found = m_text.substr(value.from, value.to - value.from);
        return (found.size() == 6 && startsWithWord(found, "bearer"))
               || (found.size() == 5 && startsWithWord(found, "basic"));
    }

    /// The same in quotes keeps its scheme.
    [[nodiscard]] Span skipScheme(Span value) const
    {
        for (const std::string_view scheme : {"bearer ", "basic "}) {
            if (startsWithWord(m_text.substr(value.from, value.to - value.from), scheme)) {
                value.from += scheme.size();
            }
        }
        return value;
    }

    std::string_view m_text;
    std::string m_out;
    Index m_at = 0;
};

} // namespace

std::string redacted(std::string_view text)
{
    return Redactor(text).run();
}

std::string redactedCut(std::string_view text)
{
    Index end = text.size();
    while (end > 0 && text.size() - end < kSecretLikeMax && isTokenChar(text[end - 1])) {
        --end;
    }
    return redacted(text.substr(0, end));
}

} // namespace signalbox::runtime
