// SPDX-License-Identifier: Apache-2.0
// The messages of a chat request, read and checked one by one.
#pragma once

#include "core/domain/chat_request.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

namespace signalbox::providers {

/// Reads one element of `messages`, which stands at \p path.
[[nodiscard]] ChatMessage readMessage(JsonValue &value, std::string_view path, FaultKeeper &faults);

} // namespace signalbox::providers
