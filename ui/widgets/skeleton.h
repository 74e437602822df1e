// SPDX-License-Identifier: GPL-3.0-or-later
// The outline of what is going to stand here, before there is anything to show.
#pragma once

#include <QTimer>
#include <QWidget>

namespace signalbox::ui {

/// Grey shapes of the final geometry; after a second it says what is waited for. Nothing moves.
class Skeleton : public QWidget
{
    Q_OBJECT

public:
    enum class Shape {
        Tiles,
        Rows
    };

    explicit Skeleton(Shape shape, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    /// Whether it says so by now.
    [[nodiscard]] bool tellsWhy() const { return m_tells; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Shape m_shape;
    QTimer m_patience;
    bool m_tells = false;
};

} // namespace signalbox::ui
