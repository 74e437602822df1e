// SPDX-License-Identifier: Apache-2.0
// A plain blocking TCP connection to this machine: exact bytes out, exact bytes in.
#pragma once

#include "tests/support/patience.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox::tests {

class TcpClient
{
public:
    struct Options
    {
        int receiveBuffer = 0; ///< bytes the kernel may keep for us; 0: its own choice
    };

    explicit TcpClient(int port);
    TcpClient(int port, Options options);
    ~TcpClient();
    TcpClient(TcpClient &&other) noexcept;
    TcpClient &operator=(TcpClient &&) = delete;

    [[nodiscard]] bool isConnected() const { return m_socket >= 0; }
    /// False when the other side does not take it all in time.
    bool send(std::string_view bytes, milliseconds patience = kPatience);
    /// Adds what comes next to \p into. False at the end of the stream, after a reset, or when
    /// time is up: see ended() and wasReset().
    bool receive(std::string &into, milliseconds patience = kPatience);
    /// Reads until the other side ends the connection; what came.
    std::string receiveAll(milliseconds patience = kPatience);
    [[nodiscard]] bool ended() const { return m_ended; }
    [[nodiscard]] bool wasReset() const { return m_reset; }
    /// Leaves: with an orderly end, or abruptly.
    void close();
    void reset();

private:
    int m_socket = -1;
    bool m_ended = false;
    bool m_reset = false;
};

} // namespace signalbox::tests
