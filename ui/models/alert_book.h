// SPDX-License-Identifier: GPL-3.0-or-later
// A book of what the rules found in snapshots: what goes on, what is over, who was told.
#pragma once

#include "ui/models/alert_rules.h"
#include "ui/models/place.h"

#include "core/base/time.h"
#include "core/telemetry/snapshot.h"

#include <QStringList>

#include <deque>
#include <optional>
#include <vector>

namespace signalbox::ui {

struct AlertCondition;

struct Alert
{
    enum class State {
        Pending, ///< not for long enough yet; nobody is told
        Firing,
        Flapping, ///< came and went four times within ten minutes; told once
        Resolved,
    };
    QString key; ///< of the rule and what it is about: one alert each
    QString subject;
    QString text;
    bool critical = false;
    Place place = {};
    State state = State::Pending;
    SystemTime since{}; ///< of its state
    bool acknowledged = false;
    std::optional<SystemTime> mutedUntil;

    /// Wants somebody's eye.
    [[nodiscard]] bool isOpen() const
    {
        return (state == State::Firing || state == State::Flapping) && !acknowledged;
    }
};

/// Somebody is to be told.
struct AlertNotice
{
    QString key;
    QString title;
    QString text;
    bool critical = false;
    bool over = false; ///< it is over: takes the place of what was told before
};

/// No clock of its own. Remembers at most 200 alerts; resolved ones are forgotten first.
class AlertBook
{
public:
    /// What is to be told because of this snapshot; null: there was none yet. Each alert is told
    /// when it fires and when it has been over for a minute; one that comes back within ten minutes
    /// is not told again, unless as flapping, once. Muted and acknowledged ones are not told at all.
    std::vector<AlertNotice> update(const telemetry::Snapshot *snapshot,
                                    const AlertRules &rules,
                                    SystemTime now);
    /// The same, and \p others hold beside what the rules find.
    std::vector<AlertNotice> update(const telemetry::Snapshot *snapshot,
                                    const AlertRules &rules,
                                    SystemTime now,
                                    const std::vector<AlertCondition> &others);

    /// Open ones first, then by time, the newest first.
    [[nodiscard]] std::vector<Alert> alerts() const;
    [[nodiscard]] int open() const;
    /// What is to be told of the open ones among \p keys, as if they had just begun.
    [[nodiscard]] std::vector<AlertNotice> stillOpen(const QStringList &keys) const;
    void acknowledge(const QString &key);
    void acknowledgeAll();
    /// Nothing: no longer.
    void mute(const QString &key, std::optional<SystemTime> until);

private:
    struct Entry
    {
        Alert alert;
        bool holds = false; ///< the condition does, now
        SystemTime heldSince{};
        std::deque<SystemTime> changes; ///< of the last ten minutes
        std::optional<SystemTime> toldAt; ///< that it fires
        std::optional<SystemTime> overSince; ///< and nobody was told yet
    };

    void hold(const AlertCondition &condition, SystemTime now, std::vector<AlertNotice> &notices);
    void release(Entry &entry, SystemTime now, std::vector<AlertNotice> &notices);
    void turn(Entry &entry, bool holds, SystemTime now, std::vector<AlertNotice> &notices);
    void tell(Entry &entry, bool over, SystemTime now, std::vector<AlertNotice> &notices) const;
    Entry &entryFor(const QString &key);
    void forgetOld();

    std::vector<Entry> m_entries;
};

} // namespace signalbox::ui
