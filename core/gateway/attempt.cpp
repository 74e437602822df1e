// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/attempt.h"

#include "core/base/bounds.h"
#include "core/base/overloaded.h"
#include "core/pricing/answer_price.h"
#include "core/pricing/cost.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

Attempt::Attempt(Plan plan, Now now)
    : m_plan(std::move(plan))
    , m_startedAt(now)
    , m_now(now)
{
    m_record.target = m_plan.grant.target;
    m_record.keyIndex = m_plan.grant.keyIndex;
    m_record.probe = m_plan.grant.ticket.probe;
    m_record.startedAfter = m_plan.startedAfter;
    m_record.backoffBefore = m_plan.backoffBefore;
    m_record.notes = m_plan.notes;
}

Attempt::Progress Attempt::on(const UpstreamEvent &event, Now now)
{
    m_now = now;
    Progress progress;
    std::visit(Overloaded{
                   [this](const UpstreamConnected &connected) {
                       m_phase = Phase::AwaitingHead;
                       m_sentAt = m_now.steady;
                       m_record.connected = connected.reused ? Micros(0)
                                                             : elapsed(m_startedAt, m_now);
                   },
                   [&](const UpstreamHead &head) { onHead(head, progress); },
                   [&](const UpstreamBytes &body) { onBytes(body.bytes, progress); },
                   [&](const UpstreamEnd &) { onEnd(progress); },
                   [&](const UpstreamFailed &failure) {
                       progress.end = Outcome::of(failure.outcome, failure.detail);
                   },
               },
               event);
    return progress;
}

void Attempt::onHead(const UpstreamHead &head, Progress &)
{
    m_record.httpStatus = head.status;
    m_headers = head.headers;
    m_headAt = m_now.steady;
    m_lastByteAt = m_now.steady;
    for (const std::string_view name : {"x-request-id", "request-id"}) {
        const auto id = head.headers.find(name);
        if (id && m_record.upstreamRequestId.empty()) {
            m_record.upstreamRequestId = id->substr(0, 128);
        }
    }
    if (head.status < 200 || head.status > 299) {
        m_phase = Phase::ReadingError;
        return;
    }
    m_phase = Phase::ReadingAnswer;
}

void Attempt::onBytes(std::string_view bytes, Progress &progress)
{
    m_lastByteAt = m_now.steady;
    if (m_phase == Phase::ReadingError) {
        m_errorText += bytes.substr(0, bounds::kErrorBodyBytesMax - m_errorText.size());
        return;
    }
    std::vector<ChatEvent> events;
    m_plan.decoder->feed(bytes, events);
    take(std::move(events), progress);
}

void Attempt::onEnd(Progress &progress)
{
    if (m_phase == Phase::ReadingError) {
        progress.end = classified();
        return;
    }
    std::vector<ChatEvent> events;
    events.reserve(2); // an answer in one piece, and its end
    m_plan.decoder->finish(events);
    take(std::move(events), progress);
    if (!progress.end) {
        progress.end = Outcome::of(OutcomeClass::StreamBroken, "the answer ended without its end");
    }
}

void Attempt::take(std::vector<ChatEvent> events, Progress &progress)
{
    for (ChatEvent &event : events) {
        if (auto *chunk = std::get_if<ChatChunk>(&event)) {
            note(*chunk);
            progress.chunks.push_back(std::move(*chunk));
        } else if (auto *failure = std::get_if<ChatFailure>(&event)) {
            progress.end = Outcome::of(failure->outcome, withoutKeys(std::move(failure->message)));
            progress.end->code = std::move(failure->code);
            return;
        } else {
            progress.end = Outcome::of(OutcomeClass::Success, {});
            return;
        }
    }
}

void Attempt::note(const ChatChunk &chunk)
{
    if (!m_contentSeen && chunk.hasContent()) {
        m_contentSeen = true;
        if (m_plan.stream) { // of an answer in one piece nobody knows when it began
            m_record.firstToken = elapsed(m_startedAt, m_now);
        }
    }
    if (m_record.upstreamModel.empty()) {
        m_record.upstreamModel = chunk.model;
    }
    if (chunk.usage) {
        m_usage = chunk.usage;
    }
    // An answer in one piece that comes with its usage needs no estimate.
    if (m_plan.stream || !chunk.usage) {
        countTokens(chunk);
    }
}

void Attempt::countTokens(const ChatChunk &chunk)
{
    const auto count = [this](const std::string &text) {
        m_outputTokens += tokens::estimateTokens(text, m_plan.family);
    };
    for (const ChoiceDelta &choice : chunk.choices) {
        for (const auto *text : {&choice.content, &choice.reasoning, &choice.refusal}) {
            if (*text) {
                count(**text);
            }
        }
        for (const ToolCallDelta &call : choice.toolCalls) {
            count(call.arguments);
        }
    }
}

Outcome Attempt::classified() const
{
    return m_plan.adapter->classify(m_record.httpStatus,
                                    m_headers,
                                    withoutKeys(m_errorText),
                                    m_now.system);
}

/// An upstream may say our key back to us, in words that go on to the client, the ledger, the log.
std::string Attempt::withoutKeys(std::string text) const
{
    if (m_plan.grant.provider) {
        for (const Secret &key : m_plan.grant.provider->secrets) {
            key.blotOut(text);
        }
    }
    return text;
}

std::optional<Outcome> Attempt::expired(SteadyTime now) const
{
    const auto ranOut = [now](SteadyTime from, Millis allowed) { return now >= from + allowed; };
    if (ranOut(m_startedAt.steady, m_plan.timeouts.total)) {
        return Outcome::of(OutcomeClass::TotalTimeout, "total timeout");
    }
    if (m_phase == Phase::Connecting) {
        if (ranOut(m_startedAt.steady, m_plan.timeouts.connect)) {
            return Outcome::of(OutcomeClass::ConnectTimeout, "connect timeout");
        }
        return std::nullopt;
    }
    if (m_phase == Phase::ReadingError && ranOut(m_headAt, bounds::kErrorBodyPatience)) {
        return classified(); // the status has said what matters
    }
    if (!m_plan.stream) {
        return std::nullopt;
    }
    if (!m_contentSeen && ranOut(m_sentAt, m_plan.timeouts.firstToken)) {
        return Outcome::of(OutcomeClass::FirstTokenTimeout, "first token timeout");
    }
    if (hasHead() && !m_paused && ranOut(m_lastByteAt, m_plan.timeouts.idle)) {
        return Outcome::of(OutcomeClass::IdleTimeout, "idle timeout");
    }
    return std::nullopt;
}

SteadyTime Attempt::deadline() const
{
    SteadyTime earliest = m_startedAt.steady + m_plan.timeouts.total;
    if (m_phase == Phase::Connecting) {
        return std::min(earliest, m_startedAt.steady + m_plan.timeouts.connect);
    }
    if (m_phase == Phase::ReadingError) {
        earliest = std::min(earliest, m_headAt + bounds::kErrorBodyPatience);
    }
    if (!m_plan.stream) {
        return earliest;
    }
    if (!m_contentSeen) {
        earliest = std::min(earliest, m_sentAt + m_plan.timeouts.firstToken);
    }
    if (hasHead() && !m_paused) {
        earliest = std::min(earliest, m_lastByteAt + m_plan.timeouts.idle);
    }
    return earliest;
}

void Attempt::setPaused(bool paused, SteadyTime now)
{
    m_paused = paused;
    m_lastByteAt = now;
}

/// Whether the upstream has, as far as we can know, done work that it will bill.
bool Attempt::upstreamWorked(OutcomeClass outcome) const
{
    if (m_phase == Phase::ReadingAnswer) {
        return true;
    }
    // No head yet: a request that was sent and then given up has been read by the upstream.
    const bool givenUp = outcome == OutcomeClass::ClientGone
                         || outcome == OutcomeClass::FirstTokenTimeout
                         || outcome == OutcomeClass::TotalTimeout
                         || outcome == OutcomeClass::DeadlineReached
                         || outcome == OutcomeClass::ShutDown || outcome == OutcomeClass::Outrun;
    return m_phase == Phase::AwaitingHead && givenUp;
}

std::optional<Usage> Attempt::settledUsage(OutcomeClass outcome) const
{
    const bool complete = outcome == OutcomeClass::Success;
    if (m_usage && (complete || m_usage->completionTokens >= m_outputTokens)) {
        return m_usage;
    }
    if (!upstreamWorked(outcome)) {
        return std::nullopt;
    }
    Usage usage;
    usage.promptTokens = m_plan.promptTokens;
    usage = m_usage.value_or(usage);
    usage.completionTokens = std::max(usage.completionTokens, m_outputTokens);
    usage.estimated = true;
    return usage;
}

AttemptRecord Attempt::finish(const Outcome &outcome, bool contentSent, Now now)
{
    m_record.total = elapsed(m_startedAt, now);
    m_record.outcome = outcome.outcome;
    m_record.reason = outcome.outcome == OutcomeClass::AuthFailed ? "the key was refused"
                                                                  : outcome.message;
    m_record.hint = outcome.hint;
    m_record.contentSent = contentSent;
    m_record.usage = settledUsage(outcome.outcome);
    m_record.cost = settledCost();
    return std::move(m_record);
}

Cost Attempt::settledCost()
{
    if (!m_record.usage) {
        return {Money(), false};
    }
    auto price = pricing::priceOfAnswer(*m_plan.provider,
                                        *m_plan.model,
                                        m_record.upstreamModel,
                                        m_startedAt.system);
    if (!price.note.empty() && !m_record.usage->statedCost) {
        m_record.notes.push_back(std::move(price.note));
    }
    const PriceRow *row = pricing::priceRow(price.table, m_record.usage->promptTokens);
    if (row != nullptr && !m_record.usage->statedCost) {
        m_record.price = AppliedPrice{std::move(price.model), price.byOperator, price.since, *row};
        m_record.promptCacheSaved = pricing::promptCacheSaving(*m_record.usage, *row);
    }
    return pricing::costOf(*m_record.usage, price.table);
}

} // namespace signalbox::gateway
