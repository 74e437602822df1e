// SPDX-License-Identifier: GPL-3.0-or-later
// Who is told of alerts, how many at a time, and when it is quiet.
#pragma once

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTimeEdit;

namespace signalbox::ui {

class AlertDesk;

/// What is chosen holds at once; an address or a secret's name that makes no sense is refused with
/// the reason under it, and what held before goes on to.
class AlertTellingForm : public QWidget
{
    Q_OBJECT

public:
    explicit AlertTellingForm(AlertDesk &desk, QWidget *parent = nullptr);

private:
    QCheckBox *addSwitch(const QString &name, const QString &text);
    QPushButton *addTest(const QString &name, const QString &text, const QString &spoken);
    QTimeEdit *addTime(const QString &name, const QString &spoken);
    void buildOutlets(QGridLayout &grid);
    void buildHook(QGridLayout &grid);
    void buildTimes(QGridLayout &grid);
    void show();
    void apply();
    void applyHook();
    void say(bool bad, const QString &text);

    AlertDesk &m_desk;
    QCheckBox *m_desktop = nullptr;
    QCheckBox *m_sound = nullptr;
    QCheckBox *m_tray = nullptr; ///< null: this desktop has no tray
    QCheckBox *m_hook = nullptr;
    QLineEdit *m_url = nullptr;
    QLineEdit *m_header = nullptr;
    QLineEdit *m_secret = nullptr;
    QPushButton *m_post = nullptr;
    QLabel *m_problem = nullptr;
    bool m_refused = false; ///< what stands in the fields of the hook does not hold
    QSpinBox *m_gather = nullptr;
    QCheckBox *m_quiet = nullptr;
    QTimeEdit *m_from = nullptr;
    QTimeEdit *m_to = nullptr;
    QCheckBox *m_critical = nullptr;
};

} // namespace signalbox::ui
