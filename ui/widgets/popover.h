// SPDX-License-Identifier: GPL-3.0-or-later
// Something small that is asked right beside the button that was pressed, without a dialog.
#pragma once

#include <QPointer>
#include <QWidget>

namespace signalbox::ui {

/// A child of the window, over everything else. Esc and a click elsewhere close it, and the focus
/// goes back to where it was opened from; Return submits.
class Popover : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kShadow = 6; ///< around the card that is drawn

    Popover(const QString &name, int width, QWidget *window);

protected:
    /// Shows it below \p anchor, with the focus on \p first.
    void openAt(QWidget *anchor, QWidget *first);
    virtual void submit() = 0;
    virtual void dismiss();
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place(const QWidget *anchor);

    int m_width;
    QPointer<QWidget> m_anchor;
};

} // namespace signalbox::ui
