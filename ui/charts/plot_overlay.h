// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over the lines: end tags, markers, the crosshair and its values.
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/charts/plot_frame.h"

#include <QColor>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

namespace signalbox::ui {

struct EndTag
{
    QString tag;
    QColor colour;
    double y = 0; ///< in the view
};

struct LoneDot
{
    QPointF at; ///< in the view
    QColor colour;
};

struct ReadingRow
{
    QString tag;
    QString name;
    QString value;
    QColor colour;
    double number = 0;
    QString id = {}; ///< of the series
    bool chosen = false; ///< the one the keys have moved to
};

/// The values at one moment, highest first; no rows where there is no data.
struct Reading
{
    qint64 atMs = 0;
    QString time;
    std::vector<ReadingRow> rows;
    QStringList notes; ///< texts of markers at this moment
    std::vector<ChartMarker> signs; ///< and the markers
};

/// Transparent for the mouse, so that moving the crosshair never touches the series.
class PlotOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit PlotOverlay(QWidget *parent);

    void setFrame(const PlotFrame &frame);
    void setTags(std::vector<EndTag> tags);
    void setDots(std::vector<LoneDot> dots);
    void setMarkers(const std::vector<ChartMarker> &markers);
    /// A stretch between two x that is being dragged.
    void setSpan(std::optional<std::pair<double, double>> span);
    /// Words over a shaded plot: what it shows is old. Empty: it is not.
    void setVeil(const QString &words);
    /// \p reading is null where only the line is wanted.
    void setCrosshair(std::optional<qint64> at, const Reading *reading);
    [[nodiscard]] std::optional<qint64> crosshair() const { return m_at; }
    /// The values beside it; nothing where only the line is drawn.
    [[nodiscard]] const std::optional<Reading> &reading() const { return m_reading; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintTags(QPainter &painter) const;
    void paintDots(QPainter &painter) const;
    void paintVeil(QPainter &painter) const;
    void paintSpan(QPainter &painter) const;
    void paintReading(QPainter &painter, const Reading &reading) const;
    [[nodiscard]] QSizeF readingSize(const Reading &reading) const;
    [[nodiscard]] QRect crosshairRect() const;

    PlotFrame m_frame;
    std::vector<EndTag> m_tags;
    std::vector<LoneDot> m_dots;
    std::vector<ChartMarker> m_markers;
    std::optional<std::pair<double, double>> m_span;
    QString m_veil;
    std::optional<qint64> m_at;
    std::optional<Reading> m_reading;
};

} // namespace signalbox::ui
