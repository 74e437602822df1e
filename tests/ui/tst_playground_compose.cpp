// SPDX-License-Identifier: GPL-3.0-or-later
// Composing further: pictures, variables, tools, schemas, six columns, repeats, calls answered by hand.
#include "tests/ui/support/playground_desk.h"
#include "ui/widgets/answer_view.h"
#include "ui/widgets/compose_panel.h"
#include "ui/widgets/picture_strip.h"
#include "ui/widgets/turn_list.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollBar>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

using State = PlaygroundRun::State;

const QString kTool = u"[{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}]"_s;

QJsonObject bodyOf(const Desk &desk, std::size_t question)
{
    return QJsonDocument::fromJson(desk.playground.asked().at(question).body).object();
}

PlaygroundPiece callOf(const QString &name, int index = 0)
{
    return {.tools = {{.index = index,
                       .name = name,
                       .arguments = u"{\"zone\":\"UTC\"}"_s,
                       .id = u"call_%1"_s.arg(name)}}};
}

QImage picture()
{
    QImage image(20, 10, QImage::Format_RGB32);
    image.fill(Qt::red);
    return image;
}

void paste(QPlainTextEdit &editor, QMimeData *data)
{
    QApplication::clipboard()->setMimeData(data);
    editor.setFocus();
    editor.paste();
}

} // namespace

class TestPlaygroundCompose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesArePastedAndSent();
    void picturesAreDroppedAsFiles();
    void whatIsNoPictureIsRefused();
    void onlyTheUserHasPictures();
    void variablesAreAskedForAndFilled();
    void faultyToolsAreShownAtTheirLine();
    void schemasAreSent();
    void sixColumnsRunAtOnce();
    void repeatsRunOneAfterTheOther();
    void stopEndsASeries();
    void callsAreAnsweredByHand();
    void aMegabyteIsWholeAndScrolls();
    void copyingIsWithoutOurBreaks();
    void programsAndReportsAreTaken();
};

void TestPlaygroundCompose::picturesArePastedAndSent()
{
    Desk desk(u"What is this?"_s);
    auto *editor = desk.part<QPlainTextEdit>(u"turn.1.text"_s);
    auto *copied = new QMimeData;
    copied->setImageData(picture());
    paste(*editor, copied);
    QTRY_VERIFY(desk.part<QWidget>(u"turn.1.pictures"_s)->isVisible());
    QCOMPARE(editor->toPlainText(), u"What is this?"_s);
    desk.run();
    const QJsonArray parts =
        bodyOf(desk, 0).value(u"messages"_s).toArray()[0].toObject().value(u"content"_s).toArray();
    QCOMPARE(parts.size(), 2);
    const QString url =
        parts[1].toObject().value(u"image_url"_s).toObject().value(u"url"_s).toString();
    QVERIFY(url.startsWith(u"data:image/png;base64,"_s));
    const QImage sent = QImage::fromData(QByteArray::fromBase64(url.section(u',', 1).toLatin1()));
    QCOMPARE(sent.size(), picture().size());
    QCOMPARE(sent.pixelColor(3, 3), QColor(Qt::red));
    auto *remove = desk.part<QToolButton>(u"turn.1.pictures.0.remove"_s);
    QVERIFY(remove->accessibleName().contains(u"pasted.png"_s));
    remove->click();
    QVERIFY(desk.session().turns()[1].images.isEmpty());
    QVERIFY(!desk.part<QWidget>(u"turn.1.pictures"_s)->isVisible());
}

void TestPlaygroundCompose::picturesAreDroppedAsFiles()
{
    Desk desk;
    const QTemporaryDir folder;
    const QString bitmap = folder.filePath(u"b.bmp"_s);
    const QString jpeg = folder.filePath(u"a.jpg"_s);
    QVERIFY(picture().save(bitmap) && picture().save(jpeg));
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(jpeg), QUrl::fromLocalFile(bitmap)});
    auto *target = desk.part<QPlainTextEdit>(u"turn.1.text"_s)->viewport();
    const QPoint at = target->rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
    QTRY_COMPARE(desk.session().turns()[1].images.size(), 2);
    QStringList types;
    for (const PlaygroundImage &image : desk.session().turns()[1].images) {
        types << image.type;
    }
    types.sort();
    QCOMPARE(types, (QStringList{u"image/jpeg"_s, u"image/png"_s})); // nobody takes a bitmap
    desk.part<QPlainTextEdit>(u"turn.1.text"_s)->clear();
    desk.run(); // a picture alone says something
    QCOMPARE(desk.playground.asked().size(), std::size_t(2));
}

void TestPlaygroundCompose::whatIsNoPictureIsRefused()
{
    Desk desk;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"notes.png"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("these are words");
    file.close();
    auto *copied = new QMimeData;
    copied->setUrls({QUrl::fromLocalFile(path)});
    paste(*desk.part<QPlainTextEdit>(u"turn.1.text"_s), copied);
    QTRY_VERIFY(desk.part<QLabel>(u"turn.1.pictures.problem"_s)->text().contains(u"notes.png"_s));
    QVERIFY(desk.session().turns()[1].images.isEmpty());
    auto *strip = desk.part<PictureStrip>(u"turn.1.pictures"_s);
    for (int i = 0; i <= kPicturesMax; ++i) {
        strip->add({.image = {u"x"_s, u"image/png"_s, "AAAA"}, .small = picture()});
    }
    QCOMPARE(strip->images().size(), kPicturesMax);
    QVERIFY(desk.part<QLabel>(u"turn.1.pictures.problem"_s)->text().contains(u"most"_s));
    ReadPicture large = readPicture(QImage(1, 1, QImage::Format_RGB32)).result();
    QVERIFY(large.problem.isEmpty());
    QVERIFY(!readPicture(folder.filePath(u"none.png"_s)).result().problem.isEmpty());
}

void TestPlaygroundCompose::onlyTheUserHasPictures()
{
    Desk desk;
    auto *copied = new QMimeData;
    copied->setImageData(picture());
    paste(*desk.part<QPlainTextEdit>(u"turn.0.text"_s), copied);
    auto *again = new QMimeData;
    again->setImageData(picture());
    paste(*desk.part<QPlainTextEdit>(u"turn.1.text"_s), again);
    QTRY_COMPARE(desk.session().turns()[1].images.size(), 1);
    QVERIFY(desk.session().turns()[0].images.isEmpty());
    desk.part<QComboBox>(u"turn.1.role"_s)->setCurrentIndex(2);
    QVERIFY(desk.session().turns()[1].images.isEmpty());
    desk.part<QComboBox>(u"turn.1.role"_s)->setCurrentIndex(1);
    QCOMPARE(desk.session().turns()[1].images.size(), 1);
}

void TestPlaygroundCompose::variablesAreAskedForAndFilled()
{
    Desk desk(u"Greet {{name}} from {{town}}."_s);
    auto *run = desk.part<QPushButton>(u"playground.run"_s);
    QVERIFY(run->toolTip().contains(u"{{name}}"_s));
    desk.page->compose()->setView(ComposePanel::Variables);
    auto *name = desk.part<QLineEdit>(u"playground.variable.0"_s);
    auto *town = desk.part<QLineEdit>(u"playground.variable.1"_s);
    QCOMPARE(name->accessibleName(), u"Value of name"_s);
    QTest::keyClicks(name, u"Ann"_s);
    QVERIFY(!run->isEnabled());
    QTest::keyClicks(town, u"Oslo"_s);
    QVERIFY(run->isEnabled());
    desk.run();
    const auto said = [&desk](std::size_t question) {
        return bodyOf(desk, question)
            .value(u"messages"_s)
            .toArray()[0]
            .toObject()
            .value(u"content"_s)
            .toString();
    };
    QCOMPARE(said(0), u"Greet Ann from Oslo."_s);
    QCOMPARE(said(1), said(0));
    // A name that goes and comes again has its value still.
    auto *editor = desk.part<QPlainTextEdit>(u"turn.1.text"_s);
    editor->setPlainText(u"Hello"_s);
    QVERIFY(desk.session().extras().variables.empty());
    editor->setPlainText(u"Bye, {{town}}"_s);
    QCOMPARE(desk.part<QLineEdit>(u"playground.variable.0"_s)->text(), u"Oslo"_s);
}

void TestPlaygroundCompose::faultyToolsAreShownAtTheirLine()
{
    Desk desk;
    desk.page->compose()->setView(ComposePanel::Tools);
    auto *tools = desk.part<QPlainTextEdit>(u"playground.tools"_s);
    auto *words = desk.part<QLabel>(u"playground.tools.fault"_s);
    auto *run = desk.part<QPushButton>(u"playground.run"_s);
    tools->setPlainText(u"[\n  {\"type\": \"function\",\n   \"function\": {}}\n]"_s);
    QTRY_VERIFY(words->isVisible());
    QVERIFY(words->text().startsWith(u"Line 3, column 16:"_s));
    QCOMPARE(tools->accessibleDescription(), words->text());
    QCOMPARE(tools->extraSelections().size(), 2);
    QCOMPARE(tools->extraSelections()[0].cursor.blockNumber(), 2);
    QVERIFY(!run->isEnabled());
    QVERIFY(run->toolTip().contains(u"line 3"_s));
    tools->setPlainText(kTool);
    QTRY_VERIFY(!words->isVisible());
    QVERIFY(tools->extraSelections().isEmpty());
    desk.run();
    QCOMPARE(bodyOf(desk, 0).value(u"tools"_s).toArray().size(), 1);
    QCOMPARE(desk.part<QLabel>(u"playground.compose.summary"_s)->text(), u"1 tool(s)"_s);
}

void TestPlaygroundCompose::schemasAreSent()
{
    Desk desk;
    desk.page->compose()->setView(ComposePanel::Schema);
    auto *schema = desk.part<QPlainTextEdit>(u"playground.schema"_s);
    schema->setPlainText(u"{\"type\": \"string\"}"_s);
    QTRY_VERIFY(desk.part<QLabel>(u"playground.schema.fault"_s)->isVisible());
    schema->setPlainText(u"{\"type\": \"object\", \"properties\": {\"a\": {}}}"_s);
    QTRY_VERIFY(!desk.part<QLabel>(u"playground.schema.fault"_s)->isVisible());
    desk.run();
    QVERIFY(bodyOf(desk, 1)
                .value(u"response_format"_s)
                .toObject()
                .value(u"json_schema"_s)
                .toObject()
                .value(u"schema"_s)
                .toObject()
                .contains(u"properties"_s));
}

void TestPlaygroundCompose::sixColumnsRunAtOnce()
{
    Desk desk;
    for (int i = 2; i < 6; ++i) {
        desk.session().addColumn(u"mistral/mistral-large"_s);
    }
    QCOMPARE(desk.session().columns().size(), std::size_t(6));
    QVERIFY(!desk.window.actionSet().playgroundAdd->isEnabled());
    desk.run();
    QCOMPARE(desk.playground.asked().size(), std::size_t(6));
    for (std::size_t i = 0; i < 6; ++i) {
        desk.playground.say(i, u"answer %1"_s.arg(i));
        desk.playground.end(i);
    }
    QTRY_COMPARE(desk.output(5)->toPlainText(), u"answer 5"_s);
    QCOMPARE(desk.stateOf(5), State::Finished);
}

void TestPlaygroundCompose::repeatsRunOneAfterTheOther()
{
    Desk desk;
    auto *estimate = desk.part<QLabel>(u"playground.estimate"_s);
    desk.part<QSpinBox>(u"playground.repeat"_s)->setValue(3);
    QTRY_COMPARE(estimate->text(), u"est. ≤ $0.0186 · 126 tokens in"_s);
    desk.run();
    QCOMPARE(desk.playground.asked().size(), std::size_t(2));
    desk.playground.say(0, u"one"_s);
    desk.playground.end(0);
    QCOMPARE(desk.playground.asked().size(), std::size_t(3)); // the other column has not ended
    QCOMPARE(desk.playground.asked()[2].body, desk.playground.asked()[0].body);
    QVERIFY(desk.playground.asked()[2].requestId != desk.playground.asked()[0].requestId);
    desk.playground.say(2, u"two"_s);
    desk.playground.end(2);
    desk.playground.fail(3, {.status = 503, .message = u"busy"_s}); // a failure is one of them
    desk.playground.fail(1, {.status = 503, .message = u"busy"_s});
    QVERIFY(!desk.part<QLabel>(u"playground.column.1.series"_s)->isVisible());
    QCOMPARE(desk.stateOf(0), State::Failed);
    for (std::size_t i = 4; i < desk.playground.asked().size(); ++i) {
        desk.playground.say(i, u"more"_s);
        desk.playground.end(i);
    }
    QVERIFY(!desk.session().isRunning());
    QCOMPARE(desk.session().seriesRuns(0).size(), std::size_t(3));
    QCOMPARE(desk.session().seriesRuns(1).size(), std::size_t(3));
    QVERIFY(desk.label(0, u"series"_s).startsWith(u"2 of 3 complete"_s));
    desk.log(0); // of a run that is not shown any more
    QVERIFY(desk.session().seriesRuns(0)[0].figures().logged);
    QCOMPARE(desk.session().sheet().columns[0].runs.size(), std::size_t(3));
}

void TestPlaygroundCompose::stopEndsASeries()
{
    Desk desk;
    desk.part<QSpinBox>(u"playground.repeat"_s)->setValue(5);
    desk.run();
    desk.press(Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(!desk.session().isRunning());
    QCOMPARE(desk.playground.asked().size(), std::size_t(2));
    QCOMPARE(desk.stateOf(0), State::Stopped);
}

void TestPlaygroundCompose::callsAreAnsweredByHand()
{
    Desk desk(u"What time is it?"_s);
    desk.part<QPlainTextEdit>(u"playground.tools"_s)->setPlainText(kTool);
    QTRY_VERIFY(!desk.session().extras().tools.isEmpty());
    desk.run();
    auto *calls = desk.part<QWidget>(u"playground.column.0.calls"_s);
    QVERIFY(!calls->isVisible());
    desk.playground.say(0, u"Let me look."_s);
    desk.playground.tell(0, callOf(u"get_time"_s));
    desk.playground.tell(0, callOf(u"get_date"_s, 1));
    desk.playground.end(0, u"tool_calls"_s);
    QVERIFY(calls->isVisible());
    QVERIFY(desk.part<QLabel>(u"playground.column.0.calls.0.arguments"_s)
                ->text()
                .contains(u"\"zone\": \"UTC\""_s));
    auto *first = desk.part<QPlainTextEdit>(u"playground.column.0.calls.0"_s);
    QVERIFY(first->accessibleName().contains(u"get_time"_s));
    first->setPlainText(u"noon"_s);
    desk.part<QPlainTextEdit>(u"playground.column.0.calls.1"_s)->setPlainText(u"Monday"_s);
    desk.part<QPushButton>(u"playground.column.0.calls.send"_s)->click();
    QCOMPARE(desk.playground.asked().size(), std::size_t(3));
    const QJsonArray messages = bodyOf(desk, 2).value(u"messages"_s).toArray();
    QCOMPARE(messages.size(), 4);
    QCOMPARE(messages[1].toObject().value(u"content"_s).toString(), u"Let me look."_s);
    QCOMPARE(messages[1].toObject().value(u"tool_calls"_s).toArray().size(), 2);
    QCOMPARE(messages[2].toObject().value(u"tool_call_id"_s).toString(), u"call_get_time"_s);
    QCOMPARE(messages[2].toObject().value(u"content"_s).toString(), u"noon"_s);
    QCOMPARE(messages[3].toObject().value(u"content"_s).toString(), u"Monday"_s);
    QCOMPARE(bodyOf(desk, 2).value(u"tools"_s).toArray().size(), 1);
    QVERIFY(!calls->isVisible());
    QCOMPARE(desk.stateOf(1), State::Waiting); // the other one goes its own way
    desk.playground.say(2, u"It is noon."_s);
    desk.playground.end(2);
    QTRY_COMPARE(desk.output(0)->toPlainText(), u"It is noon."_s);
    const QByteArray json = desk.page->exported(PlaygroundExport::Json);
    QVERIFY(json.contains("\"tool_call_id\": \"call_get_time\""));
}

/// Goal: what has no line break is as whole, and as easily scrolled, as what has.
void TestPlaygroundCompose::aMegabyteIsWholeAndScrolls()
{
    Desk desk;
    desk.run();
    QString all;
    for (int i = 0; i < 64; ++i) {
        const QString piece = QString(8'192, u'x') + u" yes "_s + QString(8'187, u'字');
        all += piece;
        desk.playground.say(0, piece);
        QTest::qWait(1);
    }
    QCOMPARE(all.size(), 1'048'576);
    desk.playground.end(0);
    auto *view = desk.part<PlaygroundColumn>(u"playground.column.0"_s)->answer();
    QTRY_COMPARE_WITH_TIMEOUT(desk.output(0)->document()->characterCount() - 1
                                  - (desk.output(0)->blockCount() - 1),
                              int(all.size()),
                              kFedWithinMs);
    QCOMPARE(view->text(), all);
    for (QTextBlock block = desk.output(0)->document()->begin(); block.isValid();
         block = block.next()) {
        QVERIFY(block.length() <= 2 * AnswerView::kParagraphUnits);
    }
    QScrollBar *bar = desk.output(0)->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 1'000);
    const int middle = bar->maximum() / 2; // the range still grows as lines are laid out
    bar->setValue(middle);
    QTest::qWait(1);
    QCOMPARE(bar->value(), middle);
}

void TestPlaygroundCompose::copyingIsWithoutOurBreaks()
{
    AnswerView view(u"answer"_s, u"Answer"_s);
    QString text = u"first line\nsecond "_s;
    for (int i = 0; i < 2'000; ++i) {
        text += u"word %1 "_s.arg(i);
    }
    text += u"\nlast"_s;
    view.setText(text);
    auto *plain = view.findChild<QPlainTextEdit *>(u"answer"_s);
    QVERIFY(plain->blockCount() > 6);
    QCOMPARE(view.text(), text);
    plain->selectAll();
    plain->copy();
    QCOMPARE(QApplication::clipboard()->text(), text);
    // Marks stand where the words are, whatever stands between.
    const qsizetype at = text.indexOf(u"word 1500"_s);
    view.mark({{at, 9}});
    QString marked;
    for (QTextBlock block = plain->document()->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            marked += it.fragment().charFormat().fontUnderline() ? it.fragment().text() : QString();
        }
    }
    QCOMPARE(marked, u"word 1500"_s);
    view.setText(u"a\r\nb"_s);
    QCOMPARE(view.text(), u"a\nb"_s);
}

void TestPlaygroundCompose::programsAndReportsAreTaken()
{
    Desk desk;
    desk.runWhole(u"one"_s, u"two"_s);
    desk.window.actionSet().playgroundPython->trigger();
    const QString python = QApplication::clipboard()->text();
    QVERIFY(python.contains(u"OpenAI(base_url=\"http://127.0.0.1:8787/v1\""_s));
    QVERIFY(python.contains(u"anthropic/claude-haiku-4-5"_s));
    desk.window.actionSet().playgroundNode->trigger();
    QVERIFY(QApplication::clipboard()->text().contains(u"process.env.SIGNALBOX_KEY"_s));
    const QString html = QString::fromUtf8(desk.page->exported(PlaygroundExport::Html));
    QVERIFY(html.contains(u"<pre>two</pre>"_s));
    desk.window.actionSet().playgroundBlind->setChecked(true);
    QApplication::clipboard()->setText(u"before"_s);
    desk.window.actionSet().playgroundNode->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"before"_s); // it has names in it
}

QTEST_MAIN(TestPlaygroundCompose)
#include "tst_playground_compose.moc"
