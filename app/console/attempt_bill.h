// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway's own arithmetic for the console.
#pragma once

#include "ui/attempt_bill.h"

#include "core/domain/record.h"

#include <optional>

namespace signalbox::app {

/// By the price that was kept with the attempt; nothing where none was.
[[nodiscard]] std::optional<ui::AttemptBill> keptBill(const AttemptRecord &attempt);

} // namespace signalbox::app
