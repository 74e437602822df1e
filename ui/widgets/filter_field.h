// SPDX-License-Identifier: GPL-3.0-or-later
// The field that narrows what a page shows.
#pragma once

#include <QLineEdit>

namespace signalbox::ui {

/// With a lens and a way to clear it; Esc clears it too.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    /// \p name is its object name and stands for it in accessible names; \p hint stands in it.
    FilterField(const QString &name, const QString &hint, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace signalbox::ui
