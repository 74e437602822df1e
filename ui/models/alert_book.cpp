// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/alert_book.h"

#include "ui/models/alert_conditions.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Alerts
{
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

constexpr Seconds kFlapWindow{600};
constexpr std::size_t kFlapChanges = 4;
constexpr Seconds kOverAfter{60};
constexpr std::size_t kAlertsMax = 200;

using State = Alert::State;

} // namespace

AlertBook::Entry &AlertBook::entryFor(const QString &key)
{
    const auto found = std::ranges::find(m_entries, key, [](const Entry &entry) {
        return entry.alert.key;
    });
    if (found != m_entries.end()) {
        return *found;
    }
    m_entries.emplace_back().alert.key = key;
    m_entries.back().alert.state = State::Resolved;
    return m_entries.back();
}

/// Adds a notice, unless it is muted or somebody knows already.
void AlertBook::tell(Entry &entry,
                     bool over,
                     SystemTime now,
                     std::vector<AlertNotice> &notices) const
{
    const Alert &alert = entry.alert;
    if (alert.acknowledged || (alert.mutedUntil && *alert.mutedUntil > now)) {
        return;
    }
    QString text = over ? Alerts::tr("It is over.") : alert.text;
    if (alert.state == State::Flapping) {
        text = Alerts::tr("It comes and goes: %1 changes within ten minutes. Nothing more is told "
                          "until it is stable.")
                   .arg(entry.changes.size());
    }
    notices.push_back({.key = alert.key,
                       .title = alert.subject,
                       .text = text,
                       .critical = alert.critical && !over,
                       .over = over});
}

/// Fires, ends or flaps. \pre the condition has just changed, and lasted long enough
void AlertBook::turn(Entry &entry, bool holds, SystemTime now, std::vector<AlertNotice> &notices)
{
    Alert &alert = entry.alert;
    entry.changes.push_back(now);
    if (alert.state == State::Flapping) {
        return; // until it is stable
    }
    const bool flaps = entry.changes.size() >= kFlapChanges;
    alert.state = flaps ? State::Flapping : holds ? State::Firing : State::Resolved;
    alert.since = now;
    const bool toldLately = entry.toldAt && now - *entry.toldAt < kFlapWindow;
    entry.overSince.reset();
    if (flaps) {
        tell(entry, false, now, notices);
    } else if (!holds && entry.toldAt) {
        entry.overSince = alert.acknowledged ? std::nullopt : std::optional(now);
        alert.acknowledged = false; // of this time; the next one is another
    } else if (holds && !toldLately) {
        tell(entry, false, now, notices);
        entry.toldAt = now;
    }
}

void AlertBook::hold(const AlertCondition &condition,
                     SystemTime now,
                     std::vector<AlertNotice> &notices)
{
    Entry &entry = entryFor(condition.key);
    Alert &alert = entry.alert;
    alert.subject = condition.subject;
    alert.text = condition.text;
    alert.critical = condition.critical;
    alert.place = condition.place;
    const bool isNew = !entry.holds;
    if (isNew) {
        entry.holds = true;
        entry.heldSince = now;
        if (alert.state == State::Resolved) {
            alert.state = State::Pending;
            alert.since = now;
        }
    }
    const bool ripe = alert.state == State::Pending && now - entry.heldSince >= condition.hold;
    if (ripe || (isNew && alert.state == State::Flapping)) {
        turn(entry, true, now, notices);
    }
}

void AlertBook::release(Entry &entry, SystemTime now, std::vector<AlertNotice> &notices)
{
    entry.holds = false;
    if (entry.alert.state == State::Pending) {
        entry.alert.state = State::Resolved;
        entry.alert.since = now;
    } else {
        turn(entry, false, now, notices);
    }
}

std::vector<AlertNotice> AlertBook::update(const telemetry::Snapshot *snapshot,
                                           const AlertRules &rules,
                                           SystemTime now)
{
    return update(snapshot, rules, now, {});
}

std::vector<AlertNotice> AlertBook::update(const telemetry::Snapshot *snapshot,
                                           const AlertRules &rules,
                                           SystemTime now,
                                           const std::vector<AlertCondition> &others)
{
    std::vector<AlertNotice> notices;
    std::vector<AlertCondition> conditions = alertConditions(snapshot, rules, now);
    conditions.insert(conditions.end(), others.begin(), others.end());
    for (Entry &entry : m_entries) {
        std::erase_if(entry.changes, [now](SystemTime at) { return now - at > kFlapWindow; });
    }
    for (const AlertCondition &condition : conditions) {
        hold(condition, now, notices);
    }
    for (Entry &entry : m_entries) {
        const bool holds = std::ranges::find(conditions, entry.alert.key, &AlertCondition::key)
                           != conditions.end();
        if (entry.holds && !holds) {
            release(entry, now, notices);
        }
        if (entry.overSince && now - *entry.overSince >= kOverAfter) {
            entry.overSince.reset();
            tell(entry, true, now, notices);
        }
        if (entry.alert.state == State::Flapping && entry.changes.empty()) {
            entry.alert.state = entry.holds ? State::Firing : State::Resolved;
            entry.alert.since = now;
        }
    }
    forgetOld();
    return notices;
}

/// What was pending and never fired is not kept; of the rest the oldest go.
void AlertBook::forgetOld()
{
    std::erase_if(m_entries, [](const Entry &entry) {
        return entry.alert.state == State::Resolved && entry.changes.empty() && !entry.toldAt
               && !entry.alert.mutedUntil;
    });
    while (m_entries.size() > kAlertsMax) {
        const auto oldest = std::ranges::min_element(m_entries, {}, [](const Entry &entry) {
            return std::pair(entry.holds, entry.alert.since);
        });
        m_entries.erase(oldest);
    }
}

std::vector<Alert> AlertBook::alerts() const
{
    std::vector<Alert> all;
    for (const Entry &entry : m_entries) {
        all.push_back(entry.alert);
    }
    std::ranges::stable_sort(all, [](const Alert &a, const Alert &b) {
        return std::tuple(a.isOpen(), a.since, b.key) > std::tuple(b.isOpen(), b.since, a.key);
    });
    return all;
}

int AlertBook::open() const
{
    return static_cast<int>(
        std::ranges::count_if(m_entries, [](const Entry &entry) { return entry.alert.isOpen(); }));
}

std::vector<AlertNotice> AlertBook::stillOpen(const QStringList &keys) const
{
    std::vector<AlertNotice> notices;
    for (const Entry &entry : m_entries) {
        const Alert &alert = entry.alert;
        if (alert.isOpen() && !alert.mutedUntil && keys.contains(alert.key)) {
            notices.push_back({.key = alert.key,
                               .title = alert.subject,
                               .text = alert.text,
                               .critical = alert.critical});
        }
    }
    return notices;
}

void AlertBook::acknowledge(const QString &key)
{
    for (Entry &entry : m_entries) {
        if (entry.alert.key == key && entry.alert.isOpen()) {
            entry.alert.acknowledged = true;
        }
    }
}

void AlertBook::acknowledgeAll()
{
    for (Entry &entry : m_entries) {
        entry.alert.acknowledged = entry.alert.acknowledged || entry.alert.isOpen();
    }
}

void AlertBook::mute(const QString &key, std::optional<SystemTime> until)
{
    for (Entry &entry : m_entries) {
        if (entry.alert.key == key) {
            entry.alert.mutedUntil = until;
        }
    }
}

} // namespace signalbox::ui
