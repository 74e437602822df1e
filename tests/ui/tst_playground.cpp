// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's page: composing, running, comparing, judging, exporting.
#include "tests/ui/support/playground_desk.h"
#include "ui/frame/console_actions.h"
#include "ui/models/playground_text.h"
#include "ui/models/requests_model.h"
#include "ui/pages/playground_page.h"
#include "ui/widgets/answer_view.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/turn_list.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QTextBlock>
#include <QTextEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

using State = PlaygroundRun::State;

PlaygroundFailure overloaded()
{
    return {.status = 503,
            .code = u"no_target_available"_s,
            .message = u"Every target failed."_s,
            .origin = u"upstream"_s,
            .provider = u"anthropic"_s,
            .attempts = {{.target = u"anthropic/claude-haiku-4-5"_s,
                          .status = 503,
                          .reason = u"Overloaded, try later"_s,
                          .ms = 420}}};
}

QString longText()
{
    QString text;
    for (int i = 0; i < 400; ++i) {
        text += u"Line %1 of an answer.\n"_s.arg(i);
    }
    return text;
}

} // namespace

class TestPlayground : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothColumnsStartAtOnceAndStreamApart();
    void aFailureStaysInItsColumn();
    void stopStopsWhatRunsAlone();
    void figuresAreTheLogsOnceItHasThem();
    void figuresArriveWhilePaused();
    void anUnknownPriceIsNotZero();
    void blindHidesNamesFiguresAndOrder();
    void comparingMarksWordsAndLeavesTheText();
    void aReaderIsNotScrolledAway();
    void whoReadsTheEndFollows();
    void jsonHasEverythingAndNoKey();
    void markdownAndCurl();
    void turnsAreWrittenAndSent();
    void columnsHaveParametersOfTheirOwn();
    void estimatesBeforeRunning();
    void markdownLoadsNothing();
    void reasoningIsFolded();
    void escapeLeavesStepByStep();
    void retriesOneColumn();
    void opensALoggedRequest();
    void saysWhyNothingCanBeAsked();
    void worksByKeysAndHasNames();
};

/// 51: Ctrl+Return starts both within 100 ms; what one says does not wait for the other.
void TestPlayground::bothColumnsStartAtOnceAndStreamApart()
{
    Desk desk;
    desk.run();
    QCOMPARE(desk.playground.asked().size(), std::size_t(2));
    QVERIFY(desk.playground.askedAtMs()[1] - desk.playground.askedAtMs()[0] < 100);
    QCOMPARE(desk.playground.modelOf(0), u"openai/gpt-4.1"_s);
    QCOMPARE(desk.playground.modelOf(1), u"anthropic/claude-haiku-4-5"_s);
    QVERIFY(desk.label(0, u"status"_s).startsWith(u"Waiting for the first token"_s));
    desk.playground.say(1, u"Think of a fuse."_s);
    QTRY_COMPARE(desk.output(1)->toPlainText(), u"Think of a fuse."_s);
    QTRY_COMPARE(desk.output(0)->toPlainText(), QString());
    QCOMPARE(desk.stateOf(0), State::Waiting);
    QCOMPARE(desk.stateOf(1), State::Streaming);
    desk.playground.end(1);
    QCOMPARE(desk.stateOf(0), State::Waiting);
    desk.playground.say(0, u"A breaker"_s);
    desk.playground.say(0, u" watches calls."_s);
    desk.playground.end(0);
    QTRY_COMPARE(desk.output(0)->toPlainText(), u"A breaker watches calls."_s);
    QVERIFY(!desk.session().isRunning());
    desk.run(); // and again
    QCOMPARE(desk.playground.asked().size(), std::size_t(4));
    QTRY_COMPARE(desk.output(0)->toPlainText(), QString());
}

/// 52
void TestPlayground::aFailureStaysInItsColumn()
{
    Desk desk;
    desk.run();
    desk.playground.fail(1, overloaded());
    QCOMPARE(desk.label(1, u"failure.text"_s),
             u"503 · no_target_available: Every target failed."_s);
    QVERIFY(desk.label(1, u"failure.attempts"_s).contains(u"Overloaded, try later"_s));
    QVERIFY(desk.part<QWidget>(u"playground.column.1.failure"_s)->isVisible());
    QVERIFY(!desk.part<QWidget>(u"playground.column.0.failure"_s)->isVisible());
    desk.playground.say(0, u"fine"_s);
    desk.playground.end(0);
    QCOMPARE(desk.stateOf(0), State::Finished);
    QCOMPARE(desk.stateOf(1), State::Failed);
    QVERIFY(!desk.window.findChild<QDialog *>());
    QVERIFY(!desk.part<QPushButton>(u"playground.column.1.failure.keys"_s)->isVisible());
    desk.run();
    PlaygroundFailure refused = overloaded();
    refused.code = u"upstream_auth"_s;
    desk.playground.fail(3, refused);
    auto *keys = desk.part<QPushButton>(u"playground.column.1.failure.keys"_s);
    QVERIFY(keys->isVisible());
    keys->click();
    QCOMPARE(desk.window.currentPage(), u"settings"_s);
}

/// 53: here that the running one alone is stopped; tst_playground_line has the upstream's side.
void TestPlayground::stopStopsWhatRunsAlone()
{
    Desk desk;
    desk.run();
    desk.playground.say(0, u"done"_s);
    desk.playground.end(0);
    desk.playground.say(1, u"going on"_s);
    desk.press(Qt::Key_Period, Qt::ControlModifier);
    QCOMPARE(desk.playground.stopped(), std::vector<quint64>{desk.playground.asked()[1].run});
    QCOMPARE(desk.stateOf(0), State::Finished);
    QCOMPARE(desk.stateOf(1), State::Stopped);
    QTRY_COMPARE(desk.output(1)->toPlainText(), u"going on"_s);
    desk.press(Qt::Key_Period, Qt::ControlModifier);
    QCOMPARE(desk.playground.stopped().size(), std::size_t(1));
    desk.run();
    desk.part<QPushButton>(u"playground.column.0.stop"_s)->click();
    QCOMPARE(desk.stateOf(0), State::Stopped);
    QCOMPARE(desk.stateOf(1), State::Waiting);
}

/// 54: with the record of the same id; over HTTP and a ledger in tst_playground_line.
void TestPlayground::figuresAreTheLogsOnceItHasThem()
{
    Desk desk;
    desk.runWhole(u"one"_s, u"two"_s);
    QCOMPARE(desk.figure(0, PlaygroundFigure::Total), u"2.11 s ★"_s);
    QCOMPARE(desk.label(0, u"origin"_s), u"as seen from here"_s);
    auto stranger = desk.playground.record(0);
    stranger->client = "support-bot"; // who knows our id is still not us
    stranger->total = Micros(1);
    desk.source.finish(stranger);
    desk.log(0);
    desk.log(1);
    const auto record = desk.playground.record(0);
    const PlaygroundFigures figures = desk.session().columns()[0].run.figures();
    QCOMPARE(figures, figuresOf(*record));
    QVERIFY(figures.logged);
    QCOMPARE(desk.label(0, u"origin"_s), u"as logged"_s);
    QVERIFY(desk.part<QLabel>(u"playground.column.0.origin"_s)
                ->toolTip()
                .contains(QString::fromStdString(record->id)));
    // The same words as on the page of requests.
    RequestsModel model;
    model.append({record});
    const auto cell = [&model](int column) {
        return model.index(0, column).data(Qt::DisplayRole).toString();
    };
    QCOMPARE(desk.figure(0, PlaygroundFigure::FirstToken),
             cell(RequestsModel::FirstToken) + u" ★"_s);
    QCOMPARE(desk.figure(0, PlaygroundFigure::Total), cell(RequestsModel::Total) + u" ★"_s);
    QCOMPARE(desk.figure(0, PlaygroundFigure::Money), cell(RequestsModel::CostColumn) + u" ★"_s);
    QCOMPARE(desk.figure(0, PlaygroundFigure::Attempts), cell(RequestsModel::Attempts));
    QCOMPARE(desk.figure(0, PlaygroundFigure::Tokens).remove(u' '),
             cell(RequestsModel::TokensInOut).remove(u' '));
    QCOMPARE(desk.figure(1, PlaygroundFigure::FirstToken), u"394 ms"_s);
    QVERIFY(desk.part<QLabel>(u"playground.column.0.figure.0"_s)
                ->accessibleName()
                .endsWith(u"fastest"_s));
    QVERIFY(desk.part<QLabel>(u"playground.column.0.figure.4"_s)
                ->accessibleName()
                .endsWith(u"cheapest"_s));
}

void TestPlayground::figuresArriveWhilePaused()
{
    Desk desk;
    desk.window.state().setPaused(true);
    desk.runWhole(u"one"_s, u"two"_s);
    desk.log(0);
    QVERIFY(desk.session().columns()[0].run.figures().logged);
    QVERIFY(!desk.session().columns()[1].run.figures().logged);
}

/// 55
void TestPlayground::anUnknownPriceIsNotZero()
{
    Desk desk;
    desk.runWhole(u"one"_s, u"two"_s);
    QCOMPARE(desk.figure(0, PlaygroundFigure::Money), u"–"_s); // not known yet
    auto record = desk.playground.record(0);
    record->cost = {std::nullopt, false};
    desk.source.finish(record);
    desk.log(1);
    QCOMPARE(desk.figure(0, PlaygroundFigure::Money), u"n/a"_s);
    QVERIFY(!desk.figure(1, PlaygroundFigure::Money).contains(u'★')); // there is nothing to compare
}

/// 56: whatever can be read or heard before the vote tells neither name, figure nor place.
void TestPlayground::blindHidesNamesFiguresAndOrder()
{
    Desk desk;
    bool swapped = false;
    bool kept = false;
    QAction *blind = desk.window.actionSet().playgroundBlind;
    blind->setChecked(true);
    for (int round = 0; round < 40 && !(swapped && kept); ++round) {
        const std::size_t first = desk.playground.asked().size();
        const QString before = desk.session().columns()[0].model;
        desk.run();
        (before == desk.session().columns()[0].model ? kept : swapped) = true;
        desk.playground.say(first, u"one"_s);
        desk.playground.end(first);
        desk.playground.fail(first + 1, overloaded());
        desk.source.finish(desk.playground.record(first));
    }
    QVERIFY(swapped && kept);
    QTest::qWait(kSettleMs);
    QVERIFY(!desk.session().canVote()); // one answer is no choice
    const std::size_t first = desk.playground.asked().size();
    desk.runWhole(u"x"_s, u"y"_s);
    desk.playground.say(first, u"one"_s);
    desk.playground.say(first + 1, u"two"_s);
    desk.playground.end(first);
    desk.playground.end(first + 1);
    desk.log(first);
    desk.log(first + 1);
    for (int column = 0; column < 2; ++column) {
        auto *card = desk.part<PlaygroundColumn>(u"playground.column.%1"_s.arg(column));
        const auto widgets = card->findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            if (!widget->isVisible()) {
                continue;
            }
            auto *label = qobject_cast<QLabel *>(widget);
            const QString told = widget->accessibleName() + widget->toolTip()
                                 + widget->accessibleDescription()
                                 + (label != nullptr ? label->text() : QString());
            for (const QString &word : {u"openai"_s,
                                        u"gpt"_s,
                                        u"anthropic"_s,
                                        u"claude"_s,
                                        u"01TEST"_s,
                                        u" ms"_s,
                                        u"$"_s,
                                        u"tok/s"_s,
                                        u"★"_s}) {
                QVERIFY2(!told.contains(word), qPrintable(widget->objectName() + u": "_s + told));
            }
            QVERIFY(qobject_cast<QComboBox *>(widget) == nullptr);
        }
    }
    auto *best = desk.part<QPushButton>(u"playground.vote.1"_s);
    QVERIFY(best->isVisible() && best->isEnabled());
    QVERIFY(!desk.part<QPushButton>(u"playground.vote.2"_s)->isVisible()); // there is no column C
    best->click();
    QVERIFY(!best->isEnabled());
    QVERIFY(!desk.part<QPushButton>(u"playground.vote.tie"_s)->isEnabled());
    QVERIFY(desk.part<QLabel>(u"playground.verdict"_s)
                ->text()
                .contains(desk.session().columns()[1].model));
    QVERIFY(desk.part<QComboBox>(u"playground.column.0.model"_s)->isVisible());
    QVERIFY(desk.figure(0, PlaygroundFigure::Total).contains(u" s"_s));
    desk.session().cast({PlaygroundVote::Verdict::Tie, -1});
    QCOMPARE(desk.session().vote()->column, 1); // the first one holds
}

/// 57
void TestPlayground::comparingMarksWordsAndLeavesTheText()
{
    Desk desk;
    const QString second = u"A **breaker** watches calls and stops."_s;
    desk.runWhole(u"A **fuse** watches calls."_s, second);
    QVERIFY(desk.pageOf(1)->isVisible());
    desk.part<QComboBox>(u"playground.compare"_s)->setCurrentIndex(1);
    QVERIFY(desk.output(1)->isVisible());
    QStringList marked;
    QTextBlock block = desk.output(1)->document()->begin();
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextCharFormat format = it.fragment().charFormat();
        QCOMPARE(format.fontUnderline(), format.background().style() != Qt::NoBrush);
        QVERIFY(!format.fontStrikeOut());
        if (format.fontUnderline()) {
            marked << it.fragment().text();
        }
    }
    QCOMPARE(marked, (QStringList{u"breaker"_s, u"and stops"_s}));
    desk.output(1)->selectAll();
    desk.output(1)->copy();
    QCOMPARE(QApplication::clipboard()->text(), second);
    desk.part<QComboBox>(u"playground.compare"_s)->setCurrentIndex(0);
    QVERIFY(desk.pageOf(1)->isVisible());
}

/// 59
void TestPlayground::aReaderIsNotScrolledAway()
{
    Desk desk;
    desk.run();
    desk.playground.say(0, longText());
    QScrollBar *bar = desk.output(0)->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 100);
    bar->setValue(40);
    const int first = desk.output(0)->cursorForPosition({2, 2}).blockNumber();
    for (int i = 0; i < 50; ++i) {
        desk.playground.say(0, u"and more words\n"_s);
        QTest::qWait(5);
    }
    QTRY_VERIFY(desk.output(0)->toPlainText().count(u"and more words"_s) == 50);
    QCOMPARE(bar->value(), 40);
    QCOMPARE(desk.output(0)->cursorForPosition({2, 2}).blockNumber(), first);
}

void TestPlayground::whoReadsTheEndFollows()
{
    Desk desk;
    desk.run();
    for (int i = 0; i < 20; ++i) {
        desk.playground.say(0, longText());
        QTest::qWait(5);
    }
    QScrollBar *bar = desk.output(0)->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 1'000);
    QTRY_COMPARE(bar->value(), bar->maximum());
}

/// 60
void TestPlayground::jsonHasEverythingAndNoKey()
{
    Desk desk(u"Say “hi” — <b>now</b>"_s);
    desk.part<QSpinBox>(u"playground.parameters.maxTokens"_s)->setValue(512);
    desk.runWhole(u"one"_s, u"two"_s);
    desk.log(0);
    const QByteArray file = desk.page->exported(PlaygroundExport::Json);
    const QJsonObject json = QJsonDocument::fromJson(file).object();
    const QJsonArray columns = json.value(u"columns"_s).toArray();
    QCOMPARE(columns.size(), 2);
    const QJsonObject first = columns[0].toObject();
    QCOMPARE(first.value(u"model"_s).toString(), u"openai/gpt-4.1"_s);
    QCOMPARE(first.value(u"messages"_s).toArray()[1].toObject().value(u"content"_s).toString(),
             u"Say “hi” — <b>now</b>"_s);
    QCOMPARE(first.value(u"parameters"_s).toObject().value(u"max_tokens"_s).toInt(), 512);
    QCOMPARE(first.value(u"output"_s).toString(), u"one"_s);
    QCOMPARE(first.value(u"id"_s).toString(), u"01TEST0"_s);
    QCOMPARE(first.value(u"finish_reason"_s).toString(), u"stop"_s);
    const QJsonObject metrics = first.value(u"metrics"_s).toObject();
    QCOMPARE(metrics.value(u"first_token_ms"_s).toDouble(), 304.217);
    QCOMPARE(metrics.value(u"total_ms"_s).toDouble(), 2104.911);
    QCOMPARE(metrics.value(u"cost_usd"_s).toString(), u"0.001094"_s);
    QCOMPARE(metrics.value(u"usage"_s).toObject().value(u"completion_tokens"_s).toInt(), 131);
    QCOMPARE(metrics.value(u"source"_s).toString(), u"log"_s);
    QVERIFY(columns[1].toObject().value(u"metrics"_s).toObject().value(u"cost_usd"_s).isNull());
    QVERIFY(!file.contains("uthorization") && !file.contains("Bearer"));
}

void TestPlayground::markdownAndCurl()
{
    Desk desk(u"It's `a` ```test```"_s);
    desk.runWhole(u"one"_s, u"two"_s);
    const QString markdown = QString::fromUtf8(desk.page->exported(PlaygroundExport::Markdown));
    QVERIFY(markdown.contains(u"## B: anthropic/claude-haiku-4-5"_s));
    QVERIFY(markdown.contains(u"````\nIt's `a` ```test```\n````"_s));
    QVERIFY(markdown.contains(u"\ntwo\n"_s));
    const QStringList commands =
        QString::fromUtf8(desk.page->exported(PlaygroundExport::Curl)).split(u'\n');
    QCOMPARE(commands.size(), 2);
    QVERIFY(commands[0].contains(u"Bearer $SIGNALBOX_KEY"_s));
    QVERIFY(commands[0].contains(u"It'\\''s"_s));
    QVERIFY(commands[0].startsWith(u"curl -N 'http://127.0.0.1:8787/v1/chat/completions'"_s));
    desk.window.actionSet().playgroundCurl->trigger();
    QCOMPARE(QApplication::clipboard()->text(), commands.join(u'\n'));
}

void TestPlayground::turnsAreWrittenAndSent()
{
    Desk desk(u"first"_s);
    desk.part<QPlainTextEdit>(u"turn.0.text"_s)->setPlainText(u"Be terse."_s);
    auto *add = desk.part<QPushButton>(u"addTurn"_s);
    add->click();
    QCOMPARE(desk.part<QComboBox>(u"turn.2.role"_s)->currentText(), u"Assistant"_s);
    desk.part<QPlainTextEdit>(u"turn.2.text"_s)->setPlainText(u"second"_s);
    add->click();
    add->click();
    desk.part<QPlainTextEdit>(u"turn.3.text"_s)->setPlainText(u"third"_s);
    desk.part<QToolButton>(u"turn.2.remove"_s)->click();
    desk.run();
    const QJsonObject body = QJsonDocument::fromJson(desk.playground.asked()[0].body).object();
    QStringList said;
    const QJsonArray messages = body.value(u"messages"_s).toArray();
    for (const auto &message : messages) {
        said << message.toObject().value(u"role"_s).toString() + u": "_s
                    + message.toObject().value(u"content"_s).toString();
    }
    QCOMPARE(said, (QStringList{u"system: Be terse."_s, u"user: first"_s, u"user: third"_s}));
    QVERIFY(body.value(u"stream"_s).toBool());
    QVERIFY(!body.contains(u"temperature"_s) && !body.contains(u"max_tokens"_s));
}

void TestPlayground::columnsHaveParametersOfTheirOwn()
{
    Desk desk;
    desk.part<QDoubleSpinBox>(u"playground.parameters.temperature"_s)->setValue(0.7);
    QVERIFY(!desk.part<QLabel>(u"playground.column.1.modified"_s)->isVisible());
    desk.part<QDoubleSpinBox>(u"playground.column.1.parameters.temperature"_s)->setValue(0);
    desk.part<QComboBox>(u"playground.column.1.parameters.effort"_s)->setCurrentIndex(3);
    QVERIFY(desk.part<QLabel>(u"playground.column.1.modified"_s)->isVisible());
    QVERIFY(!desk.part<QLabel>(u"playground.column.0.modified"_s)->isVisible());
    desk.run();
    const auto body = [&desk](std::size_t i) {
        return QJsonDocument::fromJson(desk.playground.asked()[i].body).object();
    };
    QCOMPARE(body(0).value(u"temperature"_s).toDouble(), 0.7);
    QCOMPARE(body(1).value(u"temperature"_s).toDouble(-1), 0.0);
    QCOMPARE(body(1).value(u"reasoning_effort"_s).toString(), u"high"_s);
    QVERIFY(!body(0).contains(u"reasoning_effort"_s));
}

void TestPlayground::estimatesBeforeRunning()
{
    Desk desk;
    auto *estimate = desk.part<QLabel>(u"playground.estimate"_s);
    QTRY_COMPARE(estimate->text(), u"est. ≤ $0.0062 · 42 tokens in"_s);
    QVERIFY(desk.playground.asked().empty()); // nothing was sent
    desk.session().setModel(1, u"openrouter/free"_s);
    QTRY_COMPARE(estimate->text(), u"est. ≤ $0.0031 + 1 × n/a · 42 tokens in"_s);
    const int before = desk.playground.counts();
    desk.part<QPlainTextEdit>(u"turn.1.text"_s)->setPlainText({});
    QTRY_VERIFY(estimate->text().isEmpty());
    QCOMPARE(desk.playground.counts(), before);
}

/// Goal: an answer is shown, and nobody hears of it. A picture, a link and HTML of somebody's choice.
void TestPlayground::markdownLoadsNothing()
{
    Desk desk;
    const QString text = u"# Title\n\n![eye](http://127.0.0.1:9/spy.png) and "
                         "![file](/etc/hostname) <img src='x.png'> [here](http://example.org)"_s;
    desk.runWhole(text, u"two"_s);
    QTextEdit *view = desk.pageOf(0);
    QTRY_VERIFY(view->isVisible());
    const QString shown = view->toPlainText();
    QVERIFY2(shown.contains(u"[http://127.0.0.1:9/spy.png]"_s), qPrintable(shown));
    QVERIFY(shown.contains(u"[/etc/hostname]"_s));
    QVERIFY(!shown.contains(QChar::ObjectReplacementCharacter));
    QVERIFY(!view->textInteractionFlags().testFlag(Qt::LinksAccessibleByMouse));
    QTRY_COMPARE(desk.output(0)->toPlainText(), text);
    QToolButton *plain = desk.part<QToolButton>(u"playground.column.0.page"_s);
    plain->click();
    QVERIFY(desk.output(0)->isVisible());
}

void TestPlayground::reasoningIsFolded()
{
    Desk desk;
    desk.run();
    auto *title = desk.part<QToolButton>(u"playground.column.0.reasoning"_s);
    QVERIFY(!title->isVisible());
    desk.playground.say(0, {}, u"Let me think."_s);
    QVERIFY(title->isVisible());
    auto *thoughts = desk.part<PlaygroundColumn>(u"playground.column.0"_s)
                         ->findChildren<QPlainTextEdit *>()
                         .first();
    QVERIFY(!thoughts->isVisible());
    title->click();
    QVERIFY(thoughts->isVisible());
    QCOMPARE(thoughts->toPlainText(), u"Let me think."_s);
    QTRY_COMPARE(desk.output(0)->toPlainText(), QString());
}

void TestPlayground::escapeLeavesStepByStep()
{
    Desk desk;
    desk.run();
    auto *alone = desk.part<QToolButton>(u"playground.column.1.maximise"_s);
    alone->click();
    QVERIFY(!desk.part<QWidget>(u"playground.column.0"_s)->isVisible());
    desk.press(Qt::Key_Escape);
    QVERIFY(desk.part<QWidget>(u"playground.column.0"_s)->isVisible());
    QVERIFY(desk.session().isRunning());
    desk.press(Qt::Key_Escape);
    QVERIFY(!desk.session().isRunning());
    QCOMPARE(desk.playground.stopped().size(), std::size_t(2));
}

void TestPlayground::retriesOneColumn()
{
    Desk desk;
    desk.run();
    desk.playground.fail(1, overloaded());
    desk.part<QPushButton>(u"playground.column.1.failure.retry"_s)->click();
    QCOMPARE(desk.playground.asked().size(), std::size_t(3));
    QCOMPARE(desk.playground.modelOf(2), u"anthropic/claude-haiku-4-5"_s);
    QVERIFY(desk.playground.asked()[2].requestId != desk.playground.asked()[1].requestId);
    QVERIFY(!desk.part<QWidget>(u"playground.column.1.failure"_s)->isVisible());
    QCOMPARE(desk.stateOf(0), State::Waiting);
    desk.session().addColumn(u"mistral/mistral-large"_s);
    for (int i = 3; i < PlaygroundSession::kColumnsMax; ++i) {
        desk.session().addColumn({});
    }
    QVERIFY(!desk.window.actionSet().playgroundAdd->isEnabled());
    desk.part<QToolButton>(u"playground.column.0.remove"_s)->click();
    QCOMPARE(desk.session().columns().size(), std::size_t(5));
    QCOMPARE(desk.playground.stopped().size(), std::size_t(1)); // it was running
    QCOMPARE(desk.stateOf(0), State::Waiting); // what was B is A
    desk.playground.say(2, u"here"_s);
    QTRY_COMPARE(desk.output(0)->toPlainText(), u"here"_s);
}

void TestPlayground::opensALoggedRequest()
{
    Desk desk;
    auto record = std::make_shared<RequestRecord>();
    record->id = "01LOGGED";
    record->arrived = desk.source.now();
    record->modelAsked = "chat";
    record->route = "chat";
    record->target = TargetId("mistral", "mistral-large");
    record->status = 200;
    record->facts.maxOutputTokens = 256;
    desk.source.finish(record);
    QTest::qWait(kSettleMs);
    desk.window.showPage(u"requests"_s);
    auto *list = desk.window.findChild<ListView *>(u"requestList"_s);
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        if (list->model()->index(row, 0).data(RequestsModel::IdRole).toString() == u"01LOGGED"_s) {
            list->setCurrentIndex(list->model()->index(row, 0));
        }
    }
    desk.window.actionSet().playgroundOpen->trigger();
    QCOMPARE(desk.window.currentPage(), u"playground"_s);
    QCOMPARE(desk.session().columns()[0].model, u"chat"_s);
    QCOMPARE(desk.session().columns()[1].model, u"mistral/mistral-large"_s);
    QCOMPARE(desk.session().shared().maxTokens, std::optional(256));
    QVERIFY(desk.page->findChild<NoticeBar *>()->text().contains(u"01LOGGED"_s));
}

void TestPlayground::saysWhyNothingCanBeAsked()
{
    Desk desk;
    auto *run = desk.part<QPushButton>(u"playground.run"_s);
    QVERIFY(run->isEnabled());
    desk.playground.setWhyNot(u"A viewer may not spend money."_s);
    QVERIFY(!run->isEnabled());
    QCOMPARE(run->toolTip(), u"A viewer may not spend money."_s);
    desk.run();
    QVERIFY(desk.playground.asked().empty());
    desk.playground.setWhyNot({});
    desk.part<QPlainTextEdit>(u"turn.1.text"_s)->setPlainText(u"  "_s);
    QCOMPARE(run->toolTip(), u"Write what the user says first."_s);
}

/// All that can be pressed has a name, no two the same, and Tab leads there.
void TestPlayground::worksByKeysAndHasNames()
{
    Desk desk;
    desk.run();
    desk.playground.say(0, u"x"_s, u"y"_s);
    desk.playground.fail(1, overloaded());
    QHash<QString, QString> names;
    const auto buttons = desk.page->findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        const bool own = !button->objectName().startsWith(u"qt_"_s);
        if (!own || !button->isVisible()) {
            continue;
        }
        const QString name = button->accessibleName().isEmpty() ? button->text()
                                                                : button->accessibleName();
        QVERIFY2(!name.isEmpty(), qPrintable(button->objectName()));
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name, button->objectName());
        QVERIFY2(button->focusPolicy() & Qt::TabFocus || !button->isEnabled(),
                 qPrintable(button->objectName()));
    }
    QVERIFY(names.size() > 15);
}

QTEST_MAIN(TestPlayground)
#include "tst_playground.moc"
