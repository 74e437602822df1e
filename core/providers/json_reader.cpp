// SPDX-License-Identifier: Apache-2.0
#include "core/providers/json_reader.h"

#include "core/base/bounds.h"

namespace signalbox::providers {
namespace {

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
    if (m_buffer.capacity() > bounds::kJsonReaderBytesKept
        && text.size() <= bounds::kJsonReaderBytesKept) {
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
    simdjson::ondemand::value root;
    if (m_parser.iterate(padded).get(m_document) != simdjson::SUCCESS
        || m_document.get_value().get(root) != simdjson::SUCCESS) {
        return Failure{JsonFault{JsonFaultKind::Scalar, 0}};
    }
    return JsonValue(root);
}

simdjson::ondemand::object *JsonValue::object()
{
    simdjson::ondemand::object entered;
    const bool fresh = !m_object && typeOf(*this) == JsonType::object;
    if (fresh && m_value.get_object().get(entered) == simdjson::SUCCESS) {
        m_object = entered;
    }
    return m_object ? &*m_object : nullptr;
}

simdjson::ondemand::array *JsonValue::array()
{
    simdjson::ondemand::array entered;
    const bool fresh = !m_array && typeOf(*this) == JsonType::array;
    if (fresh && m_value.get_array().get(entered) == simdjson::SUCCESS) {
        m_array = entered;
    }
    return m_array ? &*m_array : nullptr;
}

JsonType typeOf(JsonValue &value)
{
    JsonType type = JsonType::null;
    static_cast<void>(value.scalar().type().get(type));
    return type;
}

std::string_view rawJson(JsonValue &value)
{
    if (auto *object = value.object()) {
        return rawContainer(*object);
    }
    if (auto *array = value.array()) {
        return rawContainer(*array);
    }
    return withoutTrailingBlanks(value.scalar().raw_json_token());
}

std::optional<std::string_view> asString(JsonValue &value)
{
    std::string_view text;
    if (typeOf(value) != JsonType::string
        || value.scalar().get_string().get(text) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return text;
}

std::optional<bool> asBool(JsonValue &value)
{
    bool flag = false;
    if (typeOf(value) != JsonType::boolean
        || value.scalar().get_bool().get(flag) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return flag;
}

std::optional<std::int64_t> asInteger(JsonValue &value)
{
    std::int64_t number = 0;
    if (typeOf(value) != JsonType::number
        || value.scalar().get_int64().get(number) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::string_view> asLexeme(JsonValue &value)
{
    if (typeOf(value) != JsonType::number) {
        return std::nullopt;
    }
    return withoutTrailingBlanks(value.scalar().raw_json_token());
}

std::string stringOrEmpty(JsonValue &value)
{
    return std::string(asString(value).value_or(std::string_view()));
}

} // namespace signalbox::providers
