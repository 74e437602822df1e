// SPDX-License-Identifier: GPL-3.0-or-later
// How every number is written on screen; docs and tests hold the table of rules.
#pragma once

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/usage.h"

#include <QString>

#include <cstdint>
#include <optional>

/// Every function writes in the default QLocale. NaN and "nothing" are written as a dash.
namespace signalbox::ui::text {

QString dash();

QString latency(double ms);
QString latency(const std::optional<double> &ms);
QString latency(Micros duration);
/// The quantile, or the count of samples where it would mean nothing: `– (n = 7)`.
QString quantile(const std::optional<double> &ms, std::int64_t samples);

/// `41.2 req/s`; below 0.1 per second by the minute.
QString rate(double perSecond);
QString count(std::int64_t value);
QString tokens(std::int64_t value);
/// `63.5 tok/s`.
QString throughput(double tokensPerSecond);

QString money(Money amount);
QString money(double usd);
/// `$0.0043`, `≈ $0.0043` for an estimate, `n/a` where no price is known.
QString cost(const Cost &cost);
QString costPerHour(double usdPerHour);

/// \p share is 0..1.
QString percent(double share);

/// Time to go as `m:ss` or `h:mm:ss`; never negative.
QString countdown(Micros left);
/// `41 s`, `4 min`, `3 h 4 min`, `2 d 5 h`.
QString span(Micros duration);
/// `just now`, `12 s ago`, `4 min ago`; from an hour on the time of day, from a day on with the date.
QString ago(SystemTime now, SystemTime then);
/// Age of the data with one decimal: `0.4 s`.
QString age(Micros duration);

/// Time of day in the zone of zone.h: `14:03:22`, with tenths `14:03:22.1`.
QString clock(SystemTime time);
QString clockTenths(SystemTime time);
/// Date and time in that zone with its offset, and the same in UTC: for tooltips.
QString fullTime(SystemTime time);

} // namespace signalbox::ui::text
