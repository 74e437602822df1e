// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/range_text.h"

#include "ui/text/numbers.h"
#include "ui/text/zone.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Ranges
{
    Q_DECLARE_TR_FUNCTIONS(Ranges)
};

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

} // namespace

const QList<qint64> &presetSpans()
{
    static const QList<qint64>
        spans{5 * kMinute, 15 * kMinute, kHour, 2 * kHour, 6 * kHour, kDay, 7 * kDay, 30 * kDay};
    return spans;
}

QString spanText(qint64 spanMs)
{
    if (spanMs % kDay == 0 && spanMs > kDay) {
        return Ranges::tr("%1 d").arg(spanMs / kDay);
    }
    if (spanMs % kHour == 0) {
        return Ranges::tr("%1 h").arg(spanMs / kHour);
    }
    return text::span(Millis(spanMs));
}

QString rangeText(const TimeRange &range)
{
    if (range.isLive()) {
        return Ranges::tr("Last %1").arg(spanText(range.spanMs));
    }
    const QDateTime from = text::inZone(*range.endMs - range.spanMs);
    const QDateTime to = text::inZone(*range.endMs);
    const bool seconds = range.spanMs < kHour;
    const QString form = seconds ? u"HH:mm:ss"_s : u"HH:mm"_s;
    if (from.date() == to.date()) {
        return u"%1 – %2"_s.arg(from.toString(form), to.toString(form));
    }
    const QLocale locale;
    return u"%1 – %2"_s.arg(locale.toString(from, u"d MMM "_s + form),
                            locale.toString(to, u"d MMM "_s + form));
}

QString fullRangeText(qint64 fromMs, qint64 toMs)
{
    const QString form = u"yyyy-MM-dd HH:mm:ss"_s;
    return u"%1 – %2 %3"_s.arg(text::inZone(fromMs).toString(form),
                               text::inZone(toMs).toString(form),
                               text::zoneName(toMs));
}

} // namespace signalbox::ui
