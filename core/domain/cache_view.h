// SPDX-License-Identifier: Apache-2.0
// What operators see of the cache and what they can ask of it: values for the admin API and the console.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/ids.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// Since the gateway's start.
struct CacheTotals
{
    std::uint64_t lookups = 0; ///< requests that could have been answered: a hit rate's denominator
    std::uint64_t exactHits = 0;
    std::uint64_t semanticHits = 0;
    std::uint64_t staleHits = 0; ///< counted here alone, however they were found
    std::uint64_t shared =
        0; ///< waited for an equal request in the air; among the lookups, no hits
    std::uint64_t notCacheable =
        0; ///< requests that were not looked up: tools, pictures, temperature ...
    std::uint64_t vetoed = 0; ///< alike enough, but something spoke against it
    std::uint64_t evicted = 0; ///< for want of room
    /// What the answers that were given again had cost when they were bought, shared ones included.
    Money saved;
    std::uint64_t unpricedHits = 0; ///< of these, those that saved nobody knows how much
    Millis waitSaved{0}; ///< what they had taken, less what giving them again took

    [[nodiscard]] std::uint64_t hits() const { return exactHits + semanticHits + staleHits; }
    friend bool operator==(const CacheTotals &, const CacheTotals &) = default;
};

/// What a provider's own prompt cache did, since the gateway's start.
struct PromptCacheShare
{
    std::string provider;
    std::uint64_t promptTokens = 0;
    std::uint64_t cachedTokens = 0; ///< of promptTokens

    friend bool operator==(const PromptCacheShare &, const PromptCacheShare &) = default;
};

/// An answer that is kept.
struct CacheEntry
{
    std::string id; ///< hex of the request's digest; what evicting and pinning take
    std::string requestId; ///< of the request that it was made for
    std::string route;
    std::string client; ///< empty: kept for all clients
    TargetId target; ///< that made the answer
    std::string question; ///< the beginning of the last user message, at most 200 characters
    SystemTime made{};
    std::optional<SystemTime> usedLast;
    SystemTime expires{}; ///< past it the entry serves as a stale one only
    std::uint64_t hits = 0;
    Money saved;
    std::size_t bytes = 0;
    bool pinned = false; ///< neither makes room nor expires

    friend bool operator==(const CacheEntry &, const CacheEntry &) = default;
};

/// Two questions that were alike and were kept apart, or not alike enough by a little.
struct CacheNearMiss
{
    std::string requestId; ///< that was not answered from the cache
    SystemTime at{};
    std::string route;
    std::string asked; ///< its question
    std::string kept; ///< the question of the kept answer
    std::string entry; ///< CacheEntry::id, which may be gone by now
    double likeness = 0; ///< 0..1
    std::vector<std::string> vetoes; ///< names as in the record; empty: below the threshold

    friend bool operator==(const CacheNearMiss &, const CacheNearMiss &) = default;
};

/// Which entries are meant; every condition that is set must hold.
struct CacheFilter
{
    std::optional<std::string> route;
    std::optional<std::string> model; ///< of the target that made the answer
    std::optional<std::string> client;
    std::optional<std::string> text; ///< in the question, letters' case aside
    std::optional<Millis> olderThan; ///< since it was made
    std::optional<std::uint64_t> hitsAtMost;

    friend bool operator==(const CacheFilter &, const CacheFilter &) = default;
};

enum class CacheOrder : std::uint8_t {
    Newest,
    Oldest,
    MostHits,
    MostSaved,
    Largest
};

struct CacheQuery
{
    CacheFilter filter;
    CacheOrder order = CacheOrder::Newest;
    std::size_t limit = 100; ///< 1..1000
    std::size_t offset = 0;

    friend bool operator==(const CacheQuery &, const CacheQuery &) = default;
};

/// The cache as it is now.
struct CacheView
{
    std::string mode; ///< as configured: "off", "exact" or "semantic"
    std::vector<std::string> routesOn; ///< routes that have one while \a mode is off
    double threshold = 0; ///< of likeness, 0..1
    std::string embedder; ///< "local" or a target
    std::string trouble; ///< why it does less than configured, for people; empty: it does not
    bool shared = false; ///< between clients
    Millis lifetime{0};
    std::size_t entriesMax = 0;
    std::size_t bytesMax = 0;
    std::size_t entryCount = 0; ///< of all
    std::size_t bytes = 0;
    std::size_t matching = 0; ///< entries that the query's filter lets pass
    CacheTotals totals;
    std::vector<PromptCacheShare> promptCaches;
    std::vector<CacheEntry> entries; ///< one page of those that match
    std::vector<CacheNearMiss> nearMisses; ///< the newest first, at most 200

    /// No route has one.
    [[nodiscard]] bool isOff() const { return mode == "off" && routesOn.empty(); }
    friend bool operator==(const CacheView &, const CacheView &) = default;
};

/// What the labelled pairs say about a threshold.
struct CacheThreshold
{
    double threshold = 0; ///< 0..1
    double precision = 0; ///< hits that are right, of all hits; 1 where there are none
    double recall = 0; ///< pairs that mean the same and hit, of all that do
    double falseHits = 0; ///< pairs that do not mean the same and hit, of all that do not
    double falseHitsUnvetoed = 0; ///< the same without vetoes: what they are worth

    friend bool operator==(const CacheThreshold &, const CacheThreshold &) = default;
};

struct CacheEvaluation
{
    std::string embedder;
    std::size_t same = 0; ///< pairs that mean the same
    std::size_t different = 0;
    std::vector<CacheThreshold> thresholds; ///< ascending
    std::optional<double> recommended; ///< the lowest without a false hit; none: each has some

    friend bool operator==(const CacheEvaluation &, const CacheEvaluation &) = default;
};

} // namespace signalbox
