// SPDX-License-Identifier: Apache-2.0
#include "core/cache/canonical_json.h"

#include "core/base/bounds.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace signalbox::cache {
namespace {

/// Reads one value after the other. Lenient where the gateway's own check has been before it
/// (numbers are whatever stands between the punctuation), strict about where a value ends.
class Cursor
{
public:
    explicit Cursor(std::string_view json)
        : m_json(json)
    {}

    /// The next character that is no blank; 0 at the end.
    char peek()
    {
        while (m_at < m_json.size() && kBlanks.find(m_json[m_at]) != std::string_view::npos) {
            ++m_at;
        }
        return m_at < m_json.size() ? m_json[m_at] : '\0';
    }
    bool take(char wanted)
    {
        const bool found = peek() == wanted;
        m_at += found ? 1 : 0;
        return found;
    }
    bool atEnd() { return peek() == '\0' && m_at == m_json.size(); }

    /// A whole value as written.
    std::optional<std::string_view> slice()
    {
        peek();
        const std::size_t from = m_at;
        int depth = 0;
        do {
            const char c = peek();
            if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                --depth;
                ++m_at;
            } else if (depth > 0 && (c == ',' || c == ':')) {
                ++m_at;
            } else if (c == '"' ? !skipString() : literal().empty()) {
                return std::nullopt;
            }
        } while (depth > 0);
        return depth == 0 ? std::optional(m_json.substr(from, m_at - from)) : std::nullopt;
    }

    /// A number, true, false or null; empty when none stands here.
    std::string_view literal()
    {
        peek();
        const std::size_t from = m_at;
        while (m_at < m_json.size() && kEnds.find(m_json[m_at]) == std::string_view::npos) {
            ++m_at;
        }
        return m_json.substr(from, m_at - from);
    }

    std::optional<std::string> string()
    {
        if (!take('"')) {
            return std::nullopt;
        }
        std::string text;
        while (m_at < m_json.size()) {
            const std::size_t plain = plainJsonPrefix(m_json.substr(m_at));
            text += m_json.substr(m_at, plain);
            m_at += plain;
            if (m_at == m_json.size()) {
                return std::nullopt;
            }
            const char c = m_json[m_at++];
            if (c == '"') {
                return text;
            }
            if (c != '\\' || !escaped(text)) {
                return std::nullopt;
            }
        }
        return std::nullopt;
    }

private:
    static constexpr std::string_view kBlanks = " \t\r\n";
    static constexpr std::string_view kEnds = " \t\r\n,:]}[{\"";

    bool skipString()
    {
        ++m_at;
        while (m_at < m_json.size()) {
            m_at += plainJsonPrefix(m_json.substr(m_at));
            if (m_at == m_json.size()) {
                return false;
            }
            const char c = m_json[m_at++];
            if (c == '"') {
                return true;
            }
            m_at = std::min(m_at + (c == '\\' ? 1 : 0), m_json.size());
        }
        return false;
    }

    bool escaped(std::string &text)
    {
        constexpr std::string_view kLetters = "\"\\/bfnrt";
        constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
        if (m_at == m_json.size()) {
            return false;
        }
        const char c = m_json[m_at++];
        if (const auto known = kLetters.find(c); known != std::string_view::npos) {
            text += kMeant[known];
            return true;
        }
        const auto unit = c == 'u' ? codeUnit() : std::nullopt;
        if (!unit) {
            return false;
        }
        char32_t codePoint = *unit;
        const bool high = codePoint >= 0xD800 && codePoint < 0xDC00;
        if (high && m_json.substr(m_at, 2) == "\\u") {
            const std::size_t before = std::exchange(m_at, m_at + 2);
            const auto low = codeUnit();
            if (low && *low >= 0xDC00 && *low < 0xE000) {
                codePoint = 0x10000 + ((codePoint - 0xD800) << 10U) + (*low - 0xDC00);
            } else {
                m_at = before;
            }
        }
        if (codePoint >= 0xD800 && codePoint < 0xE000) {
            // Half a pair stands for nothing; each must still differ from the others.
            text += "\xFF";
            text += std::to_string(static_cast<unsigned>(codePoint));
            return true;
        }
        appendUtf8(text, codePoint);
        return true;
    }

    std::optional<char32_t> codeUnit()
    {
        const std::string_view digits = m_json.substr(std::min(m_at, m_json.size()), 4);
        unsigned value = 0;
        const auto result =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() != 4 || result.ec != std::errc{}
            || result.ptr != digits.data() + digits.size()) {
            return std::nullopt;
        }
        m_at += 4;
        return value;
    }

    std::string_view m_json;
    std::size_t m_at = 0;
};

bool eachMember(Cursor &cursor,
                const std::function<bool(const std::string &, std::string_view)> &use)
{
    if (!cursor.take('{')) {
        return false;
    }
    bool more = cursor.peek() != '}';
    while (more) {
        const auto name = cursor.string();
        const auto value = name && cursor.take(':') ? cursor.slice() : std::nullopt;
        if (!value || !use(*name, *value)) {
            return false;
        }
        more = cursor.take(',');
    }
    return cursor.take('}');
}

bool eachElement(Cursor &cursor, const std::function<bool(std::string_view)> &use)
{
    if (!cursor.take('[')) {
        return false;
    }
    bool more = cursor.peek() != ']';
    while (more) {
        const auto value = cursor.slice();
        if (!value || !use(*value)) {
            return false;
        }
        more = cursor.take(',');
    }
    return cursor.take(']');
}

class Writer
{
public:
    Writer(std::string &out, MemberOrder order)
        : m_out(out)
        , m_order(order)
    {}

    bool write(std::string_view json, int depth)
    {
        Cursor cursor(json);
        const char first = cursor.peek();
        if (depth > bounds::kJsonDepthMax) {
            return false;
        }
        if (first == '{') {
            return writeObject(cursor, depth) && cursor.atEnd();
        }
        if (first == '[') {
            m_out += '[';
            const bool whole = eachElement(cursor, [&](std::string_view element) {
                return write(element, depth + 1);
            });
            m_out += ']';
            return whole && cursor.atEnd();
        }
        if (first == '"') {
            const auto text = cursor.string();
            appendCanonicalString(m_out, text.value_or(std::string()));
            return text && cursor.atEnd();
        }
        const std::string_view literal = cursor.literal();
        m_out.append(literal).append(";");
        return !literal.empty() && cursor.atEnd();
    }

private:
    bool writeObject(Cursor &cursor, int depth)
    {
        std::vector<std::pair<std::string, std::string_view>> members;
        const bool whole = eachMember(cursor, [&](const std::string &name, std::string_view value) {
            members.emplace_back(name, value);
            return true;
        });
        const bool sorted = m_order == MemberOrder::Sorted;
        if (sorted) {
            std::ranges::stable_sort(members, {}, &decltype(members)::value_type::first);
        }
        m_out += '{';
        for (const auto &[name, value] : members) {
            if (sorted && value == "null") {
                continue;
            }
            appendCanonicalString(m_out, name);
            if (!write(value, depth + 1)) {
                return false;
            }
        }
        m_out += '}';
        return whole;
    }

    std::string &m_out;
    MemberOrder m_order;
};

} // namespace

bool appendCanonical(std::string &out, std::string_view json, MemberOrder order)
{
    return Writer(out, order).write(json, 1);
}

void appendCanonicalString(std::string &out, std::string_view text)
{
    out.append("s").append(std::to_string(text.size())).append(":").append(text);
}

bool forEachMember(std::string_view object,
                   const std::function<void(const std::string &, std::string_view)> &use)
{
    Cursor cursor(object);
    const auto used = [&use](const std::string &name, std::string_view value) {
        use(name, value);
        return true;
    };
    return eachMember(cursor, used) && cursor.atEnd();
}

bool forEachElement(std::string_view array, const std::function<void(std::string_view)> &use)
{
    Cursor cursor(array);
    const auto used = [&use](std::string_view value) {
        use(value);
        return true;
    };
    return eachElement(cursor, used) && cursor.atEnd();
}

std::optional<std::string> decodedString(std::string_view json)
{
    Cursor cursor(json);
    auto text = cursor.string();
    return text && cursor.atEnd() ? std::move(text) : std::nullopt;
}

} // namespace signalbox::cache
