// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the desktop wants light or dark: asked of the settings portal, followed while running.
#pragma once

#include <QObject>

class QDBusVariant;

namespace signalbox::ui {

/// Qt 6.4 has no colour scheme hint of its own. Without a session bus or a portal the palette the
/// platform gave at the start decides, and nothing waits.
class DesktopScheme : public QObject
{
    Q_OBJECT

public:
    explicit DesktopScheme(QObject *parent = nullptr);

    [[nodiscard]] bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed(bool dark);

private:
    void ask();
    void setScheme(uint scheme);

private Q_SLOTS:
    void onSetting(const QString &group, const QString &key, const QDBusVariant &value);

private:
    bool m_dark = false;
};

} // namespace signalbox::ui
