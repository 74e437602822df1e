// SPDX-License-Identifier: Apache-2.0
#include "core/providers/json_writer.h"

#include <algorithm>
#include <iterator>

namespace signalbox::providers {
namespace {

bool needsEscape(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void appendEscape(std::string &out, char c)
{
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4U];
    out += hex[byte & 0x0FU];
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        const auto *plainEnd = std::ranges::find_if(text, needsEscape);
        const auto plain = static_cast<std::size_t>(plainEnd - text.begin());
        out.append(text.substr(0, plain));
        if (plain == text.size()) {
            break;
        }
        appendEscape(out, text[plain]);
        text.remove_prefix(plain + 1);
    }
    out += '"';
}

JsonWriter &JsonWriter::key(std::string_view name)
{
    separate();
    appendJsonString(m_out, name);
    m_out += ':';
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::string(std::string_view text)
{
    separate();
    appendJsonString(m_out, text);
    return *this;
}

JsonWriter &JsonWriter::stringOrNull(std::string_view text)
{
    return text.empty() ? null() : string(text);
}

JsonWriter &JsonWriter::integer(std::int64_t number)
{
    return token(std::to_string(number));
}

JsonWriter &JsonWriter::raw(std::string_view json)
{
    const bool broken = json.find('\n') != std::string_view::npos
                        || json.find('\r') != std::string_view::npos;
    if (!broken) {
        return token(json);
    }
    separate();
    // Inside strings a line break can only be escaped, so every plain one stands between tokens.
    std::ranges::copy_if(json, std::back_inserter(m_out), [](char c) {
        return c != '\r' && c != '\n';
    });
    return *this;
}

JsonWriter &JsonWriter::open(char bracket)
{
    separate();
    m_out += bracket;
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::close(char bracket)
{
    m_out += bracket;
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::token(std::string_view text)
{
    separate();
    m_out += text;
    return *this;
}

void JsonWriter::separate()
{
    if (m_needsComma) {
        m_out += ',';
    }
    m_needsComma = true;
}

} // namespace signalbox::providers
