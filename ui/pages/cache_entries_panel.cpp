// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cache_entries_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/query_chips.h"
#include "ui/widgets/section.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTypingPauseMs = 250;

} // namespace

CacheEntriesPanel::CacheEntriesPanel(CacheSource &source, NoticeBar &notices, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_notices(notices)
    , m_filter(new FilterField(u"cache.filter"_s,
                               tr("Filter: route:… model:… age:>1d hits:0, or words"),
                               this))
    , m_chips(new QueryChips(this))
    , m_trouble(new QLabel(this))
    , m_order(new QComboBox(this))
    , m_pin(new QPushButton(this))
    , m_deleteChosen(new QPushButton(tr("Delete Selected"), this))
    , m_deleteMatching(new QPushButton(this))
    , m_flush(new QPushButton(tr("Flush All…"), this))
    , m_empty(new QLabel(this))
    , m_list(new ListView(u"cache.list"_s, tr("Kept answers"), this))
{
    setObjectName(u"cache.entries"_s);
    m_entries.setSource(m_source);
    m_list->setModel(&m_entries);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setColumnWidths({0, 12, 10, 21, 9, 9, 13, 5, 8, 7});
    m_list->setToolTip(tr("Return: the request it was made for. Delete: take it away"));
    m_list->installEventFilter(this);
    m_trouble->setObjectName(u"cache.filterTrouble"_s);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_empty->setObjectName(u"cache.noEntries"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    auto *body = new QWidget(this);
    auto *inner = new QVBoxLayout(body);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(m_list, 1);
    inner->addWidget(m_empty, 1);
    m_section = new Section(tr("Kept answers"), body, this);
    m_section->followFocusOf(m_list);
    auto *tools = new QHBoxLayout;
    buildTools(tools);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addLayout(tools);
    column->addWidget(m_chips);
    column->addWidget(m_trouble);
    column->addWidget(m_section, 1);
    m_filter->setCompletion([this](const QString &text, int cursor) {
        return completeCacheSearch(text, cursor, m_names);
    });
    connectParts();
    refresh();
}

void CacheEntriesPanel::buildTools(QHBoxLayout *row)
{
    row->setSpacing(kGap);
    m_order->addItems(
        {tr("Newest first"), tr("Oldest first"), tr("Most hits"), tr("Most saved"), tr("Largest")});
    m_order->setObjectName(u"cache.order"_s);
    m_order->setAccessibleName(tr("Order of the entries"));
    m_pin->setObjectName(u"cache.pin"_s);
    m_deleteChosen->setObjectName(u"cache.deleteSelected"_s);
    m_deleteMatching->setObjectName(u"cache.deleteMatching"_s);
    m_flush->setObjectName(u"cache.flush"_s);
    row->addWidget(m_filter, 1);
    for (QWidget *tool :
         QList<QWidget *>{m_order, m_pin, m_deleteChosen, m_deleteMatching, m_flush}) {
        tool->setFont(themeFont(TypeRole::Caption));
        tool->setMinimumHeight(m_filter->sizeHint().height());
        row->addWidget(tool);
    }
}

void CacheEntriesPanel::connectParts()
{
    m_typing.setSingleShot(true);
    m_undo.setSingleShot(true);
    connect(m_filter, &QLineEdit::textChanged, this, &CacheEntriesPanel::onFilter);
    connect(&m_typing, &QTimer::timeout, this, &CacheEntriesPanel::look);
    connect(m_order, &QComboBox::currentIndexChanged, this, &CacheEntriesPanel::look);
    connect(m_chips, &QueryChips::taken, this, [this](std::size_t index) {
        m_filter->setText(withoutTerm(m_filter->text(), m_search.terms, index));
        m_filter->setFocus();
    });
    connect(&m_entries, &CacheEntries::stateChanged, this, [this] {
        refresh();
        if (m_entries.state() == CacheEntries::State::Failed) {
            Q_EMIT failed(m_entries.problem());
        }
    });
    connect(&m_entries, &CacheEntries::viewArrived, this, [this](const CacheView &view) {
        if (!m_undo.isActive()) {
            m_entries.hide({}); // what was deleted is gone, or has been kept anew
        }
        Q_EMIT viewArrived(view);
    });
    connect(m_list->selectionModel(),
            &QItemSelectionModel::selectionChanged,
            this,
            &CacheEntriesPanel::refresh);
    connect(&m_entries, &CacheEntries::modelReset, this, &CacheEntriesPanel::refresh);
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex &row) {
        const std::string &id = m_entries.entryAt(row.row()).requestId;
        Q_EMIT requestsAsked(u"id:"_s + QString::fromStdString(id));
    });
    connect(&m_undo, &QTimer::timeout, this, &CacheEntriesPanel::settle);
    connect(m_pin, &QPushButton::clicked, this, &CacheEntriesPanel::togglePin);
    connect(m_deleteChosen, &QPushButton::clicked, this, &CacheEntriesPanel::deleteChosen);
    connect(m_deleteMatching, &QPushButton::clicked, this, &CacheEntriesPanel::deleteMatching);
    connect(m_flush, &QPushButton::clicked, this, &CacheEntriesPanel::askToFlush);
}

bool CacheEntriesPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        deleteChosen();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QList<QWidget *> CacheEntriesPanel::tabStops() const
{
    return {m_filter, m_order, m_pin, m_deleteChosen, m_deleteMatching, m_flush, m_list};
}

void CacheEntriesPanel::setWhyFixed(const QString &why)
{
    if (why != m_whyFixed) {
        m_whyFixed = why;
        refresh();
    }
}

void CacheEntriesPanel::setTotal(std::size_t entries)
{
    if (entries != m_total) {
        m_total = entries;
        refresh();
    }
}

void CacheEntriesPanel::onFilter()
{
    m_search = parseCacheSearch(m_filter->text());
    m_chips->setTerms(m_search.terms);
    m_trouble->setText(m_search.problem());
    m_trouble->setVisible(!m_search.problem().isEmpty());
    m_typing.start(kTypingPauseMs);
    refresh();
}

/// A filter of which a part makes no sense finds nothing: what it means is not known yet.
void CacheEntriesPanel::look()
{
    m_typing.stop();
    if (!m_search.problem().isEmpty()) {
        return m_entries.clear();
    }
    m_entries.look(
        {.filter = m_search.filter, .order = static_cast<CacheOrder>(m_order->currentIndex())});
}

bool CacheEntriesPanel::renew()
{
    const bool worksWithThem = m_list->selectionModel()->hasSelection()
                               || m_list->verticalScrollBar()->value() > 0 || m_typing.isActive()
                               || m_undo.isActive();
    const bool busy = m_entries.state() == CacheEntries::State::Reading;
    if (worksWithThem || busy || !m_search.problem().isEmpty()) {
        return false;
    }
    look();
    return true;
}

} // namespace signalbox::ui
