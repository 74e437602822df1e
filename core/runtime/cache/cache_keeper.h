// SPDX-License-Identifier: Apache-2.0
// Lets a gateway's cache outlive the program.
#pragma once

#include "core/base/secret.h"
#include "core/gateway/gateway.h"
#include "core/runtime/cache/cache_file.h"
#include "core/runtime/job_thread.h"
#include "core/runtime/log.h"

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Used on the loop's thread; the file is written on one of its own, at most a second behind. It is
/// opened when a cache is first configured. Where it cannot be written it is taken away, so that no
/// answer comes back that was evicted meanwhile; the cache goes on in memory, and all of it is written
/// anew a minute later.
class CacheKeeper
{
public:
    CacheKeeper(boost::asio::io_context &loop,
                gateway::Gateway &gateway,
                Log &log,
                std::string path);

    /// What the file is encrypted with: nothing: it is not; empty: its key cannot be read, and there is no file.
    /// With another one than before all is written anew.
    void setKey(std::optional<Secret> key);
    /// Brings back what was kept, once, as soon as there is a cache; then writes what has changed.
    void tick(Now now);
    /// Writes what has changed, and waits for it: before the program ends.
    void save();

private:
    struct Work; ///< the thread's own

    void open(Now now);
    void tellLeftOut();
    [[nodiscard]] bool lacksKey() const { return m_key && m_key->isEmpty(); }
    void begin(std::vector<gateway::CacheChange> changes);
    void ended(const std::string &problem);

    boost::asio::io_context &m_loop;
    gateway::Gateway &m_gateway;
    Log &m_log;
    std::string m_path;
    std::optional<Secret> m_key;
    bool m_keyChanged = false; ///< since the thread was told
    std::size_t m_leftOut = 0; ///< as it was told last
    bool m_open = false;
    bool m_busy = false;
    bool m_failing = false;
    SteadyTime m_nextAt{};
    std::shared_ptr<Work> m_work;
    std::unique_ptr<JobThread> m_jobs; // last: its end waits for the one that runs
};

} // namespace signalbox::runtime
