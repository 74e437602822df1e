// SPDX-License-Identifier: Apache-2.0
// A tool of a request, read.
#pragma once

#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"
#include "core/providers/json_reader.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

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

/// `tool_choice` as OpenAI says it.
struct ToolChoice
{
    enum class Mode : std::uint8_t {
        Auto, ///< also when nothing is said
        None,
        Required,
        Named
    };
    Mode mode = Mode::Auto;
    std::string name; ///< of Named
};

/// The choice of \p request; refused where \p provider's format has no word for it.
[[nodiscard]] Result<ToolChoice, Refusal> readToolChoice(const ChatRequest &request,
                                                         std::string_view provider);

/// `parallel_tool_calls` is false: one call at a time.
[[nodiscard]] bool wantsSingleCalls(const ChatRequest &request);

/// Takes one of the tools, which stands at \p place (`tools[0]`); may refuse it.
using UseTool =
    std::function<std::optional<Refusal>(const FunctionTool &tool, const std::string &place)>;

/// Calls \p use for every tool of \p request until one is refused, and tells how many it was called
/// for. Tools other than functions and the old form of tools are refused, naming \p provider.
[[nodiscard]] Result<std::size_t, Refusal> forEachTool(const ChatRequest &request,
                                                       std::string_view provider,
                                                       const UseTool &use);

/// Notes that a choice of \p request is left out: without tools there is nothing to choose.
void noteIdleChoice(const ChatRequest &request, EncodedBody &notes);

} // namespace signalbox::providers
