// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alert_settings.h"

#include "ui/pages/alert_desk.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPushButton>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kPercentMax = 100;
constexpr double kUsdMax = 100'000;

QDoubleSpinBox *number(const QString &name, const QString &spoken, double most, QWidget *parent)
{
    auto *box = new QDoubleSpinBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(spoken);
    box->setRange(0, most);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

AlertSettings::AlertSettings(AlertDesk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
{
    m_breakers = addRule(u"breakers"_s, tr("A breaker opened"));
    m_routes = addRule(u"routes"_s, tr("No target of a route can be asked"));
    m_silence = addRule(u"silence"_s, tr("The gateway has said nothing for 30 s"));
    m_errors = addRule(u"errors"_s, tr("More attempts failed, for a minute, than"));
    m_cost = addRule(u"cost"_s, tr("Requests cost more, for a minute, than"));
    m_desktop = addRule(u"desktop"_s, tr("Notify on the desktop while the window is not in front"));
    m_errorPercent =
        number(u"alert.errorPercent"_s, tr("Failed attempts, in percent"), kPercentMax, this);
    m_errorPercent->setDecimals(1);
    m_errorPercent->setSuffix(tr(" %"));
    m_usdPerHour = number(u"alert.usdPerHour"_s, tr("Cost, in USD per hour"), kUsdMax, this);
    m_usdPerHour->setPrefix(u"$"_s);
    m_usdPerHour->setSuffix(tr(" per hour"));
    auto *test = new QPushButton(tr("Send Test"), this);
    test->setObjectName(u"alert.test"_s);
    test->setAccessibleName(tr("Send a test notification"));
    test->setFont(themeFont(TypeRole::Caption));
    test->setEnabled(m_desk.canNotify());
    m_desktop->setEnabled(m_desk.canNotify());
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    grid->setHorizontalSpacing(kWide);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (QCheckBox *box : {m_breakers, m_routes, m_silence, m_errors, m_cost, m_desktop}) {
        grid->addWidget(box, row++, 0);
    }
    grid->addWidget(m_errorPercent, 3, 1, Qt::AlignLeft);
    grid->addWidget(m_usdPerHour, 4, 1, Qt::AlignLeft);
    grid->addWidget(test, 5, 1, Qt::AlignLeft);
    for (QDoubleSpinBox *box : {m_errorPercent, m_usdPerHour}) {
        connect(box, &QDoubleSpinBox::valueChanged, this, &AlertSettings::apply);
    }
    connect(test, &QPushButton::clicked, &m_desk, &AlertDesk::sendTest);
    connect(&m_desk, &AlertDesk::rulesChanged, this, &AlertSettings::show);
    show();
}

QCheckBox *AlertSettings::addRule(const QString &name, const QString &text)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(u"alert."_s + name);
    connect(box, &QCheckBox::clicked, this, &AlertSettings::apply);
    return box;
}

void AlertSettings::show()
{
    const AlertRules &rules = m_desk.rules();
    m_breakers->setChecked(rules.breakers);
    m_routes->setChecked(rules.routes);
    m_silence->setChecked(rules.silence);
    m_errors->setChecked(rules.errors);
    m_cost->setChecked(rules.cost);
    m_desktop->setChecked(rules.desktop);
    const QSignalBlocker noPercent(m_errorPercent);
    const QSignalBlocker noUsd(m_usdPerHour);
    m_errorPercent->setValue(rules.errorShare * kPercentMax);
    m_usdPerHour->setValue(rules.usdPerHour);
    m_errorPercent->setEnabled(rules.errors);
    m_usdPerHour->setEnabled(rules.cost);
}

void AlertSettings::apply()
{
    m_desk.setRules({.breakers = m_breakers->isChecked(),
                     .routes = m_routes->isChecked(),
                     .silence = m_silence->isChecked(),
                     .errors = m_errors->isChecked(),
                     .errorShare = m_errorPercent->value() / kPercentMax,
                     .cost = m_cost->isChecked(),
                     .usdPerHour = m_usdPerHour->value(),
                     .desktop = m_desktop->isChecked()});
}

} // namespace signalbox::ui
