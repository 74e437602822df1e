// SPDX-License-Identifier: Apache-2.0
// The provider simulator as an object: many simulated LLM providers on a loopback port.
#pragma once

#include "app/simulator/scenario.h"

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::simulator {

/// Why it could not listen: the address and the system's words.
struct ListenError
{
    std::string address;
    std::string message;
};

/// Runs on a thread of its own between start() and stop(). Its functions are called from one thread
/// of the owner's, never from the simulator's own.
class Simulator
{
public:
    explicit Simulator(Scenario scenario = defaultScenario());
    Simulator(const Simulator &) = delete;
    Simulator &operator=(const Simulator &) = delete;
    ~Simulator();

    /// The port it listens on; 0 while it does not.
    [[nodiscard]] int port() const;
    /// `http://127.0.0.1:PORT`, the root of everything.
    [[nodiscard]] std::string url() const;
    /// The base URL to configure for a provider: with its own port that, else `ROOT/ID`, then `/v1`.
    [[nodiscard]] std::string baseUrl(const std::string &provider) const;
    /// The provider's own port, if it has one.
    [[nodiscard]] std::optional<int> ownPort(const std::string &provider) const;
    /// What `GET /_sim/state` answers; waits for the simulator's thread.
    [[nodiscard]] std::string state(bool withRequests = false) const;

    /// Listens, then serves until stop(). The scenario's timetable starts now. Port 0 picks a free one.
    Status<ListenError> start(const std::string &host = "127.0.0.1", int port = 0);
    /// Closes everything at once and joins the thread; may be started again afterwards.
    void stop();
    /// As `POST /_sim/faults`: in force when this returns. Its id; nothing when there are too many,
    /// or nobody serves.
    std::optional<std::uint64_t> addFault(const Fault &fault);
    /// Takes that one away, and no other; false: it is not there any more.
    bool removeFault(std::uint64_t id);
    /// As `DELETE /_sim/faults`.
    void clearFaults(const std::string &provider = {});

private:
    class Engine;

    Scenario m_scenario;
    std::unique_ptr<Engine> m_engine;
};

} // namespace signalbox::simulator
