// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts in the window: their badge, their actions, and the rules that are kept.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/alert_desk.h"
#include "ui/pages/alerts_page.h"

#include <QAction>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Switch
{
    QString key;
    bool AlertRules::*on;
};

const QList<Switch> &switches()
{
    static const QList<Switch> all{{u"alerts/breakers"_s, &AlertRules::breakers},
                                   {u"alerts/routes"_s, &AlertRules::routes},
                                   {u"alerts/silence"_s, &AlertRules::silence},
                                   {u"alerts/errors"_s, &AlertRules::errors},
                                   {u"alerts/cost"_s, &AlertRules::cost},
                                   {u"alerts/desktop"_s, &AlertRules::desktop}};
    return all;
}

} // namespace

void ConsoleWindow::connectAlerts()
{
    m_alerts->setRules(keptRules());
    connect(m_alerts, &AlertDesk::rulesChanged, this, &ConsoleWindow::keepRules);
    connect(m_alerts, &AlertDesk::changed, this, [this] {
        if (isVisible() && !isMinimized()) {
            refreshFrame();
        }
    });
    connect(m_alerts, &AlertDesk::asked, this, [this] { showPage(u"alerts"_s); });
    const ConsoleActions &act = *m_actions;
    connect(act.acknowledge, &QAction::triggered, m_alertsPage, &AlertsPage::acknowledge);
    connect(act.acknowledgeAll, &QAction::triggered, m_alerts, &AlertDesk::acknowledgeAll);
    connect(act.mute, &QAction::triggered, m_alertsPage, &AlertsPage::toggleMute);
}

/// What is kept and makes no sense is passed over.
AlertRules ConsoleWindow::keptRules() const
{
    AlertRules rules;
    for (const auto &[key, on] : switches()) {
        rules.*on = m_layout.value(key, rules.*on).toBool();
    }
    const double share = m_layout.value(u"alerts/errorShare"_s, rules.errorShare).toDouble();
    rules.errorShare = share >= 0 && share <= 1 ? share : rules.errorShare;
    const double usd = m_layout.value(u"alerts/usdPerHour"_s, rules.usdPerHour).toDouble();
    rules.usdPerHour = usd >= 0 ? usd : rules.usdPerHour;
    return rules;
}

void ConsoleWindow::keepRules(const AlertRules &rules)
{
    for (const auto &[key, on] : switches()) {
        m_layout.setValue(key, rules.*on);
    }
    m_layout.setValue(u"alerts/errorShare"_s, rules.errorShare);
    m_layout.setValue(u"alerts/usdPerHour"_s, rules.usdPerHour);
}

} // namespace signalbox::ui
