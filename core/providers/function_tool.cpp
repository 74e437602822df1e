// SPDX-License-Identifier: Apache-2.0
#include "core/providers/function_tool.h"

#include "core/providers/request_fault.h"
#include "core/providers/request_fields.h"

namespace signalbox::providers {
namespace {

void readFunction(JsonValue &value, FunctionTool &function)
{
    forEachMember(value, [&function](std::string_view name, JsonValue &member) {
        if (name == "name") {
            function.name = stringOrEmpty(member);
        } else if (name == "description") {
            function.description = asString(member);
        } else if (name == "parameters" && !isNull(member)) {
            function.parameters = rawJson(member);
        } else if (name == "strict") {
            function.strict = asBool(member).value_or(false);
        }
    });
}

} // namespace

FunctionTool readFunctionTool(JsonValue &value)
{
    FunctionTool function;
    forEachMember(value, [&function](std::string_view name, JsonValue &member) {
        if (name == "type") {
            function.type = stringOrEmpty(member);
        } else if (name == "function") {
            readFunction(member, function);
        }
    });
    return function;
}

Result<ToolChoice, Refusal> readToolChoice(const ChatRequest &request, std::string_view provider)
{
    using enum ToolChoice::Mode;
    const std::string *choice = givenField(request, "tool_choice");
    if (choice == nullptr || *choice == R"("auto")") {
        return ToolChoice{};
    }
    if (*choice == R"("none")") {
        return ToolChoice{None, {}};
    }
    if (*choice == R"("required")") {
        return ToolChoice{Required, {}};
    }
    thread_local JsonReader reader;
    auto root = reader.open(*choice);
    FunctionTool named = root ? readFunctionTool(*root) : FunctionTool();
    if (named.type != "function" || named.name.empty()) {
        return Failure{Refusal{std::nullopt,
                               "tool_choice " + choice->substr(0, 100) + " cannot be said in "
                                   + std::string(provider) + "'s format"}};
    }
    return ToolChoice{Named, std::move(named.name)};
}

bool wantsSingleCalls(const ChatRequest &request)
{
    const std::string *parallel = givenField(request, "parallel_tool_calls");
    return parallel != nullptr && *parallel == "false";
}

Result<std::size_t, Refusal> forEachTool(const ChatRequest &request,
                                         std::string_view provider,
                                         const UseTool &use)
{
    for (const char *old : {"functions", "function_call"}) {
        if (givenField(request, old) != nullptr) {
            return Failure{Refusal{Feature::Tools,
                                   std::string(old) + " is the old form of tools, not sent to "
                                       + std::string(provider)}};
        }
    }
    std::size_t count = 0;
    std::optional<Refusal> refusal;
    const auto take = [&](JsonValue &value) {
        if (refusal) {
            return;
        }
        const FunctionTool tool = readFunctionTool(value);
        const std::string place = elementPath("tools", count++);
        if (tool.type != "function" && !tool.type.empty()) {
            refusal = Refusal{std::nullopt,
                              place + " is of type \"" + tool.type
                                  + "\", and only functions can be sent to "
                                  + std::string(provider)};
        } else {
            refusal = use(tool, place);
        }
    };
    const std::string *tools = givenField(request, "tools");
    thread_local JsonReader reader;
    if (tools != nullptr) {
        if (auto root = reader.open(*tools)) {
            forEachElement(*root, take);
        }
    }
    if (refusal) {
        return Failure{std::move(*refusal)};
    }
    return count;
}

void noteIdleChoice(const ChatRequest &request, EncodedBody &notes)
{
    for (const char *name : {"tool_choice", "parallel_tool_calls"}) {
        if (givenField(request, name) != nullptr) {
            notes.note(std::string("left out ") + name + ": there are no tools");
        }
    }
}

} // namespace signalbox::providers
