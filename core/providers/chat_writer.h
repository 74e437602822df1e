// SPDX-License-Identifier: Apache-2.0
// Pieces that a whole completion and a stream write alike.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_event.h"
#include "core/providers/chat_encoder.h"

namespace signalbox::providers {

/// The upstream's id if it can be told from others, else ours: Ollama counts `chatcmpl-745`.
[[nodiscard]] std::string answerId(const std::string &upstreams, const std::string &ours);

/// `"usage":...`: \p usageJson as it is, else built from \p usage, else nothing.
void writeUsage(JsonWriter &json, const std::optional<Usage> &usage, std::string_view usageJson);

/// `"signalbox":{"seam":...}`, which no format knows and all programs overlook.
void writeSeam(JsonWriter &json, const Seam &seam);

/// `tool_calls` of a message (whole) or of a delta, which has indices and tells less.
void writeToolCalls(JsonWriter &json, const std::vector<ToolCallDelta> &calls, bool whole);

} // namespace signalbox::providers
