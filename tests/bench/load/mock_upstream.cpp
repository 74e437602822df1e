// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load/mock_upstream.h"

#include "tests/bench/load/link.h"

#include "core/http/request_parser.h"
#include "core/http/writer.h"

#include <utility>

namespace signalbox::bench {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

constexpr std::string_view kSentence =
    "A breaker watches calls and stops sending when too many of them fail in a row, so that a "
    "provider in trouble is not made worse and a caller does not wait for what will not come. ";

std::string completion(int answerBytes)
{
    std::string body = R"({"id":"chatcmpl-bench","object":"chat.completion","created":1795000000,)"
                       R"("model":"mock-1","choices":[{"index":0,"message":{"role":"assistant",)"
                       R"("content":")";
    std::string text;
    while (text.size() < static_cast<std::size_t>(answerBytes)) {
        text += kSentence;
    }
    body += answerBytes > 0 ? text.substr(0, static_cast<std::size_t>(answerBytes))
                            : std::string(kSentence).append(kSentence).append(kSentence);
    body += R"(","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{)"
            R"("prompt_tokens":170,"completion_tokens":128,"total_tokens":298},)"
            R"("system_fingerprint":null})";
    return "HTTP/1.1 200 OK\r\nServer: mock\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n"
           "Content-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: "
           + std::to_string(body.size()) + "\r\n\r\n" + body;
}

constexpr std::string_view kStreamHead = "HTTP/1.1 200 OK\r\nServer: mock\r\n"
                                         "Content-Type: text/event-stream\r\n"
                                         "Transfer-Encoding: chunked\r\n\r\n";

std::string chunkEvent(std::string_view delta, std::string_view finish)
{
    return std::string(R"(data: {"id":"chatcmpl-bench","object":"chat.completion.chunk",)"
                       R"("created":1795000000,"model":"mock-1","choices":[{"index":0,"delta":)")
        .append(delta)
        .append(R"(,"logprobs":null,"finish_reason":)")
        .append(finish)
        .append("}]}\n\n");
}

} // namespace

class MockSession : public Link
{
public:
    MockSession(Socket socket, MockUpstream &owner)
        : Link(std::move(socket))
        , m_owner(owner)
    {}

    /// True while chunks are left.
    bool sendNext()
    {
        if (m_gone) {
            return false;
        }
        if (m_next == m_owner.chunks()) {
            std::string last;
            http::appendChunk(last, chunkEvent("{}", R"("stop")") + "data: [DONE]\n\n");
            http::appendLastChunk(last);
            send(last);
            return false;
        }
        // The number stands where a token would, so that the client can tell what is missing.
        const std::string delta = R"({"content":" )" + std::to_string(m_next++) + "\"}";
        std::string framed;
        http::appendChunk(framed, chunkEvent(delta, "null"));
        send(framed);
        return true;
    }

protected:
    void received(std::string_view bytes) override
    {
        while (!bytes.empty() && m_parser.stage() < http::Stage::Complete) {
            bytes.remove_prefix(m_parser.feed(bytes));
        }
        if (m_parser.stage() == http::Stage::Failed) {
            close();
        } else if (m_parser.stage() == http::Stage::Complete) {
            const bool stream = m_parser.body().find(R"("stream":true)") != std::string::npos;
            m_parser.reset();
            stream ? beginStream() : answer();
        }
    }
    void ended() override { m_gone = true; }

private:
    void answer() { send(m_owner.answer()); }
    void beginStream()
    {
        m_next = 0;
        send(kStreamHead);
        m_owner.add(std::static_pointer_cast<MockSession>(shared_from_this()));
    }

    MockUpstream &m_owner;
    http::RequestParser m_parser;
    int m_next = 0;
    bool m_gone = false;
};

MockUpstream::MockUpstream(asio::io_context &loop,
                           std::uint16_t port,
                           int chunks,
                           std::chrono::milliseconds pace,
                           int answerBytes)
    : m_acceptor(loop, Tcp::endpoint(asio::ip::address_v4::loopback(), port))
    , m_answer(completion(answerBytes))
    , m_chunks(chunks)
    , m_slots(static_cast<std::size_t>(pace.count()))
{
    accept();
}

void MockUpstream::accept()
{
    m_acceptor.async_accept([this](const boost::system::error_code &error, Tcp::socket socket) {
        if (!error) {
            std::make_shared<MockSession>(std::move(socket), *this)->start();
        }
        accept();
    });
}

void MockUpstream::add(std::shared_ptr<MockSession> stream)
{
    // The first chunk follows the head at once, the others keep that millisecond.
    stream->sendNext();
    m_slots[static_cast<std::size_t>(m_ticks) % m_slots.size()].push_back(std::move(stream));
}

void MockUpstream::tick(Clock::time_point now)
{
    const auto due = std::chrono::floor<std::chrono::milliseconds>(now - m_origin).count();
    while (m_ticks < due) {
        ++m_ticks;
        sendDue(m_slots[static_cast<std::size_t>(m_ticks) % m_slots.size()]);
    }
}

void MockUpstream::sendDue(std::vector<std::shared_ptr<MockSession>> &streams)
{
    std::erase_if(streams, [](const auto &stream) { return !stream->sendNext(); });
}

} // namespace signalbox::bench
