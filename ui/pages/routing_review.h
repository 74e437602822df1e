// SPDX-License-Identifier: GPL-3.0-or-later
// What applying the draft would change in the file, and the press that does it.
#pragma once

#include "ui/state/routing_draft.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

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
    /// What a preview of exactly this draft says; nothing: there is none.
    void setExpected(const std::optional<ExpectedEffect> &expected);
    /// What takes a share first, as it is set; nothing: it is for all at once.
    [[nodiscard]] std::optional<TrialTerms> terms() const;

Q_SIGNALS:
    void applyAsked(const QString &why, const std::optional<signalbox::TrialTerms> &terms);
    void backAsked();

private:
    [[nodiscard]] QLayout *buildTerms();
    void refreshBasis();

    ConfigSource &m_source;
    RoutingDraft &m_draft;
    NoticeBar *m_failure;
    QLabel *m_title;
    QLabel *m_warnings;
    DiffView *m_diff;
    QLineEdit *m_why;
    QCheckBox *m_first;
    QSpinBox *m_share;
    QComboBox *m_period;
    QLabel *m_basis; ///< what it will be held to
    QPushButton *m_copy;
    QPushButton *m_back;
    QPushButton *m_apply;
    QString m_shown; ///< the text whose diff is shown
    QString m_problem;
    std::optional<ExpectedEffect> m_expected;
    bool m_busy = false;
};

} // namespace signalbox::ui
