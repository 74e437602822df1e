// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_source.h"

#include "tests/ui/support/fixture_scene.h"

#include <QTimer>

namespace signalbox::ui {

namespace {

constexpr int kRequestsAtStart = 60;

void apply(telemetry::BreakerView &breaker, const BreakerCommand &command, SystemTime now)
{
    const auto force = [&](telemetry::ForcedState state) {
        breaker.forced = state;
        breaker.forcedReason = command.reason;
        breaker.forcedUntil.reset();
        if (command.duration) {
            breaker.forcedUntil = now + *command.duration;
        }
    };
    switch (command.action) {
    case BreakerAction::Trip:
        return force(telemetry::ForcedState::Open);
    case BreakerAction::Hold:
        return force(telemetry::ForcedState::Closed);
    case BreakerAction::Reset:
        breaker.forced = telemetry::ForcedState::None;
        breaker.state = telemetry::BreakerState::Closed;
        breaker.failures = 0;
        return;
    case BreakerAction::Drain:
        breaker.drained = true;
        return;
    case BreakerAction::Undrain:
        breaker.drained = false;
        return;
    }
}

} // namespace

FixtureSource::FixtureSource(Scenario scenario, QObject *parent)
    : ConsoleSource(parent)
    , m_scenario(scenario)
    , m_now(sceneStart())
    , m_draft(busyScene(m_now))
{
    if (scenario == Scenario::Silent) {
        return;
    }
    addSeries(m_draft, m_now);
    if (scenario == Scenario::NoRequestsYet) {
        m_draft = telemetry::Snapshot();
        m_draft.listen = "http://127.0.0.1:8787";
        m_draft.revision = "1";
        m_draft.startedAt = m_now - Seconds(40);
        for (const telemetry::ProviderView &provider : busyScene(m_now).providers) {
            telemetry::ProviderView fresh;
            fresh.id = fresh.kind = provider.id;
            telemetry::TargetView target;
            target.target = provider.targets.front().target;
            target.breaker.failuresToOpen = 3;
            fresh.targets.push_back(target);
            m_draft.providers.push_back(fresh);
        }
    } else {
        for (int i = kRequestsAtStart; i > 0; --i) {
            m_finished.records.push_back(sceneRequest(++m_serial, m_now - Millis(i * 310)));
        }
    }
    publish();
}

std::shared_ptr<const telemetry::Snapshot> FixtureSource::snapshot() const
{
    return m_published;
}

FinishedBatch FixtureSource::takeFinished()
{
    return std::exchange(m_finished, {});
}

telemetry::TargetView &FixtureSource::target(const std::string &name)
{
    for (telemetry::ProviderView &provider : m_draft.providers) {
        for (telemetry::TargetView &target : provider.targets) {
            if (target.target.name() == name) {
                return target;
            }
        }
    }
    qFatal("the fixture has no target %s", name.c_str());
}

void FixtureSource::send(const BreakerCommand &command)
{
    m_sent.push_back(command);
    if (m_failure.isEmpty()) {
        apply(target(command.target.name()).breaker, command, m_now);
    }
    QTimer::singleShot(0, this, [this, id = command.id, failure = m_failure] {
        publish();
        Q_EMIT commandFinished(id, failure.isEmpty(), failure);
    });
}

void FixtureSource::finishSome(int count)
{
    for (int i = 0; i < count; ++i) {
        m_finished.records.push_back(sceneRequest(++m_serial, m_now));
    }
    m_draft.totals.requests += count;
}

void FixtureSource::advance(Seconds by, int requests)
{
    m_now += by;
    finishSome(requests);
    if (m_scenario == Scenario::Busy) {
        addSeries(m_draft, m_now);
    }
    publish();
}

void FixtureSource::publish()
{
    ++m_draft.sequence;
    m_draft.at.system = m_now;
    m_published = std::make_shared<const telemetry::Snapshot>(m_draft);
    Q_EMIT doorbell();
}

void FixtureSource::finish(std::shared_ptr<const RequestRecord> record)
{
    m_finished.records.push_back(std::move(record));
    publish();
}

} // namespace signalbox::ui
