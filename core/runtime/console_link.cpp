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
    m_service.watch([this] { ring(); });
}

std::shared_ptr<const telemetry::Snapshot> ConsoleLink::snapshot() const
{
    return m_service.snapshot();
}

Service::FinishedInbox::Batch ConsoleLink::takeFinished()
{
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
        ring();
    });
}

void ConsoleLink::ring()
{
    // One queued event at a time, however fast the gateway is and however slow the console.
    if (!m_rung.exchange(true)) {
        Q_EMIT doorbell();
    }
}

} // namespace signalbox::runtime
