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
    double budgetLeft = 1; ///< 0..1
    std::map<std::string, std::string> headers; ///< lower-case names; those of headersAskedFor()
    std::map<std::string, std::string> metadata;
    std::int64_t promptTokens = 0; ///< estimated
    bool tellsLanguage = false; ///< it costs more than all other facts: only if isAskedFor()
};

/// The lower-case names of the headers that a route's rules ask for.
[[nodiscard]] std::set<std::string> headersAskedFor(const RouteSettings &route);

/// Whether one of a route's rules asks for \p fact.
[[nodiscard]] bool isAskedFor(Fact fact, const RouteSettings &route);

/// The task is what the metadata `task` says, else taskOf(); Other for what is only embedded.
[[nodiscard]] RequestFacts factsOf(const ChatRequest &request, const FactContext &context);

} // namespace signalbox::routing
