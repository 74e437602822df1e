// SPDX-License-Identifier: Apache-2.0
// JSON schemas in the two dialects that Gemini takes.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace signalbox::providers {

struct GeminiSchema
{
    std::string json;
    /// The dialect: for `parametersJsonSchema` and `responseJsonSchema`; else for `parameters` and
    /// `responseSchema`.
    bool isJsonSchema = false;
};

/// Translates \p schema, the raw JSON of an object. Gemini's older dialect, a part of OpenAPI 3.0, is
/// used wherever it can say the same: `["string","null"]` and `anyOf` with null become `nullable`,
/// `const` becomes `enum`. References, unions, maps and values of any type need the newer one, JSON
/// Schema. What neither enforces is told in the description of the value instead, its keywords
/// added to \p moved.
[[nodiscard]] GeminiSchema translateGeminiSchema(std::string_view schema,
                                                 std::set<std::string> &moved);

} // namespace signalbox::providers
