// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's tray, where there is one.
#pragma once

#include "ui/notifier.h"

#include <memory>

class QSystemTrayIcon;

namespace signalbox::app {

/// Nothing is made before something is to be shown.
class DesktopTray : public ui::TraySign
{
    Q_OBJECT

public:
    explicit DesktopTray(QObject *parent = nullptr);
    ~DesktopTray() override;

    [[nodiscard]] bool isAvailable() const override;
    void show(const QString &words) override;
    void hide() override;

private:
    std::unique_ptr<QSystemTrayIcon> m_icon;
};

} // namespace signalbox::app
