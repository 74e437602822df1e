// SPDX-License-Identifier: Apache-2.0
// Gemini's log probabilities in OpenAI's form.
#pragma once

#include "core/providers/json_reader.h"

#include <string>

namespace signalbox::providers {

/// The raw `logprobs` of a choice for a `logprobsResult`; empty when it has no chosen tokens.
[[nodiscard]] std::string geminiLogprobs(JsonValue &value);

} // namespace signalbox::providers
