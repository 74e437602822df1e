// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/seats.h"

#include <algorithm>
#include <utility>

namespace signalbox::sim {

/// A place kept for a request that waits stays its own when the limit is lowered meanwhile.
bool Seats::hasRoom(SteadyTime now) const
{
    const bool kept = now <= changed + ServerSettings().queue
                      && (!limitBefore || taken < *limitBefore);
    return !limit || taken < *limit || kept;
}

bool Seats::hasKey(std::string_view key) const
{
    return std::ranges::any_of(keys, [&](const SecretRef &known) {
        return key == known.name + "-secret";
    });
}

void SeatWatch::configure(const Configuration &configuration, SteadyTime now)
{
    const auto old = std::exchange(m_seats, {});
    for (const ProviderSettings &provider : configuration.providers) {
        const auto known = std::ranges::find_if(old, [&](const auto &seats) {
            return seats->place == Place::of(provider) && seats->keys == provider.keys;
        });
        if (known != old.end()) {
            m_seats.push_back(*known);
        } else {
            Seats seats;
            seats.place = Place::of(provider);
            seats.keys = provider.keys;
            seats.limit = provider.limits.concurrent;
            m_seats.push_back(std::make_shared<Seats>(std::move(seats)));
        }
        Seats &seats = *m_seats.back();
        if (seats.limit != provider.limits.concurrent) {
            seats.limitBefore = std::exchange(seats.limit, provider.limits.concurrent);
            seats.changed = now;
        }
    }
}

std::shared_ptr<Seats> SeatWatch::of(const ProviderSettings &provider) const
{
    const auto found = std::ranges::find_if(m_seats, [&](const auto &seats) {
        return seats->place == Place::of(provider);
    });
    return found == m_seats.end() ? nullptr : *found;
}

} // namespace signalbox::sim
