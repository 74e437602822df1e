// SPDX-License-Identifier: Apache-2.0
// Header lines in their order, found without regard to case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::http {

/// One header line, borrowed.
struct Header
{
    std::string_view name;
    std::string_view value;

    friend bool operator==(const Header &, const Header &) = default;
};

/// An ordered list of header lines. All text lies in one buffer, so that a head of twenty lines
/// costs two allocations. Views handed out end with the next change; what is passed in must not
/// point into the list itself.
class Headers
{
public:
    class Iterator
    {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Header;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Header;

        Iterator() = default;
        Iterator(const Headers *headers, std::size_t at);
        Header operator*() const { return (*m_headers)[m_at]; }
        Iterator &operator++();
        Iterator operator++(int);
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        const Headers *m_headers = nullptr;
        std::size_t m_at = 0;
    };

    Headers() = default;
    Headers(std::initializer_list<Header> headers);

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    /// \pre index < size()
    [[nodiscard]] Header operator[](std::size_t index) const;
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size()}; }

    /// The value of the first line with this name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
    /// True if one of the comma-separated elements of the lines with this name is \p token,
    /// whatever the case: `listHas("Connection", "close")`.
    [[nodiscard]] bool listHas(std::string_view name, std::string_view token) const;

    /// True if every comma-separated element of the lines with this name is a token; empty ones
    /// are passed over (RFC 9110 section 5.6.1.2).
    [[nodiscard]] bool listIsTokens(std::string_view name) const;

    void add(std::string_view name, std::string_view value);
    /// Replaces the first line with this name and drops the others; adds one if there is none.
    void set(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    void clear();

    /// The same lines with the same bytes in the same order.
    friend bool operator==(const Headers &a, const Headers &b);

private:
    struct Span
    {
        std::uint32_t at = 0;
        std::uint32_t size = 0;
    };
    struct Entry
    {
        Span name;
        Span value;
    };

    [[nodiscard]] std::string_view text(Span span) const;
    [[nodiscard]] bool isNamed(const Entry &entry, std::string_view name) const;
    Span store(std::string_view text);

    std::string m_text;
    std::vector<Entry> m_entries;
};

/// True if \p contentType is \p type but for case and parameters:
/// `isMediaType("text/event-stream;charset=UTF-8", "text/event-stream")`.
[[nodiscard]] bool isMediaType(std::string_view contentType, std::string_view type);

} // namespace signalbox::http
