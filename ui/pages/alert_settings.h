// SPDX-License-Identifier: GPL-3.0-or-later
// Which rules call, and how.
#pragma once

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;

namespace signalbox::ui {

class AlertDesk;

/// What is chosen holds at once.
class AlertSettings : public QWidget
{
    Q_OBJECT

public:
    explicit AlertSettings(AlertDesk &desk, QWidget *parent = nullptr);

private:
    QCheckBox *addRule(const QString &name, const QString &text);
    void show();
    void apply();

    AlertDesk &m_desk;
    QCheckBox *m_breakers;
    QCheckBox *m_routes;
    QCheckBox *m_silence;
    QCheckBox *m_errors;
    QCheckBox *m_cost;
    QCheckBox *m_desktop;
    QDoubleSpinBox *m_errorPercent;
    QDoubleSpinBox *m_usdPerHour;
};

} // namespace signalbox::ui
