// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/reading.h"

#include "ui/text/zone.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Readings
{
    Q_DECLARE_TR_FUNCTIONS(Readings)
};

double valueAt(const QList<QPointF> &points, qint64 atMs, qint64 bucketMs)
{
    const auto at = static_cast<double>(atMs);
    const auto found = std::lower_bound(points.cbegin(),
                                        points.cend(),
                                        at,
                                        [](QPointF p, double x) { return p.x() < x; });
    const double half = static_cast<double>(bucketMs) / 2;
    if (found != points.cend() && found->x() - at <= half) {
        return found->y();
    }
    if (found != points.cbegin() && at - (found - 1)->x() <= half) {
        return (found - 1)->y();
    }
    return std::numeric_limits<double>::quiet_NaN();
}

QString timeText(qint64 atMs, qint64 bucketMs)
{
    const bool days = bucketMs >= qint64(3'600'000);
    return text::inZone(atMs).toString(days ? u"d MMM HH:mm"_s : u"HH:mm:ss"_s);
}

} // namespace

qint64 nearestBucket(const ChartData &data, qint64 atMs)
{
    // All series of a chart share their buckets: the first that has any will do.
    const auto with = std::find_if(data.series.begin(), data.series.end(), [](const auto &series) {
        return !series.points.isEmpty();
    });
    if (with == data.series.end()) {
        return atMs;
    }
    const QList<QPointF> &points = with->points;
    const auto at = static_cast<double>(atMs);
    const auto after = std::lower_bound(points.cbegin(),
                                        points.cend(),
                                        at,
                                        [](QPointF p, double x) { return p.x() < x; });
    if (after == points.cbegin()) {
        return static_cast<qint64>(after->x());
    }
    const double before = (after - 1)->x();
    const bool later = after != points.cend() && after->x() - at < at - before;
    return static_cast<qint64>(later ? after->x() : before);
}

Reading readingAt(qint64 atMs,
                  const ChartData &data,
                  const std::vector<ReadSeries> &series,
                  const std::function<QString(double)> &label)
{
    Reading reading{.atMs = atMs,
                    .time = timeText(atMs, data.bucketMs),
                    .rows = {},
                    .notes = {},
                    .signs = {}};
    for (const auto &[shown, colour] : series) {
        const double value = valueAt(shown->points, atMs, data.bucketMs);
        if (std::isnan(value)) {
            continue;
        }
        reading.rows.push_back(ReadingRow{.tag = shown->tag,
                                          .name = shown->name,
                                          .value = label(value),
                                          .colour = colour,
                                          .number = value,
                                          .id = shown->id});
    }
    std::stable_sort(reading.rows.begin(), reading.rows.end(), [](const auto &a, const auto &b) {
        return a.number > b.number;
    });
    for (const ChartMarker &marker : data.markers) {
        if (std::abs(marker.atMs - atMs) <= data.bucketMs) {
            reading.notes << marker.text;
            reading.signs.push_back(marker);
        }
    }
    return reading;
}

QString readingText(const Reading &reading)
{
    QStringList parts;
    const bool one = std::any_of(reading.rows.begin(), reading.rows.end(), [](const auto &row) {
        return row.chosen;
    });
    for (const ReadingRow &row : reading.rows) {
        if (!one || row.chosen) {
            parts << u"%1 %2"_s.arg(row.name, row.value);
        }
    }
    if (parts.isEmpty()) {
        parts << Readings::tr("no data");
    }
    parts += reading.notes;
    return u"%1: %2"_s.arg(reading.time, parts.join(u", "_s));
}

} // namespace signalbox::ui
