// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load/stream_load.h"

#include "tests/bench/load/link.h"
#include "tests/bench/load/request_text.h"

#include "core/http/response_parser.h"
#include "core/http/sse_parser.h"

#include <algorithm>
#include <charconv>

namespace signalbox::bench {

namespace asio = boost::asio;

namespace {

/// Streams opened per second: a storm of connections is not what is measured.
constexpr double kOpenedPerSecond = 1500;

/// The number that stands where the text would; -1 when there is none.
int numberOf(std::string_view event)
{
    constexpr std::string_view before = R"("content":" )";
    const auto at = event.find(before);
    int number = -1;
    if (at != std::string_view::npos) {
        const std::string_view digits = event.substr(at + before.size(), 12);
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    }
    return number;
}

} // namespace

class StreamClient : public Link
{
public:
    using Clock = StreamLoad::Clock;

    StreamClient(asio::io_context &loop, StreamLoad &load, const Options &options)
        : Link(loop)
        , m_load(load)
        , m_options(options)
    {}

protected:
    void connected() override
    {
        m_asked = Clock::now();
        send(requestText(m_options, true));
    }
    void received(std::string_view bytes) override
    {
        if (!m_parser.begun()) {
            m_load.firstByte(Clock::now() - m_asked);
        }
        while (!bytes.empty() && m_parser.stage() < http::Stage::Complete) {
            const auto step = m_parser.feed(bytes);
            bytes.remove_prefix(step.taken);
            readEvents(step.body);
        }
        if (m_parser.stage() >= http::Stage::Complete) {
            ended();
            close();
        }
    }
    void ended() override { m_load.finished(m_options.chunks - m_next + (m_done ? 0 : 1)); }

private:
    void readEvents(std::string_view body)
    {
        for (auto got = m_sse.take(body); got == http::SseParser::Got::Event;
             got = m_sse.take(body)) {
            const std::string &data = m_sse.event().data;
            if (data == "[DONE]") {
                m_done = true;
            } else if (numberOf(data) == m_next) {
                ++m_next;
                m_load.frame();
            }
        }
    }

    StreamLoad &m_load;
    const Options &m_options;
    http::ResponseParser m_parser;
    http::SseParser m_sse;
    Clock::time_point m_asked{};
    int m_next = 0;
    bool m_done = false;
};

StreamLoad::StreamLoad(asio::io_context &loop, const Options &options)
    : m_loop(loop)
    , m_options(options)
    , m_streams(static_cast<std::size_t>(options.connections))
{}

void StreamLoad::tick(Clock::time_point now)
{
    const double since = std::chrono::duration<double>(now - m_begun).count();
    while (m_opened < m_streams && static_cast<double>(m_opened) <= since * kOpenedPerSecond) {
        ++m_opened;
        std::make_shared<StreamClient>(m_loop, *this, m_options)->connect(endpointOf(m_options));
    }
}

void StreamLoad::firstByte(Clock::duration after)
{
    m_firstBytes.push_back(std::chrono::duration_cast<std::chrono::microseconds>(after).count());
}

void StreamLoad::finished(int missing)
{
    ++m_finished;
    m_missing += missing;
}

std::int64_t StreamLoad::firstBytePercentile(double q)
{
    if (m_firstBytes.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(q * static_cast<double>(m_firstBytes.size() - 1));
    std::nth_element(m_firstBytes.begin(), m_firstBytes.begin() + at, m_firstBytes.end());
    return m_firstBytes[static_cast<std::size_t>(at)];
}

} // namespace signalbox::bench
