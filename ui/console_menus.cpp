// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions do.
#include "ui/charts/time_chart.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/frame/console_commands.h"
#include "ui/frame/help_dialogs.h"
#include "ui/frame/rehearsal_menu.h"
#include "ui/pages/breaker_desk.h"
#include "ui/pages/costs_page.h"
#include "ui/pages/keys_panel.h"
#include "ui/pages/live_series.h"
#include "ui/pages/page.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/requests_page.h"
#include "ui/pages/routes_view.h"
#include "ui/pages/routing_page.h"
#include "ui/pages/settings_page.h"
#include "ui/text/language.h"
#include "ui/text/range_text.h"
#include "ui/theme/text_size.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/range_popover.h"
#include "ui/widgets/shortcut_book.h"

#include <QApplication>
#include <QDateTime>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

} // namespace

void ConsoleWindow::connectActions()
{
    const ConsoleActions &act = *m_actions;
    connect(act.quit, &QAction::triggered, this, &QWidget::close);
    connect(act.undo, &QAction::triggered, this, [this] {
        QUndoStack *steps = pageAt(m_pages->currentIndex())->undoStack();
        steps != nullptr && steps->canUndo() ? steps->undo() : m_notices->press();
    });
    connect(m_notices, &NoticeBar::changed, this, &ConsoleWindow::refreshUndo);
    connect(act.filter, &QAction::triggered, this, [this] {
        pageAt(m_pages->currentIndex())->filterField()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(act.settings, &QAction::triggered, this, [this] { showPage(u"settings"_s); });
    connect(act.setUp, &QAction::triggered, this, &ConsoleWindow::beginSetup);
    connect(act.pause, &QAction::toggled, &m_state, &ConsoleState::setPaused);
    connect(act.refresh, &QAction::triggered, &m_state, &ConsoleState::refreshNow);
    connect(act.resetLayout, &QAction::triggered, this, &ConsoleWindow::resetLayout);
    connect(act.back, &QAction::triggered, this, [this] { step(-1); });
    connect(act.forward, &QAction::triggered, this, [this] { step(1); });
    connect(act.palette, &QAction::triggered, this, &ConsoleWindow::openPalette);
    connect(act.shortcuts, &QAction::triggered, this, [this] { showShortcuts(this, *menuBar()); });
    connect(act.about, &QAction::triggered, this, [this] { showAbout(this, m_options.version); });
    connect(act.targetsMenu, &QMenu::aboutToShow, this, [this] {
        fillTargetsMenu(*m_actions->targetsMenu, m_state.snapshot().get(), targetCommands());
    });
    connect(act.keysMenu, &QMenu::aboutToShow, this, [this] {
        fillKeysMenu(*m_actions->keysMenu, m_options.source, keyCommands());
    });
    connectChoices();
    connectSizes();
    connectTime();
    connectCharts();
    connectPlayground();
    refreshUndo();
}

void ConsoleWindow::connectPlayground()
{
    // Running is asked for from the page or the palette; either way the answers are in sight.
    connect(m_actions->playgroundRun, &QAction::triggered, this, [this] {
        showPage(u"playground"_s);
    });
    for (QAction *mode : {m_actions->playgroundCompare,
                          m_actions->playgroundJudge,
                          m_actions->playgroundBatch,
                          m_actions->batchOpen}) {
        connect(mode, &QAction::triggered, this, [this] { showPage(u"playground"_s); });
    }
    connect(m_actions->playgroundOpen, &QAction::triggered, this, [this] {
        const auto record = m_requestsPage->chosen();
        if (record == nullptr) {
            return m_notices->say(NoticeBar::Tone::Info,
                                  tr("Choose a request on its page first."),
                                  {},
                                  {},
                                  kNoticeMs);
        }
        showPage(u"playground"_s);
        m_playground->open(*record);
    });
    connect(m_requestsPage,
            &RequestsPage::playgroundAsked,
            m_actions->playgroundOpen,
            &QAction::trigger);
    connect(m_costs,
            &CostsPage::requestsAsked,
            this,
            [this](const QString &filter, qint64 from, qint64 to) {
                m_view.setFixed(from, std::min(to, newest()));
                m_requestsPage->filterField()->setText(filter);
                showPage(u"requests"_s);
            });
}

void ConsoleWindow::connectChoices()
{
    for (int i = 0; i < m_actions->themes.size(); ++i) {
        connect(m_actions->themes[i], &QAction::triggered, this, [this, i] {
            setThemeChoice(static_cast<ThemeChoice>(i));
        });
    }
    for (int i = 0; i < m_actions->profiles.size(); ++i) {
        connect(m_actions->profiles[i], &QAction::triggered, this, [this, i] {
            setProfile(static_cast<Profile>(i));
        });
    }
    for (int i = 0; i < m_actions->languages.size(); ++i) {
        connect(m_actions->languages[i], &QAction::triggered, this, [this, i] {
            m_layout.setValue(u"language"_s, languageCode(static_cast<Language>(i)));
            // All texts are made once: another language needs another start.
            m_notices->say(NoticeBar::Tone::Info,
                           tr("Texts change with the next start of the console."),
                           {},
                           {},
                           kNoticeMs);
        });
    }
    for (int i = 0; i < m_actions->zones.size(); ++i) {
        connect(m_actions->zones[i], &QAction::triggered, this, [this, i] {
            m_view.setZone(static_cast<text::Zone>(i));
            m_layout.setValue(u"zone"_s, i == 0 ? u"local"_s : u"utc"_s);
        });
    }
}

void ConsoleWindow::connectSizes()
{
    for (int i = 0; i < m_actions->textSizeChoices.size(); ++i) {
        connect(m_actions->textSizeChoices[i], &QAction::triggered, this, [this, i] {
            m_layout.setValue(u"textSize"_s, textSizes()[i]);
            // Distances follow the type where they are made.
            m_notices->say(NoticeBar::Tone::Info,
                           tr("Texts change with the next start of the console."),
                           {},
                           {},
                           kNoticeMs);
        });
    }
    for (int i = 0; i < m_actions->rowChoices.size(); ++i) {
        connect(m_actions->rowChoices[i], &QAction::triggered, this, [this, i] {
            setDenseRows(i == 1);
        });
    }
}

/// Last, when every action is there.
void ConsoleWindow::connectShortcuts()
{
    m_shortcuts = new ShortcutBook(m_actions->keyed(), m_options.settings, this);
    const auto refresh = [this] {
        for (QAction *action : m_shortcuts->actions()) {
            refreshTip(action);
        }
        m_actions->palette->setIconText(
            m_actions->palette->shortcut().toString(QKeySequence::NativeText));
    };
    connect(m_shortcuts, &ShortcutBook::changed, this, refresh);
    refresh();
    m_settingsPage->setShortcuts(*m_shortcuts);
}

void ConsoleWindow::connectTime()
{
    const ConsoleActions &act = *m_actions;
    for (int i = 0; i < act.ranges.size(); ++i) {
        connect(act.ranges[i], &QAction::triggered, this, [this, i] {
            m_view.setLive(presetSpans()[i]);
            refreshRange(); // a choice made again must stay checked
        });
    }
    connect(act.chooseRange, &QAction::triggered, this, [this] {
        m_actions->rangeMenu->popup(
            m_rangeButton->mapToGlobal(QPoint(0, m_rangeButton->height() + 2)));
    });
    connect(act.customRange, &QAction::triggered, this, [this] {
        const qint64 end = newest();
        const TimeRange &range = m_view.range();
        m_customRange->ask(range.begin(end),
                           range.end(end),
                           end - m_retentionMs,
                           end,
                           m_rangeButton);
    });
    connect(m_customRange, &RangePopover::chosen, &m_view, &ViewState::setFixed);
    connect(act.earlier, &QAction::triggered, this, [this] { m_view.shift(-1, newest()); });
    connect(act.later, &QAction::triggered, this, [this] { m_view.shift(1, newest()); });
    connect(act.zoomIn, &QAction::triggered, this, [this] { m_view.zoom(true, newest()); });
    connect(act.zoomOut, &QAction::triggered, this, [this] { m_view.zoom(false, newest()); });
    connect(act.zoomReset, &QAction::triggered, &m_view, &ViewState::reset);
    connect(&m_view, &ViewState::rangeChanged, this, [this] {
        refreshRange();
        pageAt(m_pages->currentIndex())->refresh();
    });
    connect(&m_view, &ViewState::zoneChanged, this, [this] {
        refreshZone();
        refreshRange();
        refreshFrame();
        const auto charts = findChildren<TimeChart *>();
        for (TimeChart *chart : charts) {
            chart->resetScale();
        }
        pageAt(m_pages->currentIndex())->refresh();
        pageAt(m_pages->currentIndex())->repaintTimes();
    });
}

void ConsoleWindow::connectCharts()
{
    const ConsoleActions &act = *m_actions;
    const auto charts = findChildren<TimeChart *>();
    for (TimeChart *chart : charts) {
        connect(chart, &TimeChart::rangeAsked, &m_view, &ViewState::setFixed);
        connect(chart, &TimeChart::rangeResetAsked, &m_view, &ViewState::reset);
        connect(chart, &TimeChart::shiftAsked, this, [this](int by) {
            m_view.shift(by, newest());
        });
        connect(chart, &TimeChart::zoomAsked, this, [this](bool in) { m_view.zoom(in, newest()); });
        connect(chart, &TimeChart::exportAsked, this, [this, chart](ExportKind kind) {
            askWhereToExport(chart, kind);
        });
    }
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        for (QWidget *widget = now; widget != nullptr; widget = widget->parentWidget()) {
            if (auto *chart = qobject_cast<TimeChart *>(widget); chart != nullptr) {
                m_lastChart = chart;
                m_actions->chartTable->setChecked(chart->isTableShown());
            }
        }
    });
    connect(act.chartTable, &QAction::triggered, this, [this](bool on) {
        if (TimeChart *chart = workingChart(); chart != nullptr) {
            chart->setTableShown(on);
        }
    });
    const QList<std::pair<QAction *, ExportKind>> files{{act.exportCsv, ExportKind::Csv},
                                                        {act.exportPng, ExportKind::Png},
                                                        {act.exportSvg, ExportKind::Svg}};
    for (const auto &[action, kind] : files) {
        connect(action, &QAction::triggered, this, [this, kind = kind] {
            askWhereToExport(workingChart(), kind);
        });
    }
}

/// The chart that had the focus last, or the page's first; null on a page without.
TimeChart *ConsoleWindow::workingChart() const
{
    if (m_lastChart != nullptr && m_lastChart->isVisible()) {
        return m_lastChart;
    }
    const auto charts = m_pages->currentWidget()->findChildren<TimeChart *>();
    return charts.isEmpty() || !charts.first()->isVisible() ? nullptr : charts.first();
}

qint64 ConsoleWindow::newest() const
{
    const auto &snapshot = m_state.snapshot();
    if (snapshot != nullptr) {
        return newestMs(*snapshot);
    }
    return std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
}

void ConsoleWindow::refreshUndo()
{
    const QUndoStack *steps = pageAt(m_pages->currentIndex())->undoStack();
    const bool own = steps != nullptr && steps->canUndo();
    const bool can = own || m_notices->offersUndo();
    m_actions->undo->setText(own ? tr("&Undo: %1").arg(steps->undoText()) : tr("&Undo"));
    m_actions->undo->setEnabled(can);
    m_actions->undo->setStatusTip(can ? QString() : tr("nothing to undo"));
    const bool again = steps != nullptr && steps->canRedo();
    m_actions->redo->setText(again ? tr("&Redo: %1").arg(steps->redoText()) : tr("&Redo"));
    m_actions->redo->setEnabled(again);
    m_actions->redo->setStatusTip(again ? QString() : tr("nothing to redo"));
    setTip(m_actions->undo);
    setTip(m_actions->redo);
}

TargetCommands ConsoleWindow::targetCommands()
{
    return {.act = [this](BreakerAction action,
                          const TargetId &target) { m_desk->act(action, target, m_paletteButton); },
            .show =
                [this](const TargetId &target) { go({.page = u"providers"_s, .target = target}); },
            .unable = m_state.source().whyNoCommands()};
}

KeyCommands ConsoleWindow::keyCommands()
{
    return {.add =
                [this](const QString &provider) {
                    showPage(u"settings"_s);
                    m_settingsPage->keys()->add(provider);
                },
            .test =
                [this](const QString &provider) {
                    showPage(u"settings"_s);
                    m_settingsPage->keys()->test(provider);
                }};
}

void ConsoleWindow::openPalette()
{
    std::vector<PaletteEntry> entries =
        menuEntries(*menuBar(),
                    {m_actions->targetsMenu, m_actions->keysMenu, m_actions->rehearsalMenu});
    if (m_state.snapshot() != nullptr) {
        for (PaletteEntry &entry : targetEntries(*m_state.snapshot(), targetCommands())) {
            entries.push_back(std::move(entry));
        }
    }
    if (const RoutingDraft *draft = m_routing->draft(); draft != nullptr) {
        for (const DraftRoute &route : draft->state().routes) {
            const std::string name = route.settings.name;
            entries.push_back({.title = tr("Go to Route %1").arg(QString::fromStdString(name)),
                               .group = tr("Routes"),
                               .run = [this, name] {
                                   showPage(u"routing"_s);
                                   m_routing->setView(RoutingPage::Routes);
                                   m_routing->routes()->showRoute(name);
                               }});
        }
    }
    if (m_options.source != nullptr) {
        for (PaletteEntry &entry : keyEntries(*m_options.source, keyCommands())) {
            entries.push_back(std::move(entry));
        }
    }
    if (m_options.rehearsal != nullptr) {
        for (PaletteEntry &entry :
             rehearsalEntries(*m_options.rehearsal, *m_actions->endRehearsal)) {
            entries.push_back(std::move(entry));
        }
    }
    m_palette->open(std::move(entries));
}

void ConsoleWindow::askWhereToExport(TimeChart *chart, ExportKind kind)
{
    if (chart == nullptr) {
        return;
    }
    const QString suffix = suffixOf(kind);
    const QString name = chart->objectName().section(u'.', -1);
    const QString stamp = QDateTime::fromMSecsSinceEpoch(chart->data().toMs, Qt::UTC)
                              .toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    auto *dialog = new QFileDialog(this, tr("Export %1").arg(chart->fullTitle()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*.%1"_s.arg(suffix));
    dialog->selectFile(u"signalbox-%1-%2.%3"_s.arg(name, stamp, suffix));
    connect(dialog, &QFileDialog::fileSelected, chart, [this, chart, kind](const QString &path) {
        exportChart(chart, kind, path);
    });
    dialog->open();
}

void ConsoleWindow::exportChart(TimeChart *chart, ExportKind kind, const QString &path)
{
    const QString problem = exportTo(*chart, kind, path);
    if (!problem.isEmpty()) {
        const auto again = [this, chart = QPointer(chart), kind] { askWhereToExport(chart, kind); };
        return m_notices->say(NoticeBar::Tone::Bad, problem, tr("Retry"), again);
    }
    m_notices->say(NoticeBar::Tone::Info, tr("Written to %1").arg(path), {}, {}, kNoticeMs);
}

} // namespace signalbox::ui
