// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/ledger/local_ledger.h"
#include "app/console/remote/remote_ledger.h"
#include "tests/support/child_process.h"
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/config_file.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"

#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::app;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kText =
    "[[operator]]\nid = \"ann\"\ntoken = \"env:LEDGER_TOKEN\"\nrole = \"viewer\"\n"
    "[[provider]]\nid = \"p\"\nkind = \"openai-compatible\"\n"
    "base_url = \"http://127.0.0.1:1/v1\"\n[[provider.model]]\nname = \"m\"\n[[route]]\nname = "
    "\"r\"\n"
    "targets = [ { target = \"p/m\" } ]\n";

/// A gateway with the ledger in \p folder, as it is asked from afar.
struct FarHouse
{
    explicit FarHouse(const QTemporaryDir &folder)
    {
        qputenv("LEDGER_TOKEN", "token-of-ann");
        const std::string path = folder.filePath(u"signalbox.toml"_s).toStdString();
        writeFile(path, kText);
        auto ready = runtime::readConfigurationFile(path, secrets);
        runtime::ServiceOptions options;
        options.configPath = path;
        options.stateDir = folder.path().toStdString();
        options.listen = "127.0.0.1:0";
        service = std::move(*runtime::Service::create(options, std::move(*ready), secrets));
        listening = service->listen().ok();
        thread = std::make_unique<runtime::GatewayThread>(*service);
    }

    runtime::SystemSecretStore secrets;
    std::unique_ptr<runtime::Service> service;
    bool listening = false;
    std::unique_ptr<runtime::GatewayThread> thread;
};

/// What \p source answers, once it does.
template <typename T, typename Ask>
ui::LedgerAnswer<T> answerOf(const Ask &ask)
{
    std::optional<ui::LedgerAnswer<T>> found;
    const ui::Asked asked = ask([&found](const ui::LedgerAnswer<T> &answer) { found = answer; });
    (void)QTest::qWaitFor([&found] { return found.has_value(); }, 20'000);
    return found ? *found : ui::LedgerAnswer<T>(Failure{QString(u"no answer"_s)});
}

} // namespace

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
    void aFarGatewayAnswersTheSame();
    void saysWhyAFarGatewayDoesNot();

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
    QTRY_VERIFY(problem.startsWith(u"The ledger cannot be read: The file cannot be opened."));
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

/// Goal: a console with --connect finds what one with the gateway inside does, by any filter.
void TestLocalLedger::aFarGatewayAnswersTheSame()
{
    write(randomRecords(7, 400, at("2026-11-20")));
    const FarHouse house(*m_dir);
    QVERIFY(house.listening);
    LocalLedger near(path());
    RemoteLedger far(QUrl(QString::fromStdString(house.service->url())), {}, Millis(10'000));
    far.useToken(Secret("token-of-ann"));
    std::vector<RequestFilter> filters(7);
    filters[1].provider = "qwen";
    filters[2].failedOnly = true;
    filters[3].latency.least = Micros(2'000'000);
    filters[4].cost = {Money::fromNanos(1'000), Money::fromNanos(500'000'000'000)};
    filters[5].errorText = "a & b+c %";
    filters[6].since = at("2026-11-20T06:00:00Z");
    filters[6].until = at("2026-11-21");
    for (RequestFilter &filter : filters) {
        for (int pages = 0; pages < 3; ++pages) {
            const auto ask = [&filter](ui::LedgerSource &of) {
                return answerOf<RequestPage>([&](auto then) { return of.requests(filter, then); });
            };
            const auto here = ask(near);
            const auto there = ask(far);
            QVERIFY2(there, there ? "" : qPrintable(there.error()));
            QCOMPARE(there->requests.size(), here->requests.size());
            for (std::size_t i = 0; i < here->requests.size(); ++i) {
                QCOMPARE(there->requests[i].id, here->requests[i].id);
                QVERIFY(there->requests[i].cost == here->requests[i].cost);
            }
            if (!here->next) {
                break;
            }
            filter.cursor = *here->next;
        }
        filter.cursor.clear();
        HistogramQuery histogram{filter, 40};
        histogram.filter.since = at("2026-11-20");
        histogram.filter.until = at("2026-11-23");
        const auto bars = [&histogram](ui::LedgerSource &of) {
            return answerOf<std::vector<HistogramBucket>>(
                [&](auto then) { return of.histogram(histogram, then); });
        };
        QCOMPARE(*bars(far), *bars(near));
    }
    for (const char *zone : {"UTC", "Asia/Kolkata", "Europe/Berlin"}) {
        CostQuery query;
        query.timeZone = zone;
        query.then = CostDimension::Model;
        const auto costs = [&query](ui::LedgerSource &of) {
            return answerOf<std::vector<CostRow>>([&](auto then) { return of.costs(query, then); });
        };
        QCOMPARE(*costs(far), *costs(near));
    }
    const std::string id = answerOf<RequestPage>([&](auto then) { return near.requests({}, then); })
                               ->requests.front()
                               .id;
    using Found = std::optional<RequestRecord>;
    const auto whole = [&](ui::LedgerSource &of, const std::string &wanted) {
        return answerOf<Found>([&](auto then) { return of.request(wanted, then); });
    };
    QVERIFY((*whole(far, id))->decision == (*whole(near, id))->decision);
    QVERIFY(!*whole(far, "01NOSUCHREQUEST"));
}

void TestLocalLedger::saysWhyAFarGatewayDoesNot()
{
    write(randomRecords(8, 5, at("2026-11-20")));
    const FarHouse house(*m_dir);
    RemoteLedger far(QUrl(QString::fromStdString(house.service->url())), {}, Millis(10'000));
    far.useToken(Secret("nonsense"));
    const auto refused = answerOf<RequestPage>([&](auto then) { return far.requests({}, then); });
    QVERIFY(!refused && !refused.error().isEmpty());
    RemoteLedger nobody(QUrl(u"http://127.0.0.1:1"_s), {}, Millis(2'000));
    const auto silent = answerOf<RequestPage>([&](auto then) { return nobody.requests({}, then); });
    QVERIFY(!silent && silent.error() != u"no answer");
    bool told = false;
    {
        const auto asked = far.requests({}, [&told](const auto &) { told = true; });
    }
    (void)answerOf<RequestPage>([&](auto then) { return far.requests({}, then); });
    QVERIFY(!told); // it was taken back
}

QTEST_GUILESS_MAIN(TestLocalLedger)
#include "tst_local_ledger.moc"
