// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_schema.h"

#include "core/base/json_writer.h"
#include "core/providers/gemini_json_schema.h"
#include "core/providers/json_reader.h"

#include <algorithm>
#include <array>
#include <optional>

namespace signalbox::providers {
namespace {

/// Kept as they are; google-genai, class Schema. Only what its API enforces or ignores.
constexpr std::array<std::string_view, 13> kPlain = {
    "title",
    "required",
    "nullable",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
};
/// Others are answered with 400.
constexpr std::array<std::string_view, 6> kFormats = {
    R"("date-time")",
    R"("enum")",
    R"("float")",
    R"("double")",
    R"("int32")",
    R"("int64")",
};
/// Say nothing about the value.
constexpr std::array<std::string_view, 8> kSilent = {
    "$schema",
    "$id",
    "$comment",
    "examples",
    "strict",
    "deprecated",
    "readOnly",
    "writeOnly",
};
/// Only the newer dialect has them.
constexpr std::array<std::string_view, 5> kBeyond = {
    "$ref",
    "$defs",
    "definitions",
    "prefixItems",
    "$anchor",
};

template <std::size_t N>
bool contains(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool isNullSchema(JsonValue &schema)
{
    bool null = false;
    int members = 0;
    forEachMember(schema, [&](std::string_view name, JsonValue &value) {
        ++members;
        null = name == "type" && asString(value) == "null";
    });
    return null && members == 1;
}

/// Writes the older dialect, or finds that it cannot say what the schema says.
class OpenApiWriter
{
public:
    OpenApiWriter(JsonWriter &json, std::set<std::string> &moved)
        : m_json(json)
        , m_moved(moved)
    {}

    /// False when it cannot; what was written is worthless then.
    bool write(JsonValue &schema)
    {
        if (typeOf(schema) != JsonType::object) {
            return false; // true, false, or a mistake the provider will name
        }
        m_json.beginObject();
        writeMembers(schema);
        finish();
        m_json.endObject();
        return m_fits;
    }

private:
    void writeMembers(JsonValue &schema)
    {
        forEachMember(schema, [this](std::string_view name, JsonValue &value) {
            const std::string key(name);
            if (m_fits && m_seen.insert(key).second) {
                writeMember(key, value);
            }
        });
    }

    void writeMember(const std::string &name, JsonValue &value)
    {
        if (name == "type") {
            readType(value);
        } else if (name == "enum") {
            readEnum(value);
        } else if (name == "const") {
            addChoice(value);
        } else if (name == "description") {
            m_description = stringOrEmpty(value);
        } else if (name == "properties" && typeOf(value) == JsonType::object) {
            m_guess = m_guess.empty() ? "object" : m_guess;
            writeProperties(value);
        } else if (name == "items") {
            m_guess = m_guess.empty() ? "array" : m_guess;
            m_json.anyKey(name);
            m_fits = OpenApiWriter(m_json, m_moved).write(value) && m_fits;
        } else if (name == "anyOf" || name == "oneOf" || name == "allOf") {
            writeOnlyBranch(value, name != "allOf");
        } else if (name == "additionalProperties") {
            m_fits = typeOf(value) != JsonType::object;
        } else if (contains(kBeyond, name)) {
            m_fits = false;
        } else if (contains(kPlain, name)
                   || (name == "format" && contains(kFormats, rawJson(value)))) {
            m_json.anyKey(name).raw(rawJson(value));
        } else if (!contains(kSilent, name)) {
            m_moved.insert(name);
            m_demands += (m_demands.empty() ? "" : ", ") + name + ": "
                         + std::string(rawJson(value));
        }
    }

    void readType(JsonValue &value)
    {
        if (const auto type = asString(value)) {
            m_type = *type;
            return;
        }
        forEachElement(value, [this](JsonValue &element) {
            const std::string type = stringOrEmpty(element);
            if (type == "null") {
                m_nullable = true;
            } else {
                m_fits = m_fits && m_type.empty() && !type.empty();
                m_type = type;
            }
        });
    }

    void readEnum(JsonValue &value)
    {
        m_fits = forEachElement(value, [this](JsonValue &choice) { addChoice(choice); }) && m_fits;
    }

    void addChoice(JsonValue &value)
    {
        if (isNull(value)) {
            m_nullable = true;
        } else if (!stringOrEmpty(value).empty()) {
            m_choices += (m_choices.empty() ? "" : ",") + std::string(rawJson(value));
        } else {
            m_fits = false; // its enumerations are of strings that are not empty
        }
    }

    void writeProperties(JsonValue &value)
    {
        m_json.key("properties").beginObject();
        forEachMember(value, [this](std::string_view name, JsonValue &schema) {
            m_hasProperties = true;
            m_json.anyKey(name);
            m_fits = OpenApiWriter(m_json, m_moved).write(schema) && m_fits;
        });
        m_json.endObject();
    }

    /// A union of one, null not counted, is that one.
    void writeOnlyBranch(JsonValue &value, bool mayBeNull)
    {
        std::optional<std::string> only;
        int branches = 0;
        const bool list = forEachElement(value, [&](JsonValue &branch) {
            const std::string raw(rawJson(branch));
            if (mayBeNull && typeOf(branch) == JsonType::object && isNullSchema(branch)) {
                m_nullable = true;
            } else {
                only = raw;
                ++branches;
            }
        });
        JsonReader reader;
        auto branch = only ? reader.open(*only)
                           : Result<JsonValue, JsonFault>(Failure{JsonFault{}});
        m_fits = m_fits && list && branches == 1 && branch && typeOf(*branch) == JsonType::object;
        if (m_fits) {
            writeMembers(*branch);
        }
    }

    void finish()
    {
        const std::string guess = m_choices.empty() ? m_guess : "string";
        const std::string &type = m_type.empty() ? guess : m_type;
        // Arrays of anything and objects without properties are refused.
        const bool open = (type == "array" && !m_seen.contains("items"))
                          || (type == "object" && !m_hasProperties);
        if (open || type.empty() || type == "null" || (!m_choices.empty() && type != "string")) {
            m_fits = false;
            return;
        }
        m_json.key("type").string(type);
        if (!m_choices.empty()) {
            m_json.key("enum").raw("[" + m_choices + "]");
        }
        if (m_nullable && !m_seen.contains("nullable")) {
            m_json.key("nullable").boolean(true);
        }
        if (!m_demands.empty()) {
            m_description += (m_description.empty() ? "{" : "\n\n{") + m_demands + "}";
        }
        if (!m_description.empty()) {
            m_json.key("description").string(m_description);
        }
    }

    JsonWriter &m_json;
    std::set<std::string> &m_moved;
    bool m_fits = true;
    std::set<std::string> m_seen; ///< members, for those of an only branch stand behind its own
    std::string m_type;
    std::string m_guess; ///< a type from what else is there
    std::string m_choices; ///< of an enumeration, raw, with commas
    bool m_nullable = false;
    bool m_hasProperties = false;
    std::string m_description;
    std::string m_demands; ///< keywords that are not taken, with their values
};

} // namespace

GeminiSchema translateGeminiSchema(std::string_view schema, std::set<std::string> &moved)
{
    GeminiSchema result;
    thread_local JsonReader reader;
    if (auto root = reader.open(schema)) {
        std::set<std::string> movedHere;
        JsonWriter json(result.json);
        if (OpenApiWriter(json, movedHere).write(*root)) {
            moved.merge(movedHere);
            return result;
        }
    }
    result = {{}, true};
    if (auto root = reader.open(schema)) {
        JsonWriter json(result.json);
        writeGeminiJsonSchema(json, *root, moved);
    }
    return result;
}

} // namespace signalbox::providers
