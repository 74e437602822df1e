// SPDX-License-Identifier: Apache-2.0
// A request's facts, as rules ask for them.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/facts.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace signalbox::routing {

/// What is known of a request beside its body.
struct FactContext
{
    std::string client; ///< empty when no clients are configured
    int hour = 0; ///< 0..23 in the configured zone
    std::map<std::string, std::string> headers; ///< lower-case names; those of headersAskedFor()
    std::map<std::string, std::string> metadata;
    std::int64_t promptTokens = 0; ///< estimated
};

/// The lower-case names of the headers that a route's rules ask for.
[[nodiscard]] std::set<std::string> headersAskedFor(const RouteSettings &route);

[[nodiscard]] RequestFacts factsOf(const ChatRequest &request, const FactContext &context);

} // namespace signalbox::routing
