// SPDX-License-Identifier: GPL-3.0-or-later
// The console's source of news when the gateway runs in the same process.
#pragma once

#include "ui/console_source.h"

#include "core/runtime/console_link.h"

namespace signalbox::app {

/// Lives on the UI thread; passes values and commands between the console and the link.
class GatewaySource : public ui::ConsoleSource
{
    Q_OBJECT

public:
    /// \p service must outlive it.
    explicit GatewaySource(runtime::Service &service, QObject *parent = nullptr);

    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const override;
    [[nodiscard]] ui::FinishedBatch takeFinished() override;
    void send(const ui::BreakerCommand &command) override;

private:
    void onDoorbell();

    runtime::ConsoleLink m_link;
};

} // namespace signalbox::app
