// SPDX-License-Identifier: Apache-2.0
// Brings a gateway the tokenizers that are at hand, and keeps what it learns of bills.
#pragma once

#include "core/base/time.h"
#include "core/gateway/gateway.h"
#include "core/runtime/log.h"
#include "core/runtime/token_files.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <string>
#include <thread>

namespace signalbox::runtime {

/// Used on the loop's thread; files are read and written on one of its own, which it waits for when
/// it is destroyed. What was learned since the last minute is saved then.
class TokenKeeper
{
public:
    /// Reads the calibration at once and begins to load the tokenizers, which the gateway gets as
    /// soon as the loop runs.
    TokenKeeper(boost::asio::io_context &loop,
                gateway::Gateway &gateway,
                Log &log,
                std::string stateDir);
    ~TokenKeeper();
    TokenKeeper(const TokenKeeper &) = delete;
    TokenKeeper &operator=(const TokenKeeper &) = delete;

    /// Saves once a minute what has changed.
    void tick(SteadyTime now);
    /// Saves what has changed, and waits for it: before the program ends.
    void save();

private:
    void run(std::function<void()> job);
    void bring(LoadedTokenizers tokenizers);

    boost::asio::io_context &m_loop;
    gateway::Gateway &m_gateway;
    Log &m_log;
    std::string m_stateDir;
    std::string m_saved; ///< the text last written
    SteadyTime m_saveAt{};
    std::atomic<bool> m_busy = false;
    std::thread m_worker;
};

} // namespace signalbox::runtime
