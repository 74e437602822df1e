// SPDX-License-Identifier: GPL-3.0-or-later
// The size of all texts, against the desktop's.
#pragma once

#include <QList>

namespace signalbox::ui {

/// In percent of the desktop's; 100 is among them.
const QList<int> &textSizes();
/// Sets the application's font before any window is made; what is not among textSizes() is 100.
void installTextSize(int percent);

} // namespace signalbox::ui
