// SPDX-License-Identifier: Apache-2.0
// What of the cache is to outlive the program: told as changes, and brought back.
#include "core/gateway/answer_cache.h"

#include <algorithm>

namespace signalbox::gateway {

using namespace cache;

bool AnswerCache::isOn() const
{
    const auto on = [this](const RouteSettings &route) {
        return route.cache.value_or(settings().mode) != CacheMode::Off;
    };
    return settings().mode != CacheMode::Off || std::ranges::any_of(m_configuration->routes, on);
}

bool AnswerCache::restore(const KeptAnswer &kept, Now now)
{
    const CachedAnswer &answer = *kept.answer;
    // A clock that was set back meanwhile must not make an answer younger than new.
    const Micros age = std::max(Micros(0), now.system - answer.made);
    m_putting = kept.answer.get();
    const bool restored =
        m_store.restore(kept.key, kept.answer, kept.standing, now.steady - age, now.steady);
    m_putting = nullptr;
    if (!restored) {
        return false;
    }
    index(kept.key, kept.answer);
    return true;
}

void AnswerCache::changed(const Digest &key, bool whole)
{
    if (m_tells) {
        m_changed[key] |= whole;
    }
}

void AnswerCache::tellAll()
{
    m_changed.clear();
    m_store.forEach([this](const ExactStore::Kept &kept) { m_changed[kept.key] = true; });
}

std::vector<CacheChange> AnswerCache::takeChanges()
{
    std::vector<CacheChange> changes;
    changes.reserve(m_changed.size());
    for (const auto &[key, whole] : m_changed) {
        CacheChange &change = changes.emplace_back();
        change.key = key;
        change.whole = whole;
        if (const ExactStore::Kept *kept = m_store.look(key)) {
            change.kept = KeptAnswer{key, kept->answer, kept->standing};
        }
    }
    m_changed.clear();
    return changes;
}

} // namespace signalbox::gateway
