// SPDX-License-Identifier: Apache-2.0
// A prompt's tokens exactly, where the tokenizer and the framing are known.
#pragma once

#include "core/domain/chat_request.h"
#include "core/tokens/encoder.h"
#include "core/tokens/family.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace signalbox::tokens {

/// The encoders whose rank files are at hand; null: not.
struct Encoders
{
    std::shared_ptr<const Encoder> o200k;
    std::shared_ptr<const Encoder> cl100k;
    std::shared_ptr<const Encoder> qwen;

    /// Null too where no rank file is public.
    [[nodiscard]] const Encoder *of(TokenFamily family) const;
};

/// As OpenAI and DashScope bill a conversation of plain text, measured on recorded usage. Nothing
/// where their framing is not known (images, tools, formats, names, contents in several parts),
/// where \p encoders lack the family, or beyond bounds::kExactTextBytesMax.
[[nodiscard]] std::optional<std::int64_t> countPrompt(const ChatRequest &request,
                                                      TokenFamily family,
                                                      const Encoders &encoders);

} // namespace signalbox::tokens
