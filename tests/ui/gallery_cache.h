// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the page of the cache.
#pragma once

#include "ui/theme/theme_switch.h"

#include <QString>

#include <functional>

class QWidget;

namespace signalbox::ui {

/// Entries, found and deleted ones, near misses, the threshold and its change, trouble, and off; each
/// is given to \p save by its name.
void shootCache(ThemeChoice choice,
                const std::function<void(QWidget &window, const QString &name)> &save);

} // namespace signalbox::ui
