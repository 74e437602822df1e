// SPDX-License-Identifier: GPL-3.0-or-later
// One clock for all answers: seen, walked along by pointer and keys, heard.
#include "tests/ui/support/playground_desk.h"
#include "ui/widgets/run_timeline.h"

#include <QAction>
#include <QImage>
#include <QMouseEvent>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

/// A word each 100 ms from 400 ms on; the first column is silent for 1,500 ms after the fifth.
struct Race : Desk
{
    Race()
    {
        run();
        for (int column = 0; column < 2; ++column) {
            double ms = 400;
            for (int i = 0; i < 10; ++i) {
                playground.tell(static_cast<std::size_t>(column),
                                {.text = u"word%1 "_s.arg(i), .arrivals = {{.ms = ms, .text = 6}}});
                ms += column == 0 && i == 4 ? 1'500 : 100;
            }
        }
    }
    void finish()
    {
        playground.end(0);
        playground.end(1);
        log(0);
        log(1);
    }
    RunTimeline *timeline() const { return part<RunTimeline>(u"playground.timeline"_s); }
    QPlainTextEdit *instant(int column) const
    {
        return part<QPlainTextEdit>(u"playground.column.%1.output.instant"_s.arg(column));
    }
    /// Where a moment is, from the ends of the scale.
    QPoint at(double ms) const
    {
        const RunTimeline &line = *timeline();
        QSignalSpy spy(timeline(), &RunTimeline::instantChosen);
        for (int x = 0; x < line.width(); ++x) {
            QMouseEvent move(QEvent::MouseMove,
                             QPointF(x, 30),
                             line.mapToGlobal(QPointF(x, 30)),
                             Qt::NoButton,
                             Qt::NoButton,
                             Qt::NoModifier);
            QCoreApplication::sendEvent(timeline(), &move);
            if (!spy.isEmpty() && spy.last()[0].toDouble() >= ms) {
                return {x, 30};
            }
        }
        return {};
    }
};

} // namespace

class TestPlaygroundTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThereOnceSomethingWasAsked();
    void aMomentShowsWhatWasThereThen();
    void keysWalkAlong();
    void itIsHeard();
    void aHeldMomentStaysWhileTextArrives();
    void judgingBlindHidesIt();
    void drawsDensitySilencesAndCosts();
};

void TestPlaygroundTimeline::isThereOnceSomethingWasAsked()
{
    Desk desk;
    auto *line = desk.part<RunTimeline>(u"playground.timeline"_s);
    QVERIFY(!line->isVisible());
    desk.run();
    QVERIFY(line->isVisible());
    QVERIFY(line->focusPolicy() & Qt::TabFocus);
}

void TestPlaygroundTimeline::aMomentShowsWhatWasThereThen()
{
    Race race;
    race.finish();
    const QPoint place = race.at(620);
    QTest::mouseMove(race.timeline(), place);
    QVERIFY(race.timeline()->instant());
    QTRY_VERIFY(race.instant(0)->isVisible());
    QCOMPARE(race.instant(0)->toPlainText(), u"word0 word1 word2 "_s);
    QCOMPARE(race.instant(1)->toPlainText(), u"word0 word1 word2 "_s);
    QVERIFY(race.label(0, u"status"_s).startsWith(u"At "_s));
    QTest::mouseMove(race.timeline(), race.at(1'500));
    QTRY_COMPARE(race.instant(0)->toPlainText(), u"word0 word1 word2 word3 word4 "_s);
    QVERIFY(race.instant(1)->toPlainText().endsWith(u"word9 "_s));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(race.timeline(), &leave);
    QVERIFY(!race.timeline()->instant());
    QVERIFY(!race.instant(0)->isVisible());
    QVERIFY(race.pageOf(0)->isVisible()); // as it was before
    QVERIFY(race.label(0, u"status"_s).startsWith(u"Complete"_s));
    // A click holds it.
    QTest::mouseClick(race.timeline(), Qt::LeftButton, Qt::NoModifier, place);
    QCoreApplication::sendEvent(race.timeline(), &leave);
    QVERIFY(race.timeline()->instant());
    QTest::keyClick(race.timeline(), Qt::Key_Escape);
    QVERIFY(!race.timeline()->instant());
}

void TestPlaygroundTimeline::keysWalkAlong()
{
    Race race;
    race.finish();
    RunTimeline *line = race.timeline();
    line->setFocus();
    QCOMPARE(line->endMs(), 3'000.0); // the longest took 2,255 ms
    QTest::keyClick(line, Qt::Key_Home);
    QCOMPARE(line->instant(), std::optional(0.0));
    QCOMPARE(race.instant(0)->toPlainText(), QString());
    QTest::keyClick(line, Qt::Key_Right);
    QCOMPARE(line->instant(), std::optional(30.0));
    QTest::keyClick(line, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(line->instant(), std::optional(330.0));
    QTest::keyClick(line, Qt::Key_PageDown); // the first token of both
    QCOMPARE(line->instant(), std::optional(400.0));
    QTest::keyClick(line, Qt::Key_PageDown); // the silence begins
    QCOMPARE(line->instant(), std::optional(800.0));
    QTest::keyClick(line, Qt::Key_PageUp);
    QCOMPARE(line->instant(), std::optional(400.0));
    QTest::keyClick(line, Qt::Key_End);
    QTest::keyClick(line, Qt::Key_Right);
    QCOMPARE(line->instant(), std::optional(3'000.0));
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(!line->instant());
    QTest::keyClick(line, Qt::Key_Escape); // goes to the page
    QVERIFY(line->isVisible());
}

void TestPlaygroundTimeline::itIsHeard()
{
    Race race;
    race.finish();
    RunTimeline *line = race.timeline();
    QCOMPARE(line->accessibleName(), u"Timeline of the answers"_s);
    QVERIFY(line->accessibleDescription().contains(u"A: first token 304 ms"_s));
    QVERIFY(line->accessibleDescription().contains(u"stalled for 1.5"_s));
    QVERIFY(line->accessibleDescription().contains(u"B: first token 394 ms"_s));
    QTest::keyClick(line, Qt::Key_Home);
    QVERIFY(line->accessibleDescription().endsWith(u": A waits · B waits"_s));
    QTest::keyClick(line, Qt::Key_PageDown);
    QVERIFY(line->accessibleDescription().contains(u"A 6 character"_s));
}

void TestPlaygroundTimeline::aHeldMomentStaysWhileTextArrives()
{
    Race race;
    QTest::mouseClick(race.timeline(), Qt::LeftButton, Qt::NoModifier, race.at(450));
    QCOMPARE(race.instant(1)->toPlainText(), u"word0 "_s);
    race.playground.tell(1, {.text = u"more"_s, .arrivals = {{.ms = 1'500, .text = 4}}});
    QTest::qWait(150);
    QCOMPARE(race.instant(1)->toPlainText(), u"word0 "_s);
    race.finish();
    QTest::qWait(20);
    QVERIFY(race.instant(1)->isVisible());
    race.timeline()->leave();
    QTRY_VERIFY(race.pageOf(1)->isVisible());
    QVERIFY(race.output(1)->toPlainText().endsWith(u"more"_s));
    race.timeline()->setFocus();
    QTest::keyClick(race.timeline(), Qt::Key_Home);
    race.run(); // a new run begins in the present
    QTRY_VERIFY(!race.instant(1)->isVisible());
}

void TestPlaygroundTimeline::judgingBlindHidesIt()
{
    Desk desk;
    desk.window.actionSet().playgroundBlind->setChecked(true);
    desk.runWhole(u"one"_s, u"two"_s);
    auto *line = desk.part<RunTimeline>(u"playground.timeline"_s);
    QVERIFY(!line->isVisible());
    QVERIFY(line->accessibleDescription().isEmpty());
    desk.session().cast({PlaygroundVote::Verdict::Tie, -1});
    QVERIFY(line->isVisible());
}

/// Columns of the picture where something is drawn: none before the first token but the dots of waiting,
/// more where the text came dense, the silence in its own colours.
void TestPlaygroundTimeline::drawsDensitySilencesAndCosts()
{
    Race race;
    race.finish();
    const QImage with = race.timeline()->grab().toImage();
    std::vector<PlaygroundRun> runs = race.session().runs();
    for (PlaygroundRun &run : runs) {
        PlaygroundRun::Kept kept = run.kept();
        kept.track = {};
        run = PlaygroundRun(kept);
    }
    RunTimeline bare;
    bare.setRuns(runs);
    bare.resize(race.timeline()->size());
    const QImage without = bare.grab().toImage();
    QCOMPARE(with.size(), without.size());
    QVERIFY(with != without);
}

QTEST_MAIN(TestPlaygroundTimeline)
#include "tst_playground_timeline.moc"
