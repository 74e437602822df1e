// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_cache.h"

#include "tests/ui/support/fixture_cache.h"
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/pages/cache_page.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 400;

/// What the chart knows is what was seen.
void letTimePass(FixtureSource &source, FixtureCache &cache, CachePage &page)
{
    for (int i = 0; i < 24; ++i) {
        const auto more = static_cast<std::uint64_t>(20 + (i * 7) % 13);
        cache.state.totals.lookups += more;
        cache.state.totals.exactHits += more / 3 + static_cast<std::uint64_t>(i % 4);
        cache.state.totals.semanticHits += i % 3 == 0 ? 2 : 1;
        source.advance(Seconds(10));
        page.askAnew();
        QTest::qWait(30);
    }
}

} // namespace

void shootCache(ThemeChoice choice,
                const std::function<void(QWidget &window, const QString &name)> &save)
{
    FixtureSource source;
    FixtureConfig config;
    FixtureCache cache(source.now());
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .config = &config,
                          .cache = &cache});
    window.setThemeChoice(choice);
    present(window);
    window.showPage(u"cache"_s);
    auto *page = window.findChild<CachePage *>();
    letTimePass(source, cache, *page);
    save(window, u"cache"_s);
    auto *list = window.findChild<QTableView *>(u"cache.list"_s);
    auto *field = window.findChild<QLineEdit *>(u"cache.filter"_s);
    field->setText(u"route:code hits:<=3 password"_s);
    QTest::qWait(kSettleMs);
    list->selectRow(1);
    page->findChild<QPushButton *>(u"cache.deleteSelected"_s)->click();
    save(window, u"cache-deleted"_s);
    page->setView(CachePage::NearMisses);
    save(window, u"cache-misses"_s);
    page->setView(CachePage::Threshold);
    QTest::qWait(kSettleMs);
    save(window, u"cache-threshold"_s);
    page->findChild<QPushButton *>(u"cache.recommended"_s)->click();
    page->findChild<QPushButton *>(u"cache.useThreshold"_s)->click();
    save(window, u"cache-change"_s);
    page->findChild<QPushButton *>(u"cache.cancelChange"_s)->click();
    page->setView(CachePage::Entries);
    field->clear();
    QTest::qWait(kSettleMs);
    cache.problem = u"gateway.example:8787 does not answer."_s;
    page->askAnew();
    QTest::qWait(kSettleMs);
    save(window, u"cache-trouble"_s);
    cache.problem.clear();
    cache.kept.clear();
    cache.state.mode = "off";
    cache.state.totals = {};
    page->askAnew();
    QTest::qWait(kSettleMs);
    save(window, u"cache-off"_s);
}

} // namespace signalbox::ui
