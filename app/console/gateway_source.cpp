// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/gateway_source.h"

#include <chrono>
#include <utility>

namespace signalbox::app {

namespace {

gateway::Act actFor(ui::BreakerAction action)
{
    switch (action) {
    case ui::BreakerAction::Trip:
        return gateway::Act::Trip;
    case ui::BreakerAction::Hold:
        return gateway::Act::Hold;
    case ui::BreakerAction::Reset:
        return gateway::Act::Reset;
    case ui::BreakerAction::Drain:
        return gateway::Act::Drain;
    case ui::BreakerAction::Undrain:
        return gateway::Act::Undrain;
    }
    return gateway::Act::Reset;
}

} // namespace

GatewaySource::GatewaySource(runtime::Service &service, QObject *parent)
    : ui::ConsoleSource(parent)
    , m_link(service)
{
    connect(&m_link,
            &runtime::ConsoleLink::doorbell,
            this,
            &GatewaySource::onDoorbell,
            Qt::QueuedConnection);
}

std::shared_ptr<const telemetry::Snapshot> GatewaySource::snapshot() const
{
    return m_link.snapshot();
}

ui::FinishedBatch GatewaySource::takeFinished()
{
    auto batch = m_link.takeFinished();
    return {std::move(batch.items), static_cast<std::int64_t>(batch.refused)};
}

void GatewaySource::send(const ui::BreakerCommand &command)
{
    std::optional<Millis> duration;
    if (command.duration) {
        duration = *command.duration;
    }
    m_link.operate(command.id, actFor(command.action), command.target, command.reason, duration);
}

void GatewaySource::onDoorbell()
{
    for (const auto &result : m_link.takeResults().items) {
        Q_EMIT commandFinished(result.id,
                               result.problem.empty(),
                               QString::fromStdString(result.problem));
    }
    Q_EMIT doorbell();
}

} // namespace signalbox::app
