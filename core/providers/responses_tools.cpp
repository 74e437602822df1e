// SPDX-License-Identifier: Apache-2.0
#include "core/providers/responses_tools.h"

#include "core/base/json_writer.h"

namespace signalbox::providers {
namespace {

struct Tool
{
    std::string type;
    std::string name;
    std::string description;
    std::string parameters; ///< raw; empty when absent or null
    bool strict = false;
};

Tool readTool(JsonValue &value)
{
    Tool tool;
    forEachMember(value, [&tool](std::string_view name, JsonValue &member) {
        if (name == "type") {
            tool.type = stringOrEmpty(member);
        } else if (name == "name") {
            tool.name = stringOrEmpty(member);
        } else if (name == "description") {
            tool.description = stringOrEmpty(member);
        } else if (name == "parameters" && typeOf(member) == JsonType::object) {
            tool.parameters = rawJson(member);
        } else if (name == "strict") {
            tool.strict = asBool(member).value_or(false);
        }
    });
    return tool;
}

void writeTool(JsonWriter &json, const Tool &tool)
{
    json.beginObject().key("type").string("function").key("function").beginObject();
    json.key("name").string(tool.name);
    if (!tool.description.empty()) {
        json.key("description").string(tool.description);
    }
    if (!tool.parameters.empty()) {
        json.key("parameters").raw(tool.parameters);
    }
    if (tool.strict) {
        json.key("strict").boolean(true);
    }
    json.endObject().endObject();
}

} // namespace

std::string readResponsesTools(JsonValue &value, FaultKeeper &faults)
{
    std::string out;
    JsonWriter json(out);
    json.beginArray();
    std::size_t index = 0;
    const bool array = forEachElement(value, [&](JsonValue &element) {
        const std::string path = elementPath("tools", index++);
        if (typeOf(element) != JsonType::object) {
            faults.note(path, "must be an object");
            return;
        }
        const Tool tool = readTool(element);
        if (tool.type != "function") {
            faults.note(memberPath(path, "type"),
                        "must be function: tools that OpenAI runs are not offered here");
        } else if (tool.name.empty()) {
            faults.note(memberPath(path, "name"), "must be a string and not empty");
        }
        writeTool(json, tool);
    });
    if (!array) {
        faults.note("tools", "must be an array");
    }
    json.endArray();
    return out;
}

std::string readResponsesToolChoice(JsonValue &value, FaultKeeper &faults)
{
    if (const auto choice = asString(value)) {
        if (*choice != "auto" && *choice != "none" && *choice != "required") {
            faults.note("tool_choice", "must be auto, none, required or a function");
        }
        return '"' + std::string(*choice == "none" || *choice == "required" ? *choice : "auto")
               + '"';
    }
    const bool object = typeOf(value) == JsonType::object;
    const Tool tool = object ? readTool(value) : Tool();
    if (!object) {
        faults.note("tool_choice", "must be a string or an object");
    } else if (tool.type != "function") {
        faults.note("tool_choice.type", "must be function");
    } else if (tool.name.empty()) {
        faults.note("tool_choice.name", "must be a string and not empty");
    }
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("type").string("function").key("function").beginObject();
    json.key("name").string(tool.name).endObject().endObject();
    return out;
}

} // namespace signalbox::providers
