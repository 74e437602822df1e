// SPDX-License-Identifier: Apache-2.0
// Pictures of a request as Anthropic's blocks.
#pragma once

#include "core/base/result.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

/// The `image` block for the `image_url` part \p part: JPEG, PNG, GIF or WebP as a base64 data URL,
/// or an https address. `detail` has no place in it and is noted in \p notes.
[[nodiscard]] Result<std::string, Refusal> anthropicImage(std::string_view part,
                                                          EncodedBody &notes);

} // namespace signalbox::providers
