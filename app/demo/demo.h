// SPDX-License-Identifier: Apache-2.0
// The demo: seven simulated providers, and applications that never tire of asking.
#pragma once

#include "app/demo/traffic.h"
#include "app/simulator/simulator.h"

#include "core/base/result.h"

#include <memory>
#include <string>

namespace signalbox::app {

/// Real sockets on loopback throughout: the simulator on a thread of its own, and traffic on
/// another that goes in through the gateway's HTTP door. A support bot in two languages, a code
/// assistant and a chat; one provider fails on a timetable that shows a whole breaker cycle within
/// two minutes.
class Demo
{
public:
    Demo();
    ~Demo();
    Demo(const Demo &) = delete;
    Demo &operator=(const Demo &) = delete;

    /// Starts the simulated providers; else why they cannot listen.
    Status<std::string> startProviders();
    /// What plays them. \pre the providers run
    [[nodiscard]] simulator::Simulator &providers() { return *m_simulator; }
    /// The configuration that leads to them. \pre the providers run
    [[nodiscard]] std::string configuration() const;
    /// Begins to ask the gateway at \p url, `http://HOST:PORT`.
    void startTraffic(const std::string &url);
    void stop();

private:
    std::unique_ptr<simulator::Simulator> m_simulator;
    std::unique_ptr<Traffic> m_traffic;
};

} // namespace signalbox::app
