// SPDX-License-Identifier: GPL-3.0-or-later
// What was said in a request and its answer, to be read, searched and copied.
#pragma once

#include "ui/ledger_source.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace signalbox::ui {

class Segments;

/// Asks for bodies only when it is told to show them.
class BodiesView : public QWidget
{
    Q_OBJECT

public:
    explicit BodiesView(QWidget *parent = nullptr);

    /// Null: there is nobody to ask. It must outlive the view.
    void setLedger(LedgerSource *ledger) { m_ledger = ledger; }
    /// Asks for those of request \p id and shows them; without a ledger it says so.
    void lookUp(const std::string &id);
    /// Forgets what is shown.
    void clear();
    [[nodiscard]] QPlainTextEdit *text() const { return m_text; }

private:
    void take(const LedgerAnswer<std::optional<RequestBodies>> &answer);
    void choose();
    void mark();
    void findNext();
    void copy();

    LedgerSource *m_ledger = nullptr;
    Asked m_asked;
    std::optional<RequestBodies> m_bodies;
    Segments *m_which;
    QLabel *m_note;
    QLineEdit *m_find;
    QLabel *m_found;
    QPushButton *m_copy;
    QPlainTextEdit *m_text;
};

} // namespace signalbox::ui
