// SPDX-License-Identifier: Apache-2.0
#include "core/limits/fair_line.h"

#include "core/base/check.h"

#include <algorithm>
#include <tuple>

namespace signalbox::limits {

void FairLine::join(std::string_view client, std::uint64_t request)
{
    m_clients[std::string(client)].requests.insert(request);
    m_waiting.emplace(request, client);
}

void FairLine::leave(std::uint64_t request)
{
    const auto found = m_waiting.find(request);
    if (found == m_waiting.end()) {
        return;
    }
    m_clients[found->second].requests.erase(request);
    m_waiting.erase(found);
    if (m_waiting
            .empty()) { // whose turn it was matters only while there is somebody to compare with
        m_clients.clear();
        m_turns = 0;
    }
}

FairLine::Clients::const_iterator FairLine::nextClient() const
{
    const auto rank = [](const Client &client) {
        return std::tuple(client.requests.empty(),
                          client.lastTurn,
                          client.requests.empty() ? 0 : *client.requests.begin());
    };
    return std::ranges::min_element(m_clients, {}, [&](const auto &entry) {
        return rank(entry.second);
    });
}

std::optional<std::uint64_t> FairLine::next() const
{
    return isEmpty() ? std::nullopt : std::optional(*nextClient()->second.requests.begin());
}

void FairLine::letIn(std::uint64_t request)
{
    const auto found = m_waiting.find(request);
    SB_CHECK(found != m_waiting.end());
    m_clients[found->second].lastTurn = ++m_turns;
    leave(request);
}

} // namespace signalbox::limits
