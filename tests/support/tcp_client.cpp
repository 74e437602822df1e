// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tcp_client.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace signalbox::tests {

namespace {

bool waitFor(int socket, short what, Clock::time_point deadline)
{
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{socket, what, 0};
    return ::poll(&waiting, 1, left > 0 ? static_cast<int>(left) : 0) > 0;
}

} // namespace

TcpClient::TcpClient(int port)
    : TcpClient(port, Options())
{}

TcpClient::TcpClient(int port, Options options)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    if (options.receiveBuffer > 0) {
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &options.receiveBuffer, sizeof(int));
    }
    const int yes = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close();
    }
}

TcpClient::~TcpClient()
{
    close();
}

TcpClient::TcpClient(TcpClient &&other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
    , m_ended(other.m_ended)
    , m_reset(other.m_reset)
{}

bool TcpClient::send(std::string_view bytes, milliseconds patience)
{
    const auto deadline = Clock::now() + patience;
    while (!bytes.empty()) {
        if (!isConnected() || !waitFor(m_socket, POLLOUT, deadline)) {
            return false;
        }
        const ssize_t sent =
            ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN) {
            return false;
        }
        bytes.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    }
    return true;
}

bool TcpClient::receive(std::string &into, milliseconds patience)
{
    if (!isConnected() || !waitFor(m_socket, POLLIN, Clock::now() + patience)) {
        return false;
    }
    std::array<char, 16 * 1024> buffer{};
    const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        m_ended = true;
        m_reset = got < 0;
        return false;
    }
    into.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::string TcpClient::receiveAll(milliseconds patience)
{
    const auto deadline = Clock::now() + patience;
    std::string bytes;
    while (receive(bytes, std::chrono::duration_cast<milliseconds>(deadline - Clock::now()))) {}
    return bytes;
}

void TcpClient::close()
{
    if (m_socket >= 0) {
        ::close(std::exchange(m_socket, -1));
    }
}

void TcpClient::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
}

} // namespace signalbox::tests
