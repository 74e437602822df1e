// SPDX-License-Identifier: Apache-2.0
// Reading JSON that has passed the strict check, value by value, each with its exact text at hand.
#pragma once

#include "core/base/result.h"
#include "core/providers/json_check.h"

#include <cstdint>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>

namespace signalbox::providers {

using JsonType = simdjson::ondemand::json_type;

/// A value under the reader's cursor. A container is entered once, by whoever asks first.
class JsonValue
{
public:
    JsonValue() = default;
    explicit JsonValue(simdjson::ondemand::value value)
        : m_value(value)
    {}

    [[nodiscard]] simdjson::ondemand::value &scalar() { return m_value; }
    /// Nothing when it is of another type.
    [[nodiscard]] simdjson::ondemand::object *object();
    [[nodiscard]] simdjson::ondemand::array *array();

private:
    simdjson::ondemand::value m_value;
    std::optional<simdjson::ondemand::object> m_object;
    std::optional<simdjson::ondemand::array> m_array;
};

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
[[nodiscard]] inline bool isNull(JsonValue &value)
{
    return typeOf(value) == JsonType::null;
}

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
    auto *object = value.object();
    if (object == nullptr) {
        return false;
    }
    for (auto field : *object) {
        std::string_view name;
        simdjson::ondemand::value member;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS
            || field.value().get(member) != simdjson::SUCCESS) {
            return false;
        }
        JsonValue opened(member);
        visit(name, opened);
    }
    return true;
}

/// Calls visit(element) for each element in order; false when \p value is no array.
template <typename Visit>
bool forEachElement(JsonValue &value, Visit &&visit)
{
    auto *array = value.array();
    if (array == nullptr) {
        return false;
    }
    for (auto item : *array) {
        simdjson::ondemand::value element;
        if (item.get(element) != simdjson::SUCCESS) {
            return false;
        }
        JsonValue opened(element);
        visit(opened);
    }
    return true;
}

} // namespace signalbox::providers
