// SPDX-License-Identifier: Apache-2.0
// Tools of an OpenAI Responses request translated into the chat form.
#pragma once

#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

#include <string>

namespace signalbox::providers {

/// `tools` of the chat form, raw. Tools that OpenAI runs itself are faults.
[[nodiscard]] std::string readResponsesTools(JsonValue &value, FaultKeeper &faults);

/// `tool_choice` of the chat form, raw; empty after a fault.
[[nodiscard]] std::string readResponsesToolChoice(JsonValue &value, FaultKeeper &faults);

} // namespace signalbox::providers
