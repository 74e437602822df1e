// SPDX-License-Identifier: Apache-2.0
// What LiteLLM's `router_settings` and `litellm_settings` say of all models.
#pragma once

#include "core/config/import/findings.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::config {

struct LiteLlmFallback
{
    std::string group; ///< `*`: every group that has none
    std::vector<std::string> others;
    const Item *at = nullptr;
};

struct LiteLlmSettings
{
    Strategy strategy = Strategy::Weighted;
    std::optional<int> retries = {};
    std::optional<Millis> backoff = {};
    std::optional<Millis> timeout = {};
    std::optional<Millis> streamTimeout = {};
    std::optional<Millis> cooldown = {};
    std::optional<int> allowedFails = {};
    std::vector<LiteLlmFallback> fallbacks = {}; ///< for a prompt that does not fit, too
    std::vector<std::pair<std::string, std::string>> aliases = {}; ///< and the group each means
};

/// Seconds of a key, from a millisecond to a year.
std::optional<Millis> secondsOf(Fields &fields, std::string_view key);

/// The router's settings win over the library's.
[[nodiscard]] LiteLlmSettings readLiteLlmSettings(Fields &root);

} // namespace signalbox::config
