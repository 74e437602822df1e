// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/circuit_breaker.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::resilience;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
constexpr Seconds kOpen{600};

SteadyTime at(double seconds)
{
    return kStart + std::chrono::duration_cast<Nanos>(std::chrono::duration<double>(seconds));
}

/// As in the contract's example: three failures within 60 s open it for 600 s.
CircuitBreaker breakerOfTheContract(int probes = 1)
{
    return CircuitBreaker(
        {.failures = 3, .window = Millis{60'000}, .open = kOpen, .probes = probes});
}

void fail(CircuitBreaker &breaker, SteadyTime now, OutcomeClass cause = OutcomeClass::ServerError)
{
    const auto ticket = breaker.admit(now);
    QVERIFY(ticket);
    breaker.failed(*ticket, now, cause);
}

/// Opened by three failures at 0, 1 and 2 s.
CircuitBreaker openedBreaker(int probes = 1)
{
    CircuitBreaker breaker = breakerOfTheContract(probes);
    for (const double second : {0.0, 1.0, 2.0}) {
        fail(breaker, at(second));
    }
    return breaker;
}

} // namespace

class TestCircuitBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAtTheConfiguredRunOfFailures()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        fail(breaker, at(0));
        fail(breaker, at(30), OutcomeClass::FirstTokenTimeout);
        QCOMPARE(breaker.state(at(30)), BreakerState::Closed);
        QCOMPARE(breaker.failures(), 2);
        fail(breaker, at(60), OutcomeClass::DnsFailure);
        QCOMPARE(breaker.state(at(60)), BreakerState::Open);
        QVERIFY(!breaker.admit(at(61)));
        const BreakerCause expected{.outcomes = {OutcomeClass::ServerError,
                                                 OutcomeClass::FirstTokenTimeout,
                                                 OutcomeClass::DnsFailure},
                                    .span = Seconds{60},
                                    .probe = false};
        QCOMPARE(breaker.cause(), expected);
        QCOMPARE(breaker.failures(), 3);
        QCOMPARE(breaker.retryAt(at(61)), std::optional(at(660)));
        QCOMPARE(breaker.changedAt(), std::optional(at(60)));
    }

    void staysClosedWhenTheRunIsLongerThanTheWindow()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        for (const double second : {0.0, 31.0, 62.0, 93.0}) {
            fail(breaker, at(second));
        }
        QCOMPARE(breaker.state(at(93)), BreakerState::Closed);
        QCOMPARE(breaker.failures(), 2);
        fail(breaker, at(94));
        QCOMPARE(breaker.state(at(94)), BreakerState::Open);
    }

    void startsOverAfterASuccess()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        fail(breaker, at(0));
        fail(breaker, at(1));
        QVERIFY(breaker.succeeded(*breaker.admit(at(2)), at(2)));
        fail(breaker, at(3));
        fail(breaker, at(4));
        QCOMPARE(breaker.state(at(4)), BreakerState::Closed);
    }

    void neitherCountsNorStartsOverWhenReleased()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        fail(breaker, at(0));
        fail(breaker, at(1));
        breaker.released(*breaker.admit(at(2)), at(2));
        QCOMPARE(breaker.failures(), 2);
        fail(breaker, at(3));
        QCOMPARE(breaker.state(at(3)), BreakerState::Open);
    }

    void letsAsManyProbesThroughAsConfigured()
    {
        CircuitBreaker breaker = openedBreaker(2);
        QVERIFY(!breaker.isAvailable(at(601.9)));
        QCOMPARE(breaker.state(at(602)), BreakerState::HalfOpen);
        QVERIFY(breaker.admit(at(602))->probe);
        QCOMPARE(breaker.effectiveState(at(602)), BreakerState::HalfOpen);
        QVERIFY(breaker.admit(at(602))->probe);
        QVERIFY(!breaker.admit(at(603)));
        QCOMPARE(breaker.probesOut(), 2);
        QCOMPARE(breaker.state(at(603)), BreakerState::HalfOpen);
        QCOMPARE(breaker.effectiveState(at(603)), BreakerState::Open);
        QVERIFY(!breaker.retryAt(at(603)));
    }

    void closesOnOneGoodProbe()
    {
        CircuitBreaker breaker = openedBreaker(2);
        const Ticket first = *breaker.admit(at(602));
        const Ticket second = *breaker.admit(at(602));
        QVERIFY(breaker.succeeded(first, at(603)));
        QCOMPARE(breaker.state(at(603)), BreakerState::Closed);
        QCOMPARE(breaker.probesOut(), 0);
        QCOMPARE(breaker.cause(), BreakerCause{});
        // The other probe is an attempt like any other by now.
        QVERIFY(breaker.failed(second, at(604), OutcomeClass::ServerError));
        QCOMPARE(breaker.failures(), 1);
    }

    void opensAgainForTheWholeTimeOnOneBadProbe()
    {
        CircuitBreaker breaker = openedBreaker();
        QVERIFY(breaker.failed(*breaker.admit(at(700)), at(710), OutcomeClass::IdleTimeout));
        QCOMPARE(breaker.state(at(710)), BreakerState::Open);
        QCOMPARE(breaker.retryAt(at(710)), std::optional(at(1310)));
        QVERIFY(breaker.cause().probe);
        QCOMPARE(breaker.cause().outcomes, std::vector{OutcomeClass::IdleTimeout});
        QCOMPARE(breaker.failures(), 4);
    }

    void staysHalfOpenWhenAProbeSaysNothing()
    {
        CircuitBreaker breaker = openedBreaker();
        breaker.released(*breaker.admit(at(602)), at(603));
        QCOMPARE(breaker.state(at(603)), BreakerState::HalfOpen);
        QVERIFY(breaker.isAvailable(at(603)));
    }

    /// Goal: the trap of slow answers. Method: an attempt from before the opening ends while a
    /// probe is out, in each of the three ways.
    void learnsNothingFromAnAnswerOlderThanTheOpening()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        const Ticket slow = *breaker.admit(at(0));
        for (const double second : {1.0, 2.0, 3.0}) {
            fail(breaker, at(second));
        }
        QVERIFY(breaker.admit(at(603)));
        breaker.released(slow, at(604));
        QVERIFY(!breaker.isAvailable(at(604)));
        QVERIFY(!breaker.failed(slow, at(604), OutcomeClass::TotalTimeout));
        QVERIFY(!breaker.succeeded(slow, at(604)));
        QCOMPARE(breaker.state(at(604)), BreakerState::HalfOpen);
        QCOMPARE(breaker.probesOut(), 1);
    }

    void isForcedOpenUntilTheTimeIsUp()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        breaker.trip(at(0), Millis{5000}, "maintenance");
        QCOMPARE(breaker.forced(at(4)), ForcedState::Open);
        QCOMPARE(breaker.state(at(4)), BreakerState::Closed);
        QCOMPARE(breaker.effectiveState(at(4)), BreakerState::Open);
        QCOMPARE(breaker.retryAt(at(4)), std::optional(at(5)));
        QCOMPARE(breaker.forcedReason(), "maintenance");
        QVERIFY(!breaker.admit(at(4.9)));
        QVERIFY(breaker.admit(at(5)));
        QVERIFY(!breaker.forcedUntil());
        QVERIFY(breaker.forcedReason().empty());
    }

    void isForcedOpenUntilResetWithoutATime()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        breaker.trip(at(0), std::nullopt, {});
        QVERIFY(!breaker.isAvailable(at(1e6)));
        QVERIFY(!breaker.retryAt(at(1e6)));
        breaker.reset(at(1e6), {});
        QVERIFY(breaker.isAvailable(at(1e6)));
    }

    void recoversAtTheLaterOfForceAndCalculation()
    {
        CircuitBreaker breaker = openedBreaker();
        breaker.trip(at(10), Millis{1'000'000}, {});
        QCOMPARE(breaker.retryAt(at(10)), std::optional(at(1010)));
        breaker.trip(at(10), Millis{20'000}, {});
        QCOMPARE(breaker.retryAt(at(10)), std::optional(at(602)));
        QCOMPARE(breaker.state(at(31)), BreakerState::Open);
    }

    void keepsCalculatingWhileHeldClosed()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        breaker.hold(at(0), Millis{100'000}, "must answer");
        for (const double second : {1.0, 2.0, 3.0}) {
            fail(breaker, at(second));
        }
        QCOMPARE(breaker.state(at(4)), BreakerState::Open);
        QCOMPARE(breaker.effectiveState(at(4)), BreakerState::Closed);
        const Ticket bystander = *breaker.admit(at(4));
        QVERIFY(!breaker.succeeded(bystander, at(5)));
        QCOMPARE(breaker.state(at(5)), BreakerState::Open);
        QVERIFY(!breaker.admit(at(100)));
    }

    void probesAmongTheRequestsOfAHeldBreaker()
    {
        CircuitBreaker breaker = openedBreaker();
        breaker.hold(at(10), std::nullopt, {});
        const Ticket probe = *breaker.admit(at(602));
        const Ticket beside = *breaker.admit(at(602));
        QVERIFY(probe.probe);
        QVERIFY(!beside.probe);
        QVERIFY(breaker.succeeded(probe, at(603)));
        QCOMPARE(breaker.state(at(603)), BreakerState::Closed);
    }

    void forgetsEverythingButTheDrainOnReset()
    {
        CircuitBreaker breaker = openedBreaker();
        breaker.drain(at(3), {});
        breaker.hold(at(3), std::nullopt, {});
        breaker.reset(at(4), {});
        QCOMPARE(breaker.state(at(4)), BreakerState::Closed);
        QCOMPARE(breaker.forced(at(4)), ForcedState::None);
        QCOMPARE(breaker.failures(), 0);
        QVERIFY(breaker.isDrained());
        QVERIFY(!breaker.isAvailable(at(4)));
        breaker.undrain(at(5), {});
        QVERIFY(breaker.isAvailable(at(5)));
    }

    void letsAttemptsInTheAirFinishWhenDrained()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        const Ticket ticket = *breaker.admit(at(0));
        breaker.drain(at(1), {});
        QVERIFY(!breaker.admit(at(1)));
        QVERIFY(breaker.failed(ticket, at(2), OutcomeClass::ServerError));
        QCOMPARE(breaker.failures(), 1);
    }

    void keepsItsStateUnderNewSettings()
    {
        CircuitBreaker breaker = openedBreaker();
        breaker.apply({.failures = 5, .open = Millis{60'000}, .probes = 2}, at(10));
        QCOMPARE(breaker.state(at(10)), BreakerState::Open);
        QCOMPARE(breaker.retryAt(at(10)), std::optional(at(62)));
        QVERIFY(breaker.admit(at(62)) && breaker.admit(at(62)));
    }

    void freesNoSlotOfANewEraAfterNewSettings()
    {
        CircuitBreaker breaker = openedBreaker();
        const Ticket old = *breaker.admit(at(602));
        breaker.apply({.failures = 5, .open = kOpen, .probes = 1}, at(603));
        QVERIFY(breaker.admit(at(604)));
        breaker.released(old, at(605));
        QCOMPARE(breaker.probesOut(), 1);
        QVERIFY(!breaker.succeeded(old, at(605)));
    }

    void ignoresEqualSettings()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        const Ticket ticket = *breaker.admit(at(0));
        breaker.apply(breaker.settings(), at(1));
        QVERIFY(breaker.failed(ticket, at(2), OutcomeClass::ServerError));
    }

    void tellsEveryTransitionInOrder()
    {
        CircuitBreaker breaker = openedBreaker();
        breaker.trip(at(3), Millis{1000}, "try it");
        QVERIFY(breaker.succeeded(*breaker.admit(at(700)), at(701)));
        using enum Transition::Why;
        const std::vector<Transition::Why> expected{FailureRun,
                                                    Tripped,
                                                    ForceExpired,
                                                    TimeToProbe,
                                                    ProbeSucceeded};
        const std::vector<Transition> told = breaker.takeTransitions();
        std::vector<Transition::Why> whys;
        for (const Transition &transition : told) {
            whys.push_back(transition.why);
        }
        QCOMPARE(whys, expected);
        QCOMPARE(told[0].cause.outcomes.size(), 3U);
        QCOMPARE(told[1].reason, "try it");
        QCOMPARE(told[2].at, at(4));
        QCOMPARE(told[3].at, at(602));
        QCOMPARE(told[4].from, BreakerState::HalfOpen);
        QCOMPARE(told[4].to, BreakerState::Closed);
        QVERIFY(breaker.takeTransitions().empty());
    }

    void keepsOnlyTheNewestTransitions()
    {
        CircuitBreaker breaker = breakerOfTheContract();
        for (int i = 0; i < 1000; ++i) {
            breaker.reset(at(i), {});
        }
        const auto told = breaker.takeTransitions();
        QCOMPARE(told.size(), 64U);
        QCOMPARE(told.back().at, at(999));
    }
};

QTEST_APPLESS_MAIN(TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
