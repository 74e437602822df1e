// SPDX-License-Identifier: Apache-2.0
// What an answer in OpenAI's Responses format is made of, written alike whole and in a stream.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_event.h"
#include "core/providers/dialect.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// A `reasoning` item; \p details, raw or empty, go into `encrypted_content`.
[[nodiscard]] std::string reasoningItem(const std::string &id,
                                        const std::string &text,
                                        const std::string &details);
/// A `message` item with a part of text, or of a refusal.
[[nodiscard]] std::string messageItem(const std::string &id,
                                      const std::string &text,
                                      bool refusal,
                                      std::string_view status);
[[nodiscard]] std::string callItem(const std::string &id,
                                   const std::string &callId,
                                   const std::string &name,
                                   std::string_view arguments,
                                   std::string_view status);

/// A part of a message: `output_text` or `refusal`.
void writeResponsesPart(JsonWriter &json, const std::string &text, bool refusal);

/// The answer as a whole, done or as it begins.
struct ResponsesAnswer
{
    AnswerDefaults defaults;
    const std::vector<RawField> *echoed = nullptr;
    std::string_view items; ///< raw, joined by commas
    bool done = false;
    std::optional<FinishReason> finish;
    std::optional<Usage> usage;
};

void writeResponsesAnswer(JsonWriter &json, const ResponsesAnswer &answer);

} // namespace signalbox::providers
