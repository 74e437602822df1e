// SPDX-License-Identifier: Apache-2.0
// Simulated providers, and applications that never tire of asking: the demo's own, or those of an
// installation's configuration for its operators to train on.
#pragma once

#include "app/demo/traffic.h"
#include "app/simulator/simulator.h"

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <memory>
#include <string>
#include <vector>

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
    /// Starts those of \p own, whose file's text is \p text, instead of the demo's; else why they
    /// cannot be played.
    Status<std::string> startProviders(const Configuration &own, const std::string &text);
    /// What plays them. \pre the providers run
    [[nodiscard]] simulator::Simulator &providers() { return *m_simulator; }
    /// The configuration that leads to them. \pre the providers run
    [[nodiscard]] std::string configuration() const;
    /// Begins to ask the gateway at \p url, `http://HOST:PORT`.
    void startTraffic(const std::string &url);
    void stop();

private:
    Status<std::string> play(simulator::Scenario scenario);

    std::unique_ptr<simulator::Simulator> m_simulator;
    std::string m_rehearsal; ///< the own configuration; empty: the demo's
    std::vector<std::string> m_routes; ///< of the own one
    std::unique_ptr<Traffic> m_traffic;
};

} // namespace signalbox::app
