// SPDX-License-Identifier: Apache-2.0
// A blocking TLS connection to this machine, by Asio's own stream and not the gateway's.
#pragma once

#include "tests/support/patience.h"

#include <memory>
#include <string>
#include <string_view>

namespace signalbox::tests {

class TlsClient
{
public:
    struct Options
    {
        std::string caFile; ///< whom to trust
        int versionMax = 0; ///< of TLS, as OpenSSL numbers them; 0: the newest
    };

    /// Connects and shakes hands; the name that must be certified is `localhost`.
    TlsClient(int port, const Options &options);
    ~TlsClient();
    TlsClient(const TlsClient &) = delete;
    TlsClient &operator=(const TlsClient &) = delete;

    /// Why the handshake failed; empty when it did not.
    [[nodiscard]] const std::string &problem() const { return m_problem; }
    [[nodiscard]] std::string version() const;
    /// The serial number of the other side's certificate, in hex.
    [[nodiscard]] std::string peerSerial() const;
    bool send(std::string_view bytes);
    /// Reads until \p text has come, or the end; what came since the last call.
    std::string receiveUntil(std::string_view text);
    /// Reads to the end; endedInOrder() says whether it was TLS's own.
    std::string receiveAll();
    [[nodiscard]] bool endedInOrder() const { return m_orderly; }

private:
    struct Parts;

    std::unique_ptr<Parts> m_parts;
    std::string m_problem;
    bool m_orderly = false;
};

} // namespace signalbox::tests
