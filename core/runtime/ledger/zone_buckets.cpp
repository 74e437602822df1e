// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/zone_buckets.h"

#include "core/runtime/ledger/rollup.h"

#include <QByteArray>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <cstdio>

namespace signalbox::runtime {
namespace {

SystemTime startOf(const QDate &date, const QTimeZone &zone)
{
    return SystemTime(Millis(date.startOfDay(zone).toMSecsSinceEpoch()));
}

std::string offsetText(Seconds offset)
{
    if (offset == Seconds(0)) {
        return "Z";
    }
    const auto minutes = std::abs(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
    std::array<char, 16> text{};
    const char sign = offset < Seconds(0) ? '-' : '+';
    std::snprintf(text.data(),
                  text.size(),
                  "%c%02d:%02d",
                  sign,
                  static_cast<int>(minutes / 60),
                  static_cast<int>(minutes % 60));
    return text.data();
}

} // namespace

ZoneBuckets::ZoneBuckets(const QTimeZone &zone)
    : m_zone(zone)
{}

std::optional<ZoneBuckets> ZoneBuckets::create(const std::string &timeZone)
{
    if (timeZone.empty()) { // to Qt that is this machine's zone
        return std::nullopt;
    }
    const QTimeZone zone(QByteArray::fromStdString(timeZone));
    return zone.isValid() ? std::optional(ZoneBuckets(zone)) : std::nullopt;
}

Seconds ZoneBuckets::offsetAt(SystemTime time) const
{
    const auto ms = std::chrono::floor<Millis>(time).time_since_epoch().count();
    return Seconds(m_zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)));
}

ZoneBucket ZoneBuckets::dayOf(SystemTime time) const
{
    const auto ms = std::chrono::floor<Millis>(time).time_since_epoch().count();
    const QDate date = QDateTime::fromMSecsSinceEpoch(ms, m_zone).date();
    return {startOf(date, m_zone),
            startOf(date.addDays(1), m_zone),
            date.toString(Qt::ISODate).toStdString()};
}

ZoneBucket ZoneBuckets::hourOf(SystemTime time) const
{
    const Seconds offset = offsetAt(time);
    const auto local = std::chrono::floor<std::chrono::hours>(time + offset);
    SystemTime start = local - offset;
    SystemTime end = start + std::chrono::hours(1);
    // Where the clocks change inside this hour (Lord Howe: by half an hour), it ends or begins there.
    while (offsetAt(start) != offset) {
        start += Quarter(1);
    }
    while (offsetAt(end - Micros(1)) != offset) {
        end -= Quarter(1);
    }
    const std::string label = toIso8601(local).substr(0, 19);
    return {start, end, label + offsetText(offset)};
}

} // namespace signalbox::runtime
