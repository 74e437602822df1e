// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_trial.h"

#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_ledger.h"
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/fixture_trial.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/pages/matrix_view.h"
#include "ui/pages/routing_page.h"

#include <QCheckBox>
#include <QTest>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 400;

} // namespace

void shootTrials(ThemeChoice choice,
                 const std::function<void(QWidget &window, const QString &name)> &save)
{
    FixtureSource source;
    FixtureConfig config;
    FixtureLedger ledger(source.now());
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .config = &config,
                          .ledger = &ledger});
    window.setThemeChoice(choice);
    present(window);
    window.showPage(u"routing"_s);
    auto *page = window.findChild<RoutingPage *>();
    config.setProposals(someProposals(source.now()));
    page->setView(RoutingPage::Matrix);
    QTest::qWait(kSettleMs);
    save(window, u"matrix-cost"_s);
    page->matrix()->setMeasure(MatrixMeasure::Time);
    save(window, u"matrix-time"_s);
    page->matrix()->setMeasure(MatrixMeasure::Failures);
    save(window, u"matrix-failures"_s);
    ledger.spends = false;
    config.setProposals({});
    page->matrix()->ask();
    QTest::qWait(kSettleMs);
    save(window, u"matrix-empty"_s);
    page->draft()->edit(u"a step"_s, [](RoutingState &state) {
        state.routes.front().settings.targets.front().weight += 10;
    });
    page->setView(RoutingPage::Review);
    page->findChild<QCheckBox *>(u"toAShareFirst"_s)->setChecked(true);
    save(window, u"trial-choice"_s);
    config.setTrial(std::make_shared<const TrialView>(aTrial(source.now())));
    page->setView(RoutingPage::Routes);
    save(window, u"trial-runs"_s);
    TrialView ended = aTrial(source.now());
    ended.end = TrialEnd::MoreFailures;
    ended.ended = source.now();
    ended.endedBy = "gateway";
    config.setTrial(std::make_shared<const TrialView>(ended));
    page->refresh();
    save(window, u"trial-rolled-back"_s);
    QTest::qWait(1200); // the alerts look once a second
    window.showPage(u"alerts"_s);
    save(window, u"trial-alert"_s);
}

} // namespace signalbox::ui
