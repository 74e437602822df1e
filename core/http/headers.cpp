// SPDX-License-Identifier: Apache-2.0
#include "core/http/headers.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/http/syntax.h"

#include <algorithm>
#include <limits>

namespace signalbox::http {

// What a usual head needs, so that reading one does not grow the list step by step.
constexpr std::size_t kUsualHeaders = 16;
constexpr std::size_t kUsualTextBytes = 512;

Headers::Iterator::Iterator(const Headers *headers, std::size_t at)
    : m_headers(headers)
    , m_at(at)
{}

Headers::Iterator &Headers::Iterator::operator++()
{
    ++m_at;
    return *this;
}

Headers::Iterator Headers::Iterator::operator++(int)
{
    const Iterator before = *this;
    ++m_at;
    return before;
}

Headers::Headers(std::initializer_list<Header> headers)
{
    for (const Header &header : headers) {
        add(header.name, header.value);
    }
}

Header Headers::operator[](std::size_t index) const
{
    SB_CHECK(index < m_entries.size());
    const Entry &entry = m_entries[index];
    return {text(entry.name), text(entry.value)};
}

std::optional<std::string_view> Headers::find(std::string_view name) const
{
    for (const Entry &entry : m_entries) {
        if (isNamed(entry, name)) {
            return text(entry.value);
        }
    }
    return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const Entry &entry : m_entries) {
        if (isNamed(entry, name)) {
            values.push_back(text(entry.value));
        }
    }
    return values;
}

std::size_t Headers::count(std::string_view name) const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(m_entries, [&](const Entry &entry) { return isNamed(entry, name); }));
}

bool Headers::listHas(std::string_view name, std::string_view token) const
{
    for (const Entry &entry : m_entries) {
        if (!isNamed(entry, name)) {
            continue;
        }
        std::string_view list = text(entry.value);
        while (!list.empty()) {
            if (equalsIgnoreCase(takeElement(list), token)) {
                return true;
            }
        }
    }
    return false;
}

bool Headers::listIsTokens(std::string_view name) const
{
    for (std::string_view list : all(name)) {
        while (!list.empty()) {
            const std::string_view element = takeElement(list);
            if (!element.empty() && !isToken(element)) {
                return false;
            }
        }
    }
    return true;
}

void Headers::add(std::string_view name, std::string_view value)
{
    if (m_entries.empty()) {
        m_entries.reserve(kUsualHeaders);
        m_text.reserve(kUsualTextBytes);
    }
    const Span nameSpan = store(name);
    m_entries.push_back({nameSpan, store(value)});
}

void Headers::set(std::string_view name, std::string_view value)
{
    const auto named = [&](const Entry &entry) { return isNamed(entry, name); };
    const auto first = std::ranges::find_if(m_entries, named);
    if (first == m_entries.end()) {
        add(name, value);
        return;
    }
    first->value = store(value);
    m_entries.erase(std::remove_if(first + 1, m_entries.end(), named), m_entries.end());
}

void Headers::remove(std::string_view name)
{
    std::erase_if(m_entries, [&](const Entry &entry) { return isNamed(entry, name); });
}

void Headers::clear()
{
    m_text.clear();
    m_entries.clear();
}

bool operator==(const Headers &a, const Headers &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

std::string_view Headers::text(Span span) const
{
    return std::string_view(m_text).substr(span.at, span.size);
}

bool Headers::isNamed(const Entry &entry, std::string_view name) const
{
    return entry.name.size == name.size() && equalsIgnoreCase(text(entry.name), name);
}

Headers::Span Headers::store(std::string_view text)
{
    SB_CHECK(m_text.size() + text.size() <= std::numeric_limits<std::uint32_t>::max());
    const Span span{static_cast<std::uint32_t>(m_text.size()),
                    static_cast<std::uint32_t>(text.size())};
    m_text.append(text);
    return span;
}

bool isMediaType(std::string_view contentType, std::string_view type)
{
    return equalsIgnoreCase(takeElement(contentType, ';'), type);
}

} // namespace signalbox::http
