// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/draft_bar.h"

#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

DraftBar::DraftBar(RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_words(new QLabel(this))
    , m_undo(new QToolButton(this))
    , m_redo(new QToolButton(this))
    , m_discard(new QPushButton(tr("Discard"), this))
    , m_review(new QPushButton(tr("Review…"), this))
{
    m_words->setObjectName(u"draftWords"_s);
    const auto dress = [](QToolButton *button, const QString &name, const QString &icon) {
        button->setObjectName(name);
        button->setIcon(themeIcon(icon));
        button->setProperty(kDressProperty, u"quiet"_s);
        button->setFocusPolicy(Qt::StrongFocus);
    };
    dress(m_undo, u"draftUndo"_s, u"undo"_s);
    dress(m_redo, u"draftRedo"_s, u"redo"_s);
    m_discard->setObjectName(u"draftDiscard"_s);
    m_discard->setAccessibleName(tr("Discard the draft"));
    m_discard->setToolTip(tr("Back to what runs; this can be undone"));
    m_review->setObjectName(u"draftReview"_s);
    m_review->setAccessibleName(tr("Review the draft before it is applied"));
    m_review->setToolTip(tr("Shows what would change in the file"));
    m_review->setProperty(kDressProperty, u"primary"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    row->addWidget(m_words);
    row->addWidget(m_undo);
    row->addWidget(m_redo);
    row->addWidget(m_discard);
    row->addWidget(m_review);
    connect(m_undo, &QToolButton::clicked, &m_draft.undoStack(), &QUndoStack::undo);
    connect(m_redo, &QToolButton::clicked, &m_draft.undoStack(), &QUndoStack::redo);
    connect(m_discard, &QPushButton::clicked, &m_draft, &RoutingDraft::discard);
    connect(m_review, &QPushButton::clicked, this, &DraftBar::reviewAsked);
    refresh();
}

void DraftBar::refresh()
{
    const auto changed = static_cast<int>(m_draft.changedRoutes().size());
    const qint64 plan = m_draft.base().number;
    const QString base = plan > 0 ? tr("plan %1").arg(plan) : m_draft.base().revision;
    m_words->setText(changed == 0
                         ? tr("In force: %1").arg(base)
                         : u"● "_s + tr("%n routes changed, on %1", nullptr, changed).arg(base));
    m_words->setFont(themeFont(changed == 0 ? TypeRole::Body : TypeRole::Strong));
    const QUndoStack &stack = m_draft.undoStack();
    const bool fixed = !m_draft.whyFixed().isEmpty();
    m_undo->setEnabled(stack.canUndo() && !fixed);
    m_undo->setToolTip(stack.canUndo() ? tr("Undo: %1").arg(stack.undoText())
                                       : tr("nothing to undo"));
    m_undo->setAccessibleName(tr("Undo the last edit"));
    m_redo->setEnabled(stack.canRedo() && !fixed);
    m_redo->setToolTip(stack.canRedo() ? tr("Redo: %1").arg(stack.redoText())
                                       : tr("nothing to redo"));
    m_redo->setAccessibleName(tr("Redo what was undone"));
    m_discard->setEnabled(changed > 0 && !fixed);
    m_review->setEnabled(changed > 0);
}

} // namespace signalbox::ui
