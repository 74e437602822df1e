// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/simulated_faults.h"

#include <algorithm>
#include <utility>

namespace signalbox::app {

namespace {

using ui::RehearsalFault;

constexpr double kSlowness = 8;
constexpr double kRetryAfterSeconds = 10;
constexpr int kTokensBeforeCut = 12;

simulator::Fault faultFor(const ui::Rehearsed &what)
{
    simulator::Fault fault;
    fault.provider = what.provider.toStdString();
    switch (what.fault) {
    case RehearsalFault::Down:
        fault.kind = simulator::FaultKind::Refuse;
        break;
    case RehearsalFault::Slow:
        fault.kind = simulator::FaultKind::Slow;
        fault.factor = kSlowness;
        break;
    case RehearsalFault::Throttled:
        fault.kind = simulator::FaultKind::RateLimit;
        fault.hint = simulator::RetryHint::RetryAfterSeconds;
        fault.hintValue = kRetryAfterSeconds;
        break;
    case RehearsalFault::Cut:
        fault.kind = simulator::FaultKind::Cut;
        fault.afterTokens = kTokensBeforeCut;
        break;
    }
    return fault;
}

} // namespace

SimulatedFaults::SimulatedFaults(simulator::Simulator &simulator,
                                 QStringList providers,
                                 QObject *parent)
    : ui::Rehearsal(parent)
    , m_simulator(simulator)
    , m_providers(std::move(providers))
{}

std::vector<ui::Rehearsed> SimulatedFaults::faults() const
{
    std::vector<ui::Rehearsed> list;
    for (const Running &running : m_running) {
        list.push_back(running.what);
    }
    return list;
}

void SimulatedFaults::begin(const ui::Rehearsed &what)
{
    if (std::ranges::find(m_running, what, &Running::what) != m_running.end()) {
        return;
    }
    if (const auto id = m_simulator.addFault(faultFor(what))) {
        m_running.push_back({what, *id});
        Q_EMIT changed();
    }
}

void SimulatedFaults::end(const ui::Rehearsed &what)
{
    const auto found = std::ranges::find(m_running, what, &Running::what);
    if (found != m_running.end()) {
        m_simulator.removeFault(found->id);
        m_running.erase(found);
        Q_EMIT changed();
    }
}

void SimulatedFaults::endAll()
{
    for (const Running &running : std::exchange(m_running, {})) {
        m_simulator.removeFault(running.id);
    }
    Q_EMIT changed();
}

} // namespace signalbox::app
