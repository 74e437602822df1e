// SPDX-License-Identifier: GPL-3.0-or-later
// What the palette and the Targets menu offer.
#pragma once

#include "ui/console_source.h"
#include "ui/models/palette_model.h"

#include <QList>

#include <functional>
#include <vector>

class QMenu;
class QMenuBar;

namespace signalbox::ui {

/// Every action of the menus, submenus as well, but for those of \p skip.
[[nodiscard]] std::vector<PaletteEntry> menuEntries(const QMenuBar &bar, const QMenu *skip);

struct TargetCommands
{
    std::function<void(BreakerAction, const TargetId &)> act;
    std::function<void(const TargetId &)> show;
};

/// For each target: show it, and what its breaker allows now.
[[nodiscard]] std::vector<PaletteEntry> targetEntries(const telemetry::Snapshot &snapshot,
                                                      const TargetCommands &commands);

/// A submenu for each target with the same.
void fillTargetsMenu(QMenu &menu,
                     const telemetry::Snapshot *snapshot,
                     const TargetCommands &commands);

} // namespace signalbox::ui
