// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"
#include "tests/unit/runtime/postgres_server.h"

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <set>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

using Predicate = std::function<bool(const RequestRecord &)>;

std::vector<std::string> idsOf(const std::vector<RequestRecord> &records)
{
    std::vector<std::string> ids;
    for (const RequestRecord &record : records) {
        ids.push_back(record.id);
    }
    return ids;
}

const TargetId &lastTarget(const RequestRecord &record)
{
    return record.target.isEmpty() && !record.attempts.empty() ? record.attempts.back().target
                                                               : record.target;
}

} // namespace

class TestLedgerReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addLedgerStores(); }
    void init();
    void filtersAsAScanWould();
    void findsIdsByTheirBeginning();
    void findsErrorsByTheirWords();
    void countsInBuckets();
    void endsWhenNobodyWantsToKnow();
    void keepsFactsAndDecisionsOutUnlessAsked();
    void pagesWithoutGapsOrRepeatsWhileRowsArrive();
    void pagesThroughEqualTimes();
    void limitsThePage();
    void refusesForeignCursors();
    void pagesTheAudit();
    void seesWholeBatchesOnly();

private:
    [[nodiscard]] const std::string &path() const { return m_place; }
    void write(const std::vector<RequestRecord> &records) const;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_place;
};

void TestLedgerReader::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    placeNewLedger(*m_dir, m_place);
}

void TestLedgerReader::write(const std::vector<RequestRecord> &records) const
{
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok());
    std::vector<LedgerEntry> entries;
    for (const RequestRecord &record : records) {
        entries.emplace_back(std::make_shared<const RequestRecord>(record));
    }
    QVERIFY(store->write(entries).ok());
}

namespace {

using Ask = std::function<void(Predicate, const std::function<void()> &)>;

std::int64_t tokensOf(const RequestRecord &record)
{
    return record.usage.promptTokens + record.usage.completionTokens;
}

bool failedSomewhere(const RequestRecord &record, std::string_view words)
{
    const auto has = [&](const std::string &text) { return text.find(words) != std::string::npos; };
    return has(record.errorCode)
           || (record.errorCode.empty() && record.status != 200
               && has(std::string(toString(record.outcome))))
           || std::ranges::any_of(record.attempts, [&](const AttemptRecord &attempt) {
                  return has(attempt.reason);
              });
}

/// The filters beyond those that \p model is the whole pattern of.
void askFigures(const RequestRecord &model, RequestFilter &filter, const Ask &ask)
{
    ask([&](const auto &r) { return model.rule.empty() || r.rule == model.rule; },
        [&] { filter.rule = model.rule; });
    ask([&](const auto &r) { return model.cache.empty() || r.cache == model.cache; },
        [&] { filter.cache = model.cache; });
    ask([&](const auto &r) { return r.status / 100 == model.status / 100; },
        [&] { filter.statusClass = model.status / 100; });
    ask([&](const auto &r) { return r.total >= model.total; },
        [&] { filter.latency.least = model.total; });
    ask([&](const auto &r) { return r.total <= model.total * 2; },
        [&] { filter.latency.most = model.total * 2; });
    ask([&](const auto &r) { return tokensOf(r) >= tokensOf(model); },
        [&] { filter.tokens.least = tokensOf(model); });
    ask([&](const auto &r) { return tokensOf(r) <= tokensOf(model) + 50'000; },
        [&] { filter.tokens.most = tokensOf(model) + 50'000; });
    ask([&](const auto &r) { return failedSomewhere(r, "\\ back"); },
        [&] { filter.errorText = "\\ back"; });
    if (model.cost.amount) {
        const Money cost = *model.cost.amount;
        ask([cost](const auto &r) { return r.cost.amount && *r.cost.amount >= cost; },
            [&] { filter.cost.least = cost; });
        ask([cost](const auto &r) { return r.cost.amount && *r.cost.amount <= cost; },
            [&] { filter.cost.most = cost; });
    } else {
        ask([](const auto &r) { return !r.cost.amount; }, [&] { filter.unknownCostOnly = true; });
    }
}

} // namespace

void TestLedgerReader::filtersAsAScanWould()
{
    // Goal: every filter, alone and with others. Method: random ones against a plain scan.
    auto records = randomRecords(11, 600, at("2026-11-01"));
    write(records);
    std::reverse(records.begin(), records.end());
    auto reader = LedgerReader::open(path());
    QVERIFY(reader.ok());
    Random random(12);
    int nonEmpty = 0;
    for (int round = 0; round < 300; ++round) {
        const RequestRecord &model = records[random.below(records.size())];
        RequestFilter filter;
        filter.limit = 1000;
        std::vector<Predicate> all;
        const auto ask = [&](Predicate holds, const std::function<void()> &set) {
            if (random.below(4) == 0) {
                set();
                all.push_back(std::move(holds));
            }
        };
        ask([&](const auto &r) { return r.arrived >= model.arrived; },
            [&] { filter.since = model.arrived; });
        ask([&](const auto &r) { return r.arrived < model.arrived + std::chrono::hours(20); },
            [&] { filter.until = model.arrived + std::chrono::hours(20); });
        ask([&](const auto &r) { return model.route.empty() || r.route == model.route; },
            [&] { filter.route = model.route; });
        ask([&](const auto &r) { return model.client.empty() || r.client == model.client; },
            [&] { filter.client = model.client; });
        ask([&](const auto &r) { return r.status == model.status; },
            [&] { filter.status = model.status; });
        ask([&](const auto &r) { return r.outcome == model.outcome; },
            [&] { filter.outcome = model.outcome; });
        ask([&](const auto &r) { return !r.errorCode.empty(); }, [&] { filter.failedOnly = true; });
        const TargetId last = lastTarget(model);
        ask([&](const auto &r) { return last.isEmpty() || lastTarget(r) == last; },
            [&] { filter.target = last.name(); });
        ask([&](const auto
                    &r) { return last.isEmpty() || lastTarget(r).provider() == last.provider(); },
            [&] { filter.provider = last.provider(); });

        askFigures(model, filter, ask);

        std::vector<std::string> expected;
        for (const RequestRecord &record : records) {
            if (std::all_of(all.begin(), all.end(), [&](const auto &p) { return p(record); })) {
                expected.push_back(record.id);
            }
        }
        const auto page = reader->requests(filter);
        QVERIFY(page.ok());
        QCOMPARE(idsOf(page->requests), expected);
        nonEmpty += expected.size() > 1 ? 1 : 0;
    }
    QVERIFY(nonEmpty > 50);
}

void TestLedgerReader::findsIdsByTheirBeginning()
{
    std::vector<RequestRecord> records;
    for (const char *id : {"01A", "01AB", "01ABC", "01B", "02"}) {
        records.push_back(plainRecord(id, at("2026-11-22") + Seconds(records.size())));
    }
    write(records);
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    filter.id = "01A";
    QCOMPARE(idsOf(reader->requests(filter)->requests),
             (std::vector<std::string>{"01ABC", "01AB", "01A"}));
    filter.limit = 2;
    const auto first = reader->requests(filter);
    filter.cursor = first->next.value_or("");
    QCOMPARE(idsOf(reader->requests(filter)->requests), std::vector<std::string>{"01A"});
}

void TestLedgerReader::findsErrorsByTheirWords()
{
    // Goal: words of any attempt count, signs of LIKE are plain, and trouble that a second target
    // mended is found without being called a failure.
    std::vector<RequestRecord> records;
    for (const char *reason :
         {"", "100% of the quota is used", "1000 of the quota", "a_b", "aXb"}) {
        auto record = plainRecord("r" + std::to_string(records.size()),
                                  at("2026-11-22") + Seconds(records.size()));
        record.attempts.front().reason = reason;
        records.push_back(std::move(record));
    }
    records[3].errorCode = "no_target_available";
    write(records);
    auto reader = LedgerReader::open(path());
    const auto found = [&](const char *words) {
        RequestFilter filter;
        filter.errorText = words;
        return idsOf(reader->requests(filter)->requests);
    };
    QCOMPARE(found("QUOTA"), (std::vector<std::string>{"r2", "r1"}));
    QCOMPARE(found("100%"), std::vector<std::string>{"r1"});
    QCOMPARE(found("a_b"), std::vector<std::string>{"r3"});
    QCOMPARE(found("no_target"), std::vector<std::string>{"r3"});
    RequestFilter failed;
    failed.failedOnly = true;
    QCOMPARE(idsOf(reader->requests(failed)->requests), std::vector<std::string>{"r3"});
}

void TestLedgerReader::countsInBuckets()
{
    // Goal: every request that the filter finds is in one bucket, the right one. Method: a scan.
    const auto records = randomRecords(21, 500, at("2026-11-22"));
    write(records);
    auto reader = LedgerReader::open(path());
    HistogramQuery query;
    query.filter.since = at("2026-11-22T05:00:00Z");
    query.filter.until = at("2026-11-23T12:34:56Z");
    query.filter.client = records[7].client;
    query.buckets = 37;
    const auto buckets = reader->histogram(query);
    QCOMPARE(buckets->size(), std::size_t(37));
    std::int64_t counted = 0;
    for (std::size_t i = 0; i < buckets->size(); ++i) {
        const SystemTime from = (*buckets)[i].start;
        const SystemTime to = i + 1 < buckets->size() ? (*buckets)[i + 1].start
                                                      : *query.filter.until;
        const auto inside = [&](const RequestRecord &r) {
            return r.arrived >= from && r.arrived < to && r.client == query.filter.client;
        };
        const auto requests = std::ranges::count_if(records, inside);
        QCOMPARE((*buckets)[i].requests, std::int64_t(requests));
        QCOMPARE((*buckets)[i].failed,
                 std::int64_t(std::ranges::count_if(records, [&](const RequestRecord &r) {
                     return inside(r) && !r.errorCode.empty();
                 })));
        counted += requests;
    }
    QVERIFY(counted > 20);
    query.filter.until = query.filter.since;
    QVERIFY(reader->histogram(query)->empty());
    query.filter.until.reset();
    QVERIFY(reader->histogram(query)->empty());
}

void TestLedgerReader::endsWhenNobodyWantsToKnow()
{
    write(randomRecords(22, 3000, at("2026-11-22")));
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    filter.latency.least = std::chrono::hours(100);
    reader->stopWhen([] { return true; });
    QVERIFY(reader->requests(filter).error().fault == LedgerFault::Interrupted);
    reader->stopWhen({});
    const auto page = reader->requests(filter);
    QVERIFY(page.ok() && page->requests.empty());
}

void TestLedgerReader::keepsFactsAndDecisionsOutUnlessAsked()
{
    const auto records = randomRecords(13, 20, at("2026-11-22"));
    write(records);
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    const auto rows = reader->requests(filter)->requests;
    filter.withDecision = true;
    const auto full = reader->requests(filter)->requests;
    QCOMPARE(rows.size(), std::size_t(20));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        RequestRecord expected = records[records.size() - 1 - i];
        QVERIFY(full[i] == expected);
        expected.facts = {};
        expected.decision = {};
        QVERIFY(rows[i] == expected);
    }
}

void TestLedgerReader::pagesWithoutGapsOrRepeatsWhileRowsArrive()
{
    // Goal: what was there at the first page comes exactly once. Method: a writer inserts newer
    // rows, and older ones between those that exist, for as long as the pages are turned.
    const auto records = randomRecords(14, 2000, at("2026-11-01"));
    write(records);
    const auto before = idsOf(records);
    LedgerWriterSettings settings;
    settings.commitEvery = Millis(1);
    LedgerWriter writer(std::move(*LedgerStore::open(path())), 0, settings);
    std::atomic<bool> go{true};
    std::thread arriving([&] {
        Random random(15);
        for (int i = 0; go; ++i) {
            const auto shift = std::chrono::minutes(random.below(60 * 24 * 30));
            writer.submit(std::make_shared<RequestRecord>(
                plainRecord("new" + std::to_string(i), at("2026-11-01") + shift)));
            writer.flush(Millis(1000));
        }
    });
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    filter.limit = 37;
    std::vector<RequestRecord> seen;
    for (;;) {
        auto page = reader->requests(filter);
        QVERIFY(page.ok());
        seen.insert(seen.end(), page->requests.begin(), page->requests.end());
        if (!page->next) {
            break;
        }
        filter.cursor = *page->next;
    }
    go = false;
    arriving.join();
    QVERIFY(writer.health().written > 0);
    for (std::size_t i = 1; i < seen.size(); ++i) {
        QVERIFY(std::pair(seen[i].arrived, seen[i].id)
                < std::pair(seen[i - 1].arrived, seen[i - 1].id));
    }
    const auto ids = idsOf(seen);
    const std::set<std::string> unique(ids.begin(), ids.end());
    QCOMPARE(unique.size(), ids.size());
    for (const std::string &id : before) {
        QVERIFY2(unique.contains(id), id.c_str());
    }
}

void TestLedgerReader::pagesThroughEqualTimes()
{
    std::vector<RequestRecord> records;
    for (int i = 0; i < 25; ++i) {
        records.push_back(plainRecord("r" + std::to_string(100 + i), at("2026-11-22")));
    }
    write(records);
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    filter.limit = 5;
    std::vector<std::string> ids;
    for (int page = 0; page < 5; ++page) {
        const auto read = reader->requests(filter);
        for (const auto &record : read->requests) {
            ids.push_back(record.id);
        }
        QCOMPARE(read->next.has_value(), page < 4);
        filter.cursor = read->next.value_or("");
    }
    auto expected = idsOf(records);
    std::reverse(expected.begin(), expected.end());
    QCOMPARE(ids, expected);
}

void TestLedgerReader::limitsThePage()
{
    write(randomRecords(16, 1100, at("2026-11-22")));
    auto reader = LedgerReader::open(path());
    RequestFilter filter;
    QCOMPARE(reader->requests(filter)->requests.size(), std::size_t(100));
    filter.limit = 5000;
    QCOMPARE(reader->requests(filter)->requests.size(), std::size_t(1000));
    filter.limit = -3;
    QCOMPARE(reader->requests(filter)->requests.size(), std::size_t(1));
}

void TestLedgerReader::refusesForeignCursors()
{
    write(randomRecords(17, 5, at("2026-11-22")));
    auto reader = LedgerReader::open(path());
    for (const char *cursor :
         {"x", ".", "12", "12.", ".a", ".1", "99999999999999999999.1", "-1.a", "1.2.3"}) {
        RequestFilter filter;
        filter.cursor = cursor;
        QVERIFY(reader->requests(filter).error().fault == LedgerFault::BadCursor);
    }
    QVERIFY(reader->audit(100, "x").error().fault == LedgerFault::BadCursor);
}

void TestLedgerReader::pagesTheAudit()
{
    auto store = LedgerStore::open(path());
    std::vector<LedgerEntry> entries;
    for (int i = 0; i < 25; ++i) {
        entries.emplace_back(AuditEntry{0,
                                        at("2026-11-22") + Seconds(i),
                                        "night-shift",
                                        "trip",
                                        "qwen/qwen-plus",
                                        "n" + std::to_string(i),
                                        "for 600 s"});
    }
    QVERIFY(store->write(entries).ok());
    auto reader = LedgerReader::open(path());
    const auto first = reader->audit(10);
    QVERIFY(first.ok() && first->next);
    QCOMPARE(first->entries.size(), std::size_t(10));
    QCOMPARE(first->entries.front().reason, std::string("n24"));
    QCOMPARE(first->entries.front().operatorId, std::string("night-shift"));
    QVERIFY(first->entries.front().at == at("2026-11-22T00:00:24Z"));
    const auto second = reader->audit(10, *first->next);
    QCOMPARE(second->entries.front().reason, std::string("n14"));
    const auto third = reader->audit(10, *second->next);
    QCOMPARE(third->entries.size(), std::size_t(5));
    QVERIFY(!third->next);
}

void TestLedgerReader::seesWholeBatchesOnly()
{
    // Each batch has ten requests at 1,000 nanos each; sums and requests must always agree.
    auto store = LedgerStore::open(path());
    auto reader = LedgerReader::open(path());
    std::atomic<bool> done{false};
    std::thread writing([&] {
        for (int batch = 0; batch < 100; ++batch) {
            std::vector<LedgerEntry> entries;
            for (int i = 0; i < 10; ++i) {
                entries.emplace_back(std::make_shared<const RequestRecord>(
                    plainRecord(std::to_string(batch * 10 + i), at("2026-11-22"))));
            }
            (void)store->write(entries);
        }
        done = true;
    });
    while (!done) {
        const auto rows = reader->costs({});
        QVERIFY(rows.ok());
        if (!rows->empty()) {
            QCOMPARE(rows->front().requests % 10, std::int64_t(0));
            QCOMPARE(rows->front().cost.nanos(), rows->front().requests * 1000);
        }
    }
    writing.join();
    QCOMPARE(reader->costs({})->front().requests, std::int64_t(1000));
}

QTEST_GUILESS_MAIN(TestLedgerReader)
#include "tst_ledger_reader.moc"
