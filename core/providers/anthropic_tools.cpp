// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_tools.h"

#include "core/providers/anthropic_schema.h"
#include "core/providers/call_ids.h"
#include "core/providers/function_tool.h"
#include "core/providers/json_reader.h"

#include <set>

namespace signalbox::providers {
namespace {

constexpr std::string_view kProvider = "Anthropic";
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
        m_json.beginArray();
        const auto count = forEachTool(m_request,
                                       kProvider,
                                       [this](const FunctionTool &tool, const std::string &place) {
                                           return writeTool(tool, place);
                                       });
        if (!count) {
            return Failure{count.error()};
        }
        m_json.endArray();
        if (*count == 0) {
            declareUsed(conversation);
        } else if (auto refusal = writeChoice()) {
            return Failure{std::move(*refusal)};
        }
        m_notes.noteMoved(m_moved);
        return std::move(m_result);
    }

private:
    std::optional<Refusal> writeTool(const FunctionTool &function, const std::string &place)
    {
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
        using enum ToolChoice::Mode;
        const auto choice = readToolChoice(m_request, kProvider);
        if (!choice) {
            return choice.error();
        }
        const bool single = wantsSingleCalls(m_request) && choice->mode != None;
        m_result.forcesTool = choice->mode == Required || choice->mode == Named;
        if (choice->mode == Auto && !single) {
            return std::nullopt;
        }
        JsonWriter json(m_result.choice);
        json.beginObject().key("type").string(typeOfChoice(choice->mode));
        if (choice->mode == Named) {
            json.key("name").string(choice->name);
        }
        if (single) {
            json.key("disable_parallel_tool_use").boolean(true);
        }
        json.endObject();
        return std::nullopt;
    }

    static std::string_view typeOfChoice(ToolChoice::Mode mode)
    {
        switch (mode) {
        case ToolChoice::Mode::Auto:
            return "auto";
        case ToolChoice::Mode::None:
            return "none";
        case ToolChoice::Mode::Required:
            return "any";
        case ToolChoice::Mode::Named:
            return "tool";
        }
        return "";
    }

    /// There are no tools: those the conversation used, if it did, are declared all the same.
    void declareUsed(const AnthropicConversation &conversation)
    {
        m_result.tools.clear();
        if (!conversation.hasToolUse()) {
            noteIdleChoice(m_request, m_notes);
            return;
        }
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
