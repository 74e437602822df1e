// SPDX-License-Identifier: Apache-2.0
// Answers that are there already: given again, waited for in the air, or kept for the next.
//
// | event | what follows |
// |---|---|
// | the same was answered before | its answer, and no call |
// | the same is in the air | it is waited for; its answer, or the own way where it has none |
// | what may be called is slow, or all failed | an answer past its lifetime, where that is wanted and there is one |
// | the client leaves, and others wait for its answer | the call goes on for them |
#include "core/base/text.h"
#include "core/gateway/answer_pieces.h"
#include "core/gateway/exchange.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using cache::CachedAnswer;
using cache::SingleFlight;

namespace {

/// What to know by, for people, a request that is not compared by meaning.
std::string lastQuestion(const ChatRequest &request)
{
    constexpr std::size_t kMost = 800; // bytes: 200 characters of any script
    const ChatMessage *last = request.last({Role::User});
    return last == nullptr ? std::string() : toUtf8(last->text().substr(0, kMost));
}

} // namespace

/// Behind an equal request, where one is in the air.
void Exchange::follow(Now now, Actions &out)
{
    const auto &key = m_plan.cache.key;
    if (key && isSlow(now) && standsIn("slow", now, out)) {
        return;
    }
    if (key
        && m_shared.cache.flights().join(key->exact, m_plan.id) == SingleFlight::Role::Follower) {
        m_follows = true;
        return;
    }
    goItsWay(now, out);
}

void Exchange::goItsWay(Now now, Actions &out)
{
    if (m_plan.startAt > now.steady) {
        m_pending = Pending{WaitFor::Start, {}, m_plan.startAt, now.steady, {}};
    } else {
        tryNext(now, out);
    }
}

void Exchange::onLanded(const std::shared_ptr<const CachedAnswer> &answer, Now now, Actions &out)
{
    if (m_over || !std::exchange(m_follows, false)) {
        return;
    }
    if (answer == nullptr || !mayAnswer(answer->target)) {
        goItsWay(now, out);
        return;
    }
    const Micros took = elapsed(m_arrived, now);
    CacheNote &note = *m_record->decision.cache;
    note.shared = true;
    note.from = answer->requestId;
    note.saved = answer->cost;
    note.waitSaved = std::max(Micros(0), answer->took - took);
    m_shared.cache.shared(*answer, took);
    give(*answer, now, out);
}

/// Whether what \p target said is an answer to this request, too: the one that was waited for may have
/// come before a reload.
bool Exchange::mayAnswer(const TargetId &target) const
{
    const RouteSettings *route = m_plan.configuration->route(m_record->route);
    const auto &candidates = m_record->decision.candidates; // of one that was asked for by name
    return (route != nullptr && AnswerCache::serves(*route, target))
           || std::ranges::find(candidates, target, &Candidate::target) != candidates.end();
}

void Exchange::giveAgain(const CacheHit &hit, std::string_view stale, Now now, Actions &out)
{
    const Micros took = elapsed(m_arrived, now);
    m_record->cache = hit.exact ? "exact" : "semantic";
    CacheNote note;
    note.from = hit.answer->requestId;
    note.age = hit.age;
    note.stale = stale;
    note.likeness = hit.likeness;
    note.saved = hit.answer->cost;
    note.waitSaved = std::max(Micros(0), hit.answer->took - took);
    m_record->decision.cache = std::move(note);
    m_shared.cache.given(hit, !stale.empty(), took, now);
    give(*hit.answer, now, out);
}

/// As if a target had just said it, under an id of its own.
void Exchange::give(const CachedAnswer &answer, Now now, Actions &out)
{
    m_given = true;
    m_record->target = answer.target;
    m_record->usage = answer.usage;
    m_record->status = 200;
    m_commentAt = SteadyTime::max();
    const auto created = std::chrono::floor<Seconds>(now.system).time_since_epoch().count();
    m_reply.restart({std::string(m_plan.dialect->idPrefix()) + m_record->id,
                     std::string(answer.target.model()),
                     created});
    ChatChunk whole = answer.whole;
    whole.id.clear();
    if (m_plan.request.stream) {
        m_record->firstToken = elapsed(m_arrived, now);
        m_reply.begin(answerHeaders(), out);
        for (ChatChunk &piece : inPieces(whole)) {
            m_reply.add(std::move(piece), out);
        }
    } else {
        m_reply.add(std::move(whole), out);
    }
    m_reply.complete(m_reply.hasBegun() ? http::Headers() : answerHeaders(), answer.usage, out);
    finish(now, out);
}

/// Whether an answer past its lifetime has taken the place of a call, or of what calls came to.
bool Exchange::standsIn(std::string_view why, Now now, Actions &out)
{
    if (m_reply.hasContent() || !m_plan.cache.key || isForOthers()) {
        return false; // the others are each looked up for themselves
    }
    const RouteSettings *route = m_plan.configuration->route(m_record->route);
    const auto hit = m_shared.cache.standIn(m_plan.cache, route, now);
    if (hit) {
        giveAgain(*hit, why, now, out);
    }
    return hit.has_value();
}

/// The first that would be asked is forecast to keep its client waiting.
bool Exchange::isSlow(Now now) const
{
    const auto most = m_shared.cache.slow();
    if (!most || m_order.empty()) {
        return false;
    }
    const auto usual =
        m_shared.experience.beginsWithin(m_order.front(), 0.5, m_plan.request.stream, now.steady);
    return usual && *usual > *most;
}

/// A complete answer by one target, for the same request to get again.
void Exchange::keepAnswer(Now now)
{
    const RequestRecord &record = *m_record;
    if (!m_plan.cache.key || record.outcome != OutcomeClass::Success || record.status != 200
        || record.attempts.empty() || record.attempts.back().outcome != OutcomeClass::Success
        || m_continuation.isBroken()) {
        return;
    }
    auto whole = m_keeper.take(m_plan.request.choices);
    if (!whole) {
        return;
    }
    const AttemptRecord &call = record.attempts.back();
    auto answer = std::make_shared<CachedAnswer>();
    answer->requestId = record.id;
    answer->target = record.target;
    answer->whole = std::move(*whole);
    answer->usage = record.usage;
    answer->cost = call.cost;
    answer->took = record.total;
    answer->made = now.system;
    answer->route = record.route;
    answer->client = m_plan.cache.scope;
    const auto &question = m_plan.cache.key->question;
    answer->question = question ? question.value() : lastQuestion(m_plan.request);
    const CachePlan &cached = m_plan.cache;
    if (cached.compares && (cached.point || !cached.wantsPoint)) {
        answer->context = cached.key->context;
    }
    if (cached.compares && cached.point) {
        answer->embedder = cached.embedder;
        answer->point = *cached.point;
    }
    m_made = std::move(answer);
    m_shared.cache.keep(m_plan.cache, m_made, now);
}

void Exchange::goOnForOthers(Now now)
{
    noteClientGone();
    m_plan.place.permit.reset();
    m_commentAt = SteadyTime::max();
    setPaused(false, now);
}

} // namespace signalbox::gateway
