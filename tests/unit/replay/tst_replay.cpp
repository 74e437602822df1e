// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"
#include "tests/support/pretend_week.h"

#include "core/replay/effects.h"
#include "core/replay/replayer.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace signalbox;
using namespace signalbox::tests;
using namespace signalbox::replay;

namespace {

constexpr Micros kHour = std::chrono::hours(1);

WorldWeek day()
{
    WorldWeek week;
    week.days = 1;
    week.requestsPerDay = 3000;
    week.outages = {{"a/m", kHour * 10, kHour * 10 + std::chrono::minutes(25)}};
    return week;
}

const char *const kRule = "[[route.rule]]\nname = \"code\"\nwhen = { task = \"code\" }\n"
                          "strategy = \"priority\"\ntargets = [{ target = \"b/m\" }]\n";

Traffic trafficOf(const std::vector<std::shared_ptr<const RequestRecord>> &records,
                  const Configuration &inForce)
{
    Traffic traffic(inForce);
    for (const auto &record : records) {
        traffic.add(*record);
    }
    traffic.close();
    return traffic;
}

} // namespace

/// Goal: a replay under the configuration that was in force comes to what was recorded, to the
/// target, the nano-USD and the microsecond; under another one to what that one would have done.
/// Method: a day of a pretend world, with an outage, through the real gateway.
class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theUnchangedConfigurationComesToWhatWasRecorded();
    void freshDrawsKeepTheSharesWithinSamplingError();
    void otherWeightsMoveTheShares();
    void anOutageStaysOne();
    void aRuleIsCountedAndFollowed();
    void aLimitRefuses();
    void aTargetWithoutARecordIsUnknown();
    void aHedgeShortensTheLongWaits();
    void aShorterTimeoutCutsOff();
    void aRouteThatIsGoneFails();
    void pinnedRequestsStayWhereTheyWere();
    void cachedAnswersStayAsTheyWere();
    void itEndsWhenToldTo();
    void theSameSeedGivesTheSame();

private:
    [[nodiscard]] Run replayed(const std::string &toml, ReplayOptions options = {}) const
    {
        return *Replayer(*m_traffic, *m_outcomes, configurationOf(toml), std::move(options)).run();
    }
    [[nodiscard]] static double shareOf(const Run &run, const char *target)
    {
        const auto effects = effectsByTarget(run);
        return static_cast<double>(effects[run.targets.find(target)].requests)
               / static_cast<double>(run.ends.size());
    }

    std::vector<std::shared_ptr<const RequestRecord>> m_records; ///< by arrival
    std::unique_ptr<Traffic> m_traffic;
    std::unique_ptr<Outcomes> m_outcomes;
};

void TestReplay::initTestCase()
{
    const WorldWeek week = day();
    const auto configuration = configurationOf(worldToml(60, 30, 10));
    m_records = live(configuration, requestsOf(week), natureOf(week), 7);
    std::ranges::stable_sort(m_records, {}, [](const auto &record) { return record->arrived; });
    m_traffic = std::make_unique<Traffic>(trafficOf(m_records, *configuration));
    m_outcomes = std::make_unique<Outcomes>(*m_traffic);
    QVERIFY(m_records.size() > 2500);
}

void TestReplay::theUnchangedConfigurationComesToWhatWasRecorded()
{
    const Run run = replayed(worldToml(60, 30, 10));
    QCOMPARE(run.ends.size(), m_records.size());
    QCOMPARE(run.drawn.size(), std::size_t(0));
    std::int64_t failedOver = 0;
    for (std::size_t i = 0; i < m_records.size(); ++i) {
        const RequestRecord &record = *m_records[i];
        const RequestEnd &end = run.ends[i];
        QCOMPARE(end.ending == Ending::Answered, record.outcome == OutcomeClass::Success);
        QCOMPARE(Money::fromNanos(end.costNanos), *record.cost.amount);
        QCOMPARE(std::size_t(end.calls), record.attempts.size());
        if (end.ending == Ending::Answered) {
            QCOMPARE(run.targets.name(end.target), record.target.name());
            QCOMPARE(Micros(end.totalMicros), record.total);
            QCOMPARE(end.firstTokenMicros >= 0, record.firstToken.has_value());
        }
        failedOver += record.attempts.size() > 1 ? 1 : 0;
    }
    // Failures and breakers had their part, or this says little.
    QVERIFY(failedOver > 20);
    QVERIFY(effectOfAll(run).trips >= 1);
}

void TestReplay::freshDrawsKeepTheSharesWithinSamplingError()
{
    const Run run = replayed(worldToml(60, 30, 10), {.seed = 99, .freshDraws = true});
    const Run same = replayed(worldToml(60, 30, 10));
    for (const char *target : {"a/m", "b/m", "c/m"}) {
        QVERIFY(std::abs(shareOf(run, target) - shareOf(same, target)) < 0.03);
    }
    QVERIFY(run.drawn.size() > 500);
    const auto cost = static_cast<double>(effectOfAll(run).cost.nanos());
    QVERIFY(std::abs(cost / static_cast<double>(effectOfAll(same).cost.nanos()) - 1) < 0.05);
}

void TestReplay::otherWeightsMoveTheShares()
{
    const Run run = replayed(worldToml(20, 70, 10));
    QVERIFY(std::abs(shareOf(run, "b/m") - 0.7) < 0.03);
    QVERIFY(std::abs(shareOf(run, "c/m") - 0.1) < 0.02);
    const Effect after = effectOfAll(run);
    const Effect before = effectOfAll(replayed(worldToml(60, 30, 10)));
    QVERIFY(after.cost > before.cost); // b costs twice as much
    QVERIFY(*after.total.p50 < *before.total.p50); // and is faster
}

/// Requests that are sent to the target that was out then meet its failures, and its breaker opens.
/// As long as there are recorded failures on both sides: the last probe of the outage was at 20 min.
void TestReplay::anOutageStaysOne()
{
    const Run run = replayed(worldToml(100, 0, 0));
    const auto tally = run.tallies[run.targets.find("a/m")];
    QVERIFY(tally.trips >= 2);
    for (const RequestEnd &end : run.ends) {
        const SystemTime at = m_traffic->requests()[end.request].arrived;
        const Micros since = at - kWorldBegins;
        if (since > kHour * 10 + std::chrono::minutes(1)
            && since < kHour * 10 + std::chrono::minutes(19)) {
            QVERIFY(run.targets.name(end.target) != "a/m");
        }
    }
}

void TestReplay::aRuleIsCountedAndFollowed()
{
    const Run run = replayed(worldToml(100, 0, 0, kRule));
    const auto caught = run.rules.at({"chat", "code"}).caught;
    const auto third = static_cast<double>(run.ends.size()) / 3;
    QVERIFY(std::abs(static_cast<double>(caught) - third) < 0.1 * third);
    std::int64_t atB = 0;
    for (const RequestEnd &end : run.ends) {
        atB += run.targets.name(end.target) == "b/m"
                       && m_traffic->requests()[end.request].facts.task == Task::Code
                   ? 1
                   : 0;
    }
    QVERIFY(atB >= caught * 9 / 10); // but for those that b failed
}

void TestReplay::aLimitRefuses()
{
    std::string toml = worldToml(100, 0, 0);
    toml.replace(toml.find("keys = [\"env:a\"]"), 0, "limits = { requests_per_minute = 1 }\n");
    const auto only = toml.find(", { target = \"b/m\"");
    toml.erase(only, toml.find("]\n", only) - only);
    const Effect effect = effectOfAll(replayed(toml));
    QVERIFY(effect.refused > 100);
    QVERIFY(effect.answered > 100);
}

void TestReplay::aTargetWithoutARecordIsUnknown()
{
    std::string toml = worldToml(60, 30, 10);
    for (auto at = toml.find("c/m"); at != std::string::npos; at = toml.find("c/m")) {
        toml.replace(at, 3, "c/n");
    }
    const auto model = toml.rfind("name = \"m\"");
    toml.replace(model, 10, "name = \"n\"");
    const Run run = replayed(toml);
    const Effect effect = effectOfAll(run);
    QVERIFY(effect.unknown > 200 && effect.unknown < 400);
    for (const RequestEnd &end : run.ends) {
        QCOMPARE(end.ending == Ending::Unknown, run.targets.name(end.target) == "c/n");
    }
    QCOMPARE(effectsByTarget(run)[run.targets.find("c/n")].cost, Money());
}

void TestReplay::aHedgeShortensTheLongWaits()
{
    const Effect without = effectOfAll(replayed(worldToml(60, 30, 10)));
    const Effect with = effectOfAll(replayed(worldToml(60, 30, 10, "hedge_after_s = 4\n")));
    QVERIFY(with.calls > without.calls);
    QVERIFY(with.estimated && !without.estimated); // what those who lost had read is paid for
    QVERIFY(*with.total.p99 < *without.total.p99);
    QCOMPARE(with.requests, without.requests);
}

void TestReplay::aShorterTimeoutCutsOff()
{
    std::string toml = worldToml(60, 30, 10);
    toml.replace(toml.find("keys = [\"env:a\"]"), 0, "timeouts = { total_s = 1 }\n");
    const Run run = replayed(toml);
    QVERIFY(shareOf(run, "a/m") < 0.3);
    QVERIFY(effectOfAll(run).answered > 2500); // the others step in
}

void TestReplay::aRouteThatIsGoneFails()
{
    std::string toml = worldToml(60, 30, 10);
    toml.replace(toml.find("name = \"chat\""), 13, "name = \"talk\"");
    const Effect effect = effectOfAll(replayed(toml));
    QCOMPARE(effect.failed, effect.requests);
    QCOMPARE(effect.cost, Money());
}

void TestReplay::pinnedRequestsStayWhereTheyWere()
{
    const auto configuration = configurationOf(worldToml(100, 0, 0));
    auto records = m_records;
    for (auto &record : records) {
        auto pinned = std::make_shared<RequestRecord>(*record);
        std::erase_if(pinned->decision.candidates,
                      [](const Candidate &candidate) { return candidate.target.name() != "c/m"; });
        record = std::move(pinned);
    }
    const Traffic traffic = trafficOf(records, *configuration);
    const Outcomes outcomes(traffic);
    const auto run = Replayer(traffic, outcomes, configuration, {}).run();
    for (const RequestEnd &end : run->ends) {
        if (end.target != Names::kNone) { // its breaker may have been open
            QCOMPARE(run->targets.name(end.target), std::string("c/m"));
        }
    }
}

void TestReplay::cachedAnswersStayAsTheyWere()
{
    const auto configuration = configurationOf(worldToml(0, 0, 1));
    RequestRecord record = *m_records.front();
    record.cache = "exact";
    record.attempts.clear();
    record.decision.candidates.clear();
    record.outcome = OutcomeClass::Success;
    record.cost = {Money(), false};
    const Traffic traffic = trafficOf({std::make_shared<const RequestRecord>(record)},
                                      *configuration);
    const Outcomes outcomes(traffic);
    const auto run = Replayer(traffic, outcomes, configuration, {}).run();
    QCOMPARE(run->ends.size(), std::size_t(1));
    QVERIFY(run->ends[0].ending == Ending::Answered);
    QCOMPARE(run->ends[0].calls, std::uint16_t(0));
    QCOMPARE(Micros(run->ends[0].totalMicros), record.total);
}

void TestReplay::itEndsWhenToldTo()
{
    ReplayOptions options;
    int asked = 0;
    options.goOn = [&](double) {
        ++asked;
        return false;
    };
    QVERIFY(!Replayer(*m_traffic, *m_outcomes, configurationOf(worldToml(1, 1, 1)), options).run());
    QCOMPARE(asked, 1);
}

void TestReplay::theSameSeedGivesTheSame()
{
    const Run one = replayed(worldToml(10, 80, 10), {.seed = 5});
    const Run two = replayed(worldToml(10, 80, 10), {.seed = 5});
    QCOMPARE(effectOfAll(one), effectOfAll(two));
    QVERIFY(effectOfAll(replayed(worldToml(10, 80, 10), {.seed = 6})) != effectOfAll(one));
}

QTEST_APPLESS_MAIN(TestReplay)

#include "tst_replay.moc"
