// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/log.h"

#include "core/base/bounds.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/json_members.h"
#include "core/runtime/ledger/record_json.h"
#include "core/runtime/thread_name.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace signalbox::runtime {

namespace {

constexpr Millis kWriteEvery{100};
constexpr std::size_t kBehindAt = bounds::kLogEntriesMax / 4;

std::string_view nameOf(Log::Level level)
{
    switch (level) {
    case Log::Level::Info:
        return "info";
    case Log::Level::Warning:
        return "warning";
    case Log::Level::Error:
        return "error";
    }
    return "";
}

spdlog::sink_ptr makeSink(const std::string &path)
{
    if (path.empty()) {
        return std::make_shared<spdlog::sinks::stderr_sink_st>();
    }
    try {
        return std::make_shared<spdlog::sinks::rotating_file_sink_st>(path,
                                                                      bounds::kLogFileBytesMax,
                                                                      bounds::kLogFilesKept);
    } catch (const spdlog::spdlog_ex &) {
        // The library's one way of saying that the file cannot be opened.
        return std::make_shared<spdlog::sinks::stderr_sink_st>();
    }
}

std::string eventLine(Log::Level level, std::string_view name, const Log::Values &values)
{
    std::string line;
    JsonWriter json(line);
    {
        JsonMembers members(json);
        members.string("time", toIso8601(readClock().system));
        members.string("level", nameOf(level)).string("event", name);
        for (const auto &[key, value] : values) {
            json.anyKey(key).lossyString(value);
        }
    }
    return line;
}

} // namespace

Log::Log(const std::string &path)
    : m_logger(std::make_shared<spdlog::logger>("signalbox", makeSink(path)))
    , m_entries(bounds::kLogEntriesMax)
{
    m_logger->set_pattern("%v");
    m_thread = std::thread([this] { run(); });
}

Log::~Log()
{
    finish();
}

void Log::finish()
{
    m_pace.stepForward();
    {
        const std::lock_guard lock(m_mutex);
        m_finishing = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Log::request(std::shared_ptr<const RequestRecord> record)
{
    m_entries.put(std::move(record));
}

void Log::keepPace()
{
    if (m_entries.size() > kBehindAt) {
        m_pace.stepForward();
    } else {
        m_pace.standBack();
    }
}

/// Looks in ten times a second: waking it for each request would cost the gateway a system call.
void Log::run()
{
    nameThisThread("log");
    m_pace.adopt();
    std::unique_lock lock(m_mutex);
    while (!m_finishing) {
        m_wake.wait_for(lock, kWriteEvery);
        lock.unlock();
        writeEntries();
        lock.lock();
    }
    lock.unlock();
    writeEntries();
}

void Log::writeEntries()
{
    const auto batch = m_entries.take();
    if (batch.items.empty()) {
        return;
    }
    for (const Entry &entry : batch.items) {
        const auto *record = std::get_if<std::shared_ptr<const RequestRecord>>(&entry);
        m_logger->info(record == nullptr ? std::get<std::string>(entry)
                                         : toText(**record, Detail::Full));
    }
    if (batch.refused > 0) {
        m_logger->info(eventLine(Level::Warning,
                                 "log_lines_dropped",
                                 {{"lines", std::to_string(batch.refused)}}));
    }
    m_logger->flush();
}

void Log::event(Level level, std::string_view name, const Values &values)
{
    m_entries.put(eventLine(level, name, values));
}

} // namespace signalbox::runtime
