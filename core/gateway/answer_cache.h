// SPDX-License-Identifier: Apache-2.0
// The gateway's cache: which requests it looks up, what it gives again, who waits for whom, and what
// operators see of it. What is the same and what is kept is core/cache's.
#pragma once

#include "core/cache/cache_key.h"
#include "core/cache/exact_store.h"
#include "core/cache/semantic_index.h"
#include "core/cache/single_flight.h"
#include "core/domain/cache_view.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/gateway/cache_walk.h"
#include "core/gateway/ports.h"
#include "core/telemetry/live_state.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace signalbox::gateway {

/// An answer that can be given again.
struct CacheHit
{
    cache::Digest key; ///< of its own request
    std::shared_ptr<const cache::CachedAnswer> answer;
    Millis age{0};
    bool exact = true; ///< else its question means the same
    std::optional<double> likeness = {}; ///< of one that is not exact
};

/// What the cache knows of one request.
struct CachePlan
{
    std::optional<cache::CacheKey> key; ///< nothing: neither looked up nor kept
    bool compares = false; ///< by meaning, too
    /// It is yet to be compared, where its scope is kept: toCompare(), then compared().
    bool waits = false;
    Millis patience{0}; ///< for that
    std::string_view whyNot = {}; ///< it may come to nothing, as the record says it; a literal
    bool wantsPoint = false; ///< by a target's embedder, before it can be compared
    /// Of its question, by a target's embedder; null: by the built-in one.
    std::shared_ptr<const cache::Embedding> point = {};
    std::string embedder = {}; ///< that made it
    std::string scope = {}; ///< the client it is kept for; empty: all
    std::string verdict = "off"; ///< as RequestRecord::cache says it
    std::optional<CacheNote> note = {}; ///< nothing: no cache is configured
    std::optional<CacheHit> hit = {};
    /// Of an answer to a question that means nearly the same, or the same a while ago: it may stand in.
    std::optional<cache::Digest> alike = {};
    double likeness = 0; ///< of that one
};

/// An answer as it is kept beyond the program.
struct KeptAnswer
{
    cache::Digest key;
    std::shared_ptr<const cache::CachedAnswer> answer;
    cache::Standing standing;
};

/// What became of one key since it was told last.
struct CacheChange
{
    cache::Digest key;
    std::optional<KeptAnswer> kept; ///< nothing: it is not kept any more
    bool whole = true; ///< the answer, too; else its standing alone
};

/// What of a request the cache looks at.
struct CacheQuestion
{
    const ChatRequest &request;
    bool isChat = true;
    bool bypass = false; ///< `x-signalbox-cache: bypass`
    bool strict = false;
    const RouteSettings &route; ///< or one made for a target
    const RequestRecord &record; ///< ids, client, route, facts
};

/// A scope is compared on the gateway's thread up to so many bytes of points: some 0.1 ms. A larger one
/// is kept elsewhere, where comparing holds nobody up.
inline constexpr std::size_t kScopeBytesHereMax = std::size_t{512} * cache::kEmbeddingSize;

/// Lives on the gateway's thread. \p now must not go backwards.
class AnswerCache
{
public:
    AnswerCache();
    AnswerCache(const AnswerCache &) = delete;
    AnswerCache &operator=(const AnswerCache &) = delete;

    void configure(std::shared_ptr<const Configuration> configuration, Now now);

    /// Whether \p target may answer for \p route as it is now: what one that has left it said is not
    /// what the route says.
    [[nodiscard]] static bool serves(const RouteSettings &route, const TargetId &target);
    /// Looks the request up, and counts that. A hit is counted when it is given.
    [[nodiscard]] CachePlan lookUp(const CacheQuestion &question, Now now);
    /// What \p plan's question is like, as its point is known now; nothing: its scope is kept elsewhere.
    [[nodiscard]] std::optional<cache::Alike> compareHere(const CachePlan &plan) const;
    /// How \p plan's question is compared elsewhere. \pre plan.waits
    [[nodiscard]] CompareQuestion toCompare(ExchangeId id, const CachePlan &plan) const;
    /// What comparing elsewhere came to, for the request of \p record; nothing: it could not be done in
    /// time. The same may have been answered meanwhile.
    [[nodiscard]] std::optional<CacheHit> compared(CachePlan &plan,
                                                   const std::optional<cache::Alike> &alike,
                                                   const RouteSettings &route,
                                                   RequestRecord &record,
                                                   Now now);
    /// An answer to \p plan's request that is past its lifetime, or fresh by now; else one that is alike,
    /// where answers past their lifetime are wanted at all.
    [[nodiscard]] std::optional<CacheHit> standIn(const CachePlan &plan,
                                                  const RouteSettings *route,
                                                  Now now);
    /// \p hit was given in place of a call, \p stale: past its lifetime; that took \p took.
    void given(const CacheHit &hit, bool stale, Micros took, Now now);
    /// An answer just made was given to one who waited for it.
    void shared(const cache::CachedAnswer &answer, Micros took);
    void keep(const CachePlan &plan,
              const std::shared_ptr<const cache::CachedAnswer> &answer,
              Now now);
    /// A call of \p provider ended.
    void promptCached(std::string_view provider, const Usage &usage);
    [[nodiscard]] std::size_t answerBytesMax() const { return m_store.settings().answerBytesMax; }
    [[nodiscard]] std::optional<Millis> slow() const { return settings().slow; }

    /// What is to become of the index elsewhere, since it was asked for last.
    [[nodiscard]] cache::IndexOrders takeIndexOrders() { return std::exchange(m_orders, {}); }
    [[nodiscard]] bool hasIndexOrders() const { return !m_orders.empty(); }

    /// Equal requests in the air.
    [[nodiscard]] cache::SingleFlight &flights() { return m_flights; }

    /// Counted all along: cheap.
    [[nodiscard]] telemetry::LiveCache live() const;

    // ---- for operators (answer_cache_view.cpp) ---------------------------------------------------

    /// All at once: how long that takes grows with what is kept.
    [[nodiscard]] CacheView view(const CacheQuery &query, Now now) const;
    /// How many were kept of those that \p filter means.
    std::size_t evict(const CacheFilter &filter, Now now);
    /// The same in parts: \p most places of the store are looked at.
    void look(CacheWalk &walk, std::size_t most, Now now) const;
    /// What \p walk has found. \pre it is over
    [[nodiscard]] CacheView view(CacheWalk walk, Now now) const;
    /// How many were kept and are no more.
    std::size_t evictSome(CacheWalk &walk, std::size_t most, Now now);
    /// False when there is none of that id.
    bool evict(std::string_view id);
    bool pin(std::string_view id, bool pinned);

    // ---- for a file (answer_cache_changes.cpp) -----------------------------------------------------

    /// A route has one, or all have.
    [[nodiscard]] bool isOn() const;
    /// The oldest first. False when there is no room, or its time is over.
    bool restore(const KeptAnswer &kept, Now now);
    /// From now on what changes is noted until it is taken; bounded by what is kept and what went.
    void beginToTellChanges() { m_tells = true; }
    /// As if all that is kept had changed, and nothing else.
    void tellAll();
    [[nodiscard]] std::vector<CacheChange> takeChanges();
    /// Of the embedder that is a target; empty: it is the built-in one.
    [[nodiscard]] std::string embedderName() const
    {
        return settings().embedder ? settings().embedder->name() : std::string();
    }
    /// Kept answers whose questions were made points by another embedder, or not at all: they are found
    /// exactly alone.
    [[nodiscard]] std::size_t leftOut() const { return m_leftOut; }
    /// Why it does less than configured, for people; empty: it does not.
    void setTrouble(std::string trouble) { m_trouble = std::move(trouble); }

private:
    void changed(const cache::Digest &key, bool whole);
    [[nodiscard]] const CacheSettings &settings() const { return m_configuration->cache; }
    [[nodiscard]] std::optional<CacheHit> findExact(const cache::CacheKey &key,
                                                    const RouteSettings &route,
                                                    Now now);
    [[nodiscard]] std::optional<CacheHit> among(const cache::Alike &alike,
                                                CachePlan &plan,
                                                const RouteSettings &route,
                                                const RequestRecord &record,
                                                Now now);
    void index(const cache::Digest &key, const std::shared_ptr<const cache::CachedAnswer> &answer);
    void indexElsewhere(const cache::Digest &key,
                        const std::shared_ptr<const cache::CachedAnswer> &answer);
    void forget(const cache::Digest &key);
    void learnDimensions(std::size_t dimensions);
    void indexAnew();
    [[nodiscard]] bool isIndexed(const cache::CachedAnswer &answer) const;
    void noteNearMiss(const RequestRecord &record,
                      const cache::Match &match,
                      const std::string &asked,
                      CacheNote &note,
                      Now now);
    void book(const Cost &saved, Micros wait);

    std::shared_ptr<const Configuration> m_configuration;
    cache::SemanticIndex m_index;
    std::unordered_map<cache::Digest, std::size_t> m_elsewhere; ///< scopes, and questions in each
    cache::IndexOrders m_orders;
    std::size_t m_leftOut = 0;
    const cache::CachedAnswer *m_putting = nullptr; ///< it is not in the index yet
    std::size_t m_dimensions =
        0; ///< of points that a target made; 0: none is known, or none needed
    std::unordered_map<cache::Digest, bool> m_changed; ///< and whether its answer has, too
    bool m_tells = false;
    std::string m_trouble;
    cache::ExactStore m_store;
    cache::SingleFlight m_flights;
    CacheTotals m_totals;
    Micros m_waitSaved{0};
    std::deque<CacheNearMiss> m_nearMisses; ///< the newest in front
    std::map<std::string, PromptCacheShare, std::less<>> m_promptCaches;
};

} // namespace signalbox::gateway
