// SPDX-License-Identifier: GPL-3.0-or-later
// The first start: does the gateway answer, whom may it ask, and then the console.
#pragma once

#include "ui/console_state.h"
#include "ui/settings_source.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace signalbox::ui {

class KeyFields;
class NoticeBar;

/// Three steps, of which nothing but the first's test is mandatory; it fills the window and keeps
/// the pages away until it is done or skipped. What was saved stays saved when it is left.
class SetupView : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    SetupView(ConsoleState &state, SettingsSource &source, QWidget *parent = nullptr);

    /// From the first step, with its test under way.
    void start();

Q_SIGNALS:
    /// \p skipped: not to begin with it again.
    void done(bool skipped);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum Step {
        Gateway,
        Provider,
        Done
    };

    QWidget *buildGateway();
    QWidget *buildProvider();
    QWidget *buildDone();
    QLayout *buildButtons();
    void show(Step step);
    void forward();
    void testGateway();
    void kindChosen();
    void save();
    void finished(quint64 id, bool ok, const QString &message);
    void refresh();
    [[nodiscard]] QString target() const;

    ConsoleState &m_state;
    SettingsSource &m_source;
    QStackedWidget *m_steps;
    QLabel *m_heading;
    QPushButton *m_skip;
    QPushButton *m_back;
    QPushButton *m_next;
    NoticeBar *m_gatewayOutcome;
    QPushButton *m_again;
    QComboBox *m_kind;
    QLineEdit *m_id;
    QLineEdit *m_address;
    QLineEdit *m_model;
    KeyFields *m_key;
    QPushButton *m_save;
    NoticeBar *m_providerOutcome;
    QLabel *m_curl;
    bool m_answers = false;
    quint64 m_last = 0;
    quint64 m_testing = 0; ///< the gateway or the provider; 0: nothing
    quint64 m_saving = 0;
};

} // namespace signalbox::ui
