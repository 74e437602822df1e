// SPDX-License-Identifier: GPL-3.0-or-later
// The status line's words, from the state.
#pragma once

#include "ui/console_state.h"
#include "ui/widgets/status_strip.h"

#include <vector>

namespace signalbox::ui {

/// Connection and age, the three numbers, open breakers, and the ledger if it is not well.
std::vector<StatusPart> statusParts(ConsoleState &state);

} // namespace signalbox::ui
