// SPDX-License-Identifier: Apache-2.0
// Tools of an Anthropic Messages request translated into the chat form.
#pragma once

#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

#include <set>
#include <string>

namespace signalbox::providers {

/// `tools` of the chat form, raw. Tools that Anthropic itself runs or defines are faults.
[[nodiscard]] std::string readMessagesTools(JsonValue &value,
                                            FaultKeeper &faults,
                                            std::set<std::string> &untold);

struct MessagesToolChoice
{
    std::string choice; ///< `tool_choice` of the chat form, raw; empty after a fault
    bool single = false; ///< at most one call at a time
};

[[nodiscard]] MessagesToolChoice readMessagesToolChoice(JsonValue &value, FaultKeeper &faults);

} // namespace signalbox::providers
