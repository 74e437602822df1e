// SPDX-License-Identifier: Apache-2.0
// Server-sent events as bytes.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::http {

/// Appends one event with its blank line. Each line of \p data becomes a `data: ` line, however
/// it ends. \pre \p event has no line break; empty for an event without a name
void appendEvent(std::string &out, std::string_view data, std::string_view event = {});

/// Appends a comment that keeps the connection awake. \pre \p text has no line break
void appendComment(std::string &out, std::string_view text);

} // namespace signalbox::http
