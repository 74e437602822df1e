// SPDX-License-Identifier: Apache-2.0
// Writing JSON in one pass onto the end of a text: compact, in the order of the calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox {

/// A member's name that stands in JSON as it is; a name that does not is a compile error.
class JsonName
{
public:
    // NOLINTNEXTLINE(google-explicit-constructor): a literal is a name
    consteval JsonName(const char *literal)
        : m_text(literal)
    {
        for (const char c : m_text) {
            if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') {
                throw "needs an escape";
            }
        }
    }

    [[nodiscard]] constexpr std::string_view text() const { return m_text; }

private:
    std::string_view m_text;
};

/// Appends one JSON value to a text. Texts must be UTF-8; raw values must be JSON and keep their
/// bytes, but for line breaks between tokens, which would end a line of an event stream.
class JsonWriter
{
public:
    explicit JsonWriter(std::string &out)
        : m_out(out)
    {}

    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return close('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return close(']'); }
    JsonWriter &key(JsonName name);
    /// A name from outside.
    JsonWriter &anyKey(std::string_view name);
    JsonWriter &string(std::string_view text);
    /// A string of any bytes: what is not UTF-8 becomes U+FFFD.
    JsonWriter &lossyString(std::string_view bytes);
    JsonWriter &integer(std::int64_t number);
    /// In the fewest digits that read back the same, with a point or an exponent; null for what is
    /// no number.
    JsonWriter &real(double number);
    JsonWriter &boolean(bool flag) { return token(flag ? "true" : "false"); }
    JsonWriter &null() { return token("null"); }
    JsonWriter &raw(std::string_view json);
    /// A string, or null when \p text is empty.
    JsonWriter &stringOrNull(std::string_view text);

private:
    JsonWriter &open(char bracket);
    JsonWriter &close(char bracket);
    JsonWriter &token(std::string_view text);
    void separate();

    std::string &m_out;
    bool m_needsComma = false;
};

/// \p text as a JSON string with its quotes.
void appendJsonString(std::string &out, std::string_view text);

} // namespace signalbox
