// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alert_settings.h"

#include "ui/pages/alert_desk.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// The rule, as what it says when it calls.
QString ruleText(AlertKind kind)
{
    switch (kind) {
    case AlertKind::Breaker:
        return AlertSettings::tr("A breaker opened");
    case AlertKind::BreakerLong:
        return AlertSettings::tr("A breaker stays open for");
    case AlertKind::Route:
        return AlertSettings::tr("No target of a route can be asked");
    case AlertKind::Silence:
        return AlertSettings::tr("The gateway says nothing for");
    case AlertKind::Errors:
        return AlertSettings::tr("More of a minute's attempts fail than");
    case AlertKind::Latency:
        return AlertSettings::tr("A provider's p95 is above its usual one");
    case AlertKind::Cost:
        return AlertSettings::tr("Requests cost more than");
    case AlertKind::Budget:
        return AlertSettings::tr("At this pace a client's day ends above");
    }
    return {};
}

struct Unit
{
    QString before;
    QString after;
};

Unit unitOf(AlertKind kind)
{
    switch (kind) {
    case AlertKind::BreakerLong:
        return {{}, AlertSettings::tr(" min")};
    case AlertKind::Silence:
        return {{}, AlertSettings::tr(" s")};
    case AlertKind::Errors:
        return {{}, AlertSettings::tr(" %")};
    case AlertKind::Latency:
        return {{}, AlertSettings::tr(" times")};
    case AlertKind::Cost:
        return {u"$"_s, AlertSettings::tr(" per hour")};
    case AlertKind::Budget:
        return {{}, AlertSettings::tr(" % of its budget")};
    case AlertKind::Breaker:
    case AlertKind::Route:
        break;
    }
    return {};
}

QString nameOf(AlertKind kind)
{
    return u"alert."_s + QLatin1StringView(shapeOf(kind).name);
}

} // namespace

AlertSettings::AlertSettings(AlertDesk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    grid->setHorizontalSpacing(kWide);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(3, 1);
    for (int i = 0; i < kAlertKindCount; ++i) {
        addRule(static_cast<AlertKind>(i), *grid);
    }
    connect(&m_desk, &AlertDesk::rulesChanged, this, &AlertSettings::show);
    show();
}

void AlertSettings::addRule(AlertKind kind, QGridLayout &grid)
{
    const int line = static_cast<int>(kind);
    Row &row = m_rows[static_cast<std::size_t>(kind)];
    row.on = new QCheckBox(ruleText(kind), this);
    row.on->setObjectName(nameOf(kind));
    connect(row.on, &QCheckBox::clicked, this, &AlertSettings::apply);
    grid.addWidget(row.on, line, 0);
    addLimit(kind, row);
    if (row.limit != nullptr) {
        grid.addWidget(row.limit, line, 1);
    }
    if (!shapeOf(kind).lasts) {
        return;
    }
    row.hold = new QSpinBox(this);
    row.hold->setObjectName(nameOf(kind) + u".hold"_s);
    row.hold->setAccessibleName(tr("%1: for how many seconds").arg(ruleText(kind)));
    row.hold->setRange(0, kHoldMaxSeconds);
    row.hold->setSpecialValueText(tr("at once"));
    row.hold->setPrefix(tr("for "));
    row.hold->setSuffix(tr(" s"));
    row.hold->setKeyboardTracking(false);
    connect(row.hold, &QSpinBox::valueChanged, this, &AlertSettings::apply);
    grid.addWidget(row.hold, line, 2);
}

void AlertSettings::addLimit(AlertKind kind, Row &row)
{
    const AlertShape &shape = shapeOf(kind);
    if (shape.least >= shape.most) {
        return;
    }
    const Unit unit = unitOf(kind);
    row.limit = new QDoubleSpinBox(this);
    row.limit->setObjectName(nameOf(kind) + u".limit"_s);
    row.limit->setAccessibleName(tr("%1: the limit").arg(ruleText(kind)));
    row.limit->setDecimals(shape.decimals);
    row.limit->setRange(shape.least, shape.most);
    row.limit->setPrefix(unit.before);
    row.limit->setSuffix(unit.after);
    row.limit->setKeyboardTracking(false);
    connect(row.limit, &QDoubleSpinBox::valueChanged, this, &AlertSettings::apply);
}

void AlertSettings::show()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const AlertRule &rule = m_desk.rules().rules[i];
        m_rows[i].on->setChecked(rule.on);
        if (QDoubleSpinBox *limit = m_rows[i].limit; limit != nullptr) {
            const QSignalBlocker quiet(limit);
            limit->setValue(rule.limit);
            limit->setEnabled(rule.on);
        }
        if (QSpinBox *hold = m_rows[i].hold; hold != nullptr) {
            const QSignalBlocker quiet(hold);
            hold->setValue(rule.holdSeconds);
            hold->setEnabled(rule.on);
        }
    }
}

void AlertSettings::apply()
{
    AlertRules rules = m_desk.rules();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        rules.rules[i] = {.on = row.on->isChecked(),
                          .limit = row.limit != nullptr ? row.limit->value() : 0,
                          .holdSeconds = row.hold != nullptr ? row.hold->value() : 0};
    }
    m_desk.setRules(rules);
}

} // namespace signalbox::ui
