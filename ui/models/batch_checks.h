// SPDX-License-Identifier: GPL-3.0-or-later
// What an answer must be like.
#pragma once

#include "core/base/money.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>

namespace signalbox::ui {

enum class CheckKind : std::uint8_t {
    Contains, ///< a text, whatever its case
    Lacks,
    Matches, ///< a regular expression, somewhere in it
    Schema, ///< it is JSON that a JSON Schema allows
    LengthMax, ///< in characters
    MillisMax,
    CostMax, ///< in USD
};

inline constexpr std::array kCheckKinds = {CheckKind::Contains,
                                           CheckKind::Lacks,
                                           CheckKind::Matches,
                                           CheckKind::Schema,
                                           CheckKind::LengthMax,
                                           CheckKind::MillisMax,
                                           CheckKind::CostMax};

struct BatchCheck
{
    CheckKind kind = CheckKind::Contains;
    QString value = {};

    friend bool operator==(const BatchCheck &, const BatchCheck &) = default;
};

/// `contains`, `lacks`, …: as files have it.
[[nodiscard]] QString nameOf(CheckKind kind);
/// `contains …`: as people read it.
[[nodiscard]] QString titleOf(CheckKind kind);
/// `contains “refund”`
[[nodiscard]] QString textOf(const BatchCheck &check);
/// Why it cannot be checked, in a sentence; empty: it can.
[[nodiscard]] QString problemOf(const BatchCheck &check);

enum class CheckResult : std::uint8_t {
    Passed,
    Failed,
    Unknown, ///< a cost without a price
};

/// What is checked of an answer.
struct CheckedAnswer
{
    QString text = {};
    double totalMs = 0;
    std::optional<Money> cost = {};
};

/// \pre problemOf(check) is empty. A regular expression that goes astray in a text has failed.
[[nodiscard]] CheckResult resultOf(const BatchCheck &check, const CheckedAnswer &answer);

} // namespace signalbox::ui
