// SPDX-License-Identifier: GPL-3.0-or-later
// The ground every panel stands on: rounded, with a fine border.
#pragma once

#include <QWidget>

namespace signalbox::ui {

class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    /// A card with nothing but \p body in it.
    [[nodiscard]] static Card *around(QWidget *body, QWidget *parent);

    /// Draws the border in the accent while \p widget, inside this card, has the focus.
    void followFocusOf(QWidget *widget);

protected:
    static constexpr double kVeiledOpacity = 0.4; ///< of what is not the present any more

    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_focused = false;
};

} // namespace signalbox::ui
