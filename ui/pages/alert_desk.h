// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at the present once a second, also while nobody sees the window, and tells what is amiss.
#pragma once

#include "ui/console_state.h"
#include "ui/models/alert_book.h"
#include "ui/models/alerts_model.h"
#include "ui/notifier.h"
#include "ui/pages/alert_teller.h"

#include "core/domain/trial.h"

#include <QTimer>

#include <memory>
#include <utility>

namespace signalbox::ui {

class NoticeBar;

/// In the window while it is in front, by the desktop while it is not and that was asked for;
/// never both. Sound and hook as the rules have them. More than three at once are told as one.
class AlertDesk : public QObject
{
    Q_OBJECT

public:
    /// \p outlets may be empty: then nothing leaves the window. All must outlive it.
    AlertDesk(ConsoleSource &source,
              ConsoleState::Clock clock,
              const AlertOutlets &outlets,
              NoticeBar &notices,
              QWidget *window);

    [[nodiscard]] AlertsModel &model() { return m_model; }
    [[nodiscard]] const AlertRules &rules() const { return m_rules; }
    void setRules(const AlertRules &rules);
    /// The newest trial; null: there is none.
    void setTrial(std::shared_ptr<const TrialView> trial) { m_trial = std::move(trial); }
    [[nodiscard]] const AlertOutlets &outlets() const { return m_outlets; }
    /// How many want somebody's eye.
    [[nodiscard]] int open() const { return m_book.open(); }

    void acknowledge(const QString &key);
    void acknowledgeAll();
    /// For an hour, or no longer if it is muted.
    void toggleMute(const QString &key);
    /// Shows a notification as an alert would, whether the window is in front or not.
    void sendTest();
    /// Plays the sound, whether it was chosen or not.
    void playTest();
    /// Posts a test to the hook as it stands in the rules; the outcome is told by hookFinished.
    void postTest();

Q_SIGNALS:
    void changed();
    void rulesChanged(const signalbox::ui::AlertRules &rules);
    /// Somebody wants to see the alerts.
    void asked();
    void hookFinished(bool ok, const QString &message);

private:
    void look();
    void tell(std::vector<AlertNotice> notices);
    void publish();
    void refreshTray();
    [[nodiscard]] bool isInFront() const;

    ConsoleSource &m_source;
    ConsoleState::Clock m_clock;
    AlertOutlets m_outlets;
    NoticeBar &m_notices;
    QWidget *m_window;
    AlertRules m_rules;
    std::shared_ptr<const TrialView> m_trial;
    AlertBook m_book;
    AlertTeller m_teller;
    AlertsModel m_model;
    QTimer m_timer;
};

} // namespace signalbox::ui
