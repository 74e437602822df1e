// SPDX-License-Identifier: Apache-2.0
// Steady traffic from several clients, and what came of each request.
#pragma once

#include "tests/support/http_client.h"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace signalbox::tests {

struct LoadShape
{
    std::string model;
    int perSecond = 500; ///< in all
    int clients = 8; ///< each on a connection of its own, kept where it can be
    bool streamed = false;
};

/// Runs from its construction until stop(). Each client asks at its share of the rate, the next
/// request when the answer to the one before is there; a request that finds no connection is tried
/// again, one that was sent and not answered counts as lost.
class Load
{
public:
    struct Answer
    {
        std::string id; ///< the gateway's: what the ledger calls the request
        int status = 0;
        bool whole = false; ///< it ended as its framing promised, and a stream with [DONE]
        Clock::time_point at;
    };

    Load(int port, const LoadShape &shape);
    ~Load();
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    /// Ends after the requests in the air.
    void stop();
    [[nodiscard]] std::size_t count() const { return m_count; }
    /// Answers of which at least the head came. \pre stopped
    [[nodiscard]] const std::vector<Answer> &answers() const { return m_answers; }
    /// Requests that were sent whole and got no byte of an answer. \pre stopped
    [[nodiscard]] int lost() const { return m_lost; }

private:
    void ask(int client);

    int m_port;
    LoadShape m_shape;
    std::atomic<bool> m_stopping = false;
    std::atomic<std::size_t> m_count = 0;
    std::atomic<int> m_lost = 0;
    std::mutex m_mutex;
    std::vector<Answer> m_answers;
    std::vector<std::jthread> m_clients;
};

/// The ids of all requests in a ledger, by the sqlite3 program; \p path may be in use.
std::vector<std::string> idsInLedger(const std::string &path);
/// What `PRAGMA integrity_check` says of it.
std::string integrityOf(const std::string &path);

} // namespace signalbox::tests
