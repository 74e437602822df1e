// SPDX-License-Identifier: Apache-2.0
// The console's end of the two doors: values out of the gateway's thread, commands into it.
#pragma once

#include "core/domain/record.h"
#include "core/gateway/gateway.h"
#include "core/runtime/doors.h"
#include "core/runtime/service.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::runtime {

/// Lives on the UI thread. The gateway's thread only sets a flag and emits the argument-less
/// signal; what it is about is fetched through Latest and Inbox.
class ConsoleLink : public QObject
{
    Q_OBJECT

public:
    struct CommandResult
    {
        std::uint64_t id = 0;
        std::string problem; ///< empty: it worked
    };

    /// \p service must outlive it.
    explicit ConsoleLink(Service &service, QObject *parent = nullptr);

    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const;
    /// Answers the doorbell too: a newer snapshot is made, and rung for, only after this.
    [[nodiscard]] Service::FinishedInbox::Batch takeFinished();
    [[nodiscard]] Inbox<CommandResult>::Batch takeResults();
    void operate(std::uint64_t id,
                 gateway::Gateway::Act act,
                 const TargetId &target,
                 std::string reason,
                 std::optional<Millis> duration);

Q_SIGNALS:
    /// There is news, or the result of a command. Comes from the gateway's thread: connect queued.
    void doorbell();

private:
    Service &m_service;
    Inbox<CommandResult> m_results;
    std::atomic<bool> m_rung = false; ///< and not answered yet
};

} // namespace signalbox::runtime
