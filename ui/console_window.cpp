// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console_window.h"

#include "ui/models/attention.h"
#include "ui/pages/breaker_desk.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/providers_page.h"
#include "ui/pages/requests_page.h"
#include "ui/status_parts.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/sidebar.h"
#include "ui/widgets/status_strip.h"

#include <QCloseEvent>
#include <QHash>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLayoutVersion = 1;
constexpr int kProvidersIndex = 1;

} // namespace

ConsoleWindow::ConsoleWindow(ConsoleSource &source, ConsoleOptions options, QWidget *parent)
    : QMainWindow(parent)
    , m_options(std::move(options))
    , m_state(source, m_options.clock)
{
    setObjectName(u"console"_s);
    setWindowTitle(tr("Signalbox"));
    setWindowIcon(applicationIcon());
    setMinimumSize(820, 520);
    resize(1280, 800);
    buildFrame();
    buildPages();
    buildMenus();
    connectState();
    showPageAt(0);
    restore();
    refreshFrame();
}

void ConsoleWindow::buildFrame()
{
    auto *central = new QWidget(this);
    m_sidebar = new Sidebar(central);
    m_title = new QLabel(central);
    m_title->setFont(themeFont(TypeRole::Title));
    m_tools = new QStackedWidget(central);
    m_tools->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    m_pauseButton = new QToolButton(central);
    m_pauseButton->setObjectName(u"pause"_s);
    m_pauseButton->setFocusPolicy(Qt::StrongFocus);
    m_pauseButton->setFont(themeFont(TypeRole::Caption));
    m_pauseButton->setMinimumSize(72, m_pauseButton->fontMetrics().height() + kGap + 2);
    m_pauseBar = new NoticeBar(u"pauseBar"_s, central);
    m_staleBar = new NoticeBar(u"staleBar"_s, central);
    m_notices = new NoticeBar(u"notices"_s, central);
    m_pages = new QStackedWidget(central);
    m_status = new StatusStrip(central);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(kWide, kPad, kWide, kPad);
    head->setSpacing(kPad);
    head->addWidget(m_title, 1);
    head->addWidget(m_tools);
    head->addWidget(m_pauseButton);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    for (NoticeBar *bar : {m_staleBar, m_pauseBar, m_notices}) {
        column->addWidget(bar);
    }
    column->addLayout(head);
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    auto *row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(column, 1);
    setCentralWidget(central);
    central->setFocus(); // nothing is chosen before the operator chooses
}

void ConsoleWindow::buildPages()
{
    m_desk = new BreakerDesk(m_state, *m_notices, this);
    addPage(new OverviewPage(m_state, *m_desk, &m_requests));
    addPage(new ProvidersPage(m_state, *m_desk));
    addPage(new RequestsPage(m_state, &m_requests));
    connect(m_sidebar, &Sidebar::pageAsked, this, &ConsoleWindow::showPageAt);
}

void ConsoleWindow::addPage(Page *page)
{
    m_pages->addWidget(page);
    m_sidebar->addPage(page->title());
    QWidget *tools = page->tools();
    m_tools->addWidget(tools == nullptr ? new QWidget(m_tools) : tools);
}

void ConsoleWindow::connectState()
{
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
    for (int index = 0; index < m_pages->count(); ++index) {
        if (m_pages->widget(index)->objectName() == name) {
            showPageAt(index);
        }
    }
}

void ConsoleWindow::showPageAt(int index)
{
    m_sidebar->setCurrent(index);
    m_tools->setCurrentIndex(index);
    m_title->setText(pageAt(index)->title());
    m_pages->setCurrentIndex(index);
}

void ConsoleWindow::setThemeChoice(ThemeChoice choice)
{
    m_themeActions[static_cast<int>(choice)]->setChecked(true);
    m_theme.setChoice(choice);
    if (m_options.settings != nullptr) {
        m_options.settings->setValue(u"theme"_s, static_cast<int>(choice));
    }
}

void ConsoleWindow::refresh()
{
    refreshProviderKinds();
    pageAt(m_pages->currentIndex())->refresh();
    refreshFrame();
}

void ConsoleWindow::tick()
{
    refreshFrame();
    if (!m_state.isPaused()) {
        pageAt(m_pages->currentIndex())->refresh(); // countdowns go on between snapshots
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
    m_status->setParts(statusParts(m_state));
    refreshStale();
    if (m_state.isPaused()) {
        refreshPause();
    }
    const auto &snapshot = m_state.snapshot();
    if (snapshot == nullptr) {
        return;
    }
    const int open = openBreakers(*snapshot);
    m_sidebar->setBadge(kProvidersIndex, open, tr("%1 open breakers").arg(open));
    m_sidebar->setFoot(text::fromUtf8(snapshot->listen), text::fromUtf8(snapshot->revision));
}

void ConsoleWindow::refreshStale()
{
    if (!m_state.isStale()) {
        return m_staleBar->hide();
    }
    m_staleBar->say(NoticeBar::Tone::Warning,
                    tr("The gateway has said nothing for %1. What you see is what it said last.")
                        .arg(text::age(*m_state.age())));
}

void ConsoleWindow::refreshPause()
{
    const bool paused = m_state.isPaused();
    m_pause->setChecked(paused);
    m_pause->setIconText(paused ? tr("Resume") : tr("Pause"));
    m_pause->setToolTip(paused ? tr("Go on (Ctrl+L)")
                               : tr("Freeze all pages at this instant (Ctrl+L)"));
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

void ConsoleWindow::restore()
{
    if (m_options.settings == nullptr) {
        return;
    }
    const QSettings &settings = *m_options.settings;
    restoreGeometry(settings.value(u"geometry"_s).toByteArray());
    restoreState(settings.value(u"layout"_s).toByteArray(), kLayoutVersion);
    showPage(settings.value(u"page"_s).toString());
    const int choice = settings.value(u"theme"_s).toInt();
    if (choice >= 0 && choice <= 2) {
        setThemeChoice(static_cast<ThemeChoice>(choice));
    }
}

void ConsoleWindow::closeEvent(QCloseEvent *event)
{
    if (m_options.settings != nullptr) {
        m_options.settings->setValue(u"geometry"_s, saveGeometry());
        m_options.settings->setValue(u"layout"_s, saveState(kLayoutVersion));
        m_options.settings->setValue(u"page"_s, currentPage());
    }
    QMainWindow::closeEvent(event);
}

} // namespace signalbox::ui
