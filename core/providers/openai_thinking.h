// SPDX-License-Identifier: Apache-2.0
// How `reasoning_effort` is said to each provider of OpenAI's format, and what goes with it.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/openai_kinds.h"

#include <string_view>

namespace signalbox::providers {

/// Writes what \p model is told instead of the request's `reasoning_effort`, \p effort (raw); what is
/// changed or dropped is noted.
void writeThinking(JsonWriter &json,
                   ThinkingSwitch to,
                   std::string_view effort,
                   std::string_view model,
                   EncodedBody &notes);

/// Tells a model that thinks unasked not to: whoever goes on with an answer has begun to speak.
/// \pre the request says nothing about it
void writeNoThinking(JsonWriter &json, ThinkingSwitch to);

/// A Qwen model that thinks whatever it is told.
[[nodiscard]] bool qwenAlwaysThinks(std::string_view model);

/// \p field is one that a thinking model of OpenAI answers with 400: sampling, and `stop`.
[[nodiscard]] bool refusedWhileThinking(const ChatRequest &request,
                                        std::string_view model,
                                        const RawField &field);

/// A Qwen model that is going to think answers a request without a stream with 400: it is asked for a
/// stream, which the decoder puts together.
[[nodiscard]] bool mustStream(const OpenAiKind &kind,
                              const ChatRequest &request,
                              std::string_view model);

} // namespace signalbox::providers
