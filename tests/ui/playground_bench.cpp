// SPDX-License-Identifier: GPL-3.0-or-later
// playground_bench [seconds]: six columns at 200 tokens a second each while somebody types, and answers of
// a megabyte, in CPU time of the window's thread and by the clock on the wall.
#include "app/console/turn_meter.h"
#include "tests/ui/playground_house.h"
#include "tests/ui/support/fixture_playground.h"
#include "tests/ui/support/fixture_source.h"
#include "ui/console_window.h"
#include "ui/pages/playground_page.h"

#include "core/runtime/clock.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;

namespace {

constexpr int kTokensPerSecond = 200;
constexpr int kKeyEveryMs = 30;
constexpr int kColumns = ui::PlaygroundSession::kColumnsMax;
constexpr int kLongUnits = 1'048'576;
constexpr int kPieceUnits = 1'024;
constexpr int kScrolls = 200;

/// The greatest of what all but a hundredth stay below, and of all.
void tell(const char *what, std::vector<double> values)
{
    std::ranges::sort(values);
    const std::size_t count = values.size();
    std::printf("%s: median %.2f ms, 99 of 100 under %.2f ms, longest %.2f ms\n",
                what,
                values[count / 2],
                values[std::min(count - 1, count * 99 / 100)],
                values.back());
}

void tellTurns(const TurnMeter &turns)
{
    std::printf("turns of the event loop: longest %.1f ms of CPU, %lld over 16 ms, %lld over 50 ms "
                "of %lld; %.1f %% of a core\n",
                std::chrono::duration<double, std::milli>(turns.longest()).count(),
                static_cast<long long>(turns.slow()),
                static_cast<long long>(turns.verySlow()),
                static_cast<long long>(turns.turns()),
                turns.coreShare() * 100);
}

struct Keys
{
    std::vector<double> cpu; ///< ms each
    std::vector<double> wall;
};

/// Types until the columns are complete.
Keys typeAlong(QPlainTextEdit &editor, const ui::PlaygroundSession &session)
{
    Keys keys;
    while (session.isRunning()) {
        const double before = threadMs();
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&editor, keys.cpu.size() % 7 == 6 ? Qt::Key_Space : Qt::Key_E);
        QCoreApplication::sendPostedEvents(); // its layout and painting too
        keys.cpu.push_back(threadMs() - before);
        keys.wall.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        QTest::qWait(kKeyEveryMs);
    }
    return keys;
}

int measure(int seconds)
{
    House house(kTokensPerSecond, kTokensPerSecond * seconds);
    ui::ConsoleWindow window(*house.source,
                             {.clock = [] { return runtime::readClock().system; },
                              .playground = house.line.get()});
    window.show();
    window.showPage(u"playground"_s);
    auto *page = window.findChild<ui::PlaygroundPage *>();
    if (!QTest::qWaitFor([&] { return window.state().snapshot() != nullptr; }, kPatienceMs)) {
        return 1;
    }
    for (int i = ui::PlaygroundSession::kColumnsMin; i < kColumns; ++i) {
        page->session().addColumn(i % 2 == 0 ? u"a/free"_s : u"b/free"_s);
    }
    page->session().setModel(0, u"a/m"_s);
    page->session().setModel(1, u"b/m"_s);
    auto *editor = page->findChild<QPlainTextEdit *>(u"turn.1.text"_s);
    editor->setPlainText(u"Tell a long story. "_s);
    editor->setFocus();
    QTest::qWait(500);
    page->session().runAll();
    const TurnMeter turns(std::chrono::milliseconds(500));
    const Keys keys = typeAlong(*editor, page->session());
    QTest::qWait(1'000); // pages are made, and the log's figures arrive
    std::int64_t tokens = 0;
    for (const auto &column : page->session().columns()) {
        const auto &figures = column.run.figures();
        tokens += figures.usage ? figures.usage->completionTokens : 0;
        std::printf("column: %s\n",
                    column.run.state() == ui::PlaygroundRun::State::Finished ? "complete"
                                                                             : "not complete");
    }
    std::printf("%lld tokens in %d columns, %zu keys\n",
                static_cast<long long>(tokens),
                kColumns,
                keys.cpu.size());
    tellTurns(turns);
    tell("a key, CPU ", keys.cpu);
    tell("a key, wall", keys.wall);
    return 0;
}

/// A column with line breaks and one without, a megabyte each, and then from end to end.
int measureLong()
{
    ui::FixtureSource source;
    ui::FixturePlayground asked;
    ui::ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); }, .playground = &asked});
    window.show();
    window.showPage(u"playground"_s);
    auto *page = window.findChild<ui::PlaygroundPage *>();
    page->session().setModel(0, u"openai/gpt-4.1"_s);
    page->session().setModel(1, u"anthropic/claude-haiku-4-5"_s);
    auto *editor = page->findChild<QPlainTextEdit *>(u"turn.1.text"_s);
    editor->setPlainText(u"Tell a long story. "_s);
    editor->setFocus();
    QTest::qWait(1'000);
    page->session().runAll();
    const TurnMeter turns(std::chrono::milliseconds(0));
    std::vector<double> keys;
    const QString words = u"words and more of them "_s.repeated(kPieceUnits).left(kPieceUnits - 1);
    for (int sent = 0; sent < kLongUnits; sent += kPieceUnits) {
        asked.say(0, words + u'\n');
        asked.say(1, words + u'x');
        const double before = threadMs();
        QTest::keyClick(editor, Qt::Key_E);
        QCoreApplication::sendPostedEvents();
        keys.push_back(threadMs() - before);
        QTest::qWait(4);
    }
    asked.end(0);
    asked.end(1);
    QTest::qWait(1'500);
    std::printf("two answers of %d characters, one of them a single line\n", kLongUnits);
    tellTurns(turns);
    tell("a key, CPU ", keys);
    for (int column = 0; column < 2; ++column) {
        auto *view = page->findChild<QPlainTextEdit *>(
            u"playground.column.%1.output"_s.arg(column));
        std::vector<double> scrolls;
        for (int i = 0; i < kScrolls; ++i) {
            const double before = threadMs();
            view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum() * i
                                                / kScrolls);
            view->viewport()->repaint();
            scrolls.push_back(threadMs() - before);
        }
        tell(column == 0 ? "a scroll, lines   " : "a scroll, one line", scrolls);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const int code = measure(argc > 1 ? std::clamp(std::atoi(argv[1]), 1, 300) : 20);
    return code == 0 ? measureLong() : code;
}
