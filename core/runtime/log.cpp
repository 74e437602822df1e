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
        return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path, kFileBytesMax, kFilesKept);
    } catch (const spdlog::spdlog_ex &) {
        // The library's one way of saying that the file cannot be opened.
        return std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
}

} // namespace

Log::Log(const std::string &path)
    : m_pool(std::make_shared<spdlog::details::thread_pool>(kQueueLines, 1))
    , m_logger(std::make_shared<spdlog::async_logger>(
          "signalbox", makeSink(path), m_pool, spdlog::async_overflow_policy::overrun_oldest))
{
    m_logger->set_pattern("%v");
    m_logger->flush_on(spdlog::level::warn);
}

Log::~Log()
{
    m_logger->flush();
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

void Log::request(const RequestRecord &record)
{
    m_written = true;
    m_logger->info(logLine(record));
}

void Log::flush()
{
    if (m_written.exchange(false)) {
        m_logger->flush();
    }
}

} // namespace signalbox::runtime
