// SPDX-License-Identifier: Apache-2.0
// Certificates made for one test, and an upstream that answers over TLS with them.
#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace signalbox::tests {

/// Made by the openssl program in a folder of the test's; paths of PEM files.
struct TestAuthority
{
    std::string certificate; ///< the authority's own, for `ca_file`
    std::string serverChain; ///< signed by it for one name
    std::string serverKey;
};

/// \p subjectAltName such as `DNS:localhost`. Empty paths when openssl is not there.
TestAuthority makeAuthority(const std::string &folder,
                            const std::string &name,
                            const std::string &subjectAltName);

/// Answers every request on 127.0.0.1 with the same bytes, one request per connection.
class TlsUpstream
{
public:
    TlsUpstream(const TestAuthority &authority, std::string answer);
    ~TlsUpstream();
    TlsUpstream(const TlsUpstream &) = delete;
    TlsUpstream &operator=(const TlsUpstream &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    /// Requests that were read, decrypted.
    [[nodiscard]] int answered() const { return m_answered; }

private:
    void serve();
    void answerOne(int socket);

    TestAuthority m_authority;
    std::string m_answer;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_answered = 0;
    std::jthread m_serving;
};

} // namespace signalbox::tests
