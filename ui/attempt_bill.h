// SPDX-License-Identifier: GPL-3.0-or-later
// How what an attempt cost comes about.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

struct BillLine
{
    enum class Part : std::uint8_t {
        Input,
        CachedInput,
        CacheWrite,
        CacheWriteHour,
        Output,
        ThinkingOutput
    };
    Part part = Part::Input;
    std::int64_t tokens = 0; ///< never 0
    TokenPrice price;

    friend bool operator==(const BillLine &, const BillLine &) = default;
};

/// By the price that was kept with the request; of older ones, by the configuration that runs now.
struct AttemptBill
{
    std::vector<BillLine> lines = {};
    bool isKept = false; ///< the price is the one that the cost was made from
    Money sum; ///< of the lines, rounded once
    QString model = {}; ///< whose price it is, as the provider calls it
    std::int64_t fromPromptTokens = 0; ///< the price's row is for prompts from here on; 0: for all
    bool byOperator = false; ///< the configuration has the price; else the catalogue
    std::optional<SystemTime> since = {}; ///< the catalogue has it from that day on

    friend bool operator==(const AttemptBill &, const AttemptBill &) = default;
};

} // namespace signalbox::ui
