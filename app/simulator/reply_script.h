// SPDX-License-Identifier: Apache-2.0
// A reply as the bytes to send and the moments to send them.
#pragma once

#include "app/simulator/reply.h"

#include <string>

namespace signalbox::simulator {

/// Send the bytes at the moment, then go on as said.
struct Step
{
    enum class Then {
        Next,
        Finish, ///< the reply is complete
        Close, ///< FIN
        Reset, ///< RST
        Hold ///< wait for the peer to leave, or for holdFor
    };

    Nanos at{0}; ///< since the request's arrival
    std::string bytes;
    bool isHead = false;
    Then then = Then::Next;
};

/// Steps are asked for until one does not say Next.
class ReplyScript
{
public:
    ReplyScript() = default;
    /// \p date is for the Date header.
    ReplyScript(Reply reply, bool keepAlive, SystemTime date);

    [[nodiscard]] const Reply &reply() const { return m_reply; }
    [[nodiscard]] bool keepsAlive() const { return m_keepAlive; }
    Step next();

private:
    Step first();
    Step whole();
    Step breaking();
    [[nodiscard]] std::string head(std::size_t contentLength) const;
    [[nodiscard]] Nanos timeOf(std::size_t piece) const;

    Reply m_reply;
    bool m_keepAlive = true;
    SystemTime m_date{};
    bool m_begun = false;
    std::size_t m_piece = 0;
};

} // namespace signalbox::simulator
