// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/telemetry/scene.h"

#include "core/telemetry/telemetry.h"

#include <QTest>

#include <cmath>

using namespace signalbox;
using namespace signalbox::telemetry;

namespace {

/// Tells telemetry of a whole request, all at one instant.
void play(Telemetry &telemetry, const RequestRecord &request, Now now)
{
    telemetry.requestStarted(request.route, now);
    for (const AttemptRecord &attempt : request.attempts) {
        telemetry.attemptStarted(attempt.target, now);
        telemetry.attemptEnded(attempt, now, request.operation);
    }
    telemetry.requestEnded(request, now);
}

LiveState liveState()
{
    LiveState live;
    live.listen = "http://127.0.0.1:8787";
    live.configRevision = "abc123";
    live.requestsInFlight = 4;
    LiveTarget plus;
    plus.inFlight = 3;
    plus.breaker.state = BreakerState::Open;
    plus.breaker.cause = "server_error";
    live.targets[kPlus] = plus;
    live.targets[TargetId(std::string("gone/model"))] = LiveTarget();
    live.providers["qwen"] = {{{"env:KEY", true, "refused", std::nullopt}}, true, {}};
    live.ledger.queued = 2;
    return live;
}

} // namespace

class TestTelemetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstSnapshotClaimsNothing();
    void countsByTargetProviderAndInAll();
    void showsWhatTheGatewayFilledIn();
    void anUnknownPriceIsCountedApart();
    void anAttemptWithoutUsageHasNoUnknownPrice();
    void sharesArePlannedByWeightInTheLowestTier();
    void actualSharesAreThoseOfTheLastMinute();
    void ratesDoNotExplodeRightAfterTheStart();
    void theLastMinuteIsForgotten();
    void aStreamThatBrokeIsAFailedRequest();
    void aRefusedRequestIsNoFailure();
    void abandonedRequestsBelongToTheProviderLastCalled();
    void aModelNotFoundMarksTheTargetUntilASuccess();
    void keepsTheLastTwoHundredTransitions();
    void namesThatAreNotConfiguredAreCountedTogether();
    void reloadingKeepsWhatStays();
    void aRouteWithOtherTargetsStartsItsSharesAnew();
    void earlierSnapshotsNeverChange();
};

void TestTelemetry::theFirstSnapshotClaimsNothing()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const SnapshotPtr first = telemetry.snapshot(sceneStart(), LiveState());
    QCOMPARE(first->sequence, 1U);
    QCOMPARE(first->startedAt, sceneStart().system);
    QCOMPARE(first->totals.requests, 0);
    QCOMPARE(first->totals.requestsPerSecond, 0.0);
    QVERIFY(std::isnan(first->totals.failureShare));
    QCOMPARE(first->providers.size(), 3U);
    QCOMPARE(first->providers[0].kind, "qwen");
    QVERIFY(std::isnan(first->providers[0].failureShare));
    QVERIFY(!first->providers[0].latency.p50Ms);
    QVERIFY(std::isnan(first->routes[0].shares[0].actual));
    QVERIFY(first->seconds->total.points.empty());
    QCOMPARE(first->seconds->byProvider.size(), 3U);
}

void TestTelemetry::countsByTargetProviderAndInAll()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const auto failed = sceneAttempt(kPlus, OutcomeClass::ServerError, Millis(50));
    for (int i = 0; i < 30; ++i) {
        const Now now = sceneStart() + Seconds(i);
        play(telemetry, sceneRequest("chat", {failed, sceneSuccess(kHaiku, Millis(400))}), now);
    }
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart() + Seconds(30), LiveState());
    QCOMPARE(snapshot->totals.requests, 30);
    QCOMPARE(snapshot->totals.failedRequests, 0);
    QCOMPARE(snapshot->totals.failureShare, 0.0);
    QCOMPARE(snapshot->totals.latency.samples, 30);
    QVERIFY(std::abs(*snapshot->totals.latency.p50Ms - 450) < 8);
    QVERIFY(std::abs(*snapshot->totals.firstToken.p50Ms - 100) < 2);
    const TargetView &plus = snapshot->providers[0].targets[0];
    QCOMPARE(plus.outcomes[static_cast<std::size_t>(OutcomeClass::ServerError)], 30);
    QCOMPARE(plus.failuresLastMinute, 30);
    QCOMPARE(plus.latency.samples, 0);
    QCOMPARE(snapshot->providers[0].failureShare, 1.0);
    const ProviderView &anthropic = snapshot->providers[1];
    QCOMPARE(anthropic.failureShare, 0.0);
    QVERIFY(std::abs(*anthropic.latency.p95Ms - 400) < 7);
    const double perHour = 30 * 0.001234567 * 3600 / 30;
    QVERIFY(std::abs(anthropic.costPerHour - perHour) < 1e-9);
    QCOMPARE(snapshot->totals.costPerHour, anthropic.costPerHour);
    QCOMPARE(snapshot->seconds->total.points.size(), 30U);
    QCOMPARE(snapshot->seconds->total.points[3].attempts, 2);
    QCOMPARE(snapshot->seconds->byProvider[1].points[3].cost.nanos(), 1'234'567);
    QCOMPARE(snapshot->tens->total.points.size(), 3U);
    QCOMPARE(snapshot->tens->total.points[2].failures, 10);
}

void TestTelemetry::showsWhatTheGatewayFilledIn()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    telemetry.headRoom("qwen", {600, 599, std::nullopt, std::nullopt, sceneStart().system});
    telemetry.headRoom("nobody", {});
    telemetry.shortCircuited(kPlus);
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), liveState());
    QCOMPARE(snapshot->listen, "http://127.0.0.1:8787");
    QCOMPARE(snapshot->revision, "abc123");
    QCOMPARE(snapshot->totals.inFlight, 4);
    QCOMPARE(snapshot->ledger.queued, 2);
    const ProviderView &qwen = snapshot->providers[0];
    QVERIFY(qwen.disabled);
    QCOMPARE(qwen.inFlight, 3);
    QCOMPARE(qwen.keys.at(0).reason, "refused");
    QCOMPARE(qwen.headRoom.requestsRemaining, 599);
    QVERIFY(qwen.targets[0].breaker.state == BreakerState::Open);
    QCOMPARE(qwen.targets[0].shortCircuited, 1);
    QVERIFY(snapshot->providers[1].targets[0].breaker.state == BreakerState::Closed);
}

void TestTelemetry::anUnknownPriceIsCountedApart()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    AttemptRecord unknown = sceneSuccess(kSmall, Millis(10));
    unknown.cost.amount.reset();
    play(telemetry, sceneRequest("chat", {unknown}), sceneStart());
    play(telemetry, sceneRequest("chat", {sceneSuccess(kSmall, Millis(10))}), sceneStart());
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart() + Seconds(1), LiveState());
    QCOMPARE(snapshot->providers[2].unknownPriceLastMinute, 1);
    QCOMPARE(snapshot->totals.unknownPriceLastMinute, 1);
    const SeriesPoint &point = snapshot->seconds->total.points.front();
    QCOMPARE(point.unknownPriceAttempts, 1);
    QCOMPARE(point.cost.nanos(), 1'234'567);
    const TargetCounters &small = telemetry.counters().providers[2].targets[0];
    QCOMPARE(small.unknownPrice, 1);
    QCOMPARE(small.cost.nanos(), 1'234'567);
}

void TestTelemetry::anAttemptWithoutUsageHasNoUnknownPrice()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const auto refused = sceneAttempt(kSmall, OutcomeClass::ConnectionRefused, Millis(1));
    telemetry.attemptEnded(refused, sceneStart());
    QCOMPARE(telemetry.counters().providers[2].targets[0].unknownPrice, 0);
}

void TestTelemetry::sharesArePlannedByWeightInTheLowestTier()
{
    Configuration configuration = sceneConfiguration();
    configuration.routes.push_back(
        sceneRoute("first", Strategy::Priority, {{kSmall, 1, 2}, {kHaiku, 1, 1}, {kPlus, 1, 1}}));
    RuleSettings rule;
    rule.targets = {{kSmall, 9, 1}};
    configuration.routes.push_back(sceneRoute("ruled", Strategy::Weighted, {{kPlus, 0, 1}}));
    configuration.routes.back().rules = {rule};
    Telemetry telemetry(configuration, sceneStart());
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), LiveState());
    const auto planned = [&](std::size_t route, std::size_t target) {
        return snapshot->routes.at(route).shares.at(target).planned;
    };
    QCOMPARE(planned(0, 0), 0.7);
    QCOMPARE(planned(0, 1), 0.3);
    QCOMPARE(planned(0, 2), 0.0);
    QVERIFY(std::isnan(planned(1, 0)));
    QCOMPARE(planned(2, 0), 0.0);
    QCOMPARE(planned(2, 1), 1.0);
    QCOMPARE(planned(2, 2), 0.0);
    QCOMPARE(planned(3, 0), 0.0);
    QCOMPARE(snapshot->routes[3].shares[1].target, kSmall);
    QCOMPARE(planned(3, 1), 0.0);
}

void TestTelemetry::actualSharesAreThoseOfTheLastMinute()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const auto plus = sceneRequest("chat", {sceneSuccess(kPlus, Millis(5))});
    const auto haiku = sceneRequest("chat", {sceneSuccess(kHaiku, Millis(5))});
    play(telemetry, haiku, sceneStart());
    for (int i = 0; i < 3; ++i) {
        play(telemetry, plus, sceneStart() + Seconds(30));
    }
    const auto early = telemetry.snapshot(sceneStart() + Seconds(31), LiveState());
    QCOMPARE(early->routes[0].shares[0].actual, 0.75);
    QCOMPARE(early->routes[0].shares[1].actual, 0.25);
    QCOMPARE(early->routes[0].shares[0].attempts, 3);
    const auto late = telemetry.snapshot(sceneStart() + Seconds(61), LiveState());
    QCOMPARE(late->routes[0].shares[0].actual, 1.0);
    QVERIFY(std::isnan(late->routes[1].shares[0].actual));
}

void TestTelemetry::ratesDoNotExplodeRightAfterTheStart()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const Now now = sceneStart() + Millis(1);
    play(telemetry, sceneRequest("chat", {sceneSuccess(kPlus, Millis(1))}), now);
    const SnapshotPtr soon = telemetry.snapshot(now, LiveState());
    QCOMPARE(soon->totals.requestsPerSecond, 1.0);
    QCOMPARE(soon->providers[0].requestsPerSecond, 1.0);
    QCOMPARE(soon->routes[0].requestsPerSecond, 1.0);
    QVERIFY(std::abs(soon->totals.costPerHour - 0.001234567 * 360) < 1e-9);
    const SnapshotPtr later = telemetry.snapshot(sceneStart() + Seconds(4), LiveState());
    QCOMPARE(later->totals.requestsPerSecond, 0.25);
}

void TestTelemetry::theLastMinuteIsForgotten()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    for (int i = 0; i < 20; ++i) {
        play(telemetry, sceneRequest("chat", {sceneSuccess(kPlus, Millis(7))}), sceneStart());
    }
    const auto fresh = telemetry.snapshot(sceneStart() + Seconds(59), LiveState());
    QVERIFY(fresh->totals.latency.p50Ms);
    QCOMPARE(fresh->totals.requestsPerSecond, 0.0);
    const auto stale = telemetry.snapshot(sceneStart() + Seconds(61), LiveState());
    QCOMPARE(stale->totals.latency.samples, 0);
    QVERIFY(!stale->totals.latency.p50Ms);
    QVERIFY(std::isnan(stale->totals.failureShare));
    QCOMPARE(stale->totals.costPerHour, 0.0);
    QCOMPARE(stale->totals.requests, 20);
    QCOMPARE(stale->providers[0].targets[0].attemptsLastMinute, 0);
}

void TestTelemetry::aStreamThatBrokeIsAFailedRequest()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    auto broken = sceneRequest("chat",
                               {sceneAttempt(kPlus, OutcomeClass::StreamBroken, Millis(9))});
    broken.status = 200;
    play(telemetry, broken, sceneStart());
    telemetry.streamInterrupted(kPlus, OutcomeClass::StreamBroken);
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), LiveState());
    QCOMPARE(snapshot->totals.failedRequests, 1);
    QCOMPARE(snapshot->totals.failureShare, 1.0);
    QCOMPARE(snapshot->totals.latency.samples, 0);
}

void TestTelemetry::aRefusedRequestIsNoFailure()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    auto refused = sceneRequest("chat",
                                {sceneAttempt(kPlus, OutcomeClass::InvalidRequest, Millis(9))});
    refused.status = 400;
    play(telemetry, refused, sceneStart());
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), LiveState());
    QCOMPARE(snapshot->totals.requests, 1);
    QCOMPARE(snapshot->totals.failedRequests, 0);
    QCOMPARE(snapshot->providers[0].failureShare, 0.0);
}

void TestTelemetry::abandonedRequestsBelongToTheProviderLastCalled()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    auto left = sceneRequest("chat",
                             {sceneAttempt(kPlus, OutcomeClass::ServerError, Millis(9)),
                              sceneAttempt(kHaiku, OutcomeClass::ClientGone, Millis(9))});
    left.status = 499;
    left.abandoned = true;
    play(telemetry, left, sceneStart());
    auto early = sceneRequest("chat", {});
    early.abandoned = true;
    play(telemetry, early, sceneStart());
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), LiveState());
    QCOMPARE(snapshot->totals.abandoned, 2);
    QCOMPARE(snapshot->totals.failedRequests, 0);
    QCOMPARE(telemetry.counters().providers[0].abandoned, 0);
    QCOMPARE(telemetry.counters().providers[1].abandoned, 1);
    QCOMPARE(telemetry.counters().abandonedElsewhere, 1);
    QCOMPARE(snapshot->providers[1].failureShare, 0.0);
}

void TestTelemetry::aModelNotFoundMarksTheTargetUntilASuccess()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const auto misconfigured = [&] {
        return telemetry.snapshot(sceneStart(), LiveState())->providers[0].targets[0].misconfigured;
    };
    telemetry.attemptEnded(sceneAttempt(kPlus, OutcomeClass::ModelNotFound, Millis(1)),
                           sceneStart());
    QVERIFY(misconfigured());
    telemetry.attemptEnded(sceneAttempt(kPlus, OutcomeClass::ServerError, Millis(1)), sceneStart());
    QVERIFY(misconfigured());
    telemetry.attemptEnded(sceneSuccess(kPlus, Millis(1)), sceneStart());
    QVERIFY(!misconfigured());
}

void TestTelemetry::keepsTheLastTwoHundredTransitions()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    BreakerTransition transition;
    transition.target = kPlus;
    transition.to = BreakerState::Open;
    for (int i = 0; i < 201; ++i) {
        transition.at = sceneStart().system + Seconds(i);
        telemetry.breakerChanged(transition);
    }
    BreakerTransition forced;
    forced.target = kPlus;
    forced.forced = ForcedState::Open;
    telemetry.breakerChanged(forced);
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), LiveState());
    QCOMPARE(snapshot->transitions.size(), 200U);
    QCOMPARE(snapshot->transitions.front().at, sceneStart().system + Seconds(2));
    QCOMPARE(snapshot->transitions.back().forced, ForcedState::Open);
    const auto &counts = telemetry.counters().providers[0].targets[0].transitions;
    QCOMPARE(counts[static_cast<std::size_t>(BreakerState::Open)], 201);
    QCOMPARE(counts[static_cast<std::size_t>(BreakerState::Closed)], 0);
}

void TestTelemetry::namesThatAreNotConfiguredAreCountedTogether()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    for (int i = 0; i < 50; ++i) {
        const TargetId unknown("qwen", "model-" + std::to_string(i));
        play(telemetry,
             sceneRequest("route-" + std::to_string(i), {sceneSuccess(unknown, Millis(1))}),
             sceneStart());
    }
    QCOMPARE(telemetry.counters().elsewhere.outcomes[0], 50);
    QCOMPARE(telemetry.counters().otherRequests.size(), 1U);
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart() + Seconds(1), LiveState());
    QCOMPARE(snapshot->seconds->total.points.front().attempts, 50);
    QCOMPARE(snapshot->seconds->byProvider[0].points.front().attempts, 0);
}

void TestTelemetry::reloadingKeepsWhatStays()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const auto request = sceneRequest("chat",
                                      {sceneAttempt(kPlus, OutcomeClass::ServerError, Millis(9)),
                                       sceneSuccess(kHaiku, Millis(5))});
    play(telemetry, request, sceneStart());
    Configuration changed = sceneConfiguration();
    changed.providers.erase(changed.providers.begin());
    changed.providers.insert(changed.providers.begin(),
                             sceneProvider("openai", ProviderKind::OpenAi, {"gpt-5-mini"}));
    changed.providers[1].models.emplace_back().name = "claude-sonnet-4-5";
    changed.routes[0].targets[0].weight = 10;
    const Now later = sceneStart() + Seconds(5);
    telemetry.configure(changed, later);
    const SnapshotPtr snapshot = telemetry.snapshot(later, LiveState());
    QCOMPARE(snapshot->totals.requests, 1);
    QCOMPARE(snapshot->providers.size(), 3U);
    QCOMPARE(snapshot->providers[0].id, "openai");
    QCOMPARE(snapshot->providers[0].targets[0].attemptsLastMinute, 0);
    QCOMPARE(snapshot->providers[1].targets[0].attemptsLastMinute, 1);
    QCOMPARE(snapshot->providers[1].targets[0].outcomes[0], 1);
    QCOMPARE(snapshot->providers[1].targets[1].target.name(), "anthropic/claude-sonnet-4-5");
    QCOMPARE(snapshot->routes[0].shares[1].attempts, 1);
    QCOMPARE(snapshot->routes[0].shares[0].planned, 0.25);
    QCOMPARE(snapshot->seconds->total.points.front().attempts, 2);
    QCOMPARE(snapshot->seconds->byProvider[0].points.front().attempts, 0);
    QCOMPARE(snapshot->seconds->byProvider[1].points.front().attempts, 1);
    telemetry.attemptEnded(sceneSuccess(kPlus, Millis(5)), later);
    QCOMPARE(telemetry.counters().elsewhere.outcomes[0], 1);
}

void TestTelemetry::aRouteWithOtherTargetsStartsItsSharesAnew()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    play(telemetry, sceneRequest("chat", {sceneSuccess(kHaiku, Millis(5))}), sceneStart());
    Configuration changed = sceneConfiguration();
    changed.routes[0].targets.pop_back();
    telemetry.configure(changed, sceneStart());
    const SnapshotPtr snapshot = telemetry.snapshot(sceneStart(), LiveState());
    QCOMPARE(snapshot->routes[0].shares.size(), 2U);
    QVERIFY(std::isnan(snapshot->routes[0].shares[1].actual));
    QCOMPARE(telemetry.counters().routes[0].requests.size(), 1U);
}

void TestTelemetry::earlierSnapshotsNeverChange()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const SnapshotPtr first = telemetry.snapshot(sceneStart() + Seconds(1), LiveState());
    play(telemetry,
         sceneRequest("chat", {sceneSuccess(kPlus, Millis(5))}),
         sceneStart() + Seconds(1));
    const SnapshotPtr second = telemetry.snapshot(sceneStart() + Seconds(9), LiveState());
    QCOMPARE(second->sequence, first->sequence + 1);
    QCOMPARE(first->totals.requests, 0);
    QCOMPARE(first->seconds->total.points.size(), 1U);
    QCOMPARE(second->seconds->total.points.size(), 9U);
    QCOMPARE(second->hours, first->hours);
}

QTEST_APPLESS_MAIN(TestTelemetry)
#include "tst_telemetry.moc"
