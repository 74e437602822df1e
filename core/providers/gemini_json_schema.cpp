// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_json_schema.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

/// google-genai, `response_json_schema`: these and the ones written below.
constexpr std::array<std::string_view, 9> kPlain = {
    "type",
    "format",
    "title",
    "required",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "propertyOrdering",
};
constexpr std::array<std::string_view, 3> kMaps = {"properties", "$defs", "definitions"};
constexpr std::array<std::string_view, 3> kLists = {"anyOf", "oneOf", "prefixItems"};
constexpr std::array<std::string_view, 2> kOnes = {"items", "additionalProperties"};
/// Say nothing about the value.
constexpr std::array<std::string_view, 5> kSilent = {
    "$schema",
    "$comment",
    "examples",
    "strict",
    "deprecated",
};

template <std::size_t N>
bool contains(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// What a `$ref` names once `definitions` is called `$defs`.
std::string renamedRef(std::string ref)
{
    constexpr std::string_view kOld = "#/definitions/";
    return ref.starts_with(kOld) ? "#/$defs/" + ref.substr(kOld.size()) : ref;
}

class Writer
{
public:
    Writer(JsonWriter &json, std::set<std::string> &moved)
        : m_json(json)
        , m_moved(moved)
    {}

    void write(JsonValue &schema)
    {
        if (typeOf(schema) != JsonType::object) {
            m_json.raw(rawJson(schema)); // true, false, or a mistake the provider will name
            return;
        }
        const std::string raw(rawJson(schema));
        m_isReference = raw.find(R"("$ref")") != std::string::npos && hasReference(raw);
        m_json.beginObject();
        forEachMember(schema, [this](std::string_view name, JsonValue &value) {
            const std::string key(name);
            if (!m_isReference || key.starts_with('$') || key == "definitions") {
                writeMember(key, value);
            }
        });
        writeDescription();
        m_json.endObject();
    }

private:
    static bool hasReference(const std::string &raw)
    {
        bool has = false;
        JsonReader reader;
        if (auto root = reader.open(raw)) {
            forEachMember(*root, [&has](std::string_view name, JsonValue &) {
                has = has || name == "$ref";
            });
        }
        return has;
    }

    void writeMember(const std::string &name, JsonValue &value)
    {
        const JsonType type = typeOf(value);
        if (name == "description") {
            m_description = stringOrEmpty(value);
        } else if (name == "$ref") {
            m_json.anyKey(name).string(renamedRef(stringOrEmpty(value)));
        } else if (contains(kMaps, name) && type == JsonType::object) {
            writeMap(name == "definitions" ? "$defs" : name, value);
        } else if (contains(kLists, name) && type == JsonType::array) {
            writeList(name, value);
        } else if (contains(kOnes, name)) {
            m_json.anyKey(name);
            Writer(m_json, m_moved).write(value);
        } else if (name == "const" && (type == JsonType::string || type == JsonType::number)) {
            m_json.key("enum").beginArray().raw(rawJson(value)).endArray();
        } else if (contains(kPlain, name) || name == "enum" || name == "$id" || name == "$anchor") {
            m_json.anyKey(name).raw(rawJson(value));
        } else if (!contains(kSilent, name)) {
            m_moved.insert(name);
            m_demands += (m_demands.empty() ? "" : ", ") + name + ": "
                         + std::string(rawJson(value));
        }
    }

    void writeMap(const std::string &name, JsonValue &value)
    {
        m_json.anyKey(name).beginObject();
        forEachMember(value, [this](std::string_view key, JsonValue &schema) {
            m_json.anyKey(key);
            Writer(m_json, m_moved).write(schema);
        });
        m_json.endObject();
    }

    void writeList(const std::string &name, JsonValue &value)
    {
        m_json.anyKey(name).beginArray();
        forEachElement(value, [this](JsonValue &schema) { Writer(m_json, m_moved).write(schema); });
        m_json.endArray();
    }

    void writeDescription()
    {
        if (!m_demands.empty()) {
            m_description += (m_description.empty() ? "{" : "\n\n{") + m_demands + "}";
        }
        if (!m_description.empty() && !m_isReference) {
            m_json.key("description").string(m_description);
        }
    }

    JsonWriter &m_json;
    std::set<std::string> &m_moved;
    bool m_isReference = false;
    std::string m_description;
    std::string m_demands; ///< keywords that are not taken, with their values
};

} // namespace

void writeGeminiJsonSchema(JsonWriter &json, JsonValue &schema, std::set<std::string> &moved)
{
    Writer(json, moved).write(schema);
}

} // namespace signalbox::providers
