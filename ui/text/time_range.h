// SPDX-License-Identifier: GPL-3.0-or-later
// The stretch of time that all pages look at.
#pragma once

#include <QtGlobal>

#include <optional>

namespace signalbox::ui {

/// Live when it has no end: it then ends with the newest data there is.
struct TimeRange
{
    qint64 spanMs = 300'000;
    std::optional<qint64> endMs = {};

    [[nodiscard]] bool isLive() const { return !endMs.has_value(); }
    /// Where it ends when the newest data is of \p newestMs.
    [[nodiscard]] qint64 end(qint64 newestMs) const { return endMs.value_or(newestMs); }
    [[nodiscard]] qint64 begin(qint64 newestMs) const { return end(newestMs) - spanMs; }

    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

inline constexpr qint64 kShortestRangeMs = 10'000;
inline constexpr qint64 kLongestRangeMs = 30LL * 86'400'000;

} // namespace signalbox::ui
