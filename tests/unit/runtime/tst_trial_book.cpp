// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/trials.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace signalbox;
using namespace signalbox::runtime;

namespace {

TrialView trialOf(std::int64_t nanos, int requests = 200)
{
    TrialView trial;
    trial.revision = "3b1f00c2a977";
    trial.base = "9d0e44aa1b02";
    trial.routes = {"chat", "code"};
    trial.terms.share = 0.25;
    trial.terms.period = Seconds(90);
    trial.terms.expected = ExpectedEffect{Expected<double>{0.02, 0.01, 0.03},
                                          Expected<Micros>{Millis(800), Millis(700), Millis(900)},
                                          Expected<Money>{Money::fromNanos(1'000'000),
                                                          Money::fromNanos(900'000),
                                                          Money::fromNanos(1'100'000)}};
    trial.began = SystemTime(Seconds(1'767'614'400));
    trial.until = trial.began + Seconds(90);
    trial.who = "boss";
    trial.expected = trial.terms.expected;
    trial.onTrial = {requests, requests / 25, Micros(Millis(840)), Money::fromNanos(nanos), 0};
    trial.others = {900, 18, Micros(Millis(790)), Money::fromNanos(990'000), 1};
    trial.doubt = {0.5, 0.25, 0};
    trial.end = TrialEnd::Passed;
    trial.ended = trial.until;
    trial.endedBy = "gateway";
    trial.applied = 18;
    return trial;
}

} // namespace

class TestTrialBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain();
    void aDamagedFileCountsAsNone();
    void theOldestGo();
    void reasonsSayTheFigures();
    void truthIsTheMedianOfWhatWasForetold();
    void bandsThatAreNoneAreNotTaken();
    void everyEndHasAName();
};

void TestTrialBook::whatIsWrittenIsReadAgain()
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("trials.json")).toStdString();
    TrialBook book(file);
    QCOMPARE(book.add(trialOf(1'040'000)), std::int64_t(1));
    TrialView running = trialOf(1'040'000);
    running.end.reset();
    running.ended.reset();
    running.expected.reset();
    running.onTrial = {};
    QCOMPARE(book.add(running), std::int64_t(2));
    QVERIFY(book.save().ok());
    const TrialBook again(file);
    QCOMPARE(again.all().size(), std::size_t(2));
    QVERIFY(again.all() == book.all());
}

void TestTrialBook::aDamagedFileCountsAsNone()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("trials.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[{\"number\":1},");
    file.close();
    TrialBook book(file.fileName().toStdString());
    QVERIFY(book.all().empty());
    book.add(trialOf(1));
    QVERIFY(book.save().ok());
    QCOMPARE(TrialBook(file.fileName().toStdString()).all().size(), std::size_t(1));
}

void TestTrialBook::theOldestGo()
{
    TrialBook book({});
    for (std::size_t i = 0; i < TrialBook::kKept + 3; ++i) {
        book.add(trialOf(1));
    }
    QCOMPARE(book.all().size(), TrialBook::kKept);
    QCOMPARE(book.all().front().number, std::int64_t(4));
    QVERIFY(book.save().ok()); // into no file
}

void TestTrialBook::reasonsSayTheFigures()
{
    TrialView trial = trialOf(1'500'000);
    trial.end = TrialEnd::MoreFailures;
    QCOMPARE(reasonOf(trial),
             std::string("4.0 % of 200 requests failed, at most 3.0 % were expected; of the others "
                         "2.0 % of 900"));
    trial.end = TrialEnd::Slower;
    QVERIFY(reasonOf(trial).find("840 ms, at most 900 ms") != std::string::npos);
    trial.end = TrialEnd::Dearer;
    QVERIFY(reasonOf(trial).find("$0.0015, at most $0.0011") != std::string::npos);
    trial.end.reset();
    QCOMPARE(reasonOf(trial), std::string());
}

void TestTrialBook::truthIsTheMedianOfWhatWasForetold()
{
    QVERIFY(truthOf({}) == ForesightTruth());
    TrialView blind = trialOf(5'000'000);
    blind.terms.expected.reset(); // nothing was foretold
    const ForesightTruth truth = truthOf(
        {trialOf(1'040'000), trialOf(1'500'000), trialOf(980'000), trialOf(1, 99), blind});
    QCOMPARE(truth.changes, std::int64_t(3));
    QVERIFY(std::abs(*truth.costError - 0.04) < 1e-9);
    QVERIFY(std::abs(*truth.p95Error - 0.05) < 1e-9);
    QVERIFY(std::abs(*truth.failureError - 0.02) < 1e-9);
}

void TestTrialBook::bandsThatAreNoneAreNotTaken()
{
    const auto read = [](const char *text) { return expectedFromJson(*parseJson(text)); };
    QVERIFY(read(R"({"failure_share":{"value":0.1,"low":0,"high":0.2}})").has_value());
    QVERIFY(!read(R"({})"));
    QVERIFY(!read(R"({"failure_share":{"value":0.3,"low":0,"high":0.2}})"));
    QVERIFY(!read(R"({"failure_share":{"value":0.1,"low":-1,"high":0.2}})"));
    QVERIFY(!read(R"({"p95_ms":{"value":1,"low":1}})"));
    QVERIFY(!read(R"({"cost_usd_per_request":{"value":1,"low":1,"high":1}})")); // money is a text
}

void TestTrialBook::everyEndHasAName()
{
    for (int i = 0; i <= static_cast<int>(TrialEnd::NotApplied); ++i) {
        const auto end = static_cast<TrialEnd>(i);
        QVERIFY(trialEndFromString(toString(end)) == end);
    }
    QVERIFY(!trialEndFromString("worse"));
}

QTEST_GUILESS_MAIN(TestTrialBook)
#include "tst_trial_book.moc"
