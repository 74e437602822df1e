// SPDX-License-Identifier: Apache-2.0
// What operators see of the cache, and what they do to it.
#include "core/base/text.h"
#include "core/gateway/answer_cache.h"

#include <algorithm>
#include <functional>

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

CacheFilter lowered(CacheFilter filter)
{
    if (filter.text) {
        filter.text = toLowerAscii(*filter.text);
    }
    return filter;
}

using Kept = ExactStore::Kept;

/// Whether \p a stands before \p b; of equals the newer first.
bool comesBefore(CacheOrder order, const Kept &a, const Kept &b)
{
    switch (order) {
    case CacheOrder::Oldest:
        return a.since < b.since;
    case CacheOrder::MostHits:
        if (a.standing.hits != b.standing.hits) {
            return a.standing.hits > b.standing.hits;
        }
        break;
    case CacheOrder::MostSaved:
        if (a.standing.saved != b.standing.saved) {
            return a.standing.saved > b.standing.saved;
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
    return a.since > b.since;
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

CacheView AnswerCache::view(const CacheQuery &query, Now now) const
{
    CacheView view;
    const CacheSettings &cache = settings();
    view.mode = toString(cache.mode);
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

    const CacheFilter filter = lowered(query.filter);
    std::vector<const Kept *> matching;
    m_store.forEach([&](const Kept &kept) {
        if (matches(kept, filter, now.steady)) {
            matching.push_back(&kept);
        }
    });
    view.matching = matching.size();
    const std::size_t end = std::min(matching.size(), query.offset + query.limit);
    const auto middle = matching.begin() + static_cast<std::ptrdiff_t>(end);
    std::partial_sort(matching.begin(), middle, matching.end(), [&](const Kept *a, const Kept *b) {
        return comesBefore(query.order, *a, *b);
    });
    for (std::size_t i = query.offset; i < end; ++i) {
        view.entries.push_back(entryOf(*matching[i], cache.lifetime, now));
    }
    return view;
}

std::size_t AnswerCache::evict(const CacheFilter &filter, Now now)
{
    const CacheFilter wanted = lowered(filter);
    std::vector<Digest> keys;
    m_store.forEach([&](const Kept &kept) {
        if (matches(kept, wanted, now.steady)) {
            keys.push_back(kept.key);
        }
    });
    for (const Digest &key : keys) {
        m_store.erase(key);
    }
    return keys.size();
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
