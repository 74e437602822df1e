// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alert_desk.h"

#include "ui/models/alert_conditions.h"
#include "ui/widgets/notice_bar.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLookMs = 1000;
constexpr int kNoticeMs = 15'000;
constexpr Seconds kMute{3600};

} // namespace

AlertDesk::AlertDesk(ConsoleSource &source,
                     ConsoleState::Clock clock,
                     const AlertOutlets &outlets,
                     NoticeBar &notices,
                     QWidget *window)
    : QObject(window)
    , m_source(source)
    , m_clock(std::move(clock))
    , m_outlets(outlets)
    , m_notices(notices)
    , m_window(window)
    , m_teller(outlets, [this] { return isInFront(); })
{
    connect(&m_timer, &QTimer::timeout, this, &AlertDesk::look);
    m_timer.start(kLookMs);
    if (m_outlets.hook != nullptr) {
        connect(m_outlets.hook, &AlertHook::finished, this, &AlertDesk::hookFinished);
    }
    if (m_outlets.tray != nullptr) {
        connect(m_outlets.tray, &TraySign::activated, this, &AlertDesk::asked);
    }
}

bool AlertDesk::isInFront() const
{
    return m_window->isVisible() && !m_window->isMinimized() && m_window->isActiveWindow();
}

void AlertDesk::look()
{
    std::vector<AlertCondition> others;
    if (auto trial = trialCondition(m_trial.get(), m_clock())) {
        others.push_back(*std::move(trial));
    }
    tell(m_book.update(m_source.snapshot().get(), m_rules, m_clock(), others));
    publish();
}

void AlertDesk::publish()
{
    m_model.setAlerts(m_book.alerts());
    refreshTray();
    Q_EMIT changed();
}

/// There only while it has something to say: a desktop's tray is not for what is well.
void AlertDesk::refreshTray()
{
    if (m_outlets.tray == nullptr) {
        return;
    }
    if (!m_rules.telling.tray || m_book.open() == 0) {
        return m_outlets.tray->hide();
    }
    m_outlets.tray->show(tr("Signalbox: %n open alerts", nullptr, m_book.open()));
}

void AlertDesk::setRules(const AlertRules &rules)
{
    if (rules == m_rules) {
        return;
    }
    m_rules = rules;
    refreshTray();
    Q_EMIT rulesChanged(m_rules);
}

void AlertDesk::tell(std::vector<AlertNotice> notices)
{
    m_teller.tell(notices, m_rules.telling, m_clock());
    m_teller.look(m_book, m_rules.telling, m_clock());
    if (notices.size() > kToldApart) {
        notices = {digestOf(notices)};
    }
    for (const AlertNotice &notice : notices) {
        // A way back that is offered for ten seconds is not taken away, and nothing moves in a
        // window that nobody sees; the list has the alert.
        if (m_window->isVisible() && !m_window->isMinimized() && !m_notices.offersUndo()) {
            m_notices.say(
                notice.over       ? NoticeBar::Tone::Info
                : notice.critical ? NoticeBar::Tone::Bad
                                  : NoticeBar::Tone::Warning,
                tr("%1: %2").arg(notice.title, notice.text),
                tr("Show Alerts"),
                [this] { Q_EMIT asked(); },
                kNoticeMs);
        }
    }
}

void AlertDesk::acknowledge(const QString &key)
{
    m_book.acknowledge(key);
    publish();
}

void AlertDesk::acknowledgeAll()
{
    m_book.acknowledgeAll();
    publish();
}

void AlertDesk::toggleMute(const QString &key)
{
    const int row = m_model.rowOf(key);
    if (row < 0) {
        return;
    }
    const bool muted = m_model.alertAt(row).mutedUntil.has_value();
    m_book.mute(key, muted ? std::nullopt : std::optional(m_clock() + kMute));
    publish();
}

namespace {

AlertNotice testNotice()
{
    return {.key = u"test"_s,
            .title = AlertDesk::tr("Test"),
            .text = AlertDesk::tr("Alerts of this console arrive like this.")};
}

} // namespace

void AlertDesk::sendTest()
{
    if (m_outlets.desktop != nullptr) {
        m_outlets.desktop->show(testNotice());
    }
}

void AlertDesk::playTest()
{
    if (m_outlets.chime != nullptr) {
        m_outlets.chime->play();
    }
}

void AlertDesk::postTest()
{
    if (m_outlets.hook != nullptr) {
        m_outlets.hook->post(m_rules.telling, {testNotice()});
    }
}

} // namespace signalbox::ui
