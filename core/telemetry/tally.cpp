// SPDX-License-Identifier: Apache-2.0
#include "core/telemetry/tally.h"

namespace signalbox::telemetry {

bool isFailure(OutcomeClass outcome)
{
    return outcome >= OutcomeClass::ServerError && outcome <= OutcomeClass::ModelNotFound;
}

bool isFailedRequest(const RequestRecord &request)
{
    if (request.abandoned || request.outcome == OutcomeClass::ClientGone) {
        return false;
    }
    const bool brokenStream = request.status < 400 && request.outcome != OutcomeClass::Success;
    return request.status >= 500 || request.status == 429 || brokenStream;
}

CallSample sampleOf(const AttemptRecord &attempt)
{
    CallSample sample;
    sample.failed = isFailure(attempt.outcome);
    if (attempt.outcome == OutcomeClass::Success) {
        sample.latency = attempt.total;
        sample.firstToken = attempt.firstToken;
    }
    if (attempt.usage) {
        sample.promptTokens = attempt.usage->promptTokens;
        sample.completionTokens = attempt.usage->completionTokens;
    }
    sample.cost = attempt.cost.amount.value_or(Money());
    sample.unknownPrice = attempt.usage && !attempt.cost.amount;
    return sample;
}

CallSample sampleOf(const RequestRecord &request)
{
    CallSample sample;
    sample.failed = isFailedRequest(request);
    if (request.outcome == OutcomeClass::Success && !request.abandoned) {
        sample.latency = request.total;
        sample.firstToken = request.firstToken;
    }
    return sample;
}

void Tally::add(const CallSample &sample)
{
    ++ended;
    failed += sample.failed ? 1 : 0;
    promptTokens += sample.promptTokens;
    completionTokens += sample.completionTokens;
    cost += sample.cost;
    unknownPrice += sample.unknownPrice ? 1 : 0;
    if (sample.latency) {
        latency.add(*sample.latency);
    }
    if (sample.firstToken) {
        firstToken.add(*sample.firstToken);
    }
}

Tally &Tally::operator+=(const Tally &other)
{
    ended += other.ended;
    failed += other.failed;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    cost += other.cost;
    unknownPrice += other.unknownPrice;
    latency += other.latency;
    firstToken += other.firstToken;
    return *this;
}

Tally &Tally::operator-=(const Tally &other)
{
    ended -= other.ended;
    failed -= other.failed;
    promptTokens -= other.promptTokens;
    completionTokens -= other.completionTokens;
    cost -= other.cost;
    unknownPrice -= other.unknownPrice;
    latency -= other.latency;
    firstToken -= other.firstToken;
    return *this;
}

} // namespace signalbox::telemetry
