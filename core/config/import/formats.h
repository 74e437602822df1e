// SPDX-License-Identifier: Apache-2.0
// The two formats, each read into providers, routes and notes.
#pragma once

#include "core/config/import/findings.h"
#include "core/config/import/import.h"

#include <string_view>

namespace signalbox::config {

/// By https://docs.litellm.ai/docs/proxy/configs, /docs/routing and /docs/proxy/reliability.
[[nodiscard]] Imported importLiteLlm(const Item &root, Findings &findings);
/// By https://portkey.ai/docs/api-reference/inference-api/config-object and
/// /docs/product/ai-gateway/conditional-routing. \p name: of the route.
[[nodiscard]] Imported importPortkey(const Item &root, std::string_view name, Findings &findings);

} // namespace signalbox::config
