// SPDX-License-Identifier: GPL-3.0-or-later
// Our own icons: drawn in one colour, which is the theme's where they stand.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace signalbox::ui {

/// The mark of the program; from the resources.
QIcon applicationIcon();

/// The icon `NAME.svg` of the resources in \p colour, \p size pixels wide at 100 %.
QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal ratio);

/// The same for buttons and menus: always in the text colour of the palette in force.
QIcon themeIcon(const QString &name);

} // namespace signalbox::ui
