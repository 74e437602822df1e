// SPDX-License-Identifier: GPL-3.0-or-later
// Routes on the left, targets on the right, and between them bands as wide as their traffic.
#pragma once

#include "ui/models/flow.h"
#include "ui/models/place.h"
#include "ui/widgets/card.h"

#include <QPainterPath>
#include <QRectF>

#include <vector>

namespace signalbox::ui {

/// Nothing moves in it. Arrow keys go from band to band and say what it is; Return and a click lead
/// to its target. Hidden while there is no route.
class FlowView : public Card
{
    Q_OBJECT

public:
    explicit FlowView(QWidget *parent = nullptr);

    void setFlow(Flow flow);
    [[nodiscard]] const Flow &flow() const { return m_flow; }
    /// The band that the keys are on; -1: none.
    [[nodiscard]] int currentBand() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;
    /// Greys what is shown, which is not the present any more, and says \p words above it; empty: it is.
    void setVeil(const QString &words);

Q_SIGNALS:
    void chosen(const signalbox::ui::Place &place);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Shape
    {
        QPainterPath path;
        double width = 0;
    };

    [[nodiscard]] std::vector<Shape> shapes() const;
    [[nodiscard]] QRectF routeBox(std::size_t route) const;
    [[nodiscard]] QRectF targetRow(std::size_t target) const;
    [[nodiscard]] double scale() const;
    [[nodiscard]] int bandAt(QPointF where) const;
    void choose(int band);
    void paintBands(QPainter &painter) const;
    void paintRoutes(QPainter &painter) const;
    void paintTargets(QPainter &painter) const;
    [[nodiscard]] QString shareText(std::size_t target) const;

    Flow m_flow;
    QString m_veil;
    int m_current = -1;
};

} // namespace signalbox::ui
