// SPDX-License-Identifier: GPL-3.0-or-later
// How the draft stands, and what can be done with it as a whole.
#pragma once

#include "ui/state/routing_draft.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace signalbox::ui {

class DraftBar : public QWidget
{
    Q_OBJECT

public:
    explicit DraftBar(RoutingDraft &draft, QWidget *parent = nullptr);

    void refresh();

Q_SIGNALS:
    void reviewAsked();

private:
    RoutingDraft &m_draft;
    QLabel *m_words;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QPushButton *m_discard;
    QPushButton *m_review;
};

} // namespace signalbox::ui
