// SPDX-License-Identifier: Apache-2.0
// How a client or a provider stands with what may be spent in a day.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>

namespace signalbox {

/// Whose day it is.
enum class BudgetOwner : std::uint8_t {
    Client,
    Provider
};

struct BudgetView
{
    std::string id;
    Money perDay;
    Money spent; ///< today, known costs only
    Money reserved; ///< by calls in the air
    SystemTime resetsAt{}; ///< the end of the day in the configured zone
    BudgetOwner owner = BudgetOwner::Client;

    friend bool operator==(const BudgetView &, const BudgetView &) = default;
};

} // namespace signalbox
