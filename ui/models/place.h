// SPDX-License-Identifier: GPL-3.0-or-later
// Where something on a screen leads to.
#pragma once

#include "core/domain/ids.h"

#include <QString>

#include <optional>

namespace signalbox::ui {

/// A page, and what of it is meant; no page: it leads nowhere.
struct Place
{
    QString page = {}; ///< object name: `providers`
    std::optional<TargetId> target = {};
    QString widget = {}; ///< object name of what gets the focus: `chart.cost`

    friend bool operator==(const Place &, const Place &) = default;
};

} // namespace signalbox::ui
