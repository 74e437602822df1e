// SPDX-License-Identifier: Apache-2.0
#include "core/providers/messages_tools.h"

#include "core/base/json_writer.h"

namespace signalbox::providers {
namespace {

struct Tool
{
    std::string type;
    std::string name;
    std::string description;
    std::string schema; ///< raw; empty when it is no object
    bool strict = false;
};

class ToolReader
{
public:
    ToolReader(std::string path, FaultKeeper &faults, std::set<std::string> &untold)
        : m_path(std::move(path))
        , m_faults(faults)
        , m_untold(untold)
    {}

    void read(JsonValue &value, JsonWriter &json)
    {
        const bool object = forEachMember(value, [this](std::string_view name, JsonValue &member) {
            readMember(name, member);
        });
        if (!object) {
            m_faults.note(m_path, "must be an object");
        } else if (!m_tool.type.empty() && m_tool.type != "custom") {
            m_faults.note(memberPath(m_path, "type"),
                          "must be custom: tools that Anthropic defines are not offered here");
        } else if (m_tool.name.empty()) {
            m_faults.note(memberPath(m_path, "name"), "must be a string and not empty");
        } else if (m_tool.schema.empty()) {
            m_faults.note(memberPath(m_path, "input_schema"), "must be an object");
        }
        write(json);
    }

private:
    void readMember(std::string_view name, JsonValue &value)
    {
        if (name == "type") {
            m_tool.type = isNull(value) ? std::string() : stringOrEmpty(value);
        } else if (name == "name") {
            m_tool.name = stringOrEmpty(value);
        } else if (name == "description") {
            m_tool.description = stringOrEmpty(value);
        } else if (name == "input_schema" && typeOf(value) == JsonType::object) {
            m_tool.schema = rawJson(value);
        } else if (name == "strict") {
            m_tool.strict = asBool(value).value_or(false);
        } else if (!isNull(value) && asBool(value) != false) {
            m_untold.insert(name == "cache_control" ? std::string(name)
                                                    : "tools[]." + std::string(name));
        }
    }

    void write(JsonWriter &json) const
    {
        json.beginObject().key("type").string("function").key("function").beginObject();
        json.key("name").string(m_tool.name);
        if (!m_tool.description.empty()) {
            json.key("description").string(m_tool.description);
        }
        json.key("parameters").raw(m_tool.schema.empty() ? "{}" : m_tool.schema);
        if (m_tool.strict) {
            json.key("strict").boolean(true);
        }
        json.endObject().endObject();
    }

    std::string m_path;
    FaultKeeper &m_faults;
    std::set<std::string> &m_untold;
    Tool m_tool;
};

std::string namedChoice(std::string_view name)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("function").key("function").beginObject();
    json.key("name").string(name).endObject().endObject();
    return out;
}

} // namespace

std::string readMessagesTools(JsonValue &value, FaultKeeper &faults, std::set<std::string> &untold)
{
    std::string out;
    JsonWriter json(out);
    json.beginArray();
    std::size_t index = 0;
    const bool array = forEachElement(value, [&](JsonValue &tool) {
        ToolReader(elementPath("tools", index++), faults, untold).read(tool, json);
    });
    if (!array) {
        faults.note("tools", "must be an array");
    }
    json.endArray();
    return out;
}

MessagesToolChoice readMessagesToolChoice(JsonValue &value, FaultKeeper &faults)
{
    MessagesToolChoice result;
    std::string type;
    std::string name;
    const bool object = forEachMember(value, [&](std::string_view key, JsonValue &member) {
        if (key == "type") {
            type = stringOrEmpty(member);
        } else if (key == "name") {
            name = stringOrEmpty(member);
        } else if (key == "disable_parallel_tool_use") {
            result.single = asBool(member).value_or(false);
        }
    });
    if (!object) {
        faults.note("tool_choice", "must be an object");
    } else if (type == "auto" || type == "none") {
        result.choice = '"' + type + '"';
    } else if (type == "any") {
        result.choice = R"("required")";
    } else if (type != "tool") {
        faults.note("tool_choice.type", "must be one of auto, any, tool, none");
    } else if (name.empty()) {
        faults.note("tool_choice.name", "must be a string and not empty");
    } else {
        result.choice = namedChoice(name);
    }
    return result;
}

} // namespace signalbox::providers
