// SPDX-License-Identifier: Apache-2.0
#include "core/http/target.h"

#include "core/http/syntax.h"

#include <algorithm>
#include <utility>

namespace signalbox::http {
namespace {

Result<std::string, Error> decode(std::string_view text, bool plusIsBlank)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += plusIsBlank && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
        const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
        const int byte = high * 16 + low;
        if (high < 0 || low < 0 || byte < 0x20 || byte == 0x7F) {
            return Failure{Error::BadEscape};
        }
        decoded += static_cast<char>(byte);
        i += 2;
    }
    return decoded;
}

bool isUnreserved(char c)
{
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                              || (c >= 'A' && c <= 'Z');
    return alphanumeric || c == '-' || c == '.' || c == '_' || c == '~';
}

} // namespace

Result<std::string, Error> decodePath(std::string_view path)
{
    return decode(path, false);
}

Result<QueryItems, Error> parseQuery(std::string_view query)
{
    QueryItems items;
    while (!query.empty()) {
        const std::string_view item = takeElement(query, '&');
        if (item.empty()) {
            continue;
        }
        const std::size_t equals = std::min(item.find('='), item.size());
        auto name = decode(item.substr(0, equals), true);
        auto value = decode(item.substr(std::min(equals + 1, item.size())), true);
        if (!name || !value) {
            return Failure{Error::BadEscape};
        }
        items.emplace_back(std::move(*name), std::move(*value));
    }
    return items;
}

std::string escapeSegment(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            escaped += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        escaped += '%';
        escaped += kDigits[byte >> 4U];
        escaped += kDigits[byte & 0x0FU];
    }
    return escaped;
}

} // namespace signalbox::http
