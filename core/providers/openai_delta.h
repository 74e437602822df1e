// SPDX-License-Identifier: Apache-2.0
// One message or delta of an answer in OpenAI's format, with the liberties its senders take.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/json_reader.h"

namespace signalbox::providers {

/// Reads a `message` or `delta`. A tool call without an index gets a negative one by its place:
/// -1, -2, ...
void readOpenAiDelta(JsonValue &value, ChoiceDelta &delta);

/// A list index; 0 for nonsense.
[[nodiscard]] int readListIndex(JsonValue &value);

} // namespace signalbox::providers
