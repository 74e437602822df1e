// SPDX-License-Identifier: Apache-2.0
// A provider that answers at once, or streams at a fixed pace.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace signalbox::bench {

class MockSession;

/// Speaks Chat Completions as far as a proxy looks: a request whose body has `"stream":true` gets
/// \p chunks chunks, one every \p pace, whose content is their number, all others the same answer, of
/// \p answerBytes of text (0: some 500).
class MockUpstream
{
public:
    using Clock = std::chrono::steady_clock;

    MockUpstream(boost::asio::io_context &loop,
                 std::uint16_t port,
                 int chunks,
                 std::chrono::milliseconds pace,
                 int answerBytes = 0);

    /// Sends the chunks that are due. To be called at least every millisecond.
    void tick(Clock::time_point now);

    void add(std::shared_ptr<MockSession> stream);
    [[nodiscard]] int chunks() const { return m_chunks; }
    [[nodiscard]] const std::string &answer() const { return m_answer; }

private:
    void accept();
    void sendDue(std::vector<std::shared_ptr<MockSession>> &streams);

    boost::asio::ip::tcp::acceptor m_acceptor;
    std::string m_answer;
    int m_chunks;
    Clock::time_point m_origin = Clock::now();
    std::int64_t m_ticks = 0; ///< milliseconds served since the origin
    /// The streams by the millisecond of the pace in which they send.
    std::vector<std::vector<std::shared_ptr<MockSession>>> m_slots;
};

} // namespace signalbox::bench
