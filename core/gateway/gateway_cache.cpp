// SPDX-License-Identifier: Apache-2.0
// The cache among all requests: who is looked up, and who waits for whom.
#include "core/base/text.h"
#include "core/gateway/gateway.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

using cache::SingleFlight;

CachePlan Gateway::lookUp(const Considered &considered,
                          const http::Headers &headers,
                          const RequestRecord &record,
                          Now now)
{
    const auto asked = headers.find("x-signalbox-cache");
    return m_cache.lookUp({.request = considered.asked.request,
                           .isChat = !considered.asked.embeddings,
                           .bypass = asked && equalsIgnoreCase(trimmed(*asked), "bypass"),
                           .strict = considered.rest.strict,
                           .route = *considered.rest.route,
                           .record = record},
                          now);
}

/// Has the question of \p id made a point, where a target does that, and compared with those of its scope,
/// wherever that is.
void Gateway::compare(ExchangeId id, Now now, Actions &out)
{
    CachePlan &plan = m_exchanges.at(id).exchange->plan().cache;
    if (plan.wantsPoint && !plan.point) {
        m_embedder.ask(id, plan.key->question.value(), now, out);
        takePoints(now, out);
    } else if (const auto alike = m_cache.compareHere(plan)) {
        compared(id, alike, now, out);
    } else {
        plan.whyNot = "index_busy";
        out.emplace_back(m_cache.toCompare(id, plan));
    }
}

/// Goes on with those whose points have come, or will not come.
void Gateway::takePoints(Now now, Actions &out)
{
    for (const auto &[id, point] : m_embedder.takeMade()) {
        const auto found = m_exchanges.find(id);
        if (m_shutDown || found == m_exchanges.end() || !found->second.exchange->isUndecided()) {
            continue; // it has gone, or did not wait so long
        }
        CachePlan &plan = found->second.exchange->plan().cache;
        plan.point = point;
        if (point) {
            compare(id, now, out);
        } else {
            plan.whyNot = "embedder_failed";
            compared(id, std::nullopt, now, out);
        }
    }
}

void Gateway::study(StudyId id, std::vector<std::string> texts, Now now, Actions &out)
{
    m_embedder.study(id, std::move(texts), now, out);
}

void Gateway::compared(ExchangeId id,
                       const std::optional<cache::Alike> &alike,
                       Now now,
                       Actions &out)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end() || !found->second.exchange->isUndecided()) {
        return; // it has gone, or did not wait so long
    }
    const std::size_t before = out.size();
    Exchange &exchange = *found->second.exchange;
    decideAfterComparing(exchange, alike, now);
    exchange.decided(now, out);
    after(id, before, now, out);
}

/// As plan() does where a question is compared at once: a hit, or a decision.
void Gateway::decideAfterComparing(Exchange &exchange,
                                   const std::optional<cache::Alike> &alike,
                                   Now now)
{
    ExchangePlan &plan = exchange.plan();
    RequestRecord &record = exchange.record();
    const Undecided rest = *plan.undecided;
    plan.cache.hit = m_cache.compared(plan.cache, alike, *rest.route, record, now);
    if (!plan.cache.hit) {
        // By the configuration that it came under, as if it had been decided then.
        auto configuration = plan.configuration;
        std::swap(m_configuration, configuration);
        decide({plan.request, nullptr, plan.prompt, rest},
               {drawsFor(record), m_random.next()},
               record,
               now);
        std::swap(m_configuration, configuration);
        drawShadow(plan, *rest.route, record);
    }
    record.decision.cache = plan.cache.note;
}

/// Whether a request that has been decided is asked again.
void Gateway::drawShadow(ExchangePlan &plan,
                         const RouteSettings &route,
                         const RequestRecord &record)
{
    if (route.shadow && !plan.embeddings && !record.decision.candidates.empty()
        && canBeShadowed(plan.request) && isShadowed(record.decision.seed, route.shadow->share)) {
        plan.shadow = route.shadow->target;
    }
}

void Gateway::clientGone(ExchangeId id, Now now, Actions &out)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end()) {
        return;
    }
    const std::size_t before = out.size();
    Exchange &exchange = *found->second.exchange;
    const SingleFlight::Leaving left = m_cache.flights().leave(id);
    if (left.what == SingleFlight::Left::LeaderAwaited) {
        exchange.goOnForOthers(now);
    } else {
        exchange.onClientGone(now, out);
    }
    after(id, before, now, out);
    if (left.what == SingleFlight::Left::Abandoned && left.leader != id) {
        abandon(left.leader, now, out);
    }
}

/// Its client is gone: of what it does only the calls and the record are wanted.
void Gateway::withholdFromClient(ExchangeId id, std::size_t firstAction, Actions &out)
{
    const auto isForClient = [id](const Action &action) {
        const auto *answer = std::get_if<Respond>(&action);
        const auto *piece = std::get_if<SendBytes>(&action);
        const auto *end = std::get_if<EndStream>(&action);
        return (answer != nullptr && answer->exchange == id)
               || (piece != nullptr && piece->exchange == id)
               || (end != nullptr && end->exchange == id);
    };
    const auto first = out.begin() + static_cast<std::ptrdiff_t>(firstAction);
    out.erase(std::remove_if(first, out.end(), isForClient), out.end());
}

/// Nobody waits for \p id any more, whose own client has left before.
void Gateway::abandon(ExchangeId id, Now now, Actions &out)
{
    const auto found = m_exchanges.find(id);
    if (found != m_exchanges.end()) {
        const std::size_t before = out.size();
        found->second.exchange->onClientGone(now, out);
        after(id, before, now, out);
    }
}

/// \p id is over: those that waited for it get \p answer, or go their own way.
void Gateway::land(ExchangeId id,
                   const std::shared_ptr<const cache::CachedAnswer> &answer,
                   Now now,
                   Actions &out)
{
    const auto followers = m_cache.flights().land(id);
    for (const ExchangeId follower : m_shutDown ? std::vector<ExchangeId>() : followers) {
        const std::size_t before = out.size();
        m_exchanges.at(follower).exchange->onLanded(answer, now, out);
        keepBooks(follower, before, now, out);
    }
    const SingleFlight::Leaving left = m_cache.flights().leave(id); // it followed, and did not wait
    if (left.what == SingleFlight::Left::Abandoned && left.leader != id) {
        abandon(left.leader, now, out);
    }
}

CacheView Gateway::cacheView(const CacheQuery &query, Now now) const
{
    return m_cache.view(query, now);
}

} // namespace signalbox::gateway
