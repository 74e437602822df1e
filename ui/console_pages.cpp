// SPDX-License-Identifier: GPL-3.0-or-later
// The window's pages: which there are, and the way from one to another and back.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/alert_desk.h"
#include "ui/pages/alerts_page.h"
#include "ui/pages/breaker_desk.h"
#include "ui/pages/cache_page.h"
#include "ui/pages/costs_page.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/requests_page.h"
#include "ui/pages/routing_page.h"
#include "ui/pages/settings_page.h"
#include "ui/theme/icons.h"
#include "ui/widgets/explain_panel.h"
#include "ui/widgets/sidebar.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::size_t kHistoryMax = 50;

} // namespace

void ConsoleWindow::buildPages()
{
    m_desk = new BreakerDesk(m_state, *m_notices, this);
    addPage(new OverviewPage(m_state, m_view, *m_desk, &m_requests));
    buildDetails();
    m_routing = new RoutingPage(m_state, m_options.config, m_options.ledger);
    m_routing->setForesight(m_options.foresight);
    addPage(m_routing);
    m_playground = new PlaygroundPage(m_state,
                                      m_options.playground,
                                      {.run = m_actions->playgroundRun,
                                       .stop = m_actions->playgroundStop,
                                       .addColumn = m_actions->playgroundAdd,
                                       .blind = m_actions->playgroundBlind,
                                       .exportJson = m_actions->playgroundJson,
                                       .exportMarkdown = m_actions->playgroundMarkdown,
                                       .exportHtml = m_actions->playgroundHtml,
                                       .copyCurl = m_actions->playgroundCurl,
                                       .copyPython = m_actions->playgroundPython,
                                       .copyNode = m_actions->playgroundNode,
                                       .past = m_actions->playgroundPast,
                                       .compare = m_actions->playgroundCompare,
                                       .judge = m_actions->playgroundJudge,
                                       .batch = m_actions->playgroundBatch,
                                       .batchOpen = m_actions->batchOpen,
                                       .batchCsv = m_actions->batchCsv,
                                       .batchLines = m_actions->batchLines},
                                      {.history = m_options.history,
                                       .batch = m_options.batch,
                                       .store = m_options.judgements});
    addPage(m_playground);
    connect(m_playground, &PlaygroundPage::vetoesAsked, this, [this](const QStringList &targets) {
        showPage(u"routing"_s);
        m_routing->veto(targets);
    });
    m_requestsPage = new RequestsPage(m_state, m_view, m_options.ledger);
    m_requestsPage->explainPanel()->setConfig(m_options.config);
    addPage(m_requestsPage);
    m_costs = new CostsPage(m_state, m_options.ledger, m_options.config);
    addPage(m_costs);
    m_cache = new CachePage(m_state, m_view, m_options.cache, m_options.config, *m_notices);
    addPage(m_cache);
    connect(m_cache, &CachePage::requestsAsked, this, [this](const QString &filter) {
        m_view.reset(); // the request that an entry was made for may be of any time
        m_requestsPage->filterField()->setText(filter);
        showPage(u"requests"_s);
    });
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
    connect(page, &Page::recordAsked, this, &ConsoleWindow::askWhereToRecord);
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
    // What fonts and figures ask of the layouts is settled before the page is painted, not a frame later.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
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

} // namespace signalbox::ui
