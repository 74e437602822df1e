// SPDX-License-Identifier: Apache-2.0
// What operators see of the cache, and what they do to it.
#include "core/base/text.h"
#include "core/gateway/answer_cache.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace signalbox::gateway {

using namespace cache;

namespace {

constexpr std::size_t kQuestionShownMax = 200; ///< characters

/// At most so many characters of \p text, none of them cut.
std::string beginning(const std::string &text, std::size_t most)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < most && at < text.size(); ++i) {
        static_cast<void>(nextCodePoint(text, at));
    }
    return text.substr(0, at);
}

bool contains(const std::string &text, const std::string &lowered)
{
    const auto same = [](char a, char b) { return toLowerAscii(a) == b; };
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), same) != text.end()
           || lowered.empty();
}

/// Whether \p filter means \p kept; its text must be in lower case.
bool matches(const ExactStore::Kept &kept, const CacheFilter &filter, SteadyTime now)
{
    const CachedAnswer &answer = *kept.answer;
    return (!filter.route || *filter.route == answer.route)
           && (!filter.model || *filter.model == answer.target.model())
           && (!filter.client || *filter.client == answer.client)
           && (!filter.olderThan || now - kept.since > *filter.olderThan)
           && (!filter.hitsAtMost || kept.standing.hits <= *filter.hitsAtMost)
           && (!filter.text || contains(answer.question, *filter.text));
}

using Kept = ExactStore::Kept;
using Found = CacheWalk::Found;

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

/// Whether \p a stands before \p b; of equals the newer first.
bool comesBefore(CacheOrder order, const Found &a, const Found &b)
{
    switch (order) {
    case CacheOrder::Oldest:
        return std::pair(a.since, a.key) < std::pair(b.since, b.key);
    case CacheOrder::MostHits:
        if (a.hits != b.hits) {
            return a.hits > b.hits;
        }
        break;
    case CacheOrder::MostSaved:
        if (a.saved != b.saved) {
            return a.saved > b.saved;
        }
        break;
    case CacheOrder::Largest:
        if (a.bytes != b.bytes) {
            return a.bytes > b.bytes;
        }
        break;
    case CacheOrder::Newest:
        break;
    }
    return std::pair(a.since, a.key) > std::pair(b.since, b.key);
}

/// The first \p most of \p found, in their order.
void sortFirst(std::vector<Found> &found, std::size_t most, CacheOrder order)
{
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
    std::partial_sort(found.begin(), middle, found.end(), [order](const Found &a, const Found &b) {
        return comesBefore(order, a, b);
    });
    found.erase(middle, found.end());
}

/// Begins it anew where all are in other places by now.
void keepUp(CacheWalk &walk, const ExactStore &store)
{
    if (walk.places != store.places()) {
        walk.places = store.places();
        walk.next = 0;
        walk.matching = 0;
        walk.found.clear();
    }
}

CacheEntry entryOf(const Kept &kept, Millis lifetime, Now now)
{
    const CachedAnswer &answer = *kept.answer;
    CacheEntry entry;
    entry.id = kept.key.toHex();
    entry.requestId = answer.requestId;
    entry.route = answer.route;
    entry.client = answer.client;
    entry.target = answer.target;
    entry.question = beginning(answer.question, kQuestionShownMax);
    entry.made = answer.made;
    entry.usedLast = kept.standing.usedLast;
    entry.expires = now.system
                    + std::chrono::duration_cast<Micros>(kept.since + lifetime - now.steady);
    entry.hits = kept.standing.hits;
    entry.saved = kept.standing.saved;
    entry.bytes = kept.bytes;
    entry.pinned = kept.standing.pinned;
    return entry;
}

} // namespace

CacheWalk::CacheWalk(CacheQuery asked)
    : query(std::move(asked))
{
    if (query.filter.text) {
        query.filter.text = toLowerAscii(*query.filter.text);
    }
}

CacheView AnswerCache::view(CacheWalk walk, Now now) const
{
    CacheView view;
    const CacheSettings &cache = settings();
    view.mode = toString(cache.mode);
    for (const RouteSettings &route : m_configuration->routes) {
        if (cache.mode == CacheMode::Off
            && route.cache.value_or(CacheMode::Off) != CacheMode::Off) {
            view.routesOn.push_back(route.name);
        }
    }
    view.threshold = cache.threshold;
    view.embedder = cache.embedder ? cache.embedder->name() : "local";
    view.trouble = m_trouble;
    view.shared = cache.shareClients;
    view.lifetime = cache.lifetime;
    view.entriesMax = cache.entriesMax;
    view.bytesMax = cache.bytesMax;
    view.entryCount = m_store.size();
    view.bytes = m_store.bytes();
    view.totals = m_totals;
    view.totals.evicted = m_store.counts().evicted;
    for (const auto &[provider, share] : m_promptCaches) {
        view.promptCaches.push_back(share);
    }
    view.nearMisses.assign(m_nearMisses.begin(), m_nearMisses.end());

    view.matching = walk.matching;
    sortFirst(walk.found, walk.query.offset + walk.query.limit, walk.query.order);
    for (std::size_t i = walk.query.offset; i < walk.found.size(); ++i) {
        if (const Kept *kept = m_store.look(walk.found[i].key)) {
            view.entries.push_back(entryOf(*kept, cache.lifetime, now));
        }
    }
    return view;
}

CacheView AnswerCache::view(const CacheQuery &query, Now now) const
{
    CacheWalk walk(query);
    look(walk, kAll, now);
    return view(std::move(walk), now);
}

void AnswerCache::look(CacheWalk &walk, std::size_t most, Now now) const
{
    keepUp(walk, m_store);
    const std::size_t wanted = walk.query.offset + walk.query.limit;
    m_store.forPlaces(walk.next, most, [&](const Kept &kept) {
        if (!matches(kept, walk.query.filter, now.steady)) {
            return;
        }
        ++walk.matching;
        walk.found.push_back(
            {kept.key, kept.since, kept.standing.hits, kept.standing.saved, kept.bytes});
        if (walk.found.size() > 2 * wanted + 1000) {
            sortFirst(walk.found, wanted, walk.query.order);
        }
    });
    walk.next += std::min(most, walk.places - walk.next);
    walk.over = walk.next >= walk.places;
}

std::size_t AnswerCache::evictSome(CacheWalk &walk, std::size_t most, Now now)
{
    keepUp(walk, m_store);
    std::vector<Digest> keys;
    m_store.forPlaces(walk.next, most, [&](const Kept &kept) {
        if (matches(kept, walk.query.filter, now.steady)) {
            keys.push_back(kept.key);
        }
    });
    for (const Digest &key : keys) {
        m_store.erase(key);
    }
    walk.next += std::min(most, walk.places - walk.next);
    walk.over = walk.next >= walk.places;
    return keys.size();
}

std::size_t AnswerCache::evict(const CacheFilter &filter, Now now)
{
    CacheWalk walk(CacheQuery{.filter = filter});
    return evictSome(walk, kAll, now);
}

bool AnswerCache::evict(std::string_view id)
{
    const auto key = Digest::fromHex(id);
    return key && m_store.erase(*key);
}

bool AnswerCache::pin(std::string_view id, bool pinned)
{
    const auto key = Digest::fromHex(id);
    const bool known = key && m_store.pin(*key, pinned);
    if (known) {
        changed(*key, false);
    }
    return known;
}

} // namespace signalbox::gateway
