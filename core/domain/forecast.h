// SPDX-License-Identifier: Apache-2.0
// What a request is expected to cost and to take on one target.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>

namespace signalbox {

struct Forecast
{
    std::optional<Money> cost; ///< nothing: the price is unknown
    std::optional<Micros> time; ///< to the end of the answer; nothing: not seen yet
    double failureShare = 0; ///< of its recent attempts, 0..1
    std::int64_t outputTokens = 0; ///< on which both are based
    int observations = 0; ///< recent answers behind it
    std::int64_t cachedTokens = 0; ///< of the prompt, that the provider's cache is expected to have

    friend bool operator==(const Forecast &, const Forecast &) = default;
};

} // namespace signalbox
