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

class SettingsSource;

/// Every action of the menus, submenus as well, but for those of \p skip.
[[nodiscard]] std::vector<PaletteEntry> menuEntries(const QMenuBar &bar,
                                                    const QList<const QMenu *> &skip = {});

struct TargetCommands
{
    std::function<void(BreakerAction, const TargetId &)> act;
    std::function<void(const TargetId &)> show;
    QString unable = {}; ///< why nothing can be done to any; empty: it can
};

/// For each target: show it, and what its breaker allows now.
[[nodiscard]] std::vector<PaletteEntry> targetEntries(const telemetry::Snapshot &snapshot,
                                                      const TargetCommands &commands);

struct KeyCommands
{
    std::function<void(const QString &provider)> add;
    std::function<void(const QString &provider)> test;
};

/// For each provider: test it, and give it a key.
[[nodiscard]] std::vector<PaletteEntry> keyEntries(const SettingsSource &source,
                                                   const KeyCommands &commands);

/// A submenu for each provider with the same; null: there is nothing to choose.
void fillKeysMenu(QMenu &menu, const SettingsSource *source, const KeyCommands &commands);

/// A submenu for each target with the same.
void fillTargetsMenu(QMenu &menu,
                     const telemetry::Snapshot *snapshot,
                     const TargetCommands &commands);

} // namespace signalbox::ui
