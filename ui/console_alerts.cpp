// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts in the window: their badge, their actions, and the rules that are kept.
#include "ui/config_source.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/alert_desk.h"
#include "ui/pages/alerts_page.h"
#include "ui/widgets/notice_bar.h"

#include <QAction>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString keyOf(AlertKind kind, const QString &what)
{
    return u"alerts/%1/%2"_s.arg(QLatin1StringView(shapeOf(kind).name), what);
}

AlertKind kindAt(int index)
{
    return static_cast<AlertKind>(index);
}

struct Switch
{
    QString key;
    bool AlertTelling::*on;
};

const QList<Switch> &switches()
{
    static const QList<Switch> all{{u"alerts/desktop"_s, &AlertTelling::desktop},
                                   {u"alerts/tray"_s, &AlertTelling::tray},
                                   {u"alerts/sound"_s, &AlertTelling::sound},
                                   {u"alerts/hook/on"_s, &AlertTelling::hook},
                                   {u"alerts/quiet/on"_s, &AlertTelling::quiet},
                                   {u"alerts/quiet/criticalAlways"_s,
                                    &AlertTelling::criticalAlways}};
    return all;
}

struct Number
{
    QString key;
    int AlertTelling::*number;
    int most;
};

const QList<Number> &numbers()
{
    static const QList<Number> all{{u"alerts/gather"_s,
                                    &AlertTelling::gatherSeconds,
                                    kGatherMaxSeconds},
                                   {u"alerts/quiet/from"_s, &AlertTelling::quietFrom, 24 * 60 - 1},
                                   {u"alerts/quiet/to"_s, &AlertTelling::quietTo, 24 * 60 - 1}};
    return all;
}

} // namespace

void ConsoleWindow::connectAlerts()
{
    m_alerts->setRules(keptRules());
    if (ConfigSource *config = m_options.config) {
        m_alerts->setTrial(config->trial());
        connect(config, &ConfigSource::trialChanged, m_alerts, [this, config] {
            m_alerts->setTrial(config->trial());
        });
    }
    connect(m_alerts, &AlertDesk::rulesChanged, this, &ConsoleWindow::keepRules);
    connect(m_alerts, &AlertDesk::changed, this, [this] {
        if (isVisible() && !isMinimized()) {
            refreshFrame();
        }
    });
    connect(m_alerts, &AlertDesk::asked, this, [this] {
        showPage(u"alerts"_s);
        setWindowState(windowState() & ~Qt::WindowMinimized);
        raise();
        activateWindow();
    });
    connect(m_alerts, &AlertDesk::hookFinished, this, [this](bool ok, const QString &message) {
        if (!ok && isVisible() && !isMinimized() && !m_notices->offersUndo()) {
            m_notices->say(NoticeBar::Tone::Warning, message);
        }
    });
    const ConsoleActions &act = *m_actions;
    connect(act.acknowledge, &QAction::triggered, m_alertsPage, &AlertsPage::acknowledge);
    connect(act.acknowledgeAll, &QAction::triggered, m_alerts, &AlertDesk::acknowledgeAll);
    connect(act.mute, &QAction::triggered, m_alertsPage, &AlertsPage::toggleMute);
}

/// What is kept and makes no sense is passed over.
AlertRules ConsoleWindow::keptRules() const
{
    AlertRules rules;
    for (int i = 0; i < kAlertKindCount; ++i) {
        AlertRule &rule = rules.at(kindAt(i));
        const AlertShape &shape = shapeOf(kindAt(i));
        rule.on = m_layout.value(keyOf(kindAt(i), u"on"_s), rule.on).toBool();
        bool ok = false;
        const double limit = m_layout.value(keyOf(kindAt(i), u"limit"_s)).toDouble(&ok);
        rule.limit = ok && limit >= shape.least && limit <= shape.most ? limit : rule.limit;
        const int hold = m_layout.value(keyOf(kindAt(i), u"hold"_s)).toInt(&ok);
        rule.holdSeconds = ok && hold >= 0 && hold <= kHoldMaxSeconds ? hold : rule.holdSeconds;
    }
    AlertTelling &telling = rules.telling;
    for (const auto &[key, on] : switches()) {
        telling.*on = m_layout.value(key, telling.*on).toBool();
    }
    for (const auto &[key, number, most] : numbers()) {
        bool ok = false;
        const int kept = m_layout.value(key).toInt(&ok);
        telling.*number = ok && kept >= 0 && kept <= most ? kept : telling.*number;
    }
    const QString url = m_layout.value(u"alerts/hook/url"_s).toString();
    const QString secret = m_layout.value(u"alerts/hook/secret"_s).toString();
    telling.hookUrl = whyNoHook(url).isEmpty() ? url : QString();
    telling.hookSecret = whyNoSecret(secret).isEmpty() ? secret : QString();
    const QString header = m_layout.value(u"alerts/hook/header"_s).toString();
    telling.hookHeader = whyNoHeader(header).isEmpty() ? header : telling.hookHeader;
    return rules;
}

void ConsoleWindow::keepRules(const AlertRules &rules)
{
    for (int i = 0; i < kAlertKindCount; ++i) {
        const AlertRule &rule = rules.at(kindAt(i));
        const AlertShape &shape = shapeOf(kindAt(i));
        m_layout.setValue(keyOf(kindAt(i), u"on"_s), rule.on);
        if (shape.least < shape.most) {
            m_layout.setValue(keyOf(kindAt(i), u"limit"_s), rule.limit);
        }
        if (shape.lasts) {
            m_layout.setValue(keyOf(kindAt(i), u"hold"_s), rule.holdSeconds);
        }
    }
    for (const auto &[key, on] : switches()) {
        m_layout.setValue(key, rules.telling.*on);
    }
    for (const auto &[key, number, most] : numbers()) {
        m_layout.setValue(key, rules.telling.*number);
    }
    m_layout.setValue(u"alerts/hook/url"_s, rules.telling.hookUrl);
    m_layout.setValue(u"alerts/hook/header"_s, rules.telling.hookHeader);
    m_layout.setValue(u"alerts/hook/secret"_s, rules.telling.hookSecret);
}

} // namespace signalbox::ui
