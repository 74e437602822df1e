// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_upstream.h"

#include "core/base/check.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace signalbox::tests {

namespace {

/// How long a thread waits before it looks whether the test is over.
constexpr int kGlanceMs = 20;

std::size_t bodyLengthIn(const std::string &head)
{
    const std::string name = "content-length: ";
    const std::size_t at = head.find(name);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

} // namespace

/// One connection and the script it follows.
class FakeUpstream::Conversation
{
public:
    Conversation(FakeUpstream &upstream, int socket, std::size_t number)
        : m_upstream(upstream)
        , m_socket(socket)
        , m_number(number)
    {}

    void follow(const Script &script)
    {
        for (const auto &step : script) {
            if (m_over || m_upstream.m_stopping) {
                break;
            }
            std::visit([this](const auto &what) { run(what); }, step);
        }
        ::close(m_socket);
    }

private:
    void run(const ReadRequest &)
    {
        while (!m_over && !takeRequest()) {
            receive();
        }
    }

    void run(const SendBytes &step) { sendAll(step.bytes); }

    void run(const Flood &step)
    {
        for (std::size_t sent = 0; sent < step.total && !m_over; sent += step.piece.size()) {
            sendAll(step.piece);
            m_upstream.m_flooded += step.piece.size();
        }
    }

    void run(const Pause &step)
    {
        const auto until = Clock::now() + step.time;
        while (Clock::now() < until && !m_upstream.m_stopping) {
            std::this_thread::sleep_for(milliseconds(1));
        }
    }

    void run(const AwaitEnd &)
    {
        while (!m_over) {
            receive();
        }
    }

    void run(const Reset &)
    {
        const linger atOnce{1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        m_over = true;
    }

    bool takeRequest()
    {
        const std::size_t headEnd = m_unread.find("\r\n\r\n");
        if (headEnd == std::string::npos) {
            return false;
        }
        const std::size_t whole = headEnd + 4 + bodyLengthIn(m_unread.substr(0, headEnd + 2));
        if (m_unread.size() < whole) {
            return false;
        }
        const std::lock_guard lock(m_upstream.m_mutex);
        m_upstream.m_requests.push_back(m_unread.substr(0, whole));
        m_unread.erase(0, whole);
        return true;
    }

    void receive()
    {
        pollfd waiting{m_socket, POLLIN, 0};
        while (::poll(&waiting, 1, kGlanceMs) == 0) {
            if (m_upstream.m_stopping) {
                m_over = true;
                return;
            }
        }
        std::array<char, 16 * 1024> buffer{};
        const ssize_t got = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            leave();
            return;
        }
        m_unread.append(buffer.data(), static_cast<std::size_t>(got));
    }

    void sendAll(std::string_view bytes)
    {
        while (!bytes.empty() && !m_upstream.m_stopping) {
            pollfd waiting{m_socket, POLLOUT, 0};
            if (::poll(&waiting, 1, kGlanceMs) == 0) {
                continue;
            }
            const ssize_t sent =
                ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno != EAGAIN) {
                leave();
                return;
            }
            bytes.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
        }
        m_over = m_over || m_upstream.m_stopping;
    }

    void leave()
    {
        m_over = true;
        const std::lock_guard lock(m_upstream.m_mutex);
        m_upstream.m_leftAt[m_number] = Clock::now();
    }

    FakeUpstream &m_upstream;
    int m_socket;
    std::size_t m_number;
    std::string m_unread;
    bool m_over = false;
};

FakeUpstream::FakeUpstream(std::vector<Script> scripts)
    : m_scripts(std::move(scripts))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    SB_CHECK(!m_scripts.empty());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *plain = reinterpret_cast<sockaddr *>(&address);
    socklen_t length = sizeof address;
    SB_CHECK(::bind(m_listener, plain, length) == 0 && ::listen(m_listener, 128) == 0);
    SB_CHECK(::getsockname(m_listener, plain, &length) == 0);
    m_port = ntohs(address.sin_port);
    m_accepting = std::jthread([this] { accept(); });
}

FakeUpstream::~FakeUpstream()
{
    m_stopping = true;
    m_accepting.join();
    m_conversations.clear();
    ::close(m_listener);
}

void FakeUpstream::accept()
{
    while (!m_stopping) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, kGlanceMs) <= 0) {
            continue;
        }
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            continue;
        }
        const int yes = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const std::lock_guard lock(m_mutex);
        const std::size_t number = m_leftAt.size();
        m_leftAt.emplace_back();
        const Script &script = m_scripts[std::min(number, m_scripts.size() - 1)];
        m_conversations.emplace_back([this, socket, number, &script] {
            Conversation(*this, socket, number).follow(script);
        });
    }
}

std::string FakeUpstream::baseUrl() const
{
    return "http://127.0.0.1:" + std::to_string(m_port) + "/v1";
}

std::vector<std::string> FakeUpstream::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::size_t FakeUpstream::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_leftAt.size();
}

std::optional<Clock::time_point> FakeUpstream::leftAt(std::size_t connection) const
{
    const std::lock_guard lock(m_mutex);
    return connection < m_leftAt.size() ? m_leftAt[connection] : std::nullopt;
}

std::string jsonAnswer(const std::string &body, int status, const std::string &headers)
{
    return "HTTP/1.1 " + std::to_string(status)
           + " Said\r\ncontent-type: application/json\r\ncontent-length: "
           + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

std::string chatAnswer(const std::string &text)
{
    const nlohmann::ordered_json message = {{"role", "assistant"}, {"content", text}};
    nlohmann::ordered_json choices = nlohmann::ordered_json::array();
    choices.push_back({{"index", 0}, {"message", message}, {"finish_reason", "stop"}});
    const nlohmann::ordered_json answer =
        {{"id", "chatcmpl-1"},
         {"object", "chat.completion"},
         {"created", 1},
         {"model", "model-1"},
         {"choices", choices},
         {"usage", {{"prompt_tokens", 3}, {"completion_tokens", 2}, {"total_tokens", 5}}}};
    return jsonAnswer(answer.dump());
}

std::string streamHead()
{
    return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: "
           "chunked\r\n\r\n";
}

std::string streamPiece(const std::string &bytes)
{
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + bytes + "\r\n";
}

std::string streamEnd()
{
    return streamPiece("data: [DONE]\n\n") + "0\r\n\r\n";
}

std::string deltaEvent(const std::string &text, const std::string &finish)
{
    nlohmann::ordered_json delta = nlohmann::ordered_json::object();
    if (finish.empty()) {
        delta["content"] = text;
    }
    nlohmann::ordered_json choices = nlohmann::ordered_json::array();
    choices.push_back(
        {{"index", 0},
         {"delta", delta},
         {"finish_reason",
          finish.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(finish)}});
    const nlohmann::ordered_json chunk = {{"id", "chatcmpl-1"},
                                          {"object", "chat.completion.chunk"},
                                          {"created", 1},
                                          {"model", "model-1"},
                                          {"choices", choices}};
    return "data: " + chunk.dump() + "\n\n";
}

} // namespace signalbox::tests
