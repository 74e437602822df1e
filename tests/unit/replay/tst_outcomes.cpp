// SPDX-License-Identifier: Apache-2.0
#include "core/replay/outcomes.h"

#include <QTest>

#include <set>

using namespace signalbox;
using namespace signalbox::replay;

namespace {

constexpr SystemTime kStart{std::chrono::hours(24) * 20'000};

RequestRecord called(Micros at,
                     OutcomeClass outcome,
                     Task task = Task::Chat,
                     std::int64_t prompt = 100)
{
    RequestRecord record;
    record.arrived = kStart + at;
    record.operation = "chat";
    record.route = "chat";
    record.facts.task = task;
    record.facts.promptTokens = prompt;
    record.decision.candidates.resize(1);
    record.decision.candidates[0].target = TargetId("a/x");
    AttemptRecord attempt;
    attempt.target = TargetId("a/x");
    attempt.outcome = outcome;
    attempt.total = Millis(at / std::chrono::minutes(1));
    Usage usage;
    usage.promptTokens = prompt;
    attempt.usage = usage;
    record.attempts = {attempt};
    record.outcome = outcome;
    return record;
}

Traffic trafficOf(const std::vector<RequestRecord> &records)
{
    Traffic traffic{Configuration()};
    for (const RequestRecord &record : records) {
        traffic.add(record);
    }
    traffic.close();
    return traffic;
}

RecordedRequest asked(const Traffic &traffic, Micros at, std::int64_t prompt = 100)
{
    RecordedRequest request;
    request.arrived = kStart + at;
    request.task = traffic.tasks().find("chat");
    request.facts.promptTokens = prompt;
    return request;
}

} // namespace

class TestOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neighboursInTimeAreDrawn();
    void betweenTwoFailuresThereIsOne();
    void betweenAFailureAndAnAnswerItIsEither();
    void anotherTaskSaysNothing();
    void anotherSizeDoesWhereThereIsNone();
    void theSameHourOfAnotherDayComesBeforeAnotherHour();
    void whatWasCutOffFromHereSaysNothing();
    void usageIsForTheRequestsOwnPrompt();
};

void TestOutcomes::neighboursInTimeAreDrawn()
{
    std::vector<RequestRecord> records;
    for (int minute = 0; minute < 300; ++minute) {
        records.push_back(called(std::chrono::minutes(minute), OutcomeClass::Success));
    }
    const Traffic traffic = trafficOf(records);
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, std::chrono::minutes(150));
    std::set<std::uint32_t> calls;
    for (std::uint64_t chance = 0; chance < 400; ++chance) {
        const auto drawn = outcomes.draw(0, request, request.arrived, chance);
        QVERIFY(drawn.has_value());
        const Micros at = traffic.requests()[traffic.calls()[drawn->call].request].arrived - kStart;
        QVERIFY(std::chrono::abs(at - Micros(std::chrono::minutes(150)))
                <= std::chrono::minutes(8));
        calls.insert(drawn->call);
    }
    QCOMPARE(calls.size(), std::size_t(Outcomes::kWindow));
}

void TestOutcomes::betweenTwoFailuresThereIsOne()
{
    const Traffic traffic = trafficOf({called(std::chrono::minutes(0), OutcomeClass::Success),
                                       called(std::chrono::minutes(10), OutcomeClass::ServerError),
                                       called(std::chrono::minutes(30), OutcomeClass::Overloaded),
                                       called(std::chrono::minutes(40), OutcomeClass::Success)});
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, std::chrono::minutes(20));
    for (std::uint64_t chance = 0; chance < 50; ++chance) {
        const auto drawn = outcomes.draw(0, request, request.arrived, chance);
        QVERIFY(traffic.calls()[drawn->call].outcome != OutcomeClass::Success);
    }
}

void TestOutcomes::betweenAFailureAndAnAnswerItIsEither()
{
    const Traffic traffic = trafficOf({called(std::chrono::minutes(10), OutcomeClass::ServerError),
                                       called(std::chrono::minutes(30), OutcomeClass::Success)});
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, std::chrono::minutes(20));
    int failed = 0;
    for (std::uint64_t chance = 0; chance < 200; ++chance) {
        const auto drawn = outcomes.draw(0, request, request.arrived, chance);
        failed += traffic.calls()[drawn->call].outcome == OutcomeClass::Success ? 0 : 1;
    }
    QVERIFY(failed > 60 && failed < 140);
}

void TestOutcomes::anotherTaskSaysNothing()
{
    const Traffic traffic = trafficOf({called(Micros(0), OutcomeClass::Success, Task::Code),
                                       called(Micros(1), OutcomeClass::ServerError, Task::Chat)});
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, Micros(2));
    QVERIFY(!outcomes.draw(0, request, request.arrived, 1));
    QVERIFY(!outcomes.draw(17, request, request.arrived, 1)); // nor does a target nobody called
}

void TestOutcomes::anotherSizeDoesWhereThereIsNone()
{
    const Traffic traffic = trafficOf({called(Micros(0), OutcomeClass::Success, Task::Chat, 100),
                                       called(Micros(1), OutcomeClass::Success, Task::Chat, 9000)});
    const Outcomes outcomes(traffic);
    for (std::uint64_t chance = 0; chance < 20; ++chance) {
        const RecordedRequest large = asked(traffic, Micros(2), 8500);
        QCOMPARE(outcomes.draw(0, large, large.arrived, chance)->call, std::uint32_t(1));
    }
    const RecordedRequest other = asked(traffic, Micros(2), 1);
    QVERIFY(outcomes.draw(0, other, other.arrived, 1).has_value());
}

void TestOutcomes::theSameHourOfAnotherDayComesBeforeAnotherHour()
{
    const Traffic traffic = trafficOf({called(std::chrono::hours(9), OutcomeClass::Success),
                                       called(std::chrono::hours(27), OutcomeClass::Success)});
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, std::chrono::hours(33)); // the next day's nine
    for (std::uint64_t chance = 0; chance < 20; ++chance) {
        const auto drawn = outcomes.draw(0, request, request.arrived, chance);
        QVERIFY(drawn.has_value());
    }
}

void TestOutcomes::whatWasCutOffFromHereSaysNothing()
{
    const Traffic traffic = trafficOf(
        {called(Micros(0), OutcomeClass::Outrun), called(Micros(1), OutcomeClass::ShutDown)});
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, Micros(2));
    QVERIFY(!outcomes.draw(0, request, request.arrived, 1));
}

void TestOutcomes::usageIsForTheRequestsOwnPrompt()
{
    RequestRecord record = called(Micros(0), OutcomeClass::Success, Task::Chat, 100);
    record.attempts[0].usage->promptTokens = 110;
    record.attempts[0].usage->cachedTokens = 50;
    record.attempts[0].usage->completionTokens = 7;
    const Traffic traffic = trafficOf({record});
    const Outcomes outcomes(traffic);
    const RecordedRequest request = asked(traffic, Micros(2), 200);
    const Usage usage = outcomes.usageFor(request, traffic.calls()[0]);
    QCOMPARE(usage.promptTokens, std::int64_t(220));
    QCOMPARE(usage.cachedTokens, std::int64_t(100));
    QCOMPARE(usage.completionTokens, std::int64_t(7));
}

QTEST_APPLESS_MAIN(TestOutcomes)

#include "tst_outcomes.moc"
