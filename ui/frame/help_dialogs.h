// SPDX-License-Identifier: GPL-3.0-or-later
// The Help menu's windows: non-modal, closed with Esc.
#pragma once

#include <QString>

class QMenuBar;
class QWidget;

namespace signalbox::ui {

void showAbout(QWidget *parent, const QString &version);
/// Every action of the menus that has keys, and the keys of charts and lists.
void showShortcuts(QWidget *parent, const QMenuBar &bar);

} // namespace signalbox::ui
