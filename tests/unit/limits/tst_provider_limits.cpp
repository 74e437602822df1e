// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/limits/provider_limits.h"

#include <QTest>

#include <array>
#include <csignal>
#include <memory>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace signalbox;
using namespace signalbox::limits;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};

using Limit = std::optional<std::int64_t>;

LimitSettings limitsOf(Limit requests, Limit tokens, Limit concurrent)
{
    return {.requestsPerMinute = requests, .tokensPerMinute = tokens, .concurrent = concurrent};
}

/// Lets a gate go while its permit is still out, in a child process; true when that aborted.
bool abortsWhenAPermitIsLost()
{
    const pid_t child = fork();
    if (child == 0) {
        const rlimit noCore{0, 0};
        setrlimit(RLIMIT_CORE, &noCore);
        std::signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        auto gate = std::make_unique<ConcurrencyGate>();
        const auto permit = gate->tryEnter();
        gate.reset();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

} // namespace

class TestProviderLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roomIsTakenAheadOfTimeInTurn()
    {
        ProviderLimits limits(limitsOf(60, {}, 3));
        for (int i = 0; i < 60; ++i) {
            QVERIFY(limits.tryAdmit(0, kStart)); // gone at once; the request stays counted
        }
        const SteadyTime until = kStart + Seconds(2);
        auto first = limits.tryAdmit(0, kStart, until);
        auto second = limits.tryAdmit(0, kStart, until);
        QVERIFY(first && second);
        QCOMPARE(first->from() - kStart, Nanos(Seconds(1)));
        QCOMPARE(second->from() - kStart, Nanos(Seconds(2)));
        QVERIFY(!limits.tryAdmit(0, kStart, until)); // it would be 3 s
        QCOMPARE(limits.inUse(), 2);
        limits.giveBack(std::move(*second), kStart);
        const auto third = limits.tryAdmit(0, kStart, until);
        QVERIFY(third);
        QCOMPARE(third->from() - kStart, Nanos(Seconds(2)));
    }

    void aPlaceInTheAirIsNotTakenAheadOfTime()
    {
        ProviderLimits limits(limitsOf({}, {}, 1));
        const auto held = limits.tryAdmit(0, kStart);
        QVERIFY(held);
        QVERIFY(!limits.tryAdmit(0, kStart, kStart + std::chrono::hours(1)));
        QVERIFY(!limits.hasPlace());
    }

    void admitsEverythingWithoutLimits()
    {
        ProviderLimits limits({});
        std::vector<Permit> permits;
        for (int i = 0; i < 1000; ++i) {
            permits.push_back(*limits.tryAdmit(1'000'000'000, kStart));
        }
        QCOMPARE(limits.inUse(), 1000);
        QVERIFY(!limits.requestsLeft(kStart));
    }

    void refusesWhenTooManyAreInTheAir()
    {
        ProviderLimits limits(limitsOf({}, {}, 1));
        auto permit = limits.tryAdmit(0, kStart);
        QVERIFY(!limits.tryAdmit(0, kStart));
        QCOMPARE(limits.obstacle(0, kStart), (NoRoom{LimitKind::Concurrent, std::nullopt}));
        permit.reset();
        QVERIFY(limits.tryAdmit(0, kStart));
    }

    void namesTheLimitAndTheTimeOfRoom()
    {
        ProviderLimits limits(limitsOf(2, 600, {}));
        QVERIFY(limits.tryAdmit(500, kStart));
        QCOMPARE(limits.obstacle(200, kStart), (NoRoom{LimitKind::Tokens, kStart + Seconds{10}}));
        QVERIFY(!limits.obstacle(100, kStart));
        QVERIFY(limits.tryAdmit(0, kStart));
        QCOMPARE(limits.obstacle(0, kStart), (NoRoom{LimitKind::Requests, kStart + Seconds{30}}));
    }

    void takesNothingWhenItRefuses()
    {
        ProviderLimits limits(limitsOf(10, 100, 5));
        QVERIFY(limits.tryAdmit(90, kStart));
        QVERIFY(!limits.tryAdmit(20, kStart));
        QCOMPARE(limits.requestsLeft(kStart), Limit(9));
        QCOMPARE(limits.tokensLeft(kStart), Limit(10));
        QCOMPARE(limits.inUse(), 0);
    }

    void settlesToTheTokensUsed()
    {
        ProviderLimits limits(limitsOf({}, 1000, {}));
        auto permit = limits.tryAdmit(300, kStart);
        limits.settle(*permit, 100, kStart);
        QCOMPARE(limits.tokensLeft(kStart), Limit(900));
        limits.settle(*permit, 400, kStart);
        QCOMPARE(limits.tokensLeft(kStart), Limit(600));
        QCOMPARE(permit->bookedTokens(), 400);
    }

    void givesEverythingBackWhenNothingWasSent()
    {
        ProviderLimits limits(limitsOf(3, 100, 1));
        limits.giveBack(*limits.tryAdmit(60, kStart), kStart);
        QCOMPARE(limits.requestsLeft(kStart), Limit(3));
        QCOMPARE(limits.tokensLeft(kStart), Limit(100));
        QCOMPARE(limits.inUse(), 0);
    }

    void keepsWhatIsInTheAirUnderNewLimits()
    {
        ProviderLimits limits(limitsOf({}, {}, 2));
        auto first = limits.tryAdmit(0, kStart);
        const auto second = limits.tryAdmit(0, kStart);
        limits.apply(limitsOf(60, {}, 1));
        QCOMPARE(limits.inUse(), 2);
        first.reset();
        QVERIFY(!limits.tryAdmit(0, kStart));
        QCOMPARE(limits.requestsLeft(kStart), Limit(60));
    }

    void noticesALostPermit() { QVERIFY(abortsWhenAPermitIsLost()); }

    void movesAPermitWithoutCountingItTwice()
    {
        ConcurrencyGate gate(2);
        auto a = gate.tryEnter();
        auto b = gate.tryEnter();
        *a = std::move(*b);
        QCOMPARE(gate.inUse(), 1);
        b.reset();
        QCOMPARE(gate.inUse(), 1);
        a->release();
        a->release();
        QCOMPARE(gate.inUse(), 0);
    }

    /// Goal: permits return to zero and no limit is ever passed. Method: random admissions,
    /// settlements and endings.
    void returnsToZeroWhateverHappens()
    {
        Random random(3);
        ProviderLimits limits(limitsOf(600, 60'000, 8));
        std::vector<Permit> inAir;
        SteadyTime now = kStart;
        std::array<int, 3> refusals{};
        for (int i = 0; i < 30'000; ++i) {
            now += Millis{static_cast<Millis::rep>(random.below(100))};
            const std::uint64_t size = i % 10'000 < 5000 ? 40 : 800; // small talk, then long texts
            const auto tokens = static_cast<std::int64_t>(random.below(size));
            const auto obstacle = limits.obstacle(tokens, now);
            auto permit = limits.tryAdmit(tokens, now);
            QCOMPARE(permit.has_value(), !obstacle);
            if (permit) {
                inAir.push_back(std::move(*permit));
            } else {
                ++refusals[static_cast<std::size_t>(obstacle->limit)];
            }
            while (!inAir.empty() && random.below(12) < inAir.size()) {
                limits.settle(inAir.back(), static_cast<std::int64_t>(random.below(size)), now);
                inAir.pop_back();
            }
            QCOMPARE(limits.inUse(), static_cast<std::int64_t>(inAir.size()));
            QCOMPARE_LE(limits.inUse(), 8);
        }
        inAir.clear();
        QCOMPARE(limits.inUse(), 0);
        for (const int refused : refusals) {
            QCOMPARE_GT(refused, 100);
        }
    }
};

QTEST_APPLESS_MAIN(TestProviderLimits)
#include "tst_provider_limits.moc"
