// SPDX-License-Identifier: Apache-2.0
#include "app/demo/demo.h"

#include "app/demo/rehearsal.h"
#include "app/simulator/scenario_reader.h"

#include <demo_texts.h>
#include <utility>

namespace signalbox::app {

Demo::Demo() = default;

Demo::~Demo()
{
    stop();
}

Status<std::string> Demo::startProviders()
{
    auto scenario = simulator::readScenario(kDemoScenario);
    if (!scenario) {
        return Failure{"the demo's scenario: " + scenario.error().front().message};
    }
    return play(std::move(*scenario));
}

Status<std::string> Demo::startProviders(const Configuration &own, const std::string &text)
{
    if (auto running = play(rehearsalScenario(own)); !running) {
        return running;
    }
    auto rehearsed = rehearsalText(text, [this](const std::string &provider) {
        return m_simulator->baseUrl(provider);
    });
    if (!rehearsed) {
        return Failure{rehearsed.error()};
    }
    m_rehearsal = std::move(*rehearsed);
    m_routes = rehearsalRoutes(own);
    return Nothing{};
}

Status<std::string> Demo::play(simulator::Scenario scenario)
{
    m_simulator = std::make_unique<simulator::Simulator>(std::move(scenario));
    const auto started = m_simulator->start();
    if (!started) {
        return Failure{started.error().address + ": " + started.error().message};
    }
    return Nothing{};
}

std::string Demo::configuration() const
{
    if (!m_rehearsal.empty()) {
        return m_rehearsal;
    }
    std::string text(kDemoConfiguration);
    constexpr std::string_view kPlaceholder = "@URL@";
    for (auto at = text.find(kPlaceholder); at != std::string::npos; at = text.find(kPlaceholder)) {
        text.replace(at, kPlaceholder.size(), m_simulator->url());
    }
    return text;
}

void Demo::startTraffic(const std::string &url)
{
    m_traffic = std::make_unique<Traffic>(url, m_routes);
}

void Demo::stop()
{
    m_traffic.reset();
    m_simulator.reset();
}

} // namespace signalbox::app
