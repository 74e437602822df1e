// SPDX-License-Identifier: GPL-3.0-or-later
// One target's breaker: its state in shape and words, its figures, and what can be done.
#pragma once

#include "ui/models/target_summary.h"
#include "ui/widgets/card.h"

class QMenu;
class QPushButton;
class QToolButton;

namespace signalbox::ui {

/// Object name `tile.<target>`, property `state`. Says what is wanted; does nothing itself.
class BreakerTile : public Card
{
    Q_OBJECT
    Q_PROPERTY(QString state READ state)

public:
    enum class Size {
        Compact,
        Large
    };

    BreakerTile(const TargetId &target, Size size, QWidget *parent = nullptr);

    [[nodiscard]] const TargetSummary &summary() const { return m_summary; }
    [[nodiscard]] QString state() const { return m_summary.state; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    void setSummary(const TargetSummary &summary);

Q_SIGNALS:
    void tripAsked(const signalbox::TargetId &target, QWidget *anchor);
    void holdAsked(const signalbox::TargetId &target);
    void resetAsked(const signalbox::TargetId &target);
    void drainAsked(const signalbox::TargetId &target, bool drain);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void buildButtons();
    void placeButtons();
    void updateButtons();
    void paintHead(QPainter &painter, QRectF room) const;
    void paintFigures(QPainter &painter, QRectF room, const std::vector<Figure> &figures) const;
    void paintTotalsLine(QPainter &painter, QRectF room) const;
    void paintStrip(QPainter &painter, QRectF where) const;
    void paintRun(QPainter &painter, QRectF room) const;
    [[nodiscard]] double headHeight() const;
    [[nodiscard]] double figureHeight() const;

    TargetId m_target;
    Size m_size;
    TargetSummary m_summary;
    QPushButton *m_trip;
    QPushButton *m_reset;
    QToolButton *m_more;
    QAction *m_drain = nullptr;
    QAction *m_hold = nullptr;
};

} // namespace signalbox::ui
