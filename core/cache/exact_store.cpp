// SPDX-License-Identifier: Apache-2.0
#include "core/cache/exact_store.h"

#include <iterator>
#include <utility>

namespace signalbox::cache {
namespace {

/// The entry itself, its places in two lists and in the table.
constexpr std::size_t kEntryBytes = 256;

} // namespace

ExactStore::ExactStore(StoreSettings settings)
    : m_settings(settings)
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
    const auto age = std::chrono::duration_cast<Millis>(now - entry->since);
    if (age >= m_settings.lifetime + m_settings.staleFor) {
        ++m_counts.expired;
        drop(entry);
        return std::nullopt;
    }
    m_byUse.splice(m_byUse.begin(), m_byUse, entry);
    return Found{entry->answer, age, age >= m_settings.lifetime};
}

bool ExactStore::put(const Digest &key, Answer answer, SteadyTime now)
{
    erase(key);
    expire(now);
    const std::size_t bytes = answer->bytes();
    if (bytes > m_settings.answerBytesMax || bytes + kEntryBytes > m_settings.bytesMax
        || m_settings.entriesMax == 0) {
        ++m_counts.refused;
        return false;
    }
    m_byUse.push_front({key, std::move(answer), bytes + kEntryBytes, now, {}});
    m_byUse.front().byAge = m_byAge.insert(m_byAge.end(), m_byUse.begin());
    m_entries[key] = m_byUse.begin();
    m_bytes += bytes + kEntryBytes;
    makeRoom();
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
    m_entries.clear();
    m_byAge.clear();
    m_byUse.clear();
    m_bytes = 0;
}

void ExactStore::expire(SteadyTime now)
{
    while (!m_byAge.empty()
           && now - m_byAge.front()->since >= m_settings.lifetime + m_settings.staleFor) {
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

void ExactStore::drop(Entries::iterator entry)
{
    m_bytes -= entry->bytes;
    m_byAge.erase(entry->byAge);
    m_entries.erase(entry->key);
    m_byUse.erase(entry);
}

void ExactStore::makeRoom()
{
    while (m_entries.size() > m_settings.entriesMax || m_bytes > m_settings.bytesMax) {
        ++m_counts.evicted;
        drop(std::prev(m_byUse.end()));
    }
}

} // namespace signalbox::cache
