// SPDX-License-Identifier: Apache-2.0
#include "core/providers/json_reader.h"

namespace signalbox::providers {
namespace {

/// Readers live as long as their thread; what one huge document needed is given back after it.
constexpr std::size_t kKeptBytesMax = std::size_t{1} << 20U;

std::string_view withoutTrailingBlanks(std::string_view text)
{
    const auto last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

template <typename Container>
std::string_view rawContainer(Container &container)
{
    std::string_view raw;
    if (container.raw_json().get(raw) != simdjson::SUCCESS) {
        return {};
    }
    // Back to its start, so that it can still be walked.
    static_cast<void>(container.reset().error());
    return withoutTrailingBlanks(raw);
}

} // namespace

void JsonReader::fill(std::string_view text)
{
    if (m_buffer.capacity() > kKeptBytesMax && text.size() <= kKeptBytesMax) {
        m_buffer = std::string();
        m_parser = simdjson::ondemand::parser();
    }
    m_buffer.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    m_buffer.assign(text);
    m_buffer.append(simdjson::SIMDJSON_PADDING, ' ');
}

Result<JsonValue, JsonFault> JsonReader::open(std::string_view text)
{
    if (const auto fault = checkJson(text)) {
        return Failure{*fault};
    }
    fill(text);
    const simdjson::padded_string_view padded(m_buffer.data(), text.size(), m_buffer.size());
    JsonValue root;
    if (m_parser.iterate(padded).get(m_document) != simdjson::SUCCESS
        || m_document.get_value().get(root) != simdjson::SUCCESS) {
        return Failure{JsonFault{JsonFaultKind::Scalar, 0}};
    }
    return root;
}

JsonType typeOf(JsonValue &value)
{
    JsonType type = JsonType::null;
    static_cast<void>(value.type().get(type));
    return type;
}

std::string_view rawJson(JsonValue &value)
{
    simdjson::ondemand::object object;
    simdjson::ondemand::array array;
    switch (typeOf(value)) {
    case JsonType::object:
        return value.get_object().get(object) == simdjson::SUCCESS ? rawContainer(object) : "{}";
    case JsonType::array:
        return value.get_array().get(array) == simdjson::SUCCESS ? rawContainer(array) : "[]";
    case JsonType::string:
    case JsonType::number:
    case JsonType::boolean:
    case JsonType::null:
        break;
    }
    return withoutTrailingBlanks(value.raw_json_token());
}

std::optional<std::string_view> asString(JsonValue &value)
{
    std::string_view text;
    if (typeOf(value) != JsonType::string || value.get_string().get(text) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return text;
}

std::optional<bool> asBool(JsonValue &value)
{
    bool flag = false;
    if (typeOf(value) != JsonType::boolean || value.get_bool().get(flag) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return flag;
}

std::optional<std::int64_t> asInteger(JsonValue &value)
{
    std::int64_t number = 0;
    if (typeOf(value) != JsonType::number || value.get_int64().get(number) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::string_view> asLexeme(JsonValue &value)
{
    if (typeOf(value) != JsonType::number) {
        return std::nullopt;
    }
    return withoutTrailingBlanks(value.raw_json_token());
}

std::string stringOrEmpty(JsonValue &value)
{
    return std::string(asString(value).value_or(std::string_view()));
}

} // namespace signalbox::providers
