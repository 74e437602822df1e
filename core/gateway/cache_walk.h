// SPDX-License-Identifier: Apache-2.0
// Looking at all that is kept of answers, a part at a time.
#pragma once

#include "core/cache/digest.h"
#include "core/domain/cache_view.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace signalbox::gateway {

/// How far somebody has come who looks at all of the cache, and what he has found: AnswerCache::look() and
/// evictSome() take it further. What comes or goes meanwhile may be among it or not.
struct CacheWalk
{
    /// What an entry is put in order by.
    struct Found
    {
        cache::Digest key;
        SteadyTime since{};
        std::uint64_t hits = 0;
        Money saved;
        std::size_t bytes = 0;
    };

    explicit CacheWalk(CacheQuery asked);

    CacheQuery query; ///< its text in lower case
    std::size_t next = 0; ///< of the store's places
    std::size_t places = 0; ///< when it was begun: with more it begins anew
    std::size_t matching = 0;
    std::vector<Found> found; ///< the first of them, as many as are asked for, or more
    bool over = false;
};

} // namespace signalbox::gateway
