// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_tools.h"

#include "core/base/json_writer.h"
#include "core/providers/call_ids.h"
#include "core/providers/function_tool.h"
#include "core/providers/gemini_schema.h"
#include "core/providers/json_check.h"

#include <set>

namespace signalbox::providers {
namespace {

constexpr std::string_view kProvider = "Gemini";

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
        m_json.beginArray().beginObject().key("functionDeclarations").beginArray();
        const auto count = forEachTool(m_request,
                                       kProvider,
                                       [this](const FunctionTool &tool, const std::string &place) {
                                           return writeTool(tool, place);
                                       });
        if (!count) {
            return Failure{count.error()};
        }
        m_json.endArray().endObject().endArray();
        if (*count == 0) {
            m_result.tools.clear();
            noteIdleChoice(m_request, m_notes);
        } else if (auto refusal = writeChoice()) {
            return Failure{std::move(*refusal)};
        }
        m_notes.noteMoved(m_moved);
        return std::move(m_result);
    }

private:
    std::optional<Refusal> writeTool(const FunctionTool &function, const std::string &place)
    {
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
        if (wantsSingleCalls(m_request)) {
            m_notes.drop("parallel_tool_calls");
        }
        const auto choice = readToolChoice(m_request, kProvider);
        if (!choice) {
            return choice.error();
        }
        m_result.mayCall = choice->mode != ToolChoice::Mode::None;
        switch (choice->mode) {
        case ToolChoice::Mode::Auto:
            break;
        case ToolChoice::Mode::None:
            writeMode("NONE", {});
            break;
        case ToolChoice::Mode::Required:
        case ToolChoice::Mode::Named:
            writeMode("ANY", choice->name);
            break;
        }
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

    const ChatRequest &m_request;
    EncodedBody &m_notes;
    GeminiTools m_result;
    JsonWriter m_json;
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
