// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tls_upstream.h"

#include "tests/support/child_process.h"

#include "core/base/check.h"

#include <arpa/inet.h>
#include <array>
#include <memory>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace signalbox::tests {

namespace {

bool openssl(std::vector<std::string> arguments)
{
    return runToEnd({"openssl", std::move(arguments), {}, {}, {}}).exitCode == 0;
}

} // namespace

TestAuthority makeAuthority(const std::string &folder,
                            const std::string &name,
                            const std::string &subjectAltName)
{
    const std::string base = folder + "/" + name;
    const TestAuthority made{base + "-ca.pem", base + "-server.pem", base + "-server.key"};
    writeFile(base + ".ext", "subjectAltName=" + subjectAltName + "\n");
    const std::vector<std::string> key = {"-newkey",
                                          "ec",
                                          "-pkeyopt",
                                          "ec_paramgen_curve:P-256",
                                          "-nodes"};
    std::vector<std::string> ca = {"req",
                                   "-x509",
                                   "-days",
                                   "2",
                                   "-subj",
                                   "/CN=" + name,
                                   "-keyout",
                                   base + "-ca.key",
                                   "-out",
                                   made.certificate};
    ca.insert(ca.end(), key.begin(), key.end());
    std::vector<std::string> request =
        {"req", "-subj", "/CN=server", "-keyout", made.serverKey, "-out", base + ".csr"};
    request.insert(request.end(), key.begin(), key.end());
    const bool done = openssl(ca) && openssl(request)
                      && openssl({"x509",
                                  "-req",
                                  "-in",
                                  base + ".csr",
                                  "-days",
                                  "2",
                                  "-CA",
                                  made.certificate,
                                  "-CAkey",
                                  base + "-ca.key",
                                  "-CAcreateserial",
                                  "-extfile",
                                  base + ".ext",
                                  "-out",
                                  made.serverChain});
    return done ? made : TestAuthority();
}

TlsUpstream::TlsUpstream(const TestAuthority &authority, std::string answer)
    : m_authority(authority)
    , m_answer(std::move(answer))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *plain = reinterpret_cast<sockaddr *>(&address);
    socklen_t length = sizeof address;
    SB_CHECK(::bind(m_listener, plain, length) == 0 && ::listen(m_listener, 16) == 0);
    SB_CHECK(::getsockname(m_listener, plain, &length) == 0);
    m_port = ntohs(address.sin_port);
    m_serving = std::jthread([this] { serve(); });
}

TlsUpstream::~TlsUpstream()
{
    m_stopping = true;
    m_serving.join();
    ::close(m_listener);
}

void TlsUpstream::serve()
{
    while (!m_stopping) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20) > 0) {
            const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            const timeval patience{5, 0};
            ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            answerOne(socket);
            ::close(socket);
        }
    }
}

void TlsUpstream::answerOne(int socket)
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(
                                                                        TLS_server_method()),
                                                                    &SSL_CTX_free);
    SSL_CTX_use_certificate_chain_file(context.get(), m_authority.serverChain.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), m_authority.serverKey.c_str(), SSL_FILETYPE_PEM);
    const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), &SSL_free);
    SSL_set_fd(tls.get(), socket);
    if (SSL_accept(tls.get()) != 1) {
        return;
    }
    std::string request;
    std::array<char, 4096> buffer{};
    // The bodies of these tests end with the last brace of their JSON; a GET has none.
    const auto isWhole = [&request] {
        return request.ends_with("}]}") || request.ends_with("true}")
               || (request.starts_with("GET ") && request.ends_with("\r\n\r\n"));
    };
    while (!isWhole()) {
        const int got = SSL_read(tls.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (got <= 0) {
            return;
        }
        request.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ++m_answered;
    SSL_write(tls.get(), m_answer.data(), static_cast<int>(m_answer.size()));
    SSL_shutdown(tls.get());
}

} // namespace signalbox::tests
