// SPDX-License-Identifier: GPL-3.0-or-later
// Rehearsals in words: the menu, the palette and the line that says what is on.
#pragma once

#include "ui/models/palette_model.h"
#include "ui/rehearsal.h"

class QAction;
class QMenu;

namespace signalbox::ui {

/// `mistral is down, openai answers slowly`; empty: nothing is on.
[[nodiscard]] QString rehearsalText(const Rehearsal &rehearsal);

/// \p endAll, then for every provider, and for all at once: each trouble's beginning, or its end
/// while it is on.
[[nodiscard]] std::vector<PaletteEntry> rehearsalEntries(Rehearsal &rehearsal, QAction &endAll);

/// A submenu for every provider with the same; what is on is checked.
void fillRehearsalMenu(QMenu &menu, Rehearsal &rehearsal);

} // namespace signalbox::ui
