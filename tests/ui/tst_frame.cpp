// SPDX-License-Identifier: GPL-3.0-or-later
// The window around the pages: actions, palette, ranges, zone, profile, layout.
#include "tests/ui/support/console.h"
#include "tests/ui/support/cut_text.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/time_chart.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/live_series.h"
#include "ui/pages/shortcuts_panel.h"
#include "ui/text/fuzzy.h"
#include "ui/text/range_text.h"
#include "ui/theme/text_size.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/range_popover.h"
#include "ui/widgets/shortcut_book.h"
#include "ui/widgets/sidebar.h"

#include <QApplication>
#include <QDateTimeEdit>
#include <QFrame>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

void collect(const QMenu &menu, QList<QAction *> &all)
{
    const auto actions = menu.actions();
    for (QAction *action : actions) {
        if (action->menu() != nullptr) {
            collect(*action->menu(), all);
        } else if (!action->isSeparator()) {
            all << action;
        }
    }
}

QList<QAction *> menuActions(const ConsoleWindow &window)
{
    QList<QAction *> all;
    const auto menus = window.menuBar()->actions();
    for (const QAction *menu : menus) {
        collect(*menu->menu(), all);
    }
    return all;
}

/// A window whose settings outlive it.
struct Kept
{
    std::unique_ptr<ConsoleWindow> open()
    {
        auto window =
            std::make_unique<ConsoleWindow>(source,
                                            ConsoleOptions{.clock = [this] { return source.now(); },
                                                           .settings = &settings});
        window->show();
        QTest::qWait(kSettleMs);
        return window;
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(u"console.ini"_s), QSettings::IniFormat};
    FixtureSource source;
};

void openPalette(Console &console, const QString &query)
{
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    auto *field = console.window.findChild<QLineEdit *>(u"palette.query"_s);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, query);
}

} // namespace

class TestFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void cleanup() { text::setZone(text::Zone::Local); }
    void everyActionHasTextAndTipAndKeysOfItsOwn();
    void everyToolIsInAMenu();
    void findsByFewLetters_data();
    void findsByFewLetters();
    void drainsByPaletteAndUndoesByKey();
    void leadsToATargetByPalette();
    void paletteSaysWhatCannotBeDone();
    void paletteGivesTheFocusBack();
    void showsTheProfileEverywhere();
    void remembersTheLayout();
    void passesOverALayoutOfAnotherVersion();
    void resetsTheLayout();
    void refusesRangesBeyondTheRetention();
    void movesTheRange();
    void takesARangeByItsEnds();
    void takesOtherKeysForAnAction();
    void keysAreKeptAndReset();
    void rowsCanBeDense();
    void textCanBeLarger();
    void writesAllTimesInTheChosenZone();
    void paintsNothingWhileMinimized();
    void cutsNoWordsAtLargeType_data();
    void cutsNoWordsAtLargeType();
    void goesBackAndForward();
    void refreshesWhilePaused();
    void targetsMenuDoesWhatTheBreakerAllows();
    void flagsAppliedConfigurations();
};

void TestFrame::everyActionHasTextAndTipAndKeysOfItsOwn()
{
    Console console;
    QHash<QString, QString> keysOf;
    const auto actions = menuActions(console.window);
    QVERIFY(actions.size() > 30);
    for (const QAction *action : actions) {
        QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (keys.isEmpty()) {
            continue;
        }
        QVERIFY2(action->toolTip().contains(keys), qPrintable(action->toolTip()));
        QVERIFY2(!keysOf.contains(keys), qPrintable(keys + keysOf.value(keys) + action->text()));
        keysOf.insert(keys, action->text());
    }
}

void TestFrame::everyToolIsInAMenu()
{
    Console console;
    const auto actions = menuActions(console.window);
    int tools = 0;
    const auto buttons = console.window.findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) {
        if (button->objectName().startsWith(u"tool.action"_s)
            || button->objectName() == u"pause"_s) {
            ++tools;
            QVERIFY2(actions.contains(button->defaultAction()), qPrintable(button->objectName()));
            QVERIFY(!button->accessibleName().isEmpty());
        }
    }
    QVERIFY(tools >= 6);
}

void TestFrame::findsByFewLetters_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const QString drain = u"Drain mistral/mistral-large"_s;
    QTest::newRow("words") << u"drain mis"_s << drain << true;
    QTest::newRow("letters in order") << u"drn ml"_s << drain << true;
    QTest::newRow("case") << u"DRAIN Large"_s << drain << true;
    QTest::newRow("words in any order") << u"mistral drain"_s << drain << true;
    QTest::newRow("a letter missing") << u"drainz"_s << drain << false;
    QTest::newRow("letters out of order") << u"niard"_s << drain << false;
    QTest::newRow("nothing asked") << u"  "_s << drain << true;
    QTest::newRow("nothing there") << u"a"_s << u""_s << false;
}

void TestFrame::findsByFewLetters()
{
    QFETCH(QString, query);
    QFETCH(QString, text);
    QFETCH(bool, found);
    QCOMPARE(text::fuzzyScore(query, text).has_value(), found);
    QVERIFY(*text::fuzzyScore(u"dr"_s, u"Drain"_s) > *text::fuzzyScore(u"dr"_s, u"Undrain"_s));
}

void TestFrame::drainsByPaletteAndUndoesByKey()
{
    Console console;
    openPalette(console, u"drain mis"_s);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QVERIFY(!console.window.findChild<CommandPalette *>()->isVisible());
    QCOMPARE(console.source.sent().size(), std::size_t(1));
    QCOMPARE(console.source.sent()[0].action, BreakerAction::Drain);
    QCOMPARE(QString::fromStdString(console.source.sent()[0].target.name()),
             u"mistral/mistral-large"_s);
    QTRY_VERIFY(console.bar(u"notices"_s)->text().contains(u"drained"_s));
    QVERIFY(console.window.actionSet().undo->isEnabled());
    QTest::keyClick(&console.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(console.source.sent().size(), std::size_t(2));
    QCOMPARE(console.source.sent()[1].action, BreakerAction::Undrain);
}

void TestFrame::leadsToATargetByPalette()
{
    Console console;
    openPalette(console, u"go to gemini"_s);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
    QTRY_VERIFY(console.window.focusWidget() != nullptr);
    QVERIFY(console.tile(u"gemini/gemini-2.5-flash"_s)->isAncestorOf(console.window.focusWidget()));
}

void TestFrame::paletteSaysWhatCannotBeDone()
{
    Console console;
    openPalette(console, u"undo"_s);
    auto *list = console.window.findChild<QListView *>(u"palette.list"_s);
    int row = -1;
    for (int i = 0; i < list->model()->rowCount(); ++i) {
        row = list->model()->index(i, 0).data().toString() == u"Undo"_s ? i : row;
    }
    QVERIFY(row >= 0);
    const QModelIndex undo = list->model()->index(row, 0);
    QCOMPARE(undo.data(PaletteModel::UnableRole).toString(), u"nothing to undo"_s);
    list->setCurrentIndex(undo);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QVERIFY(console.window.findChild<CommandPalette *>()->isVisible());
    QVERIFY(console.source.sent().empty());
}

void TestFrame::paletteGivesTheFocusBack()
{
    Console console;
    auto *button = console.window.findChild<QWidget *>(u"pause"_s);
    button->setFocus();
    openPalette(console, u"pause"_s);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Escape);
    QCOMPARE(console.window.focusWidget(), button);
    QVERIFY(!console.window.state().isPaused());
}

void TestFrame::showsTheProfileEverywhere()
{
    Console console;
    QCOMPARE(console.window.windowTitle(), u"Signalbox"_s);
    console.window.actionSet().profiles[int(Profile::Prod)]->trigger();
    const auto pages = console.window.findChildren<Page *>();
    QVERIFY(pages.size() >= 7);
    for (const Page *page : pages) {
        console.window.showPage(page->objectName());
        QCOMPARE(console.window.currentPage(), page->objectName());
        QVERIFY(console.window.windowTitle().contains(u"PROD"_s));
        QVERIFY(console.window.findChild<Sidebar *>()->accessibleName().contains(u"PROD"_s));
        QVERIFY(console.window.findChild<QFrame *>(u"profileLine"_s)->isVisible());
    }
}

void TestFrame::remembersTheLayout()
{
    Kept kept;
    QSize size;
    {
        auto window = kept.open();
        window->setGeometry(40, 50, 1100, 700);
        window->showPage(u"requests"_s);
        auto *header = window->findChild<ListView *>(u"requestList"_s)->horizontalHeader();
        header->resizeSection(1, 222);
        window->findChild<TimeChart *>(u"chart.cost"_s)->setHiddenSeries({u"openai"_s});
        window->findChild<TimeChart *>(u"chart.cost"_s)->setLegendOrder(LegendOrder::Value);
        window->view().setLive(6 * 3'600'000);
        window->actionSet().zones[1]->trigger();
        window->setProfile(Profile::Stage);
        size = window->size();
        window->close();
    }
    text::setZone(text::Zone::Local);
    auto window = kept.open();
    QCOMPARE(window->size(), size);
    QCOMPARE(window->geometry().topLeft(), QPoint(40, 50));
    QVERIFY(window->findChild<TimeChart *>(u"chart.cost"_s)->legendOrder() == LegendOrder::Value);
    QCOMPARE(window->currentPage(), u"requests"_s);
    QCOMPARE(window->findChild<ListView *>(u"requestList"_s)->columnWidth(1), 222);
    QCOMPARE(window->findChild<TimeChart *>(u"chart.cost"_s)->hiddenSeries(), QSet{u"openai"_s});
    QCOMPARE(window->view().range(), TimeRange{.spanMs = 6 * 3'600'000});
    QCOMPARE(text::zone(), text::Zone::Utc);
    QVERIFY(window->windowTitle().contains(u"STAGE"_s));
}

void TestFrame::passesOverALayoutOfAnotherVersion()
{
    Kept kept;
    kept.settings.setValue(u"layout/version"_s, 1);
    kept.settings.setValue(u"layout/geometry"_s, QByteArray("rubbish"));
    kept.settings.setValue(u"layout/columns/requestList"_s, QByteArray("rubbish"));
    kept.settings.setValue(u"range"_s, u"rubbish"_s);
    kept.settings.setValue(u"theme"_s, 99);
    kept.settings.setValue(u"profile"_s, -4);
    kept.settings.setValue(u"page"_s, u"nowhere"_s);
    auto window = kept.open();
    QCOMPARE(window->size(), QSize(1280, 800));
    QCOMPARE(window->currentPage(), u"overview"_s);
    QVERIFY(window->view().range().spanMs >= kShortestRangeMs);
    QCOMPARE(window->windowTitle(), u"Signalbox"_s);
}

void TestFrame::resetsTheLayout()
{
    Kept kept;
    auto window = kept.open();
    window->showPage(u"requests"_s);
    auto *list = window->findChild<ListView *>(u"requestList"_s);
    const int width = list->columnWidth(1);
    list->horizontalHeader()->resizeSection(1, 333);
    window->resize(900, 600);
    window->view().setLive(86'400'000);
    window->actionSet().resetLayout->trigger();
    QCOMPARE(window->size(), QSize(1280, 800));
    QCOMPARE(list->columnWidth(1), width);
    QCOMPARE(window->currentPage(), u"overview"_s);
    QCOMPARE(window->view().range(), TimeRange());
}

void TestFrame::refusesRangesBeyondTheRetention()
{
    Console console;
    const QList<QAction *> &ranges = console.window.actionSet().ranges;
    QVERIFY(
        std::all_of(ranges.begin(), ranges.end(), [](QAction *one) { return one->isEnabled(); }));
    console.source.draft().hours = nullptr; // what is kept ends with the minutes of a day
    console.source.publish();
    QTRY_VERIFY(!ranges.last()->isEnabled());
    for (qsizetype i = 0; i < ranges.size(); ++i) {
        const bool kept = presetSpans()[i] <= 86'400'000;
        QCOMPARE(ranges[i]->isEnabled(), kept);
        QCOMPARE(ranges[i]->toolTip().contains(u"keeps 24 h"_s), !kept);
    }
}

void TestFrame::movesTheRange()
{
    Console console;
    ViewState &view = console.window.view();
    const TimeChart *chart = console.window.findChild<TimeChart *>(u"chart.cost"_s);
    const qint64 newest = chart->data().toMs;
    QCOMPARE(chart->data().toMs - chart->data().fromMs, qint64(300'000));
    QTest::keyClick(&console.window, Qt::Key_BracketLeft, Qt::ControlModifier);
    QCOMPARE(*view.range().endMs, newest - 150'000);
    QCOMPARE(chart->data().series[0].points.last().x() + double(chart->data().bucketMs),
             double(newest - 150'000 + 2'000));
    QTest::keyClick(&console.window, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(view.range().spanMs, qint64(150'000));
    for (int i = 0; i < 9; ++i) {
        view.shift(1, newest);
    }
    QVERIFY(view.range().isLive()); // the future is the present
    QTest::keyClick(&console.window, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(view.range(), TimeRange{.spanMs = 150'000});
    view.setFixed(newest - 10 * 86'400'000LL, newest - 3 * 86'400'000LL);
    QVERIFY(chart->data().bucketMs >= 3'600'000); // of that time only hours are kept
    QVERIFY(!chart->data().series[0].points.isEmpty());
    for (int i = 0; i < 40; ++i) {
        view.zoom(true, newest);
    }
    QCOMPARE(view.range().spanMs, kShortestRangeMs);
}

/// Goal: one switch changes every time on screen and no value.
/// Method: a local zone half an hour off the full hour; the texts before and after.
/// Only what the gateway keeps can be chosen, and it is said inline why.
void TestFrame::takesARangeByItsEnds()
{
    Console console;
    console.window.actionSet().zones[1]->trigger();
    QTest::keyClick(&console.window, Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    auto *popover = console.window.findChild<RangePopover *>();
    QVERIFY(popover->isVisible());
    auto *from = popover->findChild<QDateTimeEdit *>(u"rangeFrom"_s);
    auto *to = popover->findChild<QDateTimeEdit *>(u"rangeTo"_s);
    auto *show = popover->findChild<QPushButton *>(u"showRange"_s);
    const auto *problem = popover->findChild<QLabel *>(u"rangeProblem"_s);
    QCOMPARE(console.window.focusWidget(), from);
    QVERIFY(show->isEnabled());
    const QDateTime newest = to->dateTime();
    QCOMPARE(from->dateTime().secsTo(newest), 300);
    to->setDateTime(newest.addSecs(-310));
    QVERIFY(!show->isEnabled() && problem->text().contains(u"at least 10 s"_s));
    to->setDateTime(newest.addSecs(3600));
    QVERIFY(!show->isEnabled() && problem->text().contains(u"happened yet"_s));
    to->setDateTime(newest.addSecs(-60));
    from->setDateTime(newest.addDays(-400));
    QVERIFY(!show->isEnabled() && problem->text().contains(u"The gateway keeps"_s));
    from->setDateTime(newest.addSecs(-180));
    QVERIFY(show->isEnabled() && problem->text().isEmpty());
    QTest::keyClick(from, Qt::Key_Return);
    QVERIFY(!popover->isVisible());
    const TimeRange range = console.window.view().range();
    QCOMPARE(range.spanMs, 120'000);
    QCOMPARE(range.endMs, std::optional(newest.addSecs(-60).toMSecsSinceEpoch()));
    console.window.actionSet().customRange->trigger();
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Escape);
    QVERIFY(!popover->isVisible());
    QCOMPARE(console.window.view().range(), range);
}

/// By the keyboard alone, with conflicts told where they arise.
void TestFrame::takesOtherKeysForAnAction()
{
    Console console;
    console.window.showPage(u"settings"_s);
    auto *panel = console.window.findChild<ShortcutsPanel *>();
    auto *keys = panel->findChild<KeyButton *>(u"keys.action.pause"_s);
    const auto *problem = panel->findChild<QLabel *>(u"problem.action.pause"_s);
    auto *reset = panel->findChild<QPushButton *>(u"reset.action.pause"_s);
    const auto type = [&](Qt::Key key, Qt::KeyboardModifiers modifiers) {
        QTest::keyClick(keys, Qt::Key_Space);
        QVERIFY(keys->isListening());
        QTest::keyClick(keys, key, modifiers);
        QVERIFY(!keys->isListening());
    };
    QAction *pause = console.window.actionSet().pause;
    keys->setFocus(Qt::TabFocusReason);
    QVERIFY(!reset->isVisible());
    type(Qt::Key_R, Qt::ControlModifier); // Refresh has them
    QVERIFY(problem->text().contains(u"Refresh Now"_s));
    QCOMPARE(pause->shortcut(), QKeySequence(u"Ctrl+L"_s));
    type(Qt::Key_P, Qt::NoModifier);
    QVERIFY(problem->text().contains(u"typing"_s));
    type(Qt::Key_Escape, Qt::NoModifier);
    QCOMPARE(pause->shortcut(), QKeySequence(u"Ctrl+L"_s));
    type(Qt::Key_P, Qt::ControlModifier);
    QVERIFY(problem->text().isEmpty());
    QCOMPARE(pause->shortcut(), QKeySequence(u"Ctrl+P"_s));
    QVERIFY(pause->toolTip().contains(u"Ctrl+P"_s) && pause->toolTip().contains(u"Freeze"_s));
    QTest::keyClick(&console.window, Qt::Key_P, Qt::ControlModifier);
    QVERIFY(console.window.state().isPaused());
    QVERIFY(reset->isVisible());
    reset->click();
    QCOMPARE(pause->shortcut(), QKeySequence(u"Ctrl+L"_s));
    keys->setFocus(Qt::TabFocusReason);
    type(Qt::Key_Backspace, Qt::NoModifier);
    QVERIFY(pause->shortcut().isEmpty());
}

void TestFrame::keysAreKeptAndReset()
{
    Kept kept;
    {
        auto window = kept.open();
        auto *book = window->findChild<ShortcutBook *>();
        book->set(window->actionSet().pause, QKeySequence(u"Ctrl+R"_s)); // as if it were free
        book->set(window->actionSet().refresh, QKeySequence(u"F5"_s));
        book->set(window->actionSet().undo, QKeySequence());
        window->close();
    }
    kept.settings.setValue(u"shortcuts/action.filter"_s, u"Ctrl+Q"_s); // Quit's
    kept.settings.setValue(u"shortcuts/action.earlier"_s, u"x"_s);
    auto window = kept.open();
    const ConsoleActions &act = window->actionSet();
    QCOMPARE(act.refresh->shortcut(), QKeySequence(u"F5"_s));
    QVERIFY(act.undo->shortcut().isEmpty());
    QCOMPARE(act.filter->shortcut(), QKeySequence(u"Ctrl+F"_s));
    QCOMPARE(act.earlier->shortcut(), QKeySequence(u"Ctrl+["_s));
    auto *book = window->findChild<ShortcutBook *>();
    book->set(act.filter, QKeySequence(u"Ctrl+Z"_s));
    book->reset(act.undo); // takes its own back
    QCOMPARE(act.undo->shortcut(), QKeySequence(u"Ctrl+Z"_s));
    QVERIFY(act.filter->shortcut().isEmpty());
    book->resetAll();
    QVERIFY(!book->isAnyChanged());
    QCOMPARE(act.pause->shortcut(), QKeySequence(u"Ctrl+L"_s));
    kept.settings.beginGroup(u"shortcuts"_s);
    QVERIFY(!kept.settings.contains(u"action.refresh"_s));
    kept.settings.endGroup();
}

void TestFrame::rowsCanBeDense()
{
    Kept kept;
    int airy = 0;
    {
        auto window = kept.open();
        auto *list = window->findChild<ListView *>(u"requestList"_s);
        airy = list->rowPitch();
        window->actionSet().rowChoices[1]->trigger();
        QVERIFY(list->rowPitch() < airy); // at once
        QVERIFY(list->rowPitch() >= list->fontMetrics().height());
        window->close();
    }
    auto window = kept.open();
    QVERIFY(window->findChild<ListView *>(u"requestList"_s)->isDense());
    QVERIFY(window->actionSet().rowChoices[1]->isChecked());
}

void TestFrame::textCanBeLarger()
{
    Kept kept;
    {
        auto window = kept.open();
        QVERIFY(window->actionSet().textSizeChoices[1]->isChecked()); // 100 %
        window->actionSet().textSizeChoices[3]->trigger();
        QVERIFY(window->findChild<NoticeBar *>(u"notices"_s)->text().contains(u"next start"_s));
    }
    QCOMPARE(kept.settings.value(u"textSize"_s).toInt(), 130);
    const QFont before = QApplication::font();
    for (const int unknown : {0, 7, -130, 1000}) {
        installTextSize(unknown);
        QCOMPARE(QApplication::font(), before);
    }
    installTextSize(130);
    QCOMPARE(QApplication::font().pointSizeF(), before.pointSizeF() * 1.3);
    auto window = kept.open();
    QVERIFY(window->actionSet().textSizeChoices[3]->isChecked());
    window.reset();
    QApplication::setFont(before);
}

void TestFrame::writesAllTimesInTheChosenZone()
{
    const QByteArray before = qgetenv("TZ");
    const auto restore = qScopeGuard([&before] {
        qputenv("TZ", before);
        tzset();
    });
    qputenv("TZ", "IST-5:30");
    tzset();
    Console console;
    auto *chart = console.window.findChild<TimeChart *>(u"chart.cost"_s);
    auto *zone = console.window.findChild<QToolButton *>(u"tool.zone"_s);
    console.window.showPage(u"providers"_s);
    const auto *log = console.window.findChild<ListView *>(u"transitions"_s)->model();
    console.window.showPage(u"overview"_s);
    const Reading local = chart->reading(chart->data().fromMs);
    QCOMPARE(zone->text(), u"UTC+05:30"_s);
    QCOMPARE(local.time, u"19:28:22"_s);
    QCOMPARE(log->index(0, 0).data().toString(), u"19:33:18"_s);
    QVERIFY(chart->rangeTitle().endsWith(u"19:33:22 UTC+05:30"_s));
    console.window.actionSet().zones[1]->trigger();
    const Reading utc = chart->reading(chart->data().fromMs);
    QCOMPARE(zone->text(), u"UTC"_s);
    QCOMPARE(utc.time, u"13:58:22"_s);
    QCOMPARE(utc.rows[0].value, local.rows[0].value);
    QCOMPARE(log->index(0, 0).data().toString(), u"14:03:18"_s);
    QVERIFY(chart->rangeTitle().endsWith(u"14:03:22 UTC"_s));
    console.window.state().setPaused(true);
    QVERIFY(console.bar(u"pauseBar"_s)->text().startsWith(u"Paused at 14:03:22"_s));
}

void TestFrame::paintsNothingWhileMinimized()
{
    Console console;
    auto *chart = console.window.findChild<TimeChart *>(u"chart.cost"_s);
    console.window.showMinimized();
    QTest::qWait(kSettleMs);
    const int painted = chart->view()->paintCount();
    const int replaced = chart->replaceCount();
    console.source.advance(Seconds(10), 5);
    QTest::qWait(kSettleMs * 2);
    QCOMPARE(chart->view()->paintCount(), painted);
    QCOMPARE(chart->replaceCount(), replaced);
    console.window.showNormal();
    QTRY_VERIFY_WITH_TIMEOUT(chart->replaceCount() > replaced, 1000);
    QCOMPARE(chart->data().toMs, newestMs(*console.source.snapshot())); // current, too
    QCOMPARE(console.window.view().range().isLive(), true);
}

void TestFrame::cutsNoWordsAtLargeType_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : {u"overview"_s,
                                u"providers"_s,
                                u"routing"_s,
                                u"playground"_s,
                                u"requests"_s,
                                u"costs"_s,
                                u"cache"_s,
                                u"alerts"_s,
                                u"settings"_s}) {
        QTest::newRow(qPrintable(page)) << page;
    }
}

/// Goal: with 14 pt type no button and no label at 1280x800 is narrower than its words.
/// What may be longer than its room (names, causes) is drawn elided and is no QLabel.
void TestFrame::cutsNoWordsAtLargeType()
{
    QFETCH(QString, page);
    const QFont before = QApplication::font();
    const auto restore = qScopeGuard([&before] { QApplication::setFont(before); });
    QFont large = before;
    large.setPointSizeF(14);
    QApplication::setFont(large);
    Console console;
    console.window.showPage(page);
    QTest::qWait(kSettleMs);
    QCOMPARE(console.window.size(), QSize(1280, 800));
    const CutTexts found = cutTexts(console.window);
    QCOMPARE(found.cut.join(u'\n'), QString());
    QVERIFY(found.seen > 3);
}

void TestFrame::goesBackAndForward()
{
    Console console;
    const ConsoleActions &act = console.window.actionSet();
    QVERIFY(!act.back->isEnabled() && !act.forward->isEnabled());
    console.window.showPage(u"providers"_s);
    console.window.showPage(u"requests"_s);
    QTest::keyClick(&console.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
    QTest::keyClick(&console.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(console.window.currentPage(), u"overview"_s);
    QTest::keyClick(&console.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(console.window.currentPage(), u"providers"_s);
    QVERIFY(act.forward->isEnabled());
    console.window.showPage(u"overview"_s);
    QVERIFY(!act.forward->isEnabled());
}

void TestFrame::refreshesWhilePaused()
{
    Console console;
    console.window.state().setPaused(true);
    console.source.draft().totals.requestsPerSecond = 99;
    console.source.advance(Seconds(2), 41);
    QTest::qWait(kSettleMs);
    QCOMPARE(console.stat(u"stat.rate"_s)->stat().value, u"41.2"_s);
    QTest::keyClick(&console.window, Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(console.stat(u"stat.rate"_s)->stat().value, u"99.0"_s);
    QVERIFY(console.window.state().isPaused());
    QTRY_VERIFY(console.bar(u"pauseBar"_s)->text().contains(u"14:03:24 · 0 new"_s));
}

void TestFrame::targetsMenuDoesWhatTheBreakerAllows()
{
    Console console;
    QMenu *menu = console.window.actionSet().targetsMenu;
    Q_EMIT menu->aboutToShow();
    Q_EMIT menu->aboutToShow(); // made anew each time, never twice
    const auto targets = menu->actions();
    QCOMPARE(targets.size(), qsizetype(10));
    const QMenu *mini = nullptr;
    for (const QAction *target : targets) {
        mini = target->text() == u"openai/gpt-4.1-mini"_s ? target->menu() : mini;
    }
    QVERIFY(mini != nullptr);
    const auto verbs = mini->actions();
    QStringList able;
    for (QAction *verb : verbs) {
        able << (verb->isEnabled() ? verb->text() : u"("_s + verb->text() + u")"_s);
    }
    QCOMPARE(able,
             QStringList({u"Show"_s, u"Drain"_s, u"(Trip…)"_s, u"Hold Closed…"_s, u"Reset"_s}));
    verbs.last()->trigger();
    QCOMPARE(console.source.sent().back().action, BreakerAction::Reset);
}

void TestFrame::flagsAppliedConfigurations()
{
    Console console;
    auto *chart = console.window.findChild<TimeChart *>(u"chart.cost"_s);
    const auto flags = [chart] {
        const auto &markers = chart->data().markers;
        return std::count_if(markers.begin(), markers.end(), [](const auto &m) {
            return m.isFlag;
        });
    };
    QCOMPARE(flags(), 0);
    console.source.draft().revision = "18";
    console.source.advance(Seconds(10));
    QTest::qWait(kSettleMs);
    console.source.advance(Seconds(2)); // its second is over now
    QTRY_COMPARE(flags(), 1);
    const Reading reading = chart->reading(chart->data().toMs - chart->data().bucketMs);
    QVERIFY(reading.notes.contains(u"Configuration 18 applied"_s));
}

QTEST_MAIN(TestFrame)
#include "tst_frame.moc"
