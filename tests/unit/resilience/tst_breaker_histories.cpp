// SPDX-License-Identifier: Apache-2.0
#include "tests/support/exhaustive.h"
#include "tests/unit/resilience/breaker_world.h"

#include <QTest>

#include <vector>

namespace signalbox::test {
namespace {

using resilience::CircuitBreaker;
using resilience::Ticket;

constexpr int kHistoryLength = 10;
constexpr int kOperatorHistoryLength = 7;

BreakerSettings smallBreaker(int failures)
{
    return {.failures = failures, .window = Millis{30'000}, .open = Millis{100'000}, .probes = 1};
}

/// Seeded fault: an answer from before an opening is taken for one of today.
class LateAnswersCount : public CircuitBreaker
{
public:
    using CircuitBreaker::CircuitBreaker;
    std::optional<Ticket> admit(SteadyTime now)
    {
        const auto ticket = CircuitBreaker::admit(now);
        m_newest = ticket.value_or(m_newest);
        return ticket;
    }
    bool failed(Ticket, SteadyTime now, OutcomeClass cause)
    {
        return CircuitBreaker::failed(m_newest, now, cause);
    }

private:
    Ticket m_newest;
};

/// Seeded fault: a probe that ends without a verdict keeps its slot.
class ProbeSlotLost : public CircuitBreaker
{
public:
    using CircuitBreaker::CircuitBreaker;
    void released(Ticket, SteadyTime) {}
};

/// Seeded fault: failures add up however far apart they are.
class WindowIgnored : public CircuitBreaker
{
public:
    explicit WindowIgnored(BreakerSettings settings)
        : CircuitBreaker(widened(settings))
    {}

private:
    static BreakerSettings widened(BreakerSettings settings)
    {
        settings.window = Millis{1'000'000'000};
        return settings;
    }
};

/// Seeded fault: a success between two failures is forgotten.
class SuccessForgotten : public CircuitBreaker
{
public:
    using CircuitBreaker::CircuitBreaker;
    bool succeeded(Ticket ticket, SteadyTime now)
    {
        return ticket.probe && CircuitBreaker::succeeded(ticket, now);
    }
};

/// Runs every legal history of \p length events; false at the first that breaker and model end
/// differently.
template <typename Breaker>
bool holdsInAllHistories(std::span<const BreakerEvent> alphabet,
                         const BreakerSettings &settings,
                         int length,
                         Reached &reached)
{
    Exhaustive histories;
    std::vector<BreakerEvent> legal;
    while (histories.next()) {
        BreakerWorld<Breaker> world(settings);
        for (int step = 0; step < length; ++step) {
            legal.clear();
            for (const BreakerEvent event : alphabet) {
                if (world.isLegal(event)) {
                    legal.push_back(event);
                }
            }
            const int choice = histories.choose(static_cast<int>(legal.size()));
            if (!world.apply(legal[static_cast<std::size_t>(choice)], reached)) {
                return false;
            }
        }
        ++reached.histories;
        reached.openings += world.model().openings();
    }
    return true;
}

template <typename Breaker>
bool isCaught()
{
    Reached reached;
    return !holdsInAllHistories<Breaker>(kAnswerEvents, smallBreaker(2), kHistoryLength, reached);
}

} // namespace

/// Goal: the breaker does what section 4 of the contract says, whatever the order of answers.
/// Method: every legal history of events through the breaker and through a model that remembers
/// each attempt in the air; then the same with faults planted, to see that they would be found.
class TestBreakerHistories : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheModelInEveryHistoryOfTenAnswers()
    {
        Reached reached;
        QVERIFY(holdsInAllHistories<CircuitBreaker>(kAnswerEvents,
                                                    smallBreaker(2),
                                                    kHistoryLength,
                                                    reached));
        report(reached);
        QCOMPARE_GT(reached.histories, 1'000'000);
        QCOMPARE_GT(reached.openings, 1000);
        QCOMPARE_GT(reached.probes, 1000);
        QCOMPARE_GT(reached.probeRefusals, 1000);
        QCOMPARE_GT(reached.lateAnswers, 1000);
    }

    void agreesWithTheModelWhateverOperatorsDo()
    {
        Reached reached;
        QVERIFY(holdsInAllHistories<CircuitBreaker>(kAllEvents,
                                                    smallBreaker(1),
                                                    kOperatorHistoryLength,
                                                    reached));
        report(reached);
        QCOMPARE_GT(reached.openings, 1000);
        QCOMPARE_GT(reached.probes, 1000);
        QCOMPARE_GT(reached.probeRefusals, 10);
        QCOMPARE_GT(reached.lateAnswers, 1000);
    }

    void findsALateAnswerThatCounts() { QVERIFY(isCaught<LateAnswersCount>()); }
    void findsAProbeSlotThatIsNotReturned() { QVERIFY(isCaught<ProbeSlotLost>()); }
    void findsAWindowThatIsIgnored() { QVERIFY(isCaught<WindowIgnored>()); }
    void findsASuccessThatIsForgotten() { QVERIFY(isCaught<SuccessForgotten>()); }

private:
    static void report(const Reached &reached)
    {
        qInfo("%ld histories, %ld openings, %ld probes, %ld refused beside a probe, %ld late",
              reached.histories,
              reached.openings,
              reached.probes,
              reached.probeRefusals,
              reached.lateAnswers);
    }
};

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestBreakerHistories)
#include "tst_breaker_histories.moc"
