// SPDX-License-Identifier: GPL-3.0-or-later
// The Qt Charts view, tamed: our grid and labels under it, no clicks that crash it.
#pragma once

#include "ui/charts/plot_frame.h"

#include <QtCharts/QChartView>

#include <optional>
#include <utility>

namespace signalbox::ui {

/// No click reaches the chart: one on a hidden chart crashes Qt 6.4.2 (QTBUG-118669), and none has a
/// use there. Says what was asked for by mouse and keys; does nothing itself.
class PlotView : public QChartView
{
    Q_OBJECT

public:
    explicit PlotView(QWidget *parent = nullptr);

    void setFrame(const PlotFrame &frame);
    /// The plot's area for a view of this size, with room for the widest of \p labels.
    [[nodiscard]] QRectF areaFor(const QStringList &labels) const;
    [[nodiscard]] int paintCount() const { return m_paints; }

Q_SIGNALS:
    void hovered(double x);
    void left();
    /// An arrow key: how many buckets to go.
    void stepped(int buckets);
    /// An arrow up (-1) or down (1): the series before or after.
    void seriesStepped(int by);
    /// A stretch is being dragged, between two x in the view; nothing: it was given up.
    void spanMarked(std::optional<std::pair<double, double>> span);
    /// It was let go: this is the span.
    void spanChosen(double from, double to);
    void resetAsked();
    void shiftAsked(int direction);
    void zoomAsked(bool in);
    void resized();

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void drawValueAxis(QPainter &painter) const;
    void drawTimeAxis(QPainter &painter) const;

    PlotFrame m_frame;
    std::optional<double> m_dragFrom;
    int m_paints = 0;
};

} // namespace signalbox::ui
