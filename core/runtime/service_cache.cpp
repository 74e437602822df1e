// SPDX-License-Identifier: Apache-2.0
// What a console in this process asks of the cache.
#include "core/runtime/cache/cache_desk.h"
#include "core/runtime/clock.h"
#include "core/runtime/service.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {
namespace {

/// Where a console's acts are audited, it is this.
constexpr const char *kConsole = "console";

} // namespace

void Service::cacheView(CacheQuery query, std::function<void(CacheView)> done)
{
    boost::asio::post(m_loop, [this, query = std::move(query), done = std::move(done)] {
        CacheDesk(m_loop, *m_gateway).view(query, done);
    });
}

void Service::evictCached(std::vector<std::string> ids, std::function<void(std::size_t)> done)
{
    boost::asio::post(m_loop, [this, ids = std::move(ids), done = std::move(done)] {
        std::size_t evicted = 0;
        for (const std::string &id : ids) {
            if (m_gateway->cache().evict(id)) {
                ++evicted;
                m_ledger.submitAudit(
                    {0, readClock().system, kConsole, "cache.evict", id, {}, "1 entry"});
            }
        }
        done(evicted);
    });
}

void Service::evictCached(CacheFilter filter, std::function<void(std::size_t)> done)
{
    boost::asio::post(m_loop, [this, filter = std::move(filter), done = std::move(done)] {
        CacheDesk(m_loop, *m_gateway).evict(filter, [this, done](std::size_t evicted) {
            const std::string detail = std::to_string(evicted) + " entries";
            m_ledger.submitAudit(
                {0, readClock().system, kConsole, "cache.evict", "filter", {}, detail});
            done(evicted);
        });
    });
}

void Service::pinCached(std::string id, bool pinned, std::function<void(bool)> done)
{
    boost::asio::post(m_loop, [this, id = std::move(id), pinned, done = std::move(done)] {
        const bool known = m_gateway->cache().pin(id, pinned);
        if (known) {
            const char *action = pinned ? "cache.pin" : "cache.unpin";
            m_ledger.submitAudit({0, readClock().system, kConsole, action, id, {}, {}});
        }
        done(known);
    });
}

bool Service::evaluateCache(std::function<void(CacheEvaluation)> done)
{
    return m_evaluator.evaluate(std::nullopt, std::move(done));
}

} // namespace signalbox::runtime
