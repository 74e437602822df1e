// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/reading.h"

#include <QCoreApplication>
#include <QDateTime>
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
    return QDateTime::fromMSecsSinceEpoch(atMs).toString(days ? u"d MMM HH:mm"_s : u"HH:mm:ss"_s);
}

} // namespace

qint64 nearestBucket(const ChartData &data, qint64 atMs)
{
    qint64 best = atMs;
    qint64 distance = std::numeric_limits<qint64>::max();
    for (const ChartSeries &series : data.series) {
        for (const QPointF &point : series.points) {
            const auto x = static_cast<qint64>(point.x());
            if (std::abs(x - atMs) < distance) {
                distance = std::abs(x - atMs);
                best = x;
            }
        }
        if (!series.points.isEmpty()) {
            break; // all series of a chart share their buckets
        }
    }
    return best;
}

Reading readingAt(qint64 atMs,
                  const ChartData &data,
                  const std::vector<ReadSeries> &series,
                  const std::function<QString(double)> &label)
{
    Reading reading{.atMs = atMs, .time = timeText(atMs, data.bucketMs), .rows = {}, .notes = {}};
    for (const auto &[shown, colour] : series) {
        const double value = valueAt(shown->points, atMs, data.bucketMs);
        if (std::isnan(value)) {
            continue;
        }
        reading.rows.push_back(ReadingRow{.tag = shown->tag,
                                          .name = shown->name,
                                          .value = label(value),
                                          .colour = colour,
                                          .number = value});
    }
    std::stable_sort(reading.rows.begin(), reading.rows.end(), [](const auto &a, const auto &b) {
        return a.number > b.number;
    });
    for (const ChartMarker &marker : data.markers) {
        if (std::abs(marker.atMs - atMs) <= data.bucketMs) {
            reading.notes << marker.text;
        }
    }
    return reading;
}

QString readingText(const Reading &reading)
{
    QStringList parts;
    for (const ReadingRow &row : reading.rows) {
        parts << u"%1 %2"_s.arg(row.name, row.value);
    }
    if (parts.isEmpty()) {
        parts << Readings::tr("no data");
    }
    parts += reading.notes;
    return u"%1: %2"_s.arg(reading.time, parts.join(u", "_s));
}

} // namespace signalbox::ui
