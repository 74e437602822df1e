// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_scene.h"
#include "tests/ui/support/fixture_source.h"
#include "ui/models/attention.h"
#include "ui/models/failure_words.h"
#include "ui/models/minute_before.h"
#include "ui/models/request_text.h"
#include "ui/models/requests_model.h"
#include "ui/models/target_summary.h"
#include "ui/models/transitions_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

using Records = std::vector<std::shared_ptr<const RequestRecord>>;

Records records(int from, int count)
{
    Records result;
    for (int i = 0; i < count; ++i) {
        result.push_back(sceneRequest(from + i, sceneStart()));
    }
    return result;
}

QString cell(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

std::shared_ptr<RequestRecord> plainRecord()
{
    auto record = std::make_shared<RequestRecord>(*sceneRequest(1, sceneStart()));
    record->cost.amount = Money::fromNanos(4'300'000);
    return record;
}

TargetSummary summaryOf(FixtureSource &source, const QString &model, bool stale = false)
{
    for (const TargetSummary &summary : summariseTargets(source.draft(), source.now(), stale)) {
        if (summary.model == model) {
            return summary;
        }
    }
    return {};
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void putsTheNewestRequestOnTop();
    void keepsNoMoreThanItsRows();
    void comparesTheLastTwoMinutes();
    void knowsNoMinuteBeforeAnotherStart();
    void tellsUnknownFromEstimatedCost();
    void tellsAbandonedRequests();
    void saysWhatHappenedOnTheWay();
    void mergesTransitionsByRow();
    void mergeEqualsReset();
    void summarisesEveryState_data();
    void summarisesEveryState();
    void showsCountsBelowTwentySamples();
    void remembersWhatProvidersSaid();
    void tellsWhenALimitIsUsedUp();
    void doubtsOldData();
    void sortsTheWorstFirst();
    void listsWhatNeedsAttention();
};

void TestModels::putsTheNewestRequestOnTop()
{
    RequestsModel model;
    const QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.append(records(1, 3));
    model.append(records(4, 2));
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.index(0, 0).data(RequestsModel::IdRole).toString(), u"req-5"_s);
    QCOMPARE(model.index(4, 0).data(RequestsModel::IdRole).toString(), u"req-1"_s);
}

void TestModels::keepsNoMoreThanItsRows()
{
    RequestsModel model;
    const QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 5; ++i) {
        model.append(records(i * 500, 500));
    }
    QCOMPARE(model.rowCount(), RequestsModel::kRowsMax);
    QCOMPARE(model.index(0, 0).data(RequestsModel::IdRole).toString(), u"req-2499"_s);
    model.append(records(10'000, RequestsModel::kRowsMax + 7));
    QCOMPARE(model.rowCount(), RequestsModel::kRowsMax);
}

void TestModels::tellsUnknownFromEstimatedCost()
{
    const auto unknown = plainRecord();
    unknown->cost = {};
    const auto estimated = plainRecord();
    estimated->cost.estimated = true;
    RequestsModel model;
    model.append({unknown, estimated, plainRecord()});
    QCOMPARE(cell(model, 0, RequestsModel::CostColumn), u"$0.0043"_s);
    QCOMPARE(cell(model, 1, RequestsModel::CostColumn), u"≈ $0.0043"_s);
    QCOMPARE(cell(model, 2, RequestsModel::CostColumn), u"n/a"_s);
    QVERIFY(!model.index(2, RequestsModel::CostColumn).data(Qt::ToolTipRole).toString().isEmpty());
}

void TestModels::tellsAbandonedRequests()
{
    const auto left = plainRecord();
    left->abandoned = true;
    const auto failed = plainRecord();
    failed->status = 503;
    failed->outcome = OutcomeClass::Overloaded;
    RequestsModel model;
    model.append({left, failed});
    QCOMPARE(cell(model, 1, RequestsModel::Left), u"left"_s);
    QCOMPARE(cell(model, 1, RequestsModel::Status), u"200 client left"_s);
    QCOMPARE(cell(model, 0, RequestsModel::Left), QString());
    QCOMPARE(cell(model, 0, RequestsModel::Status), u"503 overloaded"_s);
    QCOMPARE(model.index(0, RequestsModel::Status).data(RequestsModel::ToneRole).toInt(),
             int(RequestsModel::Bad));
}

void TestModels::saysWhatHappenedOnTheWay()
{
    const QString text = attemptsText(*sceneRequest(3, sceneStart()));
    QVERIFY(text.startsWith(u"1. mistral/mistral-large: server error after"_s));
    QVERIFY(text.contains(u"HTTP 503"_s));
    QCOMPARE(text.count(u'\n'), 1);
}

void TestModels::mergesTransitionsByRow()
{
    auto all = busyScene(sceneStart()).transitions;
    TransitionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.merge({all.begin(), all.begin() + 3});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.merge({all.begin() + 1, all.end()});
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(model.rowCount(), int(all.size()) - 1);
    QCOMPARE(cell(model, 0, TransitionsModel::Change), u"Open → Half-open"_s);
    QCOMPARE(cell(model, 1, TransitionsModel::Cause),
             u"3 in a row: server error ×2, no first token in 41 s"_s);
    QCOMPARE(cell(model, 2, TransitionsModel::Change), u"Closed → Forced open"_s);
}

/// Goal: merging any window of the history leaves what a new model would hold.
/// Method: all pairs of windows of a history of seven, old window first.
void TestModels::mergeEqualsReset()
{
    const auto all = busyScene(sceneStart()).transitions;
    const auto size = std::ptrdiff_t(all.size());
    int checked = 0;
    for (std::ptrdiff_t a = 0; a <= size; ++a) {
        for (std::ptrdiff_t b = a; b <= size; ++b) {
            TransitionsModel merged;
            merged.merge({all.begin(), all.begin() + b});
            merged.merge({all.begin() + a, all.end()});
            TransitionsModel fresh;
            fresh.merge({all.begin() + a, all.end()});
            QCOMPARE(merged.rowCount(), fresh.rowCount());
            for (int row = 0; row < fresh.rowCount(); ++row) {
                QCOMPARE(cell(merged, row, 0) + cell(merged, row, 2),
                         cell(fresh, row, 0) + cell(fresh, row, 2));
            }
            ++checked;
        }
    }
    QCOMPARE(checked, 36);
}

void TestModels::summarisesEveryState_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("cause");
    QTest::newRow("open") << u"mistral-large"_s << u"open"_s << u"Open, retry in 9:17"_s
                          << u"server error ×2, no first token in 41 s"_s;
    QTest::newRow("half-open") << u"deepseek-chat"_s << u"half_open"_s
                               << u"Half-open, 1 probe in flight"_s << u"overloaded ×3 in 12 s"_s;
    QTest::newRow("forced") << u"gpt-4.1-mini"_s << u"forced_open"_s
                            << u"Forced open (would be closed)"_s
                            << u"25:12 left, “vendor incident 4711, Ada is on it”"_s;
    QTest::newRow("drained") << u"gemini-2.5-flash"_s << u"drained"_s << u"Drained, 3 in flight"_s
                             << u"By its own count closed"_s;
    QTest::newRow("wobbling") << u"claude-haiku-4-5"_s << u"closed"_s << u"Closed"_s
                              << u"Last: connection reset"_s;
    QTest::newRow("closed") << u"qwen-max"_s << u"closed"_s << u"Closed"_s << u"For 3 h 7 min"_s;
}

void TestModels::summarisesEveryState()
{
    QFETCH(QString, model);
    FixtureSource source;
    const TargetSummary summary = summaryOf(source, model);
    QTEST(summary.state, "state");
    QTEST(summary.headline, "headline");
    QTEST(summary.cause, "cause");
    QVERIFY(spoken(summary).startsWith(summary.headline));
}

void TestModels::showsCountsBelowTwentySamples()
{
    FixtureSource source;
    const TargetSummary few = summaryOf(source, u"meta-llama/llama-3.3-70b-instruct"_s);
    QCOMPARE(few.figures[1].value, u"– (n = 7)"_s);
    QCOMPARE(few.figures[4].value, u"0 of 7"_s);
    for (const auto &figures : {few.figures, few.details}) {
        for (const Figure &figure : figures) { // shares by weight and of limits are no samples
            const bool sampled = figure.label.startsWith(u'p') || figure.label.contains(u"TTFT"_s);
            QVERIFY2(!sampled || figure.value == u"– (n = 7)"_s, qPrintable(figure.label));
            QVERIFY2(!figure.label.startsWith(u"Failed"_s) || !figure.value.contains(u'%'),
                     qPrintable(figure.value));
        }
    }
    const TargetSummary many = summaryOf(source, u"mistral-large"_s);
    QCOMPARE(many.figures[4].value, u"39 %"_s);
}

void TestModels::remembersWhatProvidersSaid()
{
    const SystemTime at = sceneStart();
    const TargetId mistral("mistral", "mistral-large");
    FailureWords words;
    words.append({sceneFailure(at), sceneFailure(at + Seconds(9))});
    const QString said = u"upstream connect error: no healthy upstream"_s;
    QCOMPARE(words.of(mistral, at + Seconds(2)), said);
    QCOMPARE(words.of(mistral, at + Seconds(5)), QString()); // neither was then
    QCOMPARE(words.of({"qwen", "qwen-max"}, at), QString());
    auto quiet = std::make_shared<RequestRecord>(*sceneFailure(at + Seconds(60)));
    quiet->attempts[0].counted = false; // the breaker did not learn from it
    words.append({quiet});
    QCOMPARE(words.of(mistral, at + Seconds(60)), QString());
    quiet = std::make_shared<RequestRecord>(*sceneFailure(at + Seconds(60)));
    quiet->attempts[0].reason = std::string(5'000, 'x');
    words.append({quiet});
    QCOMPARE(words.of(mistral, at + Seconds(60)).size(), qsizetype(200));
    for (std::size_t i = 0; i < 2 * FailureWords::kMax; ++i) {
        words.append({sceneFailure(at + Seconds(3'600))});
    }
    QCOMPARE(words.of(mistral, at), QString()); // nothing grows without bound
}

void TestModels::tellsWhenALimitIsUsedUp()
{
    FixtureSource source;
    source.draft().tens = nullptr; // requests alone: 812 are left, 873 went there in a minute
    QCOMPARE(summaryOf(source, u"gpt-4.1"_s).runsOut,
             u"in 0:55 at this rate, unless it is refilled"_s);
    QVERIFY(spoken(summaryOf(source, u"gpt-4.1"_s)).contains(u"used up in 0:55"_s));
    source.draft().providers[1].headRoom.requestsRemaining = 0;
    QVERIFY(summaryOf(source, u"gpt-4.1"_s).runsOut.startsWith(u"in 0:00"_s));
    source.draft().providers[1].headRoom.requestsRemaining = 100'000; // not within the hour
    QCOMPARE(summaryOf(source, u"gpt-4.1"_s).runsOut, QString());
    QCOMPARE(summaryOf(source, u"qwen-max"_s).runsOut, QString()); // no limit is known
}

void TestModels::doubtsOldData()
{
    FixtureSource source;
    const TargetSummary summary = summaryOf(source, u"mistral-large"_s, true);
    QCOMPARE(summary.state, u"unknown"_s);
    QCOMPARE(summary.glyph.shape, GlyphShape::Unknown);
    QVERIFY(summary.cause.contains(u"Open, retry in"_s));
}

void TestModels::sortsTheWorstFirst()
{
    FixtureSource source;
    auto summaries = summariseTargets(source.draft(), source.now(), false);
    sortWorstFirst(summaries);
    QStringList first;
    for (std::size_t i = 0; i < 5; ++i) {
        first << summaries[i].model;
    }
    QCOMPARE(first.join(u' '),
             u"mistral-large gpt-4.1-mini deepseek-chat gemini-2.5-flash claude-haiku-4-5"_s);
}

void TestModels::listsWhatNeedsAttention()
{
    FixtureSource source;
    source.draft().ledger = {.healthy = false, .problem = "disk is full", .dropped = 12};
    source.draft().providers[0].disabled = true;
    const auto items = attention(source.draft(), source.now());
    QCOMPARE(openBreakers(source.draft()), 2);
    QStringList subjects;
    for (const AttentionItem &item : items) {
        subjects << item.subject;
    }
    QCOMPARE(subjects.join(u", "_s),
             u"Mistral mistral-large, OpenAI gpt-4.1-mini, Qwen, Ledger, DeepSeek deepseek-chat, "
             "Gemini gemini-2.5-flash, chat-default"_s);
    QCOMPARE(items[3].text, u"12 records lost. disk is full"_s);
}

namespace {

/// A gateway that has run for \p since, with so many requests behind it.
telemetry::Snapshot after(Seconds since, std::int64_t requests, double p95Ms)
{
    telemetry::Snapshot snapshot;
    snapshot.startedAt = SystemTime(std::chrono::hours(480'000));
    snapshot.at.system = snapshot.startedAt + since;
    snapshot.totals.requests = requests;
    snapshot.totals.latency.p95Ms = p95Ms;
    snapshot.totals.costPerHour = 3;
    return snapshot;
}

} // namespace

void TestModels::comparesTheLastTwoMinutes()
{
    MinuteBefore before;
    telemetry::Snapshot now;
    for (int second = 0; second <= 300; ++second) { // 10 a second, from 240 s on 15
        const int late = std::max(second - 240, 0);
        now = after(Seconds(second), second * 10 + late * 5, second < 240 ? 400 : 300);
        now.totals.unknownPriceLastMinute = second < 240 ? 0 : 1;
        before.take(now);
        const MinuteChange change = before.changeOf(now);
        QCOMPARE(change.p95.has_value(), second >= 119); // a whole minute before this one
        QCOMPARE(change.requests.has_value(), second >= 119);
        QCOMPARE(change.cost.has_value(), second >= 119 && second < 240);
        QVERIFY(!change.failures); // nothing ended
        QVERIFY(!change.firstToken);
    }
    QCOMPARE(*before.changeOf(now).requests, 0.5);
    QCOMPARE(*before.changeOf(now).p95, 0.0); // both ends of it are after the change
    QCOMPARE(*before.changeOf(after(Seconds(270), 2850, 300)).p95, -0.25);
}

void TestModels::knowsNoMinuteBeforeAnotherStart()
{
    MinuteBefore before;
    for (int second = 0; second <= 200; ++second) {
        before.take(after(Seconds(second), second, 400));
    }
    telemetry::Snapshot again = after(Seconds(201), 1, 400);
    again.startedAt += Seconds(200);
    QCOMPARE(before.changeOf(again), MinuteChange());
    before.take(again);
    QCOMPARE(before.changeOf(again), MinuteChange());
    QCOMPARE(before.changeOf(after(Seconds(202), 202, 400)), MinuteChange());
}

QTEST_MAIN(TestModels)
#include "tst_models.moc"
