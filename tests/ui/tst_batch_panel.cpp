// SPDX-License-Identifier: GPL-3.0-or-later
// Batches on the page: set up, run, paused, halted, taken up again, read, exported.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_batch.h"
#include "tests/ui/support/fixture_playground.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/batch_form.h"
#include "ui/pages/batch_panel.h"
#include "ui/pages/playground_page.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/turn_list.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;
using State = BatchSession::State;

namespace {

struct Desk
{
    explicit Desk(int prompts = 6)
    {
        window = std::make_unique<ConsoleWindow>(source,
                                                 ConsoleOptions{.clock =
                                                                    [this] { return source.now(); },
                                                                .playground = &playground,
                                                                .batch = &gateway,
                                                                .judgements = &store});
        window->show();
        (void)QTest::qWaitFor([this] { return window->state().snapshot() != nullptr; },
                              kFedWithinMs);
        window->showPage(u"playground"_s);
        page = window->findChild<PlaygroundPage *>();
        page->session().setModel(0, u"openai/gpt-4.1"_s);
        page->session().setModel(1, u"anthropic/claude-haiku-4-5"_s);
        page->setMode(PlaygroundMode::Batch);
        QFile file(path());
        (void)file.open(QIODevice::WriteOnly);
        for (int i = 0; i < prompts; ++i) {
            file.write("{\"prompt\":\"Question " + QByteArray::number(i) + "\",\"kind\":\"x\"}\n");
        }
    }

    [[nodiscard]] QString path() const { return folder.filePath(u"prompts.jsonl"_s); }
    BatchSession &batch() { return page->batchSession(); }
    template <class T>
    T *part(const QString &name) const
    {
        return page->findChild<T *>(u"batch."_s + name);
    }
    void begin()
    {
        page->batchPanel()->load(path());
        part<QPushButton>(u"start"_s)->click();
    }
    /// Answers what waits, \p count of it, until all of that is kept.
    void answer(int count, const char *cost = "0.002")
    {
        for (int i = 0; i < count; ++i) {
            QTRY_VERIFY(!gateway.waiting().empty());
            const int before = batch().run()->done();
            gateway.answer(u"fine"_s, cost);
            QTRY_VERIFY(batch().run()->done() > before);
        }
    }
    QString progress() const
    {
        QTest::qWait(kSettleMs);
        return part<QLabel>(u"progress"_s)->text();
    }

    QTemporaryDir folder;
    FixtureSource source;
    FixturePlayground playground;
    FixtureBatch gateway;
    FixtureStore store;
    std::unique_ptr<ConsoleWindow> window;
    PlaygroundPage *page = nullptr;
};

} // namespace

class TestBatchPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAFileOverTheColumns();
    void saysWhatIsInTheWay();
    void refusesFiles();
    void checksAreWrittenAndSaid();
    void pausesAndGoesOn();
    void stopsAtItsBudgetAndTakesAnother();
    void aBudgetWithoutPricesStops();
    void goesOnAfterARestart();
    void whatWasNotSentIsNotAnswered();
    void stopsWhenNothingCanBeKept();
    void sendsFailedOnesAgain();
    void aSlotIsFreeWhenItsAnswerIsKept();
    void answersAreRead();
    void judgesAreShown();
    void exportsBothKinds();
    void forgetsABatch();
    void worksByKeysAndHasNames();
};

void TestBatchPanel::runsAFileOverTheColumns()
{
    Desk desk;
    desk.page->batchPanel()->load(desk.path());
    QVERIFY(desk.part<QLabel>(u"file"_s)->text().contains(u"6 prompts"_s));
    desk.part<QSpinBox>(u"atOnce"_s)->setValue(3);
    auto *start = desk.part<QPushButton>(u"start"_s);
    QVERIFY(start->isEnabled());
    start->click();
    QCOMPARE(desk.gateway.waiting().size(), std::size_t(3));
    QCOMPARE(desk.gateway.waiting()[0].body.value(u"model"_s).toString(), u"openai/gpt-4.1"_s);
    QCOMPARE(desk.gateway.waiting()[1].body.value(u"model"_s).toString(),
             u"anthropic/claude-haiku-4-5"_s);
    QVERIFY(desk.gateway.waiting()[2].body.value(u"messages"_s)[0][u"content"_s].toString()
            == u"Question 1"_s);
    desk.answer(5);
    const QString progress = desk.progress();
    QVERIFY2(progress.contains(u"5 of 12"_s) && progress.contains(u"left"_s), qPrintable(progress));
    QVERIFY(progress.contains(u"to go"_s) && progress.contains(u'~'));
    desk.answer(7);
    QCOMPARE(desk.batch().state(), State::Over);
    QVERIFY(desk.progress().contains(u"done"_s));
    QVERIFY(desk.gateway.waiting().empty());
    QCOMPARE(desk.gateway.count(), 12);
    auto *totals = desk.part<ListView>(u"totals"_s);
    QCOMPARE(totals->model()->rowCount(), 2);
    QCOMPARE(totals->model()->index(0, 2).data().toString(), u"6"_s);
    QVERIFY(totals->model()->index(0, 5).data().toString().contains(u"–"_s)); // with its interval
}

void TestBatchPanel::saysWhatIsInTheWay()
{
    Desk desk;
    auto *start = desk.part<QPushButton>(u"start"_s);
    auto *summary = desk.part<QLabel>(u"summary"_s);
    QVERIFY(!start->isEnabled());
    QVERIFY(summary->text().contains(u"file of prompts"_s));
    desk.page->batchPanel()->load(desk.path());
    QVERIFY(start->isEnabled());
    desk.page->session().setTurns({{TurnRole::User, u"{{nothing}}"_s}});
    QTRY_VERIFY(!start->isEnabled());
    QVERIFY(summary->text().contains(u"{{nothing}}"_s));
    desk.page->session().setTurns({{TurnRole::User, u"{{prompt}}"_s}});
    QTRY_VERIFY(start->isEnabled());
    desk.part<QLineEdit>(u"budget"_s)->setText(u"much"_s);
    QVERIFY(!start->isEnabled());
    desk.part<QLineEdit>(u"budget"_s)->setText(u"$1.50"_s);
    QVERIFY(start->isEnabled());
    desk.gateway.setWhyNot(u"The gateway does not answer."_s);
    QTRY_VERIFY(!start->isEnabled());
    QCOMPARE(desk.part<QLabel>(u"summary"_s)->text(), u"The gateway does not answer."_s);
}

void TestBatchPanel::refusesFiles()
{
    Desk desk;
    auto *notice = desk.page->findChild<NoticeBar *>(u"playground.notice"_s);
    desk.page->batchPanel()->load(desk.folder.filePath(u"none.csv"_s));
    QVERIFY(notice->text().contains(u"cannot be read"_s));
    QFile broken(desk.folder.filePath(u"broken.jsonl"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"a\":1}\nno\n");
    broken.close();
    desk.page->batchPanel()->load(broken.fileName());
    QVERIFY(notice->text().contains(u"Line 2"_s));
    QVERIFY(!desk.part<QPushButton>(u"start"_s)->isEnabled());
}

void TestBatchPanel::checksAreWrittenAndSaid()
{
    Desk desk;
    desk.page->batchPanel()->load(desk.path());
    desk.part<QPushButton>(u"addCheck"_s)->click();
    auto *start = desk.part<QPushButton>(u"start"_s);
    QVERIFY(!start->isEnabled()); // it says nothing yet
    auto *value = desk.part<QLineEdit>(u"check.0.value"_s);
    QVERIFY(value->hasFocus() || desk.window->focusWidget() == value);
    auto *kind = desk.part<QComboBox>(u"check.0.kind"_s);
    kind->setCurrentIndex(kind->findData(static_cast<int>(CheckKind::Matches)));
    value->setText(u"(fin"_s);
    auto *problem = desk.part<QLabel>(u"check.0.problem"_s);
    QTRY_VERIFY(problem->isVisible());
    value->setText(u"fin."_s);
    QVERIFY(!problem->isVisible() && start->isEnabled());
    desk.page->batchPanel()->form()->addCheck({CheckKind::CostMax, u"0.001"_s});
    desk.begin();
    desk.answer(12);
    QTest::qWait(kSettleMs);
    auto *matrix = desk.part<ListView>(u"matrix"_s);
    const QModelIndex cell = matrix->model()->index(0, BatchModel::Answers);
    QCOMPARE(cell.data(RequestsModel::ToneRole).toInt(), int(RequestsModel::Bad));
    QVERIFY(cell.data(Qt::AccessibleTextRole).toString().contains(u"not: cost at most"_s));
    const QModelIndex passed = desk.part<ListView>(u"totals"_s)->model()->index(0, 4);
    QVERIFY(passed.data().toString().startsWith(u"0"_s));
    QVERIFY(passed.data(Qt::ToolTipRole).toString().contains(u"100"_s)); // of the expression
    QVERIFY(desk.part<QLabel>(u"summary"_s)->text().contains(u"2 checks"_s));
    desk.part<QPushButton>(u"discard"_s)->click();
    desk.part<QToolButton>(u"check.0.remove"_s)->click();
    QCOMPARE(desk.page->batchPanel()->form()->filled({}).checks.size(), std::size_t(1));
}

void TestBatchPanel::pausesAndGoesOn()
{
    Desk desk;
    desk.begin();
    desk.answer(2);
    QTest::qWait(kSettleMs);
    desk.part<QPushButton>(u"pause"_s)->click();
    QCOMPARE(desk.batch().state(), State::Pausing);
    QVERIFY(desk.progress().contains(u"4 in the air"_s));
    desk.answer(4);
    QVERIFY(desk.gateway.waiting().empty());
    QCOMPARE(desk.batch().state(), State::Paused);
    QVERIFY(desk.progress().contains(u"paused"_s));
    desk.window->actionSet().playgroundRun->trigger();
    QCOMPARE(desk.batch().state(), State::Running);
    desk.answer(6);
    QCOMPARE(desk.gateway.count(), 12);
    QCOMPARE(desk.batch().state(), State::Over);
}

void TestBatchPanel::stopsAtItsBudgetAndTakesAnother()
{
    Desk desk;
    desk.part<QLineEdit>(u"budget"_s)->setText(u"0.006"_s);
    desk.part<QSpinBox>(u"atOnce"_s)->setValue(2);
    desk.begin();
    desk.answer(4); // three reach it, one was in the air
    QTRY_COMPARE(desk.batch().state(), State::Halted);
    QVERIFY(desk.gateway.waiting().empty());
    QCOMPARE(desk.batch().run()->spent(), Money::fromDecimal("0.008"));
    QVERIFY(desk.progress().contains(u"budget is spent"_s));
    auto *budget = desk.part<QLineEdit>(u"newBudget"_s);
    QVERIFY(budget->isVisible());
    budget->setText(u"plenty"_s);
    desk.part<QPushButton>(u"start"_s)->click();
    QCOMPARE(desk.batch().state(), State::Halted);
    budget->setText(u"0.010"_s);
    desk.part<QPushButton>(u"start"_s)->click();
    QCOMPARE(desk.gateway.waiting().size(), std::size_t(2));
    QCOMPARE(desk.store.content().plan->budget, Money::fromDecimal("0.01"));
    desk.answer(2);
    QTRY_COMPARE(desk.batch().state(), State::Halted);
    QTest::qWait(kSettleMs);
    budget->clear();
    desk.part<QPushButton>(u"start"_s)->click(); // with none
    desk.answer(6);
    QCOMPARE(desk.batch().state(), State::Over);
}

void TestBatchPanel::aBudgetWithoutPricesStops()
{
    Desk desk;
    desk.part<QLineEdit>(u"budget"_s)->setText(u"1"_s);
    desk.part<QSpinBox>(u"atOnce"_s)->setValue(1);
    desk.begin();
    desk.answer(1, "unknown");
    QTRY_COMPARE(desk.batch().state(), State::Halted);
    const QString progress = desk.progress();
    QVERIFY2(progress.contains(u"price is not known"_s) && progress.contains(u"1 × n/a"_s),
             qPrintable(progress));
}

/// What was kept is not asked again; the rest is, once.
void TestBatchPanel::goesOnAfterARestart()
{
    KeptJudgements kept;
    {
        Desk desk;
        desk.begin();
        desk.answer(5);
        kept = desk.store.content(); // and the end, with four in the air
    }
    QVERIFY(kept.plan.has_value());
    QCOMPARE(kept.answers.size(), std::size_t(5));
    Desk desk;
    desk.store.content() = kept;
    desk.store.load();
    QCOMPARE(desk.batch().state(), State::Paused); // nobody is billed unasked
    QVERIFY(desk.gateway.waiting().empty());
    QVERIFY(desk.progress().contains(u"5 of 12"_s));
    QVERIFY(desk.part<ListView>(u"matrix"_s)->isVisible());
    desk.part<QPushButton>(u"start"_s)->click();
    desk.answer(7);
    QCOMPARE(desk.gateway.count(), 7);
    QCOMPARE(desk.batch().state(), State::Over);
    QCOMPARE(desk.store.content().answers.size(), std::size_t(12));
}

void TestBatchPanel::whatWasNotSentIsNotAnswered()
{
    Desk desk;
    desk.part<QSpinBox>(u"atOnce"_s)->setValue(1);
    desk.begin();
    desk.gateway.answer({.failure = u"The gateway was not reached: refused."_s}, false);
    QCOMPARE(desk.batch().state(), State::Paused);
    QVERIFY(desk.progress().contains(u"was not reached"_s));
    QCOMPARE(desk.batch().run()->done(), 0);
    QVERIFY(desk.store.content().answers.empty());
    desk.part<QPushButton>(u"start"_s)->click();
    QVERIFY(!desk.progress().contains(u"was not reached"_s));
    desk.answer(12);
    QCOMPARE(desk.batch().state(), State::Over);
}

void TestBatchPanel::stopsWhenNothingCanBeKept()
{
    Desk desk;
    desk.begin();
    desk.store.setProblem(u"Votes and batches cannot be kept: the disk is full"_s);
    desk.gateway.answer(u"fine"_s);
    QCOMPARE(desk.batch().state(), State::Pausing);
    QCOMPARE(desk.batch().run()->done(), 1); // it was paid for
    QVERIFY(desk.progress().contains(u"disk is full"_s));
    while (!desk.gateway.waiting().empty()) {
        desk.gateway.answer(u"fine"_s);
    }
    QCOMPARE(desk.batch().state(), State::Paused);
    QCOMPARE(desk.gateway.count(), 4);
}

void TestBatchPanel::sendsFailedOnesAgain()
{
    Desk desk(2);
    desk.begin();
    while (desk.batch().run()->done() < 4) {
        QTRY_VERIFY(!desk.gateway.waiting().empty() || desk.batch().run()->done() == 4);
        if (!desk.gateway.waiting().empty()) {
            desk.gateway.answer({.failure = u"no_target_available: all failed"_s});
        }
    }
    QVERIFY(desk.progress().contains(u"4 failed"_s));
    auto *retry = desk.part<QPushButton>(u"retry"_s);
    QVERIFY(retry->isVisible());
    retry->click();
    QCOMPARE(desk.batch().state(), State::Running);
    desk.answer(4);
    QTest::qWait(kSettleMs);
    QVERIFY(!retry->isVisible());
    QCOMPARE(desk.batch().run()->failed(), 0);
}

void TestBatchPanel::aSlotIsFreeWhenItsAnswerIsKept()
{
    Desk desk;
    desk.part<QSpinBox>(u"atOnce"_s)->setValue(2);
    desk.begin();
    QCOMPARE(desk.gateway.count(), 2);
    desk.gateway.answer(u"fine"_s);
    QCOMPARE(desk.gateway.count(), 2); // it is being written
    QTRY_COMPARE(desk.gateway.count(), 3);
}

void TestBatchPanel::answersAreRead()
{
    Desk desk;
    desk.begin();
    desk.answer(3);
    QTest::qWait(kSettleMs);
    auto *matrix = desk.part<ListView>(u"matrix"_s);
    auto *chosen = desk.part<QPlainTextEdit>(u"chosen"_s);
    matrix->setFocus();
    matrix->setCurrentIndex(matrix->model()->index(0, BatchModel::Answers));
    QCOMPARE(chosen->toPlainText(), u"fine"_s);
    const QString title = desk.part<QLabel>(u"chosen.title"_s)->text();
    QVERIFY2(title.contains(u"640 ms"_s) && title.contains(u"$0.002"_s), qPrintable(title));
    QTest::keyClick(matrix, Qt::Key_Down);
    QTest::keyClick(matrix, Qt::Key_Right);
    QCOMPARE(matrix->currentIndex().row(), 1);
    QCOMPARE(chosen->toPlainText(), QString());
    QVERIFY(
        matrix->currentIndex().data(Qt::AccessibleTextRole).toString().contains(u"on its way"_s));
    QCOMPARE(matrix->model()->index(5, BatchModel::Answers).data(Qt::ToolTipRole).toString(),
             u"not asked yet"_s);
}

void TestBatchPanel::judgesAreShown()
{
    Desk desk(5);
    auto *judge = desk.part<QComboBox>(u"judge"_s);
    QVERIFY(judge->count() > 2);
    desk.page->batchPanel()->load(desk.path());
    judge->setCurrentIndex(judge->findData(u"openai/gpt-4.1"_s));
    QVERIFY(judge->currentIndex() > 0);
    desk.part<QLineEdit>(u"criteria"_s)->setText(u"Kindness."_s);
    desk.part<QSpinBox>(u"atOnce"_s)->setValue(1);
    desk.part<QPushButton>(u"start"_s)->click();
    int judgements = 0;
    while (desk.batch().state() == State::Running) {
        QTRY_VERIFY(!desk.gateway.waiting().empty() || desk.batch().state() != State::Running);
        if (desk.gateway.waiting().empty()) {
            break;
        }
        const QString system =
            desk.gateway.waiting().front().body.value(u"messages"_s)[0][u"content"_s].toString();
        const bool isJudgement = system.contains(u"Kindness."_s);
        // The second column's answer is better, wherever it stands.
        const bool straight = judgements % 2 == 0;
        desk.gateway.answer(!isJudgement ? u"fine"_s : straight ? u"SECOND"_s : u"FIRST"_s);
        judgements += isJudgement ? 1 : 0;
    }
    QCOMPARE(judgements, 10);
    QTest::qWait(kSettleMs);
    auto *totals = desk.part<ListView>(u"totals"_s)->model();
    QVERIFY(totals->index(1, 8).data().toString().startsWith(u"100"_s));
    QVERIFY(totals->index(1, 8).data(Qt::ToolTipRole).toString().contains(u"won 5"_s));
    QVERIFY(desk.part<QLabel>(u"summary"_s)->text().contains(u"judged by openai/gpt-4.1"_s));
}

void TestBatchPanel::exportsBothKinds()
{
    Desk desk(120); // in several turns of the event loop
    auto *notice = desk.page->findChild<NoticeBar *>(u"playground.notice"_s);
    desk.window->actionSet().batchCsv->trigger();
    QVERIFY(notice->text().contains(u"no batch"_s));
    desk.begin();
    desk.answer(3);
    desk.batch().pause();
    const QString csv = desk.folder.filePath(u"b.csv"_s);
    const QString lines = desk.folder.filePath(u"b.jsonl"_s);
    desk.page->batchPanel()->write(BatchFormat::Csv, csv);
    QTRY_VERIFY(QFile::exists(csv));
    desk.page->batchPanel()->write(BatchFormat::JsonLines, lines);
    QTRY_VERIFY(QFile::exists(lines));
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 241);
    QFile other(lines);
    QVERIFY(other.open(QIODevice::ReadOnly));
    QCOMPARE(other.readAll().count('\n'), 240);
    desk.page->batchPanel()->write(BatchFormat::Csv, desk.folder.filePath(u"none/b.csv"_s));
    QTRY_VERIFY(notice->text().contains(u"was not written"_s));
}

void TestBatchPanel::forgetsABatch()
{
    Desk desk;
    desk.begin();
    desk.answer(2);
    desk.batch().pause();
    QTest::qWait(kSettleMs);
    desk.part<QPushButton>(u"discard"_s)->click();
    QCOMPARE(desk.batch().state(), State::None);
    QVERIFY(!desk.store.content().plan);
    QVERIFY(desk.part<QWidget>(u"form"_s)->isVisible());
    QVERIFY(
        desk.part<QLabel>(u"file"_s)->text().contains(u"prompts.jsonl"_s)); // to change and repeat
    while (!desk.gateway.waiting().empty()) {
        desk.gateway.answer(u"late"_s); // of a batch that is gone
    }
    QVERIFY(desk.store.content().answers.empty());
}

void TestBatchPanel::worksByKeysAndHasNames()
{
    Desk desk;
    desk.begin();
    desk.answer(1);
    QTest::qWait(kSettleMs);
    desk.window->actionSet().playgroundStop->trigger();
    QVERIFY(desk.batch().state() == State::Pausing);
    const auto widgets = desk.page->batchPanel()->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool takesKeys = widget->isVisible() && widget->focusPolicy() != Qt::NoFocus
                               && !widget->objectName().startsWith(u"qt_"_s);
        if (!takesKeys) {
            continue;
        }
        auto *button = qobject_cast<QAbstractButton *>(widget);
        const QString name = !widget->accessibleName().isEmpty() ? widget->accessibleName()
                             : button != nullptr                 ? button->text()
                                                                 : QString();
        const bool isOwn = widget->parentWidget()->accessibleName().isEmpty();
        QVERIFY2(!name.isEmpty() || !isOwn, qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestBatchPanel)
#include "tst_batch_panel.moc"
