// SPDX-License-Identifier: Apache-2.0
// The log: JSON lines, written off the gateway's thread, rotated.
#pragma once

#include "core/domain/record.h"
#include "core/runtime/doors.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace spdlog {
class logger;
namespace details {
class thread_pool;
}
} // namespace spdlog

namespace signalbox::runtime {

/// Where it goes: a file, rotated at 32 MB, eight kept; or stderr when there is no path.
/// Any thread. When the disk is too slow the oldest lines give way; the gateway never waits.
class Log
{
public:
    explicit Log(const std::string &path);
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    enum class Level : std::uint8_t {
        Info,
        Warning,
        Error
    };
    using Values = std::vector<std::pair<std::string_view, std::string>>;

    /// One event with its values: `{"time":...,"level":"warning","event":"reload_failed",...}`.
    /// Never with a key, a prompt or a completion.
    void event(Level level, std::string_view name, const Values &values = {});
    /// One line for a finished request, with its decision and attempts; made and written on the
    /// log's own thread within a tenth of a second. What it cannot keep up with is counted.
    void request(std::shared_ptr<const RequestRecord> record);
    /// Writes what is left; nothing may be logged afterwards.
    void finish();

private:
    void run();
    void writeRecords();

    std::atomic<bool> m_written = false; ///< since the last flush
    std::shared_ptr<spdlog::details::thread_pool> m_pool;
    std::shared_ptr<spdlog::logger> m_logger;
    Inbox<std::shared_ptr<const RequestRecord>> m_records;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_finishing = false;
    std::thread m_thread;
};

} // namespace signalbox::runtime
