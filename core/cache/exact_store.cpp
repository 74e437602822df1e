// SPDX-License-Identifier: Apache-2.0
#include "core/cache/exact_store.h"

#include <iterator>
#include <utility>

namespace signalbox::cache {
namespace {

/// The entry itself, its places in two lists and in the table.
constexpr std::size_t kEntryBytes = 320;

} // namespace

ExactStore::ExactStore(StoreSettings settings, Gone gone)
    : m_settings(settings)
    , m_gone(std::move(gone))
{}

std::optional<ExactStore::Found> ExactStore::find(const Digest &key, SteadyTime now)
{
    auto found = findStale(key, now);
    return found && !found->stale ? std::move(found) : std::nullopt;
}

std::optional<ExactStore::Found> ExactStore::findStale(const Digest &key, SteadyTime now)
{
    const auto place = m_entries.find(key);
    if (place == m_entries.end()) {
        return std::nullopt;
    }
    const auto entry = place->second;
    const Kept &kept = entry->kept;
    const auto age = std::chrono::duration_cast<Millis>(now - kept.since);
    if (kept.standing.pinned) {
        return Found{kept.answer, age, false};
    }
    if (age >= m_settings.lifetime + m_settings.staleFor) {
        ++m_counts.expired;
        drop(entry);
        return std::nullopt;
    }
    m_byUse.splice(m_byUse.begin(), m_byUse, entry);
    return Found{kept.answer, age, age >= m_settings.lifetime};
}

bool ExactStore::put(const Digest &key, Answer answer, SteadyTime now)
{
    const Kept *before = look(key);
    const bool pinned = before != nullptr && before->standing.pinned;
    erase(key);
    return restore(key, std::move(answer), {}, now, now) && (!pinned || pin(key, true));
}

bool ExactStore::restore(
    const Digest &key, Answer answer, const Standing &standing, SteadyTime since, SteadyTime now)
{
    expire(now);
    const std::size_t bytes = answer->bytes() + kEntryBytes;
    if (answer->bytes() > m_settings.answerBytesMax || bytes > m_settings.bytesMax
        || m_settings.entriesMax == 0) {
        ++m_counts.refused;
        return false;
    }
    if (!standing.pinned && now - since >= m_settings.lifetime + m_settings.staleFor) {
        ++m_counts.expired;
        return false;
    }
    insert({key, std::move(answer), standing, since, bytes});
    makeRoom();
    return m_entries.contains(key); // what is pinned may leave no room
}

void ExactStore::countHit(const Digest &key, const Cost &saved, SystemTime at)
{
    const auto place = m_entries.find(key);
    if (place != m_entries.end()) {
        Standing &standing = place->second->kept.standing;
        ++standing.hits;
        standing.saved += saved.amount.value_or(Money());
        standing.usedLast = at;
    }
}

bool ExactStore::pin(const Digest &key, bool pinned)
{
    const auto place = m_entries.find(key);
    if (place == m_entries.end()) {
        return false;
    }
    const auto entry = place->second;
    if (std::exchange(entry->kept.standing.pinned, pinned) == pinned) {
        return true;
    }
    if (pinned) {
        m_byAge.erase(entry->byAge);
        m_pinned.splice(m_pinned.begin(), m_byUse, entry);
        return true;
    }
    m_byUse.splice(m_byUse.begin(), m_pinned, entry);
    auto later = m_byAge.begin(); // an operator's act: it may take a while
    while (later != m_byAge.end() && (*later)->kept.since <= entry->kept.since) {
        ++later;
    }
    entry->byAge = m_byAge.insert(later, entry);
    return true;
}

bool ExactStore::erase(const Digest &key)
{
    const auto place = m_entries.find(key);
    if (place == m_entries.end()) {
        return false;
    }
    drop(place->second);
    return true;
}

void ExactStore::clear()
{
    while (!m_entries.empty()) {
        drop(m_entries.begin()->second);
    }
}

void ExactStore::expire(SteadyTime now)
{
    while (!m_byAge.empty()
           && now - m_byAge.front()->kept.since >= m_settings.lifetime + m_settings.staleFor) {
        ++m_counts.expired;
        drop(m_byAge.front());
    }
}

void ExactStore::configure(StoreSettings settings, SteadyTime now)
{
    m_settings = settings;
    expire(now);
    makeRoom();
}

const ExactStore::Kept *ExactStore::look(const Digest &key) const
{
    const auto place = m_entries.find(key);
    return place == m_entries.end() ? nullptr : &place->second->kept;
}

void ExactStore::insert(Kept kept)
{
    Entries &entries = kept.standing.pinned ? m_pinned : m_byUse;
    m_bytes += kept.bytes;
    entries.push_front({std::move(kept), {}});
    const auto entry = entries.begin();
    if (!entry->kept.standing.pinned) {
        entry->byAge = m_byAge.insert(m_byAge.end(), entry);
    }
    m_entries[entry->kept.key] = entry;
}

void ExactStore::drop(Entries::iterator entry)
{
    if (m_gone) {
        m_gone(entry->kept.key);
    }
    m_bytes -= entry->kept.bytes;
    m_entries.erase(entry->kept.key);
    if (entry->kept.standing.pinned) {
        m_pinned.erase(entry);
        return;
    }
    m_byAge.erase(entry->byAge);
    m_byUse.erase(entry);
}

void ExactStore::makeRoom()
{
    while (!m_byUse.empty()
           && (m_entries.size() > m_settings.entriesMax || m_bytes > m_settings.bytesMax)) {
        ++m_counts.evicted;
        drop(std::prev(m_byUse.end()));
    }
}

} // namespace signalbox::cache
