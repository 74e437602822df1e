// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/providers_page.h"

#include "ui/models/target_summary.h"
#include "ui/pages/breaker_desk.h"
#include "ui/text/names.h"
#include "ui/text/range_text.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/skeleton.h"
#include "ui/widgets/tile_grid.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLogRows = 10;
constexpr int kTableRowsMax = 16;

} // namespace

ProvidersPage::ProvidersPage(ConsoleState &state,
                             ViewState &view,
                             BreakerDesk &desk,
                             const FailureWords &words,
                             QAction *details,
                             QWidget *parent)
    : Page(state, tr("Providers"), parent)
    , m_view(view)
    , m_transitions(&words)
    , m_filter(new FilterField(u"providers.filter"_s, tr("Filter targets and states"), this))
    , m_look(new Segments(tr("Targets as"), {tr("Tiles"), tr("Table")}, this))
    , m_details(new QToolButton(this))
{
    setObjectName(u"providers"_s);
    m_details->setObjectName(u"providers.details"_s);
    m_details->setDefaultAction(details);
    m_details->setFocusPolicy(Qt::StrongFocus);
    m_details->setProperty(kDressProperty, u"segment"_s);
    m_details->setFont(themeFont(TypeRole::Caption));
    auto *content = new QWidget;
    m_grid = new TileGrid(BreakerTile::Size::Large, content);
    desk.serve(m_grid);
    m_table = new ListView(u"targets"_s, tr("Targets"), content);
    buildTable(desk);
    m_tableCard = new Section(tr("Targets"), m_table, content);
    m_logList = new ListView(u"transitions"_s, tr("Breaker changes"), content);
    buildLog();
    m_log = new Section(tr("Breaker changes"), m_logList, content);
    assemble(content);
    setTableShown(false);
    connect(m_look, &Segments::currentChanged, this, [this](int look) {
        setTableShown(look == 1);
    });
    connect(m_filter, &QLineEdit::textChanged, this, &ProvidersPage::filter);
    connect(m_grid, &TileGrid::reordered, this, &ProvidersPage::orderTabs);
    orderTabs();
}

void ProvidersPage::assemble(QWidget *content)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(kPad);
    head->addWidget(m_filter, 1);
    head->addWidget(m_look);
    head->addWidget(m_details);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(kWide, 2, kHalfGap, kWide);
    column->setSpacing(kPad);
    column->addLayout(head);
    m_waiting = new Skeleton(Skeleton::Shape::Tiles, content);
    column->addWidget(m_waiting);
    column->addWidget(m_grid);
    column->addWidget(m_tableCard);
    column->addWidget(m_log);
    column->addStretch();
    scrollOver(content);
}

void ProvidersPage::buildTable(BreakerDesk &desk)
{
    m_sorted.setSourceModel(&m_targets);
    m_sorted.setSortRole(TargetsModel::SortRole);
    m_sorted.setFilterKeyColumn(-1);
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(&m_sorted);
    m_table->setColumnWidths({24, 0, 8, 13, 10, 7, 8, 7, 7, 10, 8});
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TargetsModel::State, Qt::DescendingOrder);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setToolTip(tr("Return or a right click: what can be done"));
    connect(m_table,
            &QWidget::customContextMenuRequested,
            this,
            [this, &desk](const QPoint &where) { askOnRow(where, desk); });
    connect(m_table, &QTableView::activated, this, [this, &desk](const QModelIndex &index) {
        askOnRow(m_table->visualRect(index).bottomLeft(), desk);
    });
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex &index) {
                if (index.isValid()) {
                    Q_EMIT chosen(m_targets.summary(m_sorted.mapToSource(index).row()).target);
                }
            });
}

void ProvidersPage::buildLog()
{
    m_changes.setSourceModel(&m_transitions);
    m_logList->setModel(&m_changes);
    m_logList->setColumnWidths({9, 34, 26, 0});
    m_logList->setFixedHeight(m_logList->heightFor(kLogRows));
    m_logList->setToolTip(tr("Return: the requests of that target. A right click: record it"));
    m_logList->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_logList, &QWidget::customContextMenuRequested, this, &ProvidersPage::askOnChange);
    connect(m_logList, &QTableView::activated, this, [this](const QModelIndex &index) {
        const int row = m_changes.mapToSource(index).row();
        Q_EMIT leads({.page = u"requests"_s, .target = m_transitions.targetAt(row)});
    });
    connect(m_logList->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex &index) {
                if (index.isValid()) {
                    Q_EMIT chosen(m_transitions.targetAt(m_changes.mapToSource(index).row()));
                }
            });
}

/// The menu of one row: what its tile offers.
void ProvidersPage::askOnRow(const QPoint &where, BreakerDesk &desk)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid()) {
        return;
    }
    const TargetSummary summary = m_targets.summary(m_sorted.mapToSource(index).row());
    auto *menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const auto offer = [&](const QString &text, BreakerAction action, bool able) {
        QAction *entry = menu->addAction(text);
        entry->setEnabled(able && summary.barred.isEmpty());
        entry->setToolTip(summary.barred.isEmpty() ? text : summary.barred);
        connect(entry, &QAction::triggered, this, [this, &desk, action, id = summary.target] {
            desk.act(action, id, m_look);
        });
    };
    offer(summary.drained ? tr("Undrain") : tr("Drain"),
          summary.drained ? BreakerAction::Undrain : BreakerAction::Drain,
          true);
    offer(tr("Trip…"), BreakerAction::Trip, summary.state != u"forced_open"_s);
    offer(tr("Hold Closed…"), BreakerAction::Hold, summary.state != u"forced_closed"_s);
    offer(tr("Reset"), BreakerAction::Reset, summary.canReset);
    menu->popup(m_table->viewport()->mapToGlobal(where));
}

/// The menu of one change.
void ProvidersPage::askOnChange(const QPoint &where)
{
    const QModelIndex index = m_logList->currentIndex();
    if (!index.isValid()) {
        return;
    }
    const int row = m_changes.mapToSource(index).row();
    auto *menu = new QMenu(m_logList);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // The row may be another one by then.
    const TargetId target = m_transitions.targetAt(row);
    const SystemTime time = m_transitions.timeAt(row);
    connect(menu->addAction(tr("Requests of the Target")),
            &QAction::triggered,
            this,
            [this, target] { Q_EMIT leads({.page = u"requests"_s, .target = target}); });
    connect(menu->addAction(tr("Record Around It…")), &QAction::triggered, this, [this, time] {
        recordAround(time);
    });
    menu->popup(m_logList->viewport()->mapToGlobal(where));
}

QLineEdit *ProvidersPage::filterField()
{
    return m_filter;
}

bool ProvidersPage::isTableShown() const
{
    return m_look->current() == 1;
}

void ProvidersPage::setTableShown(bool shown)
{
    m_look->setCurrent(shown ? 1 : 0);
    m_grid->setVisible(!shown);
    m_tableCard->setVisible(shown);
}

void ProvidersPage::filter(const QString &text)
{
    m_sorted.setFilterFixedString(text);
    m_changes.setText(text);
    refresh();
}

void ProvidersPage::orderTabs()
{
    QList<QWidget *> stops{m_filter};
    const auto looks = m_look->findChildren<QToolButton *>();
    for (QToolButton *look : looks) {
        stops << look;
    }
    stops << m_details;
    chainTabs(stops + m_grid->tabStops() + QList<QWidget *>{m_table, m_logList});
}

void ProvidersPage::go(const Place &place)
{
    if (!place.target) {
        return Page::go(place);
    }
    m_filter->clear();
    if (!isTableShown()) {
        return m_grid->focusOn(*place.target);
    }
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        const int source = m_sorted.mapToSource(m_sorted.index(row, 0)).row();
        if (m_targets.summary(source).target == *place.target) {
            m_table->setCurrentIndex(m_sorted.index(row, 0));
        }
    }
    m_table->setFocus(Qt::ShortcutFocusReason);
}

void ProvidersPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    m_waiting->setVisible(snapshot == nullptr);
    if (snapshot == nullptr) {
        return;
    }
    auto summaries = targetSummaries(*snapshot);
    m_targets.setSummaries(summaries);
    sortWorstFirst(summaries);
    const QString wanted = m_filter->text();
    std::erase_if(summaries, [&](const TargetSummary &summary) {
        const QString all = text::fromUtf8(summary.target.name()) + u' ' + spoken(summary);
        return !all.contains(wanted, Qt::CaseInsensitive);
    });
    m_grid->setSummaries(summaries);
    m_table->setFixedHeight(m_table->heightFor(std::clamp(m_sorted.rowCount(), 1, kTableRowsMax))
                            + kPad);
    m_tableCard->setNote(
        tr("worst first; %1 of %2 shown").arg(m_sorted.rowCount()).arg(m_targets.rowCount()));
    m_transitions.merge(snapshot->transitions);
    m_changes.setRange(m_view.range());
    const QString part = m_view.range().isLive() ? tr("the last 200") : rangeText(m_view.range());
    m_log->setNote(m_transitions.rowCount() == 0
                       ? tr("None since the gateway started")
                       : tr("Newest first, %1. Return shows the target's requests").arg(part));
}

} // namespace signalbox::ui
