// SPDX-License-Identifier: Apache-2.0
// Who is next when one of many places in the air is free again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace signalbox::limits {

/// Those who wait, by client. Clients take turns, the one that was let in longest ago first; each
/// client's own requests go by their number. So that a client with a thousand requests waiting does
/// not keep the others from their turn.
class FairLine
{
public:
    void join(std::string_view client, std::uint64_t request);
    /// No effect when it does not wait here.
    void leave(std::uint64_t request);
    /// Who is next; nothing when nobody waits.
    [[nodiscard]] std::optional<std::uint64_t> next() const;
    /// Takes \p request out: it has had its turn.
    void letIn(std::uint64_t request);
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }

private:
    struct Client
    {
        std::set<std::uint64_t> requests;
        std::uint64_t lastTurn = 0;
    };
    using Clients = std::map<std::string, Client, std::less<>>;

    [[nodiscard]] Clients::const_iterator nextClient() const;

    Clients m_clients; ///< also those that wait no more, while others do
    std::map<std::uint64_t, std::string> m_waiting; ///< whose each request is
    std::uint64_t m_turns = 0;
};

} // namespace signalbox::limits
