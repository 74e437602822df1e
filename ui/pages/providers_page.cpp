// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/providers_page.h"

#include "ui/models/target_summary.h"
#include "ui/pages/breaker_desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/tile_grid.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLogRows = 10;

} // namespace

ProvidersPage::ProvidersPage(ConsoleState &state, BreakerDesk &desk, QWidget *parent)
    : Page(state, tr("Providers"), parent)
{
    setObjectName(u"providers"_s);
    auto *content = new QWidget;
    m_grid = new TileGrid(BreakerTile::Size::Large, content);
    auto *log = new ListView(u"transitions"_s, tr("Breaker changes"), content);
    log->setModel(&m_transitions);
    log->setColumnWidths({9, 34, 26, 0});
    log->setFixedHeight(log->heightFor(kLogRows));
    m_log = new Section(tr("Breaker changes"), log, content);
    desk.serve(m_grid);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(kWide, 2, kHalfGap, kWide);
    column->setSpacing(kPad);
    column->addWidget(m_grid);
    column->addWidget(m_log);
    column->addStretch();
    scrollOver(content);
}

void ProvidersPage::go(const Place &place)
{
    if (place.target) {
        return m_grid->focusOn(*place.target);
    }
    Page::go(place);
}

void ProvidersPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    if (snapshot == nullptr) {
        return;
    }
    auto summaries = summariseTargets(*snapshot, m_state.now(), m_state.isStale());
    sortWorstFirst(summaries);
    m_grid->setSummaries(summaries);
    m_transitions.merge(snapshot->transitions);
    m_log->setNote(m_transitions.rowCount() == 0 ? tr("None since the gateway started")
                                                 : tr("Newest first, the last 200"));
}

} // namespace signalbox::ui
