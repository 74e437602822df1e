// SPDX-License-Identifier: Apache-2.0
// Counting the tokens of a request without asking anybody.
#include "core/gateway/gateway.h"
#include "core/pricing/cost.h"
#include "core/tokens/estimate.h"

#include <algorithm>
#include <iterator>

namespace signalbox::gateway {

/// Nothing where no price or no longest answer is known.
std::optional<Money> Gateway::ceilingAt(const TargetId &target,
                                        const ChatRequest &request,
                                        Now now) const
{
    const ModelSettings &model = *m_configuration->model(target);
    const auto longest = request.maxOutputTokens ? request.maxOutputTokens : model.maxOutputTokens;
    if (!longest) {
        return std::nullopt;
    }
    Usage usage;
    usage.promptTokens = m_tokens.count(request, *m_configuration, target).tokens;
    usage.completionTokens = *longest;
    const PriceTable table = model.price.at(now.system);
    const auto plain = pricing::costOf(usage, table).amount;
    usage.reasoningTokens = *longest; // thinking may have a price of its own
    const auto thinking = pricing::costOf(usage, table).amount;
    return plain && thinking ? std::optional(std::max(*plain, *thinking)) : std::nullopt;
}

/// Tokens as the first target of the route would bill them.
Result<Gateway::Counted, ErrorAnswer> Gateway::countTokens(const Arrival &arrival, Now now) const
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
    std::vector<TargetId> targets;
    for (const RuleSettings &rule : (*route)->rules) {
        std::ranges::transform(rule.targets, std::back_inserter(targets), &TargetChoice::target);
    }
    std::ranges::transform((*route)->targets, std::back_inserter(targets), &TargetChoice::target);
    if ((*route)->targets.empty()) {
        return Counted{{tokens::estimatePrompt(*request, tokens::TokenFamily::O200k), false}};
    }
    Counted counted{m_tokens.count(*request, *m_configuration, (*route)->targets.front().target)};
    for (const TargetId &target : targets) {
        const auto ceiling = ceilingAt(target, *request, now);
        if (!ceiling) {
            counted.ceiling.reset();
            break;
        }
        counted.ceiling = std::max(counted.ceiling.value_or(Money()), *ceiling);
    }
    return counted;
}

} // namespace signalbox::gateway
