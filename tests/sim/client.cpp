// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/client.h"

#include <string_view>

namespace signalbox::sim {
namespace {

/// How much of both is the same, in whole pieces, which end with a blank.
std::size_t sameSize(std::string_view a, std::string_view b)
{
    const auto same = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    return a.substr(0, same).rfind(' ') + 1;
}

/// What the ids of an answer end with.
std::string markOf(const Client &client)
{
    if (client.given != nullptr) {
        return client.header("x-signalbox-id"); // an id of its own
    }
    const auto speakers = client.speakers();
    return speakers.empty() ? client.answering().mark : speakers.front()->mark;
}

/// What speaks against \p stream's having been given: it comes whole, or not at all.
std::optional<std::string> faultInGiven(const Client &client, const Stream &stream)
{
    if (stream.text != client.given->text || !stream.done) {
        return "a kept answer of which a part was given";
    }
    const bool wanted = client.includeUsage && !client.given->usage.estimated;
    const bool unwanted = client.form == Form::Chat && !client.includeUsage;
    return (wanted && !stream.usage) || (unwanted && stream.usage)
               ? std::optional("usage that was not asked for, or none")
               : std::nullopt;
}

std::optional<std::string> faultInParts(const Client &client, const Stream &stream)
{
    const auto speakers = client.speakers();
    if (speakers.empty() && !stream.text.empty()) {
        return "the stream says \"" + stream.text + "\", which its upstreams have not said";
    }
    if (static_cast<int>(speakers.size()) > 1 + (client.continues() ? stream.seams : 0)) {
        return "a stream of several upstreams' words, without a seam";
    }
    for (const CallSeen *speaker : speakers) {
        if (speaker != speakers.back() && speaker->outcome == OutcomeClass::Success) {
            return "a whole answer was gone on with";
        }
    }
    return std::nullopt;
}

std::optional<std::string> faultInStream(const Client &client)
{
    if (client.calls.empty() && client.given == nullptr) {
        const bool told = client.gone || readStream(client.form, client.body, {}).error;
        return client.commented() && told ? std::nullopt
                                          : std::optional("a stream without an upstream call");
    }
    const Stream stream = readStream(client.form, client.body, markOf(client));
    if (!stream.fault.empty()) {
        return stream.fault;
    }
    if (client.given != nullptr) {
        return faultInGiven(client, stream);
    }
    if (stream.waited && !client.continues()) {
        return "a comment for one who does not wait";
    }
    if (auto fault = faultInParts(client, stream)) {
        return fault;
    }
    if (client.gone) {
        return std::nullopt; // its call may have gone on for others
    }
    const CallSeen &call = client.answering();
    const bool whole = call.outcome == OutcomeClass::Success;
    if (whole != stream.done || (whole && !stream.text.ends_with(call.text))) {
        return "a stream is whole where its upstream's was not, or the other way round";
    }
    if (stream.done == stream.error) {
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
    const bool own = client.given == nullptr;
    if (own && (client.calls.empty() || client.answering().outcome != OutcomeClass::Success)) {
        return "an answer that no upstream gave";
    }
    const std::string fault = faultInDocument(client.form,
                                              client.body,
                                              own ? client.answering().text : client.given->text,
                                              markOf(client));
    return fault.empty() ? std::nullopt : std::optional(fault);
}

/// Whose the head says the answer is.
const TargetId &targetAtHead(const Client &client)
{
    if (client.given != nullptr) {
        return client.given->target;
    }
    const auto speakers = client.speakers();
    return speakers.empty() ? client.answering().target : speakers.front()->target;
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
        && client.header("x-signalbox-target") != targetAtHead(client).name()) {
        return "x-signalbox-target is " + client.header("x-signalbox-target");
    }
    const std::string attempts = client.header("x-signalbox-attempts");
    if (!client.calls.empty() && attempts != std::to_string(client.callsAtHead)) {
        return "x-signalbox-attempts is " + attempts;
    }
    if (client.bypass && client.status == 200 && client.header("x-signalbox-cache") == "exact") {
        return "it wanted to go past the cache";
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

std::string Client::text() const
{
    return streamed ? readStream(form, body, {}).text : std::string(textOfDocument(form, body));
}

std::vector<const CallSeen *> Client::speakers() const
{
    std::vector<const CallSeen *> found;
    const std::string all = text();
    std::string_view rest = all;
    for (const CallSeen &call : calls) {
        const std::size_t same = sameSize(rest, call.text);
        if (same > 0) {
            found.push_back(&call);
            rest.remove_prefix(same);
        }
    }
    return rest.empty() ? found : std::vector<const CallSeen *>();
}

std::optional<std::string> faultInCall(const CallSeen &call,
                                       const AttemptRecord &attempt,
                                       const Configuration &configuration)
{
    auto fault = faultInAttempt(call, attempt);
    return fault ? fault : faultInUsage(call, attempt, configuration);
}

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
    if (client.gone && client.status == 0 && record.status != 499) {
        return "it left before anything was sent, and the record says status "
               + std::to_string(record.status);
    }
    if (client.status >= 400 && !record.errorCode.empty()
        && member(client.body, "code") != record.errorCode) {
        return "the record says " + record.errorCode;
    }
    std::optional<Money> cost = Money();
    for (std::size_t i = 0; i < client.calls.size(); ++i) {
        const AttemptRecord &attempt = record.attempts[i];
        const auto fault = faultInCall(client.calls[i], attempt, *client.configuration);
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
