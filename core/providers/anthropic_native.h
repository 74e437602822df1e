// SPDX-License-Identifier: Apache-2.0
// A request that came in Anthropic's own format, sent on in it.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/providers/encoded_body.h"
#include "core/providers/http_call.h"

#include <optional>
#include <string_view>

namespace signalbox::providers {

/// The client's own members, changed only where the target's model differs from the one the client
/// had in mind: its name, its output limit, how it thinks, whether it takes sampling.
/// \pre request.native
[[nodiscard]] EncodedBody encodeNativeMessages(const ChatRequest &request,
                                               std::string_view upstreamModel,
                                               const ModelSettings &model);

/// Why the model would not take it; what is wrong with the request itself is left to the API.
[[nodiscard]] std::optional<Refusal> refuseNativeMessages(const ChatRequest &request,
                                                          std::string_view upstreamModel);

} // namespace signalbox::providers
