// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of what was spent: sums, prices that are typed in, a provider's bill.
#pragma once

#include "tests/ui/gallery_incident.h"

namespace signalbox::ui {

/// A month, parted further, on a logarithmic axis, empty, and without an answer.
void shootCosts(ThemeChoice choice, const QString &theme, const Keep &keep);
/// A model without a price: its form, and the change that it makes.
void shootPrices(ThemeChoice choice, const QString &theme, const Keep &keep);
void shootBill(ThemeChoice choice, const QString &theme, const Keep &keep);

} // namespace signalbox::ui
