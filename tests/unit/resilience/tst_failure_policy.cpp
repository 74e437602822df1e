// SPDX-License-Identifier: Apache-2.0
#include "core/resilience/failure_policy.h"

#include <QTest>

#include <set>
#include <utility>
#include <vector>

using namespace signalbox;
using namespace signalbox::resilience;

Q_DECLARE_METATYPE(signalbox::OutcomeClass)
Q_DECLARE_METATYPE(signalbox::resilience::FailurePolicy)

namespace {

std::vector<std::pair<OutcomeClass, FailurePolicy>> tableOfTheContract()
{
    using enum OutcomeClass;
    const auto backoff = SameTarget::WithBackoff;
    const auto nextKey = SameTarget::WithNextKey;
    const auto no = SameTarget::No;
    const auto next = NextTarget::Yes;
    const auto counts = BreakerEffect::Counts;
    const auto ignores = BreakerEffect::Ignores;
    const auto everywhere = FailureScope::Provider;
    return {
        {Success, {.breaker = BreakerEffect::Success}},
        {ServerError, {backoff, next, counts}},
        {Overloaded, {backoff, next, counts}},
        {ConnectionRefused, {backoff, next, counts, KeyAction::None, everywhere}},
        {DnsFailure, {backoff, next, counts, KeyAction::None, everywhere}},
        {TlsFailure, {backoff, next, counts, KeyAction::None, everywhere}},
        {ConnectionReset, {backoff, next, counts}},
        {Unparseable, {backoff, next, counts}},
        {EmptyAnswer, {backoff, next, counts}},
        {StreamBroken, {backoff, next, counts}},
        {ConnectTimeout, {no, next, counts}},
        {FirstTokenTimeout, {no, next, counts}},
        {IdleTimeout, {no, next, counts}},
        {TotalTimeout, {no, next, counts}},
        {RateLimited, {SameTarget::AfterHint, next, ignores, KeyAction::Cool}},
        {AuthFailed, {nextKey, next, ignores, KeyAction::Disable}},
        {BillingRefused, {nextKey, next, ignores, KeyAction::CoolLong}},
        {ModelNotFound, {.nextTarget = next, .misconfigured = true}},
        {InvalidRequest, {}},
        {ContextTooLong, {.nextTarget = NextTarget::IfRouteSaysSo}},
        {ContentRefused, {.nextTarget = NextTarget::IfRouteSaysSo}},
        {ClientGone, {}},
        {DeadlineReached, {}},
        {Outrun, {}},
        {ShutDown, {}},
    };
}

} // namespace

class TestFailurePolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheTableOfTheContract_data()
    {
        QTest::addColumn<OutcomeClass>("outcome");
        QTest::addColumn<FailurePolicy>("expected");
        for (const auto &[outcome, expected] : tableOfTheContract()) {
            QTest::newRow(std::string(toString(outcome)).c_str()) << outcome << expected;
        }
    }

    void followsTheTableOfTheContract()
    {
        QFETCH(OutcomeClass, outcome);
        QFETCH(FailurePolicy, expected);
        QCOMPARE(policyFor(outcome), expected);
    }

    void isTestedForEveryOutcome()
    {
        std::set<OutcomeClass> outcomes;
        for (const auto &[outcome, expected] : tableOfTheContract()) {
            outcomes.insert(outcome);
        }
        QCOMPARE(static_cast<int>(outcomes.size()), kOutcomeClassCount);
    }

    void leavesABrokenStreamToTheRouteOnceContentWasSent()
    {
        for (const auto outcome : {OutcomeClass::StreamBroken, OutcomeClass::IdleTimeout}) {
            const FailurePolicy policy = policyFor(outcome, true);
            QCOMPARE(policy.sameTarget, SameTarget::No);
            QCOMPARE(policy.nextTarget, NextTarget::ByStreamBreak);
            QCOMPARE(policy.breaker, BreakerEffect::Counts);
        }
        QCOMPARE(policyFor(OutcomeClass::RateLimited, true).key, KeyAction::Cool);
        QCOMPARE(policyFor(OutcomeClass::ClientGone, true), FailurePolicy{});
    }
};

QTEST_APPLESS_MAIN(TestFailurePolicy)
#include "tst_failure_policy.moc"
