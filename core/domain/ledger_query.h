// SPDX-License-Identifier: Apache-2.0
// What the ledger is asked, and what it answers: filters, pages, histograms and costs.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

inline constexpr int kPageDefault = 100;
inline constexpr int kHistogramBucketsMax = 500; ///< more than a screen has room for

/// From \p least to \p most, both included; nothing leaves that end open.
template <typename T>
struct Within
{
    std::optional<T> least = {};
    std::optional<T> most = {};
};

/// What is set must hold; what is empty does not ask.
struct RequestFilter
{
    std::optional<SystemTime> since; ///< arrived at or after
    std::optional<SystemTime> until; ///< arrived before
    std::string route;
    std::string rule;
    std::string target; ///< that answered or, when none did, the one tried last
    std::string provider; ///< of that target
    std::string client;
    std::string id; ///< ours, or how it begins
    std::string cache; ///< `off`, `miss`, `exact`...
    std::optional<int> status;
    std::optional<int> statusClass; ///< 5: all from 500 to 599
    std::optional<OutcomeClass> outcome;
    bool failedOnly = false; ///< those with an error code
    /// Somewhere in the error code or in an attempt's reason, whatever the case of ASCII letters.
    /// Finds requests too that a later attempt answered.
    std::string errorText;
    Within<Micros> latency; ///< from arrival to end
    Within<Money> cost; ///< those whose cost is unknown are in no such span
    Within<std::int64_t> tokens; ///< prompt and completion
    bool unknownCostOnly = false;
    bool withDecision = false; ///< reads facts and decisions too
    int limit = kPageDefault; ///< 1..bounds::kPageRowsMax; others are brought to the nearest
    std::string cursor; ///< a page's `next`; the other members must be as they were
};

struct RequestPage
{
    std::vector<RequestRecord> requests; ///< newest first
    std::optional<std::string> next; ///< nothing on the last page
};

/// How many requests arrived when, of those that a filter finds.
struct HistogramQuery
{
    RequestFilter filter; ///< needs since and until; its limit and cursor do not count
    int buckets = 60; ///< 1..kHistogramBucketsMax, others are brought to the nearest
};

struct HistogramBucket
{
    SystemTime start{};
    std::int64_t requests = 0;
    std::int64_t failed = 0; ///< of them, those with an error code

    friend bool operator==(const HistogramBucket &, const HistogramBucket &) = default;
};

enum class CostDimension : std::uint8_t {
    Provider,
    Model,
    Route,
    Client,
    Task
};
enum class CostBucket : std::uint8_t {
    Hour,
    Day
};

/// `provider`, ...: as the admin API writes them.
std::string_view toString(CostDimension by);
std::optional<CostDimension> costDimensionFromString(std::string_view name);
std::optional<CostBucket> costBucketFromString(std::string_view name);

struct CostQuery
{
    CostDimension by =
        CostDimension::Provider; ///< Task: from the requests alone, while they are kept
    /// Each name's sums by this too; another one than `by`, and neither may be Task.
    std::optional<CostDimension> then = {};
    CostBucket bucket = CostBucket::Day;
    std::string timeZone = "UTC"; ///< IANA: hours and days are this zone's
    std::optional<SystemTime> since;
    std::optional<SystemTime> until;
};

/// Every attempt is booked under its own provider and model, at the arrival of its request. A
/// request counts once in each row it has an attempt in; one that reached no provider, or was
/// answered from the cache, counts under the empty name.
struct CostRow
{
    std::string bucket; ///< `2026-11-22`; an hour with its offset: `2026-11-22T14:00:00+05:30`
    SystemTime start{}; ///< of the bucket
    std::string name; ///< provider, model (its own name), route, client or task class
    std::optional<std::string> part =
        {}; ///< the name in the second grouping, where one was asked for
    std::int64_t requests = 0;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< known amounts only
    std::int64_t unknownPriceRequests = 0; ///< with an attempt billed at a price that is unknown
    Money estimatedCost; ///< that part of cost which is estimated
    /// Parts of cost, by what came of it: see MoneyUse.
    Money wastedCost;
    Money abandonedCost;
    std::int64_t abandonedRequests = 0; ///< each where its last attempt was made
    /// By providers' prompt caches, less what writing into them cost more: it may be below zero.
    Money promptCacheSaved;
    Money responseCacheSaved; ///< what answers from the cache had cost when they were bought
    /// Of calls that no client asked for, known amounts only; in no other figure, and while the
    /// requests of that time are kept.
    Money shadowCost;
    Money healthCheckCost;
    Money embedderCost; ///< of the cache's embedder, where that is a target

    friend bool operator==(const CostRow &, const CostRow &) = default;
};

} // namespace signalbox
