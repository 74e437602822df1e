// SPDX-License-Identifier: Apache-2.0
#include "core/cache/single_flight.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::cache {

SingleFlight::Role SingleFlight::join(const Digest &key, Id id)
{
    SB_CHECK(!m_members.contains(id));
    const auto flight = m_flights.find(key);
    if (flight == m_flights.end()) {
        m_flights[key].leader = id;
        m_members[id] = key;
        return Role::Leader;
    }
    if (m_followers >= m_followersMax) {
        return Role::Alone;
    }
    flight->second.followers.push_back(id);
    m_members[id] = key;
    ++m_followers;
    return Role::Follower;
}

std::vector<SingleFlight::Id> SingleFlight::land(Id leader)
{
    const auto member = m_members.find(leader);
    if (member == m_members.end() || m_flights.at(member->second).leader != leader) {
        return {};
    }
    const auto flight = m_flights.find(member->second);
    std::vector<Id> followers = std::move(flight->second.followers);
    m_flights.erase(flight);
    m_members.erase(member);
    for (const Id id : followers) {
        m_members.erase(id);
    }
    m_followers -= followers.size();
    return followers;
}

SingleFlight::Leaving SingleFlight::leave(Id id)
{
    const auto member = m_members.find(id);
    if (member == m_members.end()) {
        return {};
    }
    Flight &flight = m_flights.at(member->second);
    const Id leader = flight.leader;
    if (id == leader) {
        flight.leaderGone = true;
    } else {
        std::erase(flight.followers, id);
        m_members.erase(member);
        --m_followers;
    }
    if (flight.leaderGone && flight.followers.empty()) {
        static_cast<void>(land(leader));
        return {Left::Abandoned, leader};
    }
    return {id == leader ? Left::LeaderAwaited : Left::Follower, leader};
}

} // namespace signalbox::cache
