// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/token_meter.h"

#include "core/base/check.h"
#include "core/tokens/family.h"

namespace signalbox::gateway {
namespace {

tokens::TokenFamily familyOf(const Configuration &configuration, const TargetId &target)
{
    const ProviderSettings *provider = configuration.provider(target.provider());
    const ModelSettings *model = configuration.model(target);
    SB_CHECK(provider != nullptr && model != nullptr);
    return tokens::familyFor(provider->kind, *model);
}

/// OpenAI and DashScope themselves: others may serve the same models behind prompts of their own.
bool isMeasured(const Configuration &configuration, const TargetId &target)
{
    const ProviderKind kind = configuration.provider(target.provider())->kind;
    const bool thinks = configuration.model(target)->features.contains(Feature::Reasoning);
    return (kind == ProviderKind::OpenAi || kind == ProviderKind::Qwen) && !thinks;
}

} // namespace

std::int64_t TokenMeter::promptTokens(const tokens::PromptTraits &prompt,
                                      const Configuration &configuration,
                                      const TargetId &target) const
{
    return promptTokens(prompt, familyOf(configuration, target), target);
}

std::int64_t TokenMeter::promptTokens(const tokens::PromptTraits &prompt,
                                      tokens::TokenFamily family,
                                      const TargetId &target) const
{
    return m_calibration.corrected(target.name(), partsOf(prompt, family))
           + imageTokens(prompt, family) + prompt.given;
}

void TokenMeter::learn(const tokens::PromptTraits &prompt,
                       tokens::TokenFamily family,
                       const TargetId &target,
                       const Usage &usage)
{
    if (usage.estimated || prompt.images > 0 || prompt.given > 0) {
        return;
    }
    m_calibration.learn(target.name(), partsOf(prompt, family), usage.promptTokens);
}

TokenMeter::Count TokenMeter::count(const ChatRequest &request,
                                    const Configuration &configuration,
                                    const TargetId &target) const
{
    if (isMeasured(configuration, target)) {
        const auto exact = countPrompt(request, familyOf(configuration, target), m_encoders);
        if (exact) {
            return {*exact, true};
        }
    }
    return {promptTokens(tokens::traitsOf(request), configuration, target), false};
}

} // namespace signalbox::gateway
