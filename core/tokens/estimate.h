// SPDX-License-Identifier: Apache-2.0
// How many tokens a text will be billed as, estimated from its scripts and words.
#pragma once

#include "core/domain/chat_request.h"
#include "core/tokens/family.h"

#include <cstdint>
#include <string_view>

namespace signalbox::tokens {

/// An estimate from measured ratios; for ordinary prose and code within about a fifth. 0 only for
/// an empty text. Of texts over 256 KiB the beginning stands for the whole.
[[nodiscard]] std::int64_t estimateTokens(std::string_view text, TokenFamily family);

/// What a prompt costs: its messages with their framing, images at a flat rate, tools and formats.
[[nodiscard]] std::int64_t estimatePrompt(const ChatRequest &request, TokenFamily family);

} // namespace signalbox::tokens
