// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/gateway_thread.h"

namespace signalbox::runtime {

GatewayThread::GatewayThread(Service &service, QObject *parent)
    : QThread(parent)
    , m_service(service)
{
    setObjectName("gateway");
    start();
}

GatewayThread::~GatewayThread()
{
    m_service.stop();
    wait();
}

void GatewayThread::run()
{
    m_service.run();
}

} // namespace signalbox::runtime
