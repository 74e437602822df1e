// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway that plays the same afternoon every time, for tests and screenshots.
#pragma once

#include "ui/console_source.h"

#include <cstdint>

namespace signalbox::ui {

/// Seven providers at 14:03:22 UTC: one breaker open, one half-open, one drained, one forced, one
/// with few samples, one without prices; gaps in one series. Time moves by advance() only.
class FixtureSource : public ConsoleSource
{
    Q_OBJECT

public:
    enum class Scenario {
        Busy,
        NoRequestsYet,
        Silent
    };

    explicit FixtureSource(Scenario scenario = Scenario::Busy, QObject *parent = nullptr);

    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const override;
    [[nodiscard]] FinishedBatch takeFinished() override;
    void send(const BreakerCommand &command) override;

    [[nodiscard]] SystemTime now() const { return m_now; }
    [[nodiscard]] const std::vector<BreakerCommand> &sent() const { return m_sent; }
    [[nodiscard]] telemetry::TargetView &target(const std::string &name);
    [[nodiscard]] telemetry::Snapshot &draft() { return m_draft; }

    /// Lets time go by, without any news.
    void wait(Millis by) { m_now += by; }
    /// Lets time go by with one more bucket, \p requests more finished ones, and the bell.
    void advance(Seconds by, int requests = 3);
    /// Publishes the draft as it is and rings.
    void publish();
    /// One more finished request, and the bell.
    void finish(std::shared_ptr<const RequestRecord> record);
    /// The next commands fail with this sentence; empty: they work.
    void failCommands(const QString &message) { m_failure = message; }

private:
    void finishSome(int count);

    Scenario m_scenario;
    SystemTime m_now;
    telemetry::Snapshot m_draft;
    std::shared_ptr<const telemetry::Snapshot> m_published;
    FinishedBatch m_finished;
    std::vector<BreakerCommand> m_sent;
    QString m_failure;
    std::int64_t m_serial = 0;
};

} // namespace signalbox::ui
