// SPDX-License-Identifier: Apache-2.0
#include "core/http/url.h"

#include "core/base/text.h"
#include "core/http/syntax.h"
#include "core/http/target.h"

#include <algorithm>

namespace signalbox::http {
namespace {

/// One to four hexadecimal digits between colons, at most eight groups or fewer around one `::`.
/// A dotted tail (`::ffff:1.2.3.4`) counts as two groups.
bool isIpv6Text(std::string_view text)
{
    const std::size_t gap = text.find("::");
    const bool hasGap = gap != std::string_view::npos;
    if (text.size() < 2 || text.size() > 45
        || (hasGap && text.find("::", gap + 1) != std::string_view::npos)) {
        return false;
    }
    std::size_t groups = 0;
    std::size_t at = gap == 0 ? 2 : 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        const std::string_view group = text.substr(at, end - at);
        const bool dotted = end == text.size() && std::ranges::count(group, '.') == 3
                            && group.find_first_not_of("0123456789.") == std::string_view::npos;
        const bool plain = group.size() <= 4 && parseHexadecimal(group).has_value();
        const bool isGap = group.empty() && at == gap + 1;
        if (!dotted && !plain && !isGap) {
            return false;
        }
        groups += isGap ? 0U : (dotted ? 2U : 1U);
        at = end + 1;
    }
    const bool endsInColon = text.ends_with(':') && !text.ends_with("::");
    return !endsInColon && (hasGap ? groups < 8 : groups == 8);
}

bool isHostName(std::string_view text)
{
    return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, [](char c) {
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                                  || (c >= 'A' && c <= 'Z');
        return alphanumeric || c == '-' || c == '.' || c == '_' || c == '~';
    });
}

/// Splits off `[…]` or what precedes the colon; what is left is empty or begins with the colon.
std::optional<Authority> takeHost(std::string_view &text)
{
    Authority authority;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        authority.host = text.substr(1, close - 1);
        authority.isIpv6 = true;
        text.remove_prefix(close + 1);
        return isIpv6Text(authority.host) ? std::optional(authority) : std::nullopt;
    }
    authority.host = text.substr(0, text.find(':'));
    text.remove_prefix(authority.host.size());
    return isHostName(authority.host) ? std::optional(authority) : std::nullopt;
}

/// Tells a bad host from a bad port.
Result<Authority, UrlError> readAuthority(std::string_view text)
{
    auto authority = takeHost(text);
    if (!authority) {
        return Failure{UrlError::BadHost};
    }
    if (text.empty()) {
        return *authority;
    }
    const auto port = parseDecimal(text.substr(1));
    if (!text.starts_with(':') || text.size() > 6 || !port || *port > 65535) {
        return Failure{UrlError::BadPort};
    }
    authority->port = static_cast<std::uint16_t>(*port);
    return *authority;
}

Result<std::string, UrlError> readBasePath(std::string_view text)
{
    if (text.find_first_of("?#") != std::string_view::npos) {
        return Failure{UrlError::HasQueryOrFragment};
    }
    if (!isVisible(text) || !decodePath(text)) {
        return Failure{UrlError::BadPath};
    }
    while (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

std::string bracketed(const std::string &host, bool isIpv6)
{
    return isIpv6 ? "[" + host + "]" : host;
}

} // namespace

std::optional<Authority> parseAuthority(std::string_view text)
{
    const auto authority = readAuthority(text);
    return authority ? std::optional(*authority) : std::nullopt;
}

std::string Url::hostHeader() const
{
    const bool isDefault = port == (secure ? 443 : 80);
    return bracketed(host, isIpv6) + (isDefault ? "" : ":" + std::to_string(port));
}

std::string Url::text() const
{
    return (secure ? "https://" : "http://") + hostHeader() + basePath;
}

Result<Url, UrlError> parseUrl(std::string_view text)
{
    const std::size_t schemeEnd = text.find("://");
    const std::string_view scheme = text.substr(0, std::min(schemeEnd, text.size()));
    const bool secure = equalsIgnoreCase(scheme, "https");
    if (schemeEnd == std::string_view::npos || (!secure && !equalsIgnoreCase(scheme, "http"))) {
        return Failure{UrlError::BadScheme};
    }
    const std::string_view rest = text.substr(schemeEnd + 3);
    const std::size_t authorityEnd = std::min(rest.find_first_of("/?#"), rest.size());
    const std::string_view authorityText = rest.substr(0, authorityEnd);
    if (authorityText.find('@') != std::string_view::npos) {
        return Failure{UrlError::HasUserInfo};
    }
    const auto authority = readAuthority(authorityText);
    if (!authority) {
        return Failure{authority.error()};
    }
    if (authority->port == 0) {
        return Failure{UrlError::BadPort};
    }
    auto basePath = readBasePath(rest.substr(authorityEnd));
    if (!basePath) {
        return Failure{basePath.error()};
    }
    const std::uint16_t fallback = secure ? 443 : 80;
    return Url{.secure = secure,
               .host = toLowerAscii(authority->host),
               .isIpv6 = authority->isIpv6,
               .port = authority->port.value_or(fallback),
               .basePath = std::move(*basePath)};
}

Result<ListenAddress, UrlError> parseListenAddress(std::string_view text)
{
    const auto authority = readAuthority(text);
    if (!authority) {
        return Failure{authority.error()};
    }
    if (!authority->port) {
        return Failure{UrlError::BadPort};
    }
    return ListenAddress{std::string(authority->host), *authority->port};
}

} // namespace signalbox::http
