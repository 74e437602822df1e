// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/admin/config_json.h"
#include "core/runtime/follow_ups.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/trials.h"

#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;

namespace {

const SystemTime kStart{std::chrono::hours(500'000)};
constexpr Seconds kMinute{60};
constexpr Seconds kHour{3600};

ExpectedEffect foretold()
{
    return {Expected<double>{0.02, 0.01, 0.03},
            Expected<Micros>{Millis(800), Millis(700), Millis(900)},
            Expected<Money>{Money::fromNanos(1'000'000),
                            Money::fromNanos(900'000),
                            Money::fromNanos(1'100'000)}};
}

EffectFigures figures(std::int64_t requests)
{
    return {requests, requests / 50, Micros(Millis(840)), Money::fromNanos(1'040'000), 0};
}

Revision revisionOf(std::int64_t number, SystemTime time, std::vector<std::string> routes)
{
    Revision revision;
    revision.number = number;
    revision.revision = "r" + std::to_string(number);
    revision.time = time;
    revision.cause = Revision::Cause::Applied;
    revision.who = "boss";
    revision.routes = std::move(routes);
    return revision;
}

/// Follow-ups of revisions that are kept in memory, with figures as the test says.
struct Desk
{
    Desk()
    {
        Revision applied = revisionOf(2, kStart, {"chat"});
        applied.followUp = FollowUp{foretold(), {}, {}, false};
        state->past = {applied, revisionOf(1, kStart - kHour, {})};
    }
    /// As a later change of \p routes.
    void change(SystemTime time, std::vector<std::string> routes)
    {
        const std::int64_t next = state->past.front().number + 1;
        state->past.insert(state->past.begin(), revisionOf(next, time, std::move(routes)));
    }
    [[nodiscard]] const FollowUp &followUp() const
    {
        return *std::ranges::find(state->past, 2, &Revision::number)->followUp;
    }

    std::shared_ptr<ConfigState> state = std::make_shared<ConfigState>();
    std::optional<EffectFigures> found;
    std::vector<FollowUpQuestion> asked;
    int kept = 0;
    FollowUps followUps{
        {.state = [this] { return std::shared_ptr<const ConfigState>(state); },
         .read =
             [this](const FollowUpQuestion &question, const FollowUps::Found &tell) {
                 asked.push_back(question);
                 tell(found);
                 return true;
             },
         .keep =
             [this](std::int64_t number, const FollowUp &followUp) {
                 ++kept;
                 std::ranges::find(state->past, number, &Revision::number)->followUp = followUp;
             }}};
};

} // namespace

/// Goal: what happened after a change stands beside what was foretold of it: early with many requests,
/// after an hour with few, for good after a day or when the next change comes.
class TestFollowUps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyRequestsSayItEarly();
    void fewRequestsSayItAfterAnHour();
    void afterADayItIsFinal();
    void anotherChangeOfTheSameRoutesEndsIt();
    void aChangeOfOtherRoutesDoesNot();
    void whatCannotBeReadIsAskedForAgain();
    void looksBecomeSeldom();
    void itSurvivesBeingWritten();
    void theLedgerIsCountedAsATrialCounts();
    void truthCountsAChangeOnce();
};

void TestFollowUps::manyRequestsSayItEarly()
{
    Desk desk;
    desk.found = figures(99);
    desk.followUps.tick(kStart + Seconds(59));
    QVERIFY(desk.asked.empty());
    desk.followUps.tick(kStart + kMinute);
    QCOMPARE(desk.asked.size(), std::size_t(1));
    QVERIFY(!desk.followUp().until);
    desk.found = figures(100);
    desk.followUps.tick(kStart + kMinute * 2);
    QVERIFY(desk.followUp().until == kStart + kMinute * 2);
    QVERIFY(desk.followUp().happened == figures(100) && !desk.followUp().final);
    QVERIFY(desk.asked.back().since == kStart);
    QCOMPARE(desk.asked.back().revisions, std::vector<std::string>{"r2"});
    QCOMPARE(desk.asked.back().routes, std::vector<std::string>{"chat"});
}

void TestFollowUps::fewRequestsSayItAfterAnHour()
{
    Desk desk;
    desk.found = figures(7);
    desk.followUps.tick(kStart + kHour - Seconds(1));
    QVERIFY(!desk.followUp().until);
    desk.followUps.tick(kStart + kHour * 2);
    QVERIFY(desk.followUp().happened == figures(7));
}

void TestFollowUps::afterADayItIsFinal()
{
    Desk desk;
    desk.found = figures(5000);
    const SystemTime end = kStart + FollowUps::kLongest;
    desk.followUps.tick(end);
    QVERIFY(!desk.followUp().final); // some are in the air still
    desk.followUps.tick(end + FollowUps::kInTheAir);
    QVERIFY(desk.followUp().final && desk.followUp().until == end);
    QVERIFY(desk.asked.back().until == end);
    const std::size_t asked = desk.asked.size();
    desk.followUps.tick(end + kHour * 5);
    QCOMPARE(desk.asked.size(), asked);
}

void TestFollowUps::anotherChangeOfTheSameRoutesEndsIt()
{
    Desk desk;
    desk.found = figures(3);
    desk.change(kStart + kMinute * 5, {"code", "chat"});
    desk.followUps.tick(kStart + kMinute * 5 + FollowUps::kInTheAir);
    QVERIFY(desk.followUp().final && desk.followUp().until == kStart + kMinute * 5);
    QCOMPARE(desk.asked.back().revisions, std::vector<std::string>{"r2"});
    QVERIFY(desk.followUp().happened == figures(3)); // few, and there will be no more
}

void TestFollowUps::aChangeOfOtherRoutesDoesNot()
{
    Desk desk;
    desk.found = figures(300);
    desk.change(kStart + kMinute * 5, {"code"});
    desk.followUps.tick(kStart + kHour);
    QVERIFY(desk.followUp().until == kStart + kHour && !desk.followUp().final);
    QCOMPARE(desk.asked.back().revisions, (std::vector<std::string>{"r3", "r2"}));
}

void TestFollowUps::whatCannotBeReadIsAskedForAgain()
{
    Desk desk;
    desk.followUps.tick(kStart + kMinute);
    QCOMPARE(desk.kept, 0);
    desk.found = figures(200);
    desk.followUps.tick(kStart + kMinute * 2);
    QCOMPARE(desk.kept, 1);
}

void TestFollowUps::looksBecomeSeldom()
{
    Desk desk;
    desk.found = figures(200);
    for (Seconds age = kMinute; age < FollowUps::kLongest; age += Seconds(10)) {
        desk.followUps.tick(kStart + age);
    }
    QVERIFY2(desk.asked.size() > 20 && desk.asked.size() < 80,
             qPrintable(QString::number(desk.asked.size())));
}

void TestFollowUps::itSurvivesBeingWritten()
{
    const QTemporaryDir folder;
    RevisionStore store(folder.path().toStdString());
    Revision first = revisionOf(0, kStart, {"chat"});
    first.revision = "a";
    first.followUp = FollowUp{foretold(), {}, {}, false};
    QVERIFY(store.add(first, "a = 1\n").ok());
    const FollowUp done{foretold(), figures(300), kStart + kHour, true};
    RevisionStore again(folder.path().toStdString());
    again.open();
    QVERIFY(again.all() == store.all());
    QVERIFY(again.setFollowUp(1, done).ok());
    QVERIFY(!again.setFollowUp(9, done).ok());
    store.open();
    QVERIFY(store.all().front().followUp == done);
    QCOMPARE(store.all().front().routes, std::vector<std::string>{"chat"});
}

void TestFollowUps::theLedgerIsCountedAsATrialCounts()
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("ledger.sqlite")).toStdString();
    auto store = LedgerStore::open(file);
    QVERIFY(store.ok());
    std::vector<LedgerEntry> records;
    const auto add = [&](int number, const auto &change) {
        RequestRecord record = tests::plainRecord("r-" + std::to_string(number),
                                                  kStart + Seconds(number));
        record.route = "chat";
        record.configRevision = "r2";
        record.total = Millis(100 * number);
        record.cost.amount = Money::fromNanos(1000 * number);
        change(record);
        records.push_back(std::make_shared<const RequestRecord>(std::move(record)));
    };
    for (int i = 1; i <= 20; ++i) {
        add(i, [](RequestRecord &) {});
    }
    add(21, [](RequestRecord &r) { r.abandoned = true; });
    add(22, [](RequestRecord &r) { r.route = "code"; });
    add(23, [](RequestRecord &r) { r.configRevision = "tried"; });
    add(24, [](RequestRecord &r) {
        r.status = 503;
        r.outcome = OutcomeClass::ServerError;
        r.cost.amount.reset();
    });
    add(25, [](RequestRecord &r) {
        r.status = 400;
        r.outcome = OutcomeClass::InvalidRequest;
    });
    QVERIFY(store->write(records).ok());
    auto reader = LedgerReader::open(file);
    QVERIFY(reader.ok());
    const FollowUpQuestion question{{"chat"}, {"r2"}, kStart, kStart + kHour};
    const auto found = figuresOf(*reader, question, [] { return true; });
    QVERIFY(found.ok() && *found);
    QCOMPARE((*found)->requests, std::int64_t(21));
    QCOMPARE((*found)->failed, std::int64_t(1));
    QCOMPARE((*found)->unknownPrice, std::int64_t(1));
    QVERIFY((*found)->p95 == Micros(Millis(2000)));
    QVERIFY((*found)->costPerRequest == Money::fromNanos(10'500));
    QVERIFY(!*figuresOf(*reader, question, [] { return false; }));
}

void TestFollowUps::truthCountsAChangeOnce()
{
    TrialView trial;
    trial.terms.expected = foretold();
    trial.onTrial = figures(200);
    trial.end = TrialEnd::Passed;
    trial.applied = 2;
    Revision revision = revisionOf(2, kStart, {"chat"});
    revision.followUp = FollowUp{foretold(), figures(99), kStart, false};
    QCOMPARE(truthOf({trial}, {revision}).changes, std::int64_t(1));
    revision.followUp->happened = figures(500);
    QCOMPARE(truthOf({trial}, {revision}).changes, std::int64_t(1));
    trial.applied = 3;
    const ForesightTruth truth = truthOf({trial}, {revision});
    QCOMPARE(truth.changes, std::int64_t(2));
    QVERIFY(std::abs(*truth.costError - 0.04) < 1e-9);
    QVERIFY(truthFromJson(toJson(truth)) == truth);
}

QTEST_APPLESS_MAIN(TestFollowUps)
#include "tst_follow_ups.moc"
