// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/trial_world.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <vector>

using namespace signalbox;
using namespace signalbox::sim;

namespace {

constexpr int kTrials = 100;
constexpr Millis kBefore = Seconds(60);

struct Outcomes
{
    std::map<TrialEnd, int> ends;
    std::vector<Millis> took; ///< of those that were found worse

    [[nodiscard]] int worse() const
    {
        int count = 0;
        for (const auto &[end, times] : ends) {
            count += isWorse(end) ? times : 0;
        }
        return count;
    }
    [[nodiscard]] int of(TrialEnd end) const
    {
        const auto found = ends.find(end);
        return found == ends.end() ? 0 : found->second;
    }
};

/// A hundred worlds, seeds 1 to 100, each a minute old when the trial begins.
Outcomes tryOut(const char *name, Manner present, Manner draft, const TrialTerms &terms = {})
{
    Outcomes outcomes;
    for (int seed = 1; seed <= kTrials; ++seed) {
        TrialWorld world(static_cast<std::uint64_t>(seed), present, draft);
        world.run(kBefore);
        const auto begun = world.begin(terms);
        if (!begun) {
            qFatal("%s", begun.error().c_str());
        }
        const TrialEnd end = world.runToItsEnd();
        ++outcomes.ends[end];
        if (isWorse(end)) {
            outcomes.took.push_back(world.elapsed());
        }
    }
    std::ranges::sort(outcomes.took);
    const auto at = [&](double share) -> long long {
        return outcomes.took.empty()
                   ? 0
                   : outcomes.took[static_cast<std::size_t>(
                                       share * static_cast<double>(outcomes.took.size() - 1))]
                             .count()
                         / 1000;
    };
    qInfo("%s: %d of %d rolled back, median after %lld s, 95 %% within %lld s",
          name,
          outcomes.worse(),
          kTrials,
          at(0.5),
          at(0.95));
    return outcomes;
}

Expected<double> about(double value)
{
    return {value, value * 0.8, value * 1.2};
}

ExpectedEffect foretold(double failures, Millis p95, std::int64_t nanos)
{
    const auto time = std::chrono::duration_cast<Micros>(p95);
    return {about(failures),
            Expected<Micros>{time, time * 95 / 100, time * 105 / 100},
            Expected<Money>{Money::fromNanos(nanos),
                            Money::fromNanos(nanos * 95 / 100),
                            Money::fromNanos(nanos * 105 / 100)}};
}

} // namespace

/// Goal: a change that is worse does not last, one that is not worse is left alone.
/// Method: the whole gateway serves 20 requests a second on a virtual clock, 20 % of them by the draft,
/// for five minutes at most, in a hundred worlds each.
class TestTrials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fivePointsMoreFailuresAreRolledBack();
    void halfAsSlowAgainIsRolledBack();
    void halfAsDearAgainIsRolledBack();
    void whatIsNotWorseIsLeftAlone();
    void whatIsBetterIsLeftAlone();
    void whatIsWorseAsForetoldIsLeftAlone();
    void anOutageOfBothIsNobodysFault();
    void theShareIsKept();
    void withoutAPastTheBandIsMeasuredOfTheOthers();
    void tooFewRequestsAreNoProof();
};

void TestTrials::fivePointsMoreFailuresAreRolledBack()
{
    const auto outcomes = tryOut("+5 points of failures", {}, {.failures = 0.07});
    QVERIFY(outcomes.worse() >= 95);
    QVERIFY(outcomes.of(TrialEnd::MoreFailures) >= 95);
}

void TestTrials::halfAsSlowAgainIsRolledBack()
{
    const auto outcomes = tryOut("p95 x 1.5", {}, {.medianMs = 1200});
    QVERIFY(outcomes.worse() >= 95);
    QVERIFY(outcomes.of(TrialEnd::Slower) >= 95);
}

void TestTrials::halfAsDearAgainIsRolledBack()
{
    const auto outcomes = tryOut("cost x 1.5", {}, {.completionTokens = 313});
    QVERIFY(outcomes.worse() >= 95);
}

void TestTrials::whatIsNotWorseIsLeftAlone()
{
    const auto outcomes = tryOut("not worse", {}, {});
    QVERIFY(outcomes.worse() <= 5);
    QCOMPARE(outcomes.of(TrialEnd::Passed), kTrials - outcomes.worse());
}

void TestTrials::whatIsBetterIsLeftAlone()
{
    const auto outcomes = tryOut("better",
                                 {.failures = 0.05},
                                 {.failures = 0.01, .medianMs = 600, .completionTokens = 150});
    QCOMPARE(outcomes.of(TrialEnd::Passed), kTrials);
}

/// Dearer and slower than what serves now, but so it was foretold.
void TestTrials::whatIsWorseAsForetoldIsLeftAlone()
{
    TrialTerms terms;
    // 100 tokens at 1 USD and 313 at 4 USD per million; exp(ln 1200 + 0.5 x 1.645) ms.
    terms.expected = foretold(0.02, Millis(2732), 1'330'000);
    const auto outcomes =
        tryOut("as foretold", {}, {.medianMs = 1200, .completionTokens = 313}, terms);
    QVERIFY(outcomes.worse() <= 5);
}

void TestTrials::anOutageOfBothIsNobodysFault()
{
    int worse = 0;
    for (int seed = 1; seed <= 20; ++seed) {
        TrialWorld world(static_cast<std::uint64_t>(seed), {}, {});
        world.run(kBefore);
        QVERIFY(world.begin(TrialTerms()).ok());
        world.run(Seconds(60));
        const Manner ill{.failures = 0.5, .medianMs = 3000};
        world.setManners(ill, ill);
        worse += isWorse(world.runToItsEnd()) ? 1 : 0;
    }
    QVERIFY2(worse <= 1, qPrintable(QString::number(worse)));
}

void TestTrials::theShareIsKept()
{
    TrialWorld world(7, {}, {});
    world.run(kBefore);
    QCOMPARE(world.callsOfDraft(), 0);
    const TrialTerms quarter{.share = 0.25};
    QVERIFY(world.begin(quarter).ok());
    QVERIFY(world.runToItsEnd() == TrialEnd::Passed);
    const TrialView view = world.trial().view();
    const double share = static_cast<double>(view.onTrial.requests)
                         / static_cast<double>(view.onTrial.requests + view.others.requests);
    QVERIFY2(share > 0.23 && share < 0.27, qPrintable(QString::number(share)));
    // Decided: nobody is sent there any more until it is in force.
    const int calls = world.callsOfDraft();
    world.run(Seconds(10));
    QCOMPARE(world.callsOfDraft(), calls);
}

void TestTrials::withoutAPastTheBandIsMeasuredOfTheOthers()
{
    TrialWorld world(3, {}, {.failures = 0.3});
    QVERIFY(world.begin(TrialTerms()).ok());
    QVERIFY(!world.trial().view().expected);
    QVERIFY(world.runToItsEnd() == TrialEnd::MoreFailures);
    const TrialView view = world.trial().view();
    QVERIFY(view.expected.has_value());
    QVERIFY(view.measured);
}

void TestTrials::tooFewRequestsAreNoProof()
{
    TrialWorld world(5, {}, {});
    world.run(kBefore);
    const TrialTerms brief{.share = 0.1, .period = Seconds(10)};
    QVERIFY(world.begin(brief).ok());
    QVERIFY(world.runToItsEnd() == TrialEnd::TooFewRequests);
}

QTEST_GUILESS_MAIN(TestTrials)
#include "tst_trials.moc"
