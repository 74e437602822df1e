// SPDX-License-Identifier: Apache-2.0
#include "core/config/notation.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace signalbox::config {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isAlphanumeric(char c)
{
    return isDigit(c) || isLower(toLowerAscii(c));
}

bool isMadeOf(std::string_view text, std::string_view others)
{
    return !text.empty() && std::ranges::all_of(text, [others](char c) {
        return isAlphanumeric(c) || others.find(c) != std::string_view::npos;
    });
}

bool isPlain(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
    });
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(at + 1);
    }
}

/// Nothing unless \p text is digits and at most \p max.
std::optional<int> parseSmall(std::string_view text, int max)
{
    const auto value = text.size() <= 5 ? parseInteger(text) : std::nullopt;
    return value && *value <= max ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

bool isIpv4(std::string_view host)
{
    const auto parts = split(host, '.');
    return parts.size() == 4 && std::ranges::all_of(parts, [](auto part) {
               return parseSmall(part, 255).has_value();
           });
}

bool isHextet(std::string_view part)
{
    return part.size() <= 4 && std::ranges::all_of(part, [](char c) {
               return isDigit(c) || (toLowerAscii(c) >= 'a' && toLowerAscii(c) <= 'f');
           });
}

/// Eight groups, or fewer around one `::`; the last two may be an IPv4 address.
bool isIpv6(std::string_view host)
{
    auto parts = split(host, ':');
    if (parts.size() < 3 || parts.size() > 9 || host.find(":::") != std::string_view::npos) {
        return false;
    }
    std::size_t groups = parts.size();
    if (isIpv4(parts.back())) {
        parts.pop_back();
        ++groups;
    }
    const auto elided = host.find("::");
    const bool isElided = elided != std::string_view::npos;
    const bool again = isElided && host.find("::", elided + 1) != std::string_view::npos;
    const bool openEnd = (host.front() == ':' && !host.starts_with("::"))
                         || (host.back() == ':' && !host.ends_with("::"));
    return !again && !openEnd && (isElided || groups == 8) && std::ranges::all_of(parts, isHextet);
}

bool isHostName(std::string_view host)
{
    const bool looksNumeric = std::ranges::all_of(host,
                                                  [](char c) { return isDigit(c) || c == '.'; });
    return isMadeOf(host, ".-_") && host.front() != '.' && host.front() != '-'
           && (!looksNumeric || isIpv4(host));
}

struct Authority
{
    std::string_view host;
    bool isBracketed = false;
    std::optional<std::string_view> port;
};

std::optional<Authority> parseAuthority(std::string_view text)
{
    Authority authority;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        authority.isBracketed = true;
        authority.host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
    } else {
        const auto colon = std::min(text.find(':'), text.size());
        authority.host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (!rest.empty() && rest.front() != ':') {
        return std::nullopt;
    }
    if (!rest.empty()) {
        authority.port = rest.substr(1);
    }
    const bool good = authority.isBracketed ? isIpv6(authority.host) : isHostName(authority.host);
    return good ? std::optional(authority) : std::nullopt;
}

bool isLoopbackHost(std::string_view host)
{
    return equalsIgnoreCase(host, "localhost") || host == "::1" || host == "0:0:0:0:0:0:0:1"
           || (isIpv4(host) && host.starts_with("127."));
}

Failure<std::string> because(std::string reason)
{
    return Failure<std::string>{std::move(reason)};
}

constexpr std::string_view kSecretForms =
    "env:NAME, keychain:NAME, file:/PATH, vault:NAME or session:NAME";

bool isEnvironmentName(std::string_view name)
{
    return isMadeOf(name, "_") && !isDigit(name.front());
}

std::optional<std::string> faultOf(const SecretRef &ref)
{
    if (ref.name.empty() || trimmed(ref.name) != ref.name) {
        return "a secret's reference needs a name without blanks around it: use "
               + std::string(kSecretForms);
    }
    if (ref.store == SecretRef::Store::Env && !isEnvironmentName(ref.name)) {
        return "after env: comes the name of an environment variable (letters, digits and _), "
               "never its value";
    }
    if (ref.store == SecretRef::Store::File && ref.name.front() != '/') {
        return "after file: comes an absolute path";
    }
    return std::nullopt;
}

} // namespace

std::optional<ListenAddress> parseListenAddress(std::string_view text)
{
    const auto authority = parseAuthority(text);
    const auto port = authority && authority->port ? parseSmall(*authority->port, 65535)
                                                   : std::nullopt;
    if (!port) {
        return std::nullopt;
    }
    return ListenAddress{std::string(authority->host), *port, isLoopbackHost(authority->host)};
}

Result<std::string, std::string> parseBaseUrl(std::string_view text)
{
    const auto schemeEnd = text.find("://");
    const std::string_view scheme = text.substr(0, std::min(schemeEnd, text.size()));
    if (schemeEnd == std::string_view::npos || (scheme != "http" && scheme != "https")) {
        return because("a URL that begins with https:// or http://");
    }
    const std::string_view rest = text.substr(schemeEnd + 3);
    const std::string_view authority = rest.substr(0, std::min(rest.find('/'), rest.size()));
    if (rest.find_first_of("?#") != std::string_view::npos) {
        return because("a URL without a query or a fragment");
    }
    if (authority.find('@') != std::string_view::npos) {
        return because("a URL without a user or password; a provider's key belongs in `keys`");
    }
    const auto parsed = parseAuthority(authority);
    if (!parsed || (parsed->port && parseSmall(*parsed->port, 65535).value_or(0) == 0)) {
        return because("a URL with a host and, if any, a port from 1 to 65535");
    }
    if (!isPlain(rest)) {
        return because("a URL without spaces or characters that need encoding");
    }
    const auto last = text.find_last_not_of('/');
    return std::string(text.substr(0, last + 1));
}

Result<SecretRef, std::string> parseSecretRef(std::string_view text)
{
    using Store = SecretRef::Store;
    constexpr std::array<std::pair<std::string_view, Store>, 5> kSchemes = {{
        {"env:", Store::Env},
        {"keychain:", Store::Keychain},
        {"file:", Store::File},
        {"vault:", Store::Vault},
        {"session:", Store::Session},
    }};
    const auto scheme = std::ranges::find_if(kSchemes, [text](const auto &entry) {
        return text.starts_with(entry.first);
    });
    if (scheme == kSchemes.end()) {
        return because("a secret is named, never written here: use " + std::string(kSecretForms));
    }
    SecretRef ref{scheme->second, std::string(text.substr(scheme->first.size()))};
    if (auto fault = faultOf(ref)) {
        return because(std::move(*fault));
    }
    return ref;
}

bool isZoneName(std::string_view text)
{
    const auto parts = split(text, '/');
    return text == "UTC" || (parts.size() >= 2 && std::ranges::all_of(parts, [](auto part) {
                                 return isMadeOf(part, "_+-");
                             }));
}

bool isProviderId(std::string_view text)
{
    const auto allowed = [](char c) { return isDigit(c) || isLower(c); };
    return !text.empty() && allowed(text.front()) && std::ranges::all_of(text, [&](char c) {
        return allowed(c) || c == '.' || c == '_' || c == '-';
    });
}

bool isHeaderName(std::string_view text)
{
    return isMadeOf(text, "!#$%&'*+-.^_`|~");
}

bool isLanguageCode(std::string_view text)
{
    const bool twoLetters = text.size() == 2 && std::ranges::all_of(text, [](char c) {
                                return c >= 'a' && c <= 'z';
                            });
    return twoLetters || text == "und";
}

std::optional<double> parseDecimal(std::string_view text)
{
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = result.ec == std::errc{} && result.ptr == text.data() + text.size();
    const bool plain = !text.empty() && (isDigit(text.front()) || text.front() == '-');
    return whole && plain && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace signalbox::config
