// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/past_requests.h"
#include "ui/models/request_export.h"
#include "ui/models/request_tail.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

namespace {

/// Answers when told to, from a number of requests that is known.
class SlowLedger : public LedgerSource
{
public:
    Asked requests(const RequestFilter &filter, LedgerThen<RequestPage> then) override
    {
        m_takenBack = std::make_shared<std::atomic<bool>>(false);
        m_filter = filter;
        m_then = std::move(then);
        ++asked;
        return Asked(m_takenBack);
    }
    Asked request(const std::string &, LedgerThen<std::optional<RequestRecord>>) override
    {
        return {};
    }
    Asked histogram(const HistogramQuery &, LedgerThen<std::vector<HistogramBucket>>) override
    {
        return {};
    }
    Asked costs(const CostQuery &, LedgerThen<std::vector<CostRow>>) override { return {}; }
    Asked costMatrix(SystemTime, SystemTime, LedgerThen<std::vector<MatrixCell>>) override
    {
        return {};
    }
    Asked bodies(const std::string &, LedgerThen<std::optional<RequestBodies>>) override
    {
        return {};
    }

    [[nodiscard]] bool isWanted() const { return m_takenBack && !*m_takenBack; }
    /// The page that was asked for, if anybody still wants it.
    void answer()
    {
        if (!isWanted()) {
            return;
        }
        const int from = m_filter.cursor.empty() ? 0 : std::stoi(m_filter.cursor);
        const int to = std::min(total, from + m_filter.limit);
        RequestPage page;
        for (int i = from; i < to; ++i) {
            RequestRecord record;
            record.id = m_filter.route + std::to_string(i);
            record.route = m_filter.route;
            record.arrived = SystemTime(std::chrono::hours(490'000)) - Seconds(i);
            page.requests.push_back(std::move(record));
        }
        if (to < total) {
            page.next = std::to_string(to);
        }
        const auto then = m_then;
        then(page);
    }
    void fail(const QString &why)
    {
        const auto then = m_then;
        then(Failure{why});
    }

    int total = 0;
    int asked = 0;

private:
    Asked::Flag m_takenBack;
    RequestFilter m_filter;
    LedgerThen<RequestPage> m_then;
};

RequestFilter routeFilter(const char *route)
{
    RequestFilter filter;
    filter.route = route;
    return filter;
}

} // namespace

class TestPastRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPageByPage();
    void anotherQuestionTakesTheFirstBack();
    void itsEndTakesTheQuestionBack();
    void saysWhyThereIsNothing();
    void isFullBeforeMemoryIs();
    void readsAgainWhatIsScrolledBackTo();
    void writesAllOrNothing();
    void writesNoFormula();
    void holdsWhileSomebodyReads();
};

void TestPastRequests::readsPageByPage()
{
    // Goal: every row once, in order, and no page before somebody wants it.
    SlowLedger ledger;
    ledger.total = 450;
    PastRequests model;
    const QAbstractItemModelTester tester(&model);
    model.setLedger(ledger);
    QVERIFY(!model.canFetchMore({}));
    model.look(routeFilter("chat"));
    QCOMPARE(model.state(), PastRequests::State::Reading);
    QVERIFY(!model.canFetchMore({}));
    ledger.answer();
    QCOMPARE(model.rowCount(), 200);
    QCOMPARE(ledger.asked, 1);
    QVERIFY(model.canFetchMore({}) && !model.canFetchMore(model.index(0, 0)));
    model.fetchMore({});
    model.fetchMore({}); // the view asks again before the answer is there
    QCOMPARE(ledger.asked, 2);
    ledger.answer();
    model.fetchMore({});
    ledger.answer();
    QCOMPARE(model.rowCount(), 450);
    QCOMPARE(model.state(), PastRequests::State::All);
    QVERIFY(!model.canFetchMore({}));
    for (int row = 0; row < 450; ++row) {
        QCOMPARE(model.index(row, 0).data(RequestsModel::IdRole).toString(), u"chat%1"_s.arg(row));
    }
}

void TestPastRequests::anotherQuestionTakesTheFirstBack()
{
    SlowLedger ledger;
    ledger.total = 3;
    PastRequests model;
    const QAbstractItemModelTester tester(&model);
    model.setLedger(ledger);
    model.look(routeFilter("chat"));
    model.look(routeFilter("code"));
    ledger.answer();
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.recordAt(0)->route, std::string("code"));
    model.look(routeFilter("chat"));
    QCOMPARE(model.rowCount(), 0); // what the new filter did not find is not shown for it
    model.stop();
    QVERIFY(!ledger.isWanted());
    ledger.answer();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.state(), PastRequests::State::Idle);
}

void TestPastRequests::itsEndTakesTheQuestionBack()
{
    SlowLedger ledger;
    {
        PastRequests model;
        model.setLedger(ledger);
        model.look({});
        QVERIFY(ledger.isWanted());
    }
    QVERIFY(!ledger.isWanted());
}

void TestPastRequests::saysWhyThereIsNothing()
{
    SlowLedger ledger;
    PastRequests model;
    model.setLedger(ledger);
    const QSignalSpy changed(&model, &PastRequests::stateChanged);
    model.look({});
    ledger.fail(u"The ledger cannot be read."_s);
    QCOMPARE(model.state(), PastRequests::State::Failed);
    QCOMPARE(model.problem(), u"The ledger cannot be read."_s);
    QCOMPARE(changed.size(), 2);
    ledger.total = 1;
    model.look({});
    QCOMPARE(model.problem(), QString());
    ledger.answer();
    QCOMPARE(model.rowCount(), 1);
}

void TestPastRequests::isFullBeforeMemoryIs()
{
    SlowLedger ledger;
    ledger.total = PastRequests::kPastRowsMax + 1;
    PastRequests model;
    model.setLedger(ledger);
    model.look({});
    for (ledger.answer(); model.canFetchMore({}); ledger.answer()) {
        model.fetchMore({});
    }
    QCOMPARE(model.rowCount(), PastRequests::kPastRowsMax);
    QCOMPARE(model.state(), PastRequests::State::Full);
    // Goal: a table of any length in bounded memory.
    QCOMPARE(model.kept(), PastRequests::kPageRows * PastRequests::kPagesKept);
}

void TestPastRequests::readsAgainWhatIsScrolledBackTo()
{
    SlowLedger ledger;
    ledger.total = PastRequests::kPageRows * (PastRequests::kPagesKept + 5);
    PastRequests model;
    const QAbstractItemModelTester tester(&model);
    model.setLedger(ledger);
    model.look(routeFilter("chat"));
    for (ledger.answer(); model.canFetchMore({}); ledger.answer()) {
        model.fetchMore({});
    }
    QCOMPARE(model.rowCount(), ledger.total);
    const int asked = ledger.asked;
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    // The tester looks at rows too: a page that nobody looked at for longest is gone.
    int gone = 0;
    while (gone < ledger.total && model.recordAt(gone) != nullptr) {
        gone += PastRequests::kPageRows;
    }
    QVERIFY(gone < ledger.total);
    QCOMPARE(model.index(gone, RequestsModel::Route).data().toString(), u"–"_s);
    QTRY_VERIFY(ledger.asked > asked);
    ledger.answer();
    QTRY_VERIFY(!changed.isEmpty());
    QTRY_VERIFY(model.recordAt(gone) != nullptr);
    QCOMPARE(model.recordAt(gone)->id, "chat" + std::to_string(gone));
    QVERIFY(model.kept() <= PastRequests::kPageRows * PastRequests::kPagesKept);
}

void TestPastRequests::writesAllOrNothing()
{
    // Goal: all rows are written, or the program asks to narrow; never fewer without a word.
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"requests.csv"_s);
    SlowLedger ledger;
    RequestExport job;
    const QSignalSpy finished(&job, &RequestExport::finished);
    const auto linesIn = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : -1;
    };
    const auto run = [&](int total) {
        ledger.total = total;
        job.begin(ledger, routeFilter("chat"), RequestFormat::Csv, path);
        while (job.isRunning()) {
            ledger.answer();
        }
        return finished.last().at(1).toString();
    };
    QCOMPARE(run(1234), QString());
    QCOMPARE(linesIn(), 1235);
    QCOMPARE(run(RequestExport::kRowsMax), QString());
    QCOMPARE(linesIn(), RequestExport::kRowsMax + 1);
    const QString problem = run(250'000);
    QVERIFY2(problem.contains(u"Narrow"), qPrintable(problem));
    QCOMPARE(linesIn(), RequestExport::kRowsMax + 1); // the file is as it was
    // What cannot be written says so, and what is stopped leaves nothing.
    job.begin(ledger, {}, RequestFormat::Csv, dir.filePath(u"none/requests.csv"_s));
    QVERIFY(finished.last().at(1).toString().contains(u"requests.csv"));
    ledger.total = 5;
    job.begin(ledger, {}, RequestFormat::JsonLines, dir.filePath(u"stopped.jsonl"_s));
    job.stop();
    QVERIFY(!ledger.isWanted() && !QFile::exists(dir.filePath(u"stopped.jsonl"_s)));
    job.begin(ledger, {}, RequestFormat::Csv, path);
    ledger.fail(u"The ledger cannot be read."_s);
    QCOMPARE(finished.last().at(1).toString(), u"The ledger cannot be read."_s);
}

void TestPastRequests::writesNoFormula()
{
    RequestRecord record;
    record.id = "01KAF3G7H2";
    record.arrived = SystemTime(std::chrono::hours(490'000)) + Micros(1'500);
    record.modelAsked = "=HYPERLINK(\"http://a\",\"b\")";
    record.route = "a,b";
    record.total = Micros(1'234'567);
    record.cost.amount = Money::fromNanos(3'351'001);
    const QByteArray line = requestFileLine(record, RequestFormat::Csv);
    QVERIFY2(line.contains("\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\",\"a,b\","),
             line.constData());
    QVERIFY2(line.contains("1234.567,0.003351001,false\r\n"), line.constData());
    QCOMPARE(requestFileHead(RequestFormat::Csv).count(','), 22);
    record.cost.amount.reset(); // unknown is not zero
    QVERIFY(requestFileLine(record, RequestFormat::Csv).endsWith("1234.567,,false\r\n"));
    const auto json = QJsonDocument::fromJson(requestFileLine(record, RequestFormat::JsonLines));
    QVERIFY(json[u"cost_usd"_s].isNull());
    QCOMPARE(json[u"model_asked"_s].toString(), QString::fromStdString(record.modelAsked));
}

void TestPastRequests::holdsWhileSomebodyReads()
{
    RequestTail tail;
    const QAbstractItemModelTester tester(&tail);
    const auto some = [](int count) {
        return std::vector(static_cast<std::size_t>(count),
                           std::make_shared<const RequestRecord>());
    };
    tail.take(some(10));
    tail.setHeld(true);
    tail.take(some(41));
    QCOMPARE(tail.rowCount(), 10);
    QCOMPARE(tail.waiting(), 41);
    tail.take(some(RequestsModel::kRowsMax + 7));
    QCOMPARE(tail.waiting(), RequestsModel::kRowsMax + 48); // all are counted, not all are kept
    tail.setHeld(false);
    QCOMPARE(tail.rowCount(), RequestsModel::kRowsMax);
    QCOMPARE(tail.waiting(), 0);
}

QTEST_GUILESS_MAIN(TestPastRequests)
#include "tst_past_requests.moc"
