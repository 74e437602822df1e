// SPDX-License-Identifier: GPL-3.0-or-later
// requests_bench FILE [THOUSANDS]: the Requests screen scrolled through a ledger of a million requests,
// in CPU time of the window's thread and by the clock on the wall. FILE is filled if it is not there.
#include "app/console/ledger/local_ledger.h"
#include "tests/bench/cpu_time.h"
#include "tests/bench/ledger/traffic.h"
#include "tests/ui/support/fixture_source.h"
#include "ui/console_window.h"
#include "ui/models/past_requests.h"

#include "core/runtime/ledger/ledger_store.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::bench;

namespace {

constexpr int kPatienceMs = 30'000;
constexpr int kFrameMs = 16;
constexpr int kJumps = 1'000;
constexpr int kNotches = 2'000;
constexpr int kNotch = -120; ///< of a wheel, downward, in eighths of a degree
constexpr std::size_t kBatch = 500;
constexpr Micros kApart{7'000'000}; ///< between two requests: a million take 81 days

int giveUp(const char *why)
{
    std::fprintf(stderr, "requests_bench: %s\n", why);
    return 2;
}

bool fill(const std::string &path, std::int64_t count, SystemTime end)
{
    auto store = runtime::LedgerStore::open(path);
    if (!store) {
        return false;
    }
    Traffic traffic(end - count * kApart, kApart, 1);
    for (std::int64_t done = 0; done < count; done += static_cast<std::int64_t>(kBatch)) {
        std::vector<runtime::LedgerEntry> batch;
        for (std::size_t i = 0; i < kBatch; ++i) {
            batch.emplace_back(traffic.next());
        }
        if (!store->write(batch)) {
            return false;
        }
    }
    return true;
}

/// What one way to scroll took, a frame at a time.
class Frames
{
public:
    explicit Frames(const char *what)
        : m_what(what)
    {}

    /// One input, with the layout and painting that it makes.
    void take(const std::function<void()> &input)
    {
        QElapsedTimer clock;
        clock.start();
        const double before = threadMs();
        input();
        QCoreApplication::sendPostedEvents();
        m_cpu.push_back(threadMs() - before);
        m_wall.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }

    /// \returns whether none was dropped for over 50 ms of CPU.
    bool tell()
    {
        std::ranges::sort(m_cpu);
        std::ranges::sort(m_wall);
        const std::size_t count = m_cpu.size();
        std::printf(
            "%-28s %6zu frames, CPU: median %5.2f ms, 99 of 100 under %5.2f, longest %5.2f; "
            "on the wall: longest %5.2f\n",
            m_what,
            count,
            m_cpu[count / 2],
            m_cpu[std::min(count - 1, count * 99 / 100)],
            m_cpu.back(),
            m_wall.back());
        return m_cpu.back() <= 50;
    }

private:
    const char *m_what;
    std::vector<double> m_cpu;
    std::vector<double> m_wall;
};

void turnWheel(QAbstractItemView &list)
{
    const QPointF at(40, 40);
    QWheelEvent event(at,
                      list.viewport()->mapToGlobal(at),
                      {},
                      {0, kNotch},
                      Qt::NoButton,
                      Qt::NoModifier,
                      Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(list.viewport(), &event);
}

int measure(const std::string &path, std::int64_t count)
{
    ui::FixtureSource source;
    if (!std::filesystem::exists(path) && !fill(path, count, source.now())) {
        return giveUp("the ledger could not be filled");
    }
    app::LocalLedger ledger(path);
    ui::ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); }, .ledger = &ledger});
    window.resize(1600, 1000);
    window.show();
    window.showPage(u"requests"_s);
    auto *page = window.findChild<QWidget *>(u"requests"_s);
    auto *filter = page == nullptr ? nullptr : page->findChild<QLineEdit *>(u"requests.filter"_s);
    auto *list = page == nullptr ? nullptr
                                 : page->findChild<QAbstractItemView *>(u"pastRequestList"_s);
    if (filter == nullptr || list == nullptr) {
        return giveUp("the screen has no filter or no list");
    }
    filter->setText(u"latency:>0ms"_s);
    const auto *model = qobject_cast<ui::PastRequests *>(list->model());
    if (model == nullptr
        || !QTest::qWaitFor([&] { return model->rowCount() > 0 && list->isVisible(); },
                            kPatienceMs)) {
        return giveUp("no request was found");
    }
    QTest::qWait(1'000); // the histogram is there
    QElapsedTimer clock;
    clock.start();

    Frames down("to the end, page by page");
    const auto is = [model](ui::PastRequests::State state) { return model->state() == state; };
    while (is(ui::PastRequests::State::More) || is(ui::PastRequests::State::Reading)) {
        if (is(ui::PastRequests::State::More)) {
            down.take([list] { list->scrollToBottom(); });
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    std::printf("%d rows read in %.1f s, %d of them in memory\n",
                model->rowCount(),
                static_cast<double>(clock.elapsed()) / 1e3,
                model->kept());
    if (model->state() != ui::PastRequests::State::All) {
        return giveUp("the list did not come to its end");
    }

    Random random(7);
    Frames jumps("the bar dragged anywhere");
    for (int i = 0; i < kJumps; ++i) {
        const int to = static_cast<int>(
            random.below(static_cast<std::uint64_t>(list->verticalScrollBar()->maximum()) + 1));
        jumps.take([list, to] { list->verticalScrollBar()->setValue(to); });
        QTest::qWait(kFrameMs);
    }
    list->scrollToTop();
    Frames notches("the wheel turned");
    for (int i = 0; i < kNotches; ++i) {
        notches.take([list] { turnWheel(*list); });
        QTest::qWait(kFrameMs);
    }

    const bool kept = int(down.tell()) + int(jumps.tell()) + int(notches.tell()) == 3;
    return kept ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    if (argc < 2) {
        return giveUp("requests_bench FILE [THOUSANDS]");
    }
    return measure(argv[1], 1'000 * (argc > 2 ? std::clamp(std::atoi(argv[2]), 1, 2'000) : 1'000));
}
