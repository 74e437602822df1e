// SPDX-License-Identifier: GPL-3.0-or-later
// org.freedesktop.Notifications, asked and never waited for.
#pragma once

#include "ui/notifier.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace signalbox::app {

/// Desktop Notifications Specification 1.2. Where nobody serves it, nothing happens.
class DesktopNotifier
    : public QObject
    , public ui::Notifier
{
    Q_OBJECT

public:
    using QObject::QObject;

    void show(const ui::AlertNotice &notice) override;

private:
    void send(const ui::AlertNotice &notice);

    QHash<QString, quint32> m_shown; ///< the service's numbers, by key; at most 200
    QHash<QString, ui::AlertNotice> m_waiting; ///< the newest, while one of its key is asked for
    QSet<QString> m_asked;
};

} // namespace signalbox::app
