// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/client.h"

#include <string_view>

namespace signalbox::sim {
namespace {

std::optional<std::string> faultInStream(const Client &client)
{
    if (client.calls.empty()) {
        const bool told = client.gone || readStream(client.form, client.body, {}).error;
        return client.commented() && told ? std::nullopt
                                          : std::optional("a stream without an upstream call");
    }
    const CallSeen &call = client.answering();
    const Stream stream = readStream(client.form, client.body, call.mark);
    if (!stream.fault.empty()) {
        return stream.fault;
    }
    if (!call.text.starts_with(stream.text)) {
        return "the stream says \"" + stream.text + "\", its upstream \"" + call.text + "\"";
    }
    const bool whole = call.outcome == OutcomeClass::Success;
    if (whole != stream.done || (whole && stream.text != call.text)) {
        return "a stream is whole where its upstream's was not, or the other way round";
    }
    if (!client.gone && stream.done == stream.error) {
        return "a stream without an end";
    }
    if (client.form == Form::Chat && stream.usage && !client.includeUsage) {
        return "usage that was not asked for";
    }
    if (stream.done && client.includeUsage && call.metered && !stream.usage) {
        return "usage was asked for and did not come";
    }
    return std::nullopt;
}

std::optional<std::string> faultInDocument(const Client &client)
{
    if (client.status != 200) {
        return isError(client.form, client.body)
                   ? std::nullopt
                   : std::optional("not an error of its form: " + client.body);
    }
    if (client.calls.empty() || client.answering().outcome != OutcomeClass::Success) {
        return "an answer that no upstream gave";
    }
    const CallSeen &call = client.answering();
    const std::string fault = faultInDocument(client.form, client.body, call.text, call.mark);
    return fault.empty() ? std::nullopt : std::optional(fault);
}

std::optional<std::string> faultInHead(const Client &client)
{
    if (client.header("x-signalbox-id").empty()) {
        return "no x-signalbox-id";
    }
    if (client.commented()) {
        const bool silent = client.header("x-signalbox-target").empty()
                            && client.header("x-signalbox-attempts").empty();
        return silent ? std::nullopt : std::optional("a head that knows what is not known yet");
    }
    if (client.status == 200
        && client.header("x-signalbox-target") != client.answering().target.name()) {
        return "x-signalbox-target is " + client.header("x-signalbox-target");
    }
    const std::string attempts = client.header("x-signalbox-attempts");
    if (!client.calls.empty() && attempts != std::to_string(client.calls.size())) {
        return "x-signalbox-attempts is " + attempts;
    }
    if ((client.status == 429 || client.status == 503) && client.header("retry-after").empty()
        && member(client.body, "code") == "rate_limited") {
        return "rate_limited without Retry-After";
    }
    return std::nullopt;
}

std::optional<std::string> faultInUsage(const CallSeen &call,
                                        const AttemptRecord &attempt,
                                        const Configuration &configuration)
{
    if (attempt.outcome != OutcomeClass::Success || !call.metered) {
        return std::nullopt;
    }
    if (!attempt.usage || attempt.usage->promptTokens != call.promptTokens
        || attempt.usage->completionTokens != call.completionTokens || attempt.usage->estimated) {
        return "its usage is not what the upstream said";
    }
    const ModelSettings *model = configuration.model(attempt.target);
    if (model == nullptr || model->price.prices.empty() == attempt.cost.amount.has_value()) {
        return "its cost is known without a price, or the other way round";
    }
    if (!attempt.cost.amount) {
        return std::nullopt;
    }
    // Whole USD per million: the nano-USD of a token, without a rest.
    const PriceRow &row = model->price.prices.front().table.rows.front();
    const std::int64_t nanos = call.promptTokens * (row.input.picosPerToken() / 1000)
                               + call.completionTokens * (row.output.picosPerToken() / 1000);
    return attempt.cost.amount->nanos() == nanos
               ? std::nullopt
               : std::optional("it cost " + attempt.cost.amount->toDecimal());
}

std::optional<std::string> faultInAttempt(const CallSeen &call, const AttemptRecord &attempt)
{
    if (attempt.target != call.target) {
        return "its target is " + attempt.target.name() + ", called was " + call.target.name();
    }
    const bool right = call.outcome ? attempt.outcome == *call.outcome : isTimeout(attempt.outcome);
    if (!right) {
        return "its outcome is " + std::string(toString(attempt.outcome)) + " after \""
               + std::string(call.behaviour->name) + "\", must be "
               + (call.outcome ? std::string(toString(*call.outcome)) : "a timeout");
    }
    if (attempt.probe != call.probe) {
        return "whether it was a probe is told wrongly";
    }
    if (attempt.counted != call.counted) {
        return "whether the breaker learned is told wrongly";
    }
    const bool told = call.outcome && call.outcome == call.told;
    const auto source = attempt.hint ? attempt.hint->source : RetryHintSource::None;
    if (told && source != call.behaviour->hint) {
        return "its retry hint is from " + std::string(toString(source));
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> faultInAnswer(const Client &client)
{
    if (client.body.find("-secret") != std::string::npos) {
        return "a key in the answer";
    }
    if (client.status == 0) {
        return client.gone ? std::nullopt : std::optional<std::string>("no answer");
    }
    if (!client.gone && !client.ended) {
        return "the answer is not complete";
    }
    if (!client.asks) {
        return std::nullopt;
    }
    if (auto fault = client.streamed ? faultInStream(client) : faultInDocument(client)) {
        return fault;
    }
    return faultInHead(client);
}

std::optional<std::string> faultInRecord(const Client &client, const RequestRecord &record)
{
    if (record.attempts.size() != client.calls.size()) {
        return std::to_string(record.attempts.size()) + " attempts recorded, "
               + std::to_string(client.calls.size()) + " calls made";
    }
    if (record.abandoned != client.gone || (client.status != 0 && record.status != client.status)) {
        return "the record says status " + std::to_string(record.status);
    }
    if (client.status >= 400 && !record.errorCode.empty()
        && member(client.body, "code") != record.errorCode) {
        return "the record says " + record.errorCode;
    }
    std::optional<Money> cost = Money();
    for (std::size_t i = 0; i < client.calls.size(); ++i) {
        const AttemptRecord &attempt = record.attempts[i];
        auto fault = faultInAttempt(client.calls[i], attempt);
        if (!fault) {
            fault = faultInUsage(client.calls[i], attempt, *client.configuration);
        }
        if (fault) {
            return "attempt " + std::to_string(i + 1) + ": " + *fault;
        }
        cost = cost && attempt.cost.amount ? std::optional(*cost + *attempt.cost.amount)
                                           : std::nullopt;
    }
    return cost == record.cost.amount ? std::nullopt
                                      : std::optional<std::string>("its cost is no sum");
}

} // namespace signalbox::sim
