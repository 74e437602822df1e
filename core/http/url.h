// SPDX-License-Identifier: Apache-2.0
// Addresses as the configuration writes them: `base_url`, `proxy`, `listen`.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::http {

/// `host[:port]`, borrowed.
struct Authority
{
    std::string_view host; ///< a name, an IPv4 address, or an IPv6 address without its brackets
    std::optional<std::uint16_t> port;
    bool isIpv6 = false;

    friend bool operator==(const Authority &, const Authority &) = default;
};

/// Reads `host`, `host:port`, `[IPv6]` or `[IPv6]:port`. Nothing for an empty host, user info,
/// a zone, or a port that is not 0 to 65535.
[[nodiscard]] std::optional<Authority> parseAuthority(std::string_view text);

enum class UrlError : std::uint8_t {
    BadScheme, ///< neither http:// nor https://
    HasUserInfo, ///< `user:password@`: a secret does not belong in a URL
    BadHost, ///< no host, or characters that no host has
    BadPort, ///< not 1 to 65535 in a URL, 0 to 65535 in a listening address, or absent there
    BadPath, ///< blanks, control characters, non-ASCII, or a malformed escape
    HasQueryOrFragment, ///< what is appended to it would end up behind a `?` or `#`
};

/// Where an upstream is.
struct Url
{
    bool secure = true; ///< https
    std::string host; ///< lower case; an IPv6 address without its brackets
    bool isIpv6 = false;
    std::uint16_t port = 443;
    std::string basePath; ///< without a `/` at its end; empty for the root

    /// `host[:port]` as the Host header wants it: the default port left out.
    [[nodiscard]] std::string hostHeader() const;
    /// The URL again, in its plainest form.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Url &, const Url &) = default;
};

Result<Url, UrlError> parseUrl(std::string_view text);

/// Where to listen; \c host is an address or a name.
struct ListenAddress
{
    std::string host;
    std::uint16_t port = 0; ///< 0: any free one

    friend bool operator==(const ListenAddress &, const ListenAddress &) = default;
};

/// Reads `HOST:PORT`, the host of IPv6 in brackets.
Result<ListenAddress, UrlError> parseListenAddress(std::string_view text);

} // namespace signalbox::http
