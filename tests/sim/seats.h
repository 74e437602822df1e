// SPDX-License-Identifier: Apache-2.0
// How many calls each provider may have in the air, counted from outside.
#pragma once

#include "tests/sim/watched_breaker.h"

#include "core/domain/settings.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox::sim {

/// The concurrency of one provider with one set of keys.
struct Seats
{
    Place place;
    std::vector<SecretRef> keys;
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> limitBefore;
    SteadyTime changed{}; ///< from limitBefore to limit
    std::int64_t taken = 0;

    [[nodiscard]] bool hasRoom(SteadyTime now) const;
    /// One more leaves one free.
    [[nodiscard]] bool hasRoomToSpare() const { return !limit || taken + 2 <= *limit; }
    /// Whether \p key, as it was sent, is one of its.
    [[nodiscard]] bool hasKey(std::string_view key) const;
};

class SeatWatch
{
public:
    /// A provider that stays where it is with its keys keeps its calls.
    void configure(const Configuration &configuration, SteadyTime now);
    /// Null: there is none at that place.
    [[nodiscard]] std::shared_ptr<Seats> of(const ProviderSettings &provider) const;

private:
    std::vector<std::shared_ptr<Seats>> m_seats;
};

} // namespace signalbox::sim
