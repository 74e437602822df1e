// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/requests_page.h"

#include "ui/models/requests_model.h"
#include "ui/pages/overview_stats.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/range_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/skeleton.h"

#include <QAbstractItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

RequestsPage::RequestsPage(ConsoleState &state,
                           ViewState &view,
                           QAbstractItemModel *requests,
                           QWidget *parent)
    : Page(state, tr("Requests"), parent)
    , m_view(view)
    , m_requests(RequestsModel::FilterRole)
    , m_filter(new FilterField(u"requests.filter"_s, tr("Filter routes, targets, statuses"), this))
    , m_list(new ListView(u"requestList"_s, tr("Requests"), this))
    , m_empty(new EmptyPanel(this))
{
    setObjectName(u"requests"_s);
    m_requests.setSourceModel(requests);
    m_list->setModel(&m_requests);
    m_list->setColumnWidths(requestColumnWidths());
    m_section = new Section(tr("Finished requests"), m_list, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    m_waiting = new Skeleton(Skeleton::Shape::Rows, this);
    column->addWidget(m_waiting);
    column->addWidget(m_empty);
    column->addWidget(m_filter);
    column->addWidget(m_section, 1);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_requests.setText(text);
        refresh();
    });
    refresh();
}

QLineEdit *RequestsPage::filterField()
{
    return m_filter;
}

QString RequestsPage::chosenId() const
{
    return m_list->currentIndex().data(RequestsModel::IdRole).toString();
}

void RequestsPage::go(const Place &place)
{
    if (!place.target) {
        return Page::go(place);
    }
    m_filter->setText(text::fromUtf8(place.target->name()));
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void RequestsPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    m_requests.setRange(m_view.range());
    const int kept = m_requests.sourceModel()->rowCount();
    const int rows = m_requests.rowCount();
    m_waiting->setVisible(snapshot == nullptr && kept == 0);
    m_empty->setVisible(snapshot != nullptr && kept == 0);
    m_filter->setVisible(kept > 0);
    m_section->setVisible(kept > 0);
    if (snapshot == nullptr) {
        return;
    }
    m_empty->setAddress(text::fromUtf8(snapshot->listen));
    QString note = tr("the latest %1 of %2 since %3")
                       .arg(text::count(rows),
                            text::count(snapshot->totals.requests),
                            text::ago(m_state.now(), snapshot->startedAt));
    if (!m_filter->text().isEmpty()) {
        note = tr("%1 of the latest %2 match “%3”")
                   .arg(text::count(rows), text::count(kept), m_filter->text());
    }
    if (!m_view.range().isLive()) {
        note += tr("; only %1").arg(rangeText(m_view.range()));
    }
    if (m_state.lost() > 0) {
        note += tr("; %1 came too fast to be listed").arg(text::count(m_state.lost()));
    }
    m_section->setNote(note);
}

} // namespace signalbox::ui
