// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_schema.h"

#include "core/providers/request_fields.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

/// Kept as they are; platform.claude.com, structured outputs, "JSON Schema limitations".
constexpr std::array<std::string_view, 7> kPlain = {
    "type",
    "required",
    "enum",
    "const",
    "default",
    "title",
    "$ref",
};
constexpr std::array<std::string_view, 3> kMaps = {"properties", "$defs", "definitions"};
constexpr std::array<std::string_view, 3> kLists = {"anyOf", "oneOf", "allOf"};
/// Say nothing about the value.
constexpr std::array<std::string_view, 5> kSilent = {
    "$schema",
    "$id",
    "$comment",
    "examples",
    "strict",
};
constexpr std::array<std::string_view, 10> kFormats = {
    R"("date-time")",
    R"("time")",
    R"("date")",
    R"("duration")",
    R"("email")",
    R"("hostname")",
    R"("uri")",
    R"("ipv4")",
    R"("ipv6")",
    R"("uuid")",
};

template <std::size_t N>
bool contains(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

class SchemaWriter
{
public:
    SchemaWriter(JsonWriter &json, std::set<std::string> &moved)
        : m_json(json)
        , m_moved(moved)
    {}

    void write(JsonValue &schema)
    {
        if (typeOf(schema) != JsonType::object) {
            m_json.raw(rawJson(schema)); // true, false, or a mistake the provider will name
            return;
        }
        m_json.beginObject();
        forEachMember(schema, [this](std::string_view name, JsonValue &value) {
            const std::string key(name);
            writeMember(key, value);
        });
        if (m_isObject) {
            m_json.key("additionalProperties").boolean(false);
        }
        writeDescription();
        m_json.endObject();
    }

private:
    void writeMember(const std::string &name, JsonValue &value)
    {
        if (name == "description") {
            m_description = stringOrEmpty(value);
        } else if (contains(kMaps, name) && typeOf(value) == JsonType::object) {
            writeMap(name, value);
        } else if (contains(kLists, name) && typeOf(value) == JsonType::array) {
            writeList(name, value);
        } else if (name == "items" && typeOf(value) == JsonType::object) {
            m_json.anyKey(name);
            SchemaWriter(m_json, m_moved).write(value);
        } else if (name == "additionalProperties") {
            if (rawJson(value) != "false") {
                m_moved.insert(name);
            }
        } else if (isTaken(name, value)) {
            m_isObject = m_isObject || (name == "type" && namesObject(rawJson(value)));
            m_json.anyKey(name).raw(rawJson(value));
        } else if (!contains(kSilent, name)) {
            m_moved.insert(name);
            m_demands += (m_demands.empty() ? "" : ", ") + name + ": "
                         + std::string(rawJson(value));
        }
    }

    static bool isTaken(std::string_view name, JsonValue &value)
    {
        if (name == "format") {
            return contains(kFormats, rawJson(value));
        }
        if (name == "minItems") {
            return rawJson(value) == "0" || rawJson(value) == "1";
        }
        return contains(kPlain, name);
    }

    static bool namesObject(std::string_view type)
    {
        return type.find(R"("object")") != std::string_view::npos;
    }

    void writeMap(const std::string &name, JsonValue &value)
    {
        m_isObject = m_isObject || name == "properties";
        m_json.anyKey(name).beginObject();
        forEachMember(value, [this](std::string_view key, JsonValue &schema) {
            m_json.anyKey(key);
            SchemaWriter(m_json, m_moved).write(schema);
        });
        m_json.endObject();
    }

    void writeList(const std::string &name, JsonValue &value)
    {
        m_json.anyKey(name == "oneOf" ? "anyOf" : name).beginArray();
        forEachElement(value,
                       [this](JsonValue &schema) { SchemaWriter(m_json, m_moved).write(schema); });
        m_json.endArray();
    }

    void writeDescription()
    {
        if (!m_demands.empty()) {
            m_description += (m_description.empty() ? "{" : "\n\n{") + m_demands + "}";
        }
        if (!m_description.empty()) {
            m_json.key("description").string(m_description);
        }
    }

    JsonWriter &m_json;
    std::set<std::string> &m_moved;
    bool m_isObject = false;
    std::string m_description;
    std::string m_demands; ///< the refused keywords with their values
};

} // namespace

void writeAnthropicSchema(JsonWriter &json, JsonValue &schema, std::set<std::string> &moved)
{
    SchemaWriter(json, moved).write(schema);
}

Result<std::string, Refusal> translateSchema(const ChatRequest &request,
                                             const AnthropicModel &model,
                                             EncodedBody &notes)
{
    if (!request.needs.contains(Feature::JsonSchema)) {
        return std::string();
    }
    if (!model.takesSchemas) {
        return Failure{Refusal{Feature::JsonSchema, "the model has no structured output"}};
    }
    const std::string schema = answerSchema(request);
    if (schema.empty()) {
        return Failure{
            Refusal{std::nullopt, "response_format.json_schema.schema must be an object"}};
    }
    std::string format;
    JsonWriter json(format);
    std::set<std::string> moved;
    json.beginObject().key("type").string("json_schema").key("schema");
    thread_local JsonReader reader;
    if (auto root = reader.open(schema)) {
        writeAnthropicSchema(json, *root, moved);
    }
    json.endObject();
    notes.noteMoved(moved);
    return format;
}

} // namespace signalbox::providers
