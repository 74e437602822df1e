// SPDX-License-Identifier: Apache-2.0
// Many streams side by side, each frame of each checked.
#pragma once

#include "tests/bench/load/options.h"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <vector>

namespace signalbox::bench {

/// Opens the streams little by little, each once; a frame counts when it bears the next number.
class StreamLoad
{
public:
    using Clock = std::chrono::steady_clock;

    StreamLoad(boost::asio::io_context &loop, const Options &options);

    void tick(Clock::time_point now);

    void firstByte(Clock::duration after);
    void frame() { ++m_frames; }
    /// \p missing frames did not come, or not in their order.
    void finished(int missing);

    [[nodiscard]] bool allOpen() const { return m_firstBytes.size() == m_streams; }
    [[nodiscard]] bool allDone() const { return m_finished == m_streams; }
    [[nodiscard]] std::int64_t frames() const { return m_frames; }
    [[nodiscard]] std::int64_t missing() const { return m_missing; }
    /// Streams that have not ended.
    [[nodiscard]] std::int64_t unfinished() const
    {
        return static_cast<std::int64_t>(m_streams - m_finished);
    }
    /// Of the times from the request to the answer's first byte, in microseconds.
    [[nodiscard]] std::int64_t firstBytePercentile(double q);

private:
    boost::asio::io_context &m_loop;
    const Options &m_options;
    std::size_t m_streams;
    std::size_t m_opened = 0;
    std::size_t m_finished = 0;
    Clock::time_point m_begun = Clock::now();
    std::vector<std::int64_t> m_firstBytes;
    std::int64_t m_frames = 0;
    std::int64_t m_missing = 0;
};

} // namespace signalbox::bench
