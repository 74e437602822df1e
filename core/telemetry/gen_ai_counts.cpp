// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/gen_ai_counts.h"

namespace signalbox::telemetry {

std::string_view toString(Operation operation)
{
    switch (operation) {
    case Operation::Chat:
        return "chat";
    case Operation::Embeddings:
        return "embeddings";
    case Operation::Other:
        return "other";
    }
    return "";
}

Operation operationFromString(std::string_view name)
{
    if (name == toString(Operation::Chat)) {
        return Operation::Chat;
    }
    return name == toString(Operation::Embeddings) ? Operation::Embeddings : Operation::Other;
}

void GenAiCounts::add(const AttemptRecord &attempt)
{
    durations.try_emplace(attempt.outcome, kDurationBounds)
        .first->second.add(attempt.total.count());
    if (attempt.usage && attempt.usage->promptTokens > 0) {
        inputTokens.add(attempt.usage->promptTokens);
    }
    if (attempt.usage && attempt.usage->completionTokens > 0) {
        outputTokens.add(attempt.usage->completionTokens);
    }
    if (attempt.outcome != OutcomeClass::Success || !attempt.firstToken) {
        return;
    }
    firstToken.add(attempt.firstToken->count());
    if (attempt.usage && attempt.usage->completionTokens > 1) {
        const Micros rest = attempt.total - *attempt.firstToken;
        perToken.add(rest.count() / (attempt.usage->completionTokens - 1));
    }
}

} // namespace signalbox::telemetry
