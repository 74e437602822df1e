// SPDX-License-Identifier: Apache-2.0
// A tool of a request, read.
#pragma once

#include "core/providers/json_reader.h"

#include <optional>
#include <string>

namespace signalbox::providers {

/// An element of `tools`, or a named `tool_choice`.
struct FunctionTool
{
    std::string type; ///< `function`; empty when absent
    std::string name;
    std::optional<std::string> description;
    std::string parameters; ///< raw; empty when absent or null
    bool strict = false;
};

[[nodiscard]] FunctionTool readFunctionTool(JsonValue &value);

} // namespace signalbox::providers
