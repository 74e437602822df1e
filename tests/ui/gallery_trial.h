// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of changes on trial and of the cost matrix.
#pragma once

#include "ui/theme/theme_switch.h"

#include <QString>

#include <functional>

class QWidget;

namespace signalbox::ui {

/// The choice of a share, a trial as it runs, one that was rolled back, and the matrix with what is
/// proposed, by cost, time and failures, and empty; each is given to \p save by its name.
void shootTrials(ThemeChoice choice,
                 const std::function<void(QWidget &window, const QString &name)> &save);

} // namespace signalbox::ui
