// SPDX-License-Identifier: GPL-3.0-or-later
// The present as the whole console sees it: one snapshot at a time, frozen while paused.
#pragma once

#include "ui/console_source.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <functional>

namespace signalbox::ui {

/// A configuration that came into force while the console ran.
struct AppliedConfiguration
{
    SystemTime at{};
    std::string revision;
};

/// Coalesces the doorbell to at most four changes a second, and to none while nobody looks.
class ConsoleState : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<SystemTime()>;

    ConsoleState(ConsoleSource &source, Clock clock, QObject *parent = nullptr);

    /// Where it all comes from.
    [[nodiscard]] ConsoleSource &source() { return m_source; }
    /// Null before the first one.
    [[nodiscard]] const std::shared_ptr<const telemetry::Snapshot> &snapshot() const;
    /// The instant that screens show: the present, or where it was paused.
    [[nodiscard]] SystemTime now() const;
    [[nodiscard]] bool isPaused() const { return m_pausedAt.has_value(); }
    /// Requests that ended since the pause began.
    [[nodiscard]] std::int64_t newWhilePaused() const { return m_newWhilePaused; }
    /// Requests that could not be shown because too many came at once, since the start.
    [[nodiscard]] std::int64_t lost() const { return m_lost; }
    /// Puts what was applied before the console's start in front. To be called once.
    void addPast(std::vector<AppliedConfiguration> past);
    /// The last ones, oldest first: those seen since the start, behind those of addPast().
    [[nodiscard]] const std::vector<AppliedConfiguration> &applied() const { return m_applied; }
    /// How old the newest data is; nothing before the first.
    [[nodiscard]] std::optional<Micros> age() const;
    /// No news for three seconds.
    [[nodiscard]] bool isStale() const;

    void setPaused(bool paused);
    /// Shows the newest there is at once, also while paused: the pause then holds that instant.
    void refreshNow();
    /// Whether anybody can see the window; news wait until somebody can.
    void setWatched(bool watched);
    /// The command's id. Its end is told by commandFinished.
    quint64 send(BreakerCommand command);

Q_SIGNALS:
    /// There is a newer snapshot. At most four times a second, never while paused or unwatched.
    void changed();
    /// Requests that ended, oldest first. As rare as changed.
    void finished(const std::vector<std::shared_ptr<const RequestRecord>> &records);
    /// The same as they come, also while paused or unwatched: for who waits for one of them.
    void collected(const std::vector<std::shared_ptr<const RequestRecord>> &records);
    void pausedChanged();
    /// Once a second while watched, for ages, countdowns and what is new since a pause.
    void ticked();
    void commandFinished(const signalbox::ui::BreakerCommand &command,
                         bool ok,
                         const QString &message);

private:
    void onDoorbell();
    void deliver();
    void collect();
    void noteRevision();
    void onCommandFinished(quint64 id, bool ok, const QString &message);

    ConsoleSource &m_source;
    Clock m_clock;
    QTimer m_delivery;
    QElapsedTimer m_sinceDelivery;
    QTimer m_tick;
    std::shared_ptr<const telemetry::Snapshot> m_snapshot;
    std::vector<std::shared_ptr<const RequestRecord>> m_waiting;
    std::optional<SystemTime> m_pausedAt;
    std::optional<SystemTime> m_newsAt;
    std::vector<AppliedConfiguration> m_applied;
    std::string m_revision;
    std::int64_t m_newWhilePaused = 0;
    std::int64_t m_lost = 0;
    bool m_watched = true;
    bool m_dirty = false;
    quint64 m_lastCommand = 0;
    QHash<quint64, BreakerCommand> m_commands;
};

} // namespace signalbox::ui
