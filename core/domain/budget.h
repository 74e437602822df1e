// SPDX-License-Identifier: Apache-2.0
// How a client stands with what it may spend in a day.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"

#include <string>

namespace signalbox {

struct BudgetView
{
    std::string client;
    Money perDay;
    Money spent; ///< today, known costs only
    Money reserved; ///< by calls in the air
    SystemTime resetsAt{}; ///< the end of the day in the configured zone

    friend bool operator==(const BudgetView &, const BudgetView &) = default;
};

} // namespace signalbox
