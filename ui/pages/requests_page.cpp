// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/requests_page.h"

#include "ui/pages/overview_stats.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/range_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/explain_panel.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/query_chips.h"
#include "ui/widgets/section.h"
#include "ui/widgets/skeleton.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QItemSelectionModel>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTypingPauseMs = 250;

SystemTime timeOf(qint64 ms)
{
    return SystemTime(Millis(ms));
}

} // namespace

RequestsPage::RequestsPage(ConsoleState &state,
                           ViewState &view,
                           RequestsModel *requests,
                           LedgerSource *ledger,
                           QWidget *parent)
    : Page(state, tr("Requests"), parent)
    , m_view(view)
    , m_latest(requests)
    , m_ledger(ledger)
    , m_requests(RequestsModel::FilterRole)
    , m_filter(new FilterField(u"requests.filter"_s,
                               ledger == nullptr
                                   ? tr("Filter routes, targets, statuses")
                                   : tr("Filter: status:error provider:… latency:>2s"),
                               this))
    , m_chips(new QueryChips(this))
    , m_trouble(new QLabel(this))
    , m_list(new ListView(u"requestList"_s, tr("Requests"), this))
    , m_pastList(new ListView(u"pastRequestList"_s, tr("Requests in the ledger"), this))
    , m_lists(new QStackedWidget(this))
    , m_explain(new ExplainPanel(this))
    , m_empty(new EmptyPanel(this))
{
    setObjectName(u"requests"_s);
    buildLists();
    m_trouble->setObjectName(u"requests.trouble"_s);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_section = new Section(tr("Finished requests"), m_lists, this);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_section);
    parts->addWidget(m_explain);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    m_explain->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    m_waiting = new Skeleton(Skeleton::Shape::Rows, this);
    column->addWidget(m_waiting);
    column->addWidget(m_empty);
    column->addWidget(m_filter);
    column->addWidget(m_chips);
    column->addWidget(m_trouble);
    column->addWidget(parts, 1);
    m_pause.setSingleShot(true);
    connect(m_filter, &QLineEdit::textChanged, this, &RequestsPage::onFilter);
    connect(&m_pause, &QTimer::timeout, this, &RequestsPage::look);
    connect(m_chips, &QueryChips::taken, this, [this](std::size_t index) {
        m_filter->setText(withoutTerm(m_filter->text(), m_query, index));
        m_filter->setFocus();
    });
    connect(&m_past, &PastRequests::stateChanged, this, &RequestsPage::refresh);
    connect(m_explain, &ExplainPanel::closed, this, &RequestsPage::closeExplanation);
    if (m_ledger != nullptr) {
        m_past.setLedger(*m_ledger);
        buildCompletion();
        connect(&m_view, &ViewState::rangeChanged, this, &RequestsPage::look);
    }
    refresh();
}

void RequestsPage::buildLists()
{
    m_requests.setSourceModel(m_latest);
    m_list->setModel(&m_requests);
    m_pastList->setModel(&m_past);
    for (ListView *list : {m_list, m_pastList}) {
        list->setColumnWidths(requestColumnWidths());
        m_lists->addWidget(list);
        connect(list, &QAbstractItemView::clicked, this, &RequestsPage::explainRow);
        connect(list, &QAbstractItemView::activated, this, &RequestsPage::explainRow);
        connect(list->selectionModel(),
                &QItemSelectionModel::currentRowChanged,
                this,
                [this](const QModelIndex &row) {
                    if (!m_explain->isHidden()) {
                        explainRow(row);
                    }
                });
    }
}

QLineEdit *RequestsPage::filterField()
{
    return m_filter;
}

std::shared_ptr<const RequestRecord> RequestsPage::chosen() const
{
    const bool past = m_lists->currentWidget() == m_pastList;
    return recordAt((past ? m_pastList : m_list)->currentIndex());
}

std::shared_ptr<const RequestRecord> RequestsPage::recordAt(const QModelIndex &row) const
{
    return row.model() == &m_past ? m_past.recordAt(row.row())
                                  : m_latest->recordAt(m_requests.mapToSource(row).row());
}

void RequestsPage::go(const Place &place)
{
    if (!place.target) {
        return Page::go(place);
    }
    m_filter->setText(text::fromUtf8(place.target->name()));
    m_lists->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

bool RequestsPage::isPast() const
{
    return m_ledger != nullptr && (!m_query.terms.empty() || !m_view.range().isLive());
}

void RequestsPage::onFilter()
{
    if (m_ledger == nullptr) {
        m_requests.setText(m_filter->text());
        return refresh();
    }
    m_query = parseRequestQuery(m_filter->text());
    m_chips->setTerms(m_query.terms);
    m_trouble->setText(m_query.problem());
    m_trouble->setVisible(!m_query.problem().isEmpty());
    m_pause.start(kTypingPauseMs);
    refresh();
}

/// A filter of which a part makes no sense finds nothing: what it means is not known yet.
void RequestsPage::look()
{
    m_pause.stop();
    if (!isPast() || !m_query.problem().isEmpty()) {
        m_past.stop();
        return;
    }
    RequestFilter filter = m_query.filter;
    if (const TimeRange &range = m_view.range(); !range.isLive()) {
        filter.until = timeOf(*range.endMs);
        filter.since = timeOf(*range.endMs - range.spanMs);
    }
    m_past.look(std::move(filter));
}

void RequestsPage::buildCompletion()
{
    m_completer = new QCompleter(&m_completions, this);
    m_completer->setWidget(m_filter);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_filter, &QLineEdit::textEdited, this, &RequestsPage::complete);
    connect(m_completer,
            qOverload<const QString &>(&QCompleter::activated),
            this,
            &RequestsPage::insertCompletion);
}

void RequestsPage::complete()
{
    refreshNames();
    const Completion completion = completeRequestQuery(m_filter->text(),
                                                       m_filter->cursorPosition(),
                                                       m_names);
    m_completionStart = completion.start;
    m_completions.setStringList(completion.texts);
    if (completion.texts.isEmpty() || m_filter->text().trimmed().isEmpty()) {
        m_completer->popup()->hide();
    } else {
        m_completer->complete();
    }
}

void RequestsPage::insertCompletion(const QString &term)
{
    const QString text = m_filter->text();
    const int cursor = m_filter->cursorPosition();
    const QString blank = term.endsWith(u':') ? QString() : u" "_s;
    m_filter->setText(text.left(m_completionStart) + term + blank + text.mid(cursor).trimmed());
    m_filter->setCursorPosition(m_completionStart + static_cast<int>(term.size() + blank.size()));
}

void RequestsPage::refreshNames()
{
    const auto &snapshot = m_state.snapshot();
    m_names = {};
    if (snapshot == nullptr) {
        return;
    }
    for (const telemetry::RouteView &route : snapshot->routes) {
        m_names.routes << text::fromUtf8(route.name);
    }
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        m_names.providers << text::fromUtf8(provider.id);
        for (const telemetry::TargetView &target : provider.targets) {
            m_names.targets << text::fromUtf8(target.target.name());
        }
    }
}

void RequestsPage::explainRow(const QModelIndex &row)
{
    const auto record = recordAt(row);
    if (record == nullptr) {
        return;
    }
    m_asked.takeBack();
    m_explain->setRecord(*record);
    m_explain->show();
    // Rows come without facts and decision, those of a gateway inside excepted.
    if (m_ledger != nullptr && record->decision.candidates.empty()) {
        m_asked = m_ledger->request(record->id,
                                    [this](
                                        const LedgerAnswer<std::optional<RequestRecord>> &answer) {
                                        if (answer && *answer) {
                                            m_explain->setRecord(**answer);
                                        }
                                    });
    }
}

void RequestsPage::closeExplanation()
{
    m_asked.takeBack();
    m_explain->hide();
    m_lists->currentWidget()->setFocus();
}

void RequestsPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    const bool past = isPast();
    m_requests.setRange(m_ledger == nullptr ? m_view.range() : TimeRange{});
    m_lists->setCurrentWidget(past ? m_pastList : m_list);
    const bool nothingYet = m_latest->rowCount() == 0 && !past;
    m_waiting->setVisible(snapshot == nullptr && nothingYet);
    m_empty->setVisible(snapshot != nullptr && nothingYet);
    m_filter->setVisible(!nothingYet || m_ledger != nullptr);
    m_section->setVisible(!nothingYet);
    if (snapshot == nullptr) {
        return;
    }
    m_empty->setAddress(text::fromUtf8(snapshot->listen));
    QHash<QString, QString> kinds;
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        kinds.insert(text::fromUtf8(provider.id), text::fromUtf8(provider.kind));
    }
    m_past.setProviderKinds(kinds);
    QString note = past ? pastNote() : latestNote();
    if (!m_view.range().isLive()) {
        note += tr("; only %1").arg(rangeText(m_view.range()));
    }
    m_section->setNote(note);
}

QString RequestsPage::pastNote() const
{
    const QString rows = text::count(m_past.rowCount());
    switch (m_past.state()) {
    case PastRequests::State::Idle:
        return m_query.problem().isEmpty() ? tr("from the ledger") : tr("nothing is looked for");
    case PastRequests::State::Reading:
        return m_past.rowCount() == 0 ? tr("looking in the ledger …") : tr("%1 and more").arg(rows);
    case PastRequests::State::More:
        return tr("the latest %1 in the ledger, scroll for more").arg(rows);
    case PastRequests::State::All:
        return tr("%1 in the ledger").arg(rows);
    case PastRequests::State::Full:
        return tr("the latest %1; there are more: narrow the filter or choose a period").arg(rows);
    case PastRequests::State::Failed:
        return m_past.problem();
    }
    return {};
}

QString RequestsPage::latestNote() const
{
    const telemetry::Snapshot &snapshot = *m_state.snapshot();
    const int rows = m_requests.rowCount();
    QString note = tr("the latest %1 of %2 since %3")
                       .arg(text::count(rows),
                            text::count(snapshot.totals.requests),
                            text::ago(m_state.now(), snapshot.startedAt));
    if (!m_filter->text().isEmpty()) {
        note = tr("%1 of the latest %2 match “%3”")
                   .arg(text::count(rows), text::count(m_latest->rowCount()), m_filter->text());
    }
    if (m_state.lost() > 0) {
        note += tr("; %1 came too fast to be listed").arg(text::count(m_state.lost()));
    }
    return note;
}

} // namespace signalbox::ui
