// SPDX-License-Identifier: Apache-2.0
// Equal requests in the air at one time: the first asks, the others wait for what it gets.
#pragma once

#include "core/cache/digest.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace signalbox::cache {

/// Knows who waits for whom, and nothing of answers. Not for several threads.
class SingleFlight
{
public:
    /// One request, never used again.
    using Id = std::uint64_t;

    enum class Role : std::uint8_t {
        Leader, ///< is to ask, and to call land() in the end, however it ends
        Follower, ///< is told by the leader's land()
        Alone ///< no room to follow: is to ask for itself, and nobody waits for it
    };

    enum class Left : std::uint8_t {
        Unknown, ///< it took part in no flight
        Follower, ///< nothing changes for the others
        LeaderAwaited, ///< its client is gone, but others wait: its call must go on
        Abandoned ///< nobody waits any more: the call can be given up; the flight is over
    };
    struct Leaving
    {
        Left what = Left::Unknown;
        Id leader = 0; ///< of that flight

        friend bool operator==(const Leaving &, const Leaving &) = default;
    };

    /// \p followersMax over all flights.
    explicit SingleFlight(std::size_t followersMax = 10'000)
        : m_followersMax(followersMax)
    {}

    /// \pre \p id takes part in no flight
    [[nodiscard]] Role join(const Digest &key, Id id);
    /// The leader has its answer or has failed: the flight is over. Who waited for it, in the order
    /// they came: each is to be answered, or to go its own way. Nobody when \p leader leads none.
    [[nodiscard]] std::vector<Id> land(Id leader);
    /// The client of \p id is gone.
    [[nodiscard]] Leaving leave(Id id);

    [[nodiscard]] std::size_t flights() const { return m_flights.size(); }
    [[nodiscard]] std::size_t followers() const { return m_followers; }

private:
    struct Flight
    {
        Id leader = 0;
        bool leaderGone = false;
        std::vector<Id> followers;
    };

    std::size_t m_followersMax;
    std::size_t m_followers = 0;
    std::unordered_map<Digest, Flight> m_flights;
    std::unordered_map<Id, Digest> m_members;
};

} // namespace signalbox::cache
