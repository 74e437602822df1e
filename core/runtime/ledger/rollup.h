// SPDX-License-Identifier: Apache-2.0
// Sums per quarter of an hour, gathered over a batch of records.
#pragma once

#include "core/domain/record.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>

namespace signalbox::runtime {

using Quarter = std::chrono::duration<std::int64_t, std::ratio<900>>;

/// The start of the quarter of an hour that holds \p time.
inline SystemTime quarterOf(SystemTime time)
{
    return std::chrono::floor<Quarter>(time);
}

/// True when the attempt was billed, as far as anyone can know, at a price that is not known. An
/// attempt that failed without usage is not billed: its missing cost is nothing, not unknown.
bool isPriceUnknown(const AttemptRecord &attempt);

/// Which row of the sums an attempt is booked in.
struct RollupKey
{
    SystemTime quarter{}; ///< of the request's arrival, for all its attempts
    std::string provider; ///< empty for a request that reached none
    std::string model;
    std::string route;
    std::string client;

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 reads the defaulted <=> as comparing with 0
    friend auto operator<=>(const RollupKey &, const RollupKey &) = default;
};

/// What came of the money, in sums of any kind.
struct MoneySums
{
    Money wasted; ///< parts of cost, as are the next
    Money abandoned;
    std::int64_t abandonedRequests = 0; ///< each where its last attempt is
    Money promptCacheSaved;
    Money cacheSaved; ///< where the last attempt is, as a request has it once

    void add(const MoneySums &other);
    friend bool operator==(const MoneySums &, const MoneySums &) = default;
};

struct RollupSums
{
    std::int64_t attempts = 0;
    std::int64_t requests = 0; ///< whose first attempt is here
    std::int64_t providerRequests = 0; ///< whose first attempt at this provider is here
    std::int64_t modelRequests = 0; ///< whose first attempt at this model is here
    std::int64_t unknownRequests = 0; ///< as above, of the attempts with unknown price
    std::int64_t unknownProviderRequests = 0;
    std::int64_t unknownModelRequests = 0;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< known amounts
    Money estimatedCost; ///< that part of cost which is estimated
    MoneySums uses;

    friend bool operator==(const RollupSums &, const RollupSums &) = default;
};

using Rollup = std::map<RollupKey, RollupSums>;

void addTo(Rollup &rollup, const RequestRecord &record);

/// The groupings that sums of hours are kept for; the numbers stand in the file.
enum class HourGroup : std::uint8_t {
    Provider = 1,
    Model = 2,
    Route = 3,
    Client = 4
};

struct HourKey
{
    HourGroup group = HourGroup::Provider;
    SystemTime hour{}; ///< of UTC
    std::string name;

    // NOLINTNEXTLINE(modernize-use-nullptr): as above
    friend auto operator<=>(const HourKey &, const HourKey &) = default;
};

/// What one grouping shows of its requests.
struct HourSums
{
    std::int64_t requests = 0;
    std::int64_t unknownRequests = 0; ///< with an attempt billed at a price that is unknown
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost;
    Money estimatedCost;
    MoneySums uses;
};

using HourRollup = std::map<HourKey, HourSums>;

/// The same sums by hour, each grouping by itself: months of them are read in no time.
HourRollup hoursOf(const Rollup &rollup);

} // namespace signalbox::runtime
