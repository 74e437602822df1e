// SPDX-License-Identifier: Apache-2.0
#include "app/demo/demo.h"

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
    m_simulator = std::make_unique<simulator::Simulator>(std::move(*scenario));
    const auto started = m_simulator->start();
    if (!started) {
        return Failure{started.error().address + ": " + started.error().message};
    }
    return Nothing{};
}

std::string Demo::configuration() const
{
    std::string text(kDemoConfiguration);
    constexpr std::string_view kPlaceholder = "@URL@";
    for (auto at = text.find(kPlaceholder); at != std::string::npos; at = text.find(kPlaceholder)) {
        text.replace(at, kPlaceholder.size(), m_simulator->url());
    }
    return text;
}

void Demo::startTraffic(const std::string &url)
{
    m_traffic = std::make_unique<Traffic>(url);
}

void Demo::stop()
{
    m_traffic.reset();
    m_simulator.reset();
}

} // namespace signalbox::app
