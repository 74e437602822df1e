// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/console_link.h"

#include "core/base/bounds.h"

#include <utility>

namespace signalbox::runtime {

ConsoleLink::ConsoleLink(Service &service, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_results(bounds::kConsoleResultsMax)
{
    m_service.watch({.isReady = [this] { return !m_rung; },
                     .ring =
                         [this] {
                             m_rung = true;
                             Q_EMIT doorbell();
                         }});
}

std::shared_ptr<const telemetry::Snapshot> ConsoleLink::snapshot() const
{
    return m_service.snapshot();
}

Service::FinishedInbox::Batch ConsoleLink::takeFinished()
{
    m_rung = false;
    return m_service.takeFinished();
}

Inbox<ConsoleLink::CommandResult>::Batch ConsoleLink::takeResults()
{
    return m_results.take();
}

void ConsoleLink::operate(std::uint64_t id,
                          gateway::Gateway::Act act,
                          const TargetId &target,
                          std::string reason,
                          std::optional<Millis> duration)
{
    m_service.operate(act, target, std::move(reason), duration, [this, id](std::string problem) {
        m_results.put({id, std::move(problem)});
        Q_EMIT doorbell();
    });
}

} // namespace signalbox::runtime
