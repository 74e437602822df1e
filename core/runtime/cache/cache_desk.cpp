// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/cache_desk.h"

#include "core/runtime/clock.h"

#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

namespace signalbox::runtime {

using gateway::CacheWalk;

namespace {

/// Places of a turn: of looking, and of clearing out, which takes longer.
constexpr std::size_t kLookedAt = 256;
constexpr std::size_t kCleared = 64;

/// One turn after another, until \p turn says that it was the last.
void inTurns(boost::asio::io_context &loop, std::function<bool()> turn)
{
    boost::asio::post(loop, [&loop, turn = std::move(turn)]() mutable {
        if (!turn()) {
            inTurns(loop, std::move(turn));
        }
    });
}

} // namespace

void CacheDesk::view(CacheQuery query, std::function<void(CacheView)> done) const
{
    auto walk = std::make_shared<CacheWalk>(std::move(query));
    inTurns(m_loop, [&gateway = m_gateway, walk, done = std::move(done)] {
        gateway.cache().look(*walk, kLookedAt, readClock());
        if (walk->over) {
            done(gateway.cache().view(std::move(*walk), readClock()));
            return true;
        }
        return false;
    });
}

void CacheDesk::evict(CacheFilter filter, std::function<void(std::size_t)> done) const
{
    auto walk = std::make_shared<CacheWalk>(CacheQuery{.filter = std::move(filter)});
    inTurns(m_loop,
            [&gateway = m_gateway,
             walk,
             done = std::move(done),
             evicted = std::size_t(0)]() mutable {
                evicted += gateway.cache().evictSome(*walk, kCleared, readClock());
                if (walk->over) {
                    done(evicted);
                }
                return walk->over;
            });
}

} // namespace signalbox::runtime
