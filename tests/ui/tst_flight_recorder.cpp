// SPDX-License-Identifier: GPL-3.0-or-later
// Flight recordings from the menu to the file and back onto a screen that has no gateway.
#include "app/console/ledger/local_ledger.h"
#include "app/console/recording/file_recorder.h"
#include "app/console/recording/recording_source.h"
#include "app/console/remote/remote_settings.h"
#include "app/startup.h"
#include "tests/ui/support/console.h"
#include "tests/ui/support/fake_keychain.h"
#include "tests/ui/support/fixture_ledger.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/connection_bar.h"
#include "ui/pages/live_series.h"
#include "ui/recorder.h"
#include "ui/widgets/list_view.h"

#include "core/runtime/clock.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/secret_store.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatienceMs = 30'000;
constexpr auto kToken = "token-of-the-operator-4711";

/// Remembers what it was asked for.
class FakeRecorder : public Recorder
{
public:
    [[nodiscard]] QString whyNot() const override { return why; }
    void record(SystemTime since, SystemTime until, const QString &path) override
    {
        from = since;
        to = until;
        into = path;
    }
    void open(const QString &path) override { shown = path; }

    QString why;
    SystemTime from{};
    SystemTime to{};
    QString into;
    QString shown;
};

/// The fixture's afternoon with a recorder.
struct RecordingConsole
{
    RecordingConsole()
    {
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        QTest::qWait(kSettleMs);
    }
    /// Chooses \p path in the dialog that is open.
    void choose(const QString &path)
    {
        auto *dialog = window.findChild<QFileDialog *>();
        QVERIFY(dialog != nullptr);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QCoreApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
    }
    [[nodiscard]] NoticeBar &notices() const
    {
        return *window.findChild<NoticeBar *>(u"notices"_s);
    }

    FixtureSource source;
    FakeRecorder recorder;
    FixtureLedger ledger{source.now()};
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .recorder = &recorder,
                          .ledger = &ledger}};
};

/// The demo as the program starts it, with an operator; its traffic goes on until the end.
struct DemoGateway
{
    DemoGateway()
    {
        qputenv("SIGNALBOX_TOKEN", kToken);
        app::Options options;
        options.demo = true;
        options.state = folder.path().toStdString();
        options.listen = "127.0.0.1:0";
        auto started = app::start(options, secrets, demo, app::Secrets::Tolerated);
        if (!started) {
            qFatal("%s", started.error().c_str());
        }
        service = std::move(*started);
        recorder = std::make_unique<app::LocalRecorder>(*service);
        thread = std::make_unique<runtime::GatewayThread>(*service);
        demo.startTraffic(service->url());
    }
    ~DemoGateway() { demo.stop(); }

    QTemporaryDir folder;
    runtime::SystemSecretStore secrets;
    app::Demo demo;
    std::unique_ptr<runtime::Service> service;
    std::unique_ptr<app::LocalRecorder> recorder;
    std::unique_ptr<runtime::GatewayThread> thread;
};

/// What \p ask answers, once it does.
template <typename T, typename Ask>
LedgerAnswer<T> answerOf(const Ask &ask)
{
    std::optional<LedgerAnswer<T>> found;
    const Asked asked = ask([&found](const LedgerAnswer<T> &answer) { found = answer; });
    (void)QTest::qWaitFor([&found] { return found.has_value(); }, kPatienceMs);
    return found ? *found : LedgerAnswer<T>(Failure{u"no answer"_s});
}

std::vector<RequestRecord> requestsIn(app::LocalLedger &ledger, const RequestFilter &filter)
{
    return answerOf<RequestPage>([&](auto then) { return ledger.requests(filter, then); })
        .valueOr({})
        .requests;
}

} // namespace

class TestFlightRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void theMenuRecordsTheLastQuarterOfAnHour();
    void theMenuRecordsTheMarkedPeriod();
    void pagesAskForWhatTheyShow();
    void whatCameOfItIsSaid();
    void whereItCannotTheMenuSaysWhy();
    void aRecordingOfTheDemoIsTheDemo();
    void aFarGatewayMakesThemToo();
    void anOpenOneMakesNone();
    void aWindowOpensOnIt();
    void aFileThatIsNoneIsRefusedInWords_data();
    void aFileThatIsNoneIsRefusedInWords();
    void aCutOneIsShownAndSaysSo();
    void openingOneStartsAnotherWindow();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] const QByteArray &demoBytes();

    QTemporaryDir m_folder;
    std::unique_ptr<DemoGateway> m_demo;
    SystemTime m_begun{};
    QByteArray m_bytes; ///< of the demo's recording
};

void TestFlightRecorder::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    m_begun = runtime::readClock().system;
    m_demo = std::make_unique<DemoGateway>();
}

void TestFlightRecorder::cleanupTestCase()
{
    m_demo.reset();
    qunsetenv("SIGNALBOX_TOKEN");
}

/// Of a few seconds of traffic.
const QByteArray &TestFlightRecorder::demoBytes()
{
    if (!m_bytes.isEmpty()) {
        return m_bytes;
    }
    app::LocalLedger ledger(runtime::ledgerPath(m_demo->folder.path().toStdString()));
    (void)QTest::qWaitFor([&] { return requestsIn(ledger, {}).size() >= 30; }, kPatienceMs);
    QSignalSpy made(m_demo->recorder.get(), &Recorder::made);
    m_demo->recorder->record(m_begun, runtime::readClock().system, path(u"demo.sbrec"_s));
    (void)QTest::qWaitFor([&] { return !made.isEmpty(); }, kPatienceMs);
    QFile file(path(u"demo.sbrec"_s));
    if (file.open(QIODevice::ReadOnly)) {
        m_bytes = file.readAll();
    }
    return m_bytes;
}

void TestFlightRecorder::theMenuRecordsTheLastQuarterOfAnHour()
{
    RecordingConsole console;
    console.window.actionSet().recordRecent->trigger();
    auto *dialog = console.window.findChild<QFileDialog *>(u"recordDialog"_s);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    QCOMPARE(dialog->defaultSuffix(), u"sbrec"_s);
    console.choose(u"/tmp/it.sbrec"_s);
    QCOMPARE(console.recorder.into, u"/tmp/it.sbrec"_s);
    QVERIFY(console.source.now() - console.recorder.to < Millis(1));
    QVERIFY(console.recorder.to - console.recorder.from == Seconds(900));
    QVERIFY(console.notices().text().startsWith(u"Recording "_s));
}

void TestFlightRecorder::theMenuRecordsTheMarkedPeriod()
{
    RecordingConsole console;
    const qint64 newest = newestMs(*console.window.state().snapshot());
    console.window.view().setFixed(newest - 600'000, newest - 480'000);
    console.window.actionSet().recordRange->trigger();
    console.choose(u"/tmp/it.sbrec"_s);
    QVERIFY(console.recorder.from == SystemTime(Millis(newest - 600'000)));
    QVERIFY(console.recorder.to == SystemTime(Millis(newest - 480'000)));
}

void TestFlightRecorder::pagesAskForWhatTheyShow()
{
    RecordingConsole console;
    // From a change of a breaker: ten minutes before it, and five after where there are so many.
    console.window.showPage(u"providers"_s);
    auto *log = console.window.findChild<ListView *>(u"transitions"_s);
    QVERIFY(log != nullptr && log->model()->rowCount() > 0);
    log->setCurrentIndex(log->model()->index(0, 0));
    Q_EMIT log->customContextMenuRequested(QPoint(5, 5));
    auto *menu = log->findChild<QMenu *>();
    QVERIFY(menu != nullptr);
    menu->actions().last()->trigger();
    menu->close();
    console.choose(u"/tmp/breaker.sbrec"_s);
    const auto &changes = console.window.state().snapshot()->transitions;
    QVERIFY(console.recorder.from == std::chrono::floor<Millis>(changes.back().at) - Seconds(600));
    QVERIFY(console.recorder.to > console.recorder.from + Seconds(600));
    QVERIFY(console.recorder.to <= console.source.now());
    // From an alert.
    console.window.showPage(u"alerts"_s);
    auto *record = console.window.findChild<QPushButton *>(u"record"_s);
    QVERIFY(record != nullptr);
    QTRY_VERIFY(record->isEnabled());
    QTest::keyClick(record, Qt::Key_Space);
    console.choose(u"/tmp/alert.sbrec"_s);
    QCOMPARE(console.recorder.into, u"/tmp/alert.sbrec"_s);
    QVERIFY(console.recorder.to - console.recorder.from >= Seconds(600));
    // Of the requests' period.
    console.window.showPage(u"requests"_s);
    const qint64 newest = newestMs(*console.window.state().snapshot());
    console.window.view().setFixed(newest - 300'000, newest - 240'000);
    auto *page = console.window.findChild<Page *>(u"requests"_s);
    const auto menus = page->findChildren<QMenu *>();
    QAction *period = nullptr;
    for (const QMenu *each : menus) {
        for (QAction *action : each->actions()) {
            period = action->text().startsWith(u"Recording"_s) ? action : period;
        }
    }
    QVERIFY(period != nullptr);
    period->trigger();
    console.choose(u"/tmp/period.sbrec"_s);
    QVERIFY(console.recorder.to - console.recorder.from == Seconds(60));
}

void TestFlightRecorder::whatCameOfItIsSaid()
{
    RecordingConsole console;
    MadeRecording made{.path = u"/tmp/it.sbrec"_s,
                       .bytes = 1'250'000,
                       .requests = 2311,
                       .requestsLeftOut = 0,
                       .ledgerProblem = {}};
    Q_EMIT console.recorder.made(made);
    QVERIFY(console.notices().text().contains(u"/tmp/it.sbrec"_s));
    QVERIFY(console.notices().text().contains(u"2,311 requests"_s));
    console.notices().press();
    QCOMPARE(console.recorder.shown, u"/tmp/it.sbrec"_s);
    made.requestsLeftOut = 40;
    made.ledgerProblem = u"disk_full"_s;
    Q_EMIT console.recorder.made(made);
    QVERIFY(console.notices().text().contains(u"40 older ones did not fit"_s));
    QVERIFY(console.notices().text().contains(u"disk_full"_s));
    Q_EMIT console.recorder.failed(u"There is no room."_s);
    QCOMPARE(console.notices().text(), u"There is no room."_s);
}

void TestFlightRecorder::whereItCannotTheMenuSaysWhy()
{
    const Console none;
    QVERIFY(!none.window.actionSet().recordRecent->isEnabled());
    QVERIFY(!none.window.actionSet().openRecording->isEnabled());
    QVERIFY(!none.window.actionSet().recordRecent->statusTip().isEmpty());

    RecordingConsole console;
    console.recorder.why = u"A viewer makes no recordings."_s;
    Q_EMIT console.source.connectionChanged();
    QVERIFY(!console.window.actionSet().recordRange->isEnabled());
    QCOMPARE(console.window.actionSet().recordRange->statusTip(), console.recorder.why);
    QVERIFY(console.window.actionSet().openRecording->isEnabled()); // reading is no making
    // A page's button may be there all the same.
    Q_EMIT console.window.findChild<Page *>(u"alerts"_s)->recordAsked(0, 1000);
    QCOMPARE(console.notices().text(), console.recorder.why);
    QVERIFY(console.window.findChild<QFileDialog *>() == nullptr);
}

void TestFlightRecorder::aRecordingOfTheDemoIsTheDemo()
{
    QVERIFY(!demoBytes().isEmpty());
    QVERIFY(!demoBytes().contains(kToken));
    QCOMPARE(QFile::permissions(path(u"demo.sbrec"_s))
                 & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());
    const auto file = app::RecordingFile::open(path(u"demo.sbrec"_s));
    QVERIFY2(file.ok(), qPrintable(file.ok() ? QString() : file.error()));
    const runtime::Recording &recording = (*file)->recording();
    QVERIFY(recording.whole);
    QVERIFY(recording.counts.requests >= 30);
    QCOMPARE(recording.configText, m_demo->service->configState()->text);
    QVERIFY(!recording.snapshot.providers.empty());
    QVERIFY(recording.snapshot.seconds != nullptr);
    QCOMPARE(recording.snapshot.seconds->byProvider.size(), recording.snapshot.providers.size());

    app::LocalLedger there(runtime::ledgerPath(m_demo->folder.path().toStdString()));
    app::LocalLedger here((*file)->ledgerPath());
    RequestFilter filter;
    filter.since = recording.header.period.since;
    filter.until = recording.header.period.until;
    filter.limit = 1000;
    filter.withDecision = true;
    const auto recorded = requestsIn(here, filter);
    QCOMPARE(static_cast<std::int64_t>(recorded.size()), recording.counts.requests);
    // Some that arrived in the period may have ended after it was recorded.
    for (const RequestRecord &record : recorded) {
        const auto original = answerOf<std::optional<RequestRecord>>(
            [&](auto then) { return there.request(record.id, then); });
        QVERIFY(original.ok() && original->has_value());
        QCOMPARE(record, **original);
    }
    QCOMPARE((*file)->latest().back()->id, recorded.front().id);
}

void TestFlightRecorder::aFarGatewayMakesThemToo()
{
    app::FakeKeychain keychainBackend;
    app::Keychain keychain(keychainBackend);
    app::RemoteOptions options;
    options.address = QUrl(QString::fromStdString(m_demo->service->url()));
    app::RemoteSource source(options, Secret(kToken), keychain);
    app::RemoteRecorder recorder(source, options.tls);
    QVERIFY(!recorder.whyNot().isEmpty()); // not connected yet
    QTRY_VERIFY_WITH_TIMEOUT(recorder.whyNot().isEmpty(), kPatienceMs);
    QSignalSpy made(&recorder, &Recorder::made);
    recorder.record(m_begun, runtime::readClock().system, path(u"far.sbrec"_s));
    QVERIFY(QTest::qWaitFor([&] { return !made.isEmpty(); }, kPatienceMs));
    const auto file = app::RecordingFile::open(path(u"far.sbrec"_s));
    QVERIFY(file.ok() && (*file)->recording().whole);
    QCOMPARE(QString::fromStdString((*file)->recording().header.gateway),
             options.address.toString());
    // A period that makes no sense is refused by the gateway, in its words.
    QSignalSpy failed(&recorder, &Recorder::failed);
    recorder.record(m_begun, m_begun - Seconds(1), path(u"none.sbrec"_s));
    QVERIFY(QTest::qWaitFor([&] { return !failed.isEmpty(); }, kPatienceMs));
    QVERIFY(!QFile::exists(path(u"none.sbrec"_s)));
    // Nor can it be written where a file stands in the way.
    recorder.record(m_begun, runtime::readClock().system, path(u"far.sbrec/in.sbrec"_s));
    QVERIFY(QTest::qWaitFor([&] { return failed.size() > 1; }, kPatienceMs));
}

void TestFlightRecorder::anOpenOneMakesNone()
{
    app::FileRecorder opener([](const QString &) { return true; });
    QVERIFY(!opener.whyNot().isEmpty());
    QSignalSpy failed(&opener, &Recorder::failed);
    opener.record({}, {}, path(u"x.sbrec"_s));
    QVERIFY(QTest::qWaitFor([&] { return !failed.isEmpty(); }, kPatienceMs));
}

void TestFlightRecorder::aWindowOpensOnIt()
{
    QVERIFY(!demoBytes().isEmpty());
    const auto file = app::RecordingFile::open(path(u"demo.sbrec"_s));
    QVERIFY(file.ok());
    app::RecordingSource source(**file);
    app::RecordingConfig config(**file);
    app::RemoteSettings settings(source);
    app::LocalLedger ledger((*file)->ledgerPath());
    app::FileRecorder recorder([](const QString &) { return true; });
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .source = &settings,
                          .config = &config,
                          .recorder = &recorder,
                          .ledger = &ledger});
    window.show();
    QVERIFY(QTest::qWaitFor([&] { return window.state().snapshot() != nullptr; }, kFedWithinMs));
    QTest::qWait(kSettleMs);
    auto *bar = window.findChild<ConnectionBar *>();
    QVERIFY(bar->isVisible());
    QVERIFY2(bar->text().startsWith(u"Recording of "_s), qPrintable(bar->text()));
    QVERIFY(window.windowTitle().contains(u"Recording of "_s));
    QVERIFY(window.statusText().contains(u"Recorded at"_s));
    QVERIFY(!window.actionSet().recordRecent->isEnabled());
    QVERIFY(!window.actionSet().setUp->isEnabled());
    QVERIFY(!source.whyNoCommands().isEmpty());

    // Every page stands on it.
    const auto pages = window.findChildren<Page *>();
    for (const Page *page : pages) {
        window.showPage(page->objectName());
        QTest::qWait(50);
        QCOMPARE(window.currentPage(), page->objectName());
    }
    window.showPage(u"requests"_s);
    const auto &period = (*file)->recording().header.period;
    const auto msOf = [](SystemTime time) {
        return std::chrono::floor<Millis>(time.time_since_epoch()).count();
    };
    window.view().setFixed(msOf(period.since), msOf(period.until) + 1000);
    auto *page = window.findChild<Page *>(u"requests"_s);
    const auto rowsShown = [page] {
        int rows = 0;
        for (const ListView *list : page->findChildren<ListView *>()) {
            rows = std::max(rows, list->isVisible() ? list->model()->rowCount() : 0);
        }
        return rows;
    };
    QTRY_VERIFY_WITH_TIMEOUT(rowsShown() > 5, kPatienceMs);

    // Acts and changes are refused in words.
    QSignalSpy finished(&source, &ConsoleSource::commandFinished);
    BreakerCommand drain;
    drain.id = 7;
    drain.action = BreakerAction::Drain;
    drain.target = TargetId("qwen/qwen-plus");
    source.send(drain);
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().at(1).toBool(), false);
    QVERIFY(!finished.first().at(2).toString().isEmpty());
    QVERIFY(!config.running().whyFixed.isEmpty());
    QVERIFY(config.running().settings != nullptr);
    QSignalSpy applied(&config, &ConfigSource::applied);
    config.apply(1, u"x"_s, {}, {});
    QVERIFY(applied.wait());
    QCOMPARE(applied.first().at(1).value<ApplyOutcome>().kind, ApplyOutcome::Kind::Failed);
    QSignalSpy explained(&config, &ConfigSource::explained);
    config.explain(2, "{}", {});
    QVERIFY(explained.wait());
    QVERIFY(!explained.first().at(1).value<Explanation>().problem.isEmpty());
    QSignalSpy revision(&config, &ConfigSource::revisionArrived);
    config.askRevision(3, 999);
    QVERIFY(revision.wait());
    QVERIFY(!revision.first().at(3).toString().isEmpty());
}

void TestFlightRecorder::aFileThatIsNoneIsRefusedInWords_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("text") << QByteArray("hello") << u"is no recording"_s;
    QTest::newRow("empty") << QByteArray() << u"is no recording"_s;
    QByteArray damaged = demoBytes();
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    QTest::newRow("damaged") << damaged << u"is damaged"_s;
    QTest::newRow("head only") << demoBytes().left(20) << u"is cut off"_s;
}

void TestFlightRecorder::aFileThatIsNoneIsRefusedInWords()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    QFile file(path(u"odd.sbrec"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const auto opened = app::RecordingFile::open(file.fileName());
    QVERIFY(!opened.ok());
    QVERIFY2(opened.error().contains(words), qPrintable(opened.error()));
    QVERIFY(opened.error().startsWith(u"odd.sbrec"_s));
    // The same is said by a menu that opens it.
    app::FileRecorder recorder([](const QString &) { return true; });
    QSignalSpy failed(&recorder, &Recorder::failed);
    QSignalSpy shown(&recorder, &Recorder::opened);
    recorder.open(file.fileName());
    QVERIFY(QTest::qWaitFor([&] { return !failed.isEmpty(); }, kPatienceMs));
    QCOMPARE(failed.first().first().toString(), opened.error());
    QVERIFY(shown.isEmpty());
}

void TestFlightRecorder::aCutOneIsShownAndSaysSo()
{
    QFile file(path(u"cut.sbrec"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(demoBytes().chopped(100));
    file.close();
    const auto opened = app::RecordingFile::open(file.fileName());
    QVERIFY2(opened.ok(), qPrintable(opened.ok() ? QString() : opened.error()));
    const app::RecordingSource source(**opened);
    QVERIFY2(source.connection().problem.contains(u"cut off"_s),
             qPrintable(source.connection().problem));
}

void TestFlightRecorder::openingOneStartsAnotherWindow()
{
    QVERIFY(!demoBytes().isEmpty());
    QString launched;
    bool works = true;
    app::FileRecorder recorder([&](const QString &path) {
        launched = path;
        return works;
    });
    QSignalSpy opened(&recorder, &Recorder::opened);
    QSignalSpy failed(&recorder, &Recorder::failed);
    recorder.open(path(u"demo.sbrec"_s));
    QVERIFY(QTest::qWaitFor([&] { return !opened.isEmpty(); }, kPatienceMs));
    QCOMPARE(launched, path(u"demo.sbrec"_s));
    works = false;
    recorder.open(path(u"demo.sbrec"_s));
    QVERIFY(QTest::qWaitFor([&] { return !failed.isEmpty(); }, kPatienceMs));
}

QTEST_MAIN(TestFlightRecorder)
#include "tst_flight_recorder.moc"
