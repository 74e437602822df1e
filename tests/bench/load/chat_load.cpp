// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load/chat_load.h"

#include "tests/bench/load/link.h"
#include "tests/bench/load/request_text.h"

#include "core/http/response_parser.h"

#include <algorithm>
#include <utility>

namespace signalbox::bench {

namespace asio = boost::asio;

class ChatClient : public Link
{
public:
    using Clock = ChatLoad::Clock;

    ChatClient(asio::io_context &loop, ChatLoad &load, std::string request)
        : Link(loop)
        , m_load(load)
        , m_request(std::move(request))
        , m_numberAt(m_request.find(kNumberPlace))
    {}

    /// \p due is when it should have gone out: waiting for a free connection counts.
    void ask(Clock::time_point due)
    {
        m_asked = due;
        m_busy = true;
        m_load.asked();
        if (m_numberAt != std::string::npos) {
            std::string number = std::to_string(m_load.nextNumber());
            number.insert(0, kNumberPlace.size() - number.size(), '0');
            m_request.replace(m_numberAt, number.size(), number);
        }
        send(m_request);
    }

protected:
    void connected() override { idle(); }
    void received(std::string_view bytes) override
    {
        while (!bytes.empty() && m_parser.stage() < http::Stage::Complete) {
            bytes.remove_prefix(m_parser.feed(bytes).taken);
        }
        if (m_parser.stage() == http::Stage::Failed) {
            ended();
            close();
        } else if (m_parser.stage() == http::Stage::Complete) {
            m_busy = false;
            m_load.answered(Clock::now() - m_asked, m_parser.head().status == 200);
            m_parser.reset();
            idle();
        }
    }
    void ended() override
    {
        if (std::exchange(m_busy, false)) {
            m_load.answered(Clock::now() - m_asked, false);
        } else {
            m_load.lost();
        }
    }

private:
    void idle() { m_load.ready(std::static_pointer_cast<ChatClient>(shared_from_this())); }

    ChatLoad &m_load;
    std::string m_request;
    std::size_t m_numberAt; ///< npos: all are the same
    http::ResponseParser m_parser;
    Clock::time_point m_asked{};
    bool m_busy = false;
};

ChatLoad::ChatLoad(asio::io_context &loop, const Options &options)
    : m_paced(options.rate > 0)
{
    if (m_paced) {
        m_interval = std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>(1 / options.rate));
    }
    const std::string request = requestText(options, false);
    for (int i = 0; i < options.connections; ++i) {
        std::make_shared<ChatClient>(loop, *this, request)->connect(endpointOf(options));
    }
}

void ChatLoad::ready(std::shared_ptr<ChatClient> client)
{
    if (m_stopped) {
        return;
    }
    if (m_paced) {
        m_idle.push_back(std::move(client));
    } else {
        client->ask(Clock::now());
    }
}

void ChatLoad::tick(Clock::time_point now)
{
    while (m_paced && !m_stopped && m_next <= now && !m_idle.empty()) {
        m_idle.front()->ask(m_next);
        m_idle.pop_front();
        m_next += m_interval;
    }
}

void ChatLoad::beginCounting()
{
    m_micros.clear();
    m_errors = 0;
}

void ChatLoad::answered(Clock::duration took, bool well)
{
    --m_inFlight;
    m_micros.push_back(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    m_errors += well ? 0 : 1;
}

std::int64_t ChatLoad::percentile(double q)
{
    if (m_micros.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(q * static_cast<double>(m_micros.size() - 1));
    std::nth_element(m_micros.begin(), m_micros.begin() + at, m_micros.end());
    return m_micros[static_cast<std::size_t>(at)];
}

} // namespace signalbox::bench
