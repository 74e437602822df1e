// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/past_requests.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
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
}

QTEST_GUILESS_MAIN(TestPastRequests)
#include "tst_past_requests.moc"
