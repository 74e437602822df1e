// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be done, found by a few letters, done by Return.
#pragma once

#include "ui/models/palette_model.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;
class QListView;

namespace signalbox::ui {

/// A child of the window, over everything else. Esc and a click elsewhere close it, and the focus
/// goes back to where it was.
class CommandPalette : public QWidget
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    void open(std::vector<PaletteEntry> entries);
    [[nodiscard]] const PaletteModel &model() const { return m_model; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool pressed(int key);
    void search(const QString &query);
    void choose(int row);
    void run();
    void dismiss();

    PaletteModel m_model;
    QLineEdit *m_query;
    QListView *m_list;
    QPointer<QWidget> m_before;
};

} // namespace signalbox::ui
