// SPDX-License-Identifier: GPL-3.0-or-later
// A row of choices of which one holds.
#pragma once

#include <QWidget>

class QButtonGroup;

namespace signalbox::ui {

class Segments : public QWidget
{
    Q_OBJECT

public:
    /// \p name is the accessible name of the whole row.
    Segments(const QString &name, const QStringList &choices, QWidget *parent = nullptr);

    [[nodiscard]] int current() const;
    /// Without such a choice none is chosen.
    void setCurrent(int index);

Q_SIGNALS:
    void currentChanged(int index);

private:
    QButtonGroup *m_group;
};

} // namespace signalbox::ui
