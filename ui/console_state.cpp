// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console_state.h"

#include <algorithm>

namespace signalbox::ui {

namespace {

constexpr int kDeliveryMs = 250;
constexpr int kTickMs = 1000;
constexpr Seconds kStaleAfter{3};
// As many as the request list keeps: older ones would be thrown away there.
constexpr std::size_t kWaitingMax = 2000;
constexpr std::size_t kAppliedMax = 50;

} // namespace

ConsoleState::ConsoleState(ConsoleSource &source, Clock clock, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_clock(std::move(clock))
{
    m_delivery.setSingleShot(true);
    m_tick.setInterval(kTickMs);
    m_tick.start();
    connect(&m_delivery, &QTimer::timeout, this, &ConsoleState::deliver);
    connect(&m_tick, &QTimer::timeout, this, &ConsoleState::ticked);
    connect(&m_source, &ConsoleSource::doorbell, this, &ConsoleState::onDoorbell);
    connect(&m_source, &ConsoleSource::commandFinished, this, &ConsoleState::onCommandFinished);
    if (m_source.snapshot() != nullptr) {
        onDoorbell();
    }
}

const std::shared_ptr<const telemetry::Snapshot> &ConsoleState::snapshot() const
{
    return m_snapshot;
}

SystemTime ConsoleState::now() const
{
    return m_pausedAt ? *m_pausedAt : m_clock();
}

std::optional<Micros> ConsoleState::age() const
{
    if (!m_newsAt) {
        return std::nullopt;
    }
    return m_clock() - *m_newsAt;
}

bool ConsoleState::isStale() const
{
    const auto old = age();
    return old && *old > kStaleAfter;
}

void ConsoleState::onDoorbell()
{
    if (m_source.connection().isLive()) { // else it tells of its own absence
        m_newsAt = m_clock();
    }
    m_dirty = true;
    if (!m_delivery.isActive()) {
        const qint64 since = m_sinceDelivery.isValid() ? m_sinceDelivery.elapsed() : kDeliveryMs;
        m_delivery.start(static_cast<int>(std::max<qint64>(kDeliveryMs - since, 0)));
    }
}

void ConsoleState::deliver()
{
    m_sinceDelivery.start();
    collect();
    if (m_pausedAt && m_watched) {
        Q_EMIT ticked(); // the count of what is new goes on
    }
    if (!m_dirty || !m_watched || m_pausedAt) {
        return;
    }
    m_dirty = false;
    m_snapshot = m_source.snapshot();
    if (!m_waiting.empty()) {
        Q_EMIT finished(std::exchange(m_waiting, {}));
    }
    if (m_snapshot != nullptr) {
        Q_EMIT changed();
    }
}

/// Empties the source's box even while nothing is shown, so that it never overflows for that.
void ConsoleState::collect()
{
    noteRevision();
    FinishedBatch batch = m_source.takeFinished();
    m_lost += batch.lost;
    if (m_pausedAt) {
        m_newWhilePaused += static_cast<std::int64_t>(batch.records.size());
    }
    m_waiting.insert(m_waiting.end(), batch.records.begin(), batch.records.end());
    if (m_waiting.size() > kWaitingMax) {
        const auto tooMany = static_cast<std::ptrdiff_t>(m_waiting.size() - kWaitingMax);
        m_waiting.erase(m_waiting.begin(), m_waiting.begin() + tooMany);
    }
    if (!batch.records.empty()) {
        Q_EMIT collected(batch.records);
    }
}

void ConsoleState::noteRevision()
{
    const auto newest = m_source.snapshot();
    if (newest == nullptr || newest->revision == m_revision) {
        return;
    }
    if (!m_revision.empty()) {
        m_applied.push_back({.at = newest->at.system, .revision = newest->revision});
    }
    m_revision = newest->revision;
    if (m_applied.size() > kAppliedMax) {
        m_applied.erase(m_applied.begin());
    }
}

void ConsoleState::addPast(std::vector<AppliedConfiguration> past)
{
    const auto seen = [this](const AppliedConfiguration &one) {
        return !m_applied.empty() && one.at >= m_applied.front().at;
    };
    std::erase_if(past, seen);
    past.insert(past.end(), m_applied.begin(), m_applied.end());
    if (past.size() > kAppliedMax) {
        past.erase(past.begin(), past.end() - static_cast<std::ptrdiff_t>(kAppliedMax));
    }
    m_applied = std::move(past);
}

void ConsoleState::refreshNow()
{
    if (m_pausedAt) {
        m_newWhilePaused = 0;
        m_pausedAt.reset();
        deliver();
        m_pausedAt = m_clock();
        Q_EMIT pausedChanged();
        return;
    }
    m_dirty = true;
    deliver();
}

void ConsoleState::setPaused(bool paused)
{
    if (paused == isPaused()) {
        return;
    }
    m_newWhilePaused = 0;
    m_pausedAt = paused ? std::optional(m_clock()) : std::nullopt;
    Q_EMIT pausedChanged();
    if (!paused) {
        deliver();
    }
}

void ConsoleState::setWatched(bool watched)
{
    if (watched == m_watched) {
        return;
    }
    m_watched = watched;
    if (!watched) {
        return m_tick.stop();
    }
    m_tick.start();
    deliver();
}

quint64 ConsoleState::send(BreakerCommand command)
{
    command.id = ++m_lastCommand;
    m_commands.insert(command.id, command);
    m_source.send(command);
    return command.id;
}

void ConsoleState::onCommandFinished(quint64 id, bool ok, const QString &message)
{
    if (m_commands.contains(id)) {
        Q_EMIT commandFinished(m_commands.take(id), ok, message);
    }
}

} // namespace signalbox::ui
