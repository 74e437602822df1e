// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of a recording of another gateway.
#pragma once

#include "ui/theme/theme_switch.h"

#include <QString>

#include <functional>

class QWidget;

namespace signalbox::ui {

/// Keeps what \p window looks like under \p name.
using Keep = std::function<void(QWidget &window, const QString &name)>;

void shootRecording(ThemeChoice choice, const QString &theme, const Keep &keep);

} // namespace signalbox::ui
