// SPDX-License-Identifier: Apache-2.0
// The hours and days of a time zone, as spans of UTC.
#pragma once

#include "core/base/time.h"

#include <QTimeZone>

#include <optional>
#include <string>

namespace signalbox::runtime {

/// One hour or day of a zone. A day lasts 23 to 25 hours; an hour that the clocks run through
/// twice is two buckets, told apart by their offset.
struct ZoneBucket
{
    SystemTime start{};
    SystemTime end{};
    std::string label; ///< `2026-11-22`, or `2026-11-22T14:00:00+05:30`; UTC is `Z`
};

/// Every offset in use is a multiple of a quarter of an hour, so a bucket is whole quarters.
class ZoneBuckets
{
public:
    /// Nothing when there is no zone of that IANA name.
    static std::optional<ZoneBuckets> create(const std::string &timeZone);

    [[nodiscard]] ZoneBucket dayOf(SystemTime time) const;
    [[nodiscard]] ZoneBucket hourOf(SystemTime time) const;

private:
    explicit ZoneBuckets(const QTimeZone &zone);
    [[nodiscard]] Seconds offsetAt(SystemTime time) const;
    QTimeZone m_zone;
};

} // namespace signalbox::runtime
