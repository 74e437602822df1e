// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/numbers.h"

#include "ui/text/zone.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct Numbers
{
    Q_DECLARE_TR_FUNCTIONS(Numbers)
};

QString fixed(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

/// Three significant digits of a value that is at least 1 and below 1000.
QString threeDigits(double value)
{
    if (value < 9.995) {
        return fixed(value, 2);
    }
    return fixed(value, value < 99.95 ? 1 : 0);
}

QString minutesAndSeconds(double ms)
{
    const auto seconds = std::llround(ms / 1000.0);
    if (seconds >= 3600) {
        return span(Seconds(seconds));
    }
    return Numbers::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

QDateTime zonedTime(SystemTime time)
{
    const auto ms = std::chrono::floor<Millis>(time.time_since_epoch()).count();
    return inZone(ms);
}

} // namespace

QString dash()
{
    return u"–"_s;
}

QString latency(double ms)
{
    if (std::isnan(ms)) {
        return dash();
    }
    if (ms > 0 && ms < 0.05) {
        return Numbers::tr("< %1 ms").arg(fixed(0.1, 1));
    }
    if (ms < 9.95) {
        return Numbers::tr("%1 ms").arg(ms > 0 ? fixed(ms, 1) : fixed(0, 0));
    }
    if (ms < 999.5) {
        return Numbers::tr("%1 ms").arg(fixed(ms, 0));
    }
    if (ms < 59'995) {
        return Numbers::tr("%1 s").arg(fixed(ms / 1000, 2));
    }
    return minutesAndSeconds(ms);
}

QString latency(const std::optional<double> &ms)
{
    return ms ? latency(*ms) : dash();
}

QString latency(Micros duration)
{
    return latency(static_cast<double>(duration.count()) / 1000.0);
}

QString quantile(const std::optional<double> &ms, std::int64_t samples)
{
    return ms ? latency(*ms)
              : Numbers::tr("– (n = %1)").arg(QLocale().toString(qlonglong(samples)));
}

QString rate(double perSecond)
{
    if (std::isnan(perSecond)) {
        return dash();
    }
    if (perSecond <= 0) {
        return Numbers::tr("0 req/s");
    }
    if (perSecond >= 0.0995) {
        return Numbers::tr("%1 req/s").arg(fixed(perSecond, 1));
    }
    if (perSecond * 60 < 0.05) {
        return Numbers::tr("< %1 req/min").arg(fixed(0.1, 1));
    }
    return Numbers::tr("%1 req/min").arg(fixed(perSecond * 60, 1));
}

QString count(std::int64_t value)
{
    return QLocale().toString(qlonglong(value));
}

QString tokens(std::int64_t value)
{
    if (value <= 9'999) {
        return count(value);
    }
    const auto thousands = static_cast<double>(value) / 1e3;
    if (thousands < 999.5) {
        return Numbers::tr("%1k").arg(threeDigits(thousands));
    }
    return Numbers::tr("%1M").arg(threeDigits(static_cast<double>(value) / 1e6));
}

QString throughput(double tokensPerSecond)
{
    if (std::isnan(tokensPerSecond)) {
        return dash();
    }
    return Numbers::tr("%1 tok/s").arg(fixed(tokensPerSecond, tokensPerSecond < 99.95 ? 1 : 0));
}

QString money(Money amount)
{
    const std::int64_t nanos = amount.nanos();
    const std::int64_t size = nanos < 0 ? -nanos : nanos;
    const QString sign = nanos < 0 ? u"−"_s : QString();
    if (size == 0) {
        return u"$%1"_s.arg(fixed(0, 2));
    }
    if (size < 100'000) {
        return u"%1< $%2"_s.arg(sign, fixed(0.0001, 4));
    }
    const bool large = size >= 999'950'000;
    return u"%1$%2"_s.arg(sign, fixed(static_cast<double>(size) / 1e9, large ? 2 : 4));
}

QString money(double usd)
{
    if (std::isnan(usd)) {
        return dash();
    }
    return money(Money::fromNanos(std::llround(usd * 1e9)));
}

QString cost(const Cost &cost)
{
    if (!cost.amount) {
        return Numbers::tr("n/a", "no price is known");
    }
    const QString amount = money(*cost.amount);
    const bool isBound = amount.startsWith(u'<'); // vague enough without another sign
    return cost.estimated && !isBound ? u"≈ %1"_s.arg(amount) : amount;
}

QString costPerHour(double usdPerHour)
{
    return std::isnan(usdPerHour) ? dash() : Numbers::tr("%1/h").arg(money(usdPerHour));
}

QString percent(double share)
{
    if (std::isnan(share)) {
        return dash();
    }
    const double value = share * 100;
    if (value <= 0) {
        return Numbers::tr("0 %");
    }
    if (value < 0.05) {
        return Numbers::tr("< %1 %").arg(fixed(0.1, 1));
    }
    if (value < 9.95) {
        return Numbers::tr("%1 %").arg(fixed(value, 1));
    }
    if (value > 99.4999 && value < 100) {
        return Numbers::tr("> %1 %").arg(99);
    }
    return Numbers::tr("%1 %").arg(fixed(value, 0));
}

QString countdown(Micros left)
{
    const auto seconds = std::max<std::int64_t>(0, std::chrono::ceil<Seconds>(left).count());
    const auto tail = u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QChar(u'0'))
                          .arg(seconds % 60, 2, 10, QChar(u'0'));
    return seconds >= 3600 ? u"%1:%2"_s.arg(seconds / 3600).arg(tail) : tail;
}

QString span(Micros duration)
{
    const auto seconds = std::max<std::int64_t>(0, std::chrono::round<Seconds>(duration).count());
    if (seconds < 60) {
        return Numbers::tr("%1 s").arg(seconds);
    }
    if (seconds < 3600) {
        return Numbers::tr("%1 min").arg(seconds / 60);
    }
    if (seconds < 86'400) {
        return Numbers::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
    }
    return Numbers::tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds / 3600 % 24);
}

QString ago(SystemTime now, SystemTime then)
{
    const Micros past = now - then;
    if (past < Seconds(1)) {
        return Numbers::tr("just now");
    }
    if (past < Seconds(3600)) {
        return Numbers::tr("%1 ago").arg(span(past));
    }
    if (past < Seconds(86'400)) {
        return clock(then);
    }
    return QLocale().toString(zonedTime(then), u"d MMM HH:mm"_s);
}

QString age(Micros duration)
{
    const double seconds = std::max(0.0, static_cast<double>(duration.count()) / 1e6);
    return seconds < 9.95 ? Numbers::tr("%1 s").arg(fixed(seconds, 1)) : span(duration);
}

QString clock(SystemTime time)
{
    return zonedTime(time).toString(u"HH:mm:ss"_s);
}

QString clockTenths(SystemTime time)
{
    const QDateTime local = zonedTime(time);
    return local.toString(u"HH:mm:ss"_s) + u".%1"_s.arg(local.time().msec() / 100);
}

QString fullTime(SystemTime time)
{
    const QDateTime local = zonedTime(time);
    return u"%1\n%2"_s.arg(local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODateWithMs),
                           local.toUTC().toString(Qt::ISODateWithMs));
}

} // namespace signalbox::ui::text
