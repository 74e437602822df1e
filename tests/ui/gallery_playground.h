// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the playground's further states: composing, six columns, the timeline, earlier comparisons.
#pragma once

#include "tests/ui/gallery_incident.h"

namespace signalbox::ui {

void shootComposing(ThemeChoice choice, const QString &theme, const Keep &keep);
void shootRace(ThemeChoice choice, const QString &theme, const Keep &keep);

} // namespace signalbox::ui
