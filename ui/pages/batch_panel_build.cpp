// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of batches is made of.
#include "ui/pages/batch_form.h"
#include "ui/pages/batch_panel.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fill_bar.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void BatchPanel::build()
{
    m_totalsView = new ListView(u"batch.totals"_s, tr("Totals"), this);
    m_totalsView->setModel(&m_totals);
    m_totalsView->setColumnWidths({4, 0, 9, 6, 16, 24, 26, 9, 17});
    m_totalsSection = new Section(tr("Totals"), m_totalsView, this);
    m_totalsSection->setNote(tr("in brackets: between what it is with 90 % certainty"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(m_form);
    column->addWidget(buildTools());
    column->addWidget(m_totalsSection);
    column->addWidget(buildAnswers(), 1);
    column->addStretch();
}

QWidget *BatchPanel::buildTools()
{
    auto *tools = new QWidget(this);
    const auto button = [tools](const QString &text, const QString &name) {
        auto *made = new QPushButton(text, tools);
        made->setObjectName(u"batch."_s + name);
        return made;
    };
    m_summary = new QLabel(tools);
    m_summary->setObjectName(u"batch.summary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_edit = button(tr("Edit Prompt and Columns"), u"edit"_s);
    m_start = button(tr("Start"), u"start"_s);
    m_start->setProperty(kDressProperty, u"primary"_s);
    m_pause = button(tr("Pause"), u"pause"_s);
    m_retry = button(tr("Retry Failed"), u"retry"_s);
    m_discard = button(tr("New Batch"), u"discard"_s);
    m_newBudget = new QLineEdit(tools);
    m_newBudget->setObjectName(u"batch.newBudget"_s);
    m_newBudget->setAccessibleName(tr("Another budget in US dollars; empty: no limit"));
    m_newBudget->setPlaceholderText(tr("no limit"));
    m_newBudget->setMaximumWidth(110);
    m_bar = new FillBar(tr("Progress of the batch"), tools);
    m_progress = new QLabel(tools);
    m_progress->setObjectName(u"batch.progress"_s);
    m_progress->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (QPushButton *one : {m_start, m_pause}) {
        row->addWidget(one);
    }
    row->addWidget(m_newBudget);
    row->addWidget(m_retry);
    row->addWidget(m_discard);
    row->addWidget(m_summary, 1);
    row->addWidget(m_edit);
    auto *column = new QVBoxLayout(tools);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addLayout(row);
    column->addWidget(m_bar);
    column->addWidget(m_progress);
    return tools;
}

QWidget *BatchPanel::buildAnswers()
{
    m_matrix = new ListView(u"batch.matrix"_s, tr("Answers"), this);
    m_matrix->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_matrix->setModel(&m_model);
    m_chosenTitle = new QLabel(this);
    m_chosenTitle->setObjectName(u"batch.chosen.title"_s);
    m_chosenTitle->setFont(themeFont(TypeRole::Caption));
    m_chosenTitle->setTextFormat(Qt::PlainText);
    m_chosenTitle->setWordWrap(true);
    m_chosen = new QPlainTextEdit(this);
    m_chosen->setObjectName(u"batch.chosen"_s);
    m_chosen->setAccessibleName(tr("The chosen answer"));
    m_chosen->setFrameShape(QFrame::NoFrame);
    m_chosen->setReadOnly(true);
    m_chosen->setTabChangesFocus(true);
    m_chosen->setPlaceholderText(tr("Choose an answer to read it."));
    auto *detail = new QWidget(this);
    auto *column = new QVBoxLayout(detail);
    column->setContentsMargins(kPad, kGap, kPad, kPad);
    column->setSpacing(kHalfGap);
    column->addWidget(m_chosenTitle);
    column->addWidget(m_chosen, 1);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(kGap);
    split->addWidget(new Section(tr("Answers"), m_matrix, split));
    split->addWidget(new Section(tr("Chosen"), detail, split));
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    m_answers = split;
    return split;
}

} // namespace signalbox::ui
