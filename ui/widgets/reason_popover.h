// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a reason right beside the button that was pressed, without a dialog.
#pragma once

#include "core/base/time.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class ReasonForm;

/// A child of the window, over everything else. Esc and a click elsewhere close it, and the focus
/// goes back to where it was opened from.
class ReasonPopover : public QWidget
{
    Q_OBJECT

public:
    using Answer = std::function<void(const QString &reason, std::optional<Seconds> duration)>;

    explicit ReasonPopover(QWidget *window);

    /// \p answer is called once if a reason is given, and never otherwise.
    void ask(const QString &title, const QString &verb, QWidget *anchor, Answer answer);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void submit();
    void dismiss();
    void place(const QWidget *anchor);

    QLabel *m_title;
    ReasonForm *m_form;
    QPushButton *m_cancel;
    QPushButton *m_submit;
    QPointer<QWidget> m_anchor;
    Answer m_answer;
};

} // namespace signalbox::ui
