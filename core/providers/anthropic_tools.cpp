// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_tools.h"

#include "core/providers/anthropic_schema.h"
#include "core/providers/call_ids.h"
#include "core/providers/function_tool.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"
#include "core/providers/request_fields.h"

#include <set>

namespace signalbox::providers {
namespace {

constexpr std::string_view kNoParameters = R"({"type":"object","properties":{}})";

std::optional<Refusal> refused(std::string text)
{
    return Refusal{std::nullopt, std::move(text)};
}

class ToolTranslator
{
public:
    ToolTranslator(const ChatRequest &request, const AnthropicModel &model, EncodedBody &notes)
        : m_request(request)
        , m_model(model)
        , m_notes(notes)
        , m_json(m_result.tools)
    {}

    Result<AnthropicTools, Refusal> translate(const AnthropicConversation &conversation)
    {
        for (const char *old : {"functions", "function_call"}) {
            if (givenField(m_request, old) != nullptr) {
                return Failure{
                    Refusal{Feature::Tools,
                            std::string(old) + " is the old form of tools, not sent to Anthropic"}};
            }
        }
        auto refusal = writeTools();
        if (!refusal && m_count > 0) {
            refusal = writeChoice();
        } else if (!refusal && conversation.hasToolUse()) {
            declareUsed(conversation);
        } else if (!refusal) {
            m_result.tools.clear();
            dropChoice();
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
        if (tools == nullptr) {
            return std::nullopt;
        }
        std::optional<Refusal> refusal;
        thread_local JsonReader reader;
        auto root = reader.open(*tools);
        if (!root) {
            return std::nullopt;
        }
        m_json.beginArray();
        forEachElement(*root, [&](JsonValue &tool) {
            if (!refusal) {
                refusal = writeTool(readFunctionTool(tool));
            }
        });
        m_json.endArray();
        return refusal;
    }

    std::optional<Refusal> writeTool(const FunctionTool &function)
    {
        const std::string place = elementPath("tools", m_count++);
        if (function.type != "function" && !function.type.empty()) {
            return refused(place + " is of type \"" + function.type
                           + "\", and only functions can be sent to Anthropic");
        }
        if (!isToolName(function.name)) {
            return refused(place + ".function.name must be 1 to 64 letters, digits, _ or -");
        }
        m_json.beginObject().key("name").string(function.name);
        if (function.description) {
            m_json.key("description").string(*function.description);
        }
        m_json.key("input_schema");
        if (auto refusal = writeParameters(function, place)) {
            return refusal;
        }
        if (function.strict && m_model.takesSchemas) {
            m_json.key("strict").boolean(true);
        } else if (function.strict) {
            m_notes.drop("tools[].function.strict");
        }
        m_json.endObject();
        return std::nullopt;
    }

    std::optional<Refusal> writeParameters(const FunctionTool &function, const std::string &place)
    {
        if (function.parameters.empty()) {
            m_json.raw(kNoParameters);
            return std::nullopt;
        }
        thread_local JsonReader reader;
        auto root = reader.open(function.parameters);
        if (!root || typeOf(*root) != JsonType::object) {
            return refused(place + ".function.parameters must be an object");
        }
        if (function.strict && m_model.takesSchemas) {
            writeAnthropicSchema(m_json, *root, m_moved);
            return std::nullopt;
        }
        bool any = false;
        bool typed = false;
        forEachMember(*root, [&](std::string_view name, JsonValue & /*value*/) {
            any = true;
            typed = typed || name == "type";
        });
        if (typed) {
            m_json.raw(function.parameters);
        } else if (!any) {
            m_json.raw(kNoParameters);
        } else { // Anthropic demands the type
            const auto brace = function.parameters.find('{');
            m_json.raw(R"({"type":"object",)" + function.parameters.substr(brace + 1));
        }
        return std::nullopt;
    }

    std::optional<Refusal> writeChoice()
    {
        const std::string *choice = givenField(m_request, "tool_choice");
        const std::string *parallel = givenField(m_request, "parallel_tool_calls");
        const bool single = parallel != nullptr && *parallel == "false";
        std::string type = "auto";
        std::string name;
        if (choice != nullptr && !readChoice(*choice, type, name)) {
            return refused("tool_choice " + choice->substr(0, 100)
                           + " cannot be said in Anthropic's format");
        }
        m_result.forcesTool = type == "any" || type == "tool";
        if (type == "auto" && !single) {
            return std::nullopt;
        }
        JsonWriter json(m_result.choice);
        json.beginObject().key("type").string(type);
        if (!name.empty()) {
            json.key("name").string(name);
        }
        if (single && type != "none") {
            json.key("disable_parallel_tool_use").boolean(true);
        }
        json.endObject();
        return std::nullopt;
    }

    static bool readChoice(const std::string &choice, std::string &type, std::string &name)
    {
        if (choice == R"("auto")" || choice == R"("none")") {
            type = choice.substr(1, 4);
            return true;
        }
        if (choice == R"("required")") {
            type = "any";
            return true;
        }
        thread_local JsonReader reader;
        auto root = reader.open(choice);
        if (!root) {
            return false;
        }
        const FunctionTool function = readFunctionTool(*root);
        type = "tool";
        name = function.name;
        return function.type == "function" && !name.empty();
    }

    /// Without tools there is nothing to choose.
    void dropChoice()
    {
        for (const char *name : {"tool_choice", "parallel_tool_calls"}) {
            if (givenField(m_request, name) != nullptr) {
                m_notes.note(std::string("left out ") + name + ": there are no tools");
            }
        }
    }

    void declareUsed(const AnthropicConversation &conversation)
    {
        m_result.tools.clear();
        std::set<std::string_view> names;
        for (const AnthropicTurn &turn : conversation.turns) {
            for (const AnthropicBlock &block : turn.blocks) {
                if (block.kind == AnthropicBlock::Kind::ToolUse) {
                    names.insert(block.name);
                }
            }
        }
        JsonWriter json(m_result.tools);
        json.beginArray();
        for (const std::string_view name : names) {
            json.beginObject().key("name").string(name).key("input_schema").raw(kNoParameters);
            json.endObject();
        }
        json.endArray();
        m_result.choice = R"({"type":"none"})";
        m_notes.note("declared the tools that the conversation used, not to be called");
    }

    const ChatRequest &m_request;
    const AnthropicModel &m_model;
    EncodedBody &m_notes;
    AnthropicTools m_result;
    JsonWriter m_json;
    std::size_t m_count = 0;
    std::set<std::string> m_moved;
};

} // namespace

Result<AnthropicTools, Refusal> translateTools(const ChatRequest &request,
                                               const AnthropicModel &model,
                                               const AnthropicConversation &conversation,
                                               EncodedBody &notes)
{
    return ToolTranslator(request, model, notes).translate(conversation);
}

} // namespace signalbox::providers
