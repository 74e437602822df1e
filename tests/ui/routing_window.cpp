// SPDX-License-Identifier: GPL-3.0-or-later
// routing_window: the Routing page on the fixture, for tests that move a real pointer. Prints where
// the first divider is as `divider X Y WIDTH`, and after each change `weights A B C steps N`.
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_source.h"
#include "ui/console_window.h"
#include "ui/pages/routing_page.h"
#include "ui/widgets/weights_bar.h"

#include <QApplication>
#include <QTextStream>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace signalbox::ui;

namespace {

constexpr int kSettledMs = 1500; ///< the window manager has placed it by then
constexpr int kLongestMs = 60'000;

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

void printWeights(const WeightsBar &bar, const QUndoStack &steps)
{
    QStringList words;
    for (const Share &share : bar.shares()) {
        words << QString::number(share.weight);
    }
    print(u"weights %1 steps %2"_s.arg(words.join(u' ')).arg(steps.index()));
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    FixtureSource source;
    FixtureConfig config;
    ConsoleWindow window(source, {.clock = [&source] { return source.now(); }, .config = &config});
    window.show();
    window.showPage(u"routing"_s);
    auto *page = window.findChild<RoutingPage *>();
    auto *bar = page->findChild<WeightsBar *>(u"weightsBar"_s);
    QObject::connect(page, &RoutingPage::draftChanged, bar, [=] {
        printWeights(*bar, page->draft()->undoStack());
    });
    QTimer::singleShot(kSettledMs, bar, [=] {
        const QPoint at = bar->mapToGlobal(bar->dividerAt(0));
        print(u"divider %1 %2 %3"_s.arg(at.x()).arg(at.y()).arg(bar->width()));
    });
    QTimer::singleShot(kLongestMs, &application, &QApplication::quit);
    return QApplication::exec();
}
