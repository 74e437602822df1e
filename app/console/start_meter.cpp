// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/start_meter.h"

#include <QAbstractEventDispatcher>
#include <QEvent>
#include <QFile>
#include <QWidget>

#include <ctime>
#include <unistd.h>
#include <utility>

namespace signalbox::app {
namespace {

/// Of the fields after the program's name, which may hold blanks; the first of them is the third.
constexpr int kStartTimeField = 22 - 3;

/// Since the system's start, as proc(5) counts it.
std::chrono::milliseconds processStart()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray stat = file.readAll();
    const auto fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const long perSecond = ::sysconf(_SC_CLK_TCK);
    return std::chrono::milliseconds(fields.value(kStartTimeField).toLongLong() * 1000 / perSecond);
}

std::chrono::milliseconds sinceStart()
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    const auto boot = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
    return std::chrono::duration_cast<std::chrono::milliseconds>(boot) - processStart();
}

} // namespace

StartMeter::StartMeter(QWidget &window, std::function<bool()> usable)
    : m_window(window)
    , m_isUsable(std::move(usable))
{
    m_window.installEventFilter(this);
    connect(QAbstractEventDispatcher::instance(),
            &QAbstractEventDispatcher::aboutToBlock,
            this,
            &StartMeter::idle);
}

/// An expose is where all of a window is painted; the next idle moment is after that.
bool StartMeter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint) {
        m_window.removeEventFilter(this);
        QMetaObject::invokeMethod(
            this, [this] { m_painted = sinceStart(); }, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void StartMeter::idle()
{
    if (!m_usable && m_painted && m_isUsable()) {
        m_usable = sinceStart();
    }
}

} // namespace signalbox::app
