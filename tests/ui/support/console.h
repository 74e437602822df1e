// SPDX-License-Identifier: GPL-3.0-or-later
// A shown console on a fixture, and the ways to its parts.
#pragma once

#include "tests/ui/support/fixture_cache.h"
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_settings.h"
#include "tests/ui/support/fixture_source.h"
#include "ui/console_window.h"
#include "ui/pages/page.h"
#include "ui/widgets/breaker_tile.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/stat_tile.h"

#include <QTest>

namespace signalbox::ui {

/// More than a delivery takes.
inline constexpr int kSettleMs = 350;
inline constexpr int kFedWithinMs = 20'000;

struct Console
{
    explicit Console(FixtureSource::Scenario scenario = FixtureSource::Scenario::Busy)
        : source(scenario)
    {
        window.show();
        if (scenario != FixtureSource::Scenario::Silent) { // however busy the machine is
            (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                                  kFedWithinMs);
        }
        QTest::qWait(kSettleMs);
    }

    BreakerTile *tile(const QString &target)
    {
        auto *page = window.findChild<Page *>(window.currentPage());
        return page->findChild<BreakerTile *>(QStringLiteral("tile.") + target);
    }
    StatTile *stat(const QString &name) { return window.findChild<StatTile *>(name); }
    NoticeBar *bar(const QString &name) { return window.findChild<NoticeBar *>(name); }

    FixtureSource source;
    FixtureSettings settings;
    FixtureConfig config;
    FixtureCache cache{source.now()};
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .source = &settings,
                          .config = &config,
                          .cache = &cache}};
};

} // namespace signalbox::ui
