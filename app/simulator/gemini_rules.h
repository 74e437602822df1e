// SPDX-License-Identifier: Apache-2.0
// What generateContent refuses, in words like its own.
#pragma once

#include "app/simulator/json.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox::simulator {

/// The first thing wrong with a request; its `model` stands in it.
std::optional<std::string> faultInGemini(const Json &request);

/// The object under \p key; an empty one when there is none.
Json memberObject(const Json &object, const char *key);

/// The parts of one of `contents`.
std::vector<Json> partsOf(const Json &content);

/// The functions that are declared, of all tools.
std::vector<Json> declarationsIn(const Json &request);

} // namespace signalbox::simulator
