// SPDX-License-Identifier: Apache-2.0
// Pictures, sound and documents of a request as Gemini's parts.
#pragma once

#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <string>

namespace signalbox::providers {

/// The raw part for \p part, which is no text: a base64 data URL of an image, `input_audio` or
/// `file.file_data` becomes `inlineData`; the address of an uploaded image `fileData`. What has no place in them is noted in \p notes.
[[nodiscard]] Result<std::string, Refusal> geminiMedia(const ChatMessage::Part &part,
                                                       EncodedBody &notes);

} // namespace signalbox::providers
