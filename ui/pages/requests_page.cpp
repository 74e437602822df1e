// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/requests_page.h"

#include "ui/pages/overview_stats.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/range_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/explain_panel.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/query_chips.h"
#include "ui/widgets/request_histogram.h"
#include "ui/widgets/saved_filters.h"
#include "ui/widgets/section.h"
#include "ui/widgets/skeleton.h"

#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kHistogramEveryMs = 5'000;

} // namespace

RequestsPage::RequestsPage(ConsoleState &state,
                           ViewState &view,
                           LedgerSource *ledger,
                           QWidget *parent)
    : Page(state, tr("Requests"), parent)
    , m_view(view)
    , m_ledger(ledger)
    , m_requests(RequestsModel::FilterRole)
    , m_filter(new FilterField(u"requests.filter"_s,
                               ledger == nullptr
                                   ? tr("Filter routes, targets, statuses")
                                   : tr("Filter: status:error provider:… latency:>2s"),
                               this))
    , m_saved(new SavedFilters(this))
    , m_notice(new NoticeBar(u"requests.notice"_s, this))
    , m_chips(new QueryChips(this))
    , m_trouble(new QLabel(this))
    , m_histogram(new RequestHistogram(this))
    , m_newer(new QPushButton(this))
    , m_list(new ListView(u"requestList"_s, tr("Requests"), this))
    , m_pastList(new ListView(u"pastRequestList"_s, tr("Requests in the ledger"), this))
    , m_lists(new QStackedWidget(this))
    , m_explain(new ExplainPanel(this))
    , m_empty(new EmptyPanel(this))
    , m_waiting(new Skeleton(Skeleton::Shape::Rows, this))
{
    setObjectName(u"requests"_s);
    buildLists();
    m_trouble->setObjectName(u"requests.trouble"_s);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_newer->setObjectName(u"requests.newer"_s);
    m_newer->hide();
    m_notice->hide();
    m_section = new Section(tr("Finished requests"), m_lists, this);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_section);
    parts->addWidget(m_explain);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    m_explain->hide();
    m_explain->setLedger(m_ledger);
    auto *tools = new QHBoxLayout;
    buildTools(tools);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    column->addWidget(m_waiting);
    column->addWidget(m_empty);
    column->addWidget(m_notice);
    column->addLayout(tools);
    column->addWidget(m_chips);
    column->addWidget(m_trouble);
    column->addWidget(m_histogram);
    column->addWidget(m_newer, 0, Qt::AlignHCenter);
    column->addWidget(parts, 1);
    connectParts();
    refresh();
}

void RequestsPage::buildTools(QHBoxLayout *row)
{
    row->setSpacing(kHalfGap);
    row->addWidget(m_filter, 1);
    row->addWidget(m_saved);
    m_hold = new QToolButton(this);
    m_hold->setObjectName(u"requests.hold"_s);
    m_hold->setCheckable(true);
    m_hold->setToolTip(tr("Let the list stand still; End goes on"));
    m_exportButton = new QToolButton(this);
    m_exportButton->setObjectName(u"requests.export"_s);
    m_exportButton->setIcon(themeIcon(u"export"_s));
    m_exportButton->setText(tr("Export"));
    m_exportButton->setToolTip(tr("Write all requests that are looked at to a file"));
    m_exportButton->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_exportButton);
    connect(menu->addAction(tr("As &CSV…")), &QAction::triggered, this, [this] {
        askWhereToExport(RequestFormat::Csv);
    });
    connect(menu->addAction(tr("As &JSON Lines…")), &QAction::triggered, this, [this] {
        askWhereToExport(RequestFormat::JsonLines);
    });
    menu->addSeparator();
    connect(menu->addAction(tr("Recording of This Period…")), &QAction::triggered, this, [this] {
        const qint64 now = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
        Q_EMIT recordAsked(m_view.range().begin(now), m_view.range().end(now));
    });
    m_exportButton->setMenu(menu);
    for (QToolButton *button : {m_hold, m_exportButton}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setFont(themeFont(TypeRole::Caption));
        row->addWidget(button);
    }
    for (QToolButton *button : QList<QToolButton *>{m_saved, m_hold, m_exportButton}) {
        button->setMinimumHeight(m_filter->sizeHint().height());
    }
    m_saved->setVisible(m_ledger != nullptr);
    m_exportButton->setVisible(m_ledger != nullptr);
}

void RequestsPage::buildLists()
{
    m_requests.setSourceModel(&m_latest);
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
    m_list->installEventFilter(this);
}

void RequestsPage::connectParts()
{
    m_pause.setSingleShot(true);
    connect(&m_state, &ConsoleState::finished, &m_latest, &RequestTail::take);
    connect(&m_latest, &RequestTail::heldChanged, this, &RequestsPage::refreshTail);
    connect(m_filter, &QLineEdit::textChanged, this, &RequestsPage::onFilter);
    connect(&m_pause, &QTimer::timeout, this, &RequestsPage::look);
    connect(m_chips, &QueryChips::taken, this, [this](std::size_t index) {
        m_filter->setText(withoutTerm(m_filter->text(), m_query.terms, index));
        m_filter->setFocus();
    });
    connect(m_saved, &SavedFilters::chosen, m_filter, &QLineEdit::setText);
    connect(m_histogram, &RequestHistogram::spanChosen, &m_view, &ViewState::setFixed);
    connect(m_newer, &QPushButton::clicked, this, &RequestsPage::follow);
    const auto hold = [this] {
        m_latest.setHeld(m_hold->isChecked() || m_list->verticalScrollBar()->value() > 0);
    };
    connect(m_hold, &QToolButton::toggled, this, hold);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, hold);
    connect(&m_past, &PastRequests::stateChanged, this, &RequestsPage::refresh);
    connect(m_explain, &ExplainPanel::closed, this, &RequestsPage::closeExplanation);
    connect(m_explain, &ExplainPanel::playgroundAsked, this, &RequestsPage::playgroundAsked);
    connect(m_explain, &ExplainPanel::curlAsked, this, &RequestsPage::copyCurl);
    connect(&m_export, &RequestExport::finished, this, &RequestsPage::onExported);
    connect(&m_export, &RequestExport::progressed, this, [this](std::int64_t rows) {
        m_notice->say(NoticeBar::Tone::Info,
                      tr("Writing: %1 requests so far").arg(text::count(rows)),
                      tr("Stop"),
                      [this] {
                          m_export.stop();
                          m_notice->hide();
                      });
    });
    if (m_ledger != nullptr) {
        m_past.setLedger(*m_ledger);
        m_filter->setCompletion([this](const QString &text, int cursor) {
            refreshNames();
            return completeRequestQuery(text, cursor, m_names);
        });
        connect(&m_view, &ViewState::rangeChanged, this, &RequestsPage::look);
    }
    refreshTail();
}

QLineEdit *RequestsPage::filterField()
{
    return m_filter;
}

void RequestsPage::go(const Place &place)
{
    if (!place.target) {
        return Page::go(place);
    }
    m_filter->setText(text::fromUtf8(place.target->name()));
    m_lists->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

bool RequestsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_latest.isHeld()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_End || key == Qt::Key_Home) {
            follow();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void RequestsPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    const bool past = isPast();
    m_requests.setRange(m_ledger == nullptr ? m_view.range() : TimeRange{});
    m_lists->setCurrentWidget(past ? m_pastList : m_list);
    const bool nothingYet = m_latest.rowCount() == 0 && !past;
    m_waiting->setVisible(snapshot == nullptr && nothingYet);
    m_empty->setVisible(snapshot != nullptr && nothingYet);
    m_filter->setVisible(!nothingYet || m_ledger != nullptr);
    m_histogram->setVisible(m_ledger != nullptr && !nothingYet);
    m_hold->setVisible(!nothingYet && !past);
    m_section->setVisible(!nothingYet);
    refreshTail();
    if (snapshot == nullptr) {
        return;
    }
    m_empty->setAddress(text::fromUtf8(snapshot->listen));
    refreshProviders(*snapshot);
    const bool old = m_view.range().isLive() && m_histogramAge.hasExpired(kHistogramEveryMs);
    if (m_ledger != nullptr && isVisible() && !m_awaitsHistogram && m_query.problem().isEmpty()
        && (!m_histogramAge.isValid() || old)) {
        askHistogram();
    }
    QString note = past ? pastNote() : latestNote();
    if (!m_view.range().isLive()) {
        note += tr("; only %1").arg(rangeText(m_view.range()));
    }
    m_section->setNote(note);
}

void RequestsPage::refreshProviders(const telemetry::Snapshot &snapshot)
{
    QHash<QString, QString> kinds;
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        kinds.insert(text::fromUtf8(provider.id), text::fromUtf8(provider.kind));
    }
    m_past.setProviderKinds(kinds);
    m_latest.setProviderKinds(kinds);
}

void RequestsPage::refreshTail()
{
    const bool held = m_latest.isHeld();
    m_hold->setIcon(themeIcon(m_hold->isChecked() ? u"play"_s : u"pause"_s));
    m_hold->setText(m_hold->isChecked() ? tr("Go on") : tr("Hold"));
    m_newer->setVisible(held && !isPast() && m_latest.waiting() > 0);
    m_newer->setText(
        tr("%n new · go to the newest (End)", nullptr, static_cast<int>(m_latest.waiting())));
}

} // namespace signalbox::ui
