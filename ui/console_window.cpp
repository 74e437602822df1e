// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console_window.h"

#include "ui/charts/time_chart.h"
#include "ui/frame/console_actions.h"
#include "ui/models/attention.h"
#include "ui/pages/alert_desk.h"
#include "ui/pages/alerts_page.h"
#include "ui/pages/breaker_desk.h"
#include "ui/pages/connection_bar.h"
#include "ui/pages/costs_page.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/requests_page.h"
#include "ui/pages/routing_page.h"
#include "ui/pages/settings_page.h"
#include "ui/pages/target_details.h"
#include "ui/settings_source.h"
#include "ui/status_parts.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/explain_panel.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/range_popover.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/status_strip.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFrame>
#include <QHash>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::size_t kHistoryMax = 50;

} // namespace

ConsoleWindow::ConsoleWindow(ConsoleSource &source, ConsoleOptions options, QWidget *parent)
    : QMainWindow(parent)
    , m_options(std::move(options))
    , m_state(source, m_options.clock)
{
    setObjectName(u"console"_s);
    setWindowIcon(applicationIcon());
    setMinimumSize(860, 520);
    resize(1280, 800);
    m_actions = new ConsoleActions(menuBar());
    buildFrame();
    buildPages();
    connectActions();
    connectState();
    connectFar();
    connectRehearsal();
    connectVault();
    connectShortcuts();
    showPageAt(0);
    restore();
    connectRouting();
    refreshZone();
    refreshRange();
    refreshFrame();
    if (m_options.source != nullptr && m_options.source->isFresh()
        && !m_layout.value(u"setupSkipped"_s).toBool()) {
        beginSetup();
    }
}

/// Its children lose focus and hide while they are destroyed: nobody is there to hear of it.
ConsoleWindow::~ConsoleWindow()
{
    qApp->disconnect(this);
    m_notices->disconnect(this);
    m_view.disconnect(this);
}

void ConsoleWindow::buildFrame()
{
    auto *central = new QWidget(this);
    m_profileLine = new QFrame(central);
    m_profileLine->setObjectName(u"profileLine"_s);
    m_profileLine->setFixedHeight(3);
    m_profileLine->setAutoFillBackground(true);
    m_sidebar = new Sidebar(central);
    m_connection = new ConnectionBar(central);
    m_vaultBar = new NoticeBar(u"vaultBar"_s, central);
    m_pauseBar = new NoticeBar(u"pauseBar"_s, central);
    m_staleBar = new NoticeBar(u"staleBar"_s, central);
    m_rehearsalBar = new NoticeBar(u"rehearsalBar"_s, central);
    m_notices = new NoticeBar(u"notices"_s, central);
    auto *tools = new QWidget(central);
    buildTools(tools);
    m_stage = new QMainWindow(central);
    m_stage->setObjectName(u"stage"_s);
    m_stage->setWindowFlags(Qt::Widget);
    m_stage->setContextMenuPolicy(Qt::NoContextMenu);
    m_pages = new QStackedWidget(m_stage);
    m_stage->setCentralWidget(m_pages);
    m_status = new StatusStrip(central);
    m_palette = new CommandPalette(this);
    m_customRange = new RangePopover(this);

    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_connection);
    for (NoticeBar *bar : {m_staleBar, m_vaultBar, m_rehearsalBar, m_pauseBar, m_notices}) {
        column->addWidget(bar);
    }
    column->addWidget(tools);
    column->addWidget(m_stage, 1);
    column->addWidget(m_status);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(column, 1);
    auto *all = new QVBoxLayout(central);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_profileLine);
    all->addLayout(row, 1);
    m_body = new QStackedWidget(this);
    m_body->addWidget(central);
    setCentralWidget(m_body);
    central->setFocus(); // nothing is chosen before the operator chooses
}

void ConsoleWindow::buildPages()
{
    m_desk = new BreakerDesk(m_state, *m_notices, this);
    addPage(new OverviewPage(m_state, m_view, *m_desk, &m_requests));
    buildDetails();
    m_routing = new RoutingPage(m_state, m_options.config);
    addPage(m_routing);
    m_playground = new PlaygroundPage(m_state,
                                      m_options.playground,
                                      {.run = m_actions->playgroundRun,
                                       .stop = m_actions->playgroundStop,
                                       .addColumn = m_actions->playgroundAdd,
                                       .blind = m_actions->playgroundBlind,
                                       .exportJson = m_actions->playgroundJson,
                                       .exportMarkdown = m_actions->playgroundMarkdown,
                                       .copyCurl = m_actions->playgroundCurl});
    addPage(m_playground);
    m_requestsPage = new RequestsPage(m_state, m_view, m_options.ledger);
    m_requestsPage->explainPanel()->setConfig(m_options.config);
    addPage(m_requestsPage);
    m_costs = new CostsPage(m_state, m_options.ledger, m_options.config);
    addPage(m_costs);
    m_alerts = new AlertDesk(m_state.source(),
                             m_options.clock,
                             {.desktop = m_options.notifier,
                              .chime = m_options.chime,
                              .hook = m_options.hook,
                              .tray = m_options.tray},
                             *m_notices,
                             this);
    m_alertsPage = new AlertsPage(m_state, *m_alerts);
    addPage(m_alertsPage);
    connectAlerts();
    m_settingsPage = new SettingsPage(m_state,
                                      *m_alerts,
                                      {.themes = m_actions->themes,
                                       .zones = m_actions->zones,
                                       .textSizes = m_actions->textSizeChoices,
                                       .rows = m_actions->rowChoices,
                                       .profiles = m_actions->profiles,
                                       .languages = m_actions->languages},
                                      m_options.source,
                                      m_options.version);
    addPage(m_settingsPage);
    connect(m_sidebar, &Sidebar::pageAsked, this, &ConsoleWindow::leaveFor);
}

/// The page's object name is its icon's name too.
void ConsoleWindow::addPage(Page *page)
{
    const int index = m_pages->addWidget(page);
    m_sidebar->addPage(page->title(), page->objectName());
    QAction *action = m_actions->addPage(page->title());
    action->setIcon(themeIcon(page->objectName()));
    connect(action, &QAction::triggered, this, [this, index] { leaveFor(index); });
    connect(page, &Page::leads, this, &ConsoleWindow::go);
}

void ConsoleWindow::connectState()
{
    connect(&m_state, &ConsoleState::finished, this, [this](const auto &records) {
        m_words.append(records);
    });
    connect(&m_state, &ConsoleState::finished, &m_requests, &RequestsModel::append);
    connect(&m_state, &ConsoleState::changed, this, &ConsoleWindow::refresh);
    connect(&m_state, &ConsoleState::ticked, this, &ConsoleWindow::tick);
    connect(&m_state, &ConsoleState::pausedChanged, this, &ConsoleWindow::refreshPause);
    refreshPause();
}

Page *ConsoleWindow::pageAt(int index) const
{
    return static_cast<Page *>(m_pages->widget(index));
}

int ConsoleWindow::indexOf(const QString &page) const
{
    for (int index = 0; index < m_pages->count(); ++index) {
        if (m_pages->widget(index)->objectName() == page) {
            return index;
        }
    }
    return -1;
}

QString ConsoleWindow::currentPage() const
{
    return m_pages->currentWidget()->objectName();
}

QString ConsoleWindow::statusText() const
{
    return m_status->text();
}

void ConsoleWindow::showPage(const QString &name)
{
    if (const int index = indexOf(name); index >= 0) {
        leaveFor(index);
    }
}

void ConsoleWindow::go(const Place &place)
{
    showPage(place.page);
    if (currentPage() == place.page) {
        pageAt(m_pages->currentIndex())->go(place);
    }
}

/// Shows another page and remembers the way back.
void ConsoleWindow::leaveFor(int index)
{
    const int from = m_pages->currentIndex();
    if (index == from) {
        return m_sidebar->setCurrent(index);
    }
    m_past.push_back(from);
    if (m_past.size() > kHistoryMax) {
        m_past.erase(m_past.begin());
    }
    m_future.clear();
    showPageAt(index);
}

void ConsoleWindow::step(int by)
{
    std::vector<int> &from = by < 0 ? m_past : m_future;
    std::vector<int> &to = by < 0 ? m_future : m_past;
    if (from.empty()) {
        return;
    }
    to.push_back(m_pages->currentIndex());
    const int index = from.back();
    from.pop_back();
    showPageAt(index);
}

void ConsoleWindow::showPageAt(int index)
{
    m_sidebar->setCurrent(index);
    m_title->setText(pageAt(index)->title());
    m_pages->setCurrentIndex(index);
    refreshUndo(); // a page may have steps of its own
    m_actions->back->setEnabled(!m_past.empty());
    m_actions->forward->setEnabled(!m_future.empty());
    m_actions->filter->setEnabled(pageAt(index)->filterField() != nullptr);
    m_actions->filter->setStatusTip(m_actions->filter->isEnabled() ? QString()
                                                                   : tr("no filter on this page"));
    const bool charts = workingChart() != nullptr || index == 0;
    for (QAction *action : {m_actions->exportCsv,
                            m_actions->exportPng,
                            m_actions->exportSvg,
                            m_actions->chartTable}) {
        action->setEnabled(charts);
        action->setStatusTip(charts ? QString() : tr("no chart on this page"));
    }
}

/// With the place of a mark while something is unapplied.
void ConsoleWindow::refreshTitle()
{
    QStringList title{profileWord(m_profile),
                      m_state.source().connection().address,
                      tr("Signalbox")};
    title.removeAll(QString());
    const RoutingDraft *draft = m_routing->draft();
    const bool modified = draft != nullptr && draft->isModified();
    setWindowTitle(title.join(u" — "_s) + (modified ? u"[*]"_s : QString()));
    setWindowModified(modified);
}

void ConsoleWindow::setThemeChoice(ThemeChoice choice)
{
    m_actions->themes[static_cast<int>(choice)]->setChecked(true);
    m_theme.setChoice(choice);
    m_layout.setValue(u"theme"_s, static_cast<int>(choice));
    setProfile(m_profile); // its line has a colour of the theme
}

void ConsoleWindow::setProfile(Profile profile)
{
    m_profile = profile;
    m_actions->profiles[static_cast<int>(profile)]->setChecked(true);
    m_sidebar->setProfile(profile);
    QPalette palette = m_profileLine->palette();
    palette.setColor(QPalette::Window, profileColour(profile, Theme::of(this)));
    m_profileLine->setPalette(palette);
    m_profileLine->setVisible(profile != Profile::None);
    refreshTitle();
    m_layout.setValue(u"profile"_s, static_cast<int>(profile));
}

void ConsoleWindow::refresh()
{
    refreshRetention();
    refreshProviderKinds();
    pageAt(m_pages->currentIndex())->refresh();
    m_details->refresh();
    refreshFrame();
}

void ConsoleWindow::tick()
{
    refreshFrame();
    if (!m_state.isPaused()) {
        pageAt(m_pages->currentIndex())->refresh(); // countdowns go on between snapshots
        m_details->refresh();
    }
}

void ConsoleWindow::refreshProviderKinds()
{
    QHash<QString, QString> kinds;
    for (const telemetry::ProviderView &provider : m_state.snapshot()->providers) {
        kinds.insert(text::fromUtf8(provider.id), text::fromUtf8(provider.kind));
    }
    m_requests.setProviderKinds(kinds);
}

void ConsoleWindow::refreshFrame()
{
    m_status->setParts(statusParts(m_state, m_options.rehearsal));
    refreshConnection();
    refreshStale();
    refreshVeil();
    if (m_state.isPaused()) {
        refreshPause();
    }
    const auto &snapshot = m_state.snapshot();
    if (snapshot == nullptr) {
        return;
    }
    const int open = openBreakers(*snapshot);
    m_sidebar->setBadge(indexOf(u"providers"_s), open, tr("%n open breakers", nullptr, open));
    m_sidebar->setBadge(indexOf(u"alerts"_s),
                        m_alerts->open(),
                        tr("%n open alerts", nullptr, m_alerts->open()));
    const Connection connection = m_state.source().connection();
    m_sidebar->setFoot(connection.isFar() ? connection.address : text::fromUtf8(snapshot->listen),
                       text::fromUtf8(snapshot->revision));
}

void ConsoleWindow::refreshStale()
{
    if (!m_state.isStale() || !m_state.source().connection().isLive()) {
        return m_staleBar->hide(); // the bar of the connection says it, if need be
    }
    m_staleBar->say(NoticeBar::Tone::Warning,
                    tr("The gateway has said nothing for %1. What you see is what it said last.")
                        .arg(text::age(*m_state.age())),
                    tr("Retry"),
                    [this] { m_state.refreshNow(); });
}

/// Charts of a gateway that says nothing keep what they have, shaded.
void ConsoleWindow::refreshVeil()
{
    const auto &snapshot = m_state.snapshot();
    const bool old = m_state.isStale() || !m_state.source().connection().isLive();
    const QString veil = old && snapshot != nullptr
                             ? tr("No data since %1").arg(text::clock(snapshot->at.system))
                             : QString();
    if (veil == m_veil) {
        return;
    }
    m_veil = veil;
    const auto charts = findChildren<TimeChart *>();
    for (TimeChart *chart : charts) {
        chart->setVeil(veil);
    }
}

void ConsoleWindow::refreshPause()
{
    const bool paused = m_state.isPaused();
    QAction *action = m_actions->pause;
    action->setChecked(paused);
    action->setIcon(themeIcon(paused ? u"play"_s : u"pause"_s));
    action->setIconText(paused ? tr("Resume") : tr("Pause"));
    setTip(action, paused ? tr("Go on") : tr("Freeze all pages at this instant"));
    if (!paused) {
        return m_pauseBar->hide();
    }
    m_pauseBar->say(NoticeBar::Tone::Info,
                    tr("Paused at %1 · %2 new requests")
                        .arg(text::clock(m_state.now()), text::count(m_state.newWhilePaused())),
                    tr("Resume"),
                    [this] { m_state.setPaused(false); });
}

void ConsoleWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    updateWatched();
}

void ConsoleWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    updateWatched();
}

void ConsoleWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        updateWatched();
    }
}

void ConsoleWindow::updateWatched()
{
    m_state.setWatched(isVisible() && !isMinimized());
}

void ConsoleWindow::closeEvent(QCloseEvent *event)
{
    save();
    m_leaving = m_leaving || qApp->property(kEndingProperty).toBool();
    if (!mayClose()) {
        return event->ignore();
    }
    if (const int requests = beingServed(); requests > 0) {
        event->ignore();
        return askToQuit(requests);
    }
    QMainWindow::closeEvent(event);
}

/// By the gateway inside, which ends with this window; those of a rehearsal are nobody's.
int ConsoleWindow::beingServed()
{
    const auto &snapshot = m_state.snapshot();
    const bool inside = m_state.source().connection().state == Connection::State::Inside;
    const bool ours = inside && m_options.rehearsal == nullptr;
    if (!ours || m_mayBreakOff || qApp->property(kEndingProperty).toBool() || snapshot == nullptr) {
        return 0;
    }
    return m_state.isStale() ? 0 : snapshot->totals.inFlight;
}

void ConsoleWindow::askToQuit(int requests)
{
    if (findChild<ConfirmDialog *>(u"quitDialog"_s) != nullptr) {
        return;
    }
    auto *dialog = new ConfirmDialog(tr("Quit Signalbox?"),
                                     tr("The gateway ends with this window, and %n requests that "
                                        "it serves break off.",
                                        nullptr,
                                        requests),
                                     tr("Quit"),
                                     this);
    dialog->setObjectName(u"quitDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_mayBreakOff = true;
        close();
    });
    dialog->open();
}

} // namespace signalbox::ui
