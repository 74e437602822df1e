// SPDX-License-Identifier: Apache-2.0
// Counting the tokens of a request without asking anybody.
#include "core/gateway/gateway.h"
#include "core/tokens/estimate.h"

namespace signalbox::gateway {

/// An estimate, as the first target of the route would bill it.
Result<std::int64_t, ErrorAnswer> Gateway::countTokens(const Arrival &arrival) const
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
    tokens::TokenFamily family = tokens::TokenFamily::O200k;
    if (!(*route)->targets.empty()) {
        const TargetId &first = (*route)->targets.front().target;
        family = tokens::familyFor(m_configuration->provider(first.provider())->kind,
                                   m_configuration->model(first)->name);
    }
    return tokens::estimatePrompt(*request, family);
}

} // namespace signalbox::gateway
