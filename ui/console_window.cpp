// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console_window.h"

#include "ui/frame/console_actions.h"
#include "ui/pages/connection_bar.h"
#include "ui/pages/routing_page.h"
#include "ui/pages/target_details.h"
#include "ui/settings_source.h"
#include "ui/text/names.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/range_popover.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/status_strip.h"

#include <QApplication>
#include <QFrame>
#include <QHash>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

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
    connectRecorder();
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

QString ConsoleWindow::statusText() const
{
    return m_status->text();
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

} // namespace signalbox::ui
