// SPDX-License-Identifier: GPL-3.0-or-later
// Costs per day, stacked by group.
#pragma once

#include "ui/models/cost_sheet.h"

#include <QColor>
#include <QWidget>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// A bar for each day. The arrow keys walk along the days, Return asks for the requests of one; what
/// the walker is on is told in the accessible description and the tooltip.
class CostsChart : public QWidget
{
    Q_OBJECT

public:
    struct View
    {
        CostSheet sheet = {};
        std::vector<QColor> colours = {}; ///< as the sheet's groups
        QStringList names = {}; ///< likewise
        QString axis = {}; ///< `Days in Europe/Berlin`
        QDate today = {}; ///< that day's bar is hatched: it is not over
        bool cumulative = false;
        bool logarithmic = false; ///< then the bars are not parted: lengths would not add up
        std::optional<Money> budget = {}; ///< of a day
    };

    explicit CostsChart(QWidget *parent = nullptr);

    void setView(View view);
    [[nodiscard]] const View &view() const { return m_view; }
    /// What the bar of a day stands for: of its groups from the bottom up.
    [[nodiscard]] std::vector<Money> stackOf(int day) const;
    [[nodiscard]] QString wordsFor(int day) const;
    [[nodiscard]] QSize sizeHint() const override { return {600, 240}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, 160}; }

Q_SIGNALS:
    void dayChosen(int day);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    struct Axis
    {
        QRectF area;
        double top = 1;
        double bottom = 0; ///< of a logarithmic one; it has no zero
        std::vector<double> ticks;
    };

    [[nodiscard]] Axis axis() const;
    [[nodiscard]] double yOf(const Axis &axis, double usd) const;
    [[nodiscard]] double highest() const;
    [[nodiscard]] double lowest() const;
    [[nodiscard]] std::optional<int> dayAt(double x) const;
    void paintGrid(QPainter &painter, const Axis &axis) const;
    void paintDays(QPainter &painter, const Axis &axis) const;
    void paintBar(QPainter &painter, const Axis &axis, int day, const QRectF &slot) const;
    void paintBudget(QPainter &painter, const Axis &axis) const;

    View m_view;
    std::optional<int> m_at; ///< where the walker is
};

} // namespace signalbox::ui
