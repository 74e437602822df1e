// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/query_chips.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLongest = 40; ///< characters of a term; its tooltip has all

} // namespace

QueryChips::QueryChips(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(kHalfGap);
    m_row->addStretch(1);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // many terms make no window wider
    hide();
}

void QueryChips::setTerms(const std::vector<QueryTerm> &terms)
{
    if (terms == m_terms) {
        return;
    }
    m_terms = terms;
    while (m_row->count() > 1) {
        QLayoutItem *item = m_row->takeAt(0);
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const QueryTerm &term = terms[i];
        const QString shown = term.text.size() > kLongest ? term.text.left(kLongest) + u'…'
                                                          : term.text;
        auto *chip = new QToolButton(this);
        chip->setObjectName(u"chip.%1"_s.arg(i));
        chip->setText((term.problem.isEmpty() ? u"%1  ×"_s : u"⚠ %1  ×"_s).arg(shown));
        chip->setToolTip(term.problem.isEmpty() ? tr("Take %1 away").arg(term.text) : term.problem);
        chip->setAccessibleName(tr("Take %1 away").arg(term.text));
        chip->setFocusPolicy(Qt::StrongFocus);
        connect(chip, &QToolButton::clicked, this, [this, i] { Q_EMIT taken(i); });
        m_row->insertWidget(static_cast<int>(i), chip);
    }
    setVisible(!terms.empty());
}

} // namespace signalbox::ui
