// SPDX-License-Identifier: GPL-3.0-or-later
// The zone in which every time on screen is written.
#pragma once

#include <QDateTime>

namespace signalbox::ui::text {

enum class Zone {
    Local,
    Utc
};

/// One for the whole program, as QLocale's default is. UI thread only; texts made before stay.
void setZone(Zone zone);
[[nodiscard]] Zone zone();

/// An instant (ms since the epoch) as date and time in that zone.
[[nodiscard]] QDateTime inZone(qint64 ms);
/// `UTC` or `UTC+01:00`, which depends on the day for a zone with summer time.
[[nodiscard]] QString zoneName(qint64 ms);

} // namespace signalbox::ui::text
