// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/forecast.h"

#include "core/pricing/cost.h"

#include <algorithm>
#include <cmath>

namespace signalbox::gateway {

Forecast forecastOf(const TargetId &target,
                    const RequestRecord &record,
                    std::int64_t promptTokens,
                    const Configuration &configuration,
                    const routing::Experience &experience,
                    SteadyTime now,
                    const std::optional<WarmPrompt> &warm)
{
    const routing::Expectation expected =
        experience.expect(target, record.taskName(), record.facts.maxOutputTokens, now);
    Usage usage;
    usage.promptTokens = promptTokens;
    if (warm) {
        usage.cachedTokens = warm->target == target ? std::min(promptTokens, warm->tokens) : 0;
    } else {
        usage.cachedTokens = std::llround(static_cast<double>(promptTokens) * expected.cachedShare);
    }
    usage.completionTokens = std::llround(expected.outputTokens);
    return {pricing::costOf(usage, configuration.model(target)->price.at(record.arrived)).amount,
            expected.time,
            expected.failureShare,
            usage.completionTokens,
            expected.observations,
            usage.cachedTokens};
}

Money expectedCost(const TargetId &target,
                   const RequestRecord &record,
                   std::int64_t promptTokens,
                   const Configuration &configuration,
                   const routing::Experience &experience,
                   SteadyTime now)
{
    return forecastOf(target, record, promptTokens, configuration, experience, now)
        .cost.value_or(Money());
}

} // namespace signalbox::gateway
