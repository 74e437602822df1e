// SPDX-License-Identifier: Apache-2.0
// JSON as the simulator uses it: key order kept, no exceptions, depth bounded.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::simulator {

using Json = nlohmann::ordered_json;

/// The document in \p text; nothing when it is no JSON or nests deeper than 100 levels.
std::optional<Json> parseJson(std::string_view text);

/// Compact text; ill-formed UTF-8 becomes U+FFFD.
std::string toText(const Json &json);

/// The text or whole number or list or object under \p key, or nothing when absent or of another kind.
std::optional<std::string> textAt(const Json &object, const char *key);
std::optional<std::int64_t> integerAt(const Json &object, const char *key);
const Json *arrayAt(const Json &object, const char *key);
const Json *objectAt(const Json &object, const char *key);
bool flagAt(const Json &object, const char *key, bool otherwise = false);

} // namespace signalbox::simulator
