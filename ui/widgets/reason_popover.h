// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a reason right beside the button that was pressed, without a dialog.
#pragma once

#include "ui/widgets/popover.h"

#include "core/base/time.h"

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class ReasonForm;

class ReasonPopover : public Popover
{
    Q_OBJECT

public:
    using Answer = std::function<void(const QString &reason, std::optional<Seconds> duration)>;

    explicit ReasonPopover(QWidget *window);

    /// \p answer is called once if a reason is given, and never otherwise.
    void ask(const QString &title, const QString &verb, QWidget *anchor, Answer answer);

private:
    void submit() override;
    void dismiss() override;

    QLabel *m_title;
    ReasonForm *m_form;
    QPushButton *m_cancel;
    QPushButton *m_submit;
    Answer m_answer;
};

} // namespace signalbox::ui
