// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the console that are the same each time they are made.
#pragma once

#include "ui/console_window.h"

#include <QImage>

namespace signalbox::ui {

/// Shows it, and waits until its alerts were told: the line that tells them would come and go.
void present(ConsoleWindow &window);
/// What the window looks like once it changes no more.
QImage calm(QWidget &window);

} // namespace signalbox::ui
