// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"
#include "tests/unit/runtime/postgres_server.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/ledger/zone_buckets.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <map>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

CostRow total(const std::vector<CostRow> &rows)
{
    CostRow sum;
    for (const CostRow &row : rows) {
        sum.requests += row.requests;
        sum.promptTokens += row.promptTokens;
        sum.completionTokens += row.completionTokens;
        sum.cost += row.cost;
        sum.unknownPriceRequests += row.unknownPriceRequests;
        sum.estimatedCost += row.estimatedCost;
        sum.wastedCost += row.wastedCost;
        sum.abandonedCost += row.abandonedCost;
        sum.abandonedRequests += row.abandonedRequests;
        sum.promptCacheSaved += row.promptCacheSaved;
        sum.responseCacheSaved += row.responseCacheSaved;
    }
    return sum;
}

AttemptRecord failedAttempt(const std::string &target)
{
    AttemptRecord attempt;
    attempt.target = TargetId(target);
    attempt.outcome = OutcomeClass::ServerError;
    attempt.httpStatus = 500;
    return attempt;
}

} // namespace

class TestLedgerCosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addLedgerStores(); }
    void init();
    void daysOfIndiaBeginAtHalfPastSix();
    void daysOfNepalBeginAtAQuarterPastSix();
    void daysOfBerlinHave23And25Hours();
    void theHourThatHappensTwiceIsTwoBuckets();
    void hoursOfHalfHourZones();
    void hoursAndDaysPartTimeEverywhere_data();
    void hoursAndDaysPartTimeEverywhere();
    void fiveSingleDaysAreTheFiveDayRange_data();
    void fiveSingleDaysAreTheFiveDayRange();
    void anyRangeEqualsAScan();
    void theEndsOfTimeAreNoDifferent();
    void everyAttemptIsBookedUnderItsOwnProvider();
    void requestsThatReachedNoneAreUnderTheEmptyName();
    void unknownPricesAreCountedAndNotZero();
    void estimatesKeepTheirMark();
    void whatNoClientAskedForStandsApart_data();
    void whatNoClientAskedForStandsApart();
    void partsAddUpToTheirGroups();
    void tasksAreSummedFromTheRequests();
    void theMatrixIsOfTasksAndTargets();
    void refusesWhatItCannotAnswer();

private:
    [[nodiscard]] const std::string &path() const { return m_place; }
    void write(const std::vector<RequestRecord> &records);
    [[nodiscard]] std::vector<CostRow> costs(const CostQuery &query);
    [[nodiscard]] std::vector<std::string> days(const std::string &zone);
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_place;
};

void TestLedgerCosts::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    placeNewLedger(*m_dir, m_place);
}

void TestLedgerCosts::write(const std::vector<RequestRecord> &records)
{
    auto store = LedgerStore::open(path());
    std::vector<LedgerEntry> entries;
    for (const RequestRecord &record : records) {
        entries.emplace_back(std::make_shared<const RequestRecord>(record));
    }
    QVERIFY(store.ok() && store->write(entries).ok());
}

std::vector<CostRow> TestLedgerCosts::costs(const CostQuery &query)
{
    auto reader = LedgerReader::open(path());
    return reader->costs(query).valueOr({});
}

/// `day requests` of each row.
std::vector<std::string> TestLedgerCosts::days(const std::string &zone)
{
    CostQuery query;
    query.timeZone = zone;
    std::vector<std::string> list;
    for (const CostRow &row : costs(query)) {
        list.push_back(row.bucket + " " + std::to_string(row.requests));
    }
    return list;
}

void TestLedgerCosts::whatNoClientAskedForStandsApart_data()
{
    QTest::addColumn<int>("by");
    QTest::addColumn<QByteArray>("ofShadow");
    QTest::addColumn<QByteArray>("ofCheck");
    const auto row = [](CostDimension by, const char *ofShadow, const char *ofCheck) {
        QTest::newRow(std::string(toString(by)).c_str())
            << static_cast<int>(by) << QByteArray(ofShadow) << QByteArray(ofCheck);
    };
    row(CostDimension::Provider, "b", "b");
    row(CostDimension::Model, "y", "y");
    row(CostDimension::Route, "chat", "");
    row(CostDimension::Client, "bot", "");
    row(CostDimension::Task, "", "");
}

/// Goal: shadows and health checks cost what they cost, and change no other figure. Method: the same
/// request with and without them.
void TestLedgerCosts::whatNoClientAskedForStandsApart()
{
    QFETCH(int, by);
    QFETCH(QByteArray, ofShadow);
    QFETCH(QByteArray, ofCheck);
    CostQuery query;
    query.by = static_cast<CostDimension>(by);
    const SystemTime time = at("2026-11-21T12:00:00Z");
    write({plainRecord("asked", time)});
    const CostRow alone = total(costs(query));
    const auto own = [&](const char *id, std::string_view operation, std::int64_t nanos) {
        RequestRecord record;
        record.id = id;
        record.arrived = time;
        record.operation = operation;
        AttemptRecord call = failedAttempt("b/y");
        call.usage.emplace().promptTokens = 5;
        call.cost.amount = Money::fromNanos(nanos);
        record.attempts.push_back(call);
        return record;
    };
    RequestRecord shadow = own("s", kShadowOperation, 700);
    shadow.route = "chat";
    shadow.client = "bot";
    shadow.shadow.emplace().similarity = 0.5;
    shadow.shadow->of = "asked";
    RequestRecord unpriced = own("u", kShadowOperation, 0);
    unpriced.attempts.front().cost.amount.reset();
    unpriced.route = "chat";
    unpriced.client = "bot";
    write({shadow, shadow, unpriced, own("h", kHealthCheckOperation, 30)}); // the same is the same
    const CostRow sum = total(costs(query));
    QVERIFY(sum == alone);
    std::map<std::string, Money> shadows;
    std::map<std::string, Money> checks;
    for (const CostRow &row : costs(query)) {
        shadows[row.name] += row.shadowCost;
        checks[row.name] += row.healthCheckCost;
    }
    QCOMPARE(shadows[ofShadow.toStdString()].nanos(), std::int64_t(700));
    QCOMPARE(checks[ofCheck.toStdString()].nanos(), std::int64_t(30));
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok() && store->prune({.ownCalls = time + std::chrono::hours(1)}, 100).ok());
    for (const CostRow &row : costs(query)) {
        QCOMPARE(row.shadowCost.nanos(), std::int64_t(0));
    }
}

void TestLedgerCosts::daysOfIndiaBeginAtHalfPastSix()
{
    write({plainRecord("a", at("2026-11-21T18:29:59.999999Z")),
           plainRecord("b", at("2026-11-21T18:30:00Z")),
           plainRecord("c", at("2026-11-22T18:29:59Z")),
           plainRecord("d", at("2026-11-22T18:30:00Z"))});
    QCOMPARE(days("Asia/Kolkata"),
             (std::vector<std::string>{"2026-11-21 1", "2026-11-22 2", "2026-11-23 1"}));
    QCOMPARE(days("UTC"), (std::vector<std::string>{"2026-11-21 2", "2026-11-22 2"}));
}

void TestLedgerCosts::daysOfNepalBeginAtAQuarterPastSix()
{
    write({plainRecord("a", at("2026-11-21T18:14:59.999999Z")),
           plainRecord("b", at("2026-11-21T18:15:00Z")),
           plainRecord("c", at("2026-11-22T18:14:59Z"))});
    QCOMPARE(days("Asia/Kathmandu"), (std::vector<std::string>{"2026-11-21 1", "2026-11-22 2"}));
}

void TestLedgerCosts::daysOfBerlinHave23And25Hours()
{
    const auto zone = *ZoneBuckets::create("Europe/Berlin");
    const auto spring = zone.dayOf(at("2026-03-29T12:00:00Z"));
    QVERIFY(spring.start == at("2026-03-28T23:00:00Z"));
    QVERIFY(spring.end == at("2026-03-29T22:00:00Z"));
    const auto autumn = zone.dayOf(at("2026-10-25T12:00:00Z"));
    QVERIFY(autumn.start == at("2026-10-24T22:00:00Z"));
    QVERIFY(autumn.end == at("2026-10-25T23:00:00Z"));
    std::vector<RequestRecord> records;
    for (int i = 0; i < 3 * 96; ++i) { // a request a quarter of an hour, three days
        records.push_back(plainRecord(std::to_string(1000 + i),
                                      at("2026-10-23T22:00:00Z") + std::chrono::minutes(15 * i)));
    }
    write(records);
    QCOMPARE(days("Europe/Berlin"),
             (std::vector<std::string>{"2026-10-24 96", "2026-10-25 100", "2026-10-26 92"}));
}

void TestLedgerCosts::theHourThatHappensTwiceIsTwoBuckets()
{
    write({plainRecord("a", at("2026-10-25T00:30:00Z")),
           plainRecord("b", at("2026-10-25T01:30:00Z")),
           plainRecord("c", at("2026-10-25T02:30:00Z"))});
    CostQuery query;
    query.bucket = CostBucket::Hour;
    query.timeZone = "Europe/Berlin";
    const auto rows = costs(query);
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].bucket, std::string("2026-10-25T02:00:00+02:00"));
    QCOMPARE(rows[1].bucket, std::string("2026-10-25T02:00:00+01:00"));
    QCOMPARE(rows[2].bucket, std::string("2026-10-25T03:00:00+01:00"));
}

void TestLedgerCosts::hoursOfHalfHourZones()
{
    write({plainRecord("a", at("2026-11-22T10:29:00Z")),
           plainRecord("b", at("2026-11-22T10:30:00Z"))});
    CostQuery query;
    query.bucket = CostBucket::Hour;
    query.timeZone = "Asia/Kolkata";
    const auto rows = costs(query);
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows[0].bucket, std::string("2026-11-22T15:00:00+05:30"));
    QCOMPARE(rows[1].bucket, std::string("2026-11-22T16:00:00+05:30"));
    QVERIFY(rows[1].start == at("2026-11-22T10:30:00Z"));
    query.timeZone = "UTC";
    QCOMPARE(costs(query)[0].bucket, std::string("2026-11-22T10:00:00Z"));
}

void TestLedgerCosts::hoursAndDaysPartTimeEverywhere_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : {"UTC",
                             "Europe/Berlin",
                             "Asia/Kolkata",
                             "Asia/Kathmandu",
                             "Australia/Lord_Howe",
                             "America/New_York",
                             "Pacific/Chatham",
                             "America/St_Johns",
                             "Africa/Casablanca",
                             "Pacific/Kiritimati"}) {
        QTest::newRow(zone) << QByteArray(zone);
    }
}

void TestLedgerCosts::hoursAndDaysPartTimeEverywhere()
{
    // Goal: buckets neither overlap nor leave gaps, the clock changes included, and are whole
    // quarters. Method: step from the end of each to the next, through a whole year.
    QFETCH(QByteArray, zone);
    const auto buckets = ZoneBuckets::create(zone.toStdString());
    QVERIFY(buckets.has_value());
    SystemTime day = buckets->dayOf(at("2026-01-01")).start;
    SystemTime hour = day;
    std::string label;
    while (day < at("2027-01-01")) {
        const ZoneBucket d = buckets->dayOf(day);
        QVERIFY(d.start == day && d.end > day && quarterOf(d.end) == d.end && d.label > label);
        QVERIFY(buckets->dayOf(d.end - Micros(1)).start == d.start);
        label = d.label;
        for (day = d.end; hour < day;) {
            const ZoneBucket h = buckets->hourOf(hour);
            QVERIFY2(h.start == hour && h.end > hour && quarterOf(h.end) == h.end, h.label.c_str());
            QVERIFY(buckets->hourOf(h.end - Micros(1)).label == h.label);
            hour = h.end;
        }
        QVERIFY(hour == day);
    }
}

void TestLedgerCosts::fiveSingleDaysAreTheFiveDayRange_data()
{
    hoursAndDaysPartTimeEverywhere_data();
}

void TestLedgerCosts::fiveSingleDaysAreTheFiveDayRange()
{
    QFETCH(QByteArray, zone);
    write(randomRecords(21, 1500, at("2026-10-22")));
    const auto buckets = *ZoneBuckets::create(zone.toStdString());
    CostQuery query;
    query.timeZone = zone.toStdString();
    SystemTime start = buckets.dayOf(at("2026-10-23T12:00:00Z")).start;
    CostQuery range = query;
    range.since = start;
    std::vector<CostRow> single;
    for (int day = 0; day < 5; ++day) {
        query.since = start;
        query.until = buckets.dayOf(start).end;
        start = *query.until;
        const auto rows = costs(query);
        single.insert(single.end(), rows.begin(), rows.end());
    }
    range.until = start;
    const auto together = costs(range);
    QVERIFY(together.size() > 10);
    QVERIFY(together == single);
    QVERIFY(total(together).cost > Money());
}

void TestLedgerCosts::anyRangeEqualsAScan()
{
    // Ranges that begin and end inside quarters, for every grouping, against plain sums.
    const auto records = randomRecords(22, 500, at("2026-11-20"));
    write(records);
    Random random(23);
    auto reader = LedgerReader::open(path());
    const auto span = static_cast<std::uint64_t>(
        (records.back().arrived - at("2026-11-20")).count());
    for (int round = 0; round < 60; ++round) {
        CostQuery query;
        query.since = at("2026-11-20") + Micros(std::int64_t(random.below(span)));
        query.until = *query.since
                      + Micros(std::int64_t(random.below(round < 20 ? 1'200'000'000 : span)));
        Money cost;
        CostRow uses;
        std::int64_t requests = 0;
        for (const RequestRecord &record : records) {
            if (record.arrived < *query.since || record.arrived >= *query.until) {
                continue;
            }
            ++requests;
            cost += record.attempts.empty() ? record.cost.amount.value_or(Money()) : Money();
            for (const AttemptRecord &attempt : record.attempts) {
                const Money amount = attempt.cost.amount.value_or(Money());
                cost += amount;
                const MoneyUse use = useOf(record, attempt);
                uses.wastedCost += use == MoneyUse::Wasted ? amount : Money();
                uses.abandonedCost += use == MoneyUse::Abandoned ? amount : Money();
                uses.promptCacheSaved += attempt.promptCacheSaved;
            }
            uses.abandonedRequests += record.abandoned ? 1 : 0;
            uses.responseCacheSaved += record.cacheSaved.value_or(Money());
        }
        for (const auto by : {CostDimension::Provider,
                              CostDimension::Model,
                              CostDimension::Route,
                              CostDimension::Client,
                              CostDimension::Task}) {
            query.by = by;
            const CostRow sum = total(*reader->costs(query));
            QCOMPARE(sum.cost.nanos(), cost.nanos());
            QCOMPARE(sum.wastedCost.nanos(), uses.wastedCost.nanos());
            QCOMPARE(sum.abandonedCost.nanos(), uses.abandonedCost.nanos());
            QCOMPARE(sum.abandonedRequests, uses.abandonedRequests);
            QCOMPARE(sum.promptCacheSaved.nanos(), uses.promptCacheSaved.nanos());
            QCOMPARE(sum.responseCacheSaved.nanos(), uses.responseCacheSaved.nanos());
            if (by == CostDimension::Route || by == CostDimension::Client) {
                QCOMPARE(sum.requests, requests);
            }
        }
    }
}

/// What a clock cannot count on from is asked for as well.
void TestLedgerCosts::theEndsOfTimeAreNoDifferent()
{
    write({plainRecord("a", at("2026-11-21T18:30:00Z"))});
    const auto all = costs({});
    QCOMPARE(all.size(), 1U);
    QCOMPARE(costs({.since = SystemTime::min(), .until = SystemTime::max()}), all);
    QCOMPARE(costs({.since = SystemTime::max(), .until = {}}), std::vector<CostRow>());
    QCOMPARE(costs({.since = {}, .until = SystemTime::min()}), std::vector<CostRow>());
}

void TestLedgerCosts::everyAttemptIsBookedUnderItsOwnProvider()
{
    // One request: fails twice at one provider, at two models, and is answered by another.
    RequestRecord record = plainRecord("a", at("2026-11-22T10:00:00Z"), "anthropic/haiku", 5000);
    record.attempts.insert(record.attempts.begin(),
                           {failedAttempt("qwen/qwen-plus"), failedAttempt("qwen/qwen-max")});
    record.attempts[1].usage = Usage{70, 0, 0, 0, 0, 0, false, {}};
    record.attempts[1].cost.amount = Money::fromNanos(700);
    write({record});
    for (const auto &[since, until] : {std::pair("2026-11-22", "2026-11-23"),
                                       std::pair("2026-11-22T09:59:00Z", "2026-11-22T10:01:00Z")}) {
        CostQuery query;
        query.since = at(since);
        query.until = at(until);
        auto rows = costs(query);
        QCOMPARE(rows.size(), std::size_t(2));
        QCOMPARE(rows[0].name, std::string("anthropic"));
        QCOMPARE(rows[0].requests, std::int64_t(1));
        QCOMPARE(rows[0].cost.nanos(), std::int64_t(5000));
        QCOMPARE(rows[0].promptTokens, std::int64_t(100));
        QCOMPARE(rows[1].name, std::string("qwen"));
        QCOMPARE(rows[1].requests, std::int64_t(1));
        QCOMPARE(rows[1].cost.nanos(), std::int64_t(700));
        QCOMPARE(rows[1].promptTokens, std::int64_t(70));
        QCOMPARE(rows[1].unknownPriceRequests, std::int64_t(0)); // not billed is not unknown
        query.by = CostDimension::Model;
        rows = costs(query);
        QCOMPARE(rows.size(), std::size_t(3));
        QCOMPARE(rows[1].name, std::string("qwen-max"));
        QCOMPARE(rows[1].requests, std::int64_t(1));
        query.by = CostDimension::Route;
        rows = costs(query);
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].requests, std::int64_t(1));
        QCOMPARE(rows[0].cost.nanos(), std::int64_t(5700));
    }
}

void TestLedgerCosts::requestsThatReachedNoneAreUnderTheEmptyName()
{
    RequestRecord record = plainRecord("a", at("2026-11-22"));
    record.target = {};
    record.attempts.clear();
    record.cost = {};
    write({record, plainRecord("b", at("2026-11-22"))});
    const auto rows = costs({});
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows[0].name, std::string());
    QCOMPARE(rows[0].requests, std::int64_t(1));
    QCOMPARE(rows[0].unknownPriceRequests, std::int64_t(0));
}

void TestLedgerCosts::unknownPricesAreCountedAndNotZero()
{
    RequestRecord unknown = plainRecord("a", at("2026-11-22"), "local/llama");
    unknown.cost.amount.reset();
    unknown.attempts.front().cost.amount.reset();
    RequestRecord twice = unknown; // counts once though two of its attempts are unknown
    twice.id = "b";
    twice.attempts.push_back(twice.attempts.front());
    write({unknown, twice, plainRecord("c", at("2026-11-22"), "local/llama", 42)});
    for (const auto by : {CostDimension::Provider,
                          CostDimension::Model,
                          CostDimension::Route,
                          CostDimension::Client}) {
        CostQuery query;
        query.by = by;
        for (const char *until : {"2026-11-23", "2026-11-22T00:00:01Z"}) {
            query.until = at(until);
            const auto rows = costs(query);
            QCOMPARE(rows.size(), std::size_t(1));
            QCOMPARE(rows[0].requests, std::int64_t(3));
            QCOMPARE(rows[0].unknownPriceRequests, std::int64_t(2));
            QCOMPARE(rows[0].cost.nanos(), std::int64_t(42));
        }
    }
}

void TestLedgerCosts::estimatesKeepTheirMark()
{
    RequestRecord estimated = plainRecord("a", at("2026-11-22"), "qwen/qwen-plus", 100);
    estimated.attempts.front().cost.estimated = true;
    write({estimated, plainRecord("b", at("2026-11-22"), "qwen/qwen-plus", 11)});
    const auto rows = costs({});
    QCOMPARE(rows[0].cost.nanos(), std::int64_t(111));
    QCOMPARE(rows[0].estimatedCost.nanos(), std::int64_t(100));
}

void TestLedgerCosts::partsAddUpToTheirGroups()
{
    // Goal: any two groupings, any range, zone and width: parts are the group to the nano-dollar,
    // and a request counts once in each row.
    write(randomRecords(31, 400, at("2026-10-24T20:00:00Z")));
    Random random(32);
    constexpr std::array dimensions{CostDimension::Provider,
                                    CostDimension::Model,
                                    CostDimension::Route,
                                    CostDimension::Client};
    for (int i = 0; i < 60; ++i) {
        CostQuery query;
        query.by = dimensions[random.below(4)];
        query.timeZone = i % 2 == 0 ? "Europe/Berlin" : "Asia/Kathmandu";
        query.bucket = i % 3 == 0 ? CostBucket::Hour : CostBucket::Day;
        query.since = at("2026-10-24T20:00:00Z")
                      + Seconds(static_cast<std::int64_t>(random.below(20'000)));
        query.until = *query.since + Seconds(static_cast<std::int64_t>(random.below(90'000)));
        const auto groups = costs(query);
        query.then = dimensions[random.below(4)];
        if (*query.then == query.by) {
            continue;
        }
        std::map<std::pair<std::string, std::string>, CostRow> sums;
        for (const CostRow &row : costs(query)) {
            QVERIFY(row.part);
            CostRow &sum = sums[{row.bucket, row.name}];
            sum.cost += row.cost;
            sum.promptTokens += row.promptTokens;
            sum.wastedCost += row.wastedCost;
            sum.shadowCost += row.shadowCost;
            sum.requests = std::max(sum.requests, row.requests);
        }
        QCOMPARE(sums.size(), groups.size());
        for (const CostRow &group : groups) {
            const CostRow &sum = sums[{group.bucket, group.name}];
            QCOMPARE(sum.cost.nanos(), group.cost.nanos());
            QCOMPARE(sum.promptTokens, group.promptTokens);
            QCOMPARE(sum.wastedCost.nanos(), group.wastedCost.nanos());
            QCOMPARE(sum.shadowCost.nanos(), group.shadowCost.nanos());
            QVERIFY(sum.requests <= group.requests);
        }
    }
}

void TestLedgerCosts::tasksAreSummedFromTheRequests()
{
    RequestRecord code = plainRecord("a", at("2026-11-22T10:00:00Z"), "qwen/qwen-plus", 500);
    code.facts.task = Task::Code;
    RequestRecord chat = plainRecord("b", at("2026-11-22T10:20:00Z"), "qwen/qwen-plus", 70);
    chat.facts.task = Task::Chat;
    RequestRecord late = chat;
    late.id = "c";
    late.arrived = at("2026-11-23T00:00:00Z");
    RequestRecord vectors = code; // whatever its words are about
    vectors.id = "d";
    vectors.operation = "embeddings";
    write({code, chat, late, vectors});
    CostQuery query;
    query.by = CostDimension::Task;
    std::vector<std::string> list;
    for (const CostRow &row : costs(query)) {
        list.push_back(row.bucket + " " + row.name + " " + std::to_string(row.requests) + " "
                       + std::to_string(row.cost.nanos()));
    }
    QCOMPARE(list,
             (std::vector<std::string>{"2026-11-22 chat 1 70",
                                       "2026-11-22 code 1 500",
                                       "2026-11-22 embeddings 1 500",
                                       "2026-11-23 chat 1 70"}));
    query.since = at("2026-11-22T10:10:00Z");
    query.until = at("2026-11-23T00:00:00Z");
    QCOMPARE(costs(query).size(), std::size_t(1));
}

void TestLedgerCosts::theMatrixIsOfTasksAndTargets()
{
    RequestRecord failedOver = plainRecord("a", at("2026-11-22T10:00:00Z"), "b/y", 500);
    failedOver.facts.task = Task::Code;
    failedOver.attempts.insert(failedOver.attempts.begin(), failedAttempt("a/x"));
    RequestRecord before = failedOver;
    before.id = "b";
    before.arrived = at("2026-11-20T10:00:00Z");
    write({failedOver, before});
    auto reader = LedgerReader::open(path());
    const auto cells = reader->costMatrix(at("2026-11-21"), at("2026-11-23"));
    QVERIFY(cells.ok());
    QCOMPARE(cells->size(), std::size_t(2));
    const pricing::MatrixCell &failed = cells->front();
    QCOMPARE(failed.target, TargetId("a/x"));
    QCOMPARE(failed.failureShare.value, 1.0);
    QCOMPARE(failed.answered, 0);
    QVERIFY(!failed.costPerAnswer);
    const pricing::MatrixCell &answered = cells->back();
    QCOMPARE(answered.task, std::string("code"));
    QCOMPARE(answered.target, TargetId("b/y"));
    QCOMPARE(answered.cost, Money::fromNanos(500));
    QVERIFY(answered.tooFew && answered.costPerAnswer);
    QVERIFY(reader->costMatrix(at("2026-11-23"), at("2026-11-21"))->empty());
}

void TestLedgerCosts::refusesWhatItCannotAnswer()
{
    write({plainRecord("a", at("2026-11-22"))});
    auto reader = LedgerReader::open(path());
    CostQuery query;
    for (const char *zone : {"Mars/Olympus", "", "Europe/berlin!"}) {
        query.timeZone = zone;
        QVERIFY(reader->costs(query).error().fault == LedgerFault::UnknownTimeZone);
    }
    query.timeZone = "UTC";
    query.since = at("2026-11-23");
    query.until = at("2026-11-20");
    QVERIFY(reader->costs(query)->empty());
}

QTEST_GUILESS_MAIN(TestLedgerCosts)
#include "tst_ledger_costs.moc"
