// SPDX-License-Identifier: Apache-2.0
// The thread on which a console's own gateway runs.
#pragma once

#include "core/runtime/service.h"

#include <QThread>

namespace signalbox::runtime {

/// Runs the service until it is destroyed, which stops it and waits for it to finish its requests.
class GatewayThread : public QThread
{
public:
    explicit GatewayThread(Service &service, QObject *parent = nullptr);
    ~GatewayThread() override;

private:
    void run() override;

    Service &m_service;
};

} // namespace signalbox::runtime
