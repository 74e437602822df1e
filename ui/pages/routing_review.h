// SPDX-License-Identifier: GPL-3.0-or-later
// What applying the draft would change in the file, and the press that does it.
#pragma once

#include "ui/state/routing_draft.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class DiffView;
class NoticeBar;

class RoutingReview : public QWidget
{
    Q_OBJECT

public:
    RoutingReview(ConfigSource &source, RoutingDraft &draft, QWidget *parent = nullptr);

    void refresh();
    /// Says inline why it was not applied; empty: nothing.
    void setFailure(const QString &failure);
    void setBusy(bool busy);
    /// As the button, if it can be pressed.
    void apply();
    void clearReason();

Q_SIGNALS:
    void applyAsked(const QString &why);
    void backAsked();

private:
    ConfigSource &m_source;
    RoutingDraft &m_draft;
    NoticeBar *m_failure;
    QLabel *m_title;
    QLabel *m_warnings;
    DiffView *m_diff;
    QLineEdit *m_why;
    QPushButton *m_copy;
    QPushButton *m_back;
    QPushButton *m_apply;
    QString m_shown; ///< the text whose diff is shown
    QString m_problem;
    bool m_busy = false;
};

} // namespace signalbox::ui
