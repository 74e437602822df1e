// SPDX-License-Identifier: GPL-3.0-or-later
// Every action with its keys, which can be typed anew.
#pragma once

#include <QKeySequence>
#include <QWidget>

#include <vector>

class QAction;
class QGridLayout;
class QLabel;
class QPushButton;

namespace signalbox::ui {

class KeyButton;
class ShortcutBook;

/// Its rows are made when it is shown first: a start has no use for them.
class ShortcutsPanel : public QWidget
{
    Q_OBJECT

public:
    /// \p book must outlive it.
    explicit ShortcutsPanel(ShortcutBook &book, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Its controls are others than before.
    void rebuilt();

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Row
    {
        QAction *action = nullptr;
        KeyButton *keys = nullptr;
        QPushButton *reset = nullptr;
        QLabel *problem = nullptr;
    };

    void build();
    void addRow(QAction *action);
    void type(const Row &row, const QKeySequence &keys);
    void refresh();

    ShortcutBook &m_book;
    QGridLayout *m_grid;
    QPushButton *m_resetAll;
    std::vector<Row> m_rows;
};

} // namespace signalbox::ui
