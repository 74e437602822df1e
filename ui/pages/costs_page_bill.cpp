// SPDX-License-Identifier: GPL-3.0-or-later
// The check of a bill, in place of the costs.
#include "ui/pages/bill_panel.h"
#include "ui/pages/costs_page.h"

#include <QComboBox>
#include <QPushButton>
#include <QStackedLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

/// \p sheet is all the rest of the page.
void CostsPage::buildBill(QWidget *sheet)
{
    m_bill = new BillPanel(m_ledger, this);
    auto *stack = new QStackedLayout(this);
    stack->addWidget(sheet);
    stack->addWidget(m_bill);
    connect(m_billButton, &QPushButton::clicked, this, [this, stack] {
        stack->setCurrentWidget(m_bill);
        m_bill->findChild<QComboBox *>(u"bill.provider"_s)->setFocus(Qt::OtherFocusReason);
    });
    connect(m_bill, &BillPanel::closed, this, [this, stack, sheet] {
        stack->setCurrentWidget(sheet);
        m_billButton->setFocus(Qt::OtherFocusReason);
    });
}

void CostsPage::refreshBill()
{
    QStringList ids = m_kinds.keys();
    std::ranges::sort(ids);
    m_bill->setProviders(ids);
}

} // namespace signalbox::ui
