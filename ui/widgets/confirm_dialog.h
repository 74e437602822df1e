// SPDX-License-Identifier: GPL-3.0-or-later
// The question before an act that nothing can undo.
#pragma once

#include <QDialog>

namespace signalbox::ui {

/// Open it with open(); accepted means: do it. Cancel is the default.
class ConfirmDialog : public QDialog
{
    Q_OBJECT

public:
    /// \p title names the object, \p text says what follows, \p verb is the button.
    ConfirmDialog(const QString &title, const QString &text, const QString &verb, QWidget *parent);
};

} // namespace signalbox::ui
