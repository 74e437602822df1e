// SPDX-License-Identifier: Apache-2.0
// What the Messages API refuses, in words like its own.
#pragma once

#include "app/simulator/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::simulator {

/// The first thing wrong with a request.
std::optional<std::string> faultInAnthropic(const Json &request);

/// The content blocks of a message; a plain text is one block.
std::vector<Json> contentBlocks(const Json &message);

/// Thinking is asked for.
bool thinksIn(const Json &request);

/// The signature this simulator gives to \p thinking, and accepts.
std::string signatureOf(std::string_view thinking);

} // namespace signalbox::simulator
