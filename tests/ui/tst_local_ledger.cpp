// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ledger/local_ledger.h"
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/ledger_store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::app;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

class TestLocalLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersEveryQuestionOnThisThread();
    void aQuestionTakenBackIsNotAnswered();
    void saysThatItCannotBeRead();
    void readsWhatIsThereByThen();
    void endsWithQuestionsInTheAir();

private:
    [[nodiscard]] std::string path() const
    {
        return m_dir->filePath(u"ledger.sqlite"_s).toStdString();
    }
    void write(const std::vector<RequestRecord> &records) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestLocalLedger::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestLocalLedger::write(const std::vector<RequestRecord> &records) const
{
    auto store = runtime::LedgerStore::open(path());
    std::vector<runtime::LedgerEntry> entries;
    for (const RequestRecord &record : records) {
        entries.emplace_back(std::make_shared<const RequestRecord>(record));
    }
    QVERIFY(store.ok() && store->write(entries).ok());
}

void TestLocalLedger::answersEveryQuestionOnThisThread()
{
    const auto records = randomRecords(3, 30, at("2026-11-22"));
    write(records);
    LocalLedger ledger(path());
    RequestFilter filter;
    filter.limit = 20;
    std::optional<RequestPage> page;
    std::optional<RequestRecord> whole;
    std::vector<HistogramBucket> buckets;
    std::vector<CostRow> costs;
    const auto first = ledger.requests(filter, [&](const auto &answer) {
        QCOMPARE(QThread::currentThread(), qApp->thread());
        page = *answer;
    });
    const auto second = ledger.request(records[4].id, [&](const auto &answer) { whole = *answer; });
    HistogramQuery histogram;
    histogram.filter.since = at("2026-11-22");
    histogram.filter.until = at("2026-11-23");
    const auto third = ledger.histogram(histogram, [&](const auto &answer) { buckets = *answer; });
    const auto fourth = ledger.costs({}, [&](const auto &answer) { costs = *answer; });
    QVERIFY(!page); // never from inside the question
    QTRY_VERIFY(!costs.empty());
    QCOMPARE(page->requests.size(), std::size_t(20));
    QVERIFY(page->next);
    QVERIFY(whole == records[4]);
    QCOMPARE(buckets.size(), std::size_t(60));
}

void TestLocalLedger::aQuestionTakenBackIsNotAnswered()
{
    write(randomRecords(4, 10, at("2026-11-22")));
    LocalLedger ledger(path());
    bool first = false;
    bool second = false;
    {
        const auto asked = ledger.requests({}, [&](const auto &) { first = true; });
    }
    const auto asked = ledger.requests({}, [&](const auto &) { second = true; });
    QTRY_VERIFY(second);
    QVERIFY(!first);
}

void TestLocalLedger::saysThatItCannotBeRead()
{
    LocalLedger ledger(path());
    QString problem;
    const auto asked = ledger.requests({}, [&](const auto &answer) { problem = answer.error(); });
    QTRY_VERIFY(problem.startsWith(u"The ledger cannot be read: cannot_open"));
}

void TestLocalLedger::readsWhatIsThereByThen()
{
    LocalLedger ledger(path());
    bool failed = false;
    auto asked = ledger.requests({}, [&](const auto &answer) { failed = !answer; });
    QTRY_VERIFY(failed);
    write(randomRecords(5, 7, at("2026-11-22"))); // the gateway has made it meanwhile
    std::size_t rows = 0;
    asked = ledger.requests({}, [&](const auto &answer) { rows = answer->requests.size(); });
    QTRY_COMPARE(rows, std::size_t(7));
}

void TestLocalLedger::endsWithQuestionsInTheAir()
{
    write(randomRecords(6, 2000, at("2026-11-22")));
    std::vector<ui::Asked> asked;
    bool answered = false;
    {
        LocalLedger ledger(path());
        for (int i = 0; i < 50; ++i) {
            asked.push_back(ledger.requests({}, [&](const auto &) { answered = true; }));
        }
    }
    QCoreApplication::processEvents();
    QVERIFY(!answered);
}

QTEST_GUILESS_MAIN(TestLocalLedger)
#include "tst_local_ledger.moc"
