// SPDX-License-Identifier: Apache-2.0
#include "core/http/web_address.h"

#include <algorithm>

namespace signalbox::http {
namespace {

/// The origin-form target for what follows an authority.
Result<std::string, UrlError> targetOf(std::string_view rest)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kEscaped = " \"<>\\^`{|}";
    rest = rest.substr(0, rest.find('#'));
    std::string target;
    if (!rest.starts_with('/')) {
        target += '/';
    }
    for (const char c : rest) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            return Failure{UrlError::BadPath};
        }
        if (byte < 0x80 && kEscaped.find(c) == std::string_view::npos) {
            target += c;
        } else {
            target += '%';
            target += kHex[byte >> 4U];
            target += kHex[byte & 0x0FU];
        }
    }
    return target;
}

Result<WebAddress, UrlError> at(Url origin, std::string_view rest)
{
    auto target = targetOf(rest);
    if (!target) {
        return Failure{target.error()};
    }
    return WebAddress{std::move(origin), *std::move(target)};
}

/// Has a scheme before anything that a path or query begins with.
bool isAbsolute(std::string_view reference)
{
    const auto colon = reference.find(':');
    return colon != std::string_view::npos && colon < reference.find_first_of("/?#");
}

} // namespace

Result<WebAddress, UrlError> parseWebAddress(std::string_view text)
{
    const auto schemeEnd = text.find("://");
    const auto begin = schemeEnd == std::string_view::npos ? text.size() : schemeEnd + 3;
    const auto end = std::min(text.find_first_of("/?#", begin), text.size());
    auto origin = parseUrl(text.substr(0, end));
    if (!origin) {
        return Failure{origin.error()};
    }
    return at(*std::move(origin), text.substr(end));
}

Result<WebAddress, UrlError> resolveReference(const WebAddress &base, std::string_view reference)
{
    if (isAbsolute(reference)) {
        return parseWebAddress(reference);
    }
    if (reference.starts_with("//")) {
        std::string text = base.origin.secure ? "https:" : "http:";
        return parseWebAddress(text.append(reference));
    }
    if (reference.starts_with('/')) {
        return at(base.origin, reference);
    }
    const std::string_view path = std::string_view(base.target).substr(0, base.target.find('?'));
    const bool onlyQuery = reference.starts_with('?') || reference.starts_with('#')
                           || reference.empty();
    std::string rest(onlyQuery ? path : path.substr(0, path.rfind('/') + 1));
    return at(base.origin, rest.append(reference));
}

std::string_view describe(UrlError error)
{
    switch (error) {
    case UrlError::BadScheme:
        return "it is neither http:// nor https://";
    case UrlError::HasUserInfo:
        return "it holds a user name or password";
    case UrlError::BadHost:
        return "its host is malformed";
    case UrlError::BadPort:
        return "its port is malformed";
    case UrlError::BadPath:
        return "its path holds control characters";
    case UrlError::HasQueryOrFragment:
        return "it has a query or fragment";
    }
    return "it is malformed";
}

} // namespace signalbox::http
