// SPDX-License-Identifier: GPL-3.0-or-later
// How the window was left, and how it was delivered.
#include "ui/charts/time_chart.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/bill_panel.h"
#include "ui/pages/costs_page.h"
#include "ui/pages/requests_page.h"
#include "ui/text/language.h"
#include "ui/text/range_text.h"
#include "ui/theme/text_size.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/saved_filters.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr QSize kDelivered(1280, 800);

} // namespace

void ConsoleWindow::restore()
{
    m_layout.restore(*this);
    m_view.setLive(m_layout.value(u"range"_s, presetSpans().first()).toLongLong());
    const bool utc = m_layout.value(u"zone"_s).toString() == u"utc"_s;
    m_view.setZone(utc ? text::Zone::Utc : text::Zone::Local);
    const int profile = m_layout.value(u"profile"_s).toInt();
    setProfile(profile > 0 && profile < kProfileCount ? static_cast<Profile>(profile)
                                                      : Profile::None);
    const Language language = languageOf(m_layout.value(u"language"_s).toString());
    m_actions->languages[static_cast<int>(language)]->setChecked(true);
    const auto size = textSizes().indexOf(m_layout.value(u"textSize"_s, 100).toInt());
    m_actions->textSizeChoices[size < 0 ? textSizes().indexOf(100) : size]->setChecked(true);
    setDenseRows(m_layout.value(u"rows"_s).toString() == u"dense"_s);
    const int choice = m_layout.value(u"theme"_s).toInt();
    setThemeChoice(choice > 0 && choice <= 2 ? static_cast<ThemeChoice>(choice)
                                             : ThemeChoice::System);
    showPage(m_layout.value(u"page"_s).toString());
    m_costs->setZone(m_layout.value(u"costZone"_s).toString());
    connect(m_costs, &CostsPage::zoneChanged, this, [this] {
        m_layout.setValue(u"costZone"_s, m_costs->zone());
    });
    m_costs->bill()->setMappings(m_layout.value(u"billColumns"_s).toStringList());
    connect(m_costs->bill(), &BillPanel::mappingsChanged, this, [this] {
        m_layout.setValue(u"billColumns"_s, m_costs->bill()->mappings());
    });
    SavedFilters *saved = m_requestsPage->savedFilters();
    saved->setFilters(m_layout.value(u"requestFilters"_s).toStringList());
    connect(saved, &SavedFilters::filtersChanged, this, [this, saved] {
        m_layout.setValue(u"requestFilters"_s, saved->filters());
    });
}

void ConsoleWindow::setDenseRows(bool dense)
{
    m_actions->rowChoices[dense ? 1 : 0]->setChecked(true);
    m_layout.setValue(u"rows"_s, dense ? u"dense"_s : u"airy"_s);
    const auto lists = findChildren<ListView *>();
    for (ListView *list : lists) {
        list->setDense(dense);
    }
}

void ConsoleWindow::save()
{
    m_layout.save(*this);
    if (m_view.range().isLive()) {
        m_layout.setValue(u"range"_s, m_view.range().spanMs);
    }
    m_layout.setValue(u"page"_s, currentPage());
}

/// As delivered: size, columns, series, range, page. Theme, zone and profile are choices and stay.
void ConsoleWindow::resetLayout()
{
    m_layout.forget({u"range"_s, u"page"_s});
    setWindowState(windowState() & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
    resize(kDelivered);
    resetDetails();
    const auto lists = findChildren<ListView *>();
    for (ListView *list : lists) {
        list->resetColumns();
    }
    const auto charts = findChildren<TimeChart *>();
    for (TimeChart *chart : charts) {
        chart->setHiddenSeries({});
        chart->setTableShown(false);
        chart->setLegendOrder(LegendOrder::AsGiven);
    }
    m_view.setLive(presetSpans().first());
    leaveFor(0);
}

} // namespace signalbox::ui
