// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/decimate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace signalbox::ui {

namespace {

constexpr int kPerStretch = 5;

/// Collects one stretch of time and writes its four telling points in their order.
class Stretch
{
public:
    void add(QPointF point)
    {
        if (std::isnan(point.y())) {
            m_gap = true;
            m_gapX = point.x();
            return;
        }
        if (m_count++ == 0) {
            m_first = m_low = m_high = point;
        }
        m_last = point;
        if (point.y() < m_low.y()) {
            m_low = point;
        }
        if (point.y() > m_high.y()) {
            m_high = point;
        }
    }

    void flushInto(QList<QPointF> &out)
    {
        if (m_count > 0) {
            const bool lowFirst = m_low.x() <= m_high.x();
            append(out, m_first);
            append(out, lowFirst ? m_low : m_high);
            append(out, lowFirst ? m_high : m_low);
            append(out, m_last);
        }
        if (m_gap) {
            out << QPointF(m_gapX, std::numeric_limits<double>::quiet_NaN());
        }
        *this = Stretch();
    }

private:
    void append(QList<QPointF> &out, QPointF point) const
    {
        if (out.isEmpty() || out.last() != point) {
            out << point;
        }
    }

    QPointF m_first;
    QPointF m_low;
    QPointF m_high;
    QPointF m_last;
    int m_count = 0;
    bool m_gap = false;
    double m_gapX = 0;
};

} // namespace

QList<QPointF> decimated(const QList<QPointF> &points, int most)
{
    if (points.size() <= most) {
        return points;
    }
    const int stretches = std::max(1, most / kPerStretch);
    const double from = points.first().x();
    const double width = (points.last().x() - from) / stretches;
    QList<QPointF> result;
    result.reserve(most);
    Stretch stretch;
    int current = 0;
    for (const QPointF &point : points) {
        const int index = std::min(stretches - 1, static_cast<int>((point.x() - from) / width));
        if (index != current) {
            stretch.flushInto(result);
        }
        current = index;
        stretch.add(point);
    }
    stretch.flushInto(result);
    return result;
}

QList<QPointF> lonePoints(const QList<QPointF> &points)
{
    const auto empty = [&points](qsizetype i) {
        return i < 0 || i >= points.size() || std::isnan(points[i].y());
    };
    QList<QPointF> result;
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (!empty(i) && empty(i - 1) && empty(i + 1)) {
            result << points[i];
        }
    }
    return result;
}

} // namespace signalbox::ui
