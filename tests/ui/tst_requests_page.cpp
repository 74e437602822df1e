// SPDX-License-Identifier: GPL-3.0-or-later
// The requests' page over a ledger.
#include "tests/bench/cpu_time.h"
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_ledger.h"
#include "ui/pages/requests_page.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/request_histogram.h"
#include "ui/widgets/saved_filters.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

namespace {

struct Screen
{
    Screen()
    {
        window.resize(1280, 800);
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        window.showPage(u"requests"_s);
        QTest::qWait(kSettleMs);
    }
    template <typename T>
    T *part(const char *name)
    {
        return window.findChild<T *>(QString::fromLatin1(name));
    }

    FixtureSource source{FixtureSource::Scenario::Busy};
    FixtureSettings settings;
    FixtureLedger ledger{source.now()};
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .source = &settings,
                          .ledger = &ledger}};
    QLineEdit *field = part<QLineEdit>("requests.filter");
    ListView *latest = part<ListView>("requestList");
    ListView *past = part<ListView>("pastRequestList");
};

/// Any number of requests, each with its row as its id.
class ManyRequests : public LedgerSource
{
public:
    Asked requests(const RequestFilter &filter, LedgerThen<RequestPage> then) override
    {
        auto takenBack = std::make_shared<std::atomic<bool>>(false);
        QTimer::singleShot(0, [takenBack, filter, then = std::move(then)] {
            if (*takenBack) {
                return;
            }
            const int from = filter.cursor.empty() ? 0 : std::stoi(filter.cursor);
            RequestPage page;
            page.requests.resize(static_cast<std::size_t>(filter.limit));
            for (int i = 0; i < filter.limit; ++i) {
                RequestRecord &record = page.requests[static_cast<std::size_t>(i)];
                record.id = std::to_string(from + i);
                record.attempts.resize(1);
            }
            page.next = std::to_string(from + filter.limit);
            then(page);
        });
        return Asked(takenBack);
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
};

QString textOf(QTreeWidget *tree)
{
    QString text;
    for (QTreeWidgetItemIterator at(tree); *at != nullptr; ++at) {
        text += (*at)->text(0) + u'\n';
    }
    return text;
}

} // namespace

class TestRequestsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheLatestWithoutAFilter();
    void findsInTheLedgerPageByPage();
    void takesTermsAwayByTheirChips();
    void findsNothingByWhatMakesNoSense();
    void aPeriodIsReadFromTheLedger();
    void explainsARequestWithTwoAttempts();
    void saysWhyTheLedgerDoesNotAnswer();
    void completesByKeyboard();
    void standsStillWhileSomebodyReads();
    void barsChooseAPeriod();
    void keepsFilters();
    void writesWhatIsLookedAt();
    void copiesCurl();
    void scrollsThroughAMillion();
};

void TestRequestsPage::showsTheLatestWithoutAFilter()
{
    Screen screen;
    QVERIFY(screen.latest->isVisible() && !screen.past->isVisible());
    QCOMPARE(screen.latest->model()->rowCount(), 60);
    QVERIFY(screen.ledger.asked.limit == kPageDefault); // nobody asked it
}

void TestRequestsPage::findsInTheLedgerPageByPage()
{
    Screen screen;
    screen.field->setText(u"route:code"_s);
    QTRY_COMPARE(screen.past->model()->rowCount(), 200);
    QVERIFY(screen.past->isVisible());
    QCOMPARE(screen.ledger.asked.route, std::string("code"));
    QVERIFY(!screen.ledger.asked.since); // a live range looks at all there is
    screen.past->scrollToBottom();
    QTRY_VERIFY(screen.past->model()->rowCount() > 200);
    // What came was further down: the reader stays where he was.
    QVERIFY(screen.past->rowAt(0) < 200);
    screen.field->clear();
    QTRY_VERIFY(screen.latest->isVisible());
}

void TestRequestsPage::takesTermsAwayByTheirChips()
{
    Screen screen;
    screen.field->setText(u"route:code provider:anthropic"_s);
    auto *chip = screen.part<QAbstractButton>("chip.0");
    QVERIFY(chip != nullptr && chip->isVisible());
    QCOMPARE(chip->accessibleName(), u"Take route:code away"_s);
    chip->click();
    QCOMPARE(screen.field->text(), u"provider:anthropic"_s);
    QTRY_COMPARE(screen.ledger.asked.provider, std::string("anthropic"));
    QVERIFY(screen.ledger.asked.route.empty());
}

void TestRequestsPage::findsNothingByWhatMakesNoSense()
{
    Screen screen;
    screen.field->setText(u"route:code status:bad"_s);
    auto *trouble = screen.part<QLabel>("requests.trouble");
    QVERIFY(trouble->isVisible() && trouble->text().contains(u"5xx"));
    QTest::qWait(kSettleMs);
    QVERIFY(screen.ledger.asked.route.empty()); // it was not asked
    QCOMPARE(screen.past->model()->rowCount(), 0);
    screen.field->setText(u"route:code"_s);
    QVERIFY(!trouble->isVisible());
    QTRY_COMPARE(screen.past->model()->rowCount(), 200);
}

void TestRequestsPage::aPeriodIsReadFromTheLedger()
{
    Screen screen;
    const auto now = std::chrono::floor<Millis>(screen.source.now()).time_since_epoch().count();
    screen.window.view().setFixed(now - 120'000, now - 60'000);
    QTRY_COMPARE(screen.past->model()->rowCount(), 60);
    QVERIFY(screen.past->isVisible());
    screen.window.view().reset();
    QTRY_VERIFY(screen.latest->isVisible());
}

void TestRequestsPage::explainsARequestWithTwoAttempts()
{
    Screen screen;
    screen.field->setText(u"route:chat-default"_s);
    QTRY_COMPARE(screen.past->model()->rowCount(), 200);
    auto *panel = screen.part<QWidget>("explain");
    auto *tree = screen.part<QTreeWidget>("explain.tree");
    QVERIFY(!panel->isVisible());
    screen.past->setFocus();
    screen.past->setCurrentIndex(screen.past->model()->index(0, 0));
    QTest::keyClick(screen.past, Qt::Key_Return);
    QVERIFY(panel->isVisible());
    // The decision is not in the row: it is asked for.
    QTRY_VERIFY(textOf(tree).contains(u"drew 0.8700"));
    const QString text = textOf(tree);
    for (const QString &words : {u"left out"_s,
                                 u"1. deepseek/deepseek-chat: 503"_s,
                                 u"2. anthropic/claude-sonnet-4-5: 200"_s,
                                 u"because attempt 1 ended"_s,
                                 u"Sum: $0.004251, as the ledger has it"_s,
                                 u"Wasted: $0.0009"_s}) {
        QVERIFY2(text.contains(words), qPrintable(words + u"\nis not in\n"_s + text));
    }
    // The next row is explained as the keys go there.
    screen.past->setCurrentIndex(screen.past->model()->index(1, 0));
    QTRY_VERIFY(!textOf(tree).contains(u"deepseek/deepseek-chat: 503"));
    screen.part<QPushButton>("explain.close")->click();
    QVERIFY(!panel->isVisible() && screen.past->hasFocus());
}

void TestRequestsPage::saysWhyTheLedgerDoesNotAnswer()
{
    Screen screen;
    screen.ledger.problem = u"The ledger cannot be read: corrupt"_s;
    screen.field->setText(u"route:code"_s);
    const auto says = [&] {
        for (const QLabel *label : screen.window.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(screen.ledger.problem)) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(says());
}

void TestRequestsPage::completesByKeyboard()
{
    Screen screen;
    screen.field->setFocus();
    QTest::keyClicks(screen.field, u"prov"_s);
    auto *completer = screen.part<RequestsPage>("requests")->findChild<QCompleter *>();
    QVERIFY(completer != nullptr);
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(screen.field->text(), u"provider:"_s);
}

/// Statement 61.
void TestRequestsPage::standsStillWhileSomebodyReads()
{
    Screen screen;
    QScrollBar *bar = screen.latest->verticalScrollBar();
    auto *newer = screen.part<QPushButton>("requests.newer");
    QVERIFY(!newer->isVisible());
    const int rows = screen.latest->model()->rowCount();
    bar->setValue(5 * screen.latest->rowPitch());
    screen.source.advance(Seconds(1), 41);
    QTRY_VERIFY(newer->isVisible());
    QVERIFY2(newer->text().startsWith(u"41 new"), qPrintable(newer->text()));
    QCOMPARE(screen.latest->model()->rowCount(), rows);
    QCOMPARE(bar->value(), 5 * screen.latest->rowPitch());
    screen.latest->setFocus();
    QTest::keyClick(screen.latest, Qt::Key_End);
    QCOMPARE(screen.latest->model()->rowCount(), rows + 41);
    QCOMPARE(bar->value(), 0);
    QVERIFY(!newer->isVisible());
    // The same by hand, at the top.
    auto *hold = screen.part<QToolButton>("requests.hold");
    hold->click();
    screen.source.advance(Seconds(1), 3);
    QTRY_VERIFY(newer->isVisible());
    newer->click();
    QCOMPARE(screen.latest->model()->rowCount(), rows + 44);
    QVERIFY(!hold->isChecked());
}

void TestRequestsPage::barsChooseAPeriod()
{
    Screen screen;
    auto *bars = screen.part<RequestHistogram>("requests.histogram");
    QTRY_VERIFY(!bars->buckets().empty());
    std::int64_t total = 0;
    for (const HistogramBucket &bucket : bars->buckets()) {
        total += bucket.requests;
    }
    QVERIFY2(total >= 290 && total <= 300, qPrintable(QString::number(total))); // five minutes
    const int y = bars->height() / 2;
    QTest::mousePress(bars, Qt::LeftButton, {}, QPoint(bars->width() / 2, y));
    QTest::mouseMove(bars, QPoint(bars->width() * 3 / 4, y));
    QTest::mouseRelease(bars, Qt::LeftButton, {}, QPoint(bars->width() * 3 / 4, y));
    const TimeRange dragged = screen.window.view().range();
    QVERIFY(!dragged.isLive());
    QVERIFY2(dragged.spanMs > 70'000 && dragged.spanMs < 80'000,
             qPrintable(QString::number(dragged.spanMs)));
    QTRY_VERIFY(screen.past->isVisible() && screen.past->model()->rowCount() > 60);
    // And by keys.
    screen.window.view().reset();
    QTRY_VERIFY(bars->buckets().size() > 10);
    bars->setFocus();
    QTest::keyClick(bars, Qt::Key_Left);
    QVERIFY(bars->accessibleDescription().contains(u"requests"));
    QTest::keyClick(bars, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(bars, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(bars, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(bars, Qt::Key_Return);
    QVERIFY(!screen.window.view().range().isLive());
}

void TestRequestsPage::keepsFilters()
{
    const QTemporaryDir dir;
    QSettings settings(dir.filePath(u"kept.ini"_s), QSettings::IniFormat);
    FixtureSource source{FixtureSource::Scenario::Busy};
    FixtureLedger ledger{source.now()};
    const ConsoleOptions options{.clock = [&source] { return source.now(); },
                                 .settings = &settings,
                                 .ledger = &ledger};
    const auto entry = [](SavedFilters *saved, const QString &text) {
        Q_EMIT saved->menu()->aboutToShow();
        const auto actions = saved->menu()->actions();
        const auto at = std::ranges::find(actions, text, &QAction::text);
        return at == actions.end() ? nullptr : *at;
    };
    {
        ConsoleWindow window(source, options);
        auto *saved = window.findChild<SavedFilters *>();
        QVERIFY(!entry(saved, u"Save This Filter"_s)->isEnabled());
        window.findChild<QLineEdit *>(u"requests.filter"_s)->setText(u"route:code status:bad"_s);
        QVERIFY(!entry(saved, u"Save This Filter"_s)->isEnabled()); // it makes no sense
        window.findChild<QLineEdit *>(u"requests.filter"_s)->setText(u"route:code"_s);
        entry(saved, u"Save “route:code”"_s)->trigger();
    }
    ConsoleWindow window(source, options);
    auto *saved = window.findChild<SavedFilters *>();
    entry(saved, u"route:code"_s)->trigger();
    QCOMPARE(window.findChild<QLineEdit *>(u"requests.filter"_s)->text(), u"route:code"_s);
    entry(saved, u"Forget"_s)->menu()->actions().first()->trigger();
    QVERIFY(saved->filters().isEmpty());
}

void TestRequestsPage::writesWhatIsLookedAt()
{
    Screen screen;
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"requests.jsonl"_s);
    screen.field->setText(u"route:code"_s);
    QTRY_COMPARE(screen.past->model()->rowCount(), 200);
    screen.part<RequestsPage>("requests")->exportTo(RequestFormat::JsonLines, path);
    auto *notice = screen.part<NoticeBar>("requests.notice");
    QTRY_VERIFY2(notice->text().contains(u"500 requests written"), qPrintable(notice->text()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 500); // all, not the 200 that are listed
}

void TestRequestsPage::copiesCurl()
{
    Screen screen;
    screen.field->setText(u"route:chat-default"_s);
    QTRY_COMPARE(screen.past->model()->rowCount(), 200);
    screen.past->setFocus();
    screen.past->setCurrentIndex(screen.past->model()->index(0, 0));
    QTest::keyClick(screen.past, Qt::Key_Return);
    screen.part<QPushButton>("explain.curl")->click();
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains(u"/v1/chat/completions") && command.contains(u"$SIGNALBOX_KEY")
                 && command.contains(u"\"model\":\"chat-default\""),
             qPrintable(command));
    screen.part<QPushButton>("explain.try")->click();
    QCOMPARE(screen.window.currentPage(), u"playground"_s);
}

/// Goal: a million rows are scrolled through, there and back, without a turn that is felt, and without
/// keeping them. CPU time of this thread: the machine may have others to serve.
void TestRequestsPage::scrollsThroughAMillion()
{
    constexpr int kMany = 1'000'000;
    ManyRequests ledger;
    PastRequests model;
    model.setLedger(ledger);
    ListView list(u"many"_s, u"Many"_s);
    list.setModel(&model);
    list.setColumnWidths(QList<int>(RequestsModel::ColumnCount, 8));
    list.resize(1000, 600);
    list.show();
    model.look({});
    double longest = 0;
    const auto turn = [&longest](const auto &act) {
        const double before = bench::threadMs();
        act();
        QCoreApplication::processEvents();
        longest = std::max(longest, bench::threadMs() - before);
    };
    while (model.rowCount() < kMany && model.state() != PastRequests::State::Failed) {
        turn([&list] { list.scrollToBottom(); });
    }
    QVERIFY(model.rowCount() >= kMany);
    QVERIFY(model.kept() <= PastRequests::kPageRows * PastRequests::kPagesKept);
    QScrollBar *bar = list.verticalScrollBar();
    for (int i = 0; i < 400; ++i) { // and back, by leaps
        turn([&] { bar->setValue(bar->maximum() / 400 * (400 - i)); });
    }
    bar->setValue(bar->maximum() / 2);
    const int row = list.rowAt(5);
    QTRY_VERIFY(model.recordAt(row) != nullptr);
    QCOMPARE(model.recordAt(row)->id, std::to_string(row));
    qInfo("longest turn %.1f ms of CPU", longest);
    QVERIFY2(longest < 50, qPrintable(QString::number(longest)));
}

QTEST_MAIN(TestRequestsPage)
#include "tst_requests_page.moc"
