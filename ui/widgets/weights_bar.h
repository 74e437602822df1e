// SPDX-License-Identifier: GPL-3.0-or-later
// A tier's weights as one bar: its dividers are dragged, by mouse or keys.
#pragma once

#include "ui/models/weights.h"

#include <QColor>
#include <QPointer>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;

namespace signalbox::ui {

/// Who has a share of the bar, for eyes.
struct BarTarget
{
    QString name; ///< for people: `gpt-4.1`
    QString provider; ///< `OpenAI`
    QString tag; ///< `OA`
    QString kind; ///< names the provider's colour
    int ordinal = 0;

    friend bool operator==(const BarTarget &, const BarTarget &) = default;
};

/// Up and Down choose a divider; Left and Right move it by 1, with Shift by 10, with Ctrl to the next
/// 5 %; Home and End as far as it goes. Esc ends a drag where it began. The bar changes nothing by
/// itself: it tells `edited`, and shows what it is given.
class WeightsBar : public QWidget
{
    Q_OBJECT
    // Of the divider that the keys are on, for assistive technology: the weight left of it.
    Q_PROPERTY(int value READ value WRITE setValue)
    Q_PROPERTY(int minimum READ minimum)
    Q_PROPERTY(int maximum READ maximum)

public:
    explicit WeightsBar(QWidget *parent = nullptr);

    void setTargets(std::vector<BarTarget> targets);
    /// As many as there are targets.
    void setShares(const Shares &shares);
    [[nodiscard]] const Shares &shares() const { return m_shares; }
    /// Thin strips below: what is in force where it differs, and what was measured; empty: none.
    void setStrips(std::vector<double> inForce, std::vector<double> measured);
    void setReadOnly(bool readOnly);
    /// The divider that the keys are on: between it and the next target; -1: there is none.
    [[nodiscard]] int divider() const;
    [[nodiscard]] bool isDragged() const { return m_drag.has_value(); }
    /// Where a divider stands, on the middle of the bar.
    [[nodiscard]] QPoint dividerAt(int divider) const;

    [[nodiscard]] int value() const;
    void setValue(int value);
    [[nodiscard]] int minimum() const;
    [[nodiscard]] int maximum() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// All edits of one drag, or of one key held down, have the same \p gesture.
    void edited(const signalbox::ui::Shares &shares, quint64 gesture);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Drag
    {
        Shares start;
        int x = 0;
        std::vector<int> dividers; ///< that stand where it was pressed; one, once it moved
        quint64 gesture = 0;
    };

    [[nodiscard]] QRectF bar() const;
    [[nodiscard]] QRectF segment(std::size_t index) const;
    [[nodiscard]] double edgeOf(int divider) const;
    [[nodiscard]] std::vector<int> dividersAt(QPoint where) const;
    void drag(int x, bool snap);
    void endDrag();
    void choose(int divider);
    void moveBy(int by, bool repeated);
    [[nodiscard]] int snapped(const Shares &from, int divider, int by) const;
    void change(const Shares &shares, quint64 gesture);
    void tell();
    void showPreview();
    [[nodiscard]] QString pairText(int divider) const;
    [[nodiscard]] QColor colourOf(std::size_t index) const;
    void paintSegment(QPainter &painter, std::size_t index) const;
    void paintLabels(QPainter &painter, std::size_t index, const QRectF &box) const;
    void paintDivider(QPainter &painter, int divider) const;
    void paintStrip(QPainter &painter, const std::vector<double> &parts, double top) const;

    std::vector<BarTarget> m_targets;
    Shares m_shares;
    std::vector<double> m_inForce;
    std::vector<double> m_measured;
    bool m_readOnly = false;
    int m_current = 0;
    int m_hovered = -1;
    quint64 m_gesture = 0;
    std::optional<Drag> m_drag;
    QPointer<QLabel> m_preview;
};

} // namespace signalbox::ui
