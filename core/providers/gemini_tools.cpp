// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_tools.h"

#include "core/base/json_writer.h"
#include "core/providers/call_ids.h"
#include "core/providers/function_tool.h"
#include "core/providers/gemini_schema.h"
#include "core/providers/json_check.h"
#include "core/providers/request_fault.h"
#include "core/providers/request_fields.h"

#include <set>

namespace signalbox::providers {
namespace {

std::optional<Refusal> refused(std::string text)
{
    return Refusal{std::nullopt, std::move(text)};
}

/// An object schema that admits no parameter: Gemini wants none at all then.
bool isEmptyObject(std::string_view schema)
{
    bool empty = true;
    thread_local JsonReader reader;
    if (auto root = reader.open(schema)) {
        forEachMember(*root, [&empty](std::string_view name, JsonValue &value) {
            bool none = name == "type" || name == "required" || name == "additionalProperties"
                        || name == "$schema" || name == "title" || name == "description"
                        || name == "strict";
            if (name == "properties") {
                none = true;
                forEachMember(value, [&none](std::string_view, JsonValue &) { none = false; });
            }
            empty = empty && none && !(name == "additionalProperties" && rawJson(value) != "false");
        });
    }
    return empty;
}

class ToolTranslator
{
public:
    ToolTranslator(const ChatRequest &request, EncodedBody &notes)
        : m_request(request)
        , m_notes(notes)
        , m_json(m_result.tools)
    {}

    Result<GeminiTools, Refusal> translate()
    {
        for (const char *old : {"functions", "function_call"}) {
            if (givenField(m_request, old) != nullptr) {
                return Failure{
                    Refusal{Feature::Tools,
                            std::string(old) + " is the old form of tools, not sent to Gemini"}};
            }
        }
        auto refusal = writeTools();
        if (!refusal && m_count > 0) {
            refusal = writeChoice();
        } else if (!refusal) {
            m_result.tools.clear();
            noteIdleChoice();
        }
        if (refusal) {
            return Failure{std::move(*refusal)};
        }
        m_notes.noteMoved(m_moved);
        return std::move(m_result);
    }

private:
    std::optional<Refusal> writeTools()
    {
        const std::string *tools = givenField(m_request, "tools");
        std::optional<Refusal> refusal;
        thread_local JsonReader reader;
        auto root = tools == nullptr ? Result<JsonValue, JsonFault>(Failure{JsonFault{}})
                                     : reader.open(*tools);
        if (!root) {
            return std::nullopt;
        }
        m_json.beginArray().beginObject().key("functionDeclarations").beginArray();
        forEachElement(*root, [&](JsonValue &tool) {
            if (!refusal) {
                refusal = writeTool(readFunctionTool(tool));
            }
        });
        m_json.endArray().endObject().endArray();
        return refusal;
    }

    std::optional<Refusal> writeTool(const FunctionTool &function)
    {
        const std::string place = elementPath("tools", m_count++);
        if (function.type != "function" && !function.type.empty()) {
            return refused(place + " is of type \"" + function.type
                           + "\", and only functions can be sent to Gemini");
        }
        if (!isGeminiName(function.name)) {
            return refused(place + ".function.name must be " + std::string(kGeminiNameRule));
        }
        m_json.beginObject().key("name").string(function.name);
        // The API calls the description required.
        m_json.key("description").string(function.description.value_or(""));
        if (!function.parameters.empty()) {
            if (!isJsonObject(function.parameters)) {
                return refused(place + ".function.parameters must be an object");
            }
            writeParameters(function);
        }
        if (function.strict) {
            m_notes.drop("tools[].function.strict");
        }
        m_json.endObject();
        return std::nullopt;
    }

    void writeParameters(const FunctionTool &function)
    {
        if (isEmptyObject(function.parameters)) {
            return;
        }
        const GeminiSchema schema = translateGeminiSchema(function.parameters, m_moved);
        m_json.anyKey(schema.isJsonSchema ? "parametersJsonSchema" : "parameters").raw(schema.json);
    }

    std::optional<Refusal> writeChoice()
    {
        const std::string *parallel = givenField(m_request, "parallel_tool_calls");
        if (parallel != nullptr && *parallel == "false") {
            m_notes.drop("parallel_tool_calls");
        }
        const std::string *choice = givenField(m_request, "tool_choice");
        m_result.mayCall = true;
        if (choice == nullptr || *choice == R"("auto")") {
            return std::nullopt;
        }
        if (*choice == R"("none")") {
            m_result.mayCall = false;
            writeMode("NONE", {});
            return std::nullopt;
        }
        if (*choice == R"("required")") {
            writeMode("ANY", {});
            return std::nullopt;
        }
        thread_local JsonReader reader;
        auto root = reader.open(*choice);
        const FunctionTool named = root ? readFunctionTool(*root) : FunctionTool();
        if (named.type != "function" || named.name.empty()) {
            return refused("tool_choice " + choice->substr(0, 100)
                           + " cannot be said in Gemini's format");
        }
        writeMode("ANY", named.name);
        return std::nullopt;
    }

    void writeMode(std::string_view mode, std::string_view only)
    {
        JsonWriter json(m_result.config);
        json.beginObject().key("functionCallingConfig").beginObject();
        json.key("mode").string(mode);
        if (!only.empty()) {
            json.key("allowedFunctionNames").beginArray().string(only).endArray();
        }
        json.endObject().endObject();
    }

    /// Without tools there is nothing to choose.
    void noteIdleChoice()
    {
        for (const char *name : {"tool_choice", "parallel_tool_calls"}) {
            if (givenField(m_request, name) != nullptr) {
                m_notes.note(std::string("left out ") + name + ": there are no tools");
            }
        }
    }

    const ChatRequest &m_request;
    EncodedBody &m_notes;
    GeminiTools m_result;
    JsonWriter m_json;
    std::size_t m_count = 0;
    std::set<std::string> m_moved;
};

} // namespace

bool isGeminiName(std::string_view name)
{
    return isToolName(name) && name.front() != '-' && !(name.front() >= '0' && name.front() <= '9');
}

Result<GeminiTools, Refusal> translateGeminiTools(const ChatRequest &request, EncodedBody &notes)
{
    return ToolTranslator(request, notes).translate();
}

} // namespace signalbox::providers
