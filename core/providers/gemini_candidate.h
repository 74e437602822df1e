// SPDX-License-Identifier: Apache-2.0
// One candidate of an answer in Gemini's format.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/json_reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

struct GeminiPart
{
    std::optional<std::string> text;
    bool thought = false;
    std::string signature; ///< empty without one
    bool isCall = false;
    std::string id; ///< of a call; older models give none
    std::string name; ///< of a call
    std::string args; ///< of a call, raw; empty when absent
};

struct GeminiCandidate
{
    int index = 0;
    std::vector<GeminiPart> parts;
    std::string finishReason; ///< empty while it goes on
    std::string finishMessage;
    std::string logprobsJson; ///< in OpenAI's form; empty when absent
};

[[nodiscard]] GeminiCandidate readGeminiCandidate(JsonValue &value);

/// What a `finishReason` means.
enum class GeminiEnd : std::uint8_t {
    None, ///< it has not ended
    Stop,
    Length,
    Filtered,
    Unsaid, ///< for a reason that is not told
    Failed ///< what the model made is no answer; another try may be
};

[[nodiscard]] GeminiEnd geminiEnd(std::string_view reason);

} // namespace signalbox::providers
