// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alert_teller.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Alerts
{
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

bool isQuietNow(const AlertTelling &telling, SystemTime now)
{
    const auto ms = std::chrono::floor<Millis>(now.time_since_epoch()).count();
    const QTime local = QDateTime::fromMSecsSinceEpoch(ms).time();
    return isQuiet(telling, local.hour() * 60 + local.minute());
}

} // namespace

AlertNotice digestOf(const std::vector<AlertNotice> &notices)
{
    QStringList subjects;
    bool critical = false;
    for (const AlertNotice &notice : notices) {
        subjects << notice.title;
        critical = critical || notice.critical;
    }
    return {.key = u"digest"_s,
            .title = Alerts::tr("%n alerts", nullptr, static_cast<int>(subjects.size())),
            .text = subjects.join(u", "_s),
            .critical = critical};
}

AlertTeller::AlertTeller(AlertOutlets outlets, std::function<bool()> inFront)
    : m_outlets(outlets)
    , m_inFront(std::move(inFront))
{}

void AlertTeller::tell(const std::vector<AlertNotice> &notices,
                       const AlertTelling &telling,
                       SystemTime now)
{
    for (const AlertNotice &notice : notices) {
        std::erase_if(m_gathered, [&](const AlertNotice &old) { return old.key == notice.key; });
        m_gathered.push_back(notice);
    }
    const Seconds gathers(telling.gatherSeconds);
    const bool gathering = now < m_gathersUntil
                           && m_gathersUntil <= now + gathers; // a clock may be set back
    if (!gathering && !m_gathered.empty()) {
        m_gathersUntil = now + gathers;
        deliver(std::exchange(m_gathered, {}), telling, now);
    }
}

void AlertTeller::look(const AlertBook &book, const AlertTelling &telling, SystemTime now)
{
    tell({}, telling, now);
    if (!m_withheld.isEmpty() && !isQuietNow(telling, now)) {
        const QSet<QString> keys = std::exchange(m_withheld, {});
        loud(book.stillOpen(QStringList(keys.begin(), keys.end())), telling);
    }
}

void AlertTeller::deliver(std::vector<AlertNotice> notices,
                          const AlertTelling &telling,
                          SystemTime now)
{
    if (telling.hook && m_outlets.hook != nullptr && !telling.hookUrl.isEmpty()) {
        m_outlets.hook->post(telling, notices);
    }
    if (isQuietNow(telling, now)) {
        std::erase_if(notices, [&](const AlertNotice &notice) {
            if (notice.critical && telling.criticalAlways) {
                return false;
            }
            if (notice.over) {
                // The end of what is on the screen takes its place; nobody is woken by that.
                return m_withheld.remove(notice.key);
            }
            m_withheld.insert(notice.key);
            return true;
        });
    }
    loud(notices, telling);
}

void AlertTeller::loud(const std::vector<AlertNotice> &notices, const AlertTelling &telling)
{
    if (notices.empty()) {
        return;
    }
    const bool begins = std::ranges::any_of(notices, [](const AlertNotice &n) { return !n.over; });
    if (begins && telling.sound && m_outlets.chime != nullptr) {
        m_outlets.chime->play();
    }
    if (!telling.desktop || m_outlets.desktop == nullptr || m_inFront()) {
        return;
    }
    if (notices.size() > kToldApart) {
        return m_outlets.desktop->show(digestOf(notices));
    }
    for (const AlertNotice &notice : notices) {
        m_outlets.desktop->show(notice);
    }
}

} // namespace signalbox::ui
