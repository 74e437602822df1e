// SPDX-License-Identifier: Apache-2.0
// The state and the charts' past, written for another machine and read there: nothing is lost.
#include "core/runtime/admin/series_json.h"
#include "core/runtime/admin/state_json.h"
#include "core/runtime/admin/state_reader.h"
#include "core/runtime/ledger/json_fields.h"

#include <QTest>

#include <cmath>
#include <string>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::telemetry;

namespace {

SystemTime at(const char *text)
{
    return *fromIso8601(text);
}

Quantiles figures(double base)
{
    return {123, base, base * 1.5, std::nullopt, base * 7.25};
}

TargetView target()
{
    TargetView view;
    view.target = TargetId("qwen/a/b");
    view.breaker.state = BreakerState::HalfOpen;
    view.breaker.forced = ForcedState::Open;
    view.breaker.forcedUntil = at("2026-11-22T14:30:00.125Z");
    view.breaker.forcedReason = "night \"shift\"";
    view.breaker.drained = true;
    view.breaker.failures = 2;
    view.breaker.failuresToOpen = 3;
    view.breaker.cause = "server_error, timeout in 41 s";
    view.breaker.changedAt = at("2026-11-22T14:02:39.001Z");
    view.breaker.retryAt = at("2026-11-22T14:12:39Z");
    view.breaker.probesOut = 1;
    view.inFlight = 4;
    view.attemptsLastMinute = 61;
    view.failuresLastMinute = 7;
    view.shortCircuited = 37;
    view.outcomes[static_cast<std::size_t>(OutcomeClass::Success)] = 1420;
    view.outcomes[static_cast<std::size_t>(OutcomeClass::ShutDown)] = 1;
    view.latency = figures(402.0625);
    view.firstToken = figures(0.1);
    view.misconfigured = true;
    view.ejections = {{"chat", at("2026-11-22T14:02:59Z"), 3.25}};
    return view;
}

ProviderView provider()
{
    ProviderView view;
    view.id = "qwen";
    view.kind = "qwen";
    view.targets = {target()};
    view.keys = {{"env:A", true, "the provider refused it", at("2026-11-22T15:00:00Z"), 3},
                 {"file:/k", false, "", std::nullopt}};
    view.headRoom = {600, 599, std::nullopt, 1, at("2026-11-22T14:03:00Z")};
    view.inFlight = 5;
    view.requestsPerSecond = 0.1;
    view.failureShare = 1.0 / 3;
    view.costPerHour = 3.41;
    view.unknownPriceLastMinute = 2;
    view.latency = figures(1);
    view.firstToken = figures(2);
    view.disabled = true;
    return view;
}

Snapshot everything()
{
    Snapshot snapshot;
    snapshot.sequence = 77;
    snapshot.at.system = at("2026-11-22T14:03:22.123Z");
    snapshot.startedAt = at("2026-11-21T00:00:00Z");
    snapshot.listen = "http://127.0.0.1:8787";
    snapshot.revision = "abcdef012345";
    snapshot.totals = {10, 2, 1, 3, 41.2, 0.007, figures(742), figures(310), 3.41, 4};
    ProviderView bare;
    bare.id = "b";
    bare.kind = "openai-compatible";
    snapshot.providers = {provider(), bare};
    RouteView route{"chat", "weighted", 23.9, {}};
    route.shares = {{TargetId("qwen/a/b"), 0.5, 0.58, 200}, {TargetId("b/x"), kNoData, kNoData, 0}};
    snapshot.routes = {route};
    snapshot.transitions = {{at("2026-11-22T14:02:39.001Z"),
                             TargetId("qwen/a/b"),
                             BreakerState::Closed,
                             BreakerState::Open,
                             ForcedState::Closed,
                             "3 in a row"}};
    snapshot.providers[0].budget = BudgetView{"qwen",
                                              Money::fromNanos(5'000'000'000),
                                              Money::fromNanos(11),
                                              Money::fromNanos(3),
                                              at("2026-11-23T00:00:00Z"),
                                              BudgetOwner::Provider};
    snapshot.ledger = {false, "the disk is full", 3, 4, 5, 6, "/x.damaged"};
    snapshot.budgets = {{"bot",
                         Money::fromNanos(12'000'000'001),
                         Money::fromNanos(7),
                         Money(),
                         at("2026-11-23T00:00:00Z")}};
    return snapshot;
}

Snapshot withSeries(std::int64_t buckets)
{
    Snapshot snapshot = everything();
    auto set = std::make_shared<Snapshot::SeriesSet>();
    set->byProvider.resize(2);
    for (Series *series : {&set->total, &set->byProvider[0], &set->byProvider[1]}) {
        series->bucket = Seconds(10);
        series->firstBucket = at("2026-11-22T13:00:00Z");
        for (std::int64_t i = 0; i < buckets; ++i) {
            SeriesPoint point;
            point.attempts = i;
            point.failures = i / 3;
            point.promptTokens = 1000 * i;
            point.completionTokens = 7 * i;
            point.cost = Money::fromNanos(i * 123'456'789);
            point.unknownPriceAttempts = i % 2;
            point.p50Ms = i % 4 == 0 ? kNoData : 0.1 * static_cast<double>(i);
            point.p95Ms = point.p50Ms * 3;
            series->points.push_back(point);
        }
    }
    snapshot.tens = set;
    return snapshot;
}

bool same(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || a == b;
}

bool same(const SeriesPoint &a, const SeriesPoint &b)
{
    return a.known == b.known && a.attempts == b.attempts && a.failures == b.failures
           && a.promptTokens == b.promptTokens && a.completionTokens == b.completionTokens
           && a.cost == b.cost && a.unknownPriceAttempts == b.unknownPriceAttempts
           && same(a.p50Ms, b.p50Ms) && same(a.p95Ms, b.p95Ms)
           && same(a.firstTokenP50Ms, b.firstTokenP50Ms)
           && same(a.firstTokenP95Ms, b.firstTokenP95Ms);
}

Json parsed(const std::string &text)
{
    return parseJson(text).value_or(Json());
}

} // namespace

class TestStateJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stateComesBackWhole();
    void readsWhatAnOlderGatewayLeavesOut();
    void namesWhatMakesNoSense();
    void tellsWhoWeAre();
    void seriesComeBackWhole();
    void seriesBeginWhereAsked();
    void refusesSeriesThatMakeNoSense();
    void readsTheQuestion();
};

/// Written, read and written again, so that every member has to have come through.
void TestStateJson::stateComesBackWhole()
{
    const Json written = toJson(everything());
    const auto read = snapshotFromJson(parsed(toText(written)));
    QVERIFY(read.ok());
    QCOMPARE(toText(toJson(*read)), toText(written));
    QCOMPARE(read->providers[0].targets[0].target, TargetId("qwen/a/b"));
    QCOMPARE(read->providers[1].targets.size(), std::size_t(0));
    QVERIFY(std::isnan(read->routes[0].shares[1].planned));
    // toJson leaves out what is zero or nothing; these are neither.
    QCOMPARE(read->providers[0].targets[0].outcomes, target().outcomes);
    QCOMPARE(read->budgets, everything().budgets);
    QCOMPARE(read->providers[0].budget, everything().providers[0].budget);
    QVERIFY(!read->providers[1].budget);
}

void TestStateJson::readsWhatAnOlderGatewayLeavesOut()
{
    const auto read = snapshotFromJson(
        parsed(R"({"at":"2026-11-22T14:03:22Z","targets":[],"providers":[{"id":"a"}],)"
               R"("routes":[],"transitions":[]})"));
    QVERIFY(read.ok());
    QCOMPARE(read->providers.size(), std::size_t(1));
    QVERIFY(std::isnan(read->totals.failureShare));
    QVERIFY(read->ledger.healthy);
    QCOMPARE(read->startedAt, read->at.system);
    Json newer = toJson(everything());
    newer["targets"][0]["outcomes"]["swallowed_by_a_whale"] = 3;
    newer["more"] = Json::array({1, 2});
    QVERIFY(snapshotFromJson(newer).ok());
}

void TestStateJson::namesWhatMakesNoSense()
{
    const auto fault = [](const auto &change) {
        Json json = toJson(everything());
        change(json);
        const auto read = snapshotFromJson(json);
        return read.ok() ? std::string("none") : read.error();
    };
    QCOMPARE(fault([](Json &json) { json.erase("at"); }), std::string("at"));
    QCOMPARE(fault([](Json &json) { json["at"] = 5; }), std::string("at"));
    QCOMPARE(fault([](Json &json) { json["providers"] = "none"; }), std::string("providers"));
    QCOMPARE(fault([](Json &json) { json["routes"] = Json::object(); }), std::string("routes"));
    QCOMPARE(fault([](Json &json) { json["targets"][0]["breaker"]["state"] = "ajar"; }),
             std::string("targets"));
    QCOMPARE(fault([](Json &json) { json["targets"][0]["target"] = "nobody/x"; }),
             std::string("targets"));
    QCOMPARE(fault([](Json &json) { json["transitions"][0]["at"] = nullptr; }),
             std::string("transitions"));
    for (const char *text : {"null", "[]", "5", "\"x\"", "{}", R"({"at":[]})"}) {
        QVERIFY(!snapshotFromJson(parsed(text)).ok());
    }
    // Members of other types are as if they were not there, wherever they stand.
    Json odd = toJson(everything());
    for (const char *name : {"totals", "clients", "ledger"}) {
        odd[name] = 7;
    }
    odd["providers"][0]["keys"] = "x";
    odd["targets"][0]["outcomes"] = Json::array({1});
    QVERIFY(snapshotFromJson(odd).ok());
}

void TestStateJson::tellsWhoWeAre()
{
    const auto viewer = identityFromJson(
        parsed(R"({"api":1,"version":"0.1.0","operator":{"id":"eve","role":"viewer"}})"));
    QCOMPARE(viewer.api, 1);
    QCOMPARE(viewer.version, std::string("0.1.0"));
    QCOMPARE(viewer.person, std::string("eve"));
    QVERIFY(viewer.viewer);
    QVERIFY(!identityFromJson(parsed(R"({"operator":{"id":"a","role":"operator"}})")).viewer);
    // Who does not say that we may act does not let us.
    QVERIFY(identityFromJson(parsed("{}")).viewer);
    QCOMPARE(identityFromJson(parsed("{}")).api, 0);
}

void TestStateJson::seriesComeBackWhole()
{
    const Snapshot snapshot = withSeries(50);
    const auto page = seriesFromJson(parsed(seriesText(snapshot, {Seconds(10), std::nullopt})));
    QVERIFY(page.has_value());
    QCOMPARE(page->bucket, Seconds(10));
    QCOMPARE(page->keeps, std::size_t(720));
    QCOMPARE(page->first, at("2026-11-22T13:00:00Z"));
    QCOMPARE(page->providers.size(), std::size_t(2));
    QCOMPARE(page->providers[0].first, std::string("qwen"));
    QCOMPARE(page->total.size(), std::size_t(50));
    for (std::size_t i = 0; i < 50; ++i) {
        QVERIFY(same(page->total[i], snapshot.tens->total.points[i]));
        QVERIFY(same(page->providers[1].second[i], snapshot.tens->byProvider[1].points[i]));
    }
}

void TestStateJson::seriesBeginWhereAsked()
{
    const Snapshot snapshot = withSeries(50);
    const auto from = [&](const char *time) {
        return *seriesFromJson(parsed(seriesText(snapshot, {Seconds(10), at(time)})));
    };
    QCOMPARE(from("2026-11-22T12:00:00Z").total.size(), std::size_t(50));
    QCOMPARE(from("2026-11-22T13:00:10Z").total.size(), std::size_t(49));
    QCOMPARE(from("2026-11-22T13:00:11Z").total.size(), std::size_t(48));
    QCOMPARE(from("2026-11-22T13:00:11Z").first, at("2026-11-22T13:00:20Z"));
    QCOMPARE(from("2026-11-22T20:00:00Z").total.size(), std::size_t(0));
    // Where nothing is left it says where the next one will begin.
    QCOMPARE(from("2026-11-22T20:00:00Z").first, at("2026-11-22T13:08:20Z"));
    // A width that the snapshot does not have is empty, not an error.
    QCOMPARE(seriesFromJson(parsed(seriesText(snapshot, {Seconds(1), std::nullopt})))->total.size(),
             std::size_t(0));
}

void TestStateJson::refusesSeriesThatMakeNoSense()
{
    const Json sound = parsed(seriesText(withSeries(3), {Seconds(10), std::nullopt}));
    QVERIFY(seriesFromJson(sound));
    const auto broken = [&](const auto &change) {
        Json json = sound;
        change(json);
        return !seriesFromJson(json);
    };
    QVERIFY(broken([](Json &json) { json.erase("first"); }));
    QVERIFY(broken([](Json &json) { json["count"] = 4; }));
    QVERIFY(broken([](Json &json) { json["count"] = -1; }));
    QVERIFY(broken([](Json &json) { json["keeps"] = 2; }));
    QVERIFY(broken([](Json &json) { json["bucket_s"] = 0; }));
    QVERIFY(broken([](Json &json) { json["total"]["attempts"][1] = "many"; }));
    QVERIFY(broken([](Json &json) { json["total"]["p50_ms"][1] = "fast"; }));
    QVERIFY(broken([](Json &json) { json["total"]["cost_usd"][1] = 0.1; }));
    QVERIFY(broken([](Json &json) { json["providers"][0].erase("failures"); }));
    QVERIFY(broken([](Json &json) { json["providers"] = nullptr; }));
    QVERIFY(!seriesFromJson(Json()));
}

void TestStateJson::readsTheQuestion()
{
    QCOMPARE(readSeriesQuery("")->bucket, Seconds(1));
    QCOMPARE(readSeriesQuery("bucket_s=3600&since=2026-11-22T13:00:00Z")->since,
             std::optional(at("2026-11-22T13:00:00Z")));
    QCOMPARE(readSeriesQuery("bucket_s=7").error().param, std::string("bucket_s"));
    QCOMPARE(readSeriesQuery("bucket_s=x").error().param, std::string("bucket_s"));
    QCOMPARE(readSeriesQuery("since=yesterday").error().param, std::string("since"));
}

QTEST_APPLESS_MAIN(TestStateJson)
#include "tst_state_json.moc"
