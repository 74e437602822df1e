// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"
#include "tests/support/pretend_week.h"

#include "core/gateway/effect_sample.h"
#include "core/replay/changed.h"
#include "core/replay/effects.h"
#include "core/replay/replayer.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;
using namespace signalbox::replay;

namespace {

using Records = std::vector<RequestRecord>;

Traffic trafficOf(const Records &records, const Configuration &inForce)
{
    Traffic traffic(inForce);
    for (const RequestRecord &record : records) {
        traffic.add(record);
    }
    traffic.close();
    return traffic;
}

/// As its provider's refusal of the request itself, which is passed on.
void refuse(RequestRecord &record)
{
    record.outcome = OutcomeClass::InvalidRequest;
    record.status = 400;
    record.target = record.attempts.back().target;
    record.attempts.back().outcome = OutcomeClass::InvalidRequest;
    record.attempts.back().httpStatus = 400;
}

void abandon(RequestRecord &record)
{
    record.outcome = OutcomeClass::ClientGone;
    record.abandoned = true;
    record.attempts.back().outcome = OutcomeClass::ClientGone;
}

} // namespace

/// Goal: what a preview foretells of the changed routes is counted as a trial, and the ledger, count what
/// happens. Method: records whose client is to blame among a pretend day's, replayed; and a run made
/// by hand.
class TestChanged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theUnchangedConfigurationCountsAsTheRecordsDo();
    void whoIsRefusedElsewhereIsToBlameThereToo();
    void aPartIsOfItsRoutesAndOfWhatCounts();

private:
    std::shared_ptr<const Configuration> m_inForce = configurationOf(worldToml(60, 30, 10));
    Records m_records; ///< by arrival
};

void TestChanged::initTestCase()
{
    WorldWeek week;
    week.days = 1;
    week.requestsPerDay = 1200;
    for (const auto &record : live(m_inForce, requestsOf(week), natureOf(week), 5)) {
        m_records.push_back(*record);
    }
    std::ranges::stable_sort(m_records, {}, &RequestRecord::arrived);
}

void TestChanged::theUnchangedConfigurationCountsAsTheRecordsDo()
{
    Records records = m_records;
    std::int64_t blamed = 0;
    for (std::size_t i = 0; i < records.size(); i += 7) {
        if (!records[i].attempts.empty()) {
            i % 2 == 0 ? refuse(records[i]) : abandon(records[i]);
            ++blamed;
        }
    }
    const Traffic traffic = trafficOf(records, *m_inForce);
    const Outcomes outcomes(traffic);
    const Run run = *Replayer(traffic, outcomes, m_inForce, {}).run();
    QCOMPARE(run.ends.size(), records.size());
    std::int64_t uncounted = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto effect = gateway::effectOf(records[i]);
        QCOMPARE(run.ends[i].counts, effect.has_value());
        uncounted += run.ends[i].counts ? 0 : 1;
    }
    QVERIFY(blamed > 100);
    QCOMPARE(uncounted, blamed);
}

void TestChanged::whoIsRefusedElsewhereIsToBlameThereToo()
{
    Records records = m_records;
    for (RequestRecord &record : records) {
        if (!record.attempts.empty() && record.attempts.back().target == TargetId("b/m")) {
            refuse(record); // b takes no such requests
        }
    }
    const Traffic traffic = trafficOf(records, *m_inForce);
    const Outcomes outcomes(traffic);
    const auto draft = configurationOf(worldToml(0, 100, 0));
    const Run run = *Replayer(traffic, outcomes, draft, {}).run();
    const Run part = partOf(run, traffic, {"chat"});
    QVERIFY(run.ends.size() > 1000);
    QVERIFY(part.ends.size() < run.ends.size() / 20);
}

void TestChanged::aPartIsOfItsRoutesAndOfWhatCounts()
{
    Records records(5, m_records.front());
    records[1].route = "other";
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].arrived = m_records.front().arrived + Seconds(i);
    }
    const Traffic traffic = trafficOf(records, *m_inForce);
    Run run;
    run.targets = traffic.targets();
    run.tallies.resize(run.targets.size());
    for (std::uint32_t i = 0; i < 5; ++i) {
        RequestEnd end;
        end.request = i;
        end.target = 0;
        end.calls = 1;
        end.costNanos = 1000;
        end.totalMicros = 1'000'000 * (i + 1);
        run.ends.push_back(end);
        run.drawn.push_back({i, 0, 0, {}, 0, 0, false});
    }
    run.tallies[0].costNanos = 5000;
    run.tallies[0].trips = 2;
    run.ends[2].ending = Ending::Refused;
    run.ends[2].target = Names::kNone;
    run.ends[2].costNanos = 0;
    run.ends[3].ending = Ending::Abandoned;
    run.ends[3].counts = false;
    const Run part = partOf(run, traffic, {"chat", "unheard of"});
    QCOMPARE(part.ends.size(), std::size_t(3)); // the first, who found no room, and the last
    QCOMPARE(part.drawn.size(), std::size_t(3));
    const Effect effect = effectOfAll(part);
    QCOMPARE(effect.answered, std::int64_t(2));
    QCOMPARE(effect.failed, std::int64_t(1)); // who had no room is told an error
    QCOMPARE(effect.refused, std::int64_t(0));
    QCOMPARE(effect.trips, std::int64_t(0));
    QCOMPARE(effect.cost, Money::fromNanos(2000));
    QCOMPARE(part.tallies[0].costNanos, std::int64_t(2000));
    QVERIFY(effect.total.p95 == Micros(Seconds(5)));
    QVERIFY(partOf(run, traffic, {"unheard of"}).ends.empty());
}

QTEST_APPLESS_MAIN(TestChanged)

#include "tst_changed.moc"
