// SPDX-License-Identifier: Apache-2.0
// The small notations inside the file's strings: addresses, URLs, secret references, names.
#pragma once

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::config {

struct ListenAddress
{
    std::string host; ///< without brackets
    int port = 0;
    bool isLoopback = false;

    friend bool operator==(const ListenAddress &, const ListenAddress &) = default;
};

/// `HOST:PORT`, the host a name, an IPv4 address or an IPv6 address in brackets. Nothing when it
/// is none of these.
std::optional<ListenAddress> parseListenAddress(std::string_view text);

/// The URL without trailing slashes, or why it is none: a sentence's end after "must be". Takes
/// http and https, a host, a port and a path; no user, query or fragment.
Result<std::string, std::string> parseBaseUrl(std::string_view text);

/// A reference to a secret, or what is wrong with it; the message never contains \p text.
Result<SecretRef, std::string> parseSecretRef(std::string_view text);

/// `UTC` or `Area/City` by its characters; whether it exists is another question.
bool isZoneName(std::string_view text);

/// `[a-z0-9][a-z0-9._-]*`
bool isProviderId(std::string_view text);

/// Two lower-case letters, as ISO 639-1 has them, or `und` (undetermined).
bool isLanguageCode(std::string_view text);

/// A header's name (RFC 9110 token).
bool isHeaderName(std::string_view text);

/// The whole of \p text as a finite decimal number.
std::optional<double> parseDecimal(std::string_view text);

} // namespace signalbox::config
