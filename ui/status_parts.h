// SPDX-License-Identifier: GPL-3.0-or-later
// The status line's words, from the state.
#pragma once

#include "ui/console_state.h"
#include "ui/widgets/status_strip.h"

#include <vector>

namespace signalbox::ui {

class Rehearsal;

/// Connection and age, the three numbers, open breakers, what is rehearsed (null: nothing can be),
/// and the ledger if it is not well.
std::vector<StatusPart> statusParts(ConsoleState &state, const Rehearsal *rehearsal);

} // namespace signalbox::ui
