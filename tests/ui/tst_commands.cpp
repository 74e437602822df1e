// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/console.h"
#include "ui/widgets/reason_popover.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tripsByKeyboardWithAReason_data();
    void tripsByKeyboardWithAReason();
    void doesNotTripWithoutAReason();
    void asksBeforeHoldingClosed();
    void offersTheWayBackAfterDraining();
    void saysWhyACommandFailed();
};

/// Goal: a breaker can be tripped without a mouse.
/// Method: Tab from the tile's menu button to Trip, Space or Return, a reason, Return there or in
/// the field behind it.
void TestCommands::tripsByKeyboardWithAReason_data()
{
    QTest::addColumn<Qt::Key>("press");
    QTest::addColumn<bool>("onward");
    QTest::newRow("space") << Qt::Key_Space << false;
    QTest::newRow("return") << Qt::Key_Return << false;
    QTest::newRow("from the duration") << Qt::Key_Return << true;
}

void TestCommands::tripsByKeyboardWithAReason()
{
    QFETCH(Qt::Key, press);
    QFETCH(bool, onward);
    Console console;
    BreakerTile *tile = console.tile(u"qwen/qwen-max"_s);
    auto *trip = tile->findChild<QPushButton *>(u"trip"_s);
    tile->findChild<QWidget *>(u"more"_s)->setFocus();
    for (int tabs = 0; tabs < 3 && !trip->hasFocus(); ++tabs) {
        QTest::keyClick(console.window.focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(console.window.focusWidget(), trip);
    QTest::keyClick(trip, press);
    auto *popover = console.window.findChild<ReasonPopover *>();
    QVERIFY(popover->isVisible());
    QTest::keyClicks(console.window.focusWidget(), u"odd answers"_s);
    if (onward) {
        QTest::keyClick(console.window.focusWidget(), Qt::Key_Tab);
    }
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QVERIFY(!popover->isVisible());
    QCOMPARE(console.source.sent().size(), std::size_t(1));
    const BreakerCommand &command = console.source.sent().front();
    QCOMPARE(command.action, BreakerAction::Trip);
    QCOMPARE(command.target, TargetId("qwen/qwen-max"));
    QCOMPARE(command.reason, std::string("odd answers"));
    QCOMPARE(command.duration, std::optional(Seconds(1800)));
    QTRY_COMPARE(tile->state(), u"forced_open"_s);
    QVERIFY(console.bar(u"notices"_s)->text().contains(u"forced open"_s));
}

void TestCommands::doesNotTripWithoutAReason()
{
    Console console;
    auto *trip = console.tile(u"qwen/qwen-max"_s)->findChild<QPushButton *>(u"trip"_s);
    trip->setFocus();
    trip->click();
    auto *popover = console.window.findChild<ReasonPopover *>();
    QVERIFY(!popover->findChild<QPushButton *>(u"submit"_s)->isEnabled());
    QTest::keyClicks(console.window.focusWidget(), u"   "_s);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QVERIFY(popover->isVisible());
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Escape);
    QVERIFY(!popover->isVisible());
    QCOMPARE(console.window.focusWidget(), trip);
    QVERIFY(console.source.sent().empty());
}

void TestCommands::asksBeforeHoldingClosed()
{
    Console console;
    BreakerTile *tile = console.tile(u"mistral/mistral-large"_s);
    Q_EMIT tile->holdAsked(TargetId("mistral/mistral-large"));
    auto *dialog = console.window.findChild<QDialog *>(u"holdDialog"_s);
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QVERIFY(dialog->windowTitle().contains(u"mistral/mistral-large"_s));
    auto *hold = dialog->findChild<QPushButton *>(u"hold"_s);
    QVERIFY(dialog->findChild<QPushButton *>(u"cancel"_s)->isDefault());
    QVERIFY(!hold->isEnabled());
    dialog->findChild<QLineEdit *>(u"reason"_s)->setText(u"they say it is fixed"_s);
    hold->click();
    QCOMPARE(console.source.sent().front().action, BreakerAction::Hold);
    QCOMPARE(console.source.sent().front().duration, std::optional(Seconds(1800)));
    QTRY_COMPARE(tile->state(), u"forced_closed"_s);
    QCOMPARE(tile->summary().headline, u"Forced closed (would be open)"_s);
}

void TestCommands::offersTheWayBackAfterDraining()
{
    Console console;
    BreakerTile *tile = console.tile(u"qwen/qwen-turbo"_s);
    Q_EMIT tile->drainAsked(TargetId("qwen/qwen-turbo"), true);
    QTRY_COMPARE(tile->state(), u"drained"_s);
    auto *undo = console.bar(u"notices"_s)->findChild<QPushButton *>(u"action"_s);
    QCOMPARE(undo->text(), u"Undo"_s);
    undo->click();
    QTRY_COMPARE(tile->state(), u"closed"_s);
    QCOMPARE(console.source.sent().back().action, BreakerAction::Undrain);
    // It is offered for ten seconds, and then no more.
    Q_EMIT tile->drainAsked(TargetId("qwen/qwen-turbo"), true);
    QTRY_VERIFY(console.bar(u"notices"_s)->offersUndo());
    QElapsedTimer offered;
    offered.start();
    QTRY_VERIFY_WITH_TIMEOUT(!console.bar(u"notices"_s)->offersUndo(), 20'000);
    QVERIFY2(offered.elapsed() >= 9'000, qPrintable(QString::number(offered.elapsed())));
}

void TestCommands::saysWhyACommandFailed()
{
    Console console;
    console.source.failCommands(u"the target was removed from the configuration"_s);
    Q_EMIT console.tile(u"qwen/qwen-turbo"_s)->resetAsked(TargetId("qwen/qwen-turbo"));
    QTRY_VERIFY(console.bar(u"notices"_s)->text().contains(u"was removed"_s));
}

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
