// SPDX-License-Identifier: GPL-3.0-or-later
// The Qt Charts view, tamed: our grid and labels under it, no clicks that crash it.
#pragma once

#include "ui/charts/plot_frame.h"

#include <QtCharts/QChartView>

namespace signalbox::ui {

/// Hide this view, never its chart: a click on a view with a hidden chart crashes Qt 6.4.2
/// (QTBUG-118669), which mousePressEvent guards against as well.
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
    void resized();

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void drawValueAxis(QPainter &painter) const;
    void drawTimeAxis(QPainter &painter) const;

    PlotFrame m_frame;
    int m_paints = 0;
};

} // namespace signalbox::ui
