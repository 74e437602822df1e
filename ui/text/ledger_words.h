// SPDX-License-Identifier: GPL-3.0-or-later
// What the ledger's trouble means.
#pragma once

#include <QString>

#include <string_view>

namespace signalbox::ui::text {

/// A sentence or two for a problem as the gateway tells it (`disk_full: database or disk is full`): what is
/// wrong, and what to do where something is to be done. One that is not known stays as it is.
[[nodiscard]] QString ledgerTrouble(std::string_view problem);

/// What is wrong, without what to do: the first of these sentences, without its full stop.
[[nodiscard]] QString ledgerTroubleInBrief(std::string_view problem);

} // namespace signalbox::ui::text
