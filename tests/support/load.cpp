// SPDX-License-Identifier: Apache-2.0
#include "tests/support/load.h"

#include "tests/support/child_process.h"
#include "tests/support/gateway_under_test.h"

#include <memory>
#include <sstream>

namespace signalbox::tests {

Load::Load(int port, const LoadShape &shape)
    : m_port(port)
    , m_shape(shape)
{
    for (int client = 0; client < shape.clients; ++client) {
        m_clients.emplace_back([this, client] { ask(client); });
    }
}

Load::~Load()
{
    stop();
}

void Load::stop()
{
    m_stopping = true;
    m_clients.clear();
}

void Load::ask(int client)
{
    using namespace std::chrono;
    const auto pace = duration_cast<Clock::duration>(duration<double>(1)) * m_shape.clients
                      / m_shape.perSecond;
    auto next = Clock::now() + pace * client / m_shape.clients;
    const HttpRequest request = chatRequest(m_shape.model, m_shape.streamed);
    std::unique_ptr<HttpConnection> connection;
    while (!m_stopping) {
        std::this_thread::sleep_until(next);
        next = std::max(next + pace, Clock::now() - pace);
        const bool fresh = !connection;
        if (fresh) {
            connection = std::make_unique<HttpConnection>(m_port);
        }
        if (!connection->tcp().isConnected() || !connection->send(request)) {
            connection.reset();
            continue;
        }
        const HttpReply reply = connection->receive(milliseconds(5000));
        const bool done = !m_shape.streamed || reply.status != 200
                          || reply.body.find("data: [DONE]") != std::string::npos;
        if (reply.status != 0) {
            const std::lock_guard lock(m_mutex);
            m_answers.push_back({reply.header("x-signalbox-id"),
                                 reply.status,
                                 reply.complete && done,
                                 Clock::now()});
            ++m_count;
        } else if (fresh) {
            // On a kept connection an orderly end may cross the request: clients send it again.
            ++m_lost;
        }
        if (!reply.complete || reply.header("connection") == "close") {
            connection.reset();
        }
    }
}

std::vector<std::string> idsInLedger(const std::string &path)
{
    const Finished asked = runToEnd({"sqlite3", {path, "SELECT id FROM requests"}, {}, {}, {}});
    std::istringstream lines(asked.output);
    std::vector<std::string> ids;
    for (std::string line; std::getline(lines, line);) {
        ids.push_back(line);
    }
    return ids;
}

std::string integrityOf(const std::string &path)
{
    return runToEnd({"sqlite3", {path, "PRAGMA integrity_check"}, {}, {}, {}}).output;
}

} // namespace signalbox::tests
