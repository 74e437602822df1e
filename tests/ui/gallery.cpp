// SPDX-License-Identifier: GPL-3.0-or-later
// console_gallery OUTDIR: every page, light and dark, at 100 % and 150 %, as PNG files.
// console_gallery OUTDIR 100 zh_CN: at the scale of the environment, in another language.
// console_gallery OUTDIR 100 en playground: the playground alone.
#include "tests/ui/gallery_cache.h"
#include "tests/ui/gallery_costs.h"
#include "tests/ui/gallery_incident.h"
#include "tests/ui/gallery_judgements.h"
#include "tests/ui/gallery_playground.h"
#include "tests/ui/gallery_trial.h"
#include "tests/ui/support/far_fixture.h"
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_foresight.h"
#include "tests/ui/support/fixture_ledger.h"
#include "tests/ui/support/fixture_playground.h"
#include "tests/ui/support/fixture_scene.h"
#include "tests/ui/support/fixture_settings.h"
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/shots.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/time_chart.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/page.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/preview_panel.h"
#include "ui/pages/providers_page.h"
#include "ui/pages/routing_import.h"
#include "ui/pages/routing_page.h"
#include "ui/text/language.h"
#include "ui/widgets/breaker_tile.h"
#include "ui/widgets/prompt_edit.h"
#include "ui/widgets/rule_card.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/turn_list.h"
#include "ui/widgets/weights_bar.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kSettleMs = 400;

class Gallery
{
public:
    Gallery(const QString &folder, const QString &scale)
        : m_folder(folder)
        , m_scale(scale)
    {}

    void shootAll()
    {
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            const QString theme = choice == ThemeChoice::Light ? u"light"_s : u"dark"_s;
            shootTrials(choice, [this, &theme](QWidget &window, const QString &name) {
                save(window, u"%1-%2"_s.arg(name, theme));
            });
            shootRequests(choice, theme);
            shootCosts(choice, theme, keeper());
            shootPrices(choice, theme, keeper());
            shootCache(choice, [this, &theme](QWidget &window, const QString &name) {
                save(window, u"%1-%2"_s.arg(name, theme));
            });
            shootJudgements(choice, keeper());
            shootBill(choice, theme, keeper());
            shootRecording(choice, theme, keeper());
            shootPages(choice, theme);
            shootSettings(choice, theme);
            shootDetails(choice, theme);
            shootFar(choice, theme);
            shootSetup(choice, theme);
            shootPlaygrounds(choice, theme);
            shootRouting(choice, theme);
            shootPreview(choice, theme);
            shootStates(choice, theme);
            shootEveryState(choice, theme);
        }
    }

    void shootPreviewAlone() const
    {
        shootPreview(ThemeChoice::Light, u"light"_s);
        shootPreview(ThemeChoice::Dark, u"dark"_s);
    }

    void shootPlaygroundAlone()
    {
        shootPlaygrounds(ThemeChoice::Light, u"light"_s);
        shootPlaygrounds(ThemeChoice::Dark, u"dark"_s);
    }

private:
    void shootPlaygrounds(ThemeChoice choice, const QString &theme) const
    {
        shootComposing(choice, theme, keeper());
        shootRace(choice, theme, keeper());
        shootPlayground(choice, theme);
    }
    [[nodiscard]] Keep keeper() const
    {
        return [this](QWidget &window, const QString &name) { save(window, name); };
    }
    void save(QWidget &window, const QString &name) const
    {
        if (!calm(window).save(u"%1/%2-%3.png"_s.arg(m_folder, name, m_scale))) {
            qFatal("cannot write into %s", qPrintable(m_folder));
        }
    }

    void shootPages(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        ConsoleWindow window(source, {.clock = [&source] { return source.now(); }});
        window.setThemeChoice(choice == ThemeChoice::Light ? ThemeChoice::Dark
                                                           : ThemeChoice::Light);
        present(window);
        watchAMinute(source);
        window.setThemeChoice(choice); // what is shot has been switched while shown
        for (const auto &page : {u"overview"_s, u"providers"_s, u"requests"_s, u"alerts"_s}) {
            window.showPage(page);
            save(window, u"%1-%2"_s.arg(page, theme));
        }
        shootTools(window, theme);
        window.showPage(u"overview"_s);
        auto *area = window.findChild<Page *>(u"overview"_s)->findChild<QScrollArea *>();
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum() / 2);
        save(window, u"overview-middle-%1"_s.arg(theme));
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
        save(window, u"overview-end-%1"_s.arg(theme));
        area->verticalScrollBar()->setValue(0);
        QTest::keyClick(window.findChild<PlotView *>(u"chart.latency.plot"_s), Qt::Key_Left);
        QTest::keyClick(window.findChild<PlotView *>(u"chart.latency.plot"_s),
                        Qt::Key_Left,
                        Qt::ShiftModifier);
        save(window, u"overview-crosshair-%1"_s.arg(theme));
    }

    /// Tiles tell how they changed against the minute before.
    static void watchAMinute(FixtureSource &source)
    {
        telemetry::Totals &totals = source.draft().totals;
        totals.latency.p95Ms = totals.latency.p95Ms.value_or(0) * 1.12;
        totals.failureShare -= 0.004;
        totals.costPerHour *= 0.93;
        source.advance(Seconds(60), 0);
        QTest::qWait(kSettleMs);
    }

    /// Found in the ledger, explained, and not understood.
    void shootRequests(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        FixtureConfig config;
        FixtureLedger ledger(source.now());
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); },
                              .config = &config,
                              .ledger = &ledger});
        window.setThemeChoice(choice);
        window.resize(1280, 800);
        present(window);
        window.showPage(u"requests"_s);
        auto *field = window.findChild<QLineEdit *>(u"requests.filter"_s);
        field->setText(u"route:chat-default provider:anthropic"_s);
        QTest::qWait(kSettleMs);
        auto *list = window.findChild<QTableView *>(u"pastRequestList"_s);
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        save(window, u"requests-explained-%1"_s.arg(theme));
        window.findChild<QAbstractButton *>(u"explain.bodies"_s)->setChecked(true);
        window.findChild<QLineEdit *>(u"bodies.find"_s)->setText(u"valid"_s);
        QTest::qWait(kSettleMs);
        save(window, u"requests-bodies-%1"_s.arg(theme));
        field->setText(u"route:chat-default status:bad latency:2s"_s);
        save(window, u"requests-nonsense-%1"_s.arg(theme));
    }

    /// The page from its beginning to its end, and a key being typed where there is no keychain.
    void shootSettings(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        FixtureSettings settings;
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); },
                              .source = &settings,
                              .version = u"0.1.0"_s});
        window.setThemeChoice(choice);
        present(window);
        window.showPage(u"settings"_s);
        save(window, u"settings-%1"_s.arg(theme));
        auto *page = window.findChild<Page *>(u"settings"_s);
        auto *area = page->findChild<QScrollArea *>();
        area->ensureWidgetVisible(page->findChild<QWidget *>(u"alert.criticalAlways"_s));
        save(window, u"settings-alerts-%1"_s.arg(theme));
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
        save(window, u"settings-end-%1"_s.arg(theme));
        area->verticalScrollBar()->setValue(0);
        settings.setKeychain({.state = KeychainView::State::Unavailable,
                              .problem = u"the name org.freedesktop.secrets was not provided by "
                                         "any .service files"_s});
        settings.setVault({.state = VaultView::State::Absent});
        page->findChild<QPushButton *>(u"addKey"_s)->click();
        save(window, u"settings-key-%1"_s.arg(theme));
        page->findChild<QPushButton *>(u"cancelKey"_s)->click();
        settings.setVault({.state = VaultView::State::Locked,
                           .path = u"/home/ada/.config/signalbox/signalbox.vault"_s,
                           .problem = u"the passphrase does not open "
                                      u"/home/ada/.config/signalbox/signalbox.vault"_s,
                           .waiting = 2});
        save(window, u"settings-vault-%1"_s.arg(theme));
    }

    void shootSetup(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source(FixtureSource::Scenario::NoRequestsYet);
        FixtureSettings settings;
        settings.setFresh(true);
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); }, .source = &settings});
        window.setThemeChoice(choice);
        present(window);
        save(window, u"setup-gateway-%1"_s.arg(theme));
        auto *next = window.findChild<QPushButton *>(u"setup.next"_s);
        next->click();
        save(window, u"setup-provider-%1"_s.arg(theme));
        settings.fail(u"anthropic/claude-haiku-4-5 did not answer: the provider refused the key"_s);
        window.findChild<QPushButton *>(u"setup.save"_s)->click();
        save(window, u"setup-refused-%1"_s.arg(theme));
        next->click();
        save(window, u"setup-ready-%1"_s.arg(theme));
    }

    /// From the empty page to a failure: composed, running, finished, compared, blind.
    void shootPlayground(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        FixturePlayground asked;
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); }, .playground = &asked});
        window.setThemeChoice(choice);
        present(window);
        window.showPage(u"playground"_s);
        save(window, u"playground-fresh-%1"_s.arg(theme));
        auto *page = window.findChild<PlaygroundPage *>();
        PlaygroundSession &session = page->session();
        session.setModel(0, u"openai/gpt-4.1"_s);
        session.setModel(1, u"anthropic/claude-haiku-4-5"_s);
        session.setOwn(1, {.temperature = 0});
        session.addColumn(u"deepseek/deepseek-chat"_s);
        page->findChild<TurnList *>()->setTurns(
            {{TurnRole::System, u"You are a terse assistant."_s},
             {TurnRole::User, u"Explain circuit breakers to a new hire."_s}});
        QTest::qWait(500); // until it is estimated
        save(window, u"playground-compose-%1"_s.arg(theme));
        session.runAll();
        const QString first =
            u"A **breaker** watches calls and stops sending when too many fail.\n\n"
            "1. *Closed*: calls pass.\n2. *Open*: nobody is asked.\n"
            "3. *Half-open*: one probe decides.\n\n"
            "```\nif (failures >= 3) open();\n```\n"_s;
        const QString second = u"A **fuse** watches calls and stops sending when three fail.\n\n"
                               "1. *Closed*: calls pass.\n2. *Open*: nobody is asked.\n"
                               "3. *Half-open*: a single probe decides.\n"_s;
        asked.say(0, first.left(48));
        asked.say(1, second.left(90), u"The reader is new. Keep it short."_s);
        save(window, u"playground-running-%1"_s.arg(theme));
        asked.say(0, first.mid(48));
        asked.say(1, second.mid(90));
        asked.end(0);
        asked.end(1);
        asked.fail(2,
                   {.status = 503,
                    .code = u"no_target_available"_s,
                    .message = u"No target could answer: deepseek/deepseek-chat is overloaded."_s,
                    .origin = u"upstream"_s,
                    .provider = u"deepseek"_s,
                    .attempts = {{u"deepseek/deepseek-chat"_s, 503, u"overloaded"_s, 318},
                                 {u"deepseek/deepseek-chat"_s, 503, u"overloaded"_s, 402}}});
        save(window, u"playground-failed-%1"_s.arg(theme));
        session.removeColumn(2);
        source.finish(asked.record(0));
        source.finish(asked.record(1));
        save(window, u"playground-finished-%1"_s.arg(theme));
        page->findChild<QComboBox *>(u"playground.compare"_s)->setCurrentIndex(1);
        save(window, u"playground-diff-%1"_s.arg(theme));
        window.resize(1280, 800);
        window.actionSet().playgroundBlind->setChecked(true);
        session.setChance(1);
        std::size_t begun = 0;
        do { // the columns are shuffled: until they stand as in every other picture
            begun = asked.asked().size();
            session.runAll();
            for (const std::size_t question : {begun, begun + 1}) {
                asked.say(question, question == begun ? first : second);
                asked.end(question);
                source.finish(asked.record(question));
            }
            QTest::qWait(kSettleMs);
        } while (session.columns().front().model != u"openai/gpt-4.1"_s);
        save(window, u"playground-blind-%1"_s.arg(theme));
        session.cast({PlaygroundVote::Verdict::Best, 0});
        save(window, u"playground-voted-%1"_s.arg(theme));
    }

    /// Before it is asked for, a first look while it is refined, the whole answer, and a failure.
    void shootPreview(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        FixtureConfig config;
        FixtureForesight foresight;
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); },
                              .config = &config,
                              .foresight = &foresight});
        window.setThemeChoice(choice);
        present(window);
        window.showPage(u"routing"_s);
        save(window, u"preview-idle-%1"_s.arg(theme));
        auto *panel = window.findChild<PreviewPanel *>();
        panel->preview();
        foresight.answer(FixtureForesight::scene(true));
        foresight.progress(0.6);
        save(window, u"preview-sample-%1"_s.arg(theme));
        foresight.answer(FixtureForesight::scene());
        save(window, u"preview-%1"_s.arg(theme));
        window.findChild<Segments *>(u"previewParts"_s)->setCurrent(2);
        save(window, u"preview-hours-%1"_s.arg(theme));
        FollowUp followUp{*signalbox::expectedOf(FixtureForesight::scene()), {}, {}, false};
        followUp.happened = {1204, 25, Micros(Millis(1960)), Money::fromNanos(228'000), 0};
        followUp.until = source.now();
        config.setFollowUp(followUp, {12, 0.04, 0.07, 0.003});
        auto *page = window.findChild<RoutingPage *>();
        page->draft()->edit(u"test"_s, [](RoutingState &state) {
            state.routes.front().settings.targets.front().weight = 33;
        });
        panel->preview();
        foresight.answer(FixtureForesight::scene());
        page->setView(RoutingPage::Review);
        window.findChild<QCheckBox *>(u"toAShareFirst"_s)->setChecked(true);
        save(window, u"preview-review-%1"_s.arg(theme));
        page->setView(RoutingPage::Revisions);
        QTest::qWait(kSettleMs);
        save(window, u"preview-truth-%1"_s.arg(theme));
        page->setView(RoutingPage::Routes);
        panel->preview();
        foresight.fail(u"The ledger cannot be read: it is locked."_s);
        save(window, u"preview-failed-%1"_s.arg(theme));
    }

    /// Idle, dragging, a rule, the tester, the diff, the three-way comparison, an error, a reader.
    void shootRouting(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        FixtureConfig config;
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); }, .config = &config});
        window.setThemeChoice(choice);
        present(window);
        window.showPage(u"routing"_s);
        save(window, u"routing-%1"_s.arg(theme));
        auto *page = window.findChild<RoutingPage *>();
        auto *bar = page->findChild<WeightsBar *>(u"weightsBar"_s);
        const QPoint start = bar->dividerAt(0);
        QTest::mousePress(bar, Qt::LeftButton, {}, start);
        QTest::mouseMove(bar, start + QPoint(bar->width() / 10, 0));
        save(window, u"routing-dragging-%1"_s.arg(theme));
        QTest::mouseRelease(bar, Qt::LeftButton, {}, start + QPoint(bar->width() / 10, 0));
        auto *rule = page->findChild<RuleCard *>(u"rule.1"_s);
        rule->setOpen(true);
        QTest::qWait(kSettleMs);
        page->findChild<QScrollArea *>()->ensureWidgetVisible(rule, 0, 300);
        save(window, u"routing-rule-%1"_s.arg(theme));
        page->setView(RoutingPage::Try);
        page->findChild<PromptEdit *>()->setPlainText(
            u"请用三句话解释断路器 (circuit breaker) 的作用，不要使用列表。"_s);
        save(window, u"routing-try-%1"_s.arg(theme));
        page->setView(RoutingPage::Revisions);
        save(window, u"routing-revisions-%1"_s.arg(theme));
        page->setView(RoutingPage::Review);
        config.failApply(u"The file could not be written: no space left on device."_s);
        page->apply({});
        save(window, u"routing-refused-%1"_s.arg(theme));
        config.failApply({});
        page->setView(RoutingPage::Routes);
        page->setView(RoutingPage::Review);
        save(window, u"routing-diff-%1"_s.arg(theme));
        config.applyAs(u"bob"_s, config.textWith(u"weight = 50"_s, u"weight = 45"_s), {});
        page->apply({});
        save(window, u"routing-three-way-%1"_s.arg(theme));
        page->draft()->discard();
        page->setView(RoutingPage::Import);
        auto *import = page->findChild<RoutingImport *>();
        import->takeFile(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/data/import/litellm.yaml"));
        save(window, u"routing-import-%1"_s.arg(theme));
        page->findChild<QPushButton *>(u"importBack"_s)->click();
        save(window, u"routing-imported-%1"_s.arg(theme));
        page->setView(RoutingPage::Import);
        import->take("model_list:\n- model_name: a\n  litellm_params: {rpm: many}\n"_ba,
                     u"config.yaml"_s);
        save(window, u"routing-import-faulty-%1"_s.arg(theme));
        config.setFixed(u"You are a viewer: you may read everything and change nothing."_s);
        page->setView(RoutingPage::Routes);
        save(window, u"routing-reader-%1"_s.arg(theme));
    }

    void shootTools(ConsoleWindow &window, const QString &theme) const
    {
        window.showPage(u"providers"_s);
        window.findChild<ProvidersPage *>()->setTableShown(true);
        save(window, u"providers-table-%1"_s.arg(theme));
        window.findChild<ProvidersPage *>()->setTableShown(false);
        window.showPage(u"overview"_s);
        window.setProfile(Profile::Prod);
        window.findChild<TimeChart *>(u"chart.latency"_s)->setTableShown(true);
        window.view().setLive(86'400'000);
        save(window, u"overview-table-day-%1"_s.arg(theme));
        window.actionSet().palette->trigger();
        QTest::keyClicks(window.focusWidget(), u"mis"_s);
        save(window, u"overview-palette-%1"_s.arg(theme));
        QTest::keyClick(window.focusWidget(), Qt::Key_Escape);
        window.findChild<TimeChart *>(u"chart.latency"_s)->setTableShown(false);
        window.view().setLive(300'000);
        window.setProfile(Profile::None);
        imageOf(*window.findChild<TimeChart *>(u"chart.cost"_s))
            .save(u"%1/export-%2-%3.png"_s.arg(m_folder, theme, m_scale));
    }

    /// Beside a page, at either side.
    void shootDetails(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        FixtureSettings settings;
        FixturePlayground playground;
        ConsoleWindow window(source,
                             {.clock = [&source] { return source.now(); },
                              .source = &settings,
                              .playground = &playground});
        window.setThemeChoice(choice);
        present(window);
        source.finish(sceneFailure(source.now() - Seconds(43)));
        window.showPage(u"providers"_s);
        window.actionSet().details->trigger();
        save(window, u"providers-details-%1"_s.arg(theme));
        window.findChild<QToolButton *>(u"details.move"_s)->click();
        window.showPage(u"overview"_s);
        window.go({.page = u"providers"_s, .target = TargetId("openai", "gpt-4.1")});
        settings.fail(u"openai/gpt-4.1 did not answer: the provider refused the key"_s);
        window.findChild<QPushButton *>(u"details.test"_s)->click();
        save(window, u"providers-details-left-%1"_s.arg(theme));
    }

    /// A gateway on another machine: away, without a token, a viewer's, by an open line.
    void shootFar(ThemeChoice choice, const QString &theme) const
    {
        FarFixture source;
        ConsoleWindow window(source, {.clock = [&source] { return source.now(); }});
        window.setThemeChoice(choice);
        present(window);
        const QString why = u"You are a viewer: you may read everything and change nothing."_s;
        source.change([](Connection &line) { line.viewer = true; }, why);
        window.showPage(u"providers"_s);
        save(window, u"providers-far-viewer-%1"_s.arg(theme));
        source.change([](Connection &line) {
            line.caution = u"The line to gateway.example is not encrypted: the token can be read "
                           "on the way."_s;
        });
        window.showPage(u"settings"_s);
        save(window, u"settings-far-%1"_s.arg(theme));
        window.showPage(u"overview"_s);
        source.change([&source](Connection &line) {
            line.state = Connection::State::Away;
            line.problem = u"gateway.example:8787 refuses the connection."_s;
            line.retryAt = source.now() + Seconds(7);
        });
        save(window, u"overview-far-away-%1"_s.arg(theme));
        source.change([](Connection &line) {
            line.state = Connection::State::TokenNeeded;
            line.problem = u"The gateway refuses the token."_s;
        });
        save(window, u"overview-far-token-%1"_s.arg(theme));
    }

    void shootStates(ThemeChoice choice, const QString &theme) const
    {
        FixtureSource source;
        ConsoleWindow window(source, {.clock = [&source] { return source.now(); }});
        window.setThemeChoice(choice);
        window.resize(1600, 1000);
        present(window);
        save(window, u"overview-wide-%1"_s.arg(theme));
        window.resize(860, 540);
        window.showPage(u"overview"_s);
        save(window, u"overview-small-%1"_s.arg(theme));
        window.resize(1280, 800);
        window.showPage(u"providers"_s);
        QTest::qWait(kSettleMs);
        auto *tile = window.findChild<Page *>(u"providers"_s)
                         ->findChild<BreakerTile *>(u"tile.openai/gpt-4.1"_s);
        tile->findChild<QPushButton *>(u"trip"_s)->click();
        save(window, u"providers-trip-%1"_s.arg(theme));
        QTest::keyClick(window.focusWidget(), Qt::Key_Escape);
        window.state().setPaused(true);
        source.advance(Seconds(2), 41);
        source.wait(Seconds(12));
        source.draft().ledger = {.healthy = false,
                                 .problem = "disk_full: database or disk is full",
                                 .dropped = 12};
        QTest::qWait(1200);
        save(window, u"providers-paused-stale-%1"_s.arg(theme));
        FixtureSource fresh(FixtureSource::Scenario::NoRequestsYet);
        ConsoleWindow empty(fresh, {.clock = [&fresh] { return fresh.now(); }});
        empty.setThemeChoice(choice);
        present(empty);
        save(empty, u"overview-empty-%1"_s.arg(theme));
    }

    /// Every page before the first answer, with nothing to show yet, and with a gateway that has
    /// fallen silent while its disk is full.
    void shootEveryState(ThemeChoice choice, const QString &theme) const
    {
        using Scenario = FixtureSource::Scenario;
        for (const auto &[state, scenario] : {std::pair{u"waiting"_s, Scenario::Silent},
                                              std::pair{u"empty"_s, Scenario::NoRequestsYet},
                                              std::pair{u"error"_s, Scenario::Busy}}) {
            FixtureSource source(scenario);
            FixtureSettings settings;
            ConsoleWindow window(source,
                                 {.clock = [&source] { return source.now(); },
                                  .source = &settings,
                                  .version = u"0.1.0"_s});
            window.setThemeChoice(choice);
            present(window);
            if (scenario == Scenario::Busy) {
                source.draft().ledger = {.healthy = false,
                                         .problem = "disk is full",
                                         .dropped = 12};
                source.publish();
                QTest::qWait(kSettleMs);
                source.wait(Seconds(12));
            }
            QTest::qWait(1200); // by then it is said what is waited for
            const auto pages = window.findChildren<Page *>();
            for (const Page *page : pages) {
                window.showPage(page->objectName());
                save(window, u"%1-%2-%3"_s.arg(page->objectName(), state, theme));
            }
        }
    }

    QString m_folder;
    QString m_scale;
};

int runBothScales(const QString &program, const QString &folder)
{
    for (const auto &[factor, name] :
         {std::pair{u"1"_s, u"100"_s}, std::pair{u"1.5"_s, u"150"_s}}) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_SCALE_FACTOR"_s, factor);
        environment.insert(u"TZ"_s, u"UTC"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(program, {folder, name});
        if (!process.waitForFinished(-1) || process.exitCode() != 0) {
            return 1;
        }
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        qInfo("usage: console_gallery OUTDIR");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    if (argc == 2) {
        const QCoreApplication application(argc, argv);
        return runBothScales(QCoreApplication::applicationFilePath(), folder);
    }
    const QApplication application(argc, argv);
    QApplication::setCursorFlashTime(0); // a picture of a field has its cursor
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    installLanguage(argc > 3 ? languageOf(QString::fromLocal8Bit(argv[3])) : Language::English);
    Gallery gallery(folder, QString::fromLocal8Bit(argv[2]));
    if (argc > 4 && QString::fromLocal8Bit(argv[4]) == u"playground"_s) {
        gallery.shootPlaygroundAlone();
    } else if (argc > 4 && QString::fromLocal8Bit(argv[4]) == u"preview"_s) {
        gallery.shootPreviewAlone();
    } else {
        gallery.shootAll();
    }
    return 0;
}
