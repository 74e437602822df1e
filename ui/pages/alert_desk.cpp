// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alert_desk.h"

#include "ui/widgets/notice_bar.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLookMs = 1000;
constexpr int kNoticeMs = 15'000;
constexpr std::size_t kToldApart = 3;
constexpr Seconds kMute{3600};

} // namespace

AlertDesk::AlertDesk(ConsoleSource &source,
                     ConsoleState::Clock clock,
                     Notifier *notifier,
                     NoticeBar &notices,
                     QWidget *window)
    : QObject(window)
    , m_source(source)
    , m_clock(std::move(clock))
    , m_notifier(notifier)
    , m_notices(notices)
    , m_window(window)
{
    connect(&m_timer, &QTimer::timeout, this, &AlertDesk::look);
    m_timer.start(kLookMs);
}

void AlertDesk::look()
{
    tell(m_book.update(m_source.snapshot().get(), m_rules, m_clock()));
    publish();
}

void AlertDesk::publish()
{
    m_model.setAlerts(m_book.alerts());
    Q_EMIT changed();
}

void AlertDesk::setRules(const AlertRules &rules)
{
    if (rules == m_rules) {
        return;
    }
    m_rules = rules;
    Q_EMIT rulesChanged(m_rules);
}

void AlertDesk::tell(std::vector<AlertNotice> notices)
{
    if (notices.size() > kToldApart) {
        QStringList subjects;
        bool critical = false;
        for (const AlertNotice &notice : notices) {
            subjects << notice.title;
            critical = critical || notice.critical;
        }
        notices = {{.key = u"digest"_s,
                    .title = tr("%1 alerts").arg(subjects.size()),
                    .text = subjects.join(u", "_s),
                    .critical = critical}};
    }
    const bool visible = m_window->isVisible() && !m_window->isMinimized();
    const bool inFront = visible && m_window->isActiveWindow();
    for (const AlertNotice &notice : notices) {
        if (!inFront && m_rules.desktop && m_notifier != nullptr) {
            m_notifier->show(notice);
        }
        // A way back that is offered for ten seconds is not taken away, and nothing moves in a
        // window that nobody sees; the list has the alert.
        if (visible && !m_notices.offersUndo()) {
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

void AlertDesk::sendTest()
{
    if (m_notifier != nullptr) {
        m_notifier->show({.key = u"test"_s,
                          .title = tr("Test"),
                          .text = tr("Alerts of this console arrive like this.")});
    }
}

} // namespace signalbox::ui
