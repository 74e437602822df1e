// SPDX-License-Identifier: GPL-3.0-or-later
// Which rules call, above which limit, and for how long.
#pragma once

#include "ui/models/alert_rules.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QSpinBox;

namespace signalbox::ui {

class AlertDesk;

/// A row for each rule. What is chosen holds at once.
class AlertSettings : public QWidget
{
    Q_OBJECT

public:
    explicit AlertSettings(AlertDesk &desk, QWidget *parent = nullptr);

private:
    struct Row
    {
        QCheckBox *on = nullptr;
        QDoubleSpinBox *limit = nullptr; ///< null: the rule has none
        QSpinBox *hold = nullptr; ///< likewise
    };

    void addRule(AlertKind kind, QGridLayout &grid);
    void addLimit(AlertKind kind, Row &row);
    void show();
    void apply();

    AlertDesk &m_desk;
    std::array<Row, kAlertKindCount> m_rows;
};

} // namespace signalbox::ui
