// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"
#include "tests/support/pretend_week.h"

#include "core/gateway/effect_sample.h"
#include "core/replay/effects.h"
#include "core/replay/foresee.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace signalbox;
using namespace signalbox::tests;
using namespace signalbox::replay;

namespace {

const char *const kShadow = "shadow = { target = \"c/m\", share = 0.5 }\n";

Money sumOf(const std::vector<EffectRow> &rows, Effect EffectRow::*side)
{
    return std::accumulate(rows.begin(), rows.end(), Money(), [&](Money sum, const EffectRow &row) {
        return sum + (row.*side).cost;
    });
}

} // namespace

class TestForesee : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anUnchangedDraftChangesNothing();
    void partsAddUpToTheWhole();
    void bandsHoldTheFigureAndAreNotEmpty();
    void aSampleSaysSo();
    void rulesAreCountedBeforeAndAfter();
    void aRuleOnWhatWasNotRecordedIsBlind();
    void hedgesAndShadowsAreCosted();
    void targetsWithoutDataAreNamed();
    void progressGrowsAndItCanBeStopped();
    void nothingRecordedIsNothing();
    void theChangedRoutesAreCountedAsATrialCountsThem();
    void aDraftThatChangesNoRouteForetellsNothing();
    void whatIsNotKnownIsNotExpected();

private:
    [[nodiscard]] Foresight of(const std::string &toml, ForeseeOptions options = {})
    {
        options.whatIfs = m_whatIfs;
        return *m_foreseer->foresee(configurationOf(toml), options);
    }

    struct Counted
    {
        std::int64_t requests = 0;
        std::int64_t failed = 0;
        double nanosEach = 0;
        std::optional<Micros> p95;
    };

    std::unique_ptr<Foreseer> m_foreseer;
    Counted m_counted; ///< of the records, by gateway::effectOf()
    bool m_whatIfs = false;
};

void TestForesee::initTestCase()
{
    WorldWeek week;
    week.days = 2;
    week.requestsPerDay = 3500;
    const auto configuration = configurationOf(worldToml(60, 30, 10));
    auto traffic = std::make_shared<Traffic>(*configuration);
    std::vector<std::int64_t> times;
    for (const auto &record : live(configuration, requestsOf(week), natureOf(week), 3)) {
        traffic->add(*record);
        if (const auto effect = gateway::effectOf(*record)) {
            ++m_counted.requests;
            m_counted.failed += effect->failed ? 1 : 0;
            m_counted.nanosEach += static_cast<double>(effect->cost.value_or(Money()).nanos());
            if (effect->total) {
                times.push_back(effect->total->count());
            }
        }
    }
    m_counted.nanosEach /= static_cast<double>(m_counted.requests);
    m_counted.p95 = quantile(times, 0.95);
    traffic->close();
    m_foreseer = std::make_unique<Foreseer>(traffic, configuration);
}

void TestForesee::anUnchangedDraftChangesNothing()
{
    const Foresight foresight = of(worldToml(60, 30, 10));
    QCOMPARE(foresight.all.now, foresight.all.after);
    QCOMPARE(foresight.drawn, std::int64_t(0));
    QVERIFY(!foresight.isSample());
    const EffectBand &cost = foresight.all.bands->costUsd;
    QVERIFY(cost.high - cost.low < 1e-9); // nothing was left to chance
}

void TestForesee::partsAddUpToTheWhole()
{
    const Foresight foresight = of(worldToml(10, 60, 30));
    for (const auto &rows : {foresight.targets, foresight.providers, foresight.hours}) {
        QCOMPARE(sumOf(rows, &EffectRow::now), foresight.all.now.cost);
        QCOMPARE(sumOf(rows, &EffectRow::after), foresight.all.after.cost);
    }
    QCOMPARE(foresight.hours.size(), std::size_t(48));
    QCOMPARE(foresight.targets.size(), std::size_t(3));
    const Effect &after = foresight.all.after;
    QCOMPARE(after.answered + after.failed + after.refused + after.abandoned + after.unknown,
             after.requests);
}

void TestForesee::bandsHoldTheFigureAndAreNotEmpty()
{
    const Foresight foresight = of(worldToml(20, 30, 50));
    const EffectBands &bands = *foresight.all.bands;
    const double cost = static_cast<double>(foresight.all.after.cost.nanos()) * 1e-9;
    QVERIFY(bands.costUsd.low < bands.costUsd.high);
    QVERIFY(bands.costUsd.low < cost * 1.02 && bands.costUsd.high > cost * 0.98);
    QVERIFY(bands.p95Seconds && bands.p95Seconds->low < bands.p95Seconds->high);
}

void TestForesee::aSampleSaysSo()
{
    const Foresight sample = of(worldToml(20, 30, 50), {.blocks = 2});
    QVERIFY(sample.isSample());
    QVERIFY(sample.replayed > 0 && sample.replayed < sample.recorded / 2);
}

void TestForesee::rulesAreCountedBeforeAndAfter()
{
    const char *const rule = "[[route.rule]]\nname = \"code\"\nwhen = { task = \"code\" }\n"
                             "strategy = \"priority\"\ntargets = [{ target = \"b/m\" }]\n";
    const Foresight foresight = of(worldToml(60, 30, 10, rule));
    QCOMPARE(foresight.rules.size(), std::size_t(1));
    QCOMPARE(foresight.rules[0].now, std::int64_t(0));
    QVERIFY(foresight.rules[0].after > 1000);
    QCOMPARE(foresight.rules[0].blind, std::int64_t(0));
}

void TestForesee::aRuleOnWhatWasNotRecordedIsBlind()
{
    const char *const rule =
        "[[route.rule]]\nname = \"team\"\nwhen = { \"header.x-team\" = \"a\" }\n"
        "strategy = \"priority\"\ntargets = [{ target = \"b/m\" }]\n";
    const Foresight foresight = of(worldToml(60, 30, 10, rule));
    QCOMPARE(foresight.rules[0].after, std::int64_t(0));
    QCOMPARE(foresight.rules[0].blind, foresight.recorded);
}

void TestForesee::hedgesAndShadowsAreCosted()
{
    m_whatIfs = true;
    const Foresight foresight = of(worldToml(60, 30, 10, kShadow));
    m_whatIfs = false;
    QCOMPARE(foresight.hedges.size(), std::size_t(1));
    const HedgeEffect &hedge = foresight.hedges[0];
    QVERIFY(hedge.after > Millis(500));
    QVERIFY(hedge.p99Change < 0);
    QVERIFY(hedge.costChange != 0 && std::abs(hedge.costChange) < 0.2);
    QVERIFY(hedge.hedged > 100 && hedge.hedged < foresight.recorded / 10);
    QCOMPARE(foresight.shadows.size(), std::size_t(1));
    QVERIFY(foresight.shadows[0].cost && *foresight.shadows[0].cost > Money());
}

void TestForesee::targetsWithoutDataAreNamed()
{
    std::string toml = worldToml(60, 30, 10);
    for (auto at = toml.find("c/m"); at != std::string::npos; at = toml.find("c/m")) {
        toml.replace(at, 3, "c/n");
    }
    toml.replace(toml.rfind("name = \"m\""), 10, "name = \"n\"");
    const Foresight foresight = of(toml);
    QVERIFY(foresight.noData.size() >= 2); // a row for each task
    for (const NoDataFor &row : foresight.noData) {
        QCOMPARE(row.target.name(), std::string("c/n"));
        QVERIFY(row.requests > 0 && !row.task.empty());
    }
}

void TestForesee::progressGrowsAndItCanBeStopped()
{
    double last = -1;
    ForeseeOptions options;
    options.goOn = [&](double done) {
        const bool grows = done >= last && done <= 1;
        last = done;
        return grows;
    };
    QVERIFY(m_foreseer->foresee(configurationOf(worldToml(1, 2, 3)), options).has_value());
    options.goOn = [](double) { return false; };
    QVERIFY(!m_foreseer->foresee(configurationOf(worldToml(1, 2, 3)), options));
}

void TestForesee::nothingRecordedIsNothing()
{
    const auto configuration = configurationOf(worldToml(1, 1, 1));
    auto traffic = std::make_shared<Traffic>(*configuration);
    traffic->close();
    const auto foresight = Foreseer(traffic, configuration).foresee(configuration, {});
    QVERIFY(foresight.has_value());
    QCOMPARE(foresight->recorded, std::int64_t(0));
    QVERIFY(foresight->targets.empty());
}

void TestForesee::theChangedRoutesAreCountedAsATrialCountsThem()
{
    const Foresight foresight = of(worldToml(20, 30, 50));
    QCOMPARE(foresight.changedRoutes, std::vector<std::string>{"chat"});
    // What the same requests came to in truth, by a trial's own counting of their records.
    QCOMPARE(foresight.changed.now.requests, m_counted.requests);
    QCOMPARE(foresight.changed.now.failed, m_counted.failed);
    const double each = static_cast<double>(foresight.changed.now.cost.nanos())
                        / static_cast<double>(foresight.changed.now.requests);
    QVERIFY(std::abs(each - m_counted.nanosEach) < 1);
    QVERIFY(foresight.changed.now.total.p95 == m_counted.p95);
    QCOMPARE(foresight.changed.after.refused + foresight.changed.after.abandoned, std::int64_t(0));
    QVERIFY(foresight.changed.after.requests <= foresight.all.after.requests);

    const auto expected = expectedOf(foresight);
    QVERIFY(expected && expected->failureShare && expected->p95 && expected->costPerRequest);
    QVERIFY(expected->costPerRequest->low < expected->costPerRequest->high);
    QVERIFY(expected->costPerRequest->low <= expected->costPerRequest->value);
    QVERIFY(expected->p95->value <= expected->p95->high);
    QCOMPARE(expected->costPerRequest->value.nanos(),
             foresight.changed.after.cost.nanos() / foresight.changed.after.requests);
}

void TestForesee::aDraftThatChangesNoRouteForetellsNothing()
{
    const Foresight foresight = of(worldToml(60, 30, 10));
    QVERIFY(foresight.changedRoutes.empty());
    QCOMPARE(foresight.changed, EffectRow());
    QVERIFY(!expectedOf(foresight));
}

void TestForesee::whatIsNotKnownIsNotExpected()
{
    const Foresight whole = of(worldToml(20, 30, 50));
    Foresight foresight = whole;
    foresight.replayed = foresight.recorded - 1;
    QVERIFY(!expectedOf(foresight)); // a sample
    foresight = whole;
    foresight.changed.after.unknown = foresight.changed.after.requests / 40;
    QVERIFY(!expectedOf(foresight));
    foresight.changed.after.unknown = foresight.changed.after.requests / 60;
    QVERIFY(expectedOf(foresight));
    foresight = whole;
    foresight.changed.after.unknownPriceCalls = 1;
    QVERIFY(!expectedOf(foresight)->costPerRequest && expectedOf(foresight)->p95);
    foresight = whole;
    foresight.changed.after.requests = 99;
    QVERIFY(!expectedOf(foresight));
}

QTEST_APPLESS_MAIN(TestForesee)

#include "tst_foresee.moc"
