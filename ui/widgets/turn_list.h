// SPDX-License-Identifier: GPL-3.0-or-later
// A conversation to be written: who says what, turn by turn.
#pragma once

#include "ui/models/playground_prompt.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace signalbox::ui {

class PictureStrip;
class TurnEdit;

/// One turn: its role, its text, which grows with what is written, the user's pictures, which are dropped or
/// pasted into the text, and the way to be rid of it.
class TurnRow : public QWidget
{
    Q_OBJECT

public:
    TurnRow(int number, const PlaygroundTurn &turn, QWidget *parent);

    [[nodiscard]] PlaygroundTurn turn() const;
    [[nodiscard]] QPlainTextEdit *editor() const;
    /// \p number stands in accessible names and object names, from 0.
    void setNumber(int number);
    void setRemovable(bool removable);

Q_SIGNALS:
    void changed();
    void removeAsked();

protected:
    /// The field's frame, as other fields have it.
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void refreshRole();

    QComboBox *m_role;
    TurnEdit *m_text;
    PictureStrip *m_pictures;
    QToolButton *m_remove;
};

class TurnList : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kTurnsMax = 100;

    explicit TurnList(QWidget *parent = nullptr);

    [[nodiscard]] std::vector<PlaygroundTurn> turns() const;
    void setTurns(const std::vector<PlaygroundTurn> &turns);
    /// Into the last turn.
    void focusLast();

Q_SIGNALS:
    void changed();

private:
    TurnRow *add(const PlaygroundTurn &turn);
    void addNext();
    void remove(TurnRow *row);
    void renumber();

    QScrollArea *m_area;
    QVBoxLayout *m_column;
    QPushButton *m_add;
    std::vector<TurnRow *> m_rows;
};

} // namespace signalbox::ui
