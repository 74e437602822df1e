// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/cache_keeper.h"

#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

namespace signalbox::runtime {

using gateway::CacheChange;

namespace {

constexpr Millis kWriteEvery{1000};
constexpr Millis kAgainAfter{60'000};
constexpr std::size_t kJobsMax = 2;
constexpr const char *kNoKey = "its key, `cache.key`, cannot be read";

bool isSame(const std::optional<Secret> &one, const std::optional<Secret> &other)
{
    return one.has_value() == other.has_value() && (!one || one->matches(other->expose()));
}

} // namespace

struct CacheKeeper::Work
{
    std::string path;
    std::optional<Secret> key;
    std::optional<CacheFile> file;

    /// Empty when all is written; else the file is gone.
    std::string write(const std::vector<CacheChange> &changes)
    {
        if (key && key->isEmpty()) {
            file.reset();
            CacheFile::remove(path);
            return kNoKey;
        }
        if (!file) {
            CacheFile::Contents old; // of a file that could not be taken away
            CacheFile::remove(path);
            auto opened = CacheFile::open(path, old, key.value_or(Secret()));
            if (!opened) {
                return opened.error();
            }
            file = std::move(*opened);
        }
        const auto written = file->write(changes);
        if (written) {
            return {};
        }
        file.reset();
        CacheFile::remove(path);
        return written.error();
    }
};

CacheKeeper::CacheKeeper(boost::asio::io_context &loop,
                         gateway::Gateway &gateway,
                         Log &log,
                         std::string path)
    : m_loop(loop)
    , m_gateway(gateway)
    , m_log(log)
    , m_path(std::move(path))
    , m_work(std::make_shared<Work>())
{
    m_work->path = m_path;
}

void CacheKeeper::setKey(std::optional<Secret> key)
{
    if (isSame(key, m_key)) {
        return;
    }
    m_key = std::move(key);
    m_keyChanged = true;
    m_nextAt = {};
    if (m_open) {
        m_gateway.cache().tellAll();
    }
}

void CacheKeeper::open(Now now)
{
    m_open = true;
    m_work->key = m_key;
    m_keyChanged = false;
    CacheFile::Contents contents;
    if (lacksKey()) {
        CacheFile::remove(m_path); // what is evicted while it cannot be read is not to come back
        contents.dropped = kNoKey;
    }
    auto file = lacksKey() ? Result<CacheFile, std::string>(Failure{std::string(kNoKey)})
                           : CacheFile::open(m_path, contents, m_key.value_or(Secret()));
    if (!contents.dropped.empty()) {
        m_log.event(Log::Level::Warning, "cache_dropped", {{"problem", contents.dropped}});
    }
    if (contents.damaged > 0) {
        m_log.event(Log::Level::Warning,
                    "cache_rows_damaged",
                    {{"rows", std::to_string(contents.damaged)}});
    }
    std::size_t kept = 0;
    for (const gateway::KeptAnswer &each : contents.answers) {
        kept += m_gateway.cache().restore(each, now) ? 1U : 0U;
    }
    m_log.event(Log::Level::Info, "cache_restored", {{"answers", std::to_string(kept)}});
    tellLeftOut();
    m_gateway.cache().beginToTellChanges();
    if (file) {
        m_work->file = std::move(*file);
        // What did not come back, for its time is over or there is no room, is not to come back later.
        if (kept != contents.answers.size() || contents.damaged > 0 || contents.isPlain) {
            m_work->file.reset();
            m_gateway.cache().tellAll();
        }
    } else {
        m_gateway.cache().tellAll();
        ended(file.error());
    }
    m_jobs = std::make_unique<JobThread>("cache", kJobsMax);
}

void CacheKeeper::tick(Now now)
{
    if (!m_open) {
        if (!m_gateway.cache().isOn()) {
            return;
        }
        open(now);
    }
    tellLeftOut();
    if (m_busy || now.steady < m_nextAt) {
        return;
    }
    m_nextAt = now.steady + (m_failing ? kAgainAfter : kWriteEvery);
    auto changes = m_gateway.cache().takeChanges();
    if (!changes.empty() || m_keyChanged) {
        begin(std::move(changes));
    }
}

/// Questions that are not compared any more, or not yet, since the embedder is another one.
void CacheKeeper::tellLeftOut()
{
    const std::size_t leftOut = m_gateway.cache().leftOut();
    if (leftOut > m_leftOut) {
        const std::string embedder = m_gateway.cache().embedderName();
        m_log.event(Log::Level::Warning,
                    "cache_embedder_changed",
                    {{"answers", std::to_string(leftOut)},
                     {"embedder", embedder.empty() ? "local" : embedder}});
    }
    m_leftOut = leftOut;
}

void CacheKeeper::begin(std::vector<CacheChange> changes)
{
    // Under another key all is written anew, into a new file.
    const bool anew = std::exchange(m_keyChanged, false);
    m_busy = m_jobs->add([this, work = m_work, anew, key = m_key, changes = std::move(changes)] {
        if (anew) {
            work->file.reset();
            work->key = key;
        }
        boost::asio::post(m_loop, [this, problem = work->write(changes)] {
            m_busy = false;
            ended(problem);
        });
    });
}

void CacheKeeper::ended(const std::string &problem)
{
    if (!problem.empty()) {
        m_gateway.cache().tellAll(); // the next time, into a new file
    }
    if (problem.empty() == !m_failing) {
        return;
    }
    m_failing = !problem.empty();
    m_gateway.cache().setTrouble(m_failing ? "What is kept does not outlive the program: " + problem
                                           : std::string());
    m_log.event(m_failing ? Log::Level::Error : Log::Level::Info,
                m_failing ? "cache_file_failing" : "cache_file_recovered",
                {{"problem", problem}});
}

void CacheKeeper::save()
{
    if (!m_open) {
        return;
    }
    m_jobs.reset(); // waits for what it writes
    if (m_keyChanged) {
        m_work->file.reset();
        m_work->key = m_key;
    }
    if (const auto changes = m_gateway.cache().takeChanges(); !changes.empty() || m_keyChanged) {
        ended(m_work->write(changes));
    }
    m_work->file.reset();
    m_open = false;
}

} // namespace signalbox::runtime
