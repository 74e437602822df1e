// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier comparisons on the page: kept when they are complete, found, opened, pinned, compared over time.
#include "tests/ui/support/playground_desk.h"
#include "ui/pages/playground_past.h"
#include "ui/widgets/compose_panel.h"

#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kKeptWithinMs = 10'000;

struct Shelf : Desk
{
    using Desk::Desk;

    /// A whole comparison, until it is kept.
    bool compare(const QString &prompt)
    {
        const std::size_t before = history.sheets().size();
        const std::size_t first = playground.asked().size();
        part<QPlainTextEdit>(u"turn.1.text"_s)->setPlainText(prompt);
        part<QPlainTextEdit>(u"turn.1.text"_s)->setFocus();
        run();
        for (const std::size_t question : {first, first + 1}) {
            playground.say(question, u"answer to "_s + prompt);
            playground.end(question);
        }
        return QTest::qWaitFor([&] { return history.sheets().size() > before; }, kKeptWithinMs);
    }
    void show()
    {
        window.actionSet().playgroundPast->setChecked(true);
        QTest::qWait(20);
    }
    QListWidget *list() const { return part<QListWidget>(u"playground.past.list"_s); }
    void click(const QString &name) const
    {
        part<QPushButton>(u"playground.past."_s + name)->click();
        QTest::qWait(20);
    }
};

} // namespace

class TestPlaygroundHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isKeptWithTheLogsFigures();
    void isKeptAsItWasAsked();
    void isFoundAndOpened();
    void isPinnedAndForgotten();
    void thePromptIsComparedOverTime();
    void nothingIsKeptBeforeTheVote();
    void troublesAreSaid();
    void worksByKeys();
};

void TestPlaygroundHistory::isKeptWithTheLogsFigures()
{
    Shelf shelf;
    QVERIFY(shelf.compare(u"Explain fuses"_s));
    QVERIFY(!shelf.history.sheets()[0].columns[0].runs[0].figures().logged);
    shelf.log(0);
    shelf.log(1);
    QTRY_VERIFY_WITH_TIMEOUT(shelf.history.sheets()[0].columns[1].runs[0].figures().logged,
                             kKeptWithinMs);
    QCOMPARE(shelf.history.sheets().size(), std::size_t(1)); // one comparison, kept again
    QVERIFY(shelf.compare(u"Explain fuses"_s));
    QCOMPARE(shelf.history.sheets().size(), std::size_t(2)); // another run
}

void TestPlaygroundHistory::isKeptAsItWasAsked()
{
    Shelf shelf;
    shelf.run();
    shelf.part<QPlainTextEdit>(u"turn.1.text"_s)->setPlainText(u"written since"_s);
    for (const std::size_t question : {std::size_t(0), std::size_t(1)}) {
        shelf.playground.say(question, u"x"_s);
        shelf.playground.end(question);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!shelf.history.sheets().empty(), kKeptWithinMs);
    QCOMPARE(shelf.history.sheets()[0].turns[1].text, u"Explain circuit breakers."_s);
}

void TestPlaygroundHistory::isFoundAndOpened()
{
    Shelf shelf;
    shelf.part<QSpinBox>(u"playground.parameters.maxTokens"_s)->setValue(77);
    QVERIFY(shelf.compare(u"Explain fuses"_s));
    shelf.part<QSpinBox>(u"playground.parameters.maxTokens"_s)->setValue(0);
    QVERIFY(shelf.compare(u"Explain breakers"_s));
    shelf.show();
    QCOMPARE(shelf.list()->count(), 2);
    shelf.part<QLineEdit>(u"playground.past.search"_s)->setText(u"fuses"_s);
    QTRY_COMPARE(shelf.list()->count(), 1);
    shelf.list()->setCurrentRow(0);
    shelf.click(u"open"_s);
    QCOMPARE(shelf.session().turns()[1].text, u"Explain fuses"_s);
    QCOMPARE(shelf.part<QPlainTextEdit>(u"turn.1.text"_s)->toPlainText(), u"Explain fuses"_s);
    QCOMPARE(shelf.session().shared().maxTokens, std::optional(77));
    QCOMPARE(shelf.output(0)->toPlainText(), u"answer to Explain fuses"_s);
    QCOMPARE(shelf.session().columns()[1].model, u"anthropic/claude-haiku-4-5"_s);
    QCOMPARE(shelf.session().sheet().id, shelf.history.sheets()[0].id);
    shelf.run(); // and asks again, which is another one
    QVERIFY(shelf.session().sheet().id != shelf.history.sheets()[0].id);
    shelf.list()->setCurrentRow(0);
    shelf.click(u"open"_s); // not under a run
    QVERIFY(shelf.session().isRunning());
}

void TestPlaygroundHistory::isPinnedAndForgotten()
{
    Shelf shelf;
    for (const QString &prompt : {u"one"_s, u"two"_s, u"three"_s}) {
        QVERIFY(shelf.compare(prompt));
    }
    shelf.show();
    shelf.list()->setCurrentRow(2);
    shelf.click(u"pin"_s);
    QVERIFY(shelf.list()->item(0)->text().startsWith(u"★ three"_s));
    QCOMPARE(shelf.list()->currentRow(), 0); // it is chosen still
    QVERIFY(shelf.list()->item(0)->data(Qt::AccessibleTextRole).toString().startsWith(u"pinned"_s));
    shelf.list()->setCurrentRow(1);
    shelf.click(u"forget"_s);
    QCOMPARE(shelf.list()->count(), 2);
    shelf.click(u"forgetAll"_s);
    QCOMPARE(shelf.list()->count(), 2); // it is asked for first
    auto *notice = shelf.page->findChild<NoticeBar *>(u"playground.notice"_s);
    QVERIFY(notice->isVisible());
    notice->press();
    QTRY_COMPARE(shelf.list()->count(), 1);
    QVERIFY(shelf.list()->item(0)->text().contains(u"three"_s));
}

void TestPlaygroundHistory::thePromptIsComparedOverTime()
{
    Shelf shelf;
    QVERIFY(shelf.compare(u"same"_s));
    QVERIFY(shelf.compare(u"other"_s));
    QVERIFY(shelf.compare(u"same"_s));
    shelf.show();
    auto *times = shelf.part<QTableView>(u"playground.past.times"_s);
    const auto cell = [times](int row, int column) {
        return times->model()->index(row, column).data().toString();
    };
    QVERIFY(!times->isVisible());
    shelf.list()->setCurrentRow(0);
    QTRY_COMPARE(times->model()->rowCount(), 4); // two columns, twice
    QCOMPARE(cell(0, 1), u"gpt-4.1"_s);
    QCOMPARE(cell(0, 3), u"2.11 s"_s);
    QCOMPARE(cell(0, 4), u"–"_s); // the log has not told it
}

void TestPlaygroundHistory::nothingIsKeptBeforeTheVote()
{
    Shelf shelf;
    QVERIFY(shelf.compare(u"before"_s));
    shelf.show();
    QVERIFY(shelf.part<PlaygroundPast>(u"playground.past"_s)->isVisible());
    shelf.window.actionSet().playgroundBlind->setChecked(true);
    QVERIFY(!shelf.part<PlaygroundPast>(u"playground.past"_s)->isVisible()); // it names models
    shelf.run();
    for (const std::size_t question : {std::size_t(2), std::size_t(3)}) {
        shelf.playground.say(question, u"blind"_s);
        shelf.playground.end(question);
    }
    QTest::qWait(1'700); // longer than it takes to be kept
    QCOMPARE(shelf.history.sheets().size(), std::size_t(1));
    shelf.session().cast({PlaygroundVote::Verdict::Tie, -1});
    QTRY_COMPARE_WITH_TIMEOUT(shelf.history.sheets().size(), std::size_t(2), kKeptWithinMs);
    QVERIFY(shelf.part<PlaygroundPast>(u"playground.past"_s)->isVisible());
}

void TestPlaygroundHistory::troublesAreSaid()
{
    Shelf shelf;
    Q_EMIT shelf.history.troubled(u"The disk is full."_s);
    auto *notice = shelf.page->findChild<NoticeBar *>(u"playground.notice"_s);
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->text(), u"The disk is full."_s);
}

void TestPlaygroundHistory::worksByKeys()
{
    Shelf shelf;
    QVERIFY(shelf.compare(u"by keys"_s));
    shelf.press(Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    auto *past = shelf.part<PlaygroundPast>(u"playground.past"_s);
    QVERIFY(past->isVisible());
    QVERIFY(shelf.part<QLineEdit>(u"playground.past.search"_s)->hasFocus());
    QTRY_COMPARE(shelf.list()->count(), 1);
    shelf.list()->setFocus();
    shelf.list()->setCurrentRow(0);
    QTest::keyClick(shelf.list(), Qt::Key_Delete);
    QTRY_COMPARE(shelf.list()->count(), 0);
    QTest::keyClick(shelf.list(), Qt::Key_Escape);
    QVERIFY(!past->isVisible());
}

QTEST_MAIN(TestPlaygroundHistory)
#include "tst_playground_history.moc"
