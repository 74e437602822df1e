// SPDX-License-Identifier: GPL-3.0-or-later
// The details beside the pages: whose they are, what they say, what a test costs, where they stand.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_playground.h"
#include "tests/ui/support/fixture_scene.h"
#include "ui/frame/console_actions.h"
#include "ui/models/transitions_model.h"
#include "ui/pages/providers_page.h"
#include "ui/pages/target_details.h"
#include "ui/widgets/change_row.h"
#include "ui/widgets/list_view.h"

#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

/// A console whose details are open.
struct Details
{
    Details()
    {
        window.show();
        window.activateWindow();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        window.showPage(u"providers"_s);
        QTest::keyClick(&window, Qt::Key_I, Qt::ControlModifier);
        QTest::qWait(kSettleMs);
    }

    [[nodiscard]] QString target() const
    {
        return details->target() ? QString::fromStdString(details->target()->name()) : QString();
    }
    [[nodiscard]] BreakerTile *tile(const QString &name) const
    {
        return window.findChild<ProvidersPage *>()->findChild<BreakerTile *>(u"tile."_s + name);
    }
    [[nodiscard]] QString fact(int index) const
    {
        return details->findChild<QLabel *>(u"details.fact.%1"_s.arg(index))->text();
    }
    [[nodiscard]] QString price() const
    {
        return details->findChild<QLabel *>(u"details.price"_s)->text();
    }

    FixtureSource source;
    FixtureSettings settings;
    FixturePlayground playground;
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .source = &settings,
                          .playground = &playground}};
    TargetDetails *details = window.findChild<TargetDetails *>();
    QDockWidget *dock = window.findChild<QDockWidget *>(u"dock.details"_s);
};

} // namespace

class TestDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void areOpenedAndClosedByKeys();
    void followWhatIsLookedAt();
    void sayBothStatesAndTheShares();
    void tellTheRuleTheCountsAndTheProvidersWords();
    void tellWhatATestCostsBeforeItIsSent();
    void aTestChangesNoOtherTarget();
    void actOnTheirTarget();
    void outliveTheirTarget();
    void areKeptAndReset();
    void areAwayDuringTheSetUp();
};

void TestDetails::areOpenedAndClosedByKeys()
{
    Details console;
    QVERIFY(console.dock->isVisible());
    QVERIFY(console.window.actionSet().details->isChecked());
    QVERIFY(console.dock->isAncestorOf(console.window.focusWidget()));
    QCOMPARE(console.target(), u"mistral/mistral-large"_s); // nothing was chosen: the worst
    QTest::keyClick(&console.window, Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!console.dock->isVisible());
    QVERIFY(!console.window.actionSet().details->isChecked());
    console.window.actionSet().details->trigger();
    console.dock->findChild<QToolButton *>(u"details.close"_s)->click();
    QVERIFY(!console.window.actionSet().details->isChecked());
}

void TestDetails::followWhatIsLookedAt()
{
    Details console;
    console.tile(u"qwen/qwen-max"_s)->findChild<QWidget *>(u"more"_s)->setFocus(Qt::TabFocusReason);
    QCOMPARE(console.target(), u"qwen/qwen-max"_s);
    QTest::mouseClick(console.tile(u"openai/gpt-4.1"_s), Qt::LeftButton, {}, QPoint(40, 80));
    QCOMPARE(console.target(), u"openai/gpt-4.1"_s);
    console.details->findChild<QPushButton *>(u"details.test"_s)->setFocus(); // not away from it
    QCOMPARE(console.target(), u"openai/gpt-4.1"_s);
    console.window.findChild<ProvidersPage *>()->setTableShown(true);
    auto *table = console.window.findChild<ListView *>(u"targets"_s);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QCOMPARE(console.target(), u"mistral/mistral-large"_s);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(console.target(), u"openai/gpt-4.1-mini"_s);
    auto *changes = console.window.findChild<ListView *>(u"transitions"_s);
    changes->setCurrentIndex(changes->model()->index(0, 0));
    QCOMPARE(console.target(), u"deepseek/deepseek-chat"_s);
    console.window.go({.page = u"overview"_s, .target = {}});
    QCOMPARE(console.target(), u"deepseek/deepseek-chat"_s); // beside every page
    QVERIFY(console.dock->isVisible());
}

void TestDetails::sayBothStatesAndTheShares()
{
    Details console;
    console.details->choose({"openai", "gpt-4.1-mini"});
    QCOMPARE(console.fact(0), u"Closed"_s);
    QCOMPARE(console.fact(1), u"Open, 25:12 left"_s);
    console.details->choose({"openai", "gpt-4.1"});
    QCOMPARE(console.fact(1), u"–"_s);
    QCOMPARE(console.fact(2), u"50 % by weight, 58 % measured"_s);
    QCOMPARE(console.fact(3), u"812 of 1,000 req · 240k of 2.00M tok"_s);
    QVERIFY2(console.fact(4).startsWith(u"in 0:"_s), qPrintable(console.fact(4)));
}

/// Goal: statement 35, in the details and in the log of all changes.
void TestDetails::tellTheRuleTheCountsAndTheProvidersWords()
{
    Details console;
    const QString why = u"3 in a row: server error ×2, no first token in 41 s"_s;
    auto *row = console.details->findChild<ChangeRow *>();
    QCOMPARE(row->accessibleName(), u"14:02:39 Closed → Open: "_s + why);
    console.source.finish(sceneFailure(console.source.now() - Seconds(43)));
    const QString said = why + u"; it said “upstream connect error: no healthy upstream”"_s;
    QTRY_COMPARE(row->accessibleName(), u"14:02:39 Closed → Open: "_s + said);
    const auto *log = console.window.findChild<ListView *>(u"transitions"_s)->model();
    QCOMPARE(log->index(1, TransitionsModel::Cause).data().toString(), said);
    row->setFocus();
    QTest::keyClick(row, Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"requests"_s);
    QCOMPARE(console.window.findChild<QLineEdit *>(u"requests.filter"_s)->text(),
             u"mistral/mistral-large"_s);
}

void TestDetails::tellWhatATestCostsBeforeItIsSent()
{
    Details console;
    QTRY_COMPARE(
        console.price(),
        u"One tiny request to this target and to nobody else; it costs $0.0031 at most."_s);
    QVERIFY(console.settings.asked().isEmpty());
    auto *test = console.details->findChild<QPushButton *>(u"details.test"_s);
    QCOMPARE(test->accessibleName(), u"Test mistral/mistral-large"_s);
    QTest::keyClick(test, Qt::Key_Space);
    QVERIFY(!test->isEnabled());
    QCOMPARE(console.settings.asked(), QStringList{u"test mistral/mistral-large"_s});
    auto *outcome = console.details->findChild<NoticeBar *>(u"details.outcome"_s);
    QTRY_VERIFY(outcome->isVisible());
    QVERIFY(test->isEnabled());
    console.details->choose({"qwen", "qwen-max"});
    QVERIFY(!outcome->isVisible()); // it was another's
    QVERIFY(console.price().contains(u"price is not known"_s)); // until it is
}

/// Goal: statement 33. A failed test is told in place, and no tile says anything else than before.
void TestDetails::aTestChangesNoOtherTarget()
{
    Details console;
    const auto all = [&console] {
        std::vector<TargetSummary> summaries;
        const auto tiles =
            console.window.findChild<ProvidersPage *>()->findChildren<BreakerTile *>();
        for (const BreakerTile *tile : tiles) {
            summaries.push_back(tile->summary());
        }
        return summaries;
    };
    const auto before = all();
    console.settings.fail(u"mistral/mistral-large did not answer: 401"_s);
    console.details->findChild<QPushButton *>(u"details.test"_s)->click();
    auto *outcome = console.details->findChild<NoticeBar *>(u"details.outcome"_s);
    QTRY_COMPARE(outcome->text(), u"mistral/mistral-large did not answer: 401"_s);
    QTest::qWait(kSettleMs);
    QVERIFY(all() == before);
}

void TestDetails::actOnTheirTarget()
{
    Details console;
    auto *own = console.details->findChild<BreakerTile *>();
    own->findChild<QPushButton *>(u"reset"_s)->click();
    QCOMPARE(console.source.sent().back().action, BreakerAction::Reset);
    QCOMPARE(console.source.sent().back().target, TargetId("mistral/mistral-large"));
    QTRY_COMPARE(own->state(), u"closed"_s);
}

void TestDetails::outliveTheirTarget()
{
    Details console;
    console.details->choose({"mistral", "mistral-large"});
    auto &providers = console.source.draft().providers;
    providers.erase(providers.begin() + 4);
    console.source.publish();
    QTRY_COMPARE(console.target(), u"openai/gpt-4.1-mini"_s); // the worst of those that are left
    providers.clear();
    console.source.publish();
    QTRY_VERIFY(!console.details->target());
}

/// Goal: statements 2 and 3 for docks.
void TestDetails::areKeptAndReset()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    FixtureSource source;
    const auto open = [&] {
        auto window =
            std::make_unique<ConsoleWindow>(source,
                                            ConsoleOptions{.clock = [&] { return source.now(); },
                                                           .settings = &settings});
        window->show();
        return window;
    };
    const auto dockOf = [](const ConsoleWindow &window) {
        return window.findChild<QDockWidget *>(u"dock.details"_s);
    };
    const auto stageOf = [](const ConsoleWindow &window) {
        return window.findChild<QMainWindow *>(u"stage"_s);
    };
    {
        const auto window = open();
        QVERIFY(dockOf(*window)->isHidden());
        window->actionSet().details->trigger();
        dockOf(*window)->findChild<QToolButton *>(u"details.move"_s)->click();
        stageOf(*window)->resizeDocks({dockOf(*window)}, {371}, Qt::Horizontal);
        window->close();
    }
    {
        const auto window = open();
        QVERIFY(dockOf(*window)->isVisible());
        QCOMPARE(stageOf(*window)->dockWidgetArea(dockOf(*window)), Qt::LeftDockWidgetArea);
        QTRY_COMPARE(dockOf(*window)->width(), 371);
        QVERIFY(window->actionSet().details->isChecked());
        window->actionSet().resetLayout->trigger();
        QVERIFY(dockOf(*window)->isHidden());
        QCOMPARE(stageOf(*window)->dockWidgetArea(dockOf(*window)), Qt::RightDockWidgetArea);
    }
    settings.setValue(u"layout/docks"_s, QByteArray("rubbish"));
    const auto window = open();
    QVERIFY(dockOf(*window)->isHidden());
    window->actionSet().details->trigger();
    QVERIFY(dockOf(*window)->isVisible()); // it was not lost
}

void TestDetails::areAwayDuringTheSetUp()
{
    Details console;
    console.window.actionSet().setUp->trigger();
    QVERIFY(!console.dock->isVisible());
    console.window.findChild<QPushButton *>(u"setup.skip"_s)->click();
    QTRY_VERIFY(console.dock->isVisible());
}

QTEST_MAIN(TestDetails)
#include "tst_details.moc"
