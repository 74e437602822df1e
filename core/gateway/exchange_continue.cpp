// SPDX-License-Identifier: Apache-2.0
// The rest of an answer: a stream that broke is gone on with by another target, unseen but for a seam.
//
// | event | on_stream_break = "continue" |
// |---|---|
// | a stream breaks before its first content | another target begins anew, as ever |
// | it breaks after it, and what was sent is plain text | the next target that takes a prefill (or the same, where `same_target` says so) is asked for the rest |
// | its model had ended the answer | nothing is missing: the client gets its regular end |
// | it breaks after anything else; no target takes a prefill | as with `fail`, and the record says why |
// | the call for the rest fails before its first content | the next one |
// | it breaks after it | the same again, with all that was sent |
// | attempts, or the request's time, are used up | as with `fail` |
// | the client leaves; the gateway stops | as ever |
#include "core/base/check.h"
#include "core/gateway/exchange.h"
#include "core/telemetry/telemetry.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

namespace {

bool isFinish(const ChatChunk &chunk)
{
    return std::ranges::any_of(chunk.choices,
                               [](const ChoiceDelta &delta) { return delta.finish.has_value(); });
}

} // namespace

bool Exchange::canBeContinued(const Flight &flight) const
{
    return flight.told && m_continuation.isWanted() && !m_continuation.isComplete()
           && m_continuation.obstacle().empty();
}

/// Whether \p target can be asked for the rest.
bool Exchange::goesOnWith(const TargetId &target) const
{
    const ProviderSettings *provider = m_plan.configuration->provider(target.provider());
    const ModelSettings *model = m_plan.configuration->model(target);
    SB_CHECK(provider != nullptr && model != nullptr);
    const providers::Adapter &adapter = providers::adapterFor(provider->kind);
    return adapter.takesPrefill(model->name, provider->baseUrl)
           && !adapter.refuses(m_continuation.rest(m_plan.request), model->name);
}

void Exchange::continueAfter(const AttemptRecord &broken, Now now)
{
    m_continuation.breakOff(broken);
    if (m_plan.comment) {
        m_commentAt = now.steady + *m_plan.comment;
    }
}

/// Makes \p chunk, of the rest, one that follows what the client has.
void Exchange::followSeam(Flight &flight, ChatChunk &chunk, Actions &out)
{
    const TargetId &target = flight.attempt.target();
    m_continuation.join(chunk);
    flight.told |= isFinish(chunk);
    if (const auto seam = m_continuation.seamBefore(chunk, target)) {
        m_commentAt = SteadyTime::max();
        m_shared.telemetry.streamContinued(target);
        m_reply.seam(*seam, out);
    }
}

void Exchange::tellWhyNotContinued()
{
    if (!m_continuation.isWanted() || !m_reply.hasContent()) {
        return;
    }
    const auto broken = std::ranges::find(m_record->attempts.rbegin(),
                                          m_record->attempts.rend(),
                                          true,
                                          &AttemptRecord::contentSent);
    if (broken == m_record->attempts.rend()) {
        return;
    }
    const std::string_view obstacle = m_continuation.obstacle();
    if (!obstacle.empty()) {
        broken->notes.push_back("not continued: " + std::string(obstacle));
    } else if (m_continuation.isBroken()) {
        broken->notes.emplace_back("not continued: no target was left that could");
    }
}

/// The client has the whole answer but for its end.
void Exchange::complete(Now now, Actions &out)
{
    const AttemptRecord &last = m_record->attempts.back();
    const bool pieced = m_continuation.isBroken() || last.outcome != OutcomeClass::Success;
    std::optional<Usage> usage = last.usage;
    if (pieced) {
        ChatChunk sum; // in place of what the last part said of itself
        sum.usage = usage = m_continuation.usageWith(last.usage);
        m_reply.add(std::move(sum), out);
    }
    m_record->status = 200;
    m_reply.complete(m_reply.hasBegun() ? http::Headers() : answerHeaders(), usage, out);
    finish(now, out);
}

} // namespace signalbox::gateway
