// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the playground's standings and batches.
#pragma once

#include "ui/theme/theme_switch.h"

#include <QString>

#include <functional>

class QWidget;

namespace signalbox::ui {

/// Empty, standings, a batch that is set up, runs, halts and is done; each is given to \p save by its name.
void shootJudgements(ThemeChoice choice,
                     const std::function<void(QWidget &window, const QString &name)> &save);

} // namespace signalbox::ui
