// SPDX-License-Identifier: Apache-2.0
// What a task of a class really costs at a target, how long it takes, how often it fails.
#pragma once

#include "core/base/money.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// A figure and the middle nine tenths of what it comes to in resamples (bootstrap).
struct Band
{
    double value = 0;
    double low = 0;
    double high = 0;

    friend bool operator==(const Band &, const Band &) = default;
};

/// Calls for the tasks of one class at one target.
struct MatrixCell
{
    std::string task; ///< RequestRecord::taskName()
    TargetId target;
    std::int64_t calls = 0;
    std::int64_t answered = 0;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    Money cost; ///< known amounts, failed and abandoned calls included
    std::int64_t unknownPriceCalls = 0;
    bool tooFew = true; ///< of so few calls nothing should be concluded, and there are no bands
    /// USD: all that was paid here for each answer that came of it. Nothing where a price is unknown
    /// or no answer came.
    std::optional<Band> costPerAnswer;
    std::optional<Band> firstToken; ///< median, seconds
    std::optional<Band>
        tokensPerSecond; ///< after the first token; of a whole answer over all of it
    Band failureShare; ///< 0..1
    Band abandonedShare; ///< 0..1

    friend bool operator==(const MatrixCell &, const MatrixCell &) = default;
};

/// How long a whole answer of this cell takes, in seconds: to the first token, and then as many as
/// there were on average. Nothing where that is not known.
[[nodiscard]] std::optional<double> secondsPerAnswer(const MatrixCell &cell);

/// What all classes together say of one target.
struct TargetTotals
{
    std::int64_t calls = 0;
    std::optional<double> costPerAnswer; ///< USD
    std::optional<double> secondsPerAnswer;
    double failureShare = 0; ///< 0..1

    friend bool operator==(const TargetTotals &, const TargetTotals &) = default;
};

[[nodiscard]] TargetTotals totalsOf(const std::vector<MatrixCell> &cells, const TargetId &target);

} // namespace signalbox
