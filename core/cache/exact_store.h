// SPDX-License-Identifier: Apache-2.0
// Answers by the digest of their request: bounded in entries, bytes and time.
#pragma once

#include "core/base/time.h"
#include "core/cache/cached_answer.h"
#include "core/cache/digest.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>

namespace signalbox::cache {

struct StoreSettings
{
    std::size_t entriesMax = 100'000;
    std::size_t bytesMax = std::size_t{256} << 20U; ///< of answers and what keeps them
    std::size_t answerBytesMax = std::size_t{1} << 20U; ///< larger ones are not kept
    Millis lifetime{86'400'000}; ///< fresh for so long
    /// After it an answer may still serve in place of an error or a long wait (RFC 5861), for so
    /// long.
    Millis staleFor{86'400'000};

    friend bool operator==(const StoreSettings &, const StoreSettings &) = default;
};

struct StoreCounts
{
    std::uint64_t evicted = 0; ///< for want of room
    std::uint64_t expired = 0;
    std::uint64_t refused = 0; ///< larger than answerBytesMax

    friend bool operator==(const StoreCounts &, const StoreCounts &) = default;
};

/// What became of an answer since it is kept.
struct Standing
{
    std::uint64_t hits = 0;
    Money saved; ///< by those whose cost is known
    std::optional<SystemTime> usedLast;
    bool pinned = false; ///< neither makes room nor expires

    friend bool operator==(const Standing &, const Standing &) = default;
};

/// The least recently used answer makes room. Not for several threads.
class ExactStore
{
public:
    using Answer = std::shared_ptr<const CachedAnswer>;
    /// Told of each answer that is not kept any more, whatever the reason, before it is gone.
    using Gone = std::function<void(const Digest &key)>;
    struct Found
    {
        Answer answer;
        Millis age{0};
        bool stale = false; ///< past its lifetime
    };
    struct Kept
    {
        Digest key;
        Answer answer;
        Standing standing;
        SteadyTime since{};
        std::size_t bytes = 0;
    };

    explicit ExactStore(StoreSettings settings, Gone gone = {});

    /// A fresh answer; it counts as used. \p now must not go backwards, here and below.
    [[nodiscard]] std::optional<Found> find(const Digest &key, SteadyTime now);
    /// One that is past its lifetime will do as well.
    [[nodiscard]] std::optional<Found> findStale(const Digest &key, SteadyTime now);
    /// Keeps \p answer in place of an earlier one. False when it is too large: the earlier one is
    /// gone all the same, for it is no longer the answer.
    bool put(const Digest &key, Answer answer, SteadyTime now);
    /// Keeps one that was kept before, \p since then. To be called in the order of that, and before
    /// any put(). False when there is no room for it, or its time is over.
    bool restore(const Digest &key,
                 Answer answer,
                 const Standing &standing,
                 SteadyTime since,
                 SteadyTime now);
    /// The answer of \p key was given again at \p at, which saved \p saved.
    void countHit(const Digest &key, const Cost &saved, SystemTime at);
    /// False when there is none.
    bool pin(const Digest &key, bool pinned);
    /// False when there was none.
    bool erase(const Digest &key);
    void clear();
    /// Drops what not even findStale() would give; put() does so too.
    void expire(SteadyTime now);
    /// Other bounds and times, for what is kept already as well.
    void configure(StoreSettings settings, SteadyTime now);

    /// The pinned ones first, then those used last. \p see must not change anything.
    template <typename See>
    void forEach(See see) const
    {
        for (const Entries *entries : {&m_pinned, &m_byUse}) {
            for (const Entry &entry : *entries) {
                see(entry.kept);
            }
        }
    }
    /// Those at \p count of the places() from \p from on, in no order: all of them by and by. \p see must not
    /// change anything.
    template <typename See>
    void forPlaces(std::size_t from, std::size_t count, See see) const
    {
        const std::size_t end = from + std::min(count, places() - std::min(from, places()));
        for (std::size_t place = from; place < end; ++place) {
            for (auto at = m_entries.begin(place); at != m_entries.end(place); ++at) {
                see(at->second->kept);
            }
        }
    }
    /// Grows with what is kept, now and then; all are in other places then.
    [[nodiscard]] std::size_t places() const { return m_entries.bucket_count(); }
    /// Null when there is none.
    [[nodiscard]] const Kept *look(const Digest &key) const;
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] const StoreSettings &settings() const { return m_settings; }
    [[nodiscard]] const StoreCounts &counts() const { return m_counts; }

private:
    struct Entry;
    using Entries = std::list<Entry>;
    struct Entry
    {
        Kept kept;
        std::list<Entries::iterator>::iterator byAge; ///< of one that is not pinned
    };

    void insert(Kept kept);
    void drop(Entries::iterator entry);
    void makeRoom();

    StoreSettings m_settings;
    Gone m_gone;
    Entries m_byUse; ///< the one used last in front
    Entries m_pinned;
    std::list<Entries::iterator> m_byAge; ///< the oldest in front
    std::unordered_map<Digest, Entries::iterator> m_entries;
    std::size_t m_bytes = 0;
    StoreCounts m_counts;
};

} // namespace signalbox::cache
