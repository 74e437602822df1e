// SPDX-License-Identifier: Apache-2.0
#include "core/config/toml_text.h"

#include "core/config/report.h"

#include <algorithm>
#include <string>

namespace signalbox::config {
namespace {

/// The parser repeats what it could not read as a number; that may be a key written without
/// quotes, so what is longer than TOML's longest word (false) goes. Names of keys stay.
std::string withoutValues(const std::string &description)
{
    constexpr std::size_t kLongestWordBytes = 5;
    if (description.find("cannot redefine") != std::string::npos) {
        return description;
    }
    std::string cleaned;
    std::size_t at = 0;
    while (at < description.size()) {
        const auto open = std::min(description.find('\'', at), description.size());
        const auto close = description.find('\'', open + 1);
        cleaned += description.substr(at, open - at);
        if (close == std::string::npos) {
            return cleaned;
        }
        const bool isShort = close - open - 1 <= kLongestWordBytes;
        cleaned += isShort ? description.substr(open, close - open + 1) : "the value";
        at = close + 1;
    }
    return cleaned;
}

Fault syntaxFault(const toml::parse_error &error)
{
    const toml::source_position &begin = error.source().begin;
    return {static_cast<int>(begin.line),
            static_cast<int>(begin.column),
            oneLine("not valid TOML: " + withoutValues(std::string(error.description())))};
}

} // namespace

Result<toml::table, Fault> parseToml(std::string_view text)
{
    // The packaged library is built with exceptions; here is the only place that sees one.
    try {
        return toml::parse(text);
    } catch (const toml::parse_error &error) {
        return Failure{syntaxFault(error)};
    }
}

} // namespace signalbox::config
