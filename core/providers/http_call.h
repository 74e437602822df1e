// SPDX-License-Identifier: Apache-2.0
// What an upstream shall be asked, without its address and without its key.
#pragma once

#include "core/domain/features.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::providers {

/// The header that carries the key, and what stands before the key in it.
struct AuthScheme
{
    std::string header;
    std::string prefix;

    friend bool operator==(const AuthScheme &, const AuthScheme &) = default;
};

/// One upstream call. The rim adds address, framing and the key as \ref auth says.
struct HttpCall
{
    std::string method = "POST";
    std::string path; ///< appended to the path of the provider's base_url
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    AuthScheme auth;
    std::vector<std::string> notes; ///< what was changed for this provider, for the decision record
    std::vector<std::string> dropped; ///< names of members the provider does not know, noted too

    friend bool operator==(const HttpCall &, const HttpCall &) = default;
};

/// Why a provider's format cannot carry a request.
struct Refusal
{
    std::optional<Feature> feature; ///< the one it lacks, if it is one of ours
    std::string text;

    friend bool operator==(const Refusal &, const Refusal &) = default;
};

} // namespace signalbox::providers
