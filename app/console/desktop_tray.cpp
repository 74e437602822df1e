// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/desktop_tray.h"

#include "ui/theme/icons.h"
#include "ui/theme/state_glyph.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QSystemTrayIcon>

namespace signalbox::app {

namespace {

/// The program's mark with the sign of an open breaker in its corner.
QIcon brokenIcon()
{
    QIcon icon;
    for (const int size : {22, 32, 64}) {
        QPixmap picture = ui::applicationIcon().pixmap(size, size);
        QPainter painter(&picture);
        const QRectF corner(size * 0.45, size * 0.45, size * 0.55, size * 0.55);
        ui::paintStateGlyph(painter, corner, {ui::GlyphShape::Open, false}, ui::Theme::night());
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

} // namespace

DesktopTray::DesktopTray(QObject *parent)
    : ui::TraySign(parent)
{}

DesktopTray::~DesktopTray() = default;

bool DesktopTray::isAvailable() const
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void DesktopTray::show(const QString &words)
{
    if (m_icon == nullptr) {
        if (!isAvailable()) {
            return;
        }
        m_icon = std::make_unique<QSystemTrayIcon>(brokenIcon());
        connect(m_icon.get(), &QSystemTrayIcon::activated, this, &ui::TraySign::activated);
    }
    m_icon->setToolTip(words);
    m_icon->show();
}

void DesktopTray::hide()
{
    m_icon.reset();
}

} // namespace signalbox::app
