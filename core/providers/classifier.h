// SPDX-License-Identifier: Apache-2.0
// What a failure means, by provider, status, headers and body.
#pragma once

#include "core/domain/chat_event.h"
#include "core/domain/outcome.h"
#include "core/domain/settings.h"
#include "core/http/headers.h"
#include "core/providers/error_body.h"

#include <string_view>

namespace signalbox::providers {

/// What an answer with \p status means. Success for 2xx, whatever its headers hint at.
[[nodiscard]] Outcome classifyAnswer(ProviderKind kind,
                                     int status,
                                     const http::Headers &headers,
                                     std::string_view body,
                                     SystemTime now);

/// What an error told inside a 200 answer means; \p otherwise when it says nothing we know.
[[nodiscard]] ChatFailure classifyToldError(ProviderKind kind,
                                            const ErrorBody &error,
                                            OutcomeClass otherwise);

} // namespace signalbox::providers
