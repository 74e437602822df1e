// SPDX-License-Identifier: Apache-2.0
#include "core/providers/function_tool.h"

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

} // namespace signalbox::providers
