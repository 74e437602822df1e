// SPDX-License-Identifier: Apache-2.0
// Reading JSON that has passed the strict check, value by value, each with its exact text at hand.
#pragma once

#include "core/base/result.h"
#include "core/providers/json_check.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace signalbox::providers {

using JsonValue = simdjson::ondemand::value;
using JsonType = simdjson::ondemand::json_type;

/// Opens one document at a time. Values and texts handed out live until the next open(), and are
/// read once, in order: so a document inside a document needs a reader of its own.
class JsonReader
{
public:
    /// The object or array that is \p text.
    Result<JsonValue, JsonFault> open(std::string_view text);

private:
    void fill(std::string_view text);

    simdjson::ondemand::parser m_parser;
    simdjson::ondemand::document m_document;
    std::string m_buffer;
};

[[nodiscard]] JsonType typeOf(JsonValue &value);
[[nodiscard]] inline bool isNull(JsonValue &value) { return typeOf(value) == JsonType::null; }

/// The value's exact text. An object or array read this way can still be walked afterwards.
[[nodiscard]] std::string_view rawJson(JsonValue &value);
/// Unescaped; nothing when it is no string.
[[nodiscard]] std::optional<std::string_view> asString(JsonValue &value);
[[nodiscard]] std::optional<bool> asBool(JsonValue &value);
/// A number without fraction and exponent that fits.
[[nodiscard]] std::optional<std::int64_t> asInteger(JsonValue &value);
/// The number as written.
[[nodiscard]] std::optional<std::string_view> asLexeme(JsonValue &value);
/// The string, or empty for anything else.
[[nodiscard]] std::string stringOrEmpty(JsonValue &value);

/// Calls visit(name, value) for each member in order; false when \p value is no object.
template <typename Visit>
bool forEachMember(JsonValue &value, Visit &&visit)
{
    simdjson::ondemand::object object;
    if (typeOf(value) != JsonType::object) {
        return false;
    }
    if (value.get_object().get(object) != simdjson::SUCCESS) {
        return true; // empty, and its raw text was read before: nothing left to walk
    }
    for (auto field : object) {
        std::string_view name;
        JsonValue member;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS
            || field.value().get(member) != simdjson::SUCCESS) {
            return false;
        }
        visit(name, member);
    }
    return true;
}

/// Calls visit(element) for each element in order; false when \p value is no array.
template <typename Visit>
bool forEachElement(JsonValue &value, Visit &&visit)
{
    simdjson::ondemand::array array;
    if (typeOf(value) != JsonType::array) {
        return false;
    }
    if (value.get_array().get(array) != simdjson::SUCCESS) {
        return true; // empty, and its raw text was read before: nothing left to walk
    }
    for (auto item : array) {
        JsonValue element;
        if (item.get(element) != simdjson::SUCCESS) {
            return false;
        }
        visit(element);
    }
    return true;
}

} // namespace signalbox::providers
