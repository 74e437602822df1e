// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/requests_page.h"

#include "ui/pages/overview_stats.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"

#include <QAbstractItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

RequestsPage::RequestsPage(ConsoleState &state, QAbstractItemModel *requests, QWidget *parent)
    : Page(state, tr("Requests"), parent)
    , m_requests(requests)
    , m_empty(new EmptyPanel(this))
{
    setObjectName(u"requests"_s);
    auto *list = new ListView(u"requestList"_s, tr("Requests"), this);
    list->setModel(requests);
    list->setColumnWidths(requestColumnWidths());
    m_section = new Section(tr("Finished requests"), list, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->addWidget(m_empty);
    column->addWidget(m_section, 1);
    refresh();
}

void RequestsPage::refresh()
{
    const auto &snapshot = m_state.snapshot();
    const int rows = m_requests->rowCount();
    m_empty->setVisible(rows == 0);
    m_section->setVisible(rows > 0);
    if (snapshot == nullptr) {
        return;
    }
    m_empty->setAddress(text::fromUtf8(snapshot->listen));
    QString note = tr("the latest %1 of %2 since %3")
                       .arg(text::count(rows),
                            text::count(snapshot->totals.requests),
                            text::ago(m_state.now(), snapshot->startedAt));
    if (m_state.lost() > 0) {
        note += tr("; %1 came too fast to be listed").arg(text::count(m_state.lost()));
    }
    m_section->setNote(note);
}

} // namespace signalbox::ui
