// SPDX-License-Identifier: Apache-2.0
// Tools and how they are to be chosen, translated for Gemini.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

inline constexpr std::string_view kGeminiNameRule =
    "1 to 64 letters, digits, _ or -, the first a letter or _";

/// A function's name that OpenAI and Gemini both allow.
[[nodiscard]] bool isGeminiName(std::string_view name);

struct GeminiTools
{
    std::string tools; ///< the array; empty without any
    std::string config; ///< `toolConfig`; empty where the default will do
    bool mayCall = false; ///< there are tools and they are not forbidden
};

/// The tools of \p request, or why Gemini would not take them; what was changed is noted in
/// \p notes.
[[nodiscard]] Result<GeminiTools, Refusal> translateGeminiTools(const ChatRequest &request,
                                                                EncodedBody &notes);

} // namespace signalbox::providers
