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
                           .strict = considered.strict,
                           .route = *considered.route,
                           .record = record},
                          now);
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
