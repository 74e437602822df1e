// SPDX-License-Identifier: GPL-3.0-or-later
// What the labelled pairs say about every threshold, with one that can be moved.
#pragma once

#include "core/domain/cache_view.h"

#include <QWidget>

namespace signalbox::ui {

/// A slider over its own scale: a drag or the arrow keys move the tried threshold by 0.01, with
/// Shift by 0.05, Home and End to the ends. Below the axis stand the recorded near misses. What the
/// tried threshold means is said in the accessible description.
class ThresholdChart : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(double value READ tried)
    Q_PROPERTY(double minimum READ lowest)
    Q_PROPERTY(double maximum READ highest)

public:
    explicit ThresholdChart(QWidget *parent = nullptr);

    void setEvaluation(CacheEvaluation evaluation);
    /// \p current is the threshold in force; \p likenesses of the near misses.
    void setPresent(double current, std::vector<double> likenesses);
    void setTried(double threshold);
    [[nodiscard]] double tried() const { return m_tried; }
    [[nodiscard]] double lowest() const;
    [[nodiscard]] double highest() const;
    /// Of the evaluated threshold next to the tried one; null: nothing was evaluated.
    [[nodiscard]] const CacheThreshold *measured() const;
    [[nodiscard]] QSize sizeHint() const override { return {480, 240}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 150}; }

Q_SIGNALS:
    void triedChanged(double threshold);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Line;

    static constexpr double kStep = 0.01;
    static constexpr double kMissesHeight = 12;

    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xOf(double threshold) const;
    [[nodiscard]] double thresholdAt(double x) const;
    void move(double threshold);
    void describe();

    // threshold_chart_painting.cpp
    void paintGrid(QPainter &painter) const;
    void paintLines(QPainter &painter) const;
    void paintMisses(QPainter &painter) const;
    void paintMark(QPainter &painter, double threshold, const QString &words, bool tried) const;
    void paintLegend(QPainter &painter) const;

    CacheEvaluation m_evaluation;
    std::vector<double> m_likenesses;
    double m_current = 0;
    double m_tried = 0;
};

} // namespace signalbox::ui
