// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at the present once a second, also while nobody sees the window, and tells what is amiss.
#pragma once

#include "ui/console_state.h"
#include "ui/models/alert_book.h"
#include "ui/models/alerts_model.h"
#include "ui/notifier.h"

#include <QTimer>

namespace signalbox::ui {

class NoticeBar;

/// In the window while it is in front, by the desktop while it is not and that was asked for;
/// never both. More than three at once are told as one.
class AlertDesk : public QObject
{
    Q_OBJECT

public:
    /// \p notifier may be null: then nothing leaves the window. All must outlive it.
    AlertDesk(ConsoleSource &source,
              ConsoleState::Clock clock,
              Notifier *notifier,
              NoticeBar &notices,
              QWidget *window);

    [[nodiscard]] AlertsModel &model() { return m_model; }
    [[nodiscard]] const AlertRules &rules() const { return m_rules; }
    void setRules(const AlertRules &rules);
    [[nodiscard]] bool canNotify() const { return m_notifier != nullptr; }
    /// How many want somebody's eye.
    [[nodiscard]] int open() const { return m_book.open(); }

    void acknowledge(const QString &key);
    void acknowledgeAll();
    /// For an hour, or no longer if it is muted.
    void toggleMute(const QString &key);
    /// Shows a notification as an alert would, whether the window is in front or not.
    void sendTest();

Q_SIGNALS:
    void changed();
    void rulesChanged(const signalbox::ui::AlertRules &rules);
    /// Somebody wants to see the alerts.
    void asked();

private:
    void look();
    void tell(std::vector<AlertNotice> notices);
    void publish();

    ConsoleSource &m_source;
    ConsoleState::Clock m_clock;
    Notifier *m_notifier;
    NoticeBar &m_notices;
    QWidget *m_window;
    AlertRules m_rules;
    AlertBook m_book;
    AlertsModel m_model;
    QTimer m_timer;
};

} // namespace signalbox::ui
