// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway's figures against those of the minute before.
#pragma once

#include "core/telemetry/snapshot.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace signalbox::ui {

/// How the last minute differs from the one before it. What cannot be known is empty: the minute
/// before was not watched, or one of the two has no such figure.
struct MinuteChange
{
    /// Times what it was, less one: 0.12 is 12 % more.
    std::optional<double> requests = {};
    std::optional<double> p95 = {};
    std::optional<double> firstToken = {};
    std::optional<double> cost = {};
    std::optional<double> failures = {}; ///< the share of now less that of then, -1..1

    friend bool operator==(const MinuteChange &, const MinuteChange &) = default;
};

/// A snapshot's totals are of the last minute, so those of the snapshot of a minute ago are of the
/// minute before. They are remembered here, one a second, two minutes of them.
class MinuteBefore
{
public:
    /// Remembers \p snapshot, one a second; of another gateway's start it begins anew.
    void take(const telemetry::Snapshot &snapshot);
    /// \p snapshot against what was taken a minute before it, by its own clock.
    [[nodiscard]] MinuteChange changeOf(const telemetry::Snapshot &snapshot) const;

private:
    struct Past
    {
        SystemTime at{};
        telemetry::Totals totals;
    };
    [[nodiscard]] const Past *near(SystemTime at) const;

    SystemTime m_startedAt{};
    std::deque<Past> m_past; ///< oldest first
};

} // namespace signalbox::ui
