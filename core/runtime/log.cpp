// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/log.h"

#include "core/runtime/clock.h"
#include "core/runtime/ledger/record_json.h"

#include <nlohmann/json.hpp>
#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace signalbox::runtime {

namespace {

constexpr std::size_t kQueueLines = 8192;
constexpr std::size_t kFileBytesMax = 32 * 1024 * 1024;
constexpr std::size_t kFilesKept = 8;
constexpr Millis kWriteEvery{100};
/// Two seconds of the fastest traffic.
constexpr std::size_t kRecordsMax = 20'000;

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
        return std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    try {
        return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path,
                                                                      kFileBytesMax,
                                                                      kFilesKept);
    } catch (const spdlog::spdlog_ex &) {
        // The library's one way of saying that the file cannot be opened.
        return std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
}

} // namespace

Log::Log(const std::string &path)
    : m_pool(std::make_shared<spdlog::details::thread_pool>(kQueueLines, 1))
    , m_logger(
          std::make_shared<spdlog::async_logger>("signalbox",
                                                 makeSink(path),
                                                 m_pool,
                                                 spdlog::async_overflow_policy::overrun_oldest))
    , m_records(kRecordsMax)
{
    m_logger->set_pattern("%v");
    m_logger->flush_on(spdlog::level::warn);
    m_thread = std::thread([this] { run(); });
}

Log::~Log()
{
    finish();
}

void Log::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_finishing = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable()) {
        m_thread.join();
    }
    m_logger->flush();
}

void Log::request(std::shared_ptr<const RequestRecord> record)
{
    m_records.put(std::move(record));
}

/// Looks in ten times a second: waking it for each request would cost the gateway a system call.
void Log::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_finishing) {
        m_wake.wait_for(lock, kWriteEvery);
        lock.unlock();
        writeRecords();
        lock.lock();
    }
    lock.unlock();
    writeRecords();
}

void Log::writeRecords()
{
    const auto batch = m_records.take();
    for (const auto &record : batch.items) {
        m_logger->info(logLine(*record));
        m_written = true;
    }
    if (batch.refused > 0) {
        event(Level::Warning, "log_lines_dropped", {{"requests", std::to_string(batch.refused)}});
    }
    if (m_written.exchange(false)) {
        m_logger->flush();
    }
}

void Log::event(Level level, std::string_view name, const Values &values)
{
    nlohmann::ordered_json line;
    line["time"] = toIso8601(readClock().system);
    line["level"] = nameOf(level);
    line["event"] = name;
    for (const auto &[key, value] : values) {
        line[std::string(key)] = value;
    }
    const std::string text =
        line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    m_written = true;
    switch (level) {
    case Level::Info:
        m_logger->info(text);
        break;
    case Level::Warning:
        m_logger->warn(text);
        break;
    case Level::Error:
        m_logger->error(text);
        break;
    }
}

} // namespace signalbox::runtime
