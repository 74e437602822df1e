// SPDX-License-Identifier: GPL-3.0-or-later
// Judging blind: nothing on the screen tells whose answer it is, votes are kept, standings follow.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_batch.h"
#include "tests/ui/support/fixture_playground.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/judge_panel.h"
#include "ui/pages/playground_page.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/turn_list.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

/// A console whose playground can ask, with something kept before.
struct Desk
{
    explicit Desk(std::vector<KeptVote> votes = {})
    {
        store.content().votes = std::move(votes);
        window = std::make_unique<ConsoleWindow>(source,
                                                 ConsoleOptions{.clock =
                                                                    [this] { return source.now(); },
                                                                .playground = &playground,
                                                                .judgements = &store});
        window->show();
        (void)QTest::qWaitFor([this] { return window->state().snapshot() != nullptr; },
                              kFedWithinMs);
        window->showPage(u"playground"_s);
        page = window->findChild<PlaygroundPage *>();
        session().setModel(0, u"openai/gpt-4.1"_s);
        session().setModel(1, u"anthropic/claude-haiku-4-5"_s);
        page->findChild<TurnList *>()->setTurns({{TurnRole::User, u"Explain breakers."_s}});
        session().setTurns({{TurnRole::User, u"Explain breakers."_s}});
    }

    PlaygroundSession &session() { return page->session(); }
    template <class T>
    T *part(const QString &name) const
    {
        return page->findChild<T *>(name);
    }
    /// From the question to the log; whose column is which follows from chance.
    void runBlind(const QString &first, const QString &second)
    {
        window->actionSet().playgroundBlind->setChecked(true);
        const std::size_t begun = playground.asked().size();
        session().runAll();
        playground.say(begun, first, u"I think about it."_s);
        playground.say(begun + 1, second);
        playground.end(begun);
        playground.end(begun + 1);
        for (const std::size_t question : {begun, begun + 1}) {
            auto record = playground.record(question);
            record->facts.task = Task::Code;
            source.finish(record);
        }
        QTest::qWait(kSettleMs);
    }

    FixtureSource source;
    FixturePlayground playground;
    FixtureStore store;
    std::unique_ptr<ConsoleWindow> window;
    PlaygroundPage *page = nullptr;
};

/// All that \p widget says to eyes and to assistive technology.
QStringList saidBy(const QWidget &widget)
{
    QStringList said{widget.objectName(),
                     widget.accessibleName(),
                     widget.accessibleDescription(),
                     widget.toolTip(),
                     widget.statusTip(),
                     widget.whatsThis(),
                     widget.windowTitle()};
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        said << label->text();
    } else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        said << button->text();
    } else if (const auto *line = qobject_cast<const QLineEdit *>(&widget)) {
        said << line->text() << line->placeholderText();
    } else if (const auto *plain = qobject_cast<const QPlainTextEdit *>(&widget)) {
        said << plain->toPlainText() << plain->placeholderText();
    } else if (const auto *rich = qobject_cast<const QTextEdit *>(&widget)) {
        said << rich->toPlainText();
    } else if (const auto *box = qobject_cast<const QComboBox *>(&widget)) {
        for (int i = 0; i < box->count(); ++i) {
            said << box->itemText(i) << box->itemData(i, Qt::ToolTipRole).toString();
        }
    }
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(
        const_cast<QWidget *>(&widget));
    if (face != nullptr) {
        for (const auto text :
             {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help}) {
            said << face->text(text);
        }
    }
    return said;
}

/// Everything that can be seen of \p page, a line for each widget.
QString everythingSeen(const QWidget &page)
{
    QStringList seen;
    const auto widgets = page.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (widget->isVisible()) {
            seen << saidBy(*widget).join(u' ');
        }
    }
    return seen.join(u'\n');
}

KeptVote vote(const QString &a, const QString &b, int best, const QString &task = u"chat"_s)
{
    return {.task = task, .models = {a, b}, .best = best};
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingSeenBeforeTheVoteTellsWhose();
    void speedTellsNothing();
    void aVoteIsKeptWithItsTask();
    void anAnswerThatNamesItsVendorIsNotBlind();
    void standingsAreShownPairByPairAndByTask();
    void votesAreForgottenAndBroughtBack();
    void vetoesAreCopied();
    void standingsAreExported();
    void saysWhatToDoWithoutVotes();
    void modesAreReachedByKeys();
};

/// 56: while columns wait, while they come and when all are there, until the vote.
void TestJudge::nothingSeenBeforeTheVoteTellsWhose()
{
    Desk desk;
    static const QRegularExpression
        givesAway(u"openai|gpt|anthropic|claude|haiku|deepseek|mistral|gemini|qwen|01TEST|tok/s|★"
                  "|\\$\\s?\\d|\\d\\s?(ms|s|min)\\b|≤|\\bth(?:ought|ink) about"_s,
                  QRegularExpression::CaseInsensitiveOption);
    const auto check = [&desk](const char *when) {
        const QString seen = everythingSeen(*desk.page);
        QVERIFY2(seen.contains(u"playground.column.1"_s), when); // it did look
        const auto match = givesAway.match(seen);
        QVERIFY2(!match.hasMatch(),
                 qPrintable(QString::fromUtf8(when) + u": "_s + match.captured() + u" in\n"_s
                            + seen.mid(std::max<qsizetype>(0, match.capturedStart() - 200), 400)));
    };
    desk.window->actionSet().playgroundBlind->setChecked(true);
    QTest::qWait(kSettleMs + 400); // until it is estimated
    check("before the run");
    desk.session().runAll();
    QTest::qWait(kSettleMs);
    check("while all wait");
    desk.playground.say(0, u"A breaker watches calls."_s, u"I think about it."_s);
    QTest::qWait(kSettleMs);
    check("while one comes");
    desk.playground.end(0);
    desk.playground.say(1, u"Think of a fuse."_s);
    QTest::qWait(kSettleMs);
    check("while one is there");
    desk.playground.end(1);
    for (const std::size_t question : {std::size_t(0), std::size_t(1)}) {
        desk.source.finish(desk.playground.record(question));
    }
    QTest::qWait(kSettleMs);
    check("when all are there");
    QVERIFY(everythingSeen(*desk.page).contains(u"Think of a fuse."_s));
    // The same look finds names and figures once they may be seen: it can fail.
    desk.part<QPushButton>(u"playground.vote.tie"_s)->click();
    const QString after = everythingSeen(*desk.page);
    QVERIFY(after.contains(u"claude"_s) && after.contains(u"ms"_s) && after.contains(u"$"_s));
}

/// Which answer came first, and how fast, is not to be seen: both are shown when both are there.
void TestJudge::speedTellsNothing()
{
    Desk desk;
    desk.window->actionSet().playgroundBlind->setChecked(true);
    desk.session().runAll();
    desk.playground.say(0, u"fast"_s);
    desk.playground.end(0);
    QTest::qWait(kSettleMs);
    const auto output = [&desk](int column) {
        return desk.part<QPlainTextEdit>(u"playground.column.%1.output"_s.arg(column))
            ->toPlainText();
    };
    QCOMPARE(output(0) + output(1), QString());
    for (int column = 0; column < 2; ++column) {
        const QString name = u"playground.column.%1."_s.arg(column);
        QVERIFY(!desk.part<QPushButton>(name + u"stop"_s)->isVisible());
        QVERIFY(!desk.part<QPushButton>(name + u"run"_s)->isVisible());
    }
    QCOMPARE(desk.part<QLabel>(u"playground.column.0.status"_s)->text(),
             desk.part<QLabel>(u"playground.column.1.status"_s)->text());
    desk.playground.say(1, u"slow"_s);
    desk.playground.end(1);
    QTRY_COMPARE(output(0).size(), 4);
    QTRY_COMPARE(output(1).size(), 4);
    // Without blindness it streams as ever.
    desk.window->actionSet().playgroundBlind->setChecked(false);
    desk.session().runAll();
    desk.playground.say(2, u"at once"_s);
    QTRY_COMPARE(output(0), u"at once"_s);
}

void TestJudge::aVoteIsKeptWithItsTask()
{
    Desk desk;
    desk.runBlind(u"one"_s, u"two"_s);
    QVERIFY(desk.store.content().votes.empty());
    desk.part<QPushButton>(u"playground.vote.1"_s)->click();
    QCOMPARE(desk.store.content().votes.size(), std::size_t(1));
    const KeptVote &kept = desk.store.content().votes.front();
    QCOMPARE(kept.models.size(), 2);
    QCOMPARE(kept.models[kept.best], desk.session().columns()[1].model);
    QCOMPARE(kept.task, u"code"_s);
    QVERIFY(kept.isBlind());
    QVERIFY(kept.atMs > 0);
    desk.part<QPushButton>(u"playground.vote.0"_s)->click();
    QCOMPARE(desk.store.content().votes.size(), std::size_t(1)); // the first one holds
    desk.runBlind(u"three"_s, u"four"_s);
    desk.part<QPushButton>(u"playground.vote.bad"_s)->click();
    QCOMPARE(desk.store.content().votes.size(), std::size_t(2));
    QCOMPARE(desk.store.content().votes.back().best, -1);
    QVERIFY(desk.store.content().votes.back().allBad);
}

void TestJudge::anAnswerThatNamesItsVendorIsNotBlind()
{
    Desk desk;
    desk.runBlind(u"As ChatGPT, or Claude, I say so."_s, u"As Claude, or ChatGPT, I say so."_s);
    desk.part<QPushButton>(u"playground.vote.0"_s)->click();
    QVERIFY(!desk.store.content().votes.front().isBlind());
    const QString verdict = desk.part<QLabel>(u"playground.verdict"_s)->text();
    QVERIFY2(verdict.contains(u"Not blind"_s), qPrintable(verdict));
    desk.page->setMode(PlaygroundMode::Judge);
    QVERIFY(desk.part<QLabel>(u"judge.counts"_s)->text().contains(u"not blind"_s));
    QVERIFY(desk.part<JudgePanel>(u"judge"_s)->standings().pairs.empty());
}

void TestJudge::standingsAreShownPairByPairAndByTask()
{
    const QString a = u"openai/gpt-4.1"_s;
    const QString b = u"anthropic/claude-haiku-4-5"_s;
    std::vector<KeptVote> votes(9, vote(a, b, 0));
    votes.resize(12, vote(a, b, 1));
    votes.push_back(vote(a, b, 1, u"code"_s));
    Desk desk(votes);
    desk.page->setMode(PlaygroundMode::Judge);
    auto *models = desk.part<ListView>(u"judge.models"_s);
    auto *pairs = desk.part<ListView>(u"judge.pairs"_s);
    QVERIFY(models->isVisible());
    const auto cell = [](const ListView *list, int row, int column) {
        return list->model()->index(row, column).data().toString();
    };
    QCOMPARE(models->model()->rowCount(), 2);
    QCOMPARE(cell(models, 0, 1), a);
    QVERIFY(cell(models, 0, 2).startsWith(u'+') && cell(models, 1, 2).startsWith(u"−"_s));
    QCOMPARE(cell(pairs, 0, 2), u"9"_s);
    QCOMPARE(cell(pairs, 0, 4), u"4"_s);
    QVERIFY(cell(pairs, 0, 6).contains(u"%"_s));
    auto *task = desk.part<QComboBox>(u"judge.task"_s);
    QCOMPARE(task->count(), 3);
    task->setCurrentIndex(task->findData(u"code"_s));
    Q_EMIT task->activated(task->currentIndex());
    QCOMPARE(cell(models, 0, 1), b);
    QVERIFY(desk.part<QLabel>(u"judge.counts"_s)->text().startsWith(u"1 vote"_s));
}

void TestJudge::votesAreForgottenAndBroughtBack()
{
    Desk desk({vote(u"a/x"_s, u"b/y"_s, 0), vote(u"a/x"_s, u"b/y"_s, 1)});
    desk.page->setMode(PlaygroundMode::Judge);
    desk.part<QPushButton>(u"judge.forget"_s)->click();
    QVERIFY(desk.store.content().votes.empty());
    QVERIFY(!desk.part<ListView>(u"judge.models"_s)->isVisible());
    auto *notice = desk.part<NoticeBar>(u"playground.notice"_s);
    QVERIFY(notice->offersUndo());
    notice->press();
    QCOMPARE(desk.store.content().votes.size(), std::size_t(2));
    QVERIFY(desk.part<ListView>(u"judge.models"_s)->isVisible());
}

void TestJudge::vetoesAreCopied()
{
    Desk desk(std::vector<KeptVote>(40, vote(u"a/x"_s, u"b/y"_s, 0)));
    desk.page->setMode(PlaygroundMode::Judge);
    auto *copy = desk.part<QPushButton>(u"judge.vetoes"_s);
    QVERIFY(copy->isEnabled());
    copy->click();
    QCOMPARE(QApplication::clipboard()->text(), u"never_gain = [\"b/y\"]"_s);
    QSignalSpy asked(desk.page, &PlaygroundPage::vetoesAsked);
    desk.part<QPushButton>(u"judge.veto"_s)->click();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toStringList(), QStringList{u"b/y"_s});
    QCOMPARE(desk.window->currentPage(), u"routing"_s);
    Desk few({vote(u"a/x"_s, u"b/y"_s, 0)});
    few.page->setMode(PlaygroundMode::Judge);
    QVERIFY(!few.part<QPushButton>(u"judge.vetoes"_s)->isEnabled());
    QVERIFY(!few.part<QPushButton>(u"judge.veto"_s)->isEnabled());
}

void TestJudge::standingsAreExported()
{
    Desk desk({vote(u"a/x"_s, u"b/y"_s, 0)});
    desk.page->setMode(PlaygroundMode::Judge);
    QTemporaryDir folder;
    for (const QString &path : {folder.filePath(u"s.csv"_s), folder.filePath(u"none/s.csv"_s)}) {
        desk.part<QPushButton>(u"judge.export"_s)->click();
        auto *dialog = desk.page->findChild<QFileDialog *>();
        QVERIFY(dialog != nullptr);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        delete dialog;
    }
    QFile file(folder.filePath(u"s.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("pair,a/x,b/y,1,1,0,0"));
    QVERIFY(desk.part<NoticeBar>(u"playground.notice"_s)->text().contains(u"was not written"_s));
}

void TestJudge::saysWhatToDoWithoutVotes()
{
    Desk desk;
    desk.page->setMode(PlaygroundMode::Judge);
    auto *judge = desk.part<JudgePanel>(u"judge"_s);
    QVERIFY(judge->findChild<QWidget *>(u"empty"_s)->isVisible());
    judge->findChild<QPushButton *>(u"copyCurl"_s)->click();
    QCOMPARE(desk.page->mode(), PlaygroundMode::Compare);
    QVERIFY(desk.session().isBlind());
    Q_EMIT desk.store.trouble(u"Votes and batches cannot be kept: the disk is full"_s);
    QVERIFY(desk.part<NoticeBar>(u"playground.notice"_s)->text().contains(u"disk is full"_s));
}

void TestJudge::modesAreReachedByKeys()
{
    Desk desk;
    desk.window->activateWindow();
    desk.window->showPage(u"overview"_s);
    QTest::keyClick(desk.window.get(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(desk.window->currentPage(), u"playground"_s);
    QCOMPARE(desk.page->mode(), PlaygroundMode::Judge);
    QTest::keyClick(desk.window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(desk.page->mode(), PlaygroundMode::Batch);
    QTest::keyClick(desk.window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(desk.page->mode(), PlaygroundMode::Compare);
    desk.page->setMode(PlaygroundMode::Judge);
    QTest::keyClick(desk.window.get(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(desk.page->mode(), PlaygroundMode::Compare); // answers are in sight
    QCOMPARE(desk.playground.asked().size(), std::size_t(2));
}

QTEST_MAIN(TestJudge)
#include "tst_judge.moc"
