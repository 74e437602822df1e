// SPDX-License-Identifier: Apache-2.0
// The log: JSON lines, written off the gateway's thread, rotated.
#pragma once

#include "core/domain/record.h"
#include "core/runtime/doors.h"
#include "core/runtime/thread_pace.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace spdlog {
class logger;
} // namespace spdlog

namespace signalbox::runtime {

/// Where it goes: a file, rotated at 32 MB, eight kept; or stderr when there is no path.
/// Any thread. The gateway never waits for the disk: what comes faster than it is counted and lost.
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
    /// One line for a finished request, with its decision and attempts; made on the log's own thread
    /// within a tenth of a second.
    void request(std::shared_ptr<const RequestRecord> record);
    /// To be called some ten times a second: the log's thread stands back behind the gateway's as
    /// long as few lines wait.
    void keepPace();
    /// Writes what is left; nothing may be logged afterwards.
    void finish();

private:
    /// A request to be told of, or a line as it is to stand in the log.
    using Entry = std::variant<std::shared_ptr<const RequestRecord>, std::string>;

    void run();
    void writeEntries();

    std::shared_ptr<spdlog::logger> m_logger; ///< the thread's alone
    Inbox<Entry> m_entries;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_finishing = false;
    ThreadPace m_pace;
    std::thread m_thread;
};

} // namespace signalbox::runtime
