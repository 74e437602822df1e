// SPDX-License-Identifier: Apache-2.0
// Counting the tokens of a request without asking anybody.
#include "core/gateway/gateway.h"
#include "core/tokens/estimate.h"

namespace signalbox::gateway {

/// As the first target of the route would bill it.
Result<TokenMeter::Count, ErrorAnswer> Gateway::countTokens(const Arrival &arrival) const
{
    const auto client = m_admission.identify(arrival.head);
    if (!client) {
        return Failure{client.error()};
    }
    const auto request = providers::decodeForCount(arrival.body);
    if (!request) {
        return Failure{invalidRequest(request.error().message, request.error().param)};
    }
    RequestRecord unrecorded;
    const auto route = routeFor(*request, arrival.head.headers, *client, unrecorded);
    if (!route) {
        return Failure{route.error()};
    }
    if ((*route)->targets.empty()) {
        return TokenMeter::Count{tokens::estimatePrompt(*request, tokens::TokenFamily::O200k),
                                 false};
    }
    return m_tokens.count(*request, *m_configuration, (*route)->targets.front().target);
}

} // namespace signalbox::gateway
